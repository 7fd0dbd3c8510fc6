"""The engine LanguageTool: a server, newslint's own or the newsroom's, asked over HTTP."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from itertools import accumulate
from time import monotonic, sleep

from newslint.engines import Asked, Choice, EngineError, Match, jars, late, server
from newslint.engines.address import is_public, shown
from newslint.engines.portions import grouped
from newslint.engines.shapes import Answer, Found, Info, shaped
from newslint.engines.wire import GoneError, ask

CATEGORIES = frozenset({
    "AMERICAN_ENGLISH", "AMERICAN_ENGLISH_STYLE", "BRE_STYLE_OXFORD_SPELLING", "BRITISH_ENGLISH",
    "CASING", "COLLOCATIONS", "COMPOUNDING", "CONFUSED_WORDS", "CREATIVE_WRITING", "GRAMMAR",
    "MISC", "MULTITOKEN_SPELLING", "NONSTANDARD_PHRASES", "PLAIN_ENGLISH", "PROPER_NOUNS",
    "PUNCTUATION", "REDUNDANCY", "REPETITIONS_STYLE", "SEMANTICS", "STYLE", "TEXT_ANALYSIS",
    "TON_ACADEMIC", "TYPOGRAPHY", "TYPOS", "WIKIPEDIA",
})  # fmt: skip
"""Those of English. Asked for some categories and some single rules, a server runs what is in both;
so it is told instead which categories to leave out, and which single rules to run nevertheless.
(Rules that put the words found into their names, such as EN_COMPOUNDS, only run by category.)"""

OWN = "newslint's own LanguageTool server"
_GAP = "\n\n"
"""Between paragraphs: no sentence of LanguageTool's runs across it."""
_PUBLIC_BYTES = 18_000
"""Of text in a question to the public API, which takes 20,000."""
_PUBLIC_PAUSE = 3.0
"""Seconds from one question to the next there: it answers 20 a minute."""
_INTRODUCTION = 10.0
"""Seconds for a server to say what it is."""
_AGAIN = 10.0
"""Seconds for which a server that is not there, or hangs, is not asked again."""
_LATE = 2
"""Time-outs, one after another, after which a server must prove that it answers at all."""
_FEW_WORDS = "The council met."
_PROOF = 5.0
"""Seconds that it has for them: an article may be too much for it, and they are not."""


class LanguageTool:
    """A server with one set of rules switched on."""

    def __init__(self, choice: Choice) -> None:
        self._choice = choice
        self._form = _form(choice)
        self._public = is_public(choice.server)
        self._asked = float("-inf")
        self._answered = False
        self._late = 0
        """Time-outs since the last answer."""
        self._trouble = EngineError("")
        self._resting_until = float("-inf")

    def check(self, texts: Sequence[str], seconds: float) -> list[list[Match]]:
        """What LanguageTool would flag in each text. Raises `EngineError`, for one when time is up.

        Until the server has answered for the first time, that it is not there is said once a run.
        One that hangs costs the time of two articles and fails those that follow at once.
        """
        if monotonic() < self._resting_until:
            raise EngineError(self._trouble.message, self._trouble.everywhere)
        prepare(self._choice)
        try:
            if self._late >= _LATE:
                self._prove()
            until = monotonic() + seconds
            parts = grouped(texts, _PUBLIC_BYTES, _bytes) if self._public else (texts,)
            return [matches for part in parts for matches in self._matches(part, until)]
        except TimeoutError:
            self._late += 1
            raise EngineError(f"{_who(self._choice.server)} {late(self._choice)}") from None
        except EngineError as error:
            everywhere = error.everywhere and not self._answered
            if everywhere or self._late >= _LATE:
                self._trouble = EngineError(error.message, everywhere)
                self._resting_until = monotonic() + _AGAIN
            raise EngineError(error.message, everywhere) from None

    def _prove(self) -> None:
        """Let a server show that it answers at all. Raises `EngineError` where it does not."""
        try:
            self._found(_FEW_WORDS, monotonic() + _PROOF)
        except TimeoutError:
            hangs = f"answers nothing any more, not even “{_FEW_WORDS}” within {_PROOF:g} seconds"
            raise EngineError(f"{_who(self._choice.server)} {hangs}") from None

    def _matches(self, texts: Sequence[str], until: float) -> list[list[Match]]:
        whole = _GAP.join(texts)
        starts = list(accumulate((len(text) + len(_GAP) for text in texts[:-1]), initial=0))
        places = _code_points(whole)
        parted: list[list[Match]] = [[] for _ in texts]
        for found in self._found(whole, until):
            first, last = found.offset, found.offset + found.length
            if not 0 <= first <= last < len(places):
                who = _who(self._choice.server)
                raise EngineError(f"{who} answered for another text than it was asked about")
            number = bisect_right(starts, places[first]) - 1
            start, end = places[first] - starts[number], places[last] - starts[number]
            if start < end <= len(texts[number]):
                parted[number].append(_match(found, start, end))
        return [list(dict.fromkeys(matches)) for matches in parted]

    def _found(self, text: str, until: float) -> list[Found]:
        """The server's answer. Raises `EngineError` and `TimeoutError`."""
        if self._public:
            pause = max(self._asked + _PUBLIC_PAUSE - monotonic(), 0)
            if monotonic() + pause > until:
                raise TimeoutError
            sleep(pause)
        self._asked = monotonic()
        body = self._body(self._form | {"text": text}, until)
        answer = shaped(body, Answer, _who(self._choice.server))
        self._answered, self._late = True, 0
        if answer.warnings.incomplete_results:
            raise EngineError(f"{_who(self._choice.server)} did not get to the end of the text")
        return answer.matches

    def _body(self, form: dict[str, str], until: float) -> bytes:
        if self._choice.server:
            who = _who(self._choice.server)
            return ask(self._choice.server, "/v2/check", form, _left(until), who)
        try:
            return ask(server.started(), "/v2/check", form, _left(until), OWN)
        except GoneError:
            begin = monotonic()
            address = server.restarted()
            return ask(address, "/v2/check", form, _left(until + monotonic() - begin), OWN)


