"""The engine Harper: in this process, without a server and without the network."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from threading import local
from time import monotonic
from typing import TYPE_CHECKING, Any

from newslint.engines import Asked, Choice, EngineError, Match, late
from newslint.engines.portions import portions
from newslint.errors import unknown
from newslint.later import compiled_later

if TYPE_CHECKING:
    import harper

MISSING = (
    "the engine Harper is not installed: pip install 'newslint[harper]' "
    "(or 'newslint[languagetool]', which --engine languagetool asks)"
)
SPELLING = "SpellCheck"
"""Harper's one rule of spelling."""
_APOSTROPHE = compiled_later(r"(?<=[^\W\d_])’(?=[^\W\d_])")
_ENDLESS = compiled_later(r"\w{100,}")
_MIXED = compiled_later(r"[a-zß-öø-ÿ][A-Z]|[A-Z]{2}[a-zß-öø-ÿ]")
_QUOTED = compiled_later(r"`+([^`]+)`+")
_PRINTS = "LookingForwardTo"
"""A rule that writes to standard output, where reports and the language server have the word."""
_unused: dict[str, harper.Linter] = {}
"""By dialect: a linter that has been made, which takes a second, and that no engine has yet."""
_NAMES = {"en-US": "AMERICAN", "en-GB": "BRITISH", "en-CA": "CANADIAN", "en-AU": "AUSTRALIAN"}


class Harper:
    """Harper with one set of rules switched on. Threads may share it."""

    def __init__(self, choice: Choice) -> None:
        self._dialect = _NAMES[choice.dialect]
        self._late = late(choice)
        self._groups = groups()
        asked = choice.asked
        wanted = {name for name, group in self._groups.items() if group in asked.categories}
        wanted = (wanted - asked.without) | asked.rules
        self._rules = {name: name in wanted for name in (*self._groups, _PRINTS)}
        self._own = local()

    def check(self, texts: Sequence[str], seconds: float) -> list[list[Match]]:
        """What Harper would flag in each text. Raises `EngineError`, for one when time is up."""
        until = monotonic() + seconds
        found: list[list[Match]] = [[] for _ in texts]
        for portion in portions(texts):
            if monotonic() > until:
                raise EngineError(f"Harper {self._late}")
            for match in self._matches(portion.text):
                if place := portion.place(match.start, match.end):
                    number, begin = place
                    found[number].append(_fitted(match, begin, texts[number]))
        return [_apart(matches) for matches in found]

    def _matches(self, text: str) -> Iterator[Match]:
        for rule, lints in self._lints(text).items():
            for lint in lints:
                if rule == SPELLING and text[lint.span.end - 1] == ".":
                    continue  # an initial or so: whether it is flagged hangs on what follows
                suggestions = (_instead(lint.problem_text, one) for one in lint.suggestions)
                yield Match(
                    lint.span.start, lint.span.end, rule, self._groups[rule], lint.message,
                    tuple(suggestions),
                )  # fmt: skip

    def _lints(self, text: str) -> dict[str, list[harper.Lint]]:
        try:
            return self._linter().organized_lints(_eased(text), language="plaintext", dedup=False)
        except BaseException as error:
            if type(error).__module__ != "pyo3_runtime":  # a panic in Rust is no `Exception`
                raise
            self._own.linter = None
            raise EngineError(f"Harper failed on this article: {error}") from None

    def _linter(self) -> harper.Linter:
        """A linter of this thread's own: one that is in use refuses a second thread."""
        linter: harper.Linter | None = getattr(self._own, "linter", None)
        if linter is None:
            module = _harper()
            linter = _unused.pop(self._dialect, None)
            linter = linter or module.Linter(module.Dialect[self._dialect])
            linter.set_lint_config(dict(self._rules))
            self._own.linter = linter
        return linter


