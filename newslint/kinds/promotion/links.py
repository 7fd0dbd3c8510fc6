"""Links that earn the outlet money, and whether readers are told before they meet one."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache, partial
from typing import NamedTuple

from newslint.article import BLOCK_KINDS, Article, Field, Link, Span
from newslint.kinds.contract import Finder, Hit, Informed, Scope
from newslint.kinds.promotion.declared import (
    LEXICON,
    discloses,
    one_pattern,
    sells,
    shelf,
    sponsored,
)
from newslint.language import once_for
from newslint.language.lexicon import Lexicon, Lexicons
from newslint.matching import Clues, Needs, prose, search
from newslint.patterns import find, occurs_in
from newslint.reference import Reference

_SHOWN = 8
"""Words of a link that a message repeats."""


class AffiliateLink(Informed, frozen=True, tag="affiliate-link"):
    """A link that a network of the lexicon `promotion` pays for."""


class Disclosure(Informed, frozen=True, tag="disclosure"):
    """Affiliate links, or an article that declares a sponsor, and nothing says so above."""

    top: int = 5
    """Blocks from the top that may disclose a sponsor."""


class Paid(NamedTuple):
    """A link that somebody pays for."""

    link: Link
    network: str
    span: Span
    """Of what gives it away in the address, or of the address."""


def affiliate_links(options: AffiliateLink, scope: Scope, reference: Reference) -> Finder:
    """A finder for affiliate links in articles that do not declare that they sell."""
    lexicons = shelf(reference, options.lexicons)
    return Finder(partial(_find_links, lexicons), Needs())


def disclosure(options: Disclosure, scope: Scope, reference: Reference) -> Finder:
    """A finder for articles that sell and do not say so."""
    lexicons = shelf(reference, options.lexicons)
    return Finder(partial(_find_undisclosed, options, lexicons), Needs())


def _find_links(lexicons: Lexicons, article: Article, _: Clues) -> Iterator[Hit]:
    if not article.links:
        return
    lexicon = lexicons[LEXICON]
    found = paid_links(article, lexicon)
    if found and not sells(article, lexicon):
        for paid in found:
            yield Hit(paid.span, {"match": _named(paid.link), "network": paid.network})


def _named(link: Link) -> str:
    """The words of a link, or where its address leads if that is all there is."""
    words = link.text.split()
    if not words or "://" in link.text:
        return link.url.split("://")[-1].split("/")[0]
    return " ".join(words) if len(words) <= _SHOWN else " ".join(words[:_SHOWN]) + " …"


def _find_undisclosed(
    options: Disclosure, lexicons: Lexicons, article: Article, _: Clues
) -> Iterator[Hit]:
    if not (article.links or article.meta):
        return
    lexicon = lexicons[LEXICON]
    links = paid_links(article, lexicon)
    sponsor = sponsored(article, lexicon)
    if not (links or sponsor) or discloses(article, lexicon):
        return
    above = links[0].span.start if links else _top(options, article)
    if not _disclosed_above(article, lexicon, above):
        yield _undisclosed(links, sponsor)


def _undisclosed(links: list[Paid], sponsor: Field | None) -> Hit:
    if not links:
        assert sponsor is not None
        return Hit(sponsor.span, {"count": "0", "links": "A paid article"})
    first, *others = [_visible(paid.link) for paid in links]
    count = str(len(links))
    named = "1 affiliate link" if len(links) == 1 else f"{count} affiliate links"
    related = tuple((span, "affiliate link") for span in others)
    return Hit(first, {"count": count, "links": named}, related=related)


def _visible(link: Link) -> Span:
    return link.text_span if link.text_span.end > link.text_span.start else link.span


def _top(options: Disclosure, article: Article) -> int:
    blocks = article.blocks[: options.top]
    return max((block.source_span.end for block in blocks), default=0)


def _disclosed_above(article: Article, lexicon: Lexicon, offset: int) -> bool:
    """Whether a block that begins at or before an offset of the source discloses it."""
    pattern = one_pattern(lexicon.phrases("disclosures"))
    blocks = article.blocks
    return bool(pattern) and any(
        blocks[index].source_span.start <= offset
        for index, _ in search(article, pattern, BLOCK_KINDS, boundaries=False)
    )


@cache
def _networks(lexicon: Lexicon) -> tuple[tuple[str, str], ...]:
    """Patterns and the networks that they belong to."""
    return tuple(
        (f"(?i:{pattern})", network)
        for network, patterns in lexicon.mapping("networks").items()
        for pattern in ([patterns] if isinstance(patterns, str) else patterns)
    )


@cache
def _any_network(lexicon: Lexicon) -> str:
    return "|".join(pattern for pattern, _ in _networks(lexicon))


@cache
def _unpaid(lexicon: Lexicon) -> str:
    return one_pattern(lexicon.phrases("unpaid"))


@once_for
def paid_links(article: Article, lexicon: Lexicon) -> list[Paid]:
    """The links of the article that a network pays for, in the order of the source."""
    together = _any_network(lexicon)
    if not together or not occurs_in(together, prose(article).links.encoded):
        return []
    found, unpaid = [], _unpaid(lexicon)
    for link in article.links:
        url = link.url.encode("utf-8", "replace")
        if not occurs_in(together, url) or (unpaid and occurs_in(unpaid, url)):
            continue
        for pattern, network in _networks(lexicon):
            match = next(find(pattern, link.url, boundaries=False), None)
            if match is not None:
                start, end = match.groups[min(1, len(match.groups) - 1)]
                found.append(Paid(link, network, _part(link, start, end)))
                break
    return sorted(found, key=lambda paid: paid.link.span)


def _part(link: Link, start: int, end: int) -> Span:
    """Where a part of the address stands in the source; the whole where it is written otherwise."""
    if link.span.end - link.span.start != len(link.url) or start < 0:
        return link.span
    part = link.url[start:end]
    start, end = end - len(part.lstrip("/")), start + len(part.rstrip("/"))
    return Span(link.span.start + start, link.span.start + end)
