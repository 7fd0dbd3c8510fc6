"""Engines: programs of others that know grammar and spelling, behind one small protocol.

An engine is given paragraphs of clean prose and says what it would flag in each. What of that is a
finding, and of which rule, is for `kinds/grammar` to decide.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence
from contextlib import suppress
from functools import cache
from importlib import import_module
from types import ModuleType
from typing import Literal, Protocol

from msgspec import Struct
from msgspec.structs import replace

from newslint.errors import Error

Name = Literal["harper", "languagetool"]
Dialect = Literal["en-US", "en-GB", "en-CA", "en-AU"]

NAMES: tuple[Name, ...] = ("harper", "languagetool")
SECONDS = 30.0
"""For one article, where nobody says otherwise."""
_SERVER = "newslint.engines.server"
"""Loaded only where newslint starts a server."""


class Asked(Struct, frozen=True):
    """What of an engine is wanted, by its own names: nothing else is run."""

    rules: frozenset[str] = frozenset()
    categories: frozenset[str] = frozenset()
    without: frozenset[str] = frozenset()
    """Rules of those categories that nobody wants."""

    def __bool__(self) -> bool:
        return bool(self.rules or self.categories)


class Choice(Struct, frozen=True):
    """Which engine a run asks, and for what. Plain data."""

    name: Name = "harper"
    dialect: Dialect = "en-US"
    server: str = ""
    """The address of a LanguageTool server; empty where newslint starts its own."""
    seconds: float = SECONDS
    """For one article."""
    asked: Asked = Asked()


HARPER = Choice()
"""What newslint asks where nobody has chosen."""


class Running(Struct, frozen=True):
    """What is known of a server that newslint has started. Plain data, for other processes."""

    port: int = 0
    """Where it listens."""
    keeper: int = 0
    """Where its keeper says what has become of it."""
    failure: str = ""
    """Why there is none."""
    everywhere: bool = True
    """There never was one."""


class Match(Struct, frozen=True, gc=False):
    """One place that an engine objects to: code points of the text it was given."""

    start: int
    end: int
    rule: str
    category: str
    message: str
    suggestions: tuple[str, ...] = ()
    """What might stand there, the likeliest first; "" is nothing at all."""


class EngineError(Exception):
    """An engine could not check an article, or is not there at all (`everywhere`).

    Or it has not what a rule asks of it (`in_vain`).
    """

    def __init__(self, message: str, everywhere: bool = False, in_vain: bool = False) -> None:
        super().__init__(message)
        self.message = message
        self.everywhere = everywhere
        self.in_vain = in_vain

    def error(self, path: str, rule: str) -> Error:
        """What a run says of it where this article was to be checked with this rule."""
        if self.in_vain:
            return Error("", "rule", f'rule "{rule}" asks in vain: {self.message}')
        return Error("" if self.everywhere else path, "engine", self.message)


def late(choice: Choice) -> str:
    """What to say of an engine when time is up."""
    limit = f"took more than {choice.seconds:g} seconds for an article"
    return f"{limit}: --engine-timeout gives it more"


class Engine(Protocol):
    """What an engine is to the rest of the house."""

    def check(self, texts: Sequence[str], seconds: float) -> Sequence[Sequence[Match]]:
        """What it would flag in each text. Raises `EngineError`, for one when time is up."""


@cache
def engine(choice: Choice) -> Engine:
    """The engine of that name, ready to be asked. Raises `EngineError` where it is missing."""
    made: Engine = _module(choice).engine(choice)
    return made


def must_have(choice: Choice, asked: Asked) -> None:
    """Raise `EngineError` where the engine, as far as it tells, has not all of this."""
    if strange := _module(choice).strange(asked):
        raise EngineError(strange, in_vain=True)


def prepare(choice: Choice) -> None:
    """Make what the workers of a run can share, in the process that starts them.

    What goes wrong is told where an article is to be checked.
    """
    with suppress(EngineError):
        _module(choice).prepare(choice)


def shared() -> Running | None:
    """The server that was started here and that other processes can `share`."""
    server = sys.modules.get(_SERVER)
    return server.state() if server else None


def share(state: Running) -> None:
    """Ask the server that another process has started."""
    import_module(_SERVER).take(state)


def renew() -> None:
    """Before a later run of the same process: what was given up is tried again."""
    if server := sys.modules.get(_SERVER):
        server.renew()


def end() -> None:
    """End what was started here."""
    if server := sys.modules.get(_SERVER):
        server.stop()


def identity(choice: Choice) -> str:
    """What tells this engine from one that might answer otherwise, beside installed libraries.

    No engine is started for it, though a server is asked. Raises `EngineError`.
    """
    found: str = _module(choice).identity(choice)
    return found


def _module(choice: Choice) -> ModuleType:
    return import_module(f"newslint.engines.{choice.name}")


def together(choice: Choice, asked: Iterable[Asked]) -> Choice:
    """The choice that serves several rules with one reading of an article."""
    several = list(asked)
    rules = frozenset[str]().union(*(one.rules for one in several))
    categories = frozenset[str]().union(*(one.categories for one in several))
    without = frozenset(rule for one in several for rule in one.without - rules if all(
        rule in other.without for other in several if other.categories & one.categories
    ))  # fmt: skip
    return replace(choice, asked=Asked(rules, categories, without))
