"""Lines that led to other stories, and lead nowhere in the copy."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from newslint.article import LINK_LINE, LIST_ITEM, PARAGRAPH, SUBHEADING, Article, Block
from newslint.kinds.contract import Finder, Hit, Options, Scope
from newslint.kinds.phrases import EDGE, SHORT, has_link
from newslint.later import compiled_later
from newslint.matching import Clues, Needs, TermHit, fold, prose
from newslint.patterns import whole_words

_THEN = compiled_later(r"\s*(?::|\||[»›→]|>+|\s[–—-]\s)\s*")
_NEAR = 12
"""Characters that may stand before the words: a bracket, an arrow."""
_NAMED = compiled_later(r"\s[^:|]{2,40}[:|]\s*(?=\S)")
_MARKS = ":|"
_LOUD = compiled_later(r"\s+[“\"‘']?[A-Z][^\s]*[a-z]")


class LinkLines(Options, frozen=True, tag="link-lines", kw_only=True):
    """A line that offers another story, or the heading of a list of them, without a link."""

    lines: tuple[str, ...]
    """Words that begin such a line: a colon or a dash and a title follow, or a list of titles."""
    titled: tuple[str, ...] = ()
    """Words that do so only where a colon, or a title after capitals, follows on the line."""
    short: tuple[str, ...] = ()
    """Words that begin such a heading, which a few more complete: “More from”."""
    rest: int = 4
    """Words that complete one."""
    linked: bool = False
    """Whether a line that does carry a link is flagged too."""
    words: int = 30
    """Words of a title."""
    items: int = 12
    """Lines of a list below its heading."""
    word: str = "below it"
    """Said of the lines of the list."""

    def check(self) -> None:
        if any(not phrase.strip() for phrase in (*self.lines, *self.titled)):
            raise ValueError("an empty phrase stands everywhere")


def link_lines(options: LinkLines, scope: Scope) -> Finder:
    """A finder for lines that offer other stories."""
    phrases = (*options.lines, *options.short, *options.titled)
    terms = tuple(fold(" ".join(term.split())) for term in phrases)
    return Finder(partial(_find, options, scope), Needs(terms=terms))


def _find(options: LinkLines, scope: Scope, article: Article, clues: Clues) -> Iterator[Hit]:
    blocks, done = prose(article).blocks, -1
    for hit in sorted(clues.terms, key=lambda hit: (hit.block, -hit.end)):
        text = blocks[hit.block].text
        if hit.block <= done or hit.start > _NEAR or text[: hit.start].strip(EDGE):
            continue
        if not whole_words(text, hit.start, hit.end):
            continue
        if not scope.allows(article, hit.block, hit.start, hit.end):
            continue
        items = _offers(options, article, hit)
        if items is None:
            continue
        done = hit.block + len(items)
        related = tuple((blocks[item].source_span, options.word) for item in items)
        block = blocks[hit.block]
        yield Hit(block.source_span, {"match": _bare(block.text)}, related=related)


def _bare(text: str) -> str:
    return text.strip().removesuffix(":")


def _offers(options: LinkLines, article: Article, hit: TermHit) -> list[int] | None:
    """The blocks of the list that the line heads, empty where it is one title; None for prose."""
    block = article.blocks[hit.block]
    phrase, rest = block.text[hit.start : hit.end], block.text[hit.end :]
    short = 0 <= hit.term - len(options.lines) < len(options.short)
    if not options.linked and has_link(article, block.source_span):
        return None
    heads = len(rest.split()) <= options.rest if short else hit.term < len(options.lines)
    if short and (named := _NAMED.match(rest)):
        return [] if _is_title(options, rest[named.end() :]) else None
    if rest.strip(EDGE) and not (short and heads):
        marked = phrase[-1] in _MARKS or _THEN.match(rest)
        then = marked or (_LOUD.match(rest) if phrase.isupper() else None)
        return [] if then and _is_title(options, rest.lstrip(EDGE)) else None
    if not heads or (short and not rest.strip(EDGE)):
        return None
    items = _items(options, article, hit.block)
    return items if items or _heads_nothing(article, hit.block) else None


def _is_title(options: LinkLines, text: str) -> bool:
    """Whether it may be the title of a story: short, and not a sentence with a full stop."""
    start = text.lstrip("“\"‘'([")[:1]
    bare = text.rstrip(" )]”\"’'")
    stopped = bare.endswith((".", ":", ";")) and not bare.endswith(("..", "…", "U.S.", "Inc."))
    return (
        bool(start) and not start.islower() and not stopped and len(text.split()) <= options.words
    )


def _items(options: LinkLines, article: Article, index: int) -> list[int]:
    """The lines of the list below a heading, as long as none of them carries a link."""
    found: list[int] = []
    blocks = article.blocks
    for at in range(index + 1, min(index + 1 + options.items, len(blocks))):
        text = blocks[at].text
        if not _is_item(blocks[at]) or not _is_title(options, text):
            break
        if not options.linked and has_link(article, blocks[at].source_span):
            return []
        found.append(at)
    return found


def _is_item(block: Block) -> bool:
    short = block.kind == PARAGRAPH and len(block.text) <= SHORT
    return short or block.kind in (LINK_LINE, LIST_ITEM)


def _heads_nothing(article: Article, index: int) -> bool:
    """Whether what a heading headed was cut off: in plain text, or where the article ends."""
    blocks = article.blocks
    if article.format == "text":
        return not any(
            has_link(article, block.source_span) for block in blocks[index + 1 : index + 2]
        )
    return index == len(blocks) - 1 and blocks[index].kind != SUBHEADING
