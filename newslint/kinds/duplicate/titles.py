"""Headlines as rules compare them: words without case and marks, and what tells stories apart."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from newslint.article import HEADLINE, Article, Block
from newslint.language import once
from newslint.later import compiled_later
from newslint.matching import fold, prose

_WORD = compiled_later(r"[^\W_]+(?:['.,-](?=[^\W_])[^\W_]+)*(?:\.'s\b)?")
_JOINERS = str.maketrans("", "", "'.,-")
_LONG = 4
"""Letters of a word that even a headline in title case would write with a capital."""
_PART = 4
"""Words that a part of a headline must have for a change of one of them not to be a new subject."""
_LEAD = 2000
"""Characters of an article that are asked whether a word is a name."""
_LOOKS, _LONGEST = 8, 30
"""Uses of a word that are looked at, and letters of the word before it."""
_PARTS = compiled_later(r":\s|\s[|–—-]\s")
_SHORT = compiled_later(r"[A-Z][a-z]{0,3}\.")
"""A title or an initial, whose stop ends no sentence."""
_DOMAIN = compiled_later(r"\w\.\w\w")


class Title(NamedTuple):
    """A headline, or another line, ready to be compared."""

    shown: str
    words: tuple[str, ...]
    names: frozenset[str]
    """Those of its words that are names, as far as the article tells."""


class Apart(NamedTuple):
    """Words that make another story of a headline where they change."""

    telling: frozenset[str]
    opposites: frozenset[tuple[str, str]]

    def tells(self, word: str) -> bool:
        """Whether the word makes another story wherever it is put, dropped or swapped."""
        return word in self.telling or not word.isalpha()


def apart(telling: Iterable[str], opposites: dict[str, tuple[str, ...]]) -> Apart:
    """What tells stories apart, from a rule's options."""
    pairs = {(fold(one), fold(other)) for one, others in opposites.items() for other in others}
    both = pairs | {(other, one) for one, other in pairs}
    return Apart(frozenset(word for text in telling for word in words_of(text)), frozenset(both))


def words_of(text: str) -> tuple[str, ...]:
    """The words without case, marks, possessives and the stops of abbreviations."""
    return tuple(word for word, _ in _words(text))


def _words(text: str) -> Iterable[tuple[str, str]]:
    """Each word, plain and as written."""
    folded = fold(text).replace("‑", "-").replace("–", " ").replace("—", " ")
    for match in _WORD.finditer(folded):
        plain = match[0].removesuffix("'s").translate(_JOINERS)
        yield plain, text[match.start() : match.end()]


@once
def headline(article: Article) -> tuple[int, Block] | None:
    """The article's headline and its index, or None where it has none."""
    indices = prose(article).by_kind.get(HEADLINE)
    return (indices[0], article.blocks[indices[0]]) if indices else None


@once
def headline_words(article: Article) -> list[tuple[str, str]]:
    """The words of the headline, plain and as written."""
    top = headline(article)
    return list(_words(top[1].text)) if top else []


def title_of(article: Article, text: str) -> Title:
    """A headline with its names, for which the article's body is asked."""
    top = headline(article)
    words = headline_words(article)
    if top is None or text != top[1].text:
        words = list(_words(text))
    long = [written for _, written in words[1:] if len(written) >= _LONG and written.isalpha()]
    plain = sum(written.islower() for written in long)
    sentence_case = plain * 2 > len(long)
    shouted = text.isupper()
    below = _below(article)
    names = set()
    for number, (word, written) in enumerate(words):
        otherwise = (number > 0 and sentence_case) or written.isupper()
        capital = written[:1].isupper() and not shouted
        if ("." in written and _DOMAIN.search(written)) or (
            capital and _is_name(below, written, otherwise)
        ):
            names.add(word)
    return Title(text, tuple(word for word, _ in words), frozenset(names))


def _below(article: Article) -> str:
    """The beginning of what stands below the headline."""
    top, area = headline(article), prose(article).copy
    after = top[0] + 1 if top else 0
    if after >= len(area.starts):
        return ""
    return area.joined[area.starts[after] : area.starts[after] + _LEAD]


def _is_name(below: str, written: str, otherwise: bool) -> bool:
    """Whether a word with a capital is a name; `otherwise` is the answer where no body tells."""
    if f" {written.lower()} " in below:
        return False
    at = below.find(f" {written}")
    for _ in range(_LOOKS):
        if at < 0:
            break
        behind = below[at + len(written) + 1 : at + len(written) + 2]
        before = below[max(0, at - _LONGEST) : at].rpartition(" ")[2]
        goes_on = before[-1:].isalpha() or before[-1:] == "," or _SHORT.fullmatch(before)
        if goes_on and not behind.isalpha():
            return True
        at = below.find(f" {written}", at + 1)
    return otherwise


def same_story(one: Title, other: Title, by: Apart) -> bool:
    """Whether two headlines that differ by at most one word are about the same."""
    if one.words == other.words:
        return True
    at, left, right = difference(one.words, other.words)
    changed = [*left, *right]
    if max(len(left), len(right)) > 1 or any(by.tells(word) for word in changed):
        return False
    if left and right:
        return (
            (one.names | other.names).isdisjoint(changed)
            and (left[0], right[0]) not in by.opposites
            and _words_of_part(one.shown, at) >= _PART
        )
    return True


def _words_of_part(shown: str, at: int) -> int:
    """How many words stand between the colons and dashes around the word with that number."""
    for part in _PARTS.split(shown):
        count = len(words_of(part))
        if at < count:
            return count
        at -= count
    return 0


Words = Sequence[str]


def difference(one: Words, other: Words) -> tuple[int, Words, Words]:
    """Where two headlines begin to differ, and what is left of each without what they share."""
    begin, shorter = 0, min(len(one), len(other))
    while begin < shorter and one[begin] == other[begin]:
        begin += 1
    end = 0
    while end < shorter - begin and one[-1 - end] == other[-1 - end]:
        end += 1
    return begin, one[begin : len(one) - end], other[begin : len(other) - end]
