"""Lines that led to other stories, and lead nowhere in the copy."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from functools import partial

from newslint.article import LINK_LINE, LIST_ITEM, SUBHEADING, Article, Span
from newslint.kinds.contract import Finder, Hit, Options, Scope
from newslint.kinds.phrases import EDGE
from newslint.language import once
from newslint.matching import Clues, Needs, fold, prose
from newslint.patterns import whole_words

_THEN = re.compile(r"\s*(?::|\||[»›→]|>+|\s[–—-]\s)\s*")
_NEAR = 12
"""Characters that may stand before the words: a bracket, an arrow."""
_LOUD = re.compile(r"\s+[“\"‘']?[A-Z][^\s]*[a-z]")


class LinkLines(Options, frozen=True, tag="link-lines", kw_only=True):
    """A line that offers another story, or the heading of a list of them, without a link."""

    lines: tuple[str, ...]
    """Words that begin such a line: a colon or a dash and a title follow, or a list of titles."""
    titled: tuple[str, ...] = ()
    """Words that do so only where a colon, or a title after capitals, follows on the line."""
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
    terms = tuple(fold(" ".join(term.split())) for term in (*options.lines, *options.titled))
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
        titled = hit.term >= len(options.lines)
        items = _offers(options, article, hit.block, text[hit.start : hit.end], hit.end, titled)
        if items is None:
            continue
        done = hit.block + len(items)
        related = tuple((blocks[item].source_span, options.word) for item in items)
        block = blocks[hit.block]
        yield Hit(block.source_span, {"match": _bare(block.text)}, related=related)


def _bare(text: str) -> str:
    return text.strip().removesuffix(":")


def _offers(
    options: LinkLines, article: Article, index: int, phrase: str, end: int, titled: bool
) -> list[int] | None:
    """The blocks of the list that the line heads, empty where it is one title; None for prose."""
    block = article.blocks[index]
    rest = block.text[end:]
    if not options.linked and _has_link(article, block.source_span):
        return None
    if rest.strip(EDGE):
        then = _THEN.match(rest) or (_LOUD.match(rest) if phrase.isupper() else None)
        title = rest[len(rest) - len(rest.lstrip(EDGE)) :]
        return [] if then and _is_title(options, title) else None
    if titled:
        return None
    items = _items(options, article, index)
    if not items and (block.kind == SUBHEADING or _followed_by_links(article, index)):
        return None
    return items


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
    wanted = (LINK_LINE, LIST_ITEM)
    for at in range(index + 1, min(index + 1 + options.items, len(blocks))):
        text = blocks[at].text
        if blocks[at].kind not in wanted or not _is_title(options, text):
            break
        if not options.linked and _has_link(article, blocks[at].source_span):
            return []
        found.append(at)
    return found


def _followed_by_links(article: Article, index: int) -> bool:
    following = article.blocks[index + 1 : index + 2]
    return any(_has_link(article, block.source_span) for block in following)


def _has_link(article: Article, span: Span) -> bool:
    starts = _link_starts(article)
    at = bisect_left(starts, span.start - 1)
    return at < len(starts) and starts[at] < span.end


@once
def _link_starts(article: Article) -> list[int]:
    """Where the words of links begin, and their addresses."""
    return sorted(start for link in article.links for start in (link.text_span[0], link.span[0]))
