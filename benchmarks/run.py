"""Run all benchmarks one after another and print their tables: `make bench`."""

from __future__ import annotations

import baseline
import cached
import changed
import engines
import false_alarms
import fixes
import positions
import speed
import splitters

PARTS = {
    "Speed and memory": lambda: speed.main([]),
    "What the cache saves": lambda: cached.main([]),
    "What has changed": lambda: changed.main([]),
    "Does a baseline hold?": lambda: baseline.main([]),
    "Exact positions": lambda: positions.main([]),
    "Fixes": lambda: fixes.main([]),
    "Findings on edited copy": lambda: false_alarms.main([]),
    "Engines": lambda: engines.main([]),
    "Sentence splitters": splitters.table,
}


def main() -> int:
    """0, or 1 where a position was wrong."""
    codes = []
    for title, part in PARTS.items():
        print(f"## {title}\n", flush=True)
        codes.append(part() or 0)
    return max(codes)


if __name__ == "__main__":
    raise SystemExit(main())
