"""What can be measured, by name: counts of a text, counts of an article, grades of sentences."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterator

from newslint.article import LIST_ITEM, OPAQUE, PARAGRAPH, SUBHEADING, Article
from newslint.kinds.metric.grades import GRADES, Sample, has_many, spoken_syllables
from newslint.kinds.metric.narrated import Sentence, Word, narrated, spoken
from newslint.kinds.metric.pieces import Part, Piece
from newslint.language.sentences import sentences, words

_COUNTS: dict[str, Callable[[str], int]] = {
    "words": lambda text: len(words(text)),
    "characters": len,
    "sentences": lambda text: len(sentences(text)),
    "syllables": lambda text: sum(map(spoken_syllables, _words(text))),
    "long-words": lambda text: sum(map(has_many, _words(text))),
}
_BLOCKS = {"paragraphs": PARAGRAPH, "headings": SUBHEADING, "list-items": LIST_ITEM}

OF_TEXT = (*_COUNTS, *GRADES)
OF_ARTICLES = (*_BLOCKS, "links", "images")
MEASURES = (*OF_TEXT, *OF_ARTICLES)


class Measured:
    """One piece of an article, measured where a rule asks."""

    def __init__(self, article: Article, piece: Piece, quoted: str) -> None:
        self._article = article
        self._piece = piece
        self._quoted = quoted
        self._sample: Sample | None = None

    @property
    def sample(self) -> Sample:
        """The sentences in it that grades are worked out on."""
        if self._sample is None:
            self._sample = Sample(_sentences(self._article, self._piece.parts, self._quoted))
        return self._sample

    def __getitem__(self, name: str) -> float:
        """Raises `ArithmeticError` where there is no result, `EngineError` without textstat."""
        if name in GRADES:
            return GRADES[name](self.sample)
        if name in _COUNTS:
            lines = self._piece.text.split("\n")
            return float(sum(_COUNTS[name](line.replace(OPAQUE, "")) for line in lines))
        if name in _BLOCKS:
            return float(sum(block.kind == _BLOCKS[name] for block in self._article.blocks))
        return float(len(self._article.links if name == "links" else self._article.images))


def _sentences(article: Article, parts: tuple[Part, ...], quoted: str) -> Iterator[Sentence]:
    blocks = narrated(article, quoted)
    for index, start, end in parts:
        if index < len(blocks):
            found = blocks[index]
            yield from found[bisect_left(found, (start,)) : bisect_left(found, (end,))]


def _words(text: str) -> list[Word]:
    return [word for start, end in sentences(text) for word in spoken(text, start, end)]
