"""Plain text: one paragraph a line, blank lines between paragraphs, or hard-wrapped.

What a line is follows from its form and its place, since nothing else marks it: the headline is the
first line that looks like a title. A breadcrumb above it ("News Europe") is residue of navigation
and becomes a link line.
"""

from __future__ import annotations

from newslint.article import (
    BYLINE,
    CAPTION,
    DATELINE,
    HEADLINE,
    LINK_LINE,
    LIST_ITEM,
    PARAGRAPH,
    SOURCE_LINE,
    STANDFIRST,
    SUBHEADING,
    Article,
    Block,
    Field,
    Link,
    Origin,
)
from newslint.later import compiled_later
from newslint.readers.line_words import LONG_WEEKDAYS
from newslint.readers.lines import line_kind, parse_byline, parse_date_line
from newslint.readers.pieces import Pieces, plain_spaces
from newslint.readers.text_header import header
from newslint.readers.text_units import Unit, cut, without_number

TOP = 6
"""Units from the top among which byline and dateline are looked for."""
BOTTOM = 3
"""Units from the end among which they are looked for as well."""
SUBHEADING_WORDS = 12

_LEVELS = {HEADLINE: 1, SUBHEADING: 2}
_SECTIONS = frozenset(
    {
        "news", "world", "politics", "sport", "sports", "opinion", "business", "home", "local",
        "national", "international", "culture", "entertainment", "health", "science", "tech",
        "technology", "lifestyle", "travel", "weather", "breaking", "latest", "analysis",
        "economy", "education", "environment", "arts", "features", "markets", "money", "crime",
    }
)  # fmt: skip
_LEDE_WORDS = LONG_WEEKDAYS | {"said", "yesterday"}
_UPDATES = ("updated", "last updated", "last modified", "modified", "revised")
_CLOSERS = "\"'”’»)]"
_ABBREVIATION_ENDS = compiled_later(r"(?:(?:\b[A-Z]\.){2,}|\b(?:Jr|Sr|Inc|Co|Corp|Ltd)\.)$")
_SENTENCE_INSIDE = compiled_later(
    r"[a-z0-9]{2}(?<!\bRep)(?<!\bGov)(?<!\bSen)(?<!\bGen)(?<!\bCalif)(?<!\bMrs)(?<!\bvs)"
    r"[.!?][\"'”’)]?\s+[\"'“‘(]?[A-Z]"
)
_SPEECH = compiled_later(r"[“”\"]|^\w[\w. ]{0,24}:\s")
_WORD = compiled_later(r"[^\W_]+(?:['’][^\W_]+)*")


def read_text(path: str, source: str) -> Article:
    """The article in a plain text file."""
    units, comments = cut(source)
    meta: dict[str, Field] = {}
    blocks: list[Block] = []
    links: list[Link] = []
    skip = header(units, meta, blocks) if units else 0
    units = units[skip:]
    kinds = _kinds(units, any(block.kind == HEADLINE for block in blocks))
    for unit, kind in zip(units, kinds, strict=True):
        block = _block(without_number(unit) if kind == LIST_ITEM else unit, kind, links)
        if block:
            blocks.append(block)
            _note(block, meta)
    if "date" not in meta and "updated" in meta:
        meta["date"] = meta["updated"]
    return Article(
        path,
        source,
        "text",
        tuple(blocks),
        meta,
        tuple(links),
        comments=tuple(comments),
    )


def _block(unit: Unit, kind: str, links: list[Link]) -> Block | None:
    lines, level = unit.lines, _LEVELS.get(kind, 0)
    has_url = "://" in unit.text or "www." in unit.text
    if len(lines) == 1 and not has_url:
        start, end = lines[0].start, lines[0].end
        origin = Origin((0, end - start), (start,), (end,))
        return Block(kind, plain_spaces(unit.text), origin, level)
    pieces = Pieces()
    for number, line in enumerate(lines):
        if number:
            pieces.space(lines[number - 1].end, line.start)
        pieces.add(line.text, line.start, line.end)
    if has_url:
        links.extend(pieces.cut_urls())
    return pieces.block(kind, level)


