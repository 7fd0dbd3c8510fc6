"""The engine LanguageTool: a server, newslint's own or the newsroom's, asked over HTTP."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import Any
from urllib.error import URLError
from urllib.parse import urlencode
from urllib.request import ProxyHandler, Request, build_opener

from newslint.engines import Choice, EngineError, Match, server

_GAP = "\n\n"
"""Between paragraphs: no sentence of LanguageTool's runs across it."""


class LanguageTool:
    """A server with one set of rules switched on."""

    def __init__(self, choice: Choice) -> None:
        self._choice = choice
        self._open = build_opener(*(() if choice.server else (ProxyHandler({}),))).open

    def check(self, texts: Sequence[str], seconds: float) -> list[list[Match]]:
        """What LanguageTool would flag in each text. Raises `EngineError`."""
        whole = _GAP.join(texts)
        found = list(_matches(self._answer(whole, seconds), whole))
        parted: list[list[Match]] = []
        start = 0
        for text in texts:
            end = start + len(text)
            parted.append([_moved(m, -start) for m in found if start <= m.start and m.end <= end])
            start = end + len(_GAP)
        return parted

    def _answer(self, text: str, seconds: float) -> dict[str, Any]:
        asked = self._choice.asked
        form = {
            "language": self._choice.dialect,
            "text": text,
            "enabledOnly": "true",
            "enabledRules": ",".join(sorted(asked.rules)),
            "enabledCategories": ",".join(sorted(asked.categories)),
        }
        address = self._choice.server or server.started()
        request = Request(f"{address.rstrip('/')}/v2/check", urlencode(form).encode())
        try:
            with self._open(request, timeout=seconds) as response:
                answer: dict[str, Any] = json.load(response)
        except TimeoutError:
            raise EngineError(f"LanguageTool took more than {seconds:g} seconds") from None
        except (URLError, OSError, ValueError) as error:
            reason = getattr(error, "reason", error)
            raise EngineError(f"LanguageTool did not answer: {reason}") from None
        return answer


def _matches(answer: dict[str, Any], text: str) -> Iterator[Match]:
    places = _code_points(text)
    for match in answer["matches"]:
        start, end = match["offset"], match["offset"] + match["length"]
        yield Match(
            places[start] if places else start,
            places[end] if places else end,
            match["rule"]["id"],
            match["rule"]["category"]["id"],
            match["message"],
            tuple(one["value"] for one in match["replacements"]),
        )


def _code_points(text: str) -> list[int]:
    """By offset in UTF-16, which LanguageTool counts in: the code point; nothing if all agree."""
    if text.isascii() or max(text) <= "\uffff":
        return []
    places = []
    for number, character in enumerate(text):
        places += [number] * (2 if character > "\uffff" else 1)
    return [*places, len(text)]


def _moved(match: Match, by: int) -> Match:
    return Match(
        match.start + by, match.end + by, match.rule, match.category, match.message,
        match.suggestions,
    )  # fmt: skip


def engine(choice: Choice) -> LanguageTool:
    """LanguageTool with the rules that are asked for."""
    return LanguageTool(choice)
