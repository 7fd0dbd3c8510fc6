"""Tells findings and places apart by what they say, not by where they stand."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence

from msgspec.structs import replace

from newslint.article import OPAQUE, Article, Block, Span
from newslint.finding import Finding
from newslint.language.sentences import sentences
from newslint.ranges import Ranges

MOST = 20
"""Other places of a finding that are looked at."""


def with_fingerprints(
    article: Article, findings: Sequence[Finding], places: Sequence[Sequence[Span]] = ()
) -> list[Finding]:
    """Give each finding its fingerprint: what stands there, and which of several like it.

    The rule is no part of it, so that it outlives a new name of the rule; it is unique among the
    findings of one rule in one article. `places` are for each finding the other ones that have to
    do with it.
    """
    if not findings:
        return []
    seen: Counter[tuple[str, str]] = Counter()
    identity = Identities(article)
    result = []
    pairs = zip(findings, places, strict=True) if places else ((one, ()) for one in findings)
    for finding, others in sorted(pairs, key=lambda pair: (pair[0].rule, pair[0].span)):
        what = "" if finding.whole_article else identity(finding.span)
        key = (finding.rule, what)
        kin = tuple(digest(identity(span), "0") for span in others[:MOST])
        result.append(replace(finding, fingerprint=digest(what, str(seen[key])), kin=kin))
        seen[key] += 1
    return result


def digest(*words: str) -> str:
    """A short fingerprint of some texts."""
    from hashlib import blake2b  # slow to import, and clean copy has no use for it

    return blake2b("\0".join(words).encode("utf-8", "replace"), digest_size=10).hexdigest()


class Identities:
    """Tells places apart by what they say and not by where they stand.

    A place is known by its words and the sentence it begins in, both as clean prose: so it stays
    the same when paragraphs are moved or reflowed, in block quotes and lists too.
    """

    def __init__(self, article: Article) -> None:
        self._article = article
        self._blocks = sorted(
            (block for block in article.blocks if block.text), key=lambda block: block.source_span
        )
        self._spans = Ranges(block.source_span for block in self._blocks)
        self._values: list[tuple[Span, str]] | None = None
        """Those of the front matter with their keys."""
        self._places: dict[Span, str] = {}
        self._known: dict[tuple[int, int], str] = {}
        self._sentences: dict[int, list[tuple[int, int]]] = {}

    def __call__(self, span: Span) -> str:
        """A digest of the words at a place and of what they stand in."""
        if span not in self._places:
            self._places[span] = self._identity(span)
        return self._places[span]

    def _identity(self, span: Span) -> str:
        number = self._spans.innermost(*span)
        if number is None:
            return digest(self._key(span), self._words(span, self._across(span)))
        block = self._blocks[number]
        sentence = self._sentence(number, block.origin.offset(span.start))
        return digest(sentence, self._words(span, [block]))

    def _words(self, span: Span, blocks: Sequence[Block]) -> str:
        """The words of the place, without markup; its source where no prose stands there."""
        found = " ".join(
            block.text[
                block.origin.offset(span.start) : block.origin.offset(span.end)
                if span.end < block.source_span.end
                else None
            ]
            for block in blocks
        )
        if not found.replace(OPAQUE, "").strip():
            found = self._article.source[span.start : span.end]
        return " ".join(found.split())

    def _across(self, span: Span) -> list[Block]:
        """The blocks that a place touches which lies in none of them."""
        return [self._blocks[number] for number in self._spans.met(*span)]

    def _key(self, span: Span) -> str:
        """The key in the front matter whose value the place lies in, if it does."""
        if self._values is None:
            self._values = sorted((f.span, name) for name, f in self._article.meta.items())
        number = bisect_right(self._values, span.start, key=lambda value: value[0].start) - 1
        if number >= 0 and span.end <= self._values[number][0].end:
            return self._values[number][1]
        return ""

    def _sentence(self, number: int, offset: int) -> str:
        """A digest of the sentence at an offset of a block, white space folded; else nothing."""
        text = self._blocks[number].text
        if number not in self._sentences:
            self._sentences[number] = list(sentences(text))
        index = bisect_right(self._sentences[number], (offset, len(text))) - 1
        if index < 0 or offset >= self._sentences[number][index][1]:
            return ""
        if (number, index) not in self._known:
            start, end = self._sentences[number][index]
            self._known[number, index] = digest(" ".join(text[start:end].split()))
        return self._known[number, index]
