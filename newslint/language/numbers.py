"""Numbers in running prose: digits, words, scales, and rough ones such as “hundreds”.

Dates, years, times, scores, telephone numbers, addresses, list numbers and numbers that name
something (“Section 230”, “Boeing 747”) are left out. Offsets are 0-based code points.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache
from typing import NamedTuple

from ahocorasick_rs import AhoCorasick, Implementation, MatchKind

from newslint.language.lexicon import Lexicon
from newslint.later import compiled_later

_DIGITS = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
_YEAR = compiled_later(r"(?:1[4-9]|20)\d\d")
_GLUE_BEFORE = frozenset("#/:@&_.^~*=")
_MONTH_BEFORE = compiled_later(r"(\S+)\s+$")
_WORD_AFTER = compiled_later(r"\s*([^\s,;:!?()“”\"]+)")
_LIST_NUMBER = compiled_later(r"(?:^|[.!?:]) ?$")
_JOINTS = "-‐‑–"
_PAIR = compiled_later(
    r"(\d{1,9}(?:,\d{3})*(?:\.\d+)?)[-–‐‑](\d{1,9}(?:,\d{3})*(?:\.\d+)?)(%?)[\s-]?([^\W\d_]*)"
)
_LEFT = compiled_later(r"(?<![\w.,-])(\d[\d,.]*)[-–‐‑]$")
_LETTERS = compiled_later(r"[^\W\d_]+")
_ORDINAL_OR_DECADE = compiled_later(r"(?:st|nd|rd|th|s|'s)\b")


class Number(NamedTuple):
    """A number of the copy, with its scale and without its unit."""

    start: int
    end: int
    low: float
    high: float
    vague: bool = False
    """“hundreds”, “several thousand”."""
    digits: bool = False
    currency: str = ""
    """A sign before it, as the lexicon names it."""
    step: float = 1
    """What its last written digit stands for: 0.1 million for “1.2 million”."""


class Reader(NamedTuple):
    """What is compiled of a lexicon."""

    pattern: re.Pattern[str]
    begins: AhoCorasick
    """How a number may begin."""
    values: dict[str, float]
    scales: dict[str, float]
    letters: dict[str, float]
    vague: dict[str, tuple[float, float]]
    currencies: dict[str, str]
    labels: frozenset[str]
    names: frozenset[str]
    months: frozenset[str]
    clock: frozenset[str]
    streets: frozenset[str]
    glued: frozenset[str]
    """Units that may be written onto the digits: “5km”."""


@cache
def reader(lexicon: Lexicon) -> Reader:
    """What the lexicon called `figures` says of numbers, compiled."""
    values = _floats(lexicon, "numbers")
    starts, scales = _floats(lexicon, "before-scales"), _floats(lexicon, "scales")
    letters = _floats(lexicon, "scale-letters")
    vague = {}
    for phrase, bounds in lexicon.mapping("vague").items():
        low, high = str(bounds).split()
        vague[phrase] = (float(low), float(high))
    signs = {
        form: name for name, forms in lexicon.mapping("currencies").items() for form in forms
    }  # fmt: skip
    units = [form for forms in lexicon.mapping("units").values() for form in forms]
    begins = [*"0123456789", *values, *vague]
    begins += [f"{start}{gap}{scale}" for start in starts for scale in scales for gap in " -"]
    return Reader(
        pattern=_pattern(values, starts, scales, letters, vague),
        begins=AhoCorasick(
            begins, matchkind=MatchKind.LeftmostLongest, implementation=Implementation.DFA
        ),
        values=values | starts, scales=scales, letters=letters, vague=vague, currencies=signs,
        labels=frozenset(lexicon.phrases("labels")), names=frozenset(lexicon.phrases("names")),
        months=frozenset(lexicon.phrases("months")), clock=frozenset(lexicon.phrases("clock")),
        streets=frozenset(lexicon.phrases("address-words")),
        glued=frozenset(unit for unit in units if len(unit) < 4),
    )  # fmt: skip


def _floats(lexicon: Lexicon, section: str) -> dict[str, float]:
    return {phrase: float(value) for phrase, value in lexicon.mapping(section).items()}


def _any(phrases: object) -> str:
    assert isinstance(phrases, (list, tuple, dict, set, frozenset))
    texts = sorted(map(str, phrases), key=lambda text: (-len(text), text))
    return "|".join(re.escape(text) for text in texts) or r"(?!)"


def _pattern(
    values: dict[str, float], starts: dict[str, float], scales: dict[str, float],
    letters: dict[str, float], vague: dict[str, tuple[float, float]],
) -> re.Pattern[str]:  # fmt: skip
    """One pattern over folded text, with a group for each way to write a number."""
    one, scale = _any(values), _any(scales)
    plain, scaled = rf"(?:{one})(?:[ -](?:{one}))?", rf"(?:[ -](?:{scale}))+"
    spoken = (
        rf"(?:(?:{_any(starts)}|{plain}){scaled}(?:(?: and |[ -]){plain}(?:{scaled})?)*|{plain})"
    )
    return re.compile(
        rf"(?:(?P<digits>{_DIGITS})"
        rf"(?:(?P<letter>{_any(letters)})(?![^\W_])|(?P<scale>(?:[ -]?(?:{scale}))+)(?![^\W_]))?"
        rf"|(?P<vague>{_any(vague)})(?![^\W_])"
        rf"|(?P<words>{spoken})(?![^\W_]))"
    )


def spots(folded: str, lexicon: Lexicon) -> list[int]:
    """Where numbers may begin in a folded text, in ascending order: one pass over all of it."""
    found: list[int] = []
    digits_until = -1
    for _, start, end in reader(lexicon).begins.find_matches_as_indexes(folded):
        if start == digits_until and end == start + 1:
            digits_until = end
            continue
        if end == start + 1:
            digits_until = end
        if not start or not folded[start - 1].isalnum():
            found.append(start)
    return found


def numbers(text: str, folded: str, spots: Iterable[int], lexicon: Lexicon) -> Iterator[Number]:
    """The numbers of one block, from left to right, of those that may begin at `spots`."""
    for match in _matches(reader(lexicon), folded, spots):
        found = _number(reader(lexicon), text, folded, match)
        if found is not None:
            yield found


def _matches(known: Reader, folded: str, spots: Iterable[int]) -> Iterator[re.Match[str]]:
    end = 0
    for spot in spots:
        match = known.pattern.match(folded, spot) if spot >= end else None
        if match:
            end = match.end()
            yield match


def _number(known: Reader, text: str, folded: str, match: re.Match[str]) -> Number | None:
    if match["digits"]:
        return _digits(known, text, folded, match)
    if match["vague"]:
        low, high = known.vague[match["vague"]]
        return Number(match.start(), match.end(), low, high, vague=True)
    glued = folded[match.start() - 1 : match.start()] in _JOINTS and match.start() > 0
    if glued or _is_label(known, text, folded, match.start()):
        return None
    value, step = _spoken(known, match["words"])
    return Number(match.start(), match.end(), value, value, step=step)


def _digits(known: Reader, text: str, folded: str, match: re.Match[str]) -> Number | None:
    start, end = match.start("digits"), match.end()
    written = match["digits"]
    value = float(written.replace(",", ""))
    step = _step(written)
    if match["letter"]:
        times = known.letters[match["letter"]]
    else:
        times = 1.0
        times = _scaled(known, match["scale"])
    sign, at = _sign(known, folded, start)
    plain = times == 1.0 and not sign
    if not _stands_alone(known, text, folded, start, end, plain):
        return None
    if plain and (_is_year(written, folded, end) or _is_label(known, text, folded, start)):
        return None
    if plain and _is_date_or_time(known, folded, start, end):
        return None
    if plain and _is_address(known, text, end):
        return None
    amount = value * times
    return Number(at, end, amount, amount, digits=True, currency=sign, step=step * times)


def _scaled(known: Reader, scales: str | None) -> float:
    """What “ hundred thousand” multiplies with."""
    times = 1.0
    for word in (scales or "").replace("-", " ").split():
        times *= known.scales.get(word, 1.0)
    return times


def _sign(known: Reader, folded: str, start: int) -> tuple[str, int]:
    """The currency that a sign before the digits names, and where the sign begins."""
    bare = folded[max(0, start - 5) : start].rstrip()
    for length in (3, 2, 1):
        name = known.currencies.get(bare[-length:]) if len(bare) >= length else None
        if name and not bare[-1].isalpha():
            return name, folded.rfind(bare[-length:], 0, start)
    return "", start


def _step(written: str) -> float:
    """What the last digit that counts stands for: 100 of 1,200; 0.1 of 1.2."""
    if "." in written:
        return float(10 ** -len(written.partition(".")[2]))
    bare = written.replace(",", "")
    zeros = len(bare) - len(bare.rstrip("0"))
    return float(10**zeros) if zeros < len(bare) else 1.0


def _stands_alone(
    known: Reader, text: str, folded: str, start: int, end: int, plain: bool
) -> bool:  # fmt: skip
    """Whether the digits are a number of their own, and no part of a name, score or address."""
    before, after = text[start - 1 : start], text[end : end + 1]
    follows = text[end + 1 : end + 2]
    if plain and before and (before in _GLUE_BEFORE or before.isalpha()):
        return False
    if plain and before and before in _JOINTS and text[start - 2 : start - 1].isalnum():
        return _ends_range(folded, start)
    if plain and after and after in ":/.-–‐‑," and follows.isdigit():
        return after in _JOINTS and _begins_range(folded, start)
    if after == "-" and follows.isupper():
        return False  # “7-Eleven”
    if after.isalpha() or after in ("'", "’"):
        word = _LETTERS.match(folded, end)
        return not _ORDINAL_OR_DECADE.match(folded, end) and (
            word is not None and word[0] in known.glued
        )
    if after == ")" and not text[:start].strip("( "):
        return False  # “1) ”
    return not (after == "." and follows in (" ", "") and _LIST_NUMBER.search(text, 0, start))


def _begins_range(folded: str, start: int) -> bool:
    """Whether “10-12” goes up from ten to twelve of something; “3-1” and “52-48” are scores."""
    ends = _PAIR.match(folded, start)
    if ends is None or not (ends[3] or len(ends[4]) > 3):
        return False
    return float(ends[1].replace(",", "")) < float(ends[2].replace(",", ""))


def _ends_range(folded: str, start: int) -> bool:
    first = _LEFT.search(folded, max(0, start - 12), start)
    return first is not None and _begins_range(folded, first.start(1))


def _is_year(written: str, folded: str, end: int) -> bool:
    return bool(_YEAR.fullmatch(written)) and folded[end : end + 1] != "%"


def _is_date_or_time(known: Reader, folded: str, start: int, end: int) -> bool:
    left = _MONTH_BEFORE.search(folded[max(0, start - 14) : start])
    if left and left[1].strip("(“\"'") in known.months and end - start < 3:
        return True
    right = _WORD_AFTER.match(folded[end : end + 14])
    word = right[1] if right else ""
    if word in known.clock or word.rstrip(".") in known.clock:
        return True
    return word in known.months and end - start < 3 and not word.startswith("ma")


def _is_label(known: Reader, text: str, folded: str, start: int) -> bool:
    """Whether the word before makes the number a name: “Section 230”, “No. 1”, “Super Bowl 50”."""
    words = folded[max(0, start - 24) : start].replace("(", " ").split()
    if not words or not folded[start - 1 : start].isspace():
        return False
    last, two = words[-1], " ".join(words[-2:])
    if last in known.labels:
        return True
    if last not in known.names and two not in known.names:
        return False
    phrase = two if two in known.names else last
    at = folded.rfind(phrase, 0, start)
    return text[at : at + 1].isupper()


def _is_address(known: Reader, text: str, end: int) -> bool:
    """Whether capitalised words and a street follow: “1600 Pennsylvania Avenue”."""
    match = re.match(r"(?: [A-Z][\w.’']*){1,4}", text[end : end + 60])
    return bool(match) and any(
        word.lower() in known.streets
        for word in match[0].split()[1:]  # type: ignore[index]
    )


def _spoken(known: Reader, words: str) -> tuple[float, float]:
    """What a number in words comes to, and the scale of its last word."""
    total = current = 0.0
    step = 1.0
    rest = words.replace("-", " ").split()
    at = 0
    while at < len(rest):
        for length in (3, 2, 1):
            phrase = " ".join(rest[at : at + length])
            if phrase in known.values:
                current += known.values[phrase]
                step = 1.0
                break
            if phrase in known.scales:
                step = known.scales[phrase]
                current = (current or 1.0) * step
                if step >= 1000:
                    total, current = total + current, 0.0
                break
        at += length
    return total + current, step


def amounts(folded: str, spots: Iterable[int], lexicon: Lexicon) -> set[float]:
    """Every amount that begins at one of the spots, in whatever use: dates, scores, ordinals."""
    known = reader(lexicon)
    found: set[float] = set()
    for spot in spots:
        match = known.pattern.match(folded, spot)
        if match is None:
            continue
        if match["digits"]:
            times = known.letters.get(match["letter"] or "", 1.0) * _scaled(known, match["scale"])
            written = float(match["digits"].replace(",", ""))
            found.update((written * times, written))
        elif match["vague"]:
            found.add(known.vague[match["vague"]][0])
        else:
            found.add(_spoken(known, match["words"])[0])
    return found


def says(folded: str, value: float, lexicon: Lexicon) -> bool:
    """Whether a text has another word for an amount: “half”, “decade”, “tenth”."""
    return any(
        float(amount) == value and re.search(rf"\b{re.escape(word)}\b", folded)
        for word, amount in lexicon.mapping("amounts").items()
    )
