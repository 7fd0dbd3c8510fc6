"""Drafts a people file from articles: names, spellings and roles, for an editor to confirm."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date

from msgspec import Struct, field

from newslint import roster
from newslint.article import HEADLINE, Article
from newslint.language.dates import published
from newslint.language.lexicon import Lexicon, Lexicons
from newslint.language.names import folded, identity
from newslint.language.passage import Passage
from newslint.language.people import Mention, people
from newslint.language.titles import FORMER, HONORIFIC, ROLE, known, plain
from newslint.later import compiled_later

_PLAIN = compiled_later(r"[^\W\d_][\w.’]*(?:[ -][^\W\d_][\w.’]*)*")
_SHARE, _CHANCE = 0.2, 0.03
"""The parts of the most frequent of-what, and of the most frequent title, below which is chance."""
_RUN_TOGETHER = compiled_later(r"[a-z][A-Z]\w*[a-z][A-Z]|[A-Z]{3,}[a-z]")
"""Words that lost the space between them on their way into the copy: “CarterShareLike”."""
_PASSING = (HONORIFIC, ROLE)
"""Titles that are no office, rank or post."""


class Seen(Struct):
    """How often something was met, and on which days."""

    count: int = 0
    articles: int = 0
    first: date | None = None
    last: date | None = None

    def add(self, day: date | None, count: int) -> None:
        """It was met so many times in an article of that day."""
        self.count += count
        self.articles += 1
        if day is not None:
            self.first = min(self.first or day, day)
            self.last = max(self.last or day, day)


class Held(Struct):
    """One title with what it is of."""

    seen: Seen = field(default_factory=Seen)
    former: Seen = field(default_factory=Seen)
    """The uses that call it a former one."""
    forms: dict[str, int] = field(default_factory=dict)


class Entry(Struct, eq=False):
    """One person, over all articles."""

    seen: Seen = field(default_factory=Seen)
    names: dict[str, Seen] = field(default_factory=dict)
    """By full name as written."""
    roles: dict[tuple[str, str], Held] = field(default_factory=dict)
    """By main form of the title and what it is of."""


class Titled(Struct, frozen=True):
    """One use of a title that is an office, a rank or a post."""

    office: str
    """The main form of the title."""
    of: str
    former: bool
    form: str
    """As written."""


class Named(Struct, frozen=True):
    """What one article says of a person whom it names in full."""

    key: str
    mentions: int
    names: tuple[str, ...]
    """The full name as written, each time that it is."""
    titles: tuple[Titled, ...]
    """Each time that one goes with the name."""


def named(article: Article, titles: Lexicon) -> Iterator[Named]:
    """The people whom an article names in full."""
    who = people(article, titles)
    for person in who.persons:
        mentions = [who.mentions[number] for number in person.mentions]
        written = [" ".join(m.name.text(article).split()) for m in mentions if m.full]
        names = tuple(name for name in written if not _RUN_TOGETHER.search(name))
        if names:
            held = tuple(
                _titled(article, mention, titles)
                for mention in mentions
                if mention.title is not None and mention.sort not in _PASSING
            )
            yield Named(person.key, len(mentions), names, held)


def _titled(article: Article, mention: Mention, titles: Lexicon) -> Titled:
    assert mention.title is not None
    of = _of(_what(article, mention.of), titles) if mention.of else ""
    form = " ".join(mention.title.text(article).split())
    return Titled(mention.office, of, mention.status == FORMER, form)


def _what(article: Article, of: Passage) -> str:
    """What a title is of; nothing in a headline, where all words may begin with capitals."""
    return "" if article.blocks[of.block].kind == HEADLINE else of.text(article)


class Draft:
    """Gathers people from one article after another."""

    def __init__(self, lexicons: Lexicons) -> None:
        self._titles = lexicons["titles"]
        self._dates = lexicons["dates"]
        self._entries: dict[str, list[Entry]] = {}
        self._articles = 0

    def add(self, article: Article) -> None:
        """Take in the people whom the article names in full."""
        self._articles += 1
        day = published(article, self._dates)
        for one in named(article, self._titles):
            self.take(one, day)

    def take(self, one: Named, day: date | None) -> None:
        """Take in what an article of that day says of a person."""
        names = Counter(one.names)
        entry = self._entry(one.key, names)
        entry.seen.add(day, one.mentions)
        for name, count in names.items():
            entry.names.setdefault(name, Seen()).add(day, count)
        for title in one.titles:
            held = entry.roles.setdefault((title.office, title.of), Held())
            held.seen.add(day, 1)
            if title.former:
                held.former.add(day, 1)
            held.forms[title.form] = held.forms.get(title.form, 0) + 1

    def _entry(self, key: str, names: Iterable[str]) -> Entry:
        """The person's entry; one for all of whom an article says that they are one."""
        keys = [key, *(identity(_first_and_last(name)) for name in names)]
        found = (entry for key in keys for entry in self._entries.get(key, ()))
        entry = next((one for one in found if not _differ(one.names, names)), Entry())
        for key in keys:
            entries = self._entries.setdefault(key, [])
            if entry not in entries:
                entries.append(entry)
        return entry

    def lines(self, min_mentions: int) -> Iterator[str]:
        """The file, most mentioned people first."""
        yield f"# Drafted by “newslint people” from {_many(self._articles, 'article')}."
        yield from self.people(min_mentions)

    def people(self, min_mentions: int) -> Iterator[str]:
        """The file without the line that tells where it comes from."""
        entries = {id(one): one for found in self._entries.values() for one in found}.values()
        chosen = [(e, _ranked(e)) for e in entries if e.seen.count >= min_mentions]
        chosen.sort(key=lambda item: (-item[0].seen.count, item[1]))
        yield "# Confirm every name, spelling and role; give a role its days (from: 2021-01-20)."
        if not chosen:
            yield f"# Nobody is named {min_mentions} times or more."
        taken: set[str] = set()
        for entry, names in chosen:
            names = [name for name in names if roster.key(name) not in taken]
            if names:
                taken.update(map(roster.key, names))
                yield ""
                yield from _entry_lines(entry, names)


