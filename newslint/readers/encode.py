"""Text back to bytes: as the file was, in its encoding and with its byte order mark."""

from __future__ import annotations

from newslint.readers.decode import Decoded, bom_of, codecs_of, decode


class UnencodableError(Exception):
    """A text that cannot stand in a file of this encoding; the message says what to do."""


def encode(text: str, like: bytes) -> bytes:
    """The text in the encoding of a file, read back to make sure. Raises `UnencodableError`."""
    was = decode(like)
    name = _codec(was, like)
    try:
        data = bom_of(was) + text.encode(name)
    except UnicodeEncodeError as error:
        character = text[error.start]
        raise UnencodableError(
            f"“{character}” (U+{ord(character):04X}) has no place in {was.encoding}: "
            "save the file as UTF-8"
        ) from None
    if decode(data).text != text:
        raise UnencodableError(f"would no longer be read as {was.encoding}: save the file as UTF-8")
    return data


def _codec(was: Decoded, data: bytes) -> str:
    """Python's name of the encoding; several may share the name that browsers use."""
    for name in codecs_of(was.encoding):
        try:
            if bom_of(was) + was.text.encode(name) == data:
                return name
        except UnicodeEncodeError:
            continue
    raise UnencodableError(f"its bytes are not regular {was.encoding}: save the file as UTF-8")
