"""A guess which column holds what, from the names of columns and the first rows."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

from newslint.audit.sources.values import dated, formatted, looked_up, prose
from newslint.later import compiled_later

SAMPLE = 200
"""Rows that are looked at."""
_DEEPEST = 3
_USUAL = {
    "headline": "headline headlinemain headlinetext title posttitle webtitle hed heading headlines "
    "articletitle articleheadline newstitle name subject",
    "body": "body bodytext articlebody maintext text fulltext articletext article content "
    "contenttext contentrendered posttext postcontent rawcontent bodyhtml contenthtml html "
    "articlecontent articlehtml markdown story copy plaintext paragraphs description",
    "published": "published publishedat publisheddate publishedon datepublished pubdate "
    "publicationdate publishdate publishtime pubtime firstpublished firstpublicationdate "
    "webpublicationdate postdate articledate dateline date datetime day created createdat "
    "timestamp time updated",
    "byline": "byline bylineoriginal author authors authorname authornames writer writers "
    "reporter creator postauthor by contributor contributors",
    "section": "section sectionname articlesection desk newsdesk category categories rubric "
    "channel topic department vertical kicker",
    "url": "url weburl link permalink canonicalurl canonical articleurl sourceurl uri href",
    "format": "format contenttype bodyformat mimetype mime contentformat",
}  # fmt: skip
"""Names of columns without what is no letter or digit, the likeliest first."""
_RANKS = {
    field: {name: rank for rank, name in enumerate(names.split())}
    for field, names in _USUAL.items()
}
_BARE = compiled_later(r"[^a-z0-9]+")
_YEAR = compiled_later(r"(?:1[6-9]|20|21)\d\d")
_PROSE = 150
"""Characters that what seems to be a body has on average, where no column has its usual name."""


def guess(known: Sequence[str], rows: Iterable[Mapping[str, Any]]) -> dict[str, str]:
    """From fields to columns with usual names and fitting values; the body perhaps by its length.

    `known` are the columns, nested ones joined with dots. Without a row names alone decide.
    """
    sample = list(rows)
    values = {column: [looked_up(row, column) for row in sample] for column in known}
    found: dict[str, str] = {}
    for field in _USUAL:
        fits = _FITS.get(field, _text)
        ranked = sorted((rank, n) for n, name in enumerate(known) if (rank := _rank(field, name)))
        for _, number in ranked:
            column = known[number]
            filled = [value for value in values[column] if value not in (None, "", [], {})]
            if column not in found.values() and (fits(filled) if sample else True):
                found[field] = column
                break
    if "body" not in found and (longest := _longest(values, found)):
        found["body"] = longest
    return found


def columns_of(row: Mapping[str, Any], above: str = "", deep: int = 1) -> Iterator[str]:
    """The columns of a row, those within mappings joined with dots."""
    for key, value in row.items():
        yield above + str(key)
        inner = value[0] if isinstance(value, list) and value else value
        if isinstance(inner, Mapping) and deep < _DEEPEST:
            yield from columns_of(inner, f"{above}{key}.", deep + 1)


def _rank(field: str, column: str) -> tuple[int, int] | None:
    """How well the name of a column fits, less is better; None where it does not."""
    names = _RANKS[field]
    whole = _BARE.sub("", column.lower())
    if whole in names:
        return column.count("."), names[whole]
    last = _BARE.sub("", column.rpartition(".")[2].lower())
    return (9, names[last]) if last in names else None


def _text(values: Sequence[Any]) -> bool:
    """Whether values are words, at least some."""
    texts = [prose(value, ", ") for value in values]
    return any(char.isalpha() for text, _ in texts for char in text[:200]) and not any(
        problem for _, problem in texts
    )


def _day(values: Sequence[Any]) -> bool:
    """Whether values are dates, most of them."""
    texts = [dated(value) or "" for value in values]
    return sum(bool(_YEAR.search(text)) for text in texts) * 2 > len(texts)


def _address(values: Sequence[Any]) -> bool:
    return any(isinstance(value, str) and "/" in value for value in values)


def _format(values: Sequence[Any]) -> bool:
    return bool(values) and all(map(formatted, values))


_FITS: dict[str, Callable[[Sequence[Any]], bool]] = {
    "published": _day, "url": _address, "format": _format,
}  # fmt: skip


def _longest(values: Mapping[str, Sequence[Any]], taken: Mapping[str, str]) -> str | None:
    """The column with the longest prose on average, if it is prose."""
    means: dict[str, float] = {}
    for column, items in values.items():
        texts = [item for item in items if isinstance(item, str)]
        if texts and column not in taken.values():
            words = sum(text.count(" ") for text in texts)
            total = sum(map(len, texts))
            if total >= _PROSE * len(texts) and words * 15 > total:
                means[column] = total / len(texts)
    return max(means, key=lambda column: means[column], default=None)
