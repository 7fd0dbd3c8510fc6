"""Check `headline-name`: the headline, a standfirst or a caption names whom the body does not."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from itertools import pairwise

from newslint.article import CAPTION, Article
from newslint.kinds.contract import Finder, Hit, Informed, Scope
from newslint.kinds.figures.above import STEM, Above, Token, counts, hit_at, is_given, tokens_of
from newslint.kinds.figures.mistaken import mistaken, one_person, renamed
from newslint.kinds.name_variant.known import Known, bearers_of, same_person
from newslint.language.capitals import capitals_in
from newslint.language.names import folded
from newslint.language.passage import Passage
from newslint.language.people import people
from newslint.language.spelling import respellings, speller
from newslint.language.titles import known as title_words
from newslint.matching import Clues, Needs
from newslint.reference import Reference

NOBODY = "nobody of that name"


class HeadlineName(Informed, frozen=True, tag="headline-name", kw_only=True):
    """Names in what stands above and beside a story, held against the story."""

    alike: dict[str, str]
    """What is written, and what stands for it: letters that sound alike in names."""
    endings: tuple[str, ...]
    """What makes another word of a name and no other spelling: plurals, adjectives."""
    shortest: int = 4
    """Letters of a surname; shorter ones are near to too many words."""
    body: int = 100
    """Words that a body has at least where a name is missed in it altogether."""
    ambiguous: tuple[str, ...] = ()
    """Given names that are words as well; a name that begins with one is not missed."""
    credits: tuple[str, ...] = ()
    """Words in lower case that stand before or behind the name of a photographer or writer."""


def build(options: HeadlineName, scope: Scope, reference: Reference) -> Finder:
    """A finder for one rule."""
    known = Known(
        lexicons=reference.lexicons_with(options.lexicons),
        spell=speller(tuple(options.alike.items())),
        endings=options.endings,
        shortest=options.shortest,
        people=reference.people,
        words=reference.known_words,
    )
    return Finder(partial(_find, options, scope, known), Needs())


def _find(
    options: HeadlineName, scope: Scope, known: Known, article: Article, _: Clues
) -> Iterator[Hit]:
    if not people(article, known.titles).mentions:
        return
    above = Above(article, scope, known, bearers_of(article, known, scope.kinds))
    found: dict[Passage, Hit] = {}
    maybe: list[list[Token]] = []
    for number, block in enumerate(article.blocks):
        if block.kind in scope.kinds and _worth_it(above, block.text):
            tokens = tokens_of(article, number)
            maybe.append(tokens)
            for place, hit in (*_misspelt(above, tokens), *_others(above, tokens, options)):
                found.setdefault(place, hit)
            for place, hit in (
                *renamed(above, tokens, options.ambiguous, options.credits),
                *mistaken(above, tokens),
            ):
                if not any(place.start < one.end and one.start < place.end
                           for one in found if one.block == number):  # fmt: skip
                    found[place] = hit
    if maybe and not found and _body_words(above) >= options.body:
        for tokens in maybe:
            found.update(_strangers(above, tokens, options))
    yield from (hit for _, hit in sorted(found.items()))


def _worth_it(above: Above, text: str) -> bool:
    """Whether a block has a given name, or a word that is near to a surname of the story."""
    words = capitals_in(text)
    if not title_words(above.known.titles).given.isdisjoint(words):
        return True
    if any(w in above.by_given or folded(w)[:STEM] in above.stems for w in words):
        return True
    return next(respellings(above.near, words), None) is not None


def _body_words(above: Above) -> int:
    blocks = above.article.blocks
    return sum(b.text.count(" ") + 1 for b in blocks if b.kind not in above.scope.kinds)


def _misspelt(above: Above, tokens: list[Token]) -> Iterator[tuple[Passage, Hit]]:
    """Words that are a surname of the body but for a letter."""
    words = {token.word for token in tokens}
    near = [word for word in words if word[0].isupper() and len(word) >= above.shortest]
    bearing: dict[str, set[str]] = {}
    for name, word in respellings(above.near, sorted(near)):
        bearing.setdefault(word, set()).add(name)
    for token in tokens:
        names = sorted(bearing.get(token.word, ()))
        if len(names) != 1 or names[0] in words or not one_person(above, names[0], token):
            continue
        if above.scope.allows(above.article, *token.place):
            yield token.place, hit_at(above, token.place, f"“{names[0]}”", names[0], mend=True)


def _others(
    above: Above, tokens: list[Token], options: HeadlineName
) -> Iterator[tuple[Passage, Hit]]:
    """Full names of which the body has another given name."""
    known = above.known
    for one, token in pairwise(tokens):
        bearer = above.bearers.get(token.word)
        if bearer is None or not bearer.given or not is_given(above, one, token):
            continue
        if same_person(token.before, bearer.given, known) or above.in_body(one.word):
            continue
        place = Passage(one.place.block, one.place.start, token.place.end)
        if counts(above, place, options.credits):
            yield place, hit_at(above, place, f"“{min(bearer.given)} {token.word}”", token.word)


def _strangers(
    above: Above, tokens: list[Token], options: HeadlineName
) -> Iterator[tuple[Passage, Hit]]:
    """Full names of which the body has no part at all; captions name bystanders, so not there."""
    if not tokens or above.article.blocks[tokens[0].place.block].kind == CAPTION:
        return
    for one, token in pairwise(tokens):
        if not is_given(above, one, token) or one.word in options.ambiguous:
            continue
        if not token.word[0].isupper() or len(token.word) < above.shortest:
            continue
        place = Passage(one.place.block, one.place.start, token.place.end)
        if above.in_body(one.word) or above.in_body(token.word):
            continue
        if counts(above, place, options.credits):
            yield place, hit_at(above, place, NOBODY, "")
