"""What several articles show of a word that no dictionary has: used by many, it is a word."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from newslint.article import Article, Span
from newslint.kinds.contract import Fact, Scope, Voice
from newslint.kinds.grammar.misspelt import Known, misspelt
from newslint.kinds.grammar.misspelt import doubtful as doubtful_words
from newslint.language.name_words import lower_case

_RIGHT, _BOTH, _UNSURE = "right", "both", "unsure"
"""What an article says of a word: it is meant so; the likelier one is there as well; neither."""


def facts(scope: Scope, known: Known, article: Article) -> Iterator[Fact]:
    """The doubtful words of an article, and what it says of each."""
    words = doubtful_words(article, known) if known.choice.asked else ()
    places = _places(scope, known, article) if words else {}
    for word in words:
        if word.instead[0] in lower_case(article):
            says = _BOTH
        else:
            # Of what is near to a common word one use may be a slip, and two are not.
            says = _RIGHT if not word.common or len(word.uses) > 1 else _UNSURE
        yield Fact(word.form, (says,), places.get(word.form) or word.uses[0].place.span(article))


def _places(scope: Scope, known: Known, article: Article) -> dict[str, Span]:
    """Where the findings about misspelt words stand."""
    return {
        wrong.word.form: places[0].span(article)
        for wrong in misspelt(article, known)
        if (places := [place for place in wrong.places if scope.allows(article, *place)])
    }


def excused(enough: int, voices: Sequence[Voice]) -> Iterable[tuple[Voice, Fact]]:
    """The words that enough articles mean as they are written, and more than know a likelier one.

    So “goverment” stays wrong in however many articles: what is right stands beside it.
    """
    said: dict[str, list[tuple[Voice, Fact]]] = {}
    for voice in voices:
        for fact in voice.facts:
            said.setdefault(fact.key, []).append((voice, fact))
    for places in said.values():
        says = [fact.values[0] for _, fact in places]
        if says.count(_RIGHT) >= max(enough, says.count(_BOTH) + 1):
            yield from places
