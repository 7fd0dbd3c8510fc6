"""Two offices that one person cannot hold together: prime minister and interior minister."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from itertools import chain

from newslint.article import Article
from newslint.kinds.contract import Clash, Fact
from newslint.kinds.person_title.context import doubled
from newslint.kinds.person_title.facts import Use, agree, middle, shown, span_of
from newslint.kinds.person_title.told import MOST, Settings, Told, clash
from newslint.language.lexicon import Lexicon
from newslint.language.people import People, people
from newslint.language.titles import NOW

APART = "\t\t"
"""Ends the keys of facts on such offices: there are no others behind the person."""

Groups = Mapping[str, frozenset[str]]
"""Office -> the groups that it is in; of one group a person holds one office at a time."""


@cache
def groups_of(lexicon: Lexicon) -> Groups:
    """The groups of the lexicon, by office."""
    groups: dict[str, set[str]] = {}
    for group, offices in lexicon.mapping("apart").items():
        for office in offices:
            groups.setdefault(office, set()).add(group)
    return {office: frozenset(names) for office, names in groups.items()}


def exclude(one: str, other: str, groups: Groups) -> bool:
    """Whether nobody holds both offices."""
    return one != other and not groups[one].isdisjoint(groups[other])


def two_offices(found: People, groups: Groups) -> bool:
    """A quick look: whether anybody has two of these offices."""
    held: dict[int, str] = {}
    return any(
        held.setdefault(mention.person, mention.office) != mention.office
        for mention in found.mentions
        if mention.office in groups
    )


def rivals(
    article: Article, found: Iterable[Use], groups: Groups, lexicon: Lexicon
) -> Iterator[tuple[Use, Use]]:
    """The first title of a person that excludes an earlier one, and that earlier one."""
    earlier: dict[int, dict[str, Use]] = {}
    done: set[int] = set()
    for use in _single(article, found, groups, lexicon):
        number, office = use.mention.person, use.mention.office
        before = earlier.setdefault(number, {})
        if number not in done and office not in before:
            for name, other in before.items():
                if exclude(name, office, groups) and agree(use.of, other.of):
                    done.add(number)
                    yield use, other
                    break
        before.setdefault(office, use)


def _single(article: Article, found: Iterable[Use], groups: Groups, lexicon: Lexicon) -> list[Use]:
    """Present titles that surely are the person's, of people who hold one office and no more."""
    found = list(found)
    if groups.keys().isdisjoint([use.mention.office for use in found]):
        return []
    surnames = Counter(person.surname for person in people(article, lexicon).persons)
    out = {
        use.mention.person for use in found
        if use.mention.office in groups and doubled(article, use.mention, lexicon)
    }  # fmt: skip
    over = {(use.mention.person, use.mention.office) for use in found
            if use.mention.status != NOW}  # fmt: skip
    return [
        use
        for use in found
        if use.mention.office in groups
        and not (use.past or use.elsewhen)
        and use.mention.person not in out
        and (use.mention.person, use.mention.office) not in over
        and (use.mention.full or surnames[use.person.surname] == 1)
    ]


def facts_apart(
    article: Article, found: Iterable[Use], groups: Groups, lexicon: Lexicon
) -> Iterator[Fact]:
    """For each person the first use of each of these offices: what other articles are told."""
    seen = set()
    for use in _single(article, found, groups, lexicon):
        key = (use.person.key, use.mention.office)
        if use.mention.full and key not in seen:
            seen.add(key)
            yield Fact(
                use.person.key + APART,
                (use.person.name, use.mention.office, use.of, shown(article, use),
                 middle(use.person)),
                span_of(article, use),
            )  # fmt: skip


def clashes_apart(bucket: list[Told], settings: Settings) -> Iterator[Clash]:
    """Offices of one person in articles so near to each other that no change explains them."""
    by_office: dict[str, list[Told]] = {}
    for told in sorted(bucket, key=lambda told: (told.day, told.number)):
        by_office.setdefault(told.fact.values[1], []).append(told)
    for office, same in by_office.items() if len(by_office) > 1 else ():
        for told in same:
            others = list(chain.from_iterable(
                _near(told, those, settings)
                for name, those in by_office.items()
                if exclude(name, office, settings.groups)
                and len(same) < max(settings.established, len(those) + 1)
            ))  # fmt: skip
            if others:
                others.sort(key=lambda other: (abs(other.day - told.day), other.number))
                yield clash(told, others[:MOST], office)


def _near(told: Told, same: list[Told], settings: Settings) -> list[Told]:
    """Those within the days that no change explains; without a date, the first few."""
    if told.day:
        since = bisect_left(same, told.day - settings.days, key=lambda other: other.day)
        until = bisect_left(same, told.day + settings.days + 1, key=lambda other: other.day)
        undated = bisect_left(same, 1, key=lambda other: other.day)
        near = same[:undated][:MOST] + same[max(since, undated) : until][:MOST]
    else:
        near = same[:MOST]
    return [
        other
        for other in near
        if other.number != told.number
        and agree(other.fact.values[2], told.fact.values[2])
        and agree(other.fact.values[4], told.fact.values[4])
    ]
