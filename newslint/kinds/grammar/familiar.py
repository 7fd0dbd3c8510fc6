"""What tells that a word which no dictionary has is right: names, jargon, words made of others."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property

from msgspec import Struct

from newslint.article import Article
from newslint.language import once
from newslint.language.name_words import full_of_capitals, inner_capitals
from newslint.language.names import folded
from newslint.language.sentences import article_sentences
from newslint.later import compiled_later
from newslint.matching import prose
from newslint.reference import Reference

_WORD = compiled_later(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_ADDRESS = compiled_later(r"[\w.+-]*[@#]\w[\w.-]*|\b[\w-]+(?:\.[\w-]+)+\b")
"""Handles, hashtags, e-mail addresses, hosts."""
_INITIALS = compiled_later(r"[^\W\d_]+ (?:[A-Z]\.[ \u00a0]?)+([A-Z][^\W\d_]+)")
_FEW = 4
"""Words; a metadata value with more is a sentence and no name."""


class Words(Struct, frozen=True, eq=False, dict=True):
    """The words that a newsroom has told newslint of, one way or another; all folded."""

    reference: Reference
    known: tuple[str, ...]
    """Those of the rule's lexicon."""

    @cached_property
    def all(self) -> frozenset[str]:
        """Of the word list, the people file and the lexicons."""
        names = (name for person in self.reference.people.people for name in person.names)
        phrases = [*self.known, *self.reference.words, *names]
        return frozenset(part for phrase in phrases for part in _split(phrase))

    def __contains__(self, word: str) -> bool:
        form = folded(word)
        return any(one in self.all for one in (form, form.removesuffix("s"), form[:-2]))


def _split(phrase: str) -> Iterator[str]:
    for word in _WORD.findall(phrase):
        yield folded(word)


@once
def names_of(article: Article) -> frozenset[str]:
    """In lower case: what the article itself shows to be names.

    That is what has a capital within a sentence, and the words of authors, tags, addresses and
    handles.
    """
    found = {*inner_capitals(article), *_behind_initials(article)}
    addresses = [*_ADDRESS.findall(prose(article).copy.joined), *(x.url for x in article.links)]
    for text in (*addresses, *_short_values(article)):
        found.update(word.lower() for word in _WORD.findall(text))
    return frozenset(found)


def _behind_initials(article: Article) -> Iterator[str]:
    """Surnames of which “James B. Comey” and the like tell."""
    for block in article.blocks:
        yield from map(str.lower, _INITIALS.findall(block.text))


def _short_values(article: Article) -> Iterator[str]:
    """Metadata that is a name or a list of names, and no sentence."""
    for field in article.meta.values():
        for value in field.value if isinstance(field.value, list) else [field.value]:
            if isinstance(value, str) and len(value.split()) <= _FEW:
                yield value


def is_name(article: Article, word: str) -> bool:
    """Whether the article shows that a word is a name, its plural or what it owns."""
    names, form = names_of(article), word.lower()
    return form in names or form.removesuffix("s") in names or form.removesuffix("es") in names


def foreign_sentences(
    article: Article, unknown: Iterable[tuple[int, int]], most: int, share: float
) -> frozenset[tuple[int, int]]:
    """Sentences, as block and start, of whose words so many and such a share are unknown.

    `unknown` are places, as block and offset, of words in lower case.
    """
    counts: dict[tuple[int, int], int] = {}
    for block, offset in unknown:
        if (found := sentence_at(article, block, offset)) is not None:
            counts[found] = counts.get(found, 0) + 1
    foreign = set()
    for (block, start), count in counts.items():
        end = next(e for s, e in article_sentences(article)[block] if s == start)
        words = [w for w in _WORD.findall(article.blocks[block].text[start:end]) if w.islower()]
        if count >= most and count >= share * len(words):
            foreign.add((block, start))
    return frozenset(foreign)


def sentence_at(article: Article, block: int, offset: int) -> tuple[int, int] | None:
    """The block and start of the sentence around an offset."""
    for start, end in article_sentences(article)[block]:
        if start <= offset < end:
            return block, start
    return None


def made_of(
    word: str, prefixes: Sequence[str], suffixes: Sequence[str], doubtful: bool
) -> list[tuple[str, ...]]:
    """The words that a longer one may be made of: “un-like-able”, “news-maker”.

    A word is made so if the engine knows all the words of one of these. Of what is `doubtful` two
    words, or a short ending, are no explanation.
    """
    found: list[tuple[str, ...]] = []
    for prefix in prefixes:
        if word.startswith(prefix) and len(word) - len(prefix) >= _PART:
            found.append((word[len(prefix) :],))
    for suffix in suffixes:
        stem = word.removesuffix(suffix)
        if stem != word and len(stem) >= _PART and (len(suffix) >= _PART or not doubtful):
            found += [(stem,), (stem + "e",)]
    for at in range(_PART, len(word) - _PART + 1) if not doubtful else ():
        found.append((word[:at], word[at:]))
    return found


_PART = 4
"""Letters of a word that others are made of."""


def in_capitals(article: Article, block: int) -> bool:
    """Whether capitals of the block tell nothing."""
    return full_of_capitals(article, block)
