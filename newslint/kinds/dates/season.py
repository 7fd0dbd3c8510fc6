"""Standard time named in summer, or daylight time in winter."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from newslint.article import DATELINE, HEADLINE, PARAGRAPH, STANDFIRST, Article
from newslint.kinds.contract import Hit, Informed, Scope, slice_edit
from newslint.kinds.dates.text import sentence_at, written
from newslint.language.dates import Moment, moments, published
from newslint.language.dates.moment import DATE, MONTH, RELATIVE, WEEKDAY
from newslint.language.dates.zones import Zone, is_summer, seasonal
from newslint.language.lexicon import Lexicon, Lexicons
from newslint.later import compiled_later
from newslint.matching import Clues, fold
from newslint.patterns import whole_words

_BARE = compiled_later(r"\W*\d{1,2}\W*")
_AROUND = 20
"""Moments on each side of a time among which its day is looked for."""
_NEAR = 500
"""Code points on each side of a time in which a place stands that it may belong to."""


class Season(Informed, frozen=True, tag="season"):
    """A time with a zone that does not hold on its day."""

    margin: int = 7
    """Days around the article's own date that a time without a date can mean."""


def find(
    options: Season, scope: Scope, lexicons: Lexicons, article: Article, _: Clues
) -> Iterator[Hit]:
    """Times whose zone holds on none of the days that they can mean."""
    lexicon = lexicons["dates"]
    zones = seasonal(lexicon)
    found = moments(article, lexicon)
    for number, moment in enumerate(found):
        zone = zones.get(fold(moment.zone)) if moment.zone else None
        if zone is None or not scope.allows(article, *moment.place):
            continue
        around = found[max(0, number - _AROUND) : number + _AROUND]
        days = _days(options, article, published(article, lexicon), moment, around)
        if not days or any(is_summer(zone, day) in (zone.summer, None) for day in days):
            continue
        if not _excused(article, moment, zone):
            yield _hit(article, lexicon, moment, zone, days)


def _hit(
    article: Article, lexicon: Lexicon, moment: Moment, zone: Zone, days: list[date]
) -> Hit:  # fmt: skip
    block = article.blocks[moment.place.block]
    match = moment.place.text(article)
    start = moment.place.start + match.rindex(moment.zone)
    partner = zone.partner.upper() if moment.zone.isupper() else zone.partner
    edit = slice_edit(article, block, start, start + len(moment.zone), partner)
    values = {
        "match": match,
        "zone": moment.zone,
        "right": partner,
        "date": written(lexicon, days[0]),
    }
    return Hit(moment.place.span(article), values, edit, proper=True)


def _days(
    options: Season, article: Article, own: date | None, time: Moment, around: tuple[Moment, ...]
) -> list[date]:
    """The days that a time can mean: by its sentence, its block, or the article as a whole."""
    index, start, _ = time.place
    beside = [moment for moment in around if moment.place.block == index]
    begin, stop = sentence_at(article, index, start)
    for group in ([m for m in beside if begin <= m.place.start < stop], beside):
        dated = [m for m in group if m.sort in (DATE, MONTH) and _means(m)]
        if dated:
            near = dated if group is beside else [min(dated, key=lambda m: _gap(m, time))]
            return [day for moment in near for day in _means(moment)]
        named = [m for m in group if m.sort in (WEEKDAY, RELATIVE) and _means(m)]
        if named:
            return _means(min(named, key=lambda m: _gap(m, time)))
    if own is None or article.blocks[index].kind == DATELINE:
        return [] if own is None else [own]
    if _BARE.fullmatch(time.place.text(article).removesuffix(time.zone)):
        return []  # “12 EST” may be no time of the day at all
    near_own = [own + timedelta(by) for by in (0, -options.margin, options.margin)]
    return near_own + [day for m in around if m.sort == DATE for day in _means(m)]


def _gap(moment: Moment, time: Moment) -> int:
    return max(moment.place.start - time.place.end, time.place.start - moment.place.end)


def _means(moment: Moment) -> list[date]:
    if moment.first and moment.last:
        return [moment.first, moment.last]
    if moment.day and not moment.stated:  # the season is the same in every year
        return [date(year, moment.month, min(moment.day, 28)) for year in range(2015, 2025)]
    return []


def _excused(article: Article, moment: Moment, zone: Zone) -> bool:
    """Whether a place near the time keeps that clock all year, or has no part in the change."""
    if not (zone.places or zone.only_in):
        return False
    text, (_, start, end) = article.blocks[moment.place.block].text, moment.place
    first = next((b.text for b in article.blocks if b.kind == PARAGRAPH), "")
    head = [b.text for b in article.blocks[:3] if b.kind in (HEADLINE, STANDFIRST, DATELINE)]
    near = "\n".join((*head, first[:_NEAR], text[max(0, start - _NEAR) : end + _NEAR]))
    if not zone.only_in:
        return _names(near, zone.places)
    local = any(character.isalpha() for character in text[start : end - len(moment.zone)])
    return not local or not _names(near, zone.only_in)


def _names(text: str, places: tuple[str, ...]) -> bool:
    for place in places:
        at = text.find(place)
        while at >= 0:
            if whole_words(text, at, at + len(place)):
                return True
            at = text.find(place, at + 1)
    return False
