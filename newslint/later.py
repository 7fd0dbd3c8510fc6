"""Regular expressions that are compiled when they are first used.

A run over one article uses half of those that stand in the modules, and compiling the others costs
more than checking the article.
"""

from __future__ import annotations

import re
from typing import Any, AnyStr, cast


class _Later:
    """Stands for a pattern, and becomes as fast as one with the first use of each method."""

    def __init__(self, pattern: str | bytes, flags: int) -> None:
        self._pattern = pattern
        self._flags = flags

    def __getattr__(self, name: str) -> Any:
        found = getattr(re.compile(self._pattern, self._flags), name)  # `re` keeps what it compiled
        setattr(self, name, found)
        return found


def compiled_later(pattern: AnyStr, flags: int = 0) -> re.Pattern[AnyStr]:
    """A stand-in for `re.compile(pattern, flags)`. A mistake shows when it is first used."""
    return cast("re.Pattern[AnyStr]", _Later(pattern, flags))