def _eased(text: str) -> str:
    """The text, equally long, without what Harper makes nothing of.

    Several of its rules know the straight apostrophe only, and its search for words like one of
    100,000 letters asks for more memory than there is, which ends the process.
    """
    return _ENDLESS.sub(lambda match: "1" * len(match[0]), _APOSTROPHE.sub("'", text))


def _fitted(match: Match, begin: int, text: str) -> Match:
    """The match by its place in the text, with suggestions in the text's own typography."""
    start, end = match.start - begin, match.end - begin
    curly, spelling = "’" in text, match.rule == SPELLING
    suggestions = [one.replace("'", "’") if curly else one for one in match.suggestions]
    evened = (one if spelling else _evened(one, text[start:end]) for one in suggestions)
    useful = dict.fromkeys(one for one in evened if one != text[start:end])
    message = _QUOTED.sub(r"“\1”", match.message)
    return Match(start, end, match.rule, match.category, message, tuple(useful))


def _evened(suggestion: str, text: str) -> str:
    """Without the capitals inside words that Harper takes over, letter by letter, from the copy."""
    if not _MIXED.search(suggestion) or _MIXED.search(text):
        return suggestion
    even = suggestion.lower()
    return even[0].upper() + even[1:] if text[0].isupper() else even


def _apart(matches: list[Match]) -> list[Match]:
    """Of matches on one spot the one that knows best, by place.

    What a rule of grammar speaks of is not called misspelled as well.
    """
    kept: list[Match] = []
    for match in sorted(matches, key=lambda match: (match.start, -match.end, _rank(match))):
        if not kept or match.start >= kept[-1].end:
            kept.append(match)
        elif _rank(match) < _rank(kept[-1]):
            kept[-1] = match
    return kept


def _rank(match: Match) -> tuple[bool, bool]:
    """Grammar before spelling, and who knows what should stand there before who does not."""
    return match.rule == SPELLING, not match.suggestions


def _instead(text: str, suggestion: harper.Suggestion) -> str:
    """What the flagged text would be after a suggestion."""
    kind = suggestion.kind.name
    if kind == "INSERT_AFTER":
        return text + suggestion.replacement_text
    return suggestion.replacement_text if kind == "REPLACE" else ""


@cache
def groups() -> dict[str, str]:
    """Every rule of Harper that can be asked, and the group that Harper puts it in."""
    linter = _unused[_NAMES["en-US"]] = _harper().Linter()
    found = dict.fromkeys(linter.get_default_lint_config(), "")
    for label, settings in _nested(linter.get_structured_lint_config()["settings"]):
        names = settings.get("names") or [settings["name"]]
        found |= dict.fromkeys(names, label)
    found.pop(_PRINTS, None)
    return found


def _nested(settings: Iterable[dict[str, Any]], label: str = "") -> Iterator[tuple[str, Any]]:
    for setting in settings:
        for kind, value in setting.items():
            if kind == "Group":
                yield from _nested(value["child"]["settings"], value["label"])
            else:
                yield label, value


def _harper() -> Any:
    try:
        import harper
    except ImportError:
        raise EngineError(MISSING, everywhere=True) from None
    return harper


def strange(asked: Asked) -> str:
    """What is to be said of the first name that Harper does not have; nothing if it has all.

    Raises `EngineError` where Harper is missing.
    """
    rules, categories = groups(), set(groups().values())
    for name in sorted(asked.rules - rules.keys()):
        return unknown("Harper rule", name, rules)
    for name in sorted(asked.categories - categories):
        return unknown("Harper group", name, categories)
    return ""


def engine(choice: Choice) -> Harper:
    """Harper with the rules that are asked for. Raises `EngineError` where it is missing."""
    return Harper(choice)


def prepare(_: Choice) -> None:
    """Load the dictionary, which forked workers share. Raises `EngineError` as `engine` does."""
    groups()


def identity(_: Choice) -> str:
    """Nothing: the version of the library, which results rest on anyway, says it all."""
    return ""
