"""The time that an audit spans, cut into months or years, with those in which nothing appeared."""

from __future__ import annotations

from collections.abc import Sequence

from newslint.audit.report.figures import Group

MONTHS = 360
"""Months that a chart has room for; a longer span is shown by years."""
YEARS = 400
"""A still longer one is no span but a mistake in a date: only years with articles are shown."""
_NAMES = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
)  # fmt: skip


def by_year(months: Sequence[Group]) -> list[Group]:
    """The years that have articles."""
    years: dict[str, Group] = {}
    for month in months:
        name = month.name[:4]
        known = years.get(name, Group(name, 0, 0, 0, 0, 0))
        years[name] = Group(
            name, known.articles + month.articles, known.words + month.words,
            known.errors + month.errors, known.warnings + month.warnings,
            known.infos + month.infos,
        )  # fmt: skip
    return [years[name] for name in sorted(years)]


def even(months: Sequence[Group]) -> tuple[str, list[Group]]:
    """“month” or “year”, and the groups from first to last with empty ones in the gaps."""
    if not months:
        return "month", []
    first, last = _number(months[0].name), _number(months[-1].name)
    if last - first < MONTHS:
        names = [f"{number // 12:04}-{number % 12 + 1:02}" for number in range(first, last + 1)]
        return "month", _filled(names, months)
    years = by_year(months)
    if (last - first) // 12 >= YEARS:
        return "year", years
    names = [f"{number:04}" for number in range(first // 12, last // 12 + 1)]
    return "year", _filled(names, years)


def _number(month: str) -> int:
    year, number = month.split("-")
    return 12 * int(year) + int(number) - 1


def _filled(names: Sequence[str], groups: Sequence[Group]) -> list[Group]:
    known = {group.name: group for group in groups}
    return [known.get(name, Group(name, 0, 0, 0, 0, 0)) for name in names]


def named(period: str) -> str:
    """“March 2014” for `2014-03` and `2014-03-12`; a year as it is."""
    year, _, rest = period.partition("-")
    return f"{_NAMES[int(rest[:2]) - 1]} {year}" if rest else year