def _bytes(text: str) -> int:
    """What a text comes to in a question."""
    return len(text.encode(errors="replace")) + len(_GAP)


def _left(until: float) -> float:
    left = until - monotonic()
    if left <= 0:
        raise TimeoutError
    return left


def _who(address: str) -> str:
    """What messages call a server."""
    return f"the LanguageTool server {shown(address)}" if address else OWN


def _form(choice: Choice) -> dict[str, str]:
    """What every question has in common. A server does not mind names that it does not know."""
    asked = choice.asked
    return {
        "language": choice.dialect,
        "disabledCategories": ",".join(sorted(CATEGORIES - asked.categories)),
        "disabledRules": ",".join(sorted(asked.without)),
        "enabledRules": ",".join(sorted(asked.rules)),
    }


def _match(found: Found, start: int, end: int) -> Match:
    suggestions = tuple(one.value for one in found.replacements)
    return Match(start, end, found.rule.id, found.rule.category.id, found.message, suggestions)


def _code_points(text: str) -> Sequence[int]:
    """By offset in UTF-16, which LanguageTool counts in: the code point."""
    if text.isascii() or max(text) <= "\uffff":
        return range(len(text) + 1)
    places = []
    for number, character in enumerate(text):
        places += [number] * (2 if character > "\uffff" else 1)
    return [*places, len(text)]


def prepare(choice: Choice) -> None:
    """Start newslint's own server, one for all workers. Raises `EngineError`."""
    if not choice.server:
        server.started()


def identity(choice: Choice) -> str:
    """Which LanguageTool a server runs, as a cache wants to know. Raises `EngineError`."""
    if not choice.server:
        return jars.identity()
    who, seconds = _who(choice.server), min(choice.seconds, _INTRODUCTION)
    try:
        body = ask(choice.server, "/v2/info", None, seconds, who)
    except TimeoutError:
        slow = f"{who} did not say within {seconds:g} seconds what it is"
        raise EngineError(slow, everywhere=True) from None
    software = shaped(body, Info, who).software
    edition = "premium" if software.premium else ""
    return " ".join(filter(None, (software.name, software.version, software.build_date, edition)))


def strange(_: Asked) -> str:
    """Nothing: a server tells nobody which rules it has."""
    return ""


def engine(choice: Choice) -> LanguageTool:
    """LanguageTool with the rules that are asked for."""
    return LanguageTool(choice)
