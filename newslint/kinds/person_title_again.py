"""How people come back: with title and full name again, or by surname before they are introduced."""

from __future__ import annotations

from collections.abc import Iterator

from newslint.article import LIST_ITEM, PARAGRAPH, STANDFIRST, Article
from newslint.kinds.contract import Hit, Scope
from newslint.language.people import Mention, People, Person
from newslint.matching import prose

_RUNNING = frozenset({PARAGRAPH, LIST_ITEM})
_FULL_STOPS = (".", "!", "?", "”", '"')


def repeated(
    article: Article, people: People, scope: Scope, sorts: frozenset[str], least: int, near: int
) -> Iterator[Hit]:
    """The second full reference to a person, with the others that are too many."""
    for person in people.persons:
        full = [
            mention
            for mention in (people.mentions[index] for index in person.mentions)
            if mention.full and mention.sort in sorts and not mention.quoted
            and _in_running_text(article, mention, scope)
        ]  # fmt: skip
        again = [
            later
            for earlier, later in zip(full, full[1:], strict=False)
            if later.office == earlier.office and later.status == earlier.status
            and _distance(article, earlier, later) <= near
        ]  # fmt: skip
        if len(again) + 1 < least or not again:
            continue
        second = again[0]
        yield Hit(
            second.whole.span(article),
            {
                "match": second.whole.text(article),
                "name": person.name,
                "title": second.office,
                "other": _surname(article, second, person),
                "count": str(len(again) + 1),
            },
            related=tuple(
                (mention.whole.span(article), mention.whole.text(article))
                for mention in full if mention is not second
            ),
        )  # fmt: skip


def early_surnames(article: Article, people: People, scope: Scope) -> Iterator[Hit]:
    """A surname alone whose owner the running text introduces later."""
    surnames: dict[str, int] = {}
    for person in people.persons:
        surnames[person.surname] = surnames.get(person.surname, 0) + 1
    for person in people.persons:
        if not person.given or surnames[person.surname] > 1:
            continue
        running = [
            mention
            for mention in (people.mentions[index] for index in person.mentions)
            if _in_running_text(article, mention, scope)
        ]
        if not running or running[0].full or running[0].title is not None or running[0].quoted:
            continue
        full = next((m for m in running if m.full and not m.quoted), None)
        if full is None or full.name.block == running[0].name.block and full.title is None:
            continue
        first = running[0]
        yield Hit(
            first.name.span(article),
            {
                "match": first.name.text(article),
                "name": person.name,
                "title": full.office,
                "other": full.whole.text(article),
                "count": "1",
            },
            related=((full.whole.span(article), full.whole.text(article)),),
        )


def _surname(article: Article, mention: Mention, person: Person) -> str:
    """The surname as this mention spells it."""
    words = mention.name.text(article).split()
    length = len(person.surname.split())
    return person.surname if person.surname in words else " ".join(words[-length:])


def _in_running_text(article: Article, mention: Mention, scope: Scope) -> bool:
    block = article.blocks[mention.name.block]
    if block.kind not in scope.kinds or block.kind not in (*_RUNNING, STANDFIRST):
        return False
    return block.kind != LIST_ITEM or block.text.rstrip().endswith(_FULL_STOPS)


def _distance(article: Article, earlier: Mention, later: Mention) -> int:
    starts = prose(article).copy.starts
    return starts[later.name.block] + later.name.start - starts[earlier.name.block]
