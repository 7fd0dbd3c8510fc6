"""Check `percent`: a change from one figure to another, and the percentage that it is called."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from functools import partial
from itertools import pairwise
from typing import NamedTuple

from msgspec import field

from newslint.article import Article
from newslint.kinds.contract import Finder, Hit, Informed, Scope
from newslint.kinds.figures.shared import figures_between
from newslint.language.counted import ABOUT, ABOVE, AT_MOST, BELOW, Words, approximation, words_of
from newslint.language.figures import PERCENT, PERCENT_POINT, POINT, Figure, figures_in
from newslint.language.lexicon import Lexicons
from newslint.language.sentences import sentences
from newslint.later import compiled_later
from newslint.matching import Clues, Needs, fold, prose
from newslint.reference import Reference

_TAIL = 45
"""Code points between a figure and the percentage behind it: “12 boats in the spring, up 20 %”."""
_STOP = compiled_later(r"[.;:(—–]")
_JOINT = compiled_later(r"[,;] ([a-z]+)\b")
_NEAR = 70
"""Code points between the two figures and the percentage."""


_ROUNDING = 0.015
"""How far a rounded figure lies from what it stands for at most, as a share of it."""
_ROUGHLY = {ABOVE: (0.97, 1.35), BELOW: (0.75, 1.03), AT_MOST: (0.6, 1.03), ABOUT: (0.85, 1.15)}
"""How far “more than”, “nearly”, “up to” and “about” reach, as factors."""


class Percent(Informed, frozen=True, tag="percent", kw_only=True):
    """What is said to be the change must be the change."""

    percent: tuple[str, ...]
    """How percentages are written; where none of these stands there is nothing to do."""
    rises: tuple[str, ...]
    """“rose”, “up”: the second figure must be the greater one."""
    falls: tuple[str, ...]
    times: dict[str, float]
    """“doubled” is 2, “halved” 0.5."""
    from_: tuple[str, ...] = field(name="from")
    """The words before the figure that was; a sentence without one is passed over."""
    to: tuple[str, ...]
    """The words before the figure that is."""
    except_: tuple[str, ...] = ()
    """Where one of these stands in the sentence, the percentage is of something else."""
    joints: tuple[str, ...] = ()
    """Words that join two clauses, each with a change of its own: “while”, “and”."""
    points_tolerance: float = 1.0
    """Steps of the last digit by which percentage points may differ from the figures."""
    tolerance: float = 1.0
    """Percentage points by which the two may differ, rounding aside."""
    times_tolerance: float = 0.12
    """How far from “doubled” the figures may lie, as a share."""


class _Change(NamedTuple):
    before: Figure
    after: Figure


def build(options: Percent, scope: Scope, reference: Reference) -> Finder:
    """A finder for one rule."""
    terms = tuple(dict.fromkeys(map(fold, (*options.percent, *options.times))))
    return Finder(
        partial(_find, options, scope, reference.lexicons_with(options.lexicons)),
        Needs(terms=terms),
    )


def _find(
    options: Percent, scope: Scope, lexicons: Lexicons, article: Article, clues: Clues
) -> Iterator[Hit]:
    hits: dict[int, list[int]] = {}
    for term in clues.terms:
        hits.setdefault(term.block, []).append(term.start)
    for index in sorted(hits):
        text = prose(article).blocks[index].text
        if index >= len(article.blocks) or not _any(options.from_, text):
            continue
        lexicon = lexicons["figures"]
        ranges = sentences(text)
        starts = [start for start, _ in ranges]
        numbers = {max(bisect_right(starts, at) - 1, 0) for at in hits[index]}
        for start, end in _clauses(options, text, [ranges[number] for number in sorted(numbers)]):
            if not _any(options.from_, text[start:end]) or _any(options.except_, text[start:end]):
                continue
            found = figures_between(figures_in(article, index, lexicon), start, end)
            words = words_of(lexicon)
            for place, values in _sentence(options, words, text, (start, end), found):
                if scope.allows(article, index, *place):
                    yield Hit(article.blocks[index].span(*place), values)


def _clauses(
    options: Percent, text: str, ranges: Sequence[tuple[int, int]]
) -> Iterator[tuple[int, int]]:
    """The sentences, those that tell of two changes parted where the second begins."""
    for start, end in ranges:
        at = start
        for joint in _JOINT.finditer(text, start, end) if options.joints else ():
            here, rest = text[at : joint.start()], text[joint.end() : end]
            if joint[1] in options.joints and all(
                _any(options.from_, part) and _any((*options.percent, *options.times), part)
                for part in (here, rest)
            ):
                yield at, joint.start()
                at = joint.end()
        yield at, end


def _any(phrases: Sequence[str], text: str) -> bool:
    return any(phrase in text for phrase in phrases)


Found = tuple[tuple[int, int], dict[str, str]]


def _sentence(
    options: Percent, words: Words, text: str, sentence: tuple[int, int],
    figures: Sequence[Figure],
) -> Iterator[Found]:  # fmt: skip
    percents = [f for f in figures if f.unit == PERCENT]
    yield from _points(options, text, figures)
    change = _change(options, text, [f for f in figures if f.unit != PERCENT], percents)
    if change is None or not change.before.value:
        return
    if len(percents) == 1 and percents[0].noun is None and not percents[0].part:
        yield from _percent(options, text, change, percents[0])
    folded = fold(text[sentence[0] : sentence[1]])
    for word, factor in options.times.items():
        at = folded.find(word)
        if at >= 0 and not percents:
            yield from _times(options, words, text, change, (word, factor, sentence[0] + at))


def _change(
    options: Percent, text: str, figures: Sequence[Figure], percents: Sequence[Figure]
) -> _Change | None:  # fmt: skip
    """The one change that a sentence tells of: “from A to B”, “to B from A”, “B, up … from A”."""
    found: list[_Change] = []
    for one, two in pairwise(figures):
        if one.vague or two.vague or _is_part(text, one) or _is_part(text, two):
            continue
        first, second = _word_before(text, one), _word_before(text, two)
        if first in options.from_ and second in options.to:
            found.append(_Change(one, two))
        elif second in options.from_ and (
            first in options.to
            or _between(text, one, two, percents) or _turns(options, text, one, two)
        ):  # fmt: skip
            found.append(_Change(two, one))
    if len(found) != 1 or len({f.unit for f in found[0]} - {""}) > 1:
        return None
    before, after = found[0]
    if before.counted and after.counted and before.counted != after.counted:
        return None
    return found[0]


def _is_part(text: str, figure: Figure) -> bool:
    """Whether it is a part of a whole; not so in “to 1,900 in the first five months”."""
    return figure.part and not text.startswith(" in ", figure.number.end)


def _between(text: str, one: Figure, two: Figure, percents: Sequence[Figure]) -> bool:
    """Whether a percentage stands between two figures, near both: “12, up 20 percent from 10”."""
    return any(
        one.whole.end < p.whole.start <= one.whole.end + _TAIL
        and p.whole.end < two.whole.start <= p.whole.end + 10
        and not _STOP.search(text, one.whole.end, p.whole.start)
        for p in percents
    )


def _turns(options: Percent, text: str, one: Figure, two: Figure) -> bool:
    """Whether the second figure is what the first was: “64 seats, up from 58”."""
    between = text[one.whole.end : two.whole.start].replace(",", " ").lower().split()
    return len(between) == 2 and (between[0] in options.rises or between[0] in options.falls)


def _word_before(text: str, figure: Figure) -> str:
    words = text[max(0, figure.whole.start - 12) : figure.whole.start].split()
    return words[-1].lower() if words else ""


def _percent(options: Percent, text: str, change: _Change, percent: Figure) -> Iterator[Found]:
    low = min(change.before.whole.start, change.after.whole.start)
    high = max(change.before.whole.end, change.after.whole.end)
    if percent.whole.start - high > _NEAR or low - percent.whole.end > _NEAR:
        return
    around = text[max(0, min(low, percent.whole.start) - 60) : max(high, percent.whole.end) + 30]
    words = set(fold(around).replace(",", " ").replace(".", " ").split())
    rises, falls = not words.isdisjoint(options.rises), not words.isdisjoint(options.falls)
    if not (rises or falls):
        return
    least, most = _reach(change)
    said_low, said_high = _said(percent)
    if rises and falls:
        least, most = sorted((abs(least), abs(most)))
    elif falls:
        least, most = -most, -least
    slack = options.tolerance
    if said_low - slack <= most and said_high + slack >= least:
        return
    exact = (change.after.value - change.before.value) / change.before.value * 100
    place = (percent.number.start, percent.whole.end)
    yield place, _values(text, place, change, f"{abs(exact):.3g}", exact < 0)


def _points(options: Percent, text: str, figures: Sequence[Figure]) -> Iterator[Found]:
    """Two percentages, and the percentage points, or percent, between them."""
    if len(figures) != 3:
        return
    for said, others in ((figures[2], figures[:2]), (figures[0], figures[1:])):
        change = _change(options, text, others, ())
        if change is None or said.unit not in (POINT, PERCENT_POINT, PERCENT) or said.approximation:
            continue
        one, two = change
        if one.unit != PERCENT or two.unit != PERCENT or one.approximation or two.approximation:
            continue
        points = abs(two.value - one.value)
        slack = options.points_tolerance * max(one.step, two.step)
        relative = points / one.value * 100 if one.value else points
        told = [points] if said.unit != PERCENT else [points, relative]
        gap = said.number.start - others[1].whole.end if said is figures[2] else 0
        differs = all(abs(said.value - one) > slack + 0.01 for one in told)
        if gap < _TAIL and differs and _is_change(options, text, said):
            place = (said.number.start, said.whole.end)
            expected = f"{points:.3g} percentage points"
            values = _values(text, place, change, "", two.value < one.value)
            yield place, values | {"expected": expected}
        return


def _is_change(options: Percent, text: str, said: Figure) -> bool:
    """Whether it is called a rise or fall: “a gain of eight points”, “an eight-point gain”."""
    before = text[max(0, said.whole.start - 24) : said.whole.start].lower().split()[-2:]
    after = text[said.whole.end : said.whole.end + 16].lower().split()[:1]
    return any(word in options.rises or word in options.falls for word in (*before, *after))


def _values(
    text: str, place: tuple[int, int], change: _Change, expected: str, falls: bool
) -> dict[str, str]:
    figures = (change.before.number, change.after.number)
    before, after = (text[n.start : n.end] for n in figures)
    return {
        "match": text[place[0] : place[1]],
        "expected": f"{expected} percent {'down' if falls else 'up'}",
        "other": f"from {before} to {after}",
    }


def _reach(change: _Change) -> tuple[float, float]:
    """The least and the greatest change in percent that the two figures, rounded, can hide."""
    step = min(change.before.step, change.after.step)  # both are rounded alike
    (a_low, a_high), (b_low, b_high) = (_rounded(f, step) for f in change)
    if a_low <= 0:
        return float("-inf"), float("inf")
    return (b_low - a_high) / a_high * 100, (b_high - a_low) / a_low * 100


def _rounded(figure: Figure, step: float) -> tuple[float, float]:
    slack = 0.0
    if step != 1 and not 1 < step < 100:
        slack = min(step / 2, _ROUNDING * figure.value)
    if figure.approximation:
        slack = max(slack, 0.05 * figure.value)
    return figure.value - slack, figure.value + slack


def _said(percent: Figure) -> tuple[float, float]:
    """What the percentage may stand for, rounded or roughly said."""
    slack = min(percent.step, 1.0) / 2
    least, most = _ROUGHLY.get(percent.approximation, (1.0, 1.0))
    return percent.value * least - slack, percent.last * most + slack


def _times(
    options: Percent, words: Words, text: str, change: _Change, word: tuple[str, float, int]
) -> Iterator[Found]:
    phrase, factor, at = word
    place = (at, at + len(phrase))
    actual = change.after.value / change.before.value
    near, _, _ = approximation(words, fold(text), *place)
    low, high = factor * (1 - options.times_tolerance), factor * (1 + options.times_tolerance)
    if near == ABOVE:
        low, high = (0.0, high) if factor < 1 else (low, factor * 1.6 + 0.5)
    elif near:
        low, high = low * 0.85, high * 1.15
    if low <= actual <= high:
        return
    percent = (actual - 1) * 100
    yield place, _values(text, place, change, f"{abs(percent):.3g}", percent < 0)
