"""Which titles of an article count in a comparison, and which of them conflict."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator
from typing import NamedTuple

from newslint.article import Article, Span
from newslint.kinds.contract import Fact, Scope
from newslint.kinds.person_title.context import changes, names_earlier_year, other_time, own_year
from newslint.language.lexicon import Lexicon, Lexicons
from newslint.language.people import Mention, Person, people
from newslint.language.titles import NOW, known, plain


class Use(NamedTuple):
    """One title of one person, as used in narration."""

    person: Person
    mention: Mention
    of: str
    """The main form of the country or place it is of; nothing where it is not said."""
    past: bool
    """Tied to a time that is over, or to one that may come."""
    elsewhen: bool
    """The sentence names a year before the article's own: that alone does not excuse two titles in
    one article, but the title is not held against other articles."""


def uses(
    article: Article, lexicons: Lexicons, scope: Scope,
    sorts: frozenset[str], statuses: frozenset[str], full: bool = True,
    offices: Container[str] = (),
) -> list[Use]:  # fmt: skip
    """The titles in reading order, but for those of people whose office the article sees change.

    `full`: only those of people whom the article names in full; `offices`: these, whatever their
    sort, as well.
    """
    lexicon = lexicons["titles"]
    found = people(article, lexicon)
    kept = []
    settled: dict[int, bool] = {}
    year: int | None = None
    for mention in found.mentions:
        number = mention.person
        if full and not found.persons[number].given:
            continue
        if mention.sort not in sorts and mention.office not in offices:
            continue
        if not _counts(article, mention, scope, statuses):
            continue
        if number not in settled:
            mentions = [found.mentions[index] for index in found.persons[number].mentions]
            settled[number] = not any(changes(article, one, lexicon) for one in mentions)
        if settled[number]:
            year = own_year(article, lexicons) if year is None else year
            kept.append(
                Use(
                    found.persons[number],
                    mention,
                    place_of(mention.of.text(article), lexicon) if mention.of else "",
                    other_time(article, mention, lexicon, year),
                    names_earlier_year(article, mention, lexicon, year),
                )
            )
    return kept


def _counts(article: Article, mention: Mention, scope: Scope, statuses: frozenset[str]) -> bool:
    return (
        mention.title is not None
        and not mention.quoted
        and mention.status in statuses
        and scope.allows(article, mention.name.block, mention.name.start, mention.name.end)
    )


def conflicts(found: Iterable[Use], wrong: frozenset[tuple[str, str]]) -> Iterator[tuple[Use, Use]]:
    """The first title of a person that conflicts with an earlier one of that office, and that."""
    before: dict[tuple[int, str], list[Use]] = {}
    done: set[tuple[int, str]] = set()
    for use in found:
        key = (use.mention.person, use.mention.office)
        if use.past or key in done:
            continue
        earlier = before.setdefault(key, [])
        for other in earlier:
            if (use.mention.status, other.mention.status) in wrong and agree(use.of, other.of):
                done.add(key)
                yield use, other
                break
        if all(other.mention.status != use.mention.status for other in earlier):
            earlier.append(use)


def facts_of(article: Article, found: Iterable[Use]) -> Iterator[Fact]:
    """For each person and office the first use of each status: what other articles are told."""
    seen = set()
    for use in found:
        key = (use.person.key, use.mention.office, use.mention.status)
        if use.past or (use.elsewhen and use.mention.status == NOW) or key in seen:
            continue
        seen.add(key)
        yield Fact(
            f"{use.person.key}\t{use.mention.office}",
            (use.person.name, use.mention.status, use.of, shown(article, use), middle(use.person)),
            span_of(article, use),
        )


def middle(person: Person) -> str:
    """The middle initial, which tells father and son apart; nothing where none is written."""
    names = person.given.split()
    return names[1][0] if len(names) > 1 else ""


def agree(one: str, other: str) -> bool:
    """Whether two of-whats can be the same: equal, or one of them not said."""
    return one in other or other in one


def span_of(article: Article, use: Use) -> Span:
    """Where a title stands with its qualifier: “former Defense Minister”."""
    title, qualifier = use.mention.title, use.mention.qualifier
    assert title is not None
    start = min(title.start, qualifier.start) if qualifier else title.start
    return article.blocks[title.block].span(start, title.end)


def shown(article: Article, use: Use) -> str:
    """The title with qualifier and name, as written."""
    title, name, qualifier = use.mention.title, use.mention.name, use.mention.qualifier
    assert title is not None
    start = min(title.start, name.start, qualifier.start if qualifier else name.start)
    return article.blocks[title.block].text[start : max(title.end, name.end)]


def place_of(text: str, lexicon: Lexicon) -> str:
    """Of-what in its main form: “Ukraine’s”, “Ukrainian” and “of Ukraine” are one."""
    words = known(lexicon)
    kept = []
    for word in plain(text).split():
        bare = word if word in words.places else word.strip(",.()")
        bare = bare[:-2] if bare.endswith("'s") else bare
        if bare not in words.connectors:
            kept.append(words.places.get(bare, bare))
    return " ".join(kept)
