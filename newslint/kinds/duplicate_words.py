"""The words of an article as bytes: plain, cheap, for counting what stands there twice."""

from __future__ import annotations

import string

from newslint.article import Article
from newslint.language import once
from newslint.matching import prose

_CAPITALS, _SMALL = string.ascii_uppercase.encode(), string.ascii_lowercase.encode()
_MARKS = bytes(code for code in range(128) if not chr(code).isalnum())
# Dashes and quotation marks, which in UTF-8 are E2 80 and 90 to 9F, and no-break spaces. Of letters
# with such a byte only pieces stay, the same ones everywhere.
_MARKS += bytes([0xE2, 0x80, 0xC2, 0xA0, 0xA6, *range(0x90, 0xA0)])
_CURLED = "’".encode()
_PLAIN = bytes.maketrans(_CAPITALS + _MARKS, _SMALL + b" " * len(_MARKS))


@once
def plain_words(article: Article) -> list[bytes]:
    """The words of all blocks, lower case, without marks and apostrophes, in UTF-8."""
    return _split(prose(article).copy.encoded)


def plain(text: str) -> list[bytes]:
    """The words of a text, in the same way."""
    return _split(text.encode())


def _split(text: bytes) -> list[bytes]:
    return text.replace(_CURLED, b"").translate(_PLAIN, b"'").split()
