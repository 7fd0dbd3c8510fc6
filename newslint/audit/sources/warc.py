"""Web archives: the pages of a crawl, each as it was answered.

An article is an HTML page that was answered with status 200 (a `response`), or that somebody put
into the archive as it is (a `resource`). Requests, pictures, redirects and the like are no articles
and are passed over. A page is found again by the bytes before its record.
"""

from __future__ import annotations

import codecs
import io
import re
from collections.abc import Callable, Iterator
from typing import IO, Literal

from fastwarc.warc import ArchiveIterator, WarcRecord, WarcRecordType

from newslint.audit.record import Record
from newslint.audit.sources.framing import Framed, framed
from newslint.audit.sources.rows import failed
from newslint.readers.decode import MAX_BYTES, UndecodableError, decode, too_large
from newslint.reports.wording import plural

_TYPE = re.compile(rb"^warc-type:[ \t]*([a-z]+)", re.I | re.M)
_ADDRESS = re.compile(rb"^warc-target-uri:[ \t]*<?([^\s>]*)", re.I | re.M)
_HTML_TYPES = ("text/html", "application/xhtml+xml")
_HTML_ANSWER = re.compile(rb"^content-type:[ \t]*(?:text/html|application/xhtml)", re.I | re.M)
_LOOKS_LIKE_HTML = re.compile(
    rb"\s*(?:<\?xml[^>]*>\s*)?<(?:!doctype\s+html|html|head|body)\b", re.I
)
_MARKS = (codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_AS_BROWSERS_DO = {"iso8859-1": "cp1252", "ascii": "cp1252", "gb2312": "gb18030"}
_DECLARED = re.compile(rb"<meta[^>]{1,200}?charset\s*=\s*[\"']?\s*([\w-]{3,20})", re.I)
_HEAD = 4096
"""Bytes of a page in which its charset is looked for."""
OK = 200
_PAGES = (b"response", b"resource")
_KNOWN = frozenset(
    (*_PAGES, b"warcinfo", b"request", b"metadata", b"revisit", b"conversion", b"continuation")
)
_ANSWER = re.compile(rb"\r?\n\r?\nHTTP/1\.\d \d\d\d")
_NO_HEAD = "the head of this record cannot be read"

Tell = Callable[[str], None]
"""Is told what a person should know of an archive as a whole."""


def of_warc(file: IO[bytes], source: str, tell: Tell = lambda _: None) -> Iterator[Record]:
    """The pages of a web archive, which is read once from beginning to end.

    What is damaged becomes a record with an error, and what follows it is read on. An archive
    without a page is an error too.
    """
    seen, again, nothing = 0, 0, True
    found: Record | None
    try:
        for part in framed(file):
            seen += 1
            kind = _TYPE.search(part.data[:_HEAD])
            name = kind[1].lower() if kind else b""
            again += name == b"revisit"
            if part.damage:
                found = _damage(part, source)
            elif name in _KNOWN:
                found = _page(part, source) if name in _PAGES else None
            else:
                found = _failed(source, part.offset, "unreadable", _NO_HEAD)
            if found:
                nothing = False
                yield found
    except OSError as error:
        yield failed(source, "unreadable", error.strerror or str(error))
    if nothing:
        what = "holds no web page that was answered with status 200"
        yield failed(source, "no-articles", f"{what}, in {plural(seen, 'record')}")
    if again:
        tell(f"{source}: passed over {plural(again, 'record')} of pages met again unchanged")


def _damage(part: Framed, source: str) -> Record:
    message = f"the archive is damaged here: {part.damage}; {part.size:,} bytes passed over"
    return _failed(source, part.offset, "unreadable", message)


def _failed(source: str, offset: int, code: str, message: str, url: str | None = None) -> Record:
    return Record(
        source=source, record=offset, locator=f"{source}@{offset}", url=url,
        code=code, message=message,
    )  # fmt: skip


def _page(part: Framed, source: str) -> Record | None:
    """The page in a record; None where it holds none."""
    if part.size > len(part.data):
        return _oversized(part, source)
    try:
        record = _parsed(part.data, "none")
    except (OSError, StopIteration):
        return _failed(source, part.offset, "unreadable", _NO_HEAD)
    answered = record.record_type == WarcRecordType.response
    if answered and record.http_headers is None and _ANSWER.search(part.data[:_HEAD]):
        return _failed(source, part.offset, "unreadable", _NO_HEAD)
    url = (record.headers.get("WARC-Target-URI") or "").strip("<>") or None
    if not _answered(record):
        return None
    data = _content(part.data, record)
    if not _is_html(record, data):
        return None
    if len(data) > MAX_BYTES:
        return _failed(source, part.offset, "unreadable", too_large(len(data), "page"), url)
    try:
        text = _text(data, record.http_charset)
    except UndecodableError as error:
        return _failed(source, part.offset, error.code, error.message, url)
    return Record(
        source=source, record=part.offset, locator=f"{source}@{part.offset}",
        content=text.encode("utf-8", "replace"), format="page", url=url,
    )  # fmt: skip


def _oversized(part: Framed, source: str) -> Record | None:
    """What is said of a page that is too large to be read; nothing of a film."""
    if not _HTML_ANSWER.search(part.data):
        return None
    address = _ADDRESS.search(part.data)
    url = address[1].decode("utf-8", "replace") if address else None
    return _failed(source, part.offset, "unreadable", too_large(part.size, "page"), url)


def _parsed(data: bytes, decoding: Literal["none", "all"]) -> WarcRecord:
    return next(iter(ArchiveIterator(io.BytesIO(data), auto_decode=decoding)))


def _answered(record: WarcRecord) -> bool:
    """Whether the page was there: answered with 200, or put into the archive as it is."""
    if record.http_headers is None:
        return record.record_type == WarcRecordType.resource
    return record.http_headers.status_code == OK


def _content(data: bytes, record: WarcRecord) -> bytes:
    """The page as its server meant it; as it lies there where it is not packed as it says."""
    try:
        return _read(_parsed(data, "all"))
    except OSError:  # some crawlers keep a head that no longer holds
        return _read(record)


def _read(record: WarcRecord) -> bytes:
    content: bytes = record.reader.read(MAX_BYTES + 1)
    return content


def _is_html(record: WarcRecord, data: bytes) -> bool:
    declared = record.http_content_type or ""
    if record.http_headers is None:
        declared = record.headers.get("Content-Type", "").split(";")[0]
    if declared:
        return declared.strip().lower() in _HTML_TYPES
    return _LOOKS_LIKE_HTML.match(data) is not None


def _text(data: bytes, charset: str | None) -> str:
    """The page as text: UTF-8 where it is, else what its head or the page itself declares.

    Raises `UndecodableError` where it is no text. Line ends stay as they are.
    """
    if data.startswith(_MARKS) or b"\0" in data[:_HEAD]:
        return decode(data).text
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        declared = _DECLARED.search(data, 0, _HEAD)
        names = (charset or "", declared[1].decode("ascii") if declared else "")
    for codec in filter(None, map(_codec, names)):
        return data.decode(codec, "replace")
    return decode(data).text


def _codec(name: str) -> str | None:
    """Python's name of an encoding as browsers understand it; None where they do not know it."""
    try:
        known = codecs.lookup(name.strip("\"' ")).name
    except (LookupError, ValueError):
        return None
    known = _AS_BROWSERS_DO.get(known, known)
    return known if codecs.lookup(known)._is_text_encoding else None
