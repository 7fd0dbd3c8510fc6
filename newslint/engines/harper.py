"""The engine Harper: in this process, without a server and without the network."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from time import monotonic
from typing import TYPE_CHECKING

from newslint.engines import Choice, Dialect, EngineError, Match

if TYPE_CHECKING:
    import harper

MISSING = "the engine Harper is not installed: pip install 'newslint[harper]'"
_NAMES = {"en-US": "AMERICAN", "en-GB": "BRITISH", "en-CA": "CANADIAN", "en-AU": "AUSTRALIAN"}


class Harper:
    """One linter with one set of rules switched on."""

    def __init__(self, choice: Choice) -> None:
        self._linter = _linter(choice.dialect)
        known = self._linter.get_default_lint_config()
        if strange := sorted(choice.asked.rules - known.keys()):
            raise EngineError(f"Harper has no rule {', '.join(strange)}", everywhere=True)
        self._rules = {name: name in choice.asked.rules for name in known}

    def check(self, texts: Sequence[str], seconds: float) -> list[list[Match]]:
        """What Harper would flag in each text. Raises `EngineError` when time is up."""
        until = monotonic() + seconds
        self._linter.set_lint_config(dict(self._rules))
        found = []
        for text in texts:
            if monotonic() > until:
                raise EngineError(f"Harper took more than {seconds:g} seconds")
            found.append(sorted(self._matches(text), key=lambda match: (match.start, match.end)))
        return found

    def _matches(self, text: str) -> Iterator[Match]:
        for rule, lints in self._linter.organized_lints(text, language="plaintext").items():
            for lint in lints:
                yield Match(
                    lint.span.start, lint.span.end, rule, lint.lint_kind, lint.message,
                    tuple(_instead(lint.problem_text, s) for s in lint.suggestions),
                )  # fmt: skip


def _instead(text: str, suggestion: harper.Suggestion) -> str:
    """What the flagged text would be after a suggestion."""
    kind = suggestion.kind.name
    if kind == "INSERT_AFTER":
        return text + suggestion.replacement_text
    return suggestion.replacement_text if kind == "REPLACE" else ""


@cache
def _linter(dialect: Dialect) -> harper.Linter:
    """The dictionary takes most of a second to build, so one serves a process."""
    try:
        import harper
    except ImportError:
        raise EngineError(MISSING, everywhere=True) from None
    return harper.Linter(harper.Dialect[_NAMES[dialect]])


def engine(choice: Choice) -> Harper:
    """Harper with the rules that are asked for. Raises `EngineError` where it is missing."""
    return Harper(choice)
