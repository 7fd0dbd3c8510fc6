"""What a rule takes over from an engine."""

from __future__ import annotations

from msgspec import Struct, field

from newslint.engines import Asked, Match

MOST_SHOWN = 3
"""Suggestions in the advice."""


class Chosen(Struct, frozen=True, forbid_unknown_fields=True, rename="kebab"):
    """What a rule takes over from an engine, by the engine's own names."""

    rules: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    without: tuple[str, ...] = ()
    """Rules of those categories that are left out."""
    except_: tuple[str, ...] = field(name="except", default=())
    """RE2: what overlaps one of these in the copy is left alone."""
    suggesting: bool = False
    """Only where the engine knows what should stand there instead."""

    @property
    def asked(self) -> Asked:
        """What the engine is to look for."""
        return Asked(frozenset(self.rules), frozenset(self.categories), frozenset(self.without))

    def has(self, match: Match) -> bool:
        """Whether the rule speaks for a match."""
        if match.rule in self.without or (self.suggesting and not match.suggestions):
            return False
        return match.rule in self.rules or match.category in self.categories
