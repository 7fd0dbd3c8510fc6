"""Bytes to text: UTF-8 first, then what a byte order mark or the bytes themselves tell."""

from __future__ import annotations

import codecs
import re

from msgspec import Struct

from newslint.later import compiled_later

MAX_BYTES = 8_000_000
"""Larger files are refused: no article is that long, and memory stays bounded."""

SAMPLE = 64 * 1024
"""Bytes looked at to tell binary from text and one legacy encoding from another."""


class Decoded(Struct, frozen=True):
    """A file as text, without its byte order mark."""

    text: str
    encoding: str
    """As browsers name it: `utf-8`, `windows-1252`, …"""
    bom: bool = False
    notice: str | None = None
    """For the reader of the report, where the encoding is not what it should be."""


class UndecodableError(Exception):
    """Bytes that are no text, or text that cannot be read for certain."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code
        """`not-text` or `unreadable`."""
        self.message = message


_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # begins like UTF-16's, so it is asked first
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_MAGIC = (
    (b"\x89PNG\r\n\x1a\n", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF87a", "a GIF image"),
    (b"GIF89a", "a GIF image"),
    (b"%PDF-", "a PDF document"),
    (b"PK\x03\x04", "a ZIP archive or an office document"),
    (b"PK\x05\x06", "a ZIP archive"),
    (b"\x1f\x8b", "gzip data"),
    (b"BZh91AY&SY", "bzip2 data"),
    (b"\xfd7zXZ\x00", "xz data"),
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive"),
    (b"\x28\xb5\x2f\xfd", "zstd data"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old office document"),
    (b"{\\rtf", "an RTF document"),
    (b"\x7fELF", "a program"),
    (b"SQLite format 3\x00", "a database"),
    (b"wOFF", "a font"),
    (b"wOF2", "a font"),
    (b"version https://git-lfs.github.com/", "a pointer of Git LFS (git lfs pull gets the file)"),
)
_CONTROLS = bytes(set(range(32)) - set(b"\t\n\v\f\r\x1b"))
_SAVE_AS = "save it as UTF-8"


def too_large(size: int, what: str = "file") -> str:
    """What to say of a file (or `what` else) of so many bytes, more than `MAX_BYTES`."""
    remedy = ": split it or exclude it" if what == "file" else ""
    limit = f"{MAX_BYTES / 1e6:.0f} MB"
    return f"the {what} is {size / 1e6:.1f} MB; newslint reads articles up to {limit}{remedy}"


def bom_of(decoded: Decoded) -> bytes:
    """The byte order mark that the file begins with, or nothing."""
    return next(m for m, name in _BOMS if name == decoded.encoding) if decoded.bom else b""


def codecs_of(encoding: str) -> list[str]:
    """Python's names of an encoding as browsers name it, the likeliest first."""
    return [name for name, common in _NAMES.items() if common == encoding] or [encoding]


def decode(data: bytes) -> Decoded:
    """The text of a file; raises `UndecodableError` where there is none."""
    if len(data) > MAX_BYTES:
        raise UndecodableError("unreadable", too_large(len(data)))
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return _with_bom(data, mark, encoding)
    _refuse_binary(data)
    try:
        return Decoded(data.decode("utf-8"), "utf-8")
    except UnicodeDecodeError as error:
        _refuse_damaged_utf8(data, error)
    return _legacy(data)


def _with_bom(data: bytes, mark: bytes, encoding: str) -> Decoded:
    try:
        text = data[len(mark) :].decode(encoding)
    except UnicodeDecodeError as error:
        place = len(mark) + error.start
        raise UndecodableError(
            "unreadable",
            f"byte {place} does not fit the {encoding.upper()} that the file begins with: "
            f"{_SAVE_AS}",
        ) from None
    sample = text[:SAMPLE]
    if "\0" in sample or _share_of_controls(sample.encode("utf-8", "replace")) > 0.1:
        raise UndecodableError("not-text", "binary data, not an article")
    notice = None if encoding == "utf-8" else f"decoded as {encoding.upper()}, not UTF-8"
    return Decoded(text, encoding, True, notice)


def _refuse_binary(data: bytes) -> None:
    for magic, name in _MAGIC:
        if data.startswith(magic):
            raise UndecodableError("not-text", f"{name}, not an article")
    if b"\0" in data:
        even, odd = data[:SAMPLE:2].count(0), data[1:SAMPLE:2].count(0)
        if max(even, odd) > 5 * min(even, odd) and max(even, odd) * 5 > min(len(data), SAMPLE):
            raise UndecodableError(
                "unreadable", f"looks like UTF-16 without a byte order mark: {_SAVE_AS}"
            )
        raise UndecodableError("not-text", "binary data (it holds NUL bytes), not an article")
    if _share_of_controls(data[:SAMPLE]) > 0.1:
        raise UndecodableError("not-text", "binary data (many control characters), not an article")


def _share_of_controls(sample: bytes) -> float:
    return 1 - len(sample.translate(None, _CONTROLS)) / len(sample) if sample else 0.0


