"""Titles of one person in several articles: which of them time does not explain."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from datetime import date

from newslint.kinds.contract import Clash, Voice
from newslint.kinds.person_title.apart import APART, clashes_apart
from newslint.kinds.person_title.facts import agree
from newslint.kinds.person_title.told import MOST, Settings, Told, clash
from newslint.language.titles import NOW

_SEASON = 90
"""Days within which another holder of an office counts."""
_LOOK = 40
"""Articles on each side of a date in which one is sought."""


def compare(voices: Sequence[Voice], settings: Settings) -> Iterator[Clash]:
    """Every title that another article contradicts, unless the time between explains it."""
    buckets: dict[str, list[Told]] = {}
    for number, voice in enumerate(voices):
        day = _day(voice.published)
        for fact in voice.facts:
            buckets.setdefault(fact.key, []).append(Told(day, number, voice, fact))
    holders = _holders(buckets, settings)
    for key in sorted(buckets):
        if key.endswith(APART):
            yield from clashes_apart(buckets[key], settings)
            continue
        by_status: dict[str, list[Told]] = {}
        for told in sorted(buckets[key], key=lambda told: (told.day, told.number)):
            by_status.setdefault(told.status, []).append(told)
        if len(by_status) > 1:
            yield from _clashes(by_status, holders, settings)


def _clashes(
    by_status: dict[str, list[Told]], holders: dict[str, list[Told]], settings: Settings
) -> Iterator[Clash]:
    former = [told for status, same in by_status.items() if status != NOW for told in same]
    usable = {
        status: [t for t in same if status != NOW or not _historic(t, former, holders, settings)]
        for status, same in by_status.items()
    }
    for status, same in usable.items():
        for told in same:
            others = [other for against, those in usable.items()
                      if (status, against) in settings.wrong and those
                      and len(same) < max(settings.established, len(those) + 1)
                      for other in _against(told, those, settings)]  # fmt: skip
            if others:
                others.sort(key=lambda other: (abs(other.day - told.day), other.number))
                yield clash(told, others[:MOST], told.office)


def _holders(buckets: dict[str, list[Told]], settings: Settings) -> dict[str, list[Told]]:
    """Who is called by the bare title of an office that one person holds at a time, by date."""
    holders: dict[str, list[Told]] = {}
    for key in sorted(buckets):
        if key.partition("\t")[2] in settings.single:
            holders.setdefault(key.partition("\t")[2], []).extend(
                told for told in buckets[key] if told.day and told.status == NOW
            )
    for told in holders.values():
        told.sort(key=lambda one: (one.day, one.number))
    return holders


def _historic(
    told: Told, former: list[Told], holders: dict[str, list[Told]], settings: Settings
) -> bool:
    """Whether dated copy tells of an office's past: it is known to have another holder by then."""
    if not told.day or told.office not in settings.single or len(former) < settings.established:
        return False
    same = holders.get(told.office, [])
    here = bisect_left(same, told.day, key=lambda other: other.day)
    return any(
        other.person != told.person
        and abs(other.day - told.day) <= _SEASON
        and agree(other.fact.values[2], told.fact.values[2])
        for other in same[max(0, here - _LOOK) : here + _LOOK]
    )


def _against(told: Told, same: list[Told], settings: Settings) -> list[Told]:
    """Those of one status that time does not reconcile with a title; the nearest few."""
    dated = bisect_left(same, 1, key=lambda other: other.day)
    order = settings.order
    if not told.day:
        found = same[:MOST]
    elif order.index(told.status) < order.index(same[0].status):
        # The earlier status is told here: only what is said before it, or right after, clashes.
        until = bisect_left(same, told.day + settings.days + 1, key=lambda other: other.day)
        found = same[:dated][:MOST] + same[dated:until][-MOST:]
    else:
        since = bisect_left(same, told.day - settings.days, key=lambda other: other.day)
        found = same[:dated][:MOST] + same[max(dated, since) :][:MOST]
    return [
        other
        for other in found
        if other.number != told.number
        and agree(other.fact.values[2], told.fact.values[2])
        and agree(other.fact.values[4], told.fact.values[4])
    ]


def _day(published: str) -> int:
    try:
        return date.fromisoformat(published).toordinal() if published else 0
    except ValueError:
        return 0