def _note(block: Block, meta: dict[str, Field]) -> None:
    """Put what a headline, byline or dateline says into the metadata, unless it is there."""
    if block.kind == HEADLINE:
        span = block.source_span
        meta.setdefault("title", Field(block.text, span, span))
    elif block.kind == BYLINE and "author" not in meta:
        names = parse_byline(block.text)
        if names:
            span = block.span(names[0][0], names[-1][1])
            meta["author"] = Field([block.text[a:b] for a, b in names], span, span)
    if block.kind in (BYLINE, DATELINE):
        found = parse_date_line(block.text)
        if found:
            span = block.span(*found)
            key = "updated" if block.text.lower().startswith(_UPDATES) else "date"
            meta.setdefault(key, Field(block.text[found[0] : found[1]], span, span))


def _kinds(units: list[Unit], has_headline: bool) -> list[str]:
    """The kind of each unit, decided from the top down."""
    kinds: list[str] = []
    headline = None if has_headline else _headline(units)
    in_links = False
    for at, unit in enumerate(units):
        kind = _list_kind(units, at, in_links)
        if not kind and headline is not None and at <= headline:
            kind = HEADLINE if at == headline else _above_headline(unit)
        if not kind:
            kind = _marked(unit, at, len(units)) or _title_kind(units, kinds, at, headline)
        below = headline is None or at > headline
        in_links = kind == LINK_LINE and (in_links or (below and _heads_list(unit)))
        kinds.append(kind)
    return kinds


def _list_kind(units: list[Unit], at: int, in_links: bool) -> str:
    unit = units[at]
    if in_links and (unit.mark or _is_bare_title(units, at)):
        return LINK_LINE
    if unit.mark == "bullet":
        signed = at == len(units) - 1 and units[at - 1].mark != "bullet"
        return BYLINE if signed and parse_byline("By " + unit.text) else LIST_ITEM
    if unit.mark == "number":
        beside = units[max(at - 1, 0) : at] + units[at + 1 : at + 2]
        return LIST_ITEM if any(other.mark == "number" for other in beside) else ""
    return ""


def _is_bare_title(units: list[Unit], at: int) -> bool:
    """A title that heads nothing and says nothing else about itself."""
    text = units[at].text
    return _is_title(text, ask=True) and not _has_copy(units, at) and not line_kind(text)


def _heads_list(unit: Unit) -> bool:
    """Whether a link line is only the heading of what follows: "Explore more:"."""
    return unit.text.endswith(":") or (":" not in unit.text and len(unit.text.split()) <= 5)


def _marked(unit: Unit, at: int, count: int) -> str:
    """The kind of a line that says what it is, where it may stand here."""
    kind = line_kind(unit.text)
    if kind in (SOURCE_LINE, CAPTION, LINK_LINE):
        return kind or ""
    if kind in (BYLINE, DATELINE) and (at < TOP or at >= count - BOTTOM):
        return kind or ""
    if kind == DATELINE and not unit.text[0].isdigit() and ":" in unit.text[:24]:
        return DATELINE
    return ""


def _above_headline(unit: Unit) -> str:
    return _marked(unit, 0, 1) or LINK_LINE


def _headline(units: list[Unit]) -> int | None:
    """Which unit is the headline: the first title, after a breadcrumb and lines about the copy."""
    for at, unit in enumerate(units[:TOP]):
        if unit.mark == "bullet":
            return None
        kind = line_kind(unit.text)
        if kind and not (at == 0 and kind == SOURCE_LINE):
            continue
        if _is_breadcrumb(units, at):
            continue
        if _is_title(unit.text, ask=True, limit=200):
            return at
        if at == 0 and (_heads_copy(units) or _is_stopped_title(units)):
            return at
        return None
    return None


def _is_breadcrumb(units: list[Unit], at: int) -> bool:
    """ "News Europe" or "Home / News" above the headline; a headline is hardly ever as short."""
    text = units[at].text
    words = _WORD.findall(text)
    if not 1 <= len(words) <= 3 or not all(word[0].isupper() for word in words):
        return any(mark in text for mark in (" > ", " » ", " › ")) and len(words) <= 8
    if text[-1] in ".!?:" or at + 1 >= len(units):
        return False
    below = units[at + 1]
    if not _is_title(below.text, ask=True, limit=200) or below.mark == "bullet":
        return False
    if len(_WORD.findall(below.text)) <= max(len(words), 3):
        return False
    return any(word.lower() in _SECTIONS for word in words) or _is_title_case(below.text)


