"""The copy of an article as plain bytes: cheap to search for what stands there twice."""

from __future__ import annotations

import string

from newslint.article import Article
from newslint.language import once
from newslint.matching import prose

_CAPITALS, _SMALL = string.ascii_uppercase.encode(), string.ascii_lowercase.encode()
_PLAIN = bytes.maketrans(_CAPITALS + b"\t\n\r", _SMALL + b"   ")
# Dashes and quotation marks are in UTF-8 E2 80 and 90 to 9F or A6; no-break spaces are here too. Of
# letters with such a byte only a part stays, everywhere the same one.
MARKS = string.punctuation.encode() + bytes([0xE2, 0x80, 0xC2, 0xA0, 0xA6, *range(0x90, 0xA0)])
"""The bytes of marks in UTF-8."""


@once
def plain_copy(article: Article) -> bytes:
    """All blocks, `plain`."""
    return _plain(prose(article).copy.encoded)


def plain(text: str) -> bytes:
    """Words in lower case, without marks, in UTF-8, with a space before each and at the end."""
    return _plain(text.encode("utf-8", "replace"))


def _plain(text: bytes) -> bytes:
    bare = text.translate(_PLAIN, MARKS)
    while b"  " in bare:
        bare = bare.replace(b"  ", b" ")
    return b" " + bare.strip() + b" "
