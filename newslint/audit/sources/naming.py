"""What a file is: by its suffix, then by its first bytes."""

from __future__ import annotations

import os

from newslint.readers import SUFFIXES

ARTICLE, JSONL, CSV, TSV, PARQUET, WARC, ZIP, TAR = (
    "article", "jsonl", "csv", "tsv", "parquet", "warc", "zip", "tar",
)  # fmt: skip
ARCHIVES = frozenset((ZIP, TAR))
_KINDS = {
    **dict.fromkeys(SUFFIXES, ARTICLE),
    ".jsonl": JSONL, ".ndjson": JSONL, ".jsonlines": JSONL, ".csv": CSV, ".tsv": TSV, ".tab": TSV,
    ".parquet": PARQUET, ".pq": PARQUET, ".warc": WARC, ".zip": ZIP, ".tar": TAR,
}  # fmt: skip
COMPRESSED = {
    ".gz": "gzip", ".gzip": "gzip", ".zst": "zstd", ".zstd": "zstd", ".bz2": "bzip2", ".xz": "xz",
}  # fmt: skip
"""How a file of this suffix is compressed."""
_SHORT = {".tgz": ".gz", ".tzst": ".zst", ".tbz2": ".bz2", ".tbz": ".bz2", ".txz": ".xz"}
_UNREAD = {
    ".json": "a JSON document: make lines of it with jq -c '.[]' FILE > FILE.jsonl",
    ".xlsx": "a workbook: save the sheet as CSV (UTF-8)",
    ".xls": "a workbook: save the sheet as CSV (UTF-8)",
    ".ods": "a workbook: save the sheet as CSV (UTF-8)",
    ".docx": "a word processor's document: save it as HTML or text",
    ".doc": "a word processor's document: save it as HTML or text",
    ".odt": "a word processor's document: save it as HTML or text",
    ".rtf": "a word processor's document: save it as HTML or text",
    ".epub": "a book: unpack it (it is a zip of HTML files)",
    ".pdf": "a PDF: make text of it, with pdftotext for one",
    ".xml": "XML, which has no one way to hold articles: make JSONL, CSV or files of it",
    ".sql": "a database's commands: load it and export the table of articles as CSV",
    ".sqlite": "a database: export the table of articles as CSV",
    ".db": "a database: export the table of articles as CSV",
    ".arrow": "Arrow data: write it as Parquet",
    ".feather": "Arrow data: write it as Parquet",
    ".orc": "ORC: write it as Parquet",
    ".avro": "Avro: write it as Parquet or JSONL",
    ".7z": "a 7z archive: unpack it, or make a zip or tar of it",
    ".rar": "a rar archive: unpack it, or make a zip or tar of it",
    ".lz4": "packed with lz4: unpack it, or pack it with zstd or gzip",
    ".br": "packed with brotli: unpack it, or pack it with zstd or gzip",
}
"""Suffixes of what newslint does not read, and what to do."""
_TAR_AT, _TAR = 257, b"ustar"


def suffixes(name: str) -> tuple[str, str]:
    """The suffix that says what a file is, and the one that says how it is compressed."""
    bare, last = os.path.splitext(os.path.basename(name).lower())
    if last in _SHORT:
        return ".tar", _SHORT[last]
    if last in COMPRESSED:
        return os.path.splitext(bare)[1], last
    return last, ""


def kind_of(name: str, head: bytes = b"") -> str:
    """One of the kinds above; an article where nothing says otherwise."""
    suffix, _ = suffixes(name)
    known = _KINDS.get(suffix)
    if known == ARTICLE or (suffix in _UNREAD and suffix != ".json"):
        return ARTICLE
    return _by_head(head) or known or (JSONL if _is_lines(head) else ARTICLE)


def taken(name: str) -> bool:
    """Whether a walk of a folder takes a file up: articles and dumps, no archives of files."""
    return _KINDS.get(suffixes(name)[0], ZIP) not in ARCHIVES


def within(name: str) -> bool:
    """Whether a file in an archive of files is read: an article, a dump, or another archive."""
    return suffixes(name)[0] in _KINDS


def unread(name: str) -> str:
    """What a file is that newslint does not read, and what to do; nothing where it may read it."""
    return _UNREAD.get(suffixes(name)[0], "")


def _by_head(head: bytes) -> str | None:
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")):
        return ZIP
    if head.startswith(b"PAR1"):
        return PARQUET
    if head.startswith(b"WARC/"):
        return WARC
    return TAR if head[_TAR_AT : _TAR_AT + len(_TAR)] == _TAR else None


def _is_lines(head: bytes) -> bool:
    """Whether it begins with a whole JSON object on its first line, or as much as can be seen."""
    first = head.removeprefix(b"\xef\xbb\xbf").lstrip().partition(b"\n")[0]
    return first.startswith(b'{"') and len(first) > 2
