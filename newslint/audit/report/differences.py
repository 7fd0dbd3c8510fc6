"""Which words of a text another one has not."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import SequenceMatcher

from newslint.later import compiled_later

_TOKEN = compiled_later(r"\s+|[^\W_]+(?:['’-][^\W_]+)*|.")


def differing(first: str, second: str) -> Iterator[tuple[str, bool]]:
    """The second text in pieces, each with whether the first one has it not in this place."""
    before, after = _TOKEN.findall(first), _TOKEN.findall(second)
    matcher = SequenceMatcher(None, [t.lower() for t in before], [t.lower() for t in after], False)
    for what, _, _, start, end in matcher.get_opcodes():
        if start < end:
            yield "".join(after[start:end]), what != "equal"
