"""`newslint facts --format text`: the worksheet on a terminal or on paper."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator

from newslint.errors import Error
from newslint.reports.terminal import safe, safe_path
from newslint.reports.worksheet_lines import ARROW, Item, published, sections
from newslint.worksheet import Worksheet

GUTTER = 9


def render(sheets: Iterator[Worksheet], _: list[Error], width: int) -> Iterator[str]:
    """Each article with its sections, a line for each thing to verify."""
    for sheet in sheets:
        yield f"{safe_path(sheet.path)}\n"
        if sheet.headline:
            yield f"{safe(sheet.headline)}\n"
        yield f"{published(sheet)}\n\n"
        for section in sections(sheet):
            yield f"{section.title.upper()} ({len(section.items)})\n"
            for item in section.items:
                yield _item(item, max(width, 40))
            yield "\n"


def _item(item: Item, width: int) -> str:
    lines = ", ".join(map(str, item.lines))
    words = safe(item.words)
    if item.note:
        words += f" {'' if item.note.startswith(ARROW) else '— '}{safe(item.note)}"
    if item.url:
        words += f" {safe(item.url)}" if words else safe(item.url)
    if len(item.lines) > 1:
        words += f" (lines {lines})"
    first = f"{item.lines[0]:>{GUTTER - 3}}   "
    return textwrap.fill(
        words, width, initial_indent=first, subsequent_indent=" " * GUTTER,
        break_long_words=False, break_on_hyphens=False,
    ) + "\n"  # fmt: skip
