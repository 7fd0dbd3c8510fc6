"""Check `relabelled`: a figure that keeps while the noun it counts becomes another one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache, partial

from newslint.article import Article
from newslint.kinds.contract import Finder, Hit, Informed, Scope
from newslint.kinds.figures.shared import figures_between, sentence, stem, stems
from newslint.language.counted import Words, words_of
from newslint.language.figures import Figure, figures_in, spots
from newslint.language.lexicon import Lexicon, Lexicons
from newslint.later import compiled_later
from newslint.matching import Clues, Needs, fold, prose
from newslint.reference import Reference

_MOST = 50
"""Places of one number that are looked at."""
_PREFIX = 6
"""Letters that two forms of a noun have in common."""
_LARGE = compiled_later(r"\d[\d,]*\d")


class Relabelled(Informed, frozen=True, tag="relabelled", kw_only=True):
    """A number tied to one noun must not be tied to another one later."""

    least: int = 30
    """Smaller numbers recur by chance."""
    rare: int = 100
    """From here on numbers hardly do."""
    least_shared: int = 2
    """Words that both sentences must share beside the number and its noun; one more where the
    number is not rare."""
    apart: tuple[str, ...] = ()
    """Words in either sentence that say the figure is another one: “another”, “also”."""


def build(options: Relabelled, scope: Scope, reference: Reference) -> Finder:
    """A finder for one rule."""
    return Finder(
        partial(_find, options, scope, reference.lexicons_with(options.lexicons)), Needs()
    )


def _find(
    options: Relabelled, scope: Scope, lexicons: Lexicons, article: Article, _: Clues
) -> Iterator[Hit]:
    lexicon = lexicons["figures"]
    area = prose(article).copy
    places: dict[str, list[int]] = {}
    for at in spots(article, lexicon):
        match = _LARGE.match(area.joined, at)
        if match:
            places.setdefault(match[0], []).append(at)
    for written, found in places.items():
        if len(found) < 2 or not _is_large(options, written):
            continue
        after = {area.folded[at + len(written) : at + len(written) + 9] for at in found}
        if len([words for words in after if words[:1] == " " and words[1:2].isalpha()]) < 2:
            continue
        figures = []
        for at in found[:_MOST]:
            index, base = area.place(at)
            here = figures_in(article, index, lexicon)
            figures += [
                f for f in figures_between(here, at - base, at - base + 1)
                if _is_counted(article, f)
                and scope.allows(article, index, f.number.start, f.number.end)
            ]  # fmt: skip
        hit = _judge(options, article, lexicon, figures)
        if hit:
            yield hit


def _is_large(options: Relabelled, written: str) -> bool:
    bare = written.replace(",", "")
    year = len(bare) == 4 == len(written) and bare[0] in "12"
    return not year and int(bare) >= options.least


def _is_counted(article: Article, figure: Figure) -> bool:
    """Whether it counts something; “Ukrainians” may be any of the people of the article."""
    if figure.unit or figure.part or figure.head is None:
        return False
    return not figure.head.text(article)[0].isupper()


def _judge(
    options: Relabelled, article: Article, lexicon: Lexicon, figures: Sequence[Figure]
) -> Hit | None:
    if len({figure.counted for figure in figures}) < 2:
        return None
    words, first = words_of(lexicon), figures[0]
    like = [figure for figure in figures if figure.counted == first.counted]
    homes = {_home(article, figure) for figure in like}
    for figure in figures[1:]:
        if (
            figure.counted == first.counted or _may_stand_for(lexicon, first, figure)
            or figure.approximation != first.approximation or _home(article, figure) in homes
        ):  # fmt: skip
            continue
        if any(_same_frame(options, words, article, one, figure) for one in like):
            values = {
                "match": figure.whole.text(article), "other": first.whole.text(article),
                "noun": figure.noun.text(article) if figure.noun else "",
            }  # fmt: skip
            related = tuple((one.whole.span(article), "here") for one in like)
            return Hit(figure.whole.span(article), values, related=related)
    return None


def _home(article: Article, figure: Figure) -> tuple[int, int]:
    """The sentence: what one sentence counts under two nouns are two things."""
    return figure.number.block, sentence(article, figure)[0]


@cache
def _groups(lexicon: Lexicon) -> dict[str, frozenset[str]]:
    groups: dict[str, set[str]] = {}
    for name, nouns in lexicon.mapping("same-nouns").items():
        for noun in nouns:
            groups.setdefault(noun, set()).add(name)
    return {noun: frozenset(names) for noun, names in groups.items()}


def _may_stand_for(lexicon: Lexicon, one: Figure, other: Figure) -> bool:
    """Whether the two nouns may be two words for one thing."""
    general = lexicon.phrases("general-nouns")
    if one.counted in general or other.counted in general:
        return True
    if one.counted.endswith(other.counted) or other.counted.endswith(one.counted):
        return True
    groups = _groups(lexicon)
    return not groups.get(one.counted, frozenset()).isdisjoint(
        groups.get(other.counted, frozenset())
    )


def _same_frame(
    options: Relabelled, words: Words, article: Article, one: Figure, other: Figure
) -> bool:
    """Whether both sentences tell the same of the figure."""
    texts = []
    for figure in (one, other):
        start, end = sentence(article, figure)
        texts.append(article.blocks[figure.number.block].text[start:end])
    if any(f" {word} " in f" {text.lower()} " for word in options.apart for text in texts):
        return False
    if _told_of(texts[0], other.counted):
        return False
    nouns = {stem(words, one.counted), stem(words, other.counted)}
    shared = (stems(words, texts[0]) & stems(words, texts[1])) - nouns
    rare = one.value >= options.rare
    return len(shared) >= options.least_shared + (not rare)


def _told_of(text: str, noun: str) -> bool:
    """Whether a sentence has the noun in some form: “suspended 125,000 accounts”, “suspensions”."""
    return f" {noun[:_PREFIX]}" in f" {fold(text)}"
