"""The words of dates, made ready for reading: what the lexicon `dates` says, compiled."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache, cached_property

from ahocorasick_rs import AhoCorasick, Implementation, MatchKind

from newslint.language.lexicon import Lexicon
from newslint.matching import fold

MONTH, WEEKDAY, RELATIVE, YEAR, CLOCK, ZONE, DIGITS = range(7)
"""What a literal that the automaton finds is the beginning or the heart of."""

_DAY = r"(\d{1,2})(?:st|nd|rd|th)?"
_YEAR = r"((?:19|20)\d\d)(?!,?\d)"


def either(words: Iterable[str]) -> str:
    """The words as alternatives of a regular expression, the longest first."""
    return "|".join(re.escape(word) for word in sorted(words, key=lambda word: (-len(word), word)))


class Words:
    """What the lexicon says, compiled when first asked for. All texts are folded."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon = lexicon
        self.fields = lexicon.phrases("fields")
        """Of the metadata, the likeliest first."""
        self.field_names = frozenset(self.fields)
        self.months = _numbered(lexicon, "months", range(1, 13))
        """From each form to its number, January is 1."""
        self.weekdays = _numbered(lexicon, "weekdays", range(7))
        """From each form to its number, Monday is 0."""

    @cached_property
    def month_names(self) -> tuple[str, ...]:
        """In full, January first."""
        return self._lexicon.phrases("months")[:12]

    @cached_property
    def weekday_names(self) -> tuple[str, ...]:
        """In full, Monday first."""
        return self._lexicon.phrases("weekdays")[:7]

    @cached_property
    def published(self) -> tuple[str, ...]:
        """What a line begins with that says when the article came out."""
        return self._folded("published")

    @cached_property
    def relative(self) -> dict[str, tuple[str, ...]]:
        """From a phrase to the words that say which days it means; `relative.days` reads them."""
        mapping = self._lexicon.mapping("relative")
        return {fold(phrase): tuple(str(value).split()) for phrase, value in mapping.items()}

    @cached_property
    def zones(self) -> dict[str, str]:
        """All names of zones, from the folded form to the written one."""
        pairs = self._lexicon.mapping("standard-time")
        names = (*self._lexicon.phrases("zones"), *pairs, *map(str, pairs.values()))
        return {fold(name): name for name in names}

    @cached_property
    def dated(self) -> re.Pattern[str]:
        """A whole date with a year, its month in words."""
        month = rf"({either(self.months)})\.?"
        first = rf"(?P<mdy>{month}\s+{_DAY}(?:,\s*|\s+){_YEAR})"
        second = rf"(?P<dmy>{_DAY}(?:\s+of)?[\s-]+{month},?[\s-]+{_YEAR})"
        return re.compile(rf"(?<!\w)(?:{first}|{second})")

    @cached_property
    def after_month(self) -> re.Pattern[str]:
        """Directly after the name of a month: day, last day, year."""
        between = rf" ?(?:{either(self._folded('between-days'))}) ?"
        no_day = rf"(?!\d|:\d|[.,]\d| ?(?:{self._bounded('not-after-day')}))"
        return re.compile(
            rf"\.? {_DAY}(?!\w)(?:{between}{_DAY}(?!\w){no_day})?{no_day}(?:,? {_YEAR})?"
        )

    @cached_property
    def within_month(self) -> re.Pattern[str]:
        """Directly before a month in which something is counted: “in June 31 people …”."""
        return re.compile(rf"(?<!\w)(?:{either(self._folded('within-month'))}) $")

    @cached_property
    def year_after(self) -> re.Pattern[str]:
        """Directly after the name of a month: the year."""
        return re.compile(rf"\.?,? (?:of )?{_YEAR}")

    @cached_property
    def before_month(self) -> re.Pattern[str]:
        """Directly before the name of a month: first day, last day."""
        between = rf" ?(?:{either(self._folded('between-days'))}) ?"
        return re.compile(rf"(?<![\w.,:/$£€-]){_DAY}(?:{between}{_DAY})?(?: of)?[ -]$")

    @cached_property
    def before_date(self) -> re.Pattern[str]:
        """Directly before a date: a weekday that may follow on another."""
        full = {fold(name) for name in self.weekday_names}
        short = either(form for form in self.weekdays if form not in full)
        weekday = rf"((?:{either(full)})(?!\.)|{short})\.?"
        between = rf",? ?(?:{either(self._folded('between-days'))}|,) ?"
        parts = either(self._folded("parts-of-day"))
        return re.compile(
            rf"(?<!\w)(?:{weekday}(?: (?:{parts}))?{between})?{weekday}(?:,? (?:{parts}))?,? ?\(?$"
        )

    @cached_property
    def after_date(self) -> re.Pattern[str]:
        """Directly after a date: “(Tuesday)”, “, a Tuesday”."""
        return re.compile(rf",? (?:\(|an? )({either(self.weekdays)})(?:\)|(?![\w-]))")

    @cached_property
    def before_year(self) -> re.Pattern[str]:
        """Directly before a month that stands alone."""
        return re.compile(rf"(?<!\w)(?:{either(self._folded('before-year'))})[ -]$")

    @cached_property
    def time(self) -> re.Pattern[str]:
        """A time of day before a zone, or before the end of its own clock: “4:50 pm”."""
        clock = either(self._folded("clock"))
        words = either(self._folded("clock-words"))
        return re.compile(
            r"(?<![\w.:,/$£€])(?:(?P<hour>\d{1,2})(?:[:.](?P<minute>\d\d)(?::\d\d)?)?"
            rf"(?P<clock> ?(?:{clock})\.?)?|(?P<whole>[012]\d[0-5]\d)|{words})$"
        )

    @cached_property
    def zone_after(self) -> re.Pattern[str]:
        """Directly after a time: its zone."""
        return re.compile(rf"\.?,? ?\(?({either(self.zones)})(?![\w-])")

    @cached_property
    def automaton(self) -> tuple[AhoCorasick, list[tuple[int, str]]]:
        """Finds the literals, of overlapping ones the longest; and what each is."""
        literals: dict[str, tuple[int, str]] = {}
        full = {fold(name) for name in self.month_names}
        for form in self.months:
            for tail in ("",) if form in full else (". ", " "):
                literals[form + tail] = (MONTH, form)
        literals |= {fold(name): (WEEKDAY, fold(name)) for name in self.weekday_names}
        literals |= {phrase: (RELATIVE, phrase) for phrase in self.relative}
        for word in self._folded("before-year"):
            for cut in " -":
                literals |= {f"{word}{cut}{century}": (YEAR, word) for century in ("19", "20")}
        for form in self._folded("clock"):
            for digit in range(10):
                literals |= {f"{digit}{cut}{form}": (CLOCK, form) for cut in ("", " ")}
        literals |= {" " + zone: (ZONE, zone) for zone in self.zones}
        literals |= {f"\n{century}": (YEAR, "") for century in ("19", "20")}
        literals |= {f"-{month:02}-": (DIGITS, "-") for month in range(20)}
        literals |= {f"{cut}{century}": (DIGITS, cut) for cut in "/." for century in ("19", "20")}
        texts = list(literals)
        found = AhoCorasick(
            texts, matchkind=MatchKind.LeftmostLongest, implementation=Implementation.DFA
        )  # three times as fast as what it would choose
        return found, [literals[text] for text in texts]

    def _folded(self, section: str) -> tuple[str, ...]:
        return tuple(fold(phrase) for phrase in self._lexicon.phrases(section))

    def _bounded(self, section: str) -> str:
        return "|".join(
            re.escape(word) + (r"(?!\w)" if word[-1].isalnum() else "")
            for word in self._folded(section)
        )


@cache
def words(lexicon: Lexicon) -> Words:
    """The words of a lexicon."""
    return Words(lexicon)


def _numbered(lexicon: Lexicon, section: str, numbers: range) -> dict[str, int]:
    """The number of every form; the calendar has no room for more names than numbers."""
    found = {}
    for number, (name, forms) in zip(numbers, lexicon.mapping(section).items(), strict=False):
        for form in (name, *([forms] if isinstance(forms, str) else forms)):
            if form:
                found[fold(form)] = number
    return found
