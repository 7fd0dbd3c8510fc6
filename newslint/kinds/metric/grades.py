"""Readability: published formulas on counts of sentences, words, syllables and letters."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from math import sqrt

from newslint.kinds.metric.narrated import Sentence, Word
from newslint.kinds.metric.vocabulary import familiar, syllables
from newslint.later import compiled_later

_MANY = 3
"""So many syllables make a word hard."""
_VERB_FORM = compiled_later(r"(?:[td]ed|(?:[cgsxz]|[cs]h)es)$")
"""An ending that is a syllable of its own: “created”, “trespasses”."""


class Sample:
    """Some sentences, with what the formulas ask of them."""

    def __init__(self, sentences: Iterable[Sentence]) -> None:
        found = [sentence.words for sentence in sentences]
        self.sentences = len(found)
        self.words = [word for words in found for word in words]

    @property
    def length(self) -> float:
        """Words a sentence. Raises `ZeroDivisionError` where there is none."""
        return len(self.words) / self.sentences

    @property
    def syllables(self) -> float:
        """Syllables a word."""
        return sum(map(spoken_syllables, self.words)) / len(self.words)

    @property
    def letters(self) -> float:
        """Letters and digits a word."""
        return sum(c.isalnum() for word in self.words for c in word.text) / len(self.words)

    def share(self, hard: Callable[[Word], bool]) -> float:
        """Hard words in a hundred."""
        return 100 * sum(map(hard, self.words)) / len(self.words)


def spoken_syllables(word: Word) -> int:
    """Of an abbreviation or a figure one. Raises `EngineError` where textstat is missing."""
    return 1 if word.short else syllables(word.text)


def has_many(word: Word) -> bool:
    """Whether a word has three syllables or more."""
    return spoken_syllables(word) >= _MANY


def _foggy(word: Word) -> bool:
    """Gunning: three syllables, but no name, no compound, and not only by the ending of a verb."""
    if word.name or "-" in word.text or not has_many(word):
        return False
    return syllables(word.text) > _MANY or not _VERB_FORM.search(word.text)


def _unfamiliar(word: Word) -> bool:
    """Dale and Chall: not on their list, and neither a name nor a figure."""
    return not (word.name or word.short or familiar(word.text))


def _dale_chall(sample: Sample) -> float:
    hard = sample.share(_unfamiliar)
    return 0.1579 * hard + 0.0496 * sample.length + (3.6365 if hard > 5 else 0)


def _smog(sample: Sample) -> float:
    return 1.043 * sqrt(30 * sum(map(has_many, sample.words)) / sample.sentences) + 3.1291


GRADES: dict[str, Callable[[Sample], float]] = {
    "reading-grade": lambda s: 0.39 * s.length + 11.8 * s.syllables - 15.59,
    "reading-ease": lambda s: 206.835 - 1.015 * s.length - 84.6 * s.syllables,
    "gunning-fog": lambda s: 0.4 * (s.length + s.share(_foggy)),
    "dale-chall": _dale_chall,
    "smog": _smog,
    "automated-readability": lambda s: 4.71 * s.letters + 0.5 * s.length - 21.43,
    "coleman-liau": lambda s: 5.88 * s.letters - 29.6 / s.length - 15.8,
}
"""Flesch and Kincaid 1975, Flesch 1948, Gunning 1952, Dale and Chall 1948, McLaughlin 1969, Smith
and Senter 1967, Coleman and Liau 1975. The last two need no syllables, and so no textstat."""
