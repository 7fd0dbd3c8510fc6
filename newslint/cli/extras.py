"""Commands that need an extra: what to install where it is missing."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from newslint.errors import Error, NewslintError

LIBRARIES = {
    "audit": ("duckdb", "fastwarc", "pyarrow", "rensa", "trafilatura", "zstandard"),
    "spark": ("pandas", "py4j", "pyspark"),
}
"""The modules that each extra brings."""


@contextmanager
def needing(what: str) -> Iterator[None]:
    """Within, a missing library of an extra is a `NewslintError` that says what to install."""
    try:
        yield
    except ModuleNotFoundError as missing:
        library = (missing.name or "").split(".")[0]
        for extra, libraries in LIBRARIES.items():
            if library in libraries:
                message = f'{what} needs {library}: pip install "newslint[{extra}]"'
                raise NewslintError(Error("", "config", message)) from None
        raise
