"""Applies edits to a source text."""

from __future__ import annotations

from collections.abc import Iterable

from newslint.finding import Edit


def apply(source: str, edits: Iterable[Edit]) -> str:
    """The source with the edits made; of two that overlap the first in the text is made."""
    parts: list[str] = []
    reached = 0
    for edit in sorted(set(edits), key=lambda edit: edit.span):
        if edit.span.start >= reached:
            parts += [source[reached : edit.span.start], edit.text]
            reached = edit.span.end
    return "".join([*parts, source[reached:]])
