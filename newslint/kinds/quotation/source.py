"""Kind `quotation`, check `unattributed`: a quotation that nobody speaks."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from newslint.article import Article
from newslint.kinds.contract import Finder, Hit, Informed, Scope
from newslint.language.attributions import asked
from newslint.language.attributions.choice import Read
from newslint.language.attributions.frames import framed
from newslint.language.attributions.speech import essay, hangs, needs_none, plainly_none
from newslint.language.attributions.words import Words, words_of
from newslint.language.lexicon import Lexicons
from newslint.language.quotations import Part, Quotation, quotations
from newslint.matching import Clues, Needs
from newslint.reference import Reference

_SHOWN = 8  # Words of a quotation that a message repeats.


class Unattributed(Informed, frozen=True, tag="unattributed"):
    """A quotation that nobody is named or described for."""

    min_words: int = 5
    """Shorter quotations are passed over."""

    def check(self) -> None:
        if self.min_words < 1:
            raise ValueError('"min-words" counts words from 1')


def unattributed(options: Unattributed, scope: Scope, reference: Reference) -> Finder:
    """A finder for one rule."""
    lexicons = reference.lexicons_with(options.lexicons)
    return Finder(partial(_find, options, scope, lexicons), Needs())


def _find(
    options: Unattributed, scope: Scope, lexicons: Lexicons, article: Article, _: Clues
) -> Iterator[Hit]:
    joined = quotations(article).joined
    long = [
        number for number, quotation in enumerate(joined)
        if article.blocks[quotation.parts[0].block].kind in scope.kinds
        and _words(article, quotation) >= options.min_words
    ]  # fmt: skip
    if not long:
        return
    words = words_of(lexicons["attribution"])
    long = [number for number in long if not plainly_none(article, words, joined[number])]
    if not long:
        return
    told = asked(article, lexicons)
    mute = -1  # The block of the last quotation whose speaker is surely missing.
    for number in long:
        part = joined[number].parts[0]
        block = article.blocks[part.block]
        if told.of(number) is not None:
            continue
        if hangs(block.text, part):
            mute = part.block
        elif _placed(article, told.place(part), part, words) or (
            part.block != mute and essay(article, words)
        ):
            continue
        values = {"match": _short(block.text[slice(*part.inner)])}
        yield Hit(block.span(part.start, part.end), values)


def _placed(
    article: Article, place: tuple[Read, int, int] | None, part: Part, words: Words
) -> bool:
    """Whether the words need no speaker where they stand, or their place shows who speaks."""
    if place is None:
        return False
    read, number, at = place
    text = article.blocks[part.block].text
    return needs_none(text, part, read.sentences[number], at, words) or framed(
        article, *place, part, words
    )


def _words(article: Article, quotation: Quotation) -> int:
    return sum(
        [len(article.blocks[p.block].text[slice(*p.inner)].split()) for p in quotation.parts]
    )


def _short(text: str) -> str:
    """The first words of a long quotation."""
    words = text.split()
    return text if len(words) <= _SHOWN else " ".join(words[:_SHOWN]) + " …"
