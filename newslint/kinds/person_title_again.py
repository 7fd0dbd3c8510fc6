"""How people come back: title and full name again, or a surname before the introduction."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise

from newslint.article import (
    BYLINE,
    CAPTION,
    DATELINE,
    HEADLINE,
    LIST_ITEM,
    OPAQUE,
    PARAGRAPH,
    SOURCE_LINE,
    Article,
    Block,
)
from newslint.kinds.contract import Hit, Scope
from newslint.language.people import Mention, People, Person
from newslint.language.titles import Known
from newslint.matching import prose

_RUNNING = frozenset({PARAGRAPH, LIST_ITEM})
_STOPS = (".", "!", "?", "”", '"')
_TOP = 8
"""Blocks among which the byline stands; what stands before it is no running text."""
_LABEL = 26
"""Code points; a shorter paragraph may be a time, a credit or a line of dashes."""
_CROSSHEAD = 60
"""Code points; a shorter paragraph before the one with the full name may be its heading."""
_DECK = 90
"""Code points; a shorter first paragraph may be a deck."""
_LEAD = 150
"""Code points; a longer paragraph below a short one shows that that is a deck."""
_NEXT = re.compile(r"\s*([^\W\d_]+)?")


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
        begin = _begin(article) if begin < 0 else begin
        full = [
            mention for mention in full
            if _running(article, mention, scope, begin)
            and not _caption(article, mention)
            and not (_deck(article, mention, begin) and _long_next(article, mention))
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


def early_surnames(
    article: Article, people: People, scope: Scope, words: Known,
    acts: frozenset[str], before: frozenset[str],
) -> Iterator[Hit]:  # fmt: skip
    """A surname alone whose owner the running text introduces later."""
    owners = Counter(person.surname for person in people.persons)
    begin = -1
    for person in people.persons:
        if not person.given or owners[person.surname] > 1 or len(person.mentions) < 2:
            continue
        begin = _begin(article) if begin < 0 else begin
        running = [
            mention
            for mention in (people.mentions[index] for index in person.mentions)
            if _running(article, mention, scope, begin)
        ]
        full = next((one for one in running if one.full and not _handle(article, one)), None)
        if full is None or full is running[0] or full.quoted:
            continue
        first = running[0]
        if _shared_surname(article, person, words) or _son(article, full, words):
            continue
        if first.title is None and not first.quoted and (
            not _short(article, first, full, begin) and _acts(article, people, first, acts, before)
        ):  # fmt: skip
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


def _shared_surname(article: Article, person: Person, words: Known) -> bool:
    """Whether another of that surname may be meant: “Betsy Roe” beside “Tom Roe”, or the author."""
    before = re.compile(rf"\b([A-Z][a-z’'-]+) (?:[A-Z]\. )?{re.escape(person.surname)}\b")
    text = prose(article)
    if any(person.surname in text.blocks[index].text for index in text.by_kind.get(BYLINE, ())):
        return True
    return any(
        word not in person.given and word not in words.starters and word.lower() not in words.lasts
        for word in before.findall(text.copy.joined)
    )


def _handle(article: Article, mention: Mention) -> bool:
    """Whether a link to an account stands behind the name, as at the end of a story."""
    return article.blocks[mention.name.block].text[mention.name.end :].lstrip()[:1] == OPAQUE


def _son(article: Article, full: Mention, words: Known) -> bool:
    """Whether the full name has a “Sr.” or “III”: the surname alone may be another generation’s."""
    return full.name.text(article).rpartition(" ")[2] in words.suffixes


def _acts(
    article: Article, people: People, mention: Mention, acts: frozenset[str],
    before: frozenset[str],
) -> bool:  # fmt: skip
    """Whether a surname stands for the person, and does not lend its name to something.

    “Brandt said”, “with Brandt.”, but not “the Brandt foundation”, “Brandt voters”.
    """
    text = article.blocks[mention.name.block].text
    left = text[max(0, mention.name.start - 24) : mention.name.start].split()
    if left and left[-1].lower().strip("“\"‘'(") in before:
        return False
    if left and left[-1] in ("and", "or", "&"):
        same = [m for m in people.mentions if m.name.block == mention.name.block]
        number = same.index(mention)
        if number and same[number - 1].title is not None and not same[number - 1].full:
            return False
    behind = text[mention.name.end : mention.name.end + 24]
    if behind.startswith(("’s", "'s")):
        return True
    if behind.startswith(", ") and behind[2:3].isupper():
        return False
    word = _NEXT.match(behind)
    assert word is not None
    following = word[1]
    return following is None or following in acts or following.endswith("ed")


def _deck(article: Article, mention: Mention, begin: int) -> bool:
    """Whether a mention may stand in a line between headline and body."""
    block = mention.name.block
    return block <= begin + 1 and len(article.blocks[block].text) < _DECK


def _long_next(article: Article, mention: Mention) -> bool:
    after = article.blocks[mention.name.block + 1 : mention.name.block + 2]
    return any(len(block.text) > _LEAD for block in after)


def _caption(article: Article, mention: Mention) -> bool:
    """Whether a paragraph stands right below a credit or the like."""
    return mention.name.block > 0 and _label(article.blocks[mention.name.block - 1])


def _short(article: Article, first: Mention, full: Mention, begin: int) -> bool:
    """Whether the surname stands in a deck, or in a heading over the full name."""
    if _deck(article, first, begin) or _caption(article, first):
        return True
    length = len(article.blocks[first.name.block].text)
    return length < _CROSSHEAD and full.name.block == first.name.block + 1


def _begin(article: Article) -> int:
    """The first block of running text: what stands above the byline is none."""
    last = -1
    for index, block in enumerate(article.blocks[:_TOP]):
        if block.kind in (BYLINE, DATELINE, HEADLINE):
            last = index
    running = (i for i in range(last + 1, len(article.blocks))
               if article.blocks[i].kind in _RUNNING)  # fmt: skip
    return next(running, len(article.blocks))


def _surname(article: Article, mention: Mention, person: Person) -> str:
    """The surname as this mention spells it."""
    words = mention.name.text(article).split()
    length = len(person.surname.split())
    return person.surname if person.surname in words else " ".join(words[-length:])


def _running(article: Article, mention: Mention, scope: Scope, begin: int) -> bool:
    """Whether a mention stands in sentences of the body, and not in a label or a list of names."""
    if mention.name.block < begin:
        return False
    block = article.blocks[mention.name.block]
    if block.kind not in scope.kinds or block.kind not in _RUNNING:
        return False
    return block.kind != LIST_ITEM or block.text.rstrip().endswith(_STOPS)


def _in_one_piece(article: Article, earlier: Mention, later: Mention, near: int) -> bool:
    """Whether both stand close together, with nothing between them that begins a new piece."""
    one, other = earlier.name.block, later.name.block
    starts = prose(article).copy.starts
    if starts[other] + later.name.start - starts[one] - earlier.name.start > near:
        return False
    return not any(_label(block) for block in article.blocks[one:other])


def _label(block: Block) -> bool:
    """Whether a paragraph is no sentence, so that something new begins behind it."""
    if block.kind not in (PARAGRAPH, CAPTION, SOURCE_LINE):
        return False
    dated = any(map(str.isdigit, block.text))
    if len(block.text) >= _LABEL:
        return dated and block.text[-1:].isalpha()
    return dated or not any(word[0].islower() for word in block.text.split())
