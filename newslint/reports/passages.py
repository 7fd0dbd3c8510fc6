"""Findings in their context: the clean prose around the flagged words, or the source."""

from __future__ import annotations

from typing import NamedTuple

from msgspec import Struct

from newslint import readers
from newslint.article import HEADLINE, OPAQUE, Article, Span
from newslint.language.sentences import Range, sentences
from newslint.ranges import Ranges

SOURCE = "source"
"""The kind of a passage that is no block: front matter, an address, markup, several blocks."""
FAR = 240
"""Code points of source shown to either side of the flagged words."""


class Passage(Struct, frozen=True, gc=False):
    """A stretch of an article that can be shown by itself."""

    kind: str
    """One of `article.BLOCK_KINDS`, or `SOURCE`."""
    start: int
    """Where it begins in the source."""
    text: str


class Place(NamedTuple):
    """Where flagged words stand in a passage: offsets into its text, end exclusive."""

    passage: Passage
    start: int
    end: int


class Copy:
    """One article, to look up what its findings stand in."""

    def __init__(self, path: str, source: str) -> None:
        article = _read(path, source)
        self._source = source
        self.language = article.language
        self._blocks = sorted((b for b in article.blocks if b.text), key=lambda b: b.source_span)
        self._spans = Ranges(block.source_span for block in self._blocks)
        self._sentences: dict[int, list[Range]] = {}
        heads = (block.text for block in article.blocks if block.kind == HEADLINE)
        self.headline = " ".join(next(heads, "").replace(OPAQUE, " ").split())
        """Empty where the article has none."""

    def place(self, span: Span) -> Place:
        """The passage around a place of the source: its block where the words show there."""
        number = self._spans.innermost(*span)
        if number is None:
            return self._in_source(span)
        block = self._blocks[number]
        start, end = block.origin.offset(span.start), block.origin.offset(span.end)
        if span.end > span.start and not block.text[start:end].replace(OPAQUE, "").strip():
            return self._in_source(span)
        return Place(Passage(block.kind, block.source_span.start, block.text), start, end)

    def sentence(self, span: Span) -> tuple[str, str, str]:
        """What stands before the flagged words in their sentence, the words, and what follows."""
        passage, start, end = self.place(span)
        first, last = 0, len(passage.text)
        if passage.kind != SOURCE:
            if passage.start not in self._sentences:
                self._sentences[passage.start] = list(sentences(passage.text))
            ranges = self._sentences[passage.start]
            first = max((begin for begin, _ in ranges if begin <= start), default=first)
            last = min((stop for _, stop in ranges if stop >= end), default=last)
        return passage.text[first:start], passage.text[start:end], passage.text[end:last]

    def _in_source(self, span: Span) -> Place:
        """The lines of the source that the place touches, as far as they are near."""
        source = self._source
        near = max(0, span.start - FAR)
        first = source.rfind("\n", near, span.start) + 1 or near
        first += len(source[first : span.start]) - len(source[first : span.start].lstrip())
        last = source.find("\n", span.end, span.end + FAR)
        last = min(len(source), span.end + FAR) if last < 0 else last
        passage = Passage(SOURCE, first, source[first:last])
        return Place(passage, span.start - first, span.end - first)


def _read(path: str, source: str) -> Article:
    """The article; one without blocks where its reader fails, as the check has said already."""
    try:
        return readers.read_source(path, source)
    except Exception:  # a report that shows the source is better than none
        return Article(path, source, readers.TEXT)
