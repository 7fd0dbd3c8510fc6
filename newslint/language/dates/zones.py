"""Which clock holds when: standard and daylight time by zone and day."""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache
from typing import NamedTuple

from newslint.language.lexicon import Lexicon
from newslint.matching import fold


class Zone(NamedTuple):
    """A zone that is right in one part of the year only."""

    summer: bool
    """It is the clock of summer."""
    partner: str
    """What the other part of the year calls it."""
    changes: tuple[tuple[int, ...], ...]
    """Year, month and Sunday when clocks go forward, month and Sunday when they go back."""
    places: tuple[str, ...]
    """Near these it is right all year."""
    only_in: tuple[str, ...]
    """Wrong only for what happens in these places; nothing where it is wrong anywhere."""


@cache
def seasonal(lexicon: Lexicon) -> dict[str, Zone]:
    """From the folded name to the zone, for zones that change."""
    found: dict[str, Zone] = {}
    groups = lexicon.mapping("clock-changes")
    places, only = lexicon.mapping("no-daylight"), lexicon.mapping("only-in")
    for winter, summer in lexicon.mapping("standard-time").items():
        if winter not in groups:
            continue
        changes = tuple(
            tuple(int(number) for number in str(line).split())
            for line in lexicon.mapping("daylight").get(groups[winter], ())
        )
        for name, other, is_summer in ((winter, summer, False), (summer, winter, True)):
            near, within = tuple(places.get(name, ())), tuple(only.get(name, ()))
            found[fold(name)] = Zone(is_summer, other, changes, near, within)
    return found


def is_summer(zone: Zone, day: date) -> bool | None:
    """Whether the clock of summer holds there on that day; None on the day of a change."""
    changes = [change for change in zone.changes if change[0] <= day.year]
    if not changes:
        return None
    _, spring, spring_sunday, fall, fall_sunday = max(changes)
    forward = sunday(day.year, spring, spring_sunday)
    back = sunday(day.year, fall, fall_sunday)
    if day in (forward, back):
        return None
    if forward < back:
        return forward < day < back
    return not back < day < forward


def sunday(year: int, month: int, number: int) -> date:
    """The first, second, … Sunday of a month, or with -1 the last."""
    if number < 0:
        end = date(year + month // 12, month % 12 + 1, 1) - timedelta(1)
        return end - timedelta((end.weekday() + 1) % 7)
    first = date(year, month, 1)
    return first + timedelta((6 - first.weekday()) % 7 + 7 * (number - 1))