def _first_and_last(name: str) -> str:
    words = name.split()
    return f"{words[0]} {words[-1]}"


def _differ(names: Iterable[str], others: Iterable[str]) -> bool:
    """Whether both have middle names or initials, and none in common."""
    first, second = _middles(names), _middles(others)
    return bool(first and second) and first.isdisjoint(second)


def _middles(names: Iterable[str]) -> set[str]:
    return {folded(word)[:1] for name in names for word in name.split()[1:-1]}


def _ranked(entry: Entry) -> list[str]:
    """The person's names: most used, then earliest, then by the alphabet."""
    return sorted(entry.names, key=lambda name: (-entry.names[name].count, name))


def _of(text: str, titles: Lexicon) -> str:
    """“Ukraine” for “Ukraine’s”, “of Ukraine” and “Ukrainian”."""
    words = known(titles)
    parts = text.split()
    while parts and parts[0].lower() in words.connectors:
        parts.pop(0)
    bare = re.sub(r"['’]s?$", "", " ".join(parts))
    place = words.places.get(plain(bare))
    if place:
        return " ".join(word.capitalize() for word in place.split())
    return "" if _RUN_TOGETHER.search(bare) else bare


def _entry_lines(entry: Entry, names: list[str]) -> Iterator[str]:
    yield f"- name: {_scalar(names[0])}  # {_shown(entry.seen)}"
    if len(names) > 1:
        yield "  also-known-as:"
        for name in names[1:]:
            yield f"    - {_scalar(name)}  # {_shown(entry.names[name])}"
    roles = _merged(entry.roles)
    if roles:
        yield "  roles:"
        for (office, of), held in roles:
            yield f"    - title: {_scalar(_title(office, held))}  # {_shown_role(held)}"
            if of:
                yield f"      of: {_scalar(of)}"


def _merged(roles: dict[tuple[str, str], Held]) -> list[tuple[tuple[str, str], Held]]:
    """The roles, most used first, chance ones left out.

    Of a title that is said to be of several things only those count that are often said; the rest
    of its uses goes to the one that is said most.
    """
    by_office: dict[str, list[tuple[str, Held]]] = {}
    for (office, of), held in sorted(roles.items(), key=lambda item: (not item[0][1], _rank(item))):
        by_office.setdefault(office, []).append((of, held))
    merged: dict[tuple[str, str], Held] = {}
    for office, found in by_office.items():
        main, best = found[0]
        merged[office, main] = best
        for of, held in found[1:]:
            if of and held.seen.count > 1 and held.seen.count >= _SHARE * best.seen.count:
                merged[office, of] = held
            else:
                merged[office, main] = _sum(merged[office, main], held)
    most = max((held.seen.count for held in merged.values()), default=0)
    kept = [item for item in merged.items() if item[1].seen.count >= _CHANCE * most]
    return sorted(kept, key=_rank)


def _rank(item: tuple[tuple[str, str], Held]) -> tuple[int, tuple[str, str]]:
    return -item[1].seen.count, item[0]


def _sum(one: Held, other: Held) -> Held:
    forms = dict(one.forms)
    for form, count in other.forms.items():
        forms[form] = forms.get(form, 0) + count
    return Held(_sum_seen(one.seen, other.seen), _sum_seen(one.former, other.former), forms)


def _sum_seen(one: Seen, other: Seen) -> Seen:
    firsts = [seen.first for seen in (one, other) if seen.first]
    lasts = [seen.last for seen in (one, other) if seen.last]
    return Seen(
        one.count + other.count, max(one.articles, other.articles),
        min(firsts, default=None), max(lasts, default=None),
    )  # fmt: skip


def _title(office: str, held: Held) -> str:
    """The title as it is mostly written, abbreviations written out, in the singular."""
    written = [f for f in held.forms if not f.endswith(".") and f.lower() != f"{office}s"]
    capital = [form for form in written if form[0].isupper()]
    if not capital and len(written) < len(held.forms):
        return office.title()
    return max(capital or written, key=lambda form: (held.forms[form], form))


def _shown(seen: Seen) -> str:
    return f"{_many(seen.count, 'mention')} in {_many(seen.articles, 'article')}{_days(seen)}"


def _shown_role(held: Held) -> str:
    text = f"{_many(held.seen.count, 'time')}{_days(held.seen)}"
    if not held.former.count:
        return text
    if held.former.count == held.seen.count:
        return f"{text}, only as a former one"
    return f"{text}; as a former one {_many(held.former.count, 'time')}{_days(held.former)}"


def _days(seen: Seen) -> str:
    if seen.first is None:
        return ""
    return f", {seen.first}" if seen.first == seen.last else f", {seen.first} to {seen.last}"


def _many(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def _scalar(text: str) -> str:
    """The text as YAML: quoted unless it is made of words."""
    return text if _PLAIN.fullmatch(text) else json.dumps(text, ensure_ascii=False)
