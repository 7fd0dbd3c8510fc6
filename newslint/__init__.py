"""newslint: an editorial linter for news articles.

The public API: `check_text`, `check_paths`, and the types `Article`, `Finding` and `Rule`.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:  # “typing” is slow to import, and Ctrl-C is not heeded yet
    from typing import Any

__version__ = "0.1.0"

_HOMES = {
    "check_text": "newslint.api",
    "check_paths": "newslint.api",
    "Article": "newslint.article",
    "Finding": "newslint.finding",
    "Rule": "newslint.rule",
}

__all__ = ["Article", "Finding", "Rule", "__version__", "check_paths", "check_text"]


def __getattr__(name: str) -> Any:
    """Import what is asked for when it is asked for: the command line starts faster so."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(_HOMES[name]), name)
