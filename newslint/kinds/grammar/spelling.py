"""Check `spelling`: words that an engine does not know, without names and what else is right.

Which of the many unknown words are misspelt shows in what they are near to: one letter away from a
word of the language, and not themselves a name, a term or a word made of others.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial

from newslint.article import Article
from newslint.engines import together
from newslint.finding import Edit
from newslint.kinds.contract import (
    Comparison,
    Finder,
    Hit,
    Informed,
    Scope,
    key_alone,
    nothing,
    slice_edit,
)
from newslint.kinds.grammar.chosen import MOST_SHOWN, Chosen
from newslint.kinds.grammar.familiar import Words
from newslint.kinds.grammar.meant import LONG, Language
from newslint.kinds.grammar.misspelt import Known, misspelt
from newslint.kinds.grammar.usage import excused, facts
from newslint.language.passage import Passage
from newslint.matching import Clues, Needs
from newslint.reference import Reference

LEXICON = "spelling"


class Spelling(Informed, frozen=True, tag="spelling", kw_only=True):
    """Words that are in no dictionary; an engine that is not named has nothing to say."""

    harper: Chosen = Chosen()
    languagetool: Chosen = Chosen()
    jargon: int = 3
    """Uses in one article that make a term of a word, if it is near to no common one."""
    articles: int = 3
    """Articles, compared with each other, that make a word of what they all write."""
    prefixes: tuple[str, ...] = ()
    """What stands before words to make new ones."""
    suffixes: tuple[str, ...] = ()
    """What stands behind words to make new ones."""
    endings: tuple[str, ...] = ()
    """What the forms of one word end in."""
    kindred: tuple[str, ...] = ()
    """What words end in that are made of one, and are no misspelling of one another."""
    foreign: float = 0.4
    """The part of a sentence's words that are unknown where it is not English."""

    def check(self) -> None:
        if self.jargon < 2:
            raise ValueError('"jargon": a word is no term for being used once')
        if self.articles < 2:
            raise ValueError('"articles": one article alone proves nothing')
        if not 0 < self.foreign <= 1:
            raise ValueError('"foreign" is a part of all words: more than 0, at most 1')


def build(options: Spelling, scope: Scope, reference: Reference) -> Finder:
    """A finder for one rule."""
    choice = reference.engine
    chosen: Chosen = getattr(options, choice.name)
    if not choice.asked:
        choice = together(choice, [chosen.asked])
    lexicons = reference.lexicons_with(options.lexicons)
    lexicon = lexicons[LEXICON]
    listed = [word for word in reference.words if word.isalpha() and word.islower()]
    listed += [word for word in lexicon.phrases("known") if len(word) >= LONG]
    slips = lexicon.mapping("misspelt")
    known = Known(
        chosen=chosen,
        choice=choice,
        words=Words(reference, lexicons, lexicon.phrases("known")),
        language=Language(
            frozenset((*lexicon.phrases("common"), *listed, *slips.values())),
            lexicon.phrases("contractions"),
            slips,
            options.endings,
            options.kindred,
        ),
        jargon=options.jargon,
        prefixes=options.prefixes,
        suffixes=options.suffixes,
        foreign=options.foreign,
    )
    comparison = Comparison(
        partial(facts, scope, known), nothing, shared_keys=True, near=key_alone,
        excused=partial(excused, options.articles), keys_apart=True,
    )  # fmt: skip
    return Finder(partial(_find, scope, known), Needs(), comparison, chosen.asked)


def _find(scope: Scope, known: Known, article: Article, _: Clues) -> Iterator[Hit]:
    for wrong in misspelt(article, known) if known.choice.asked else ():
        uses = [place for place in wrong.places if scope.allows(article, *place)]
        if uses:
            yield _hit(article, wrong.word.instead, uses)


def _hit(article: Article, instead: Sequence[str], uses: Sequence[Passage]) -> Hit:
    shown = ", ".join(f"“{word}”" for word in instead[:MOST_SHOWN])
    return Hit(
        uses[0].span(article),
        {"match": uses[0].text(article), "suggestions": shown},
        _edits(article, uses, instead[0]) if len(instead) == 1 else (),
        tuple((use.span(article), f"“{use.text(article)}” again") for use in uses[1:]),
    )


def _edits(article: Article, uses: Sequence[Passage], instead: str) -> tuple[Edit, ...]:
    """Respell every use as it is written: with its capital, and with the apostrophe of the copy."""
    found: list[Edit] = []
    for use in uses:
        block, as_written = article.blocks[use.block], instead
        if use.text(article)[0].isupper():
            as_written = instead[0].upper() + instead[1:]
        if "’" in block.text:
            as_written = as_written.replace("'", "’")
        found += slice_edit(article, block, use.start, use.end, as_written)
    return tuple(found)
