"""Bytes to text: encodings, byte order marks, and what is refused."""

from __future__ import annotations

import codecs
import tracemalloc

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newslint.readers.decode import MAX_BYTES, UndecodableError, decode

ENGLISH = "The mayor said “we don’t know” – café prices in Zürich rose, and the façade fell.\n"
GERMAN = "Die Bürgermeisterin sagte, die Brücke müsse schließen. „Wir prüfen das“, hieß es.\n"
POLISH = "Burmistrz powiedziała, że wzięli udział w zjeździe, a żółw źle wpłynął na rzekę.\n"
RUSSIAN = "Мэр заявила, что новый мост через реку откроют на следующей неделе.\n"
JAPANESE = "市長は火曜日の記者会見で、新しい橋の建設計画を発表した。住民の多くは反対している。\n"


@pytest.mark.parametrize(
    ("data", "text", "encoding", "bom"),
    [
        (b"", "", "utf-8", False),
        (b"plain", "plain", "utf-8", False),
        ("“Møre” \U0001f309".encode(), "“Møre” \U0001f309", "utf-8", False),
        (codecs.BOM_UTF8 + "é\r\nb".encode(), "é\r\nb", "utf-8", True),
        (codecs.BOM_UTF16_LE + "“é”".encode("utf-16-le"), "“é”", "utf-16-le", True),
        (codecs.BOM_UTF16_BE + "“é”".encode("utf-16-be"), "“é”", "utf-16-be", True),
        (codecs.BOM_UTF32_LE + "“é”".encode("utf-32-le"), "“é”", "utf-32-le", True),
        (codecs.BOM_UTF32_BE + "“é”".encode("utf-32-be"), "“é”", "utf-32-be", True),
        (b"a\rb\x0cc", "a\rb\x0cc", "utf-8", False),
        (b"one stray \x1b[31m control", "one stray \x1b[31m control", "utf-8", False),
    ],
)
def test_unicode(data: bytes, text: str, encoding: str, bom: bool) -> None:
    decoded = decode(data)
    assert (decoded.text, decoded.encoding, decoded.bom) == (text, encoding, bom)
    assert (decoded.notice is None) == (encoding == "utf-8")


@pytest.mark.parametrize(
    ("text", "codec", "name"),
    [
        (ENGLISH, "cp1252", "windows-1252"),
        ("It’s closed.", "cp1252", "windows-1252"),
        ("Smith’s “bridge” fell.", "mac_roman", "macintosh"),
        (ENGLISH, "mac_roman", "macintosh"),
        (GERMAN, "cp1252", "windows-1252"),
        (POLISH * 3, "cp1250", "windows-1250"),
        (RUSSIAN * 3, "cp1251", "windows-1251"),
        (RUSSIAN * 3, "koi8_r", "koi8-r"),
        (JAPANESE * 3, "shift_jis", "shift_jis"),
        (JAPANESE * 3, "euc_jp", "euc-jp"),
    ],
)
def test_legacy_encodings_are_detected_and_named(text: str, codec: str, name: str) -> None:
    decoded = decode(text.encode(codec))
    assert decoded.text == text
    assert decoded.encoding == name
    assert decoded.notice is not None
    assert f"decoded as {name}, not UTF-8" in decoded.notice


def test_a_page_that_declares_its_encoding_is_believed() -> None:
    page = f'<html><head><meta charset="windows-1251"></head><body>{RUSSIAN}</body></html>'
    assert decode(page.encode("cp1251")).text == page
    # Browsers read ISO 8859-1 as windows-1252, whose curly quotes it lacks.
    page = '<meta charset="iso-8859-1"><p>“Café”</p>'
    assert decode(page.encode("cp1252")).text == page
    page = '<meta charset="no-such-thing"><p>“Café”</p>'
    assert decode(page.encode("cp1252")).text == page


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"\x89PNG\r\n\x1a\n....", "PNG"),
        (b"\xff\xd8\xff\xe0 JFIF", "JPEG"),
        (b"%PDF-1.7\n", "PDF"),
        (b"PK\x03\x04word", "ZIP"),
        (b"\x1f\x8b\x08", "gzip"),
        (b"{\\rtf1 Hello}", "RTF"),
        (b"text with \0 in it", "NUL"),
        (bytes(range(1, 9)) * 10 + b"abc", "control characters"),
        (codecs.BOM_UTF8 + b"a\0b", "binary"),
    ],
)
def test_binary_is_refused(data: bytes, words: str) -> None:
    with pytest.raises(UndecodableError) as caught:
        decode(data)
    assert caught.value.code == "not-text"
    assert words in caught.value.message


def test_utf16_without_a_mark_is_told_apart_from_binary() -> None:
    with pytest.raises(UndecodableError, match="UTF-16 without a byte order mark") as caught:
        decode("The bridge is closed.".encode("utf-16-le"))
    assert caught.value.code == "unreadable"


@pytest.mark.parametrize(
    ("data", "place"),
    [
        ("“One” and “two” – three.\n".encode() + b"caf\xe9", "byte 38 (line 2)"),
        ("“One” and “two”".encode()[:-1], "byte 20 (line 1)"),
    ],
)
def test_damaged_utf8_is_named_not_guessed(data: bytes, place: str) -> None:
    with pytest.raises(UndecodableError) as caught:
        decode(data)
    assert caught.value.code == "unreadable"
    assert place in caught.value.message


def test_damaged_utf16() -> None:
    with pytest.raises(UndecodableError, match="byte 4 ") as caught:
        decode(codecs.BOM_UTF16_LE + b"a\0b")
    assert caught.value.code == "unreadable"


def test_a_file_too_large_is_refused_at_once() -> None:
    line = b"x" * 20_000_000
    tracemalloc.start()
    with pytest.raises(UndecodableError, match=r"20\.0 MB.*up to 8 MB: split it") as caught:
        decode(line)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert caught.value.code == "unreadable"
    assert peak < 1_000_000
    assert decode(b"x" * MAX_BYTES).text == "x" * MAX_BYTES


@settings(max_examples=150)
@given(st.text(st.characters(exclude_categories=["Cs", "Cc"])))
def test_any_text_survives(text: str) -> None:
    text = text.lstrip("\ufeff")
    assert decode(text.encode()).text == text
    assert decode(codecs.BOM_UTF16_BE + text.encode("utf-16-be")).text == text


@settings(max_examples=150)
@given(st.binary(max_size=300))
def test_any_bytes_are_text_or_refused(data: bytes) -> None:
    try:
        decoded = decode(data)
    except UndecodableError as refused:
        assert refused.code in ("not-text", "unreadable")
        assert refused.message
    else:
        assert decoded.bom or decoded.notice or decoded.text.encode() == data