def _heads_copy(units: list[Unit]) -> bool:
    """A short first line, however it ends, with a byline or a date line right below it."""
    below = line_kind(units[1].text) if len(units) > 1 else None
    return below in (BYLINE, DATELINE) and len(units[0].text) <= 200


def _is_stopped_title(units: list[Unit]) -> bool:
    """A first line that ends with a full stop is a headline where all else speaks for it."""
    text = units[0].text
    words = text.rstrip(".; ").split()
    if len(units) < 2 or len(text) > 160 or text[-1] not in ".;" + _CLOSERS:
        return False
    if not text[0].isupper() and text[0].isalpha():
        return False
    if text[-1] == ";" or _is_title_case(text):
        return True
    if len(units) < 4 or len(words) > 22 or _SENTENCE_INSIDE.search(text):
        return False
    if not _LEDE_WORDS.isdisjoint(word.strip(",.").lower() for word in words):
        return False
    return len(text) < max(len(unit.text) for unit in units[1:4])


def _title_kind(units: list[Unit], kinds: list[str], at: int, headline: int | None) -> str:
    """Headline again, standfirst, subheading or paragraph."""
    unit = units[at]
    if headline is not None and at <= headline + 4 and _repeats(units[headline].text, unit.text):
        return HEADLINE
    first = at < 2 * TOP and PARAGRAPH not in kinds and LIST_ITEM not in kinds
    if first and headline is not None and at == headline + 1 and _is_dek(units, at):
        return STANDFIRST
    if not _is_title(unit.text) or not _has_copy(units, at):
        return PARAGRAPH
    words = len(unit.text.split())
    if first and HEADLINE in kinds and words > 3 and STANDFIRST not in kinds:
        return STANDFIRST
    return SUBHEADING if words <= SUBHEADING_WORDS and len(unit.text) <= 100 else PARAGRAPH


def _repeats(headline: str, text: str) -> bool:
    """The headline once more, or reworded; a title that shares most of its words."""
    if headline.casefold().split() == text.casefold().split():
        return True
    if not _is_title(text, ask=True, limit=200) or (text[-1] == "." != headline[-1]):
        return False
    ours = {word.lower() for word in _WORD.findall(headline)}
    theirs = {word.lower() for word in _WORD.findall(text)}
    if len(theirs) > 1.5 * len(ours):
        return False
    return len(ours & theirs) >= max(4, 0.6 * min(len(ours), len(theirs)))


def _is_dek(units: list[Unit], at: int) -> bool:
    """One sentence right under the headline, with no blank line, where the others have one."""
    unit = units[at]
    below = units[at + 1 : at + 3]
    return (
        not unit.after_gap
        and len(unit.text) <= 200
        and len(below) == 2
        and all(other.after_gap for other in below)
        and not _SENTENCE_INSIDE.search(unit.text)
    )


def _has_copy(units: list[Unit], at: int) -> bool:
    """Whether a paragraph or a list follows, at most one further heading in between."""
    return any(
        unit.mark or (not _is_title(unit.text) and not line_kind(unit.text))
        for unit in units[at + 1 : at + 3]
    )


def _is_title(text: str, ask: bool = False, limit: int = 120) -> bool:
    """Short, begins like a sentence and does not end like one.

    A question or an exclamation is a title only in title case, or with `ask` (a headline).
    """
    if len(text) > limit or "\t" in text or "   " in text:
        return False
    start = text.lstrip("\"'“‘«([¿¡$€£#@")
    if not start or not start[0].isalnum() or start[0].islower() or text.isnumeric():
        return False
    end = text.rstrip(_CLOSERS)[-1:]
    if end in ("?", "!"):
        return ask or (_is_title_case(text) and not _SPEECH.search(text))
    if end == ".":
        return bool(_ABBREVIATION_ENDS.search(text)) and (ask or len(text.split()) <= 6)
    return (end.isalnum() or end == "%") and not _SENTENCE_INSIDE.search(text) and _balanced(text)


def _balanced(text: str) -> bool:
    return text.count("“") == text.count("”") and text.count('"') % 2 == 0


def _is_title_case(text: str) -> bool:
    words = [word for word in _WORD.findall(text)[1:] if len(word) > 3]
    return bool(words) and sum(word[0].isupper() for word in words) >= 0.6 * len(words)
