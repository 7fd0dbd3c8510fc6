"""HTML as a run of tokens with exact offsets, in time linear in the length of any input.

The standard library's parser is not used: it gives no offsets of attribute values, takes
quadratic time on some broken input, and its treatment of such input differs between releases.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from html.entities import html5
from typing import NamedTuple

from newslint.article import OPAQUE, Span
from newslint.later import compiled_later
from newslint.readers.pieces import Pieces

TEXT, START, END, COMMENT, OTHER = range(5)

RAW_TEXT = frozenset(
    {"script", "style", "textarea", "title", "xmp", "iframe", "noembed", "noframes", "plaintext"}
)
"""Elements whose content holds no markup."""

_MARKUP = compiled_later(r"<(?:(/?)([A-Za-z][^\s/>]*)|(!--)|[!?/])")
_STOP = compiled_later(r">|=[ \t\n\r\f]*([\"'])")
_COMMENT_END = compiled_later(r"--!?>")
_ATTRIBUTE = compiled_later(
    r"([^\s/>=][^\s/>=]*)(?:\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'>][^\s>]*)))?"
)
_REFERENCE = (
    r"&(?:#[0-9]{1,9}(?![0-9]);?|#[xX][0-9a-fA-F]{1,8}(?![0-9a-fA-F]);?"
    r"|[A-Za-z][A-Za-z0-9]{1,31};?)"
)
_REFERENCES = compiled_later(_REFERENCE)
_LEAD = compiled_later(r"[ \t\n\r\f]+")
_SPECIAL = compiled_later(rf" *[\t\n\r\f][ \t\n\r\f]*|  +|{OPAQUE}+|{_REFERENCE}")
_LONGEST_BARE = 6  # of the names that HTML accepts without a semicolon ("Aacute")


class Token(NamedTuple):
    """One piece of markup or text: `text[start:end]`."""

    kind: int
    """TEXT, START, END, COMMENT, or OTHER (a doctype, a processing instruction)."""
    name: str
    """Of a tag, lower-cased; else empty."""
    start: int
    end: int


class Attribute(NamedTuple):
    """An attribute's value with its entities resolved, and where the raw value stands."""

    value: str
    span: Span


def tokens(text: str, start: int, end: int) -> Iterator[Token]:
    """The tokens of `text[start:end]`, without gaps, in order."""
    last = text.rfind(">", start, end)
    quoted, foreign, position = True, 0, start
    while match := _MARKUP.search(text, position, end):
        low = match.start()
        if low > last and not match[3]:
            break
        if low > position:
            yield Token(TEXT, "", position, low)
        name = (match[2] or "").lower()
        if not name:
            position = _declaration_end(text, match, end)
            yield Token(COMMENT if match[3] else OTHER, "", low, position)
            continue
        position = _tag_end(text, match.end(), end) if quoted else -1
        if position < 0:  # a quotation mark is never closed: from here on they mean nothing
            quoted, position = False, text.find(">", match.end(), end) + 1
        yield Token(END if match[1] else START, name, low, position)
        closed = text[position - 2] == "/"
        if name in ("svg", "math") and not closed:
            foreign = max(0, foreign - 1) if match[1] else foreign + 1
        if name in RAW_TEXT and not match[1] and not (foreign and closed):
            low, position = position, _raw_end(text, name, position, end)
            if position > low:
                yield Token(TEXT, "", low, position)
    if position < end:
        yield Token(TEXT, "", position, end)


def _declaration_end(text: str, match: re.Match[str], end: int) -> int:
    if match[3] is None:
        return text.find(">", match.start(), end) + 1
    if text.startswith((">", "->"), match.end(), end):
        return text.find(">", match.end(), end) + 1
    close = _COMMENT_END.search(text, match.end(), end)
    return close.end() if close else end


def _tag_end(text: str, position: int, end: int) -> int:
    """Behind the first `>` outside quotation marks, or -1."""
    close = text.find(">", position, end)
    inner = text[position:close]
    if "'" not in inner and inner.count('"') % 2 == 0:
        return close + 1
    while match := _STOP.search(text, position, end):
        if not match[1]:
            return match.end()
        close = text.find(match[1], match.end(), end)
        position = close + 1 if close >= 0 else match.end()
    return -1


def _raw_end(text: str, name: str, position: int, end: int) -> int:
    match = _RAW_ENDS[name].search(text, position, end)
    return match.start() if match else end


_RAW_ENDS = {name: re.compile(rf"</{name}(?=[\s/>])", re.IGNORECASE) for name in RAW_TEXT}


def attributes(tag: str, offset: int) -> dict[str, Attribute]:
    """The attributes of a start tag at `offset`, by lower-cased name; first ones win."""
    found: dict[str, Attribute] = {}
    name_end = re.match(r"<?[^\s/>]*", tag)
    for match in _ATTRIBUTE.finditer(tag, name_end.end() if name_end else 0):
        group = match.lastindex or 1
        low, high = match.span(group) if group > 1 else (match.end(), match.end())
        value = tag[low:high]
        if "&" in value:
            value = resolve(value)
        found.setdefault(match[1].lower(), Attribute(value, Span(offset + low, offset + high)))
    return found


def resolve(value: str) -> str:
    """An attribute's value with its entities resolved."""
    pieces, position = [], 0
    for match in _REFERENCES.finditer(value):
        found = _decode(match, value, attribute=True)
        if found:
            pieces += [value[position : match.start()], found[0]]
            position = found[1]
    return "".join(pieces) + value[position:]


def _decode(match: re.Match[str], text: str, attribute: bool) -> tuple[str, int] | None:
    """What an entity stands for and where it ends; None where it is none."""
    raw = match[0]
    if raw[1] == "#":
        return unescape(raw), match.end()
    if raw[1:] in html5:
        low_end = match.end()
        if attribute and not raw.endswith(";") and text[low_end : low_end + 1] == "=":
            return None
        return html5[raw[1:]], low_end
    for size in range(min(len(raw) - 1, _LONGEST_BARE), 1, -1):
        if raw[1 : size + 1] in html5:
            # In an attribute `&copy2` and `&copy=` belong to an address.
            return None if attribute else (html5[raw[1 : size + 1]], match.start() + 1 + size)
    return None


def add_prose(pieces: Pieces, text: str, span: Span, attribute: bool = False) -> None:
    """Append `text[span]` as it reads: white space folded, entities resolved."""
    position, end = span
    lead = _LEAD.match(text, position, end)
    if lead:
        pieces.space(position, lead.end())
        position = lead.end()
    for match in _SPECIAL.finditer(text, position, end):
        low, high = match.span()
        if low > position:
            pieces.add(text[position:low], position, low)
        position = high
        if text[low] == "&":
            found = _decode(match, text, attribute)
            if found:
                pieces.add(found[0], low, found[1])
            position = found[1] if found else low
        elif text[low] == OPAQUE:
            pieces.opaque(low, high)
        else:
            pieces.space(low, high)
    if position < end:
        pieces.add(text[position:end], position, end)
