"""What articles tell of titles, ready to be compared."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple

from newslint.kinds.contract import Clash, Fact, Voice

MOST = 6
"""Places that a clash names."""


class Settings(NamedTuple):
    """What the rule's options say."""

    order: tuple[str, ...]
    """Statuses in the order of a career."""
    wrong: frozenset[tuple[str, str]]
    """Two statuses that cannot both hold, either way round."""
    days: int
    """Articles so near to each other are not explained by a change in between."""
    established: int
    """So many articles with one form are not questioned by a few with the other."""
    single: frozenset[str]
    """Offices with one holder at a time."""
    groups: Mapping[str, frozenset[str]] = MappingProxyType({})
    """Office -> the groups that it is in; of one group a person holds one office at a time."""


class Told(NamedTuple):
    """A title that an article gives to a person, with the article’s day and number."""

    day: int
    """Of publication, counted; 0 where it has no date."""
    number: int
    """Of the article, in the order of the paths."""
    voice: Voice
    fact: Fact

    @property
    def person(self) -> str:
        return self.fact.key.partition("\t")[0]

    @property
    def office(self) -> str:
        return self.fact.key.partition("\t")[2]

    @property
    def status(self) -> str:
        return self.fact.values[1]

    @property
    def text(self) -> str:
        return self.fact.values[3]


def clash(told: Told, others: list[Told], title: str) -> Clash:
    """A title with those of other articles that it conflicts with, the nearest first."""
    values = {
        "match": told.text, "name": told.fact.values[0], "title": title,
        "other": others[0].text,
    }  # fmt: skip
    related = tuple((other.voice, other.fact, other.text) for other in others)
    return Clash(told.voice, told.fact, values, related)
