"""The sentences that readability is measured on, word by word.

What is a word, and how it is spoken, follows Rudolf Flesch (How to Write Plain English, 1979): a
contraction, a compound with hyphens, an abbreviation or a figure is one word, and the last two have
one syllable.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from operator import itemgetter
from typing import NamedTuple

from newslint.article import OPAQUE, Article
from newslint.language import once_for
from newslint.language.quotations import narration, quotations
from newslint.language.sentences import article_sentences, words
from newslint.later import compiled_later

Range = tuple[int, int]

_CLOSING = " \"'”’»)]" + OPAQUE
_STOPS = tuple(".!?…:")
_OWN = 0.75
"""The share of its words that makes a sentence the outlet's own."""
_LONGEST_ACRONYM = 5
_FIGURE = compiled_later(r"\d(?:[^-‑]*|[^A-Za-z]*)")


class Word(NamedTuple):
    """One word of a sentence."""

    text: str
    short: bool
    """An abbreviation or a figure: one syllable, however it is read out."""
    name: bool
    """It has a capital that the beginning of the sentence does not explain."""


class Sentence(NamedTuple):
    """One sentence, or what is left of it without the words that are quoted in it."""

    start: int
    words: tuple[Word, ...]


def spoken(text: str, start: int, end: int, own: Sequence[Range] | None = None) -> list[Word]:
    """The words of a sentence; with `own` those that lie in one of these ranges."""
    found = []
    stop = start + len(text[start:end].rstrip(_CLOSING)) - 1
    for number, (first, last) in enumerate(words(text[start:end])):
        first, last = first + start, last + start
        if own is None or _inside(own, first, last):
            word = text[first:last]
            found.append(Word(word, _is_short(text, first, last, stop), number > 0 and _big(word)))
    return found


@once_for
def narrated(article: Article, quoted: str) -> tuple[tuple[Sentence, ...], ...]:
    """By block, the whole sentences in it that are the outlet's own; `quoted` is of a `Scope`.

    What does not end like a sentence is left out, and so is a sentence of which more than a quarter
    is quoted: the rest (“said Ada Lorne”) says nothing of how the outlet writes.
    """
    blocks = [_sentences(article, index, quoted) for index in range(len(article.blocks))]
    names = {word.text for block in blocks for _, found in block for word in found if word.name}
    return tuple(tuple(_with_names(sentence, names) for sentence in block) for block in blocks)


def _sentences(article: Article, index: int, quoted: str) -> list[Sentence]:
    text = article.blocks[index].text
    own = _ranges(article, index, quoted)
    found = []
    for start, end in article_sentences(article)[index]:
        if not text[start:end].rstrip(_CLOSING).endswith(_STOPS):
            continue
        whole = _inside(own, start, end)
        kept = spoken(text, start, end, None if whole else own)
        if kept and (whole or len(kept) >= _OWN * len(words(text[start:end]))):
            found.append(Sentence(start, tuple(kept)))
    return found


def _ranges(article: Article, index: int, quoted: str) -> list[Range]:
    if quoted == "true":
        return [(0, len(article.blocks[index].text))]
    if quoted == "only":
        return list(quotations(article).ranges[index])
    return narration(article, index)


def _with_names(sentence: Sentence, names: set[str]) -> Sentence:
    """The sentence, its first word a name where it is one elsewhere."""
    first = sentence.words[0]
    if first.name or first.text not in names:
        return sentence
    return Sentence(sentence.start, (first._replace(name=True), *sentence.words[1:]))


def _inside(ranges: Sequence[Range], start: int, end: int) -> bool:
    at = bisect_right(ranges, start, key=itemgetter(0)) - 1
    return at >= 0 and end <= ranges[at][1]


def _big(word: str) -> bool:
    return word[0].isupper() and word != "I" and not word.startswith(("I’", "I'"))


def _is_short(text: str, start: int, end: int, last: int) -> bool:
    """Whether a word is an abbreviation or a figure: capitals say so, or a stop after it.

    The stop at `last`, with which the sentence ends, says nothing.
    """
    word = text[start:end]
    if "." in word or _FIGURE.fullmatch(word):
        return True
    if len(word) <= _LONGEST_ACRONYM and word.isupper():
        return True
    return end < last and text[end] == "." and text[end + 1] != "."
