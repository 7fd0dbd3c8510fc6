"""Kind `quotation`, checks `scare` and `fragment`: a word or a few in marks in narration."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Iterator
from functools import partial
from typing import NamedTuple

from msgspec import field

from newslint.article import Article, Block
from newslint.kinds.attribution.nearby import sentence_at
from newslint.kinds.attribution.words import REACH, anywhere, ending, folded, following, stands
from newslint.kinds.contract import Finder, Hit, Informed, Scope, check_patterns
from newslint.language import once
from newslint.language.attributions.words import ACCORDING, ONGOING, PAST, SAYING, Words, words_of
from newslint.language.passage import Passage
from newslint.language.quotations import Part, quotations
from newslint.later import compiled_later
from newslint.matching import Clues, Needs, fold
from newslint.reference import Reference

_JOINTS = dict.fromkeys(map(ord, " -'’"))
_WORD = compiled_later(r"\w+(?:['-]\w+)*")
_TALK = compiled_later(r"[A-Z][\w.'’-]*(?: [A-Z][\w.'’-]*){0,2}: ")
"""A paragraph of a conversation begins with a name and a colon."""


class _Marked(Informed, frozen=True, kw_only=True):
    """Words in marks that are neither a name nor a term being introduced."""

    least: int = 1
    most: int = 4
    """Words between the marks."""
    introduced: tuple[str, ...] = ()
    """Patterns of words directly before the marks that give a reason for them: so-called."""
    explained: tuple[str, ...] = ()
    """Patterns of words directly behind them that do: (a definition), button."""
    speakers: tuple[str, ...] = ()
    """Patterns of what gives a reason for them anywhere in the same sentence: percent."""
    always: tuple[str, ...] = ()
    """Patterns of words directly before the marks that make it a finding, however it is
    introduced: to."""
    hyphened: bool = True
    """Whether words with a hyphen count: many are terms that were coined."""
    apart: int = 40
    """Code points within which another pair of marks makes it one of a list of words."""
    except_: tuple[str, ...] = field(name="except", default=())
    """Words between the marks that are passed over."""

    def check(self) -> None:
        check_patterns((*self.introduced, *self.explained, *self.speakers))
        check_patterns(self.always)
        if not 1 <= self.least <= self.most:
            raise ValueError('"least" must be from 1 to "most"')


class Scare(_Marked, frozen=True, tag="scare", kw_only=True):
    """A word in marks that nobody is said to have used."""


class Fragment(_Marked, frozen=True, tag="fragment", kw_only=True):
    """A few ordinary words in marks, which might as well stand without them."""

    openers: tuple[str, ...]
    """Words with which such a fragment begins: in, not, very."""
    plain: tuple[str, ...] = ()
    """Words that anybody would use: the, of, ready, work."""
    naming: tuple[str, ...] = ()
    """Openers behind which a name is as plain: in, from."""
    telling: int = 0
    """Words between the marks that may be others."""
    clauses: tuple[str, ...] = ()
    """Words that make it a clause of its own: I, we, it's."""


class _Sought(NamedTuple):
    """The options, with their words ready to look up and their patterns as one each."""

    options: Scare | Fragment
    words: Words | None
    """What tells that somebody speaks, where that is a reason for the marks."""
    introduced: str
    explained: str
    always: str
    speakers: str
    spared: frozenset[str]
    fits: Callable[[str], bool]


def scare(options: Scare, scope: Scope, reference: Reference) -> Finder:
    """A finder for one rule."""
    words = words_of(reference.lexicons_with(options.lexicons)["attribution"])
    return _finder(options, scope, bool, words)


def fragment(options: Fragment, scope: Scope, _: Reference) -> Finder:
    """A finder for one rule."""
    groups = (options.openers, options.plain, options.naming, options.clauses)
    openers, plain, naming, clauses = map(folded, groups)
    fits = partial(_ordinary, options.telling, openers, plain, naming, clauses)
    return _finder(options, scope, fits, None)


def _finder(
    options: Scare | Fragment, scope: Scope, fits: Callable[[str], bool], words: Words | None
) -> Finder:
    sought = _Sought(
        options, words, ending(options.introduced), following(options.explained),
        ending(options.always), anywhere(options.speakers), folded(options.except_), fits,
    )  # fmt: skip
    return Finder(partial(_find, sought, scope), Needs())


