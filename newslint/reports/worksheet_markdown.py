"""`newslint facts --format markdown`: the worksheet as a list to tick off."""

from __future__ import annotations

from collections.abc import Iterator

from newslint.errors import Error
from newslint.later import compiled_later
from newslint.reports.markdown_text import escaped
from newslint.reports.terminal import safe
from newslint.reports.worksheet_lines import ARROW, Item, published, sections
from newslint.worksheet import Worksheet

_ADDRESS = compiled_later(r"https?://[^\s<>\"`\\]+")


def render(sheets: Iterator[Worksheet], _: list[Error], __: int) -> Iterator[str]:
    """Each article under its own heading."""
    for sheet in sheets:
        yield f"## {escaped(sheet.path)}\n\n"
        if sheet.headline:
            yield f"**{escaped(sheet.headline)}**\n\n"
        yield f"{published(sheet)}.\n\n"
        for section in sections(sheet):
            yield f"### {section.title}\n\n"
            yield from map(_item, section.items)
            yield "\n"


def _item(item: Item) -> str:
    words = f"**{escaped(item.words)}**" if item.words else ""
    dash = "" if item.note.startswith(ARROW) else "— "
    note = f" {dash}{escaped(item.note)}" if item.note else ""
    url = f" {_address(item.url)}" if item.url else ""
    name = "line" if len(item.lines) == 1 else "lines"
    return f"- [ ] {words}{note}{url} ({name} {', '.join(map(str, item.lines))})\n"


def _address(url: str) -> str:
    if _ADDRESS.fullmatch(url):
        return f"<{url}>"
    return f"`{safe(url).replace('`', '%60')}`"
