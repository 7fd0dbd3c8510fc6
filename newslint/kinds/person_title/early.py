"""Surnames that stand in the copy before it says whose they are."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from newslint.article import BYLINE, OPAQUE, Article
from newslint.kinds.contract import Hit, Scope
from newslint.kinds.person_title.places import below_label, body_start, in_body, in_deck
from newslint.language import once
from newslint.language.lexicon import Lexicon
from newslint.language.people import Mention, People, Person
from newslint.language.titles import HONORIFIC, Known, known
from newslint.later import compiled_later
from newslint.matching import prose

_CROSSHEAD = 60
"""Code points; a shorter paragraph before the one with the full name may be its heading."""
_OFTEN = 2
"""So many surnames with “Mr.” or the like show that the house writes it."""
_NEXT = compiled_later(r"\s*([^\W\d_]+)?")
_BEFORE = compiled_later(r"\b([A-Z][a-z’'-]+) (?=(?:[A-Z]\. )?([^\W\d_]+))")


def early_surnames(
    article: Article, people: People, scope: Scope, lexicon: Lexicon,
    acts: frozenset[str], before: frozenset[str], weak: frozenset[str] = frozenset(),
) -> Iterator[Hit]:  # fmt: skip
    """A surname alone whose owner the running text introduces later.

    Neither a bare surname nor one of the `weak` titles with it tells who that is.
    """
    owners = Counter(person.surname for person in people.persons)
    begin = -1
    for person in people.persons:
        if not person.given or owners[person.surname] > 1 or len(person.mentions) < 2:
            continue
        begin = body_start(article) if begin < 0 else begin
        running = [
            index
            for index in person.mentions
            if in_body(article, people.mentions[index], scope, begin)
        ]
        full = next((m for m in map(people.mentions.__getitem__, running) if m.full), None)
        if full is None or full is people.mentions[running[0]]:
            continue
        first = people.mentions[running[0]]
        if (
            (first.title is None or (first.office in weak and _explains(article, full)))
            and not first.quoted
            and not _named_above(article, person, first, begin)
            and (not _polite(people) or _speaks(article, first, known(lexicon)))
            and _introduces(article, full, known(lexicon))
            and not _short(article, first, full, begin)
            and _acts(article, first, acts, before)
            and not _shares_title(article, people, running[0], lexicon)
            and not _shared_surname(article, person, known(lexicon))
        ):
            later = [people.mentions[index] for index in running[1:]]
            yield _early(article, person, first, full, later)


def _early(
    article: Article, person: Person, first: Mention, full: Mention, later: Sequence[Mention]
) -> Hit:
    introduction = full.whole.text(article)
    return Hit(
        first.name.span(article),
        {
            "match": first.name.text(article),
            "name": person.name,
            "title": full.office,
            "other": introduction,
            "count": "1",
        },
        related=((full.whole.span(article), introduction),),
        again=tuple(mention.name.span(article) for mention in later),
    )


def _introduces(article: Article, full: Mention, words: Known) -> bool:
    """Whether a full name in narration can be the introduction.

    It is none with “Sr.” or “III”, for the surname may be another generation's, nor where a link to
    an account follows, as at the end of a story.
    """
    if full.quoted or full.name.text(article).rpartition(" ")[2] in words.suffixes:
        return False
    return article.blocks[full.name.block].text[full.name.end :].lstrip()[:1] != OPAQUE


def _named_above(article: Article, person: Person, first: Mention, begin: int) -> bool:
    """Whether the running text has the full name before, though it was not read as one.

    A surname can be a word: in “the columnist George Will reignited it”, “Will” looks like none.
    """
    copy = prose(article).copy
    start, end = copy.starts[begin], copy.starts[first.name.block] + first.name.start
    return copy.joined.find(f"{person.given} {person.surname}", start, end) >= 0


def _polite(people: People) -> bool:
    """Whether the copy writes “Mr.” and “Ms.”: a name without one is then no person's."""
    polite = [m for m in people.mentions if m.sort == HONORIFIC and not m.quoted and not m.full]
    return len(polite) >= _OFTEN


def _explains(article: Article, full: Mention) -> bool:
    """Whether the copy says behind a full name who that is: “Ilse Brandt, who …”, “…, 61, …”."""
    return article.blocks[full.name.block].text.startswith(", ", full.name.end)


def _speaks(article: Article, mention: Mention, words: Known) -> bool:
    """Whether a surname can be nobody's but a person's: “Brandt, who …”, “Brandt confirmed”."""
    behind = article.blocks[mention.name.block].text[mention.name.end : mention.name.end + 24]
    word = _NEXT.match(behind.removeprefix(","))
    assert word is not None
    if behind[:1] == ",":
        return word[1] in words.breaks
    return word[1] in words.speech


def _acts(article: Article, mention: Mention, acts: frozenset[str], before: frozenset[str]) -> bool:
    """Whether a surname stands for the person, and does not lend its name to something.

    “Brandt said”, “with Brandt.”, but not “the Brandt foundation”, “Brandt voters”.
    """
    text = article.blocks[mention.name.block].text
    left = text[max(0, mention.name.start - 24) : mention.name.start].split()
    if left and left[-1].lower().strip("“\"‘'(") in before:
        return False
    behind = text[mention.name.end : mention.name.end + 24]
    if behind.startswith(("’s", "'s")):
        return True
    if behind.startswith(", ") and behind[2:3].isupper():
        return False
    word = _NEXT.match(behind)
    assert word is not None
    return word[1] is None or word[1] in acts or word[1].endswith("ed")


def _shares_title(article: Article, people: People, index: int, lexicon: Lexicon) -> bool:
    """Whether a title before another surname is this one's too: “Presidents Roe and Vogt”."""
    mention, before = people.mentions[index], people.mentions[max(0, index - 1)]
    if before.name.block != mention.name.block or before.title is None or before.full:
        return False
    text = article.blocks[mention.name.block].text[before.name.end : mention.name.start]
    return text.strip() in lexicon.phrases("joining")


def _shared_surname(article: Article, person: Person, words: Known) -> bool:
    """Whether another of that surname may be meant: “Betsy Roe” beside “Tom Roe”, or the author."""
    text = prose(article)
    if any(person.surname in text.blocks[index].text for index in text.by_kind.get(BYLINE, ())):
        return True
    return any(
        word not in person.given and word not in words.starters and word.lower() not in words.lasts
        for word in _words_before(article).get(person.surname.split()[0], ())
    )


@once
def _words_before(article: Article) -> dict[str, set[str]]:
    """The capitalised words that stand before each word."""
    found: dict[str, set[str]] = {}
    for match in _BEFORE.finditer(prose(article).copy.joined):
        found.setdefault(match[2], set()).add(match[1])
    return found


def _short(article: Article, first: Mention, full: Mention, begin: int) -> bool:
    """Whether the surname stands in a deck, or in a heading over the full name."""
    if in_deck(article, first, begin) or below_label(article, first):
        return True
    length = len(article.blocks[first.name.block].text)
    return length < _CROSSHEAD and full.name.block == first.name.block + 1
