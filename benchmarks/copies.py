"""Makes what the speed benchmark needs and nobody should keep: silent rules, varied articles."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from pathlib import Path
from zlib import crc32

RULE = """\
id: {name}
kind: terms
title: Silent {name}
severity: info
since: "0.1"
message: "“{{match}}” is not a word"
fix: Write a word.
why: It never occurs, so it costs only what a rule costs that has nothing to say.
source: {{title: Nowhere, url: "https://example.org/"}}
options:
  check: avoid
  terms: [{terms}]
examples:
  bad:
    - "The [[{first}]] met."
  good:
    - "The council met."
"""
ONSETS = tuple("bcdfghjklmnprstvwz")
CORES = tuple("aeiou")
CODAS = tuple("bdglmnprstx")
_WORD = re.compile(r"\b[a-z]{6,}\b(?!:)")


def silent_rules(folder: Path, count: int) -> Path:
    """A config that runs `count` rules of three invented terms each, and nothing else."""
    (folder / "silent").mkdir(parents=True)
    words = _words(random.Random(count))
    for number in range(count):
        name = f"silent-{number:04}"
        terms = [next(words), next(words), f"{next(words)} {next(words)}"]
        text = RULE.format(name=name, terms=", ".join(terms), first=terms[0])
        (folder / "silent" / f"{name}.yml").write_text(text, encoding="utf-8")
    config = folder / "newslint.yml"
    config.write_text("extends: [./silent]\n", encoding="utf-8")
    return config


def _words(source: random.Random) -> Iterator[str]:
    """Words of three syllables that look English and are none; no two alike."""
    seen: set[str] = set()
    while True:
        parts = [source.choice(x) for x in (ONSETS, CORES, CODAS, ONSETS, CORES, CODAS)]
        word = "".join(parts) + "q" + source.choice(CORES) + source.choice(CODAS)
        if word not in seen:
            seen.add(word)
            yield word


def varied_copies(folder: Path, files: list[Path], count: int) -> Path:
    """A folder of `count` articles: the given ones again and again, with other words each time."""
    texts = [path.read_text(encoding="utf-8", errors="replace") for path in files]
    for number in range(count):
        again, index = divmod(number, len(texts))
        place = folder / f"{again:03}"
        place.mkdir(parents=True, exist_ok=True)
        text = _varied(texts[index], again)
        (place / f"{index:05}.md").write_text(text, encoding="utf-8")
    return folder


def _varied(text: str, again: int) -> str:
    """A third of the long lower-case words spelt backwards, a different third in each copy."""
    return _WORD.sub(
        lambda word: word[0][::-1] if crc32(f"{again} {word[0]}".encode()) % 3 == 0 else word[0],
        text,
    )