def _refuse_damaged_utf8(data: bytes, error: UnicodeDecodeError) -> None:
    """UTF-8 with a few wrong bytes is damaged, and no other encoding would mend it.

    Legacy text holds next to no valid UTF-8 sequence by accident, so three valid ones for each
    wrong place settle it.
    """
    text = data.decode("utf-8", "surrogateescape")
    wrong = len(re.findall("[\udc80-\udcff]+", text))
    right = len(re.findall("[\x80-\ud7ff\ue000-\U0010ffff]", text))
    if right < 3 * wrong:
        return
    line = data.count(b"\n", 0, error.start) + 1
    what = "1 place is" if wrong == 1 else f"{wrong} places are"
    raise UndecodableError(
        "unreadable",
        f"{what} not UTF-8 although the rest is, the first at byte {error.start} "
        f"(line {line}): restore the damaged character and {_SAVE_AS}",
    )


# Python's names, and those that browsers use; in the order of preference.
_NAMES = {
    "cp1252": "windows-1252",
    "mac_roman": "macintosh",
    "cp1250": "windows-1250",
    "cp1251": "windows-1251",
    "koi8_r": "koi8-r",
    "koi8_u": "koi8-u",
    "cp1253": "windows-1253",
    "cp1254": "windows-1254",
    "cp1255": "windows-1255",
    "cp1256": "windows-1256",
    "cp1257": "windows-1257",
    "iso8859_2": "iso-8859-2",
    "iso8859_15": "iso-8859-15",
    "shift_jis": "shift_jis",
    "cp932": "shift_jis",
    "euc_jp": "euc-jp",
    "gb18030": "gb18030",
    "big5": "big5",
    "euc_kr": "euc-kr",
    "cp949": "euc-kr",
    "cp850": "ibm850",
    "cp437": "ibm437",
}
_JUDGED_HERE = ("cp1252", "mac_roman", "cp1250")
"""Judged by how words look in them; the rest is left to charset_normalizer."""
_AS_BROWSERS_DO = {
    "iso8859-1": "cp1252",
    "ascii": "cp1252",
    "latin_1": "cp1252",
    "gb2312": "gb18030",
}
_DECLARED = compiled_later(rb"""charset\s*=\s*["']?\s*([a-z0-9_-]{3,20})""", re.IGNORECASE)
_BEYOND_ASCII = compiled_later(r"(?=(.[^\x00-\x7f].))", re.DOTALL)
_SIGNS_IN_WORDS = "’‘–—…·‑/"
_MAC_QUOTES_IN_CP1252 = "ÒÓ"


def _legacy(data: bytes) -> Decoded:
    declared = _declared(data)
    for encoding in (*declared, *_JUDGED_HERE):
        text = _try(data, encoding)
        if text is not None and (encoding in declared or _plausible(text)):
            return _named(text, encoding)
    detected = _detect(data)
    text = _try(data, detected) if detected else None
    if detected is None or text is None:
        raise UndecodableError(
            "unreadable", f"neither UTF-8 nor an encoding that is known: {_SAVE_AS}"
        )
    return _named(text, detected)


def _named(text: str, encoding: str) -> Decoded:
    name = _NAMES.get(encoding, encoding)
    return Decoded(text, name, False, f"decoded as {name}, not UTF-8: {_SAVE_AS}")


def _try(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except (UnicodeDecodeError, LookupError):
        return None


def _declared(data: bytes) -> tuple[str, ...]:
    """What an HTML page says of itself; ISO 8859-1 means windows-1252 there."""
    match = _DECLARED.search(data, 0, 2048)
    if match is None:
        return ()
    try:
        name = codecs.lookup(match[1].decode("ascii")).name
    except LookupError:
        return ()
    name = _AS_BROWSERS_DO.get(name, name).replace("-", "_")
    return (name,) if name in _NAMES else ()


def _plausible(text: str) -> bool:
    """Prose in Latin letters: few of them beyond ASCII, and none where no word has one."""
    sample = f" {text[:SAMPLE]} "
    around = _BEYOND_ASCII.findall(sample)
    letters = sum(three[1].isalpha() for three in around)
    odd = sum(map(_odd, around))
    return odd * 8 <= len(around) and letters * 3 <= sum(map(str.isalpha, sample))


def _odd(three: str) -> bool:
    """Whether a character looks misread between its neighbours: `nÕt`, `b³ê`, `Ò`."""
    before, char, after = three[0], three[1], three[2]
    if not char.isalpha():
        return before.isalpha() and after.isalpha() and char not in _SIGNS_IN_WORDS
    if char in _MAC_QUOTES_IN_CP1252 and not (before.isalpha() and after.isalpha()):
        return True
    return char.isupper() and before.islower() and not after.isupper()


def _detect(data: bytes) -> str | None:
    from charset_normalizer import from_bytes

    sample = data[:SAMPLE]
    cut = sample.rfind(b"\n") if len(data) > SAMPLE else -1
    others = [name for name in _NAMES if name not in (*_JUDGED_HERE, "iso8859_15")]
    best = from_bytes(sample[:cut] if cut > 0 else sample, cp_isolation=others).best()
    return best.encoding if best else None