def _ordinary(
    most: int, openers: frozenset[str], plain: frozenset[str], naming: frozenset[str],
    clauses: frozenset[str], text: str,
) -> bool:  # fmt: skip
    first, *others = fold(text).split()
    if first not in openers or not clauses.isdisjoint((first, *others)):
        return False
    telling = [word for word in text.split()[1:] if fold(word) not in plain]
    if first in naming:
        telling = [word for word in telling if not word[0].isupper()]
    return len(telling) <= most


def _find(sought: _Sought, scope: Scope, article: Article, _: Clues) -> Iterator[Hit]:
    """One finding an article: the desk looks at the habit; the other places are related."""
    places = [
        (part, words)
        for part, words in _short(sought.options, scope, article)
        if sought.fits(words) and not _justified(sought, article, part, words)
    ]
    if places:
        head, *others = (Passage(*part[:3]) for part, _ in places)
        related = tuple((place.span(article), "marked as well") for place in others)
        yield Hit(head.span(article), {"match": places[0][1]}, related=related)


def _short(options: _Marked, scope: Scope, article: Article) -> Iterator[tuple[Part, str]]:
    """Quotations of a few words in lower case inside a sentence, and their words."""
    longest = 16 * options.most
    for quotation in quotations(article).joined:
        part = quotation.parts[0]
        if part.end - part.start > longest or not part.start or len(quotation.parts) > 1:
            continue
        block = article.blocks[part.block]
        if block.kind not in scope.kinds or not (part.opening and part.closing):
            continue
        words = _inner(block, part)
        few = options.least <= words.count(" ") + 1 <= options.most
        coined = "-" in words and not options.hyphened
        if few and not coined and words[:1].islower() and words.translate(_JOINTS).isalpha():
            yield part, words


def _inner(block: Block, part: Part) -> str:
    start, end = part.inner
    return block.text[start:end].rstrip(".,;:!?… ")


def _justified(sought: _Sought, article: Article, part: Part, words: str) -> bool:
    """Whether there is a reason for the marks: a term, a list of words, somebody who says it."""
    if fold(words) in sought.spared or _in_list(sought.options, article, part):
        return True
    text = article.blocks[part.block].text
    left, right = text[max(0, part.start - REACH) : part.start], text[part.end : part.end + REACH]
    if stands(sought.explained, right) or _again(article, part, words):
        return True
    if not stands(sought.always, left) and stands(sought.introduced, left):
        return True
    start, stop = sentence_at(article, part.block, part.start)[1]
    around = f"{text[start : part.start]} … {text[part.end : stop]}"
    if stands(sought.speakers, around) or (sought.words and _spoken(sought.words, around)):
        return True
    return bool(_TALK.match(text)) or _in_full(article, part, words)


def _spoken(words: Words, text: str) -> bool:
    """Whether somebody is said to speak."""
    copy = _WORD.findall(fold(text))
    return any(
        term.sort in (SAYING, ACCORDING)
        and tuple(copy[at : at + len(term.words)]) == term.words
        and (word in words.only_verbs or term.form in (PAST, ONGOING))
        for at, word in enumerate(copy)
        for term in words.cues.get(word, ())
    )


def _in_full(article: Article, part: Part, words: str) -> bool:
    """Whether the article quotes somebody with the same words and more."""
    sought = f" {fold(words)} "
    for quotation in quotations(article).joined:
        for other in quotation.parts:
            copy = article.blocks[other.block].text
            if other != part and other.end - other.start > len(sought) + 2:
                spaced = " ".join(_WORD.findall(fold(copy[other.start : other.end])))
                if sought in f" {spaced} ":
                    return True
    return False


def _in_list(options: _Marked, article: Article, part: Part) -> bool:
    """Whether other marks stand close by."""
    ranges = quotations(article).ranges[part.block]
    at = bisect_left(ranges, (part.start, part.end))
    before = at > 0 and ranges[at - 1][1] > part.start - options.apart
    return before or (at + 1 < len(ranges) and ranges[at + 1][0] < part.end + options.apart)


def _again(article: Article, part: Part, words: str) -> bool:
    """Whether the same words stand in marks elsewhere as well: a term of the article."""
    return _marked(article)[fold(words)] > 1


@once
def _marked(article: Article) -> Counter[str]:
    """How often short words stand in marks."""
    parts = (quotation.parts[0] for quotation in quotations(article).joined)
    short = (part for part in parts if part.end - part.start < REACH)
    return Counter(fold(_inner(article.blocks[part.block], part)) for part in short)
