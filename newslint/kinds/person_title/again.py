"""Title and full name again and again."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from newslint.article import Article
from newslint.kinds.contract import Hit, Scope
from newslint.kinds.person_title.places import (
    below_label,
    body_start,
    in_body,
    in_deck,
    is_label,
)
from newslint.language.people import Mention, People, Person
from newslint.matching import prose

_LEAD = 150
"""Code points; a longer paragraph below a short one shows that that is a deck."""


def repeated(
    article: Article, people: People, scope: Scope, sorts: frozenset[str], least: int, near: int
) -> Iterator[Hit]:
    """The second full reference to a person, with the others that are too many."""
    begin = -1
    for person in people.persons:
        full = [
            mention
            for mention in (people.mentions[index] for index in person.mentions)
            if mention.full and mention.sort in sorts and not mention.quoted
            and mention.title is not None and mention.title.end <= mention.name.start
        ]  # fmt: skip
        if len(full) < 2:
            continue
        begin = body_start(article) if begin < 0 else begin
        full = [
            mention for mention in full
            if in_body(article, mention, scope, begin)
            and not below_label(article, mention)
            and not (in_deck(article, mention, begin) and _long_next(article, mention))
        ]  # fmt: skip
        again = [
            later
            for earlier, later in pairwise(full)
            if later.office == earlier.office and later.status == earlier.status
            and _in_one_piece(article, earlier, later, near)
        ]  # fmt: skip
        if again and len(again) + 1 >= least:
            yield _again(article, person, full, again)


def _again(article: Article, person: Person, full: list[Mention], again: list[Mention]) -> Hit:
    second = again[0]
    return Hit(
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
            for mention in full
            if mention is not second
        ),
    )


def _long_next(article: Article, mention: Mention) -> bool:
    after = article.blocks[mention.name.block + 1 : mention.name.block + 2]
    return any(len(block.text) > _LEAD for block in after)


def _surname(article: Article, mention: Mention, person: Person) -> str:
    """The surname as this mention spells it."""
    words = mention.name.text(article).split()
    length = len(person.surname.split())
    return person.surname if person.surname in words else " ".join(words[-length:])


def _in_one_piece(article: Article, earlier: Mention, later: Mention, near: int) -> bool:
    """Whether both stand close together, with nothing between them that begins a new piece."""
    one, other = earlier.name.block, later.name.block
    starts = prose(article).copy.starts
    if starts[other] + later.name.start - starts[one] - earlier.name.start > near:
        return False
    return not any(is_label(block) for block in article.blocks[one:other])
