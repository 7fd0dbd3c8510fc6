"""What a newsroom knows before it reads an article: its words, its people, its lexicons."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache, cached_property
from pathlib import Path

from msgspec import Struct

from newslint.engines import HARPER, Choice
from newslint.language.lexicon import Lexicons
from newslint.lexicons import FOLDER, Changes, changed, shelf
from newslint.paths import shipped_root
from newslint.roster import Roster
from newslint.yamlfile import Yaml

NOBODY = Roster()


class Reference(Struct, frozen=True, eq=False, dict=True):
    """The shelf that every rule may consult."""

    lexicons: Lexicons
    people: Roster = NOBODY
    words: tuple[str, ...] = ()
    """The spellings of `words:`, in their order."""
    engine: Choice = HARPER
    """Which engine rules of grammar ask."""

    def lexicons_with(self, changes: Changes) -> Lexicons:
        """The lexicons as a rule's options change them. Raises `ValueError`."""
        return changed(self.lexicons, changes)

    @cached_property
    def known_words(self) -> frozenset[str]:
        """`words` as a set."""
        return frozenset(self.words)


@cache
def shipped() -> Reference:
    """What newslint itself brings: lexicons, and neither people nor words."""
    return build((), {}, Yaml(None, {}, "", "config"))


def build(
    own: Iterable[tuple[Path, str]], changes: Changes, config: Yaml,
    people: Roster = NOBODY, words: tuple[str, ...] = (), engine: Choice = HARPER,
) -> Reference:  # fmt: skip
    """The shelf of a run; `own` are files with what messages call them.

    Raises `NewslintError` for a lexicon of the newsroom that is wrong.
    """
    return Reference(shelf(shipped_root() / FOLDER, own, changes, config), people, words, engine)
