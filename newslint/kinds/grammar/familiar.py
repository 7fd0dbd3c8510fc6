"""Words that no dictionary has and that are right: names, and what a newsroom has told newslint."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cached_property

from msgspec import Struct

from newslint.article import Article
from newslint.language import once
from newslint.language.lexicon import Lexicons, Section
from newslint.language.name_words import inner_capitals
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
_LEXICONS = ("titles", "sources")
"""Those with words for people and outlets."""
_PLURALS = ("ses", "xes", "zes", "ches", "shes")

Sentence = tuple[int, int]
"""The block and the start of a sentence."""


class Words(Struct, frozen=True, eq=False, dict=True):
    """The words that a newsroom has told newslint of, one way or another."""

    reference: Reference
    lexicons: Lexicons
    known: tuple[str, ...]
    """Those of the rule's own lexicon."""

    @cached_property
    def _own(self) -> frozenset[str]:
        """Of the word list and the people file, and what the rule's lexicon knows."""
        names = [name for person in self.reference.people.people for name in person.names]
        return _folded([*self.known, *self.reference.words, *names])

    @cached_property
    def _in_lexicons(self) -> frozenset[str]:
        sections = [x for name in _LEXICONS for x in self.lexicons[name].sections.values()]
        phrases = [phrase for section in sections for phrase in _phrases(section)]
        words = (word for phrase in phrases for word in _WORD.findall(phrase))
        return _folded(word for word in words if word.isalpha())  # “dont” is no “Don’t”

    def __contains__(self, word: str) -> bool:
        form = folded(word)
        single = form.removesuffix("es" if form.endswith(_PLURALS) else "s")
        return form in self._own or single in self._own or form in self._in_lexicons


def _folded(phrases: Iterable[str]) -> frozenset[str]:
    return frozenset(folded(word) for phrase in phrases for word in _WORD.findall(phrase))


def _phrases(section: Section) -> Iterator[str]:
    """The phrases of a section, and their other forms."""
    for phrase in section:
        yield phrase
        forms = section[phrase] if isinstance(section, dict) else ()
        yield from (forms,) if isinstance(forms, str) else forms


@once
def names_of(article: Article) -> frozenset[str]:
    """In lower case: what the article itself shows to be names.

    That is what has a capital within a sentence, and the words of authors, tags, addresses and
    handles.
    """
    found = set(inner_capitals(article))
    for block in article.blocks:
        found.update(map(str.lower, _INITIALS.findall(block.text)))
    for text in (_addresses(article), *_short_values(article)):
        found.update(_WORD.findall(text.lower()))
    return frozenset(found)


@once
def _addresses(article: Article) -> str:
    """All addresses and handles, in lower case."""
    links = (link.url for link in article.links)
    return " ".join((*_ADDRESS.findall(prose(article).copy.joined), *links)).lower()


def in_address(article: Article, word: str) -> bool:
    """Whether a word in lower case stands in an address, run together with others too."""
    return word in _addresses(article)


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
) -> frozenset[Sentence]:
    """Sentences of whose words in lower case so many, and such a share, are unknown.

    `unknown` are the places of such words, as block and offset.
    """
    counts: dict[Sentence, int] = {}
    for block, offset in unknown:
        if (found := sentence_at(article, block, offset)) is not None:
            counts[found] = counts.get(found, 0) + 1
    return frozenset(
        sentence
        for sentence, count in counts.items()
        if count >= most and count >= share * _small_words(article, sentence)
    )


def _small_words(article: Article, sentence: Sentence) -> int:
    block, begin = sentence
    end = next(end for start, end in article_sentences(article)[block] if start == begin)
    return sum(word.islower() for word in _WORD.findall(article.blocks[block].text, begin, end))


def sentence_at(article: Article, block: int, offset: int) -> Sentence | None:
    """The sentence around an offset of a block."""
    for start, end in article_sentences(article)[block]:
        if start <= offset < end:
            return block, start
    return None
