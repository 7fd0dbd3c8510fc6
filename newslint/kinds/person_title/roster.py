"""Titles against the people file: who held which office on the article's date."""

from __future__ import annotations

from datetime import date
from functools import cached_property
from typing import NamedTuple

from newslint.article import Article
from newslint.kinds.person_title.facts import Use, agree, place_of
from newslint.language.dates import moments, published
from newslint.language.lexicon import Lexicons
from newslint.language.names import parts, person_key
from newslint.language.title_phrases import title_before
from newslint.language.titles import ELECT, FORMER, NOW, known
from newslint.roster import Person, Role, Roster

Days = tuple[date, date]


class Verdict(NamedTuple):
    """What the people file says of one title."""

    right: bool
    roles: str
    """What the file has of that office, in words."""


class Judge:
    """A people file, ready to be asked."""

    statuses = frozenset({NOW, FORMER, ELECT})
    """What can be judged of a title."""

    def __init__(self, roster: Roster, lexicons: Lexicons) -> None:
        self._roster = roster
        self._lexicons = lexicons
        self.knows = bool(roster.people)
        """Whether there is anybody in it."""

    @cached_property
    def _people(self) -> dict[str, Person]:
        words = known(self._lexicons["titles"])
        keys: dict[str, Person] = {}
        for person in self._roster.people:
            for name in person.names:
                split = parts(name.split(), words.particles, words.surname_first)
                keys.setdefault(person_key(split.given, split.surname, words.short), person)
        return keys

    def agrees(self, article: Article, use: Use) -> bool:
        """Whether the people file knows the title and finds it right."""
        verdict = self.judge(article, use)
        return verdict is not None and verdict.right

    def judge(self, article: Article, use: Use) -> Verdict | None:
        """What the file says; None where it knows nothing of that person or office."""
        person = self._person(use)
        if person is None or use.mention.status not in self.statuses:
            return None
        roles = [role for role in person.roles if self._same(role, use)]
        if not roles:
            return None
        days = self._days(article)
        if use.mention.status == NOW:
            right = use.past or use.elsewhen or any(_held(role, days) for role in roles)
        elif use.mention.status == FORMER:
            right = any(_ended(role, days) for role in roles)
        else:
            right = any(_coming(role, days) for role in roles)
        return Verdict(right, _in_words(roles))

    def _person(self, use: Use) -> Person | None:
        """Whom the file has under that name; under a surname where it is one person’s."""
        if use.person.given:
            return self._people.get(use.person.key)
        found = self._roster.of_surname(use.person.surname)
        return found[0] if len(found) == 1 else None

    def _same(self, role: Role, use: Use) -> bool:
        """Whether a title names a role of the file."""
        of = place_of(role.of, self._lexicons["titles"])
        return self._office(role) == use.mention.office and agree(of, use.of)

    def _office(self, role: Role) -> str:
        words = known(self._lexicons["titles"])
        text = role.title + " "
        title = title_before(text, len(text), words)
        return title.key if title is not None else role.title.lower()

    def _days(self, article: Article) -> Days | None:
        """The days on which the article's titles must hold; None where no date can be told."""
        lexicon = self._lexicons["dates"]
        own = published(article, lexicon)
        if own is not None:
            return own, own
        named = [(m.first, m.last) for m in moments(article, lexicon)
                 if m.first is not None and m.last is not None and m.sort != "time"]  # fmt: skip
        return max(named, key=lambda days: (days[1], days[0])) if named else None


def _held(role: Role, days: Days | None) -> bool:
    if days is None:
        return True
    return (role.from_ is None or role.from_ <= days[1]) and (
        role.until is None or role.until >= days[0]
    )


def _ended(role: Role, days: Days | None) -> bool:
    return role.until is not None and (days is None or role.until < days[1])


def _coming(role: Role, days: Days | None) -> bool:
    return role.from_ is not None and (days is None or role.from_ > days[0])


def _in_words(roles: list[Role]) -> str:
    spans = []
    for role in roles:
        since = f" from {role.from_.isoformat()}" if role.from_ else ""
        until = f" until {role.until.isoformat()}" if role.until else ""
        spans.append(f"{role.title}{since}{until}")
    return "; ".join(spans)
