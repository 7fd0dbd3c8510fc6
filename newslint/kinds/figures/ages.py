"""Check `age`: one person with two ages in an article, or an age that the birth date denies."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, partial
from typing import NamedTuple

from newslint.article import Article
from newslint.kinds.contract import Finder, Hit, Informed, Scope
from newslint.language.dates import published
from newslint.language.figures import spots
from newslint.language.lexicon import Lexicon, Lexicons
from newslint.matching import Clues, Needs, prose
from newslint.reference import Reference

_AGE = re.compile(r"\d{1,3}(?=[^\d\n])")
_YEAR = r"(?:\d\d?,? )?((?:19|20)\d\d)"
_ANY = r"[A-Z][\w’'-]+(?: [A-Z]\.| [A-Z][\w’'-]+){0,3}"


class Age(Informed, frozen=True, tag="age", kw_only=True):
    """A person has one age in an article."""

    old: tuple[str, ...]
    """What follows the number: “-year-old”, “years old”."""
    aged: tuple[str, ...] = ()
    """What may stand between the name and the number: “aged”, “age”."""
    then: tuple[str, ...] = ()
    """Where one of these stands in the sentence, the age is not that of the day."""
    born: tuple[str, ...] = ()
    """What stands between the name and the year of birth."""
    no_names: tuple[str, ...] = ()
    """Capitalised words that are no names of people: months, states, parties."""
    youngest: int = 3
    oldest: int = 115


class _Said(NamedTuple):
    block: int
    start: int
    end: int
    age: int
    name: str


def build(options: Age, scope: Scope, reference: Reference) -> Finder:
    """A finder for one rule."""
    return Finder(
        partial(_find, options, scope, reference.lexicons_with(options.lexicons)), Needs()
    )


class _Forms(NamedTuple):
    before: re.Pattern[str]
    aged: tuple[str, ...]
    after: re.Pattern[str]
    born: re.Pattern[str]


@cache
def _forms(old: tuple[str, ...], aged: tuple[str, ...], born: tuple[str, ...]) -> _Forms:
    either, before, births = ("|".join(map(re.escape, p)) or r"(?!)" for p in (old, aged, born))
    return _Forms(
        re.compile(rf"({_ANY})(?:, (?:(?:{before}) )?| \()$"),
        tuple(f" {word} " for word in aged),
        re.compile(rf"(?:{either})s? (?:[a-z’'-]+,? ){{0,3}}({_ANY})"),
        re.compile(rf"({_ANY})[^.\n]{{0,60}}?\b(?:{births}) [^.\n\d]{{0,30}}?{_YEAR}\b"),
    )


def _find(
    options: Age, scope: Scope, lexicons: Lexicons, article: Article, _: Clues
) -> Iterator[Hit]:
    lexicon = lexicons["figures"]
    said = sorted(_ages(options, scope, article, lexicon))
    if not said:
        return
    people: dict[str, list[_Said]] = {}
    for one in said:
        people.setdefault(one.name.split()[-1], []).append(one)
    for surname in sorted(people):
        ages = people[surname]
        given = {one.name.split()[0] for one in ages if " " in one.name}
        if len(given) > 1:
            continue
        if not given:  # a lone capitalised word may be a town: “a 29-year-old Berlin woman”
            continue
        first = ages[0]
        other = next((one for one in ages[1:] if one.age != first.age), None)
        if other is not None:
            yield _hit(article, other, str(first.age), ((first, "here"),))
        elif options.born:
            yield from _births(options, lexicons, article, surname, first)


def _hit(
    article: Article, said: _Said, expected: str, related: tuple[tuple[_Said, str], ...]
) -> Hit:
    values = {
        "match": article.blocks[said.block].text[said.start : said.end],
        "name": said.name, "other": expected, "expected": expected,
    }  # fmt: skip
    places = tuple(
        (article.blocks[one.block].span(one.start, one.end), f"{one.age} {word}")
        for one, word in related
    )
    return Hit(article.blocks[said.block].span(said.start, said.end), values, related=places)


def _ages(options: Age, scope: Scope, article: Article, lexicon: Lexicon) -> Iterator[_Said]:
    forms = _forms(options.old, options.aged, options.born)
    joined = prose(article).copy.joined
    for at in spots(article, lexicon):
        age = _AGE.match(joined, at) if joined[at].isdigit() else None
        if age is None:
            continue
        is_old = joined.startswith(options.old, age.end())
        if joined[at - 2 : at] in (", ", " (") or joined.endswith(forms.aged, 0, at):
            before = forms.before.search(joined, max(0, at - 60), at)
            if before and (is_old or joined[age.end()] in ",.;)"):
                yield from _said(options, scope, article, age, before[1])
                continue
        if is_old and (after := forms.after.match(joined, age.end())):
            yield from _said(options, scope, article, age, after[1])


def _said(
    options: Age, scope: Scope, article: Article, match: re.Match[str], name: str
) -> Iterator[_Said]:
    area = prose(article).copy
    age = int(match[0])
    index, base = area.place(match.start())
    start, end = match.start() - base, match.end() - base
    if not options.youngest <= age <= options.oldest or not scope.allows(
        article, index, start, end
    ):
        return
    words = [w for w in name.removesuffix("’s").removesuffix("'s").split() if not w.endswith(".")]
    if not words or any(word in options.no_names for word in words):
        return
    text = area.joined[max(base, match.start() - 60) : match.end() + 60].split("\n")[0]
    around = f" {text.lower()} "
    if any(f" {word} " in around for word in options.then):
        return
    yield _Said(index, start, end, age, " ".join(words))


def _births(
    options: Age, lexicons: Lexicons, article: Article, surname: str, said: _Said
) -> Iterator[Hit]:
    """The age against a year of birth, if the article has a date."""
    joined = prose(article).copy.joined
    if not any(word in joined for word in options.born):
        return
    day = published(article, lexicons["dates"])
    forms = _forms(options.old, options.aged, options.born)
    if day is None:
        return
    for match in forms.born.finditer(joined):
        if match[1].split()[-1].removesuffix("’s") != surname:
            continue
        years = day.year - int(match[2])
        if said.age not in (years, years - 1):
            yield _hit(article, said, f"{years - 1} or {years}", ())
            return
