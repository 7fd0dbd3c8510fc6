"""What a fact-checker must verify in an article: people, figures, dates, quotations, links."""

from __future__ import annotations

from datetime import date

from msgspec import Struct

from newslint.article import HEADLINE, OPAQUE, SOURCE_LINE, Article, Span
from newslint.language import attributions as said
from newslint.language import dates, figures, people
from newslint.language.lexicon import Lexicons
from newslint.language.passage import Passage
from newslint.language.quotations import Quotation, quotations


class Piece(Struct, frozen=True, gc=False):
    """Some words of the article."""

    span: Span
    text: str
    """The source at `span`."""
    shown: str
    """The words as clean prose, on one line."""


class Source(Struct, frozen=True, gc=False):
    """Whoever is said to have said it."""

    piece: Piece
    sort: str
    """`named`, `role`, `anonymous` or `vague`."""
    resolved: Piece | None
    """The name that a pronoun or a surname stands for."""


class Mention(Struct, frozen=True, gc=False):
    """One reference to a person by name."""

    whole: Piece
    name: Piece
    title: Piece | None
    qualifier: Piece | None
    of: Piece | None
    sort: str
    """Of the title: `office`, `rank`, `role`, `honorific`; nothing without one."""
    quoted: bool
    """Inside a quotation."""


class Person(Struct, frozen=True, gc=False):
    """A person with every mention, in reading order."""

    name: str
    mentions: tuple[Mention, ...]


class Figure(Struct, frozen=True, gc=False):
    """One figure, what it counts, and who gives it."""

    whole: Piece
    low: float
    high: float
    approximation: str
    unit: str
    counts: Piece | None
    where: str
    """The kind of block that it stands in."""
    source: Source | None


class Moment(Struct, frozen=True, gc=False):
    """One expression of time and the days that it can mean."""

    piece: Piece
    sort: str
    first: date | None
    last: date | None
    weekday: int | None
    """As written, Monday is 0."""
    zone: str
    stated: bool
    """The year stands there."""
    impossible: str
    """Why there is no such day or time, in words."""


class Report(Struct, frozen=True, gc=False):
    """What somebody is said to have said."""

    content: tuple[Piece, ...]
    source: Source | None
    cue: Piece | None
    direct: bool
    """Its content is, or holds, a quotation."""


class Quoted(Struct, frozen=True, gc=False):
    """One quotation, marks included."""

    piece: Piece
    source: Source | None
    cue: Piece | None


class Link(Struct, frozen=True, gc=False):
    """A link; the piece holds the words that carry it, or its address where there are none."""

    piece: Piece
    url: str


class Worksheet(Struct, frozen=True, gc=False):
    """All that is to be verified in one article."""

    path: str
    headline: str
    published: date | None
    source: str
    """The copy."""
    people: tuple[Person, ...]
    figures: tuple[Figure, ...]
    dates: tuple[Moment, ...]
    quotations: tuple[Quoted, ...]
    attributions: tuple[Report, ...]
    """Direct and indirect reports alike."""
    sources: tuple[Piece, ...]
    """Lines that name a source: “Source: …”."""
    links: tuple[Link, ...]


def worksheet(article: Article, lexicons: Lexicons) -> Worksheet:
    """What there is to verify in the article."""
    told = said.attributions(article, lexicons)
    headlines = [block.text for block in article.blocks if block.kind == HEADLINE]
    return Worksheet(
        path=article.path,
        headline=_plain(headlines[0]) if headlines else "",
        published=dates.published(article, lexicons["dates"]),
        source=article.source,
        people=_people(article, lexicons),
        figures=_figures(article, lexicons),
        dates=_dates(article, lexicons),
        quotations=tuple(
            _quoted(article, quotation, told.speakers[number])
            for number, quotation in enumerate(quotations(article).joined)
        ),
        attributions=tuple(_report(article, report) for report in told.reports),
        sources=tuple(
            _span(article, block.source_span, block.text)
            for block in article.blocks
            if block.kind == SOURCE_LINE
        ),
        links=_links(article),
    )


def _plain(text: str) -> str:
    return " ".join(text.replace(OPAQUE, "…").split())


def _span(article: Article, span: Span, shown: str) -> Piece:
    return Piece(span, article.source[span.start : span.end], _plain(shown))


def _piece(article: Article, passage: Passage) -> Piece:
    return _span(article, passage.span(article), passage.text(article))


def _maybe(article: Article, passage: Passage | None) -> Piece | None:
    return _piece(article, passage) if passage else None


def _people(article: Article, lexicons: Lexicons) -> tuple[Person, ...]:
    found = people.people(article, lexicons["titles"])
    return tuple(
        Person(person.name, tuple(_mention(article, found.mentions[n]) for n in person.mentions))
        for person in found.persons
    )


def _mention(article: Article, mention: people.Mention) -> Mention:
    return Mention(
        whole=_piece(article, mention.whole),
        name=_piece(article, mention.name),
        title=_maybe(article, mention.title),
        qualifier=_maybe(article, mention.qualifier),
        of=_maybe(article, mention.of),
        sort=mention.sort,
        quoted=mention.quoted,
    )


def _figures(article: Article, lexicons: Lexicons) -> tuple[Figure, ...]:
    return tuple(
        Figure(
            whole=_piece(article, figure.whole),
            low=figure.low,
            high=figure.high,
            approximation=figure.approximation,
            unit=figure.unit,
            counts=_maybe(article, figure.noun),
            where=article.blocks[figure.whole.block].kind,
            source=_source(article, figures.source_of(article, figure, lexicons)),
        )
        for figure in figures.figures(article, lexicons["figures"])
    )


def _dates(article: Article, lexicons: Lexicons) -> tuple[Moment, ...]:
    return tuple(
        Moment(
            piece=_piece(article, moment.place),
            sort=moment.sort,
            first=moment.first,
            last=moment.last,
            weekday=moment.weekday,
            zone=moment.zone,
            stated=moment.stated,
            impossible=moment.impossible,
        )
        for moment in dates.moments(article, lexicons["dates"])
    )


def _source(article: Article, source: said.Source | None) -> Source | None:
    if source is None:
        return None
    return Source(_piece(article, source.place), source.sort, _maybe(article, source.resolved))


def _quoted(article: Article, quotation: Quotation, report: said.Attribution | None) -> Quoted:
    parts = [Passage(part.block, part.start, part.end) for part in quotation.parts]
    spans = [part.span(article) for part in parts]
    whole = Span(min(span.start for span in spans), max(span.end for span in spans))
    shown = " ".join(part.text(article) for part in parts)
    if report is None:
        return Quoted(_span(article, whole, shown), None, None)
    return Quoted(
        _span(article, whole, shown),
        _source(article, report.source),
        _maybe(article, report.cue),
    )


def _report(article: Article, report: said.Attribution) -> Report:
    return Report(
        content=tuple(_piece(article, passage) for passage in report.content),
        source=_source(article, report.source),
        cue=_maybe(article, report.cue),
        direct=report.quotation is not None,
    )


def _links(article: Article) -> tuple[Link, ...]:
    return tuple(
        Link(_span(article, link.text_span if link.text else link.span, link.text), link.url)
        for link in article.links
    )
