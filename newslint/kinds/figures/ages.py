"""Check `age`: one person with two ages in an article, or an age that the birth date denies."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache, partial
from typing import NamedTuple

from newslint.article import Article
from newslint.kinds.contract import Finder, Hit, Informed, Scope
from newslint.language.dates import published
from newslint.language.figures import spots
from newslint.language.lexicon import Lexicon, Lexicons
from newslint.later import compiled_later
from newslint.matching import Clues, Needs, prose
from newslint.reference import Reference

_AGE = compiled_later(r"\d{1,3}(?=[^\d\n])")
_YEAR = r"(?:\d\d?,? )?((?:19|20)\d\d)"
_AROUND, _MOST = 80, 100
"""Code points around the word of a birth, and births, that are looked at."""
_NAME = compiled_later(
    r"(?<![.!?] )(?<!^)[A-Z][\w’'-]+(?: [A-Z][\w’'-]+)*|[A-Z][\w’'-]+ [A-Z][\w’'-]+"
)
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
    joins: tuple[str, ...] = ()
    """What may stand between an age and the year of birth: “who”, “she”, “was”."""
    turned: tuple[str, ...] = ()
    """What stands before the age of a year: “turned 40 in 2020”."""
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
        re.compile(
            rf"({_ANY})(?:,? (?:[a-z]{{2,4}}|\d\d),?){{0,3}},? (?:{births}) "
            rf"[^.\n\d]{{0,30}}?{_YEAR}\b"
        ),
    )


def _find(
    options: Age, scope: Scope, lexicons: Lexicons, article: Article, _: Clues
) -> Iterator[Hit]:
    lexicon = lexicons["figures"]
    reckoned = {hit.span: hit for hit in _reckoned(options, scope, lexicons, article)}
    yield from reckoned.values()
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
        if not given and not _has_given_name(options, article, surname):
            continue  # a lone capitalised word may be a town: “a 29-year-old Berlin woman”
        first = ages[0]
        other = next((one for one in ages[1:] if one.age != first.age), None)
        if other is not None:
            yield _hit(article, other, str(first.age), ((first, "here"),))
        elif options.born:
            births = _births(options, lexicons, article, surname, first)
            yield from (hit for hit in births if hit.span not in reckoned)


def _has_given_name(options: Age, article: Article, surname: str) -> bool:
    """Whether a name is somewhere a surname behind a given name."""
    found = re.search(rf"[a-z,] ([A-Z][\w-]+) {re.escape(surname)}\b", prose(article).copy.joined)
    return found is not None and found[1] not in options.no_names


def _reckoned(options: Age, scope: Scope, lexicons: Lexicons, article: Article) -> Iterator[Hit]:
    """An age beside a year of birth, or beside that of another year, on the article's own date."""
    area = prose(article).copy
    places = _occurrences(area.joined, (*options.born, *options.turned))
    day = published(article, lexicons["dates"]) if places else None
    if day is None:
        return
    forms = _sums(options.old, options.born, options.turned, options.aged, options.joins)
    for at in places:
        for form in forms:
            match = form.search(area.joined, max(0, at - _AROUND), at + _AROUND)
            if match is None:
                continue
            found = match.groupdict()
            years = day.year - int(found["year"]) + int(found.get("then") or 0)
            age = int(found["age"])
            index, base = area.place(match.start("age"))
            start, end = match.start("age") - base, match.end("age") - base
            likely = options.youngest <= age <= options.oldest
            if not likely or age in (years, years - 1) or years < options.youngest:
                continue
            if scope.allows(article, index, start, end):
                name = _called(article.blocks[index].text[: max(match.start() - base, 0)])
                said = _Said(index, start, end, age, name)
                yield _hit(article, said, f"{years - 1} or {years}", ())


def _occurrences(text: str, phrases: Sequence[str]) -> list[int]:
    """Where any of some phrases stand."""
    found: set[int] = set()
    for phrase in phrases:
        at = text.find(phrase)
        while at >= 0 and len(found) < _MOST:
            found.add(at)
            at = text.find(phrase, at + 1)
    return sorted(found)


@cache
def _sums(
    old: tuple[str, ...], born: tuple[str, ...], turned: tuple[str, ...], now: tuple[str, ...],
    joins: tuple[str, ...],
) -> tuple[re.Pattern[str], ...]:  # fmt: skip
    """“71, who was born in 1949”; “born in 1949, is 71 years old”; “turned 40 in 2020, now 48”."""
    olds, births, turns, nows, joined = (
        "|".join(map(re.escape, words)) or r"(?!)" for words in (old, born, turned, now, joins)
    )
    year = r"(?P<year>(?:19|20)\d\d)\b"
    on = rf"[^.\n\d]{{0,30}}?(?:[A-Z]\w+\.? )?(?:\d\d?,? )?(?:[A-Z]\w+,? )?{year}"
    return (
        re.compile(
            rf"(?:, |\bis |\bwas |\(|\b[Aa]t )(?P<age>\d\d?\d?)(?:[,;)]|{olds})"
            rf",?(?: (?:{joined})){{0,3}} (?:{births}) {on}"
        ),
        re.compile(rf"\b(?:{births}) {on}[^.\n\d]{{0,20}}?\b(?:{nows}) (?P<age>\d\d)(?=[,.; ])"),
        re.compile(
            rf"\b(?:{turns}) (?P<then>\d\d) in {year}[^.\n\d]{{0,20}}?\b(?:{nows}) "
            r"(?P<age>\d\d)\b"
        ),
    )


def _called(before: str) -> str:
    """Who it is, by the last name before it, else by the first words of the sentence."""
    found = _NAME.findall(before)
    first = before.rpartition(". ")[2].split(",")[0].split()[:3]
    return found[-1] if found else " ".join(first)


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
