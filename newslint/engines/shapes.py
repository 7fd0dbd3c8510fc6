"""What a LanguageTool server answers, as far as newslint reads it."""

from __future__ import annotations

from typing import TypeVar

from msgspec import DecodeError, Struct, ValidationError, field
from msgspec.json import decode

from newslint.engines import EngineError


class _Category(Struct):
    id: str


class _Rule(Struct):
    id: str
    category: _Category


class _Replacement(Struct):
    value: str = ""


class Found(Struct):
    """One match."""

    offset: int
    """In units of UTF-16, as is the length."""
    length: int
    message: str
    rule: _Rule
    replacements: list[_Replacement] = []


class _Warnings(Struct, rename="camel"):
    incomplete_results: bool = False


class Answer(Struct):
    """Of `/v2/check`."""

    matches: list[Found]
    warnings: _Warnings = field(default_factory=_Warnings)


class _Software(Struct, rename="camel"):
    name: str
    version: str
    build_date: str | None = None
    premium: bool = False


class Info(Struct):
    """Of `/v2/info`."""

    software: _Software


Shape = TypeVar("Shape", Answer, Info)


def shaped(body: bytes, shape: type[Shape], who: str) -> Shape:
    """An answer as LanguageTool gives it. Raises `EngineError` for any other, of server `who`."""
    try:
        return decode(body, type=shape)
    except ValidationError as error:
        instead = f"not as LanguageTool does ({error})"
    except (DecodeError, UnicodeDecodeError):
        page = body.lstrip()[:1] == b"<"
        instead = "with a web page, as networks do that want a login" if page else "without JSON"
    raise EngineError(f"{who} answers {instead}: is the address right?", everywhere=True)
