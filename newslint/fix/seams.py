"""Where an edit meets the words around it: spaces, marks, doubled words, “a” and “an”."""

from __future__ import annotations

from itertools import pairwise
from typing import NamedTuple

from newslint.language.name_words import starts_sentence
from newslint.language.sound import begins_with_vowel
from newslint.later import compiled_later
from newslint.patterns import is_word

_SPACES = " \u00a0\t\n"
_CLOSING = frozenset((*",.;:!?)]”’", ""))
_WORD = compiled_later(r"\w[\w'’.,-]*")
_ARTICLE = compiled_later(r"(?<![\w'’.&-])([Aa][Nn]?)[ \u00a0\n]$")
_OPENED = compiled_later(r"[\s\"“‘'(\[*]*")
_APOSTROPHES = ("'", "’")
_FAR = 60
"""Code points in which the word behind an edit stands."""


class Swap(NamedTuple):
    """`text[start:end]` becomes `new`."""

    start: int
    end: int
    new: str


def fits(text: str, swap: Swap, *, prose: bool) -> bool:
    """Whether nothing is left doubled, missing or hanging; in `prose` sentences begin and end."""
    start, end, new = swap
    old, left, right = text[start:end], text[max(0, start - 1) : start], text[end : end + 1]
    return (
        _spaced(old, new, left, right)
        and _marked(text, swap)
        and not _doubled(text, swap)
        and not (_breaks_sentence(text, swap) if prose else _leaves_point(text, swap))
    )


def _spaced(old: str, new: str, left: str, right: str) -> bool:
    """Whether words stay apart by one space and no space hangs at an end or before a mark."""
    first, last = new[:1] or right, new[-1:] or left
    if (not left or left in _SPACES) and (not first or first in _SPACES) and old[:1] != first:
        return False
    if (not right or right in _SPACES) and (not last or last in _SPACES) and new != old.rstrip():
        return False
    if not new:
        apart = any(character in _SPACES for character in old)
        return not (apart and left and right and is_word(left) and is_word(right))
    joins_left = left and is_word(left) and is_word(new[0]) and not is_word(old[:1] or " ")
    joins_right = right and is_word(right) and is_word(new[-1]) and not is_word(old[-1:] or " ")
    return not (joins_left or joins_right)


def _marked(text: str, swap: Swap) -> bool:
    """Whether no mark is left beside another, or without the word that it stood behind."""
    start, end, new = swap
    after = text[end:].lstrip()[:1]
    old, next_to = text[start:end], text[end : end + 1]
    if new.endswith(".") and next_to == ".":
        return False
    if next_to in _APOSTROPHES and old.endswith("s") and not new.endswith("s"):
        return False  # “the boys’ boat”
    if new.strip():
        return True
    gone = any(map(str.isalpha, old))
    return not (gone and after in _CLOSING)


def _doubled(text: str, swap: Swap) -> bool:
    """Whether a word would stand twice in a row that did not before, or half of two is touched."""
    start, end, new = swap
    before, old, after = text[max(0, start - _FAR) : start], text[start:end], text[end : end + _FAR]
    was, would = _twice(before + old + after), _twice(before + new + after)
    slip = was > _twice(before) + _twice(old) + _twice(after)  # “last but not least least”
    return would > was or (slip and would < was)


def _twice(text: str) -> int:
    words = text.lower().split()
    return sum(one == other.rstrip(",.;:!?)”’") and one.isalpha() for one, other in pairwise(words))


def _breaks_sentence(text: str, swap: Swap) -> bool:
    """Whether a sentence would begin with a figure or a small letter, or lose its full stop."""
    start, end, new = swap
    old = text[start:end]
    begins = (new or text[end:].lstrip())[:1]
    small = begins.islower() and old[:1].isupper() and not new  # a rule may want small letters
    small = small or (begins.islower() and old[:1].isdigit())
    if (small or (begins.isdigit() and old[:1].isalpha())) and starts_sentence(text, start):
        return True
    ends = not text[end:].strip('”’")] ')
    return ends and old[-1:] in tuple(".!?") and new[-1:] not in tuple(".!?”’)")


def _leaves_point(text: str, swap: Swap) -> bool:
    """Whether the last point of an abbreviation would stay in what is no sentence: “At 9 a.m.”"""
    start, end, new = swap
    return text[end : end + 1] == "." and "." in text[start:end] and "." not in new


def article_before(text: str, swap: Swap) -> Swap | bool:
    """What becomes of “a” or “an” before an edit: a change, True for none, False where it is
    not certain which of them is right."""
    start, end, new = swap
    if not _last_article_fits(text, swap):
        return False
    found = _ARTICLE.search(text, max(0, start - 4), start)
    if found is None:
        return True
    word, was = _next_word(new + text[end : end + _FAR]), _next_word(text[start : start + _FAR])
    vowel = begins_with_vowel(word) if word else None
    if word == was:
        return True
    if vowel is None or (found[1][0] == "A" and not starts_sentence(text, found.start())):
        return False
    if vowel == (len(found[1]) == 2):
        return True
    right = ("An" if vowel else "A") if found[1][0] == "A" else ("an" if vowel else "a")
    shouted = found[1] == "AN" and word.isupper()
    return Swap(found.start(1), found.end(1), right.upper() if shouted else right)


def _last_article_fits(text: str, swap: Swap) -> bool:
    """Whether an article that the edit ends with suits the word behind it."""
    new, following = swap.new, text[swap.end : swap.end + _FAR]
    last = new.rsplit(None, 1)[-1].lower() if new.strip() else ""
    if last not in ("a", "an") or text[swap.start : swap.end].lower().endswith(f" {last}"):
        return True
    return begins_with_vowel(_next_word(following)) == (last == "an")


def _next_word(text: str) -> str:
    opened = _OPENED.match(text)
    found = _WORD.match(text, opened.end() if opened else 0)
    return found[0] if found else ""
