"""Spellings of one name in several articles."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import NamedTuple

from newslint.article import Article
from newslint.kinds.contract import Clash, Fact, Scope, Voice
from newslint.kinds.name_variant.known import (
    Bearer,
    Known,
    another_word,
    evenly_cased,
    name_words,
    on_file,
)
from newslint.language.names import folded
from newslint.language.passage import Passage
from newslint.language.people import Mention, people
from newslint.language.spelling import index, respellings

ELSEWHERE = "in other articles"
MOST = 6
"""Places that a clash names."""


class Said(NamedTuple):
    """What one article says of one spelling: `Fact.values` read."""

    voice: Voice
    fact: Fact
    form: str
    given: str
    uses: int
    offices: frozenset[str]


def facts(scope: Scope, known: Known, article: Article) -> Iterator[Fact]:
    """The people whom the article names in full, as it spells their surnames.

    Values: the surname, the given name, the number of uses, the offices that go with it.
    """
    who = people(article, known.titles)
    for person in who.persons:
        if not person.given:
            continue
        given = name_words(person.given, known)
        uses: dict[str, list[tuple[Mention, Passage]]] = {}
        offices: set[str] = set()
        for number in person.mentions:
            mention = who.mentions[number]
            offices.add(mention.office)
            place = _surname(article, mention, known)
            if place is not None and scope.allows(article, *place):
                uses.setdefault(place.text(article), []).append((mention, place))
        for form, found in uses.items():
            if given and len(form) >= known.shortest and _cased(form):
                key = f"{known.spell.normal(given[0])} {known.spell.normal(form)[:1]}"
                values = (form, given[0], str(len(found)), "|".join(sorted(offices - {""})))
                yield Fact(key, values, found[0][1].span(article))


def _cased(form: str) -> bool:
    return form[0].isupper() and not form.isupper()


def _surname(article: Article, mention: Mention, known: Known) -> Passage | None:
    """The last word of the name, “Jr.” left out."""
    text = mention.name.text(article)
    words = name_words(text, known)
    if not words:
        return None
    start = mention.name.start + text.rindex(words[-1])
    return Passage(mention.name.block, start, start + len(words[-1]))


def bearers(fact: Fact) -> tuple[str, ...]:
    """What finds others of that surname, whatever their given name: they tell whose it is."""
    return (f"={fact.values[0]}",)


def kindred(known: Known, voices: Sequence[Voice]) -> Iterator[tuple[int, int]]:
    """Of facts on different spellings those that may be about one name, by their numbers."""
    numbers = {voice.facts[0].values[0]: number for number, voice in enumerate(voices)}
    for one, other in respellings(index(numbers, known.spell), sorted(numbers)):
        yield numbers[one], numbers[other]


def compare(known: Known, voices: Sequence[Voice]) -> Iterable[Clash]:
    """Names that articles spell in different ways."""
    by_key: dict[str, dict[str, list[Said]]] = {}
    named: dict[str, set[str]] = {}
    for voice in voices:
        for fact in voice.facts:
            form, given, count, offices = fact.values
            said = Said(voice, fact, form, given, int(count), frozenset(offices.split("|")) - {""})
            by_key.setdefault(fact.key, {}).setdefault(form, []).append(said)
            named.setdefault(form, set()).add(folded(given))
    for forms in by_key.values():
        if len(forms) > 1:
            yield from _clashes(forms, named, known)


def _clashes(
    forms: dict[str, list[Said]], named: dict[str, set[str]], known: Known
) -> Iterator[Clash]:
    groups: dict[str, list[str]] = {}
    for one, other in respellings(index(forms, known.spell), sorted(forms)):
        group, more = groups.get(one, [one]), groups.get(other, [other])
        if group is not more and _one_person(forms[one], forms[other], named, known):
            groups.update(dict.fromkeys(group + more, group + more))
    for form, group in groups.items():
        if form == min(group):
            yield from _judged({name: forms[name] for name in sorted(group)}, known)


def _one_person(
    one: list[Said], other: list[Said], named: dict[str, set[str]], known: Known
) -> bool:
    """Whether more than a likeness says that two names are one.

    Only diacritics tell them apart, or their bearers hold the same office. Where no office is given
    for one of them, the surname is long and at least one of its spellings is nobody else's.
    """
    first, second = one[0].form, other[0].form
    if folded(first) == folded(second):
        return True
    if another_word(first, second, known) or another_word(second, first, known):
        return False
    offices, others = (
        frozenset().union(*(said.offices for said in found)) for found in (one, other)
    )
    if offices and others:
        return not offices.isdisjoint(others)
    alone = min(len(named[first]), len(named[second])) == 1
    return alone and min(len(first), len(second)) >= known.alone


def _judged(forms: dict[str, list[Said]], known: Known) -> Iterator[Clash]:
    counts = {form: sum(said.uses for said in found) for form, found in forms.items()}
    given = {said.given for found in forms.values() for said in found}
    right, where = on_file(forms, Bearer(given, set()), known)
    if not right:
        right = _oldest_and_most(forms, counts, known.share) or evenly_cased(forms)
    most = max(counts.values())
    for form, found in forms.items():
        others = [name for name in forms if name != form]
        other = right or max(others, key=lambda name: (counts[name], name))
        if form == right or (not right and counts[form] == most and counts[other] < most):
            continue
        for said in found:
            elsewhere = (
                (there.voice, there.fact, f"“{there.form}”")
                for name in sorted(others, key=lambda name: (name != other, name))
                for there in forms[name]
                if there.voice.path != said.voice.path
            )
            related = tuple(islice(elsewhere, MOST))
            if related or where:
                values = {
                    "match": form, "other": other, "prefer": other, "where": where or ELSEWHERE,
                    "count": "", "other-count": "",
                }  # fmt: skip
                yield Clash(said.voice, said.fact, values, related)


def _oldest_and_most(forms: dict[str, list[Said]], counts: dict[str, int], share: float) -> str:
    """The spelling of the oldest dated article, where it has the share of all uses; or nothing."""
    dated = [
        (said.voice.published, -counts[form], form)
        for form, found in forms.items()
        for said in found
        if said.voice.published
    ]
    oldest = min(dated)[2] if dated else ""
    return oldest if oldest and counts[oldest] >= share * sum(counts.values()) else ""
