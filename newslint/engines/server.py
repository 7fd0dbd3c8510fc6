"""A LanguageTool server of newslint's own: one for all workers, started when it is first needed."""

from __future__ import annotations

from newslint.engines import EngineError

MISSING = "the engine LanguageTool is not installed: pip install 'newslint[languagetool]'"

_address = ""


def started() -> str:
    """The address of the server, which is started if need be. Raises `EngineError`."""
    if not _address:
        raise EngineError(MISSING, everywhere=True)
    return _address


def identity() -> str:
    """Which LanguageTool would be started. Raises `EngineError` where there is none."""
    raise EngineError(MISSING, everywhere=True)
