"""Where the articles of an archive lie: whatever is written is read, and what is lost is told."""

from __future__ import annotations

import bz2
import csv
import gzip
import io
import json
import lzma
import os
import random
import tarfile
import zipfile
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import zstandard
from conftest import Repository
from hypothesis import given, settings
from hypothesis import strategies as st

from newslint import config
from newslint.audit import fields
from newslint.audit.fields import Fields
from newslint.audit.record import Record, batch_of
from newslint.audit.sources import guesses, identity, records, records_in
from newslint.audit.sources.member import Member, of_members
from newslint.config import Request
from newslint.errors import NewslintError

ASKED = fields.parse("headline=title,body=text")
TEXT = st.text(
    st.characters(exclude_categories=["Cs"], exclude_characters="\0\r"), max_size=60
)  # fmt: skip
ROWS = st.lists(st.tuples(TEXT, TEXT), min_size=1, max_size=12)
PACKED: dict[str, Callable[[bytes], bytes]] = {
    "": bytes,
    ".gz": lambda data: gzip.compress(data, mtime=0),
    ".zst": zstandard.ZstdCompressor(write_checksum=True).compress,
    ".bz2": bz2.compress,
    ".xz": lzma.compress,
}


def jsonl(rows: list[tuple[str, str]]) -> bytes:
    return b"".join(json.dumps({"title": t, "text": x}).encode() + b"\n" for t, x in rows)


def table(rows: list[tuple[str, str]], delimiter: str = ",") -> bytes:
    out = io.StringIO()
    writer = csv.writer(out, delimiter=delimiter, lineterminator="\r\n", quoting=csv.QUOTE_ALL)
    writer.writerows([("title", "text"), *rows])
    return out.getvalue().encode()


def parquet(rows: list[tuple[str, str]]) -> bytes:
    out = io.BytesIO()
    titles, texts = ([row[at] for row in rows] for at in (0, 1))
    pq.write_table(pa.table({"title": titles, "text": texts}), out, row_group_size=3)
    return out.getvalue()


WRITERS: dict[str, Callable[[list[tuple[str, str]]], bytes]] = {
    "a.jsonl": jsonl, "a.csv": table, "a.tsv": lambda rows: table(rows, "\t"), "a.parquet": parquet,
}  # fmt: skip


def read(name: str, data: bytes, asked: Fields = ASKED) -> list[Record]:
    return list(records_in(name, io.BytesIO(data), asked))


def shown(found: list[Record]) -> list[tuple[int, str | None, str]]:
    assert [record.message for record in found if record.code] == []
    return [(record.record, record.headline, record.content.decode()) for record in found]


def losses(found: list[Record]) -> list[str]:
    return [record.message for record in found if record.code]


def noise(count: int, seed: int = 1) -> list[tuple[str, str]]:
    """Rows that can hardly be compressed."""
    made = random.Random(seed)
    return [(f"Head {n}", f"{made.getrandbits(6000):x}") for n in range(count)]


class Archive(Repository):
    def records(self, *paths: str, asked: Fields = ASKED) -> list[Record]:
        self.told: list[tuple[str, str]] = []
        before = os.getcwd()
        os.chdir(self.root)
        try:
            chosen = config.settle(Request())
            tell = lambda *words: self.told.append(words)  # noqa: E731
            return list(records(paths, chosen, asked, tell))
        finally:
            os.chdir(before)


@pytest.fixture
def archive(tmp_path: Path) -> Archive:
    made = Archive(tmp_path / "archive")
    made.desk("id: plain-use\n")
    return made


@pytest.mark.parametrize("packed", PACKED)
@pytest.mark.parametrize("name", WRITERS)
@given(rows=ROWS)
@settings(max_examples=6, deadline=None)
def test_every_row_comes_back_with_its_number(
    name: str, packed: str, rows: list[tuple[str, str]]
) -> None:
    data = PACKED[packed](WRITERS[name](rows))
    found = read(name + packed, data)
    expected = [(n, title.strip(), text) for n, (title, text) in enumerate(rows, 1)]
    assert shown(found) == expected
    assert [record.locator for record in found] == [
        f"{name}{packed}:{n}" for n in range(1, len(rows) + 1)
    ]


@pytest.mark.parametrize("packed", PACKED)
@pytest.mark.parametrize(
    "name", ["a.jsonl", "a.csv", "a.tsv", "a.parquet", "a.tar", "a.zip", "a.md"]
)
def test_a_file_cut_short_says_so_wherever_it_is_cut(name: str, packed: str) -> None:
    if name in WRITERS:
        data = WRITERS[name](noise(3))
    else:
        data = {"a.tar": tarred, "a.zip": zipped, "a.md": lambda f: f["a.md"]}[name](
            {"a.md": b"The town council met on Monday.\n", "b.md": b"It rained.\n"}
        )
    whole = PACKED[packed](data)
    complete = len(read(name + packed, whole))
    silent_cuts = []
    for at in range(1, len(whole), max(1, len(whole) // 150)):
        found = read(name + packed, whole[:at])
        if not losses(found) and len(found) < complete:
            silent_cuts.append(at)
    if packed or name in ("a.parquet", "a.tar", "a.zip"):
        assert silent_cuts == []
    elif name == "a.jsonl":  # a line less is a file as good as any other
        assert all(
            whole[at - 1 : at + 1].count(b"\n") or whole[at - 1] == ord("}") for at in silent_cuts
        )


@given(at=st.integers(0, 10_000), byte=st.integers(0, 255))
@settings(max_examples=60, deadline=None)
@pytest.mark.parametrize(
    "name",
    [
        *(f"a.jsonl{packed}" for packed in PACKED),
        "a.csv",
        "a.csv.gz",
        "a.parquet",
        "a.tar.gz",
        "a.tar",
        "a.zip",
    ],
)
def test_damage_never_raises_and_never_takes_more_in_silence(name: str, at: int, byte: int) -> None:
    whole = damaged_source(name)
    at %= len(whole)
    found = read(name, whole[:at] + bytes([byte]) + whole[at + 1 :])
    batch_of(found)
    assert not any(record.code == "crash" for record in found)
    if len(found) < len(read(name, whole)):
        assert losses(found) or name == "a.csv" or name == "a.jsonl"
    assert len({(record.source, record.record) for record in found}) == len(found)


@cache
def damaged_source(name: str) -> bytes:
    if name.startswith(("a.tar", "a.zip")):
        files = {
            f"{n}.md": f"{title}\n\n{text}".encode() for n, (title, text) in enumerate(noise(5))
        }
        data = tarred(files) if ".tar" in name else zipped(files)
    else:
        data = WRITERS[name.split(".")[0] + "." + name.split(".")[1]](noise(9))
    return PACKED["." + name.split(".")[2] if name.count(".") > 1 else ""](data)


def tarred(files: dict[str, bytes], **options: int) -> bytes:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w", **options) as tar:
        for name, content in files.items():
            info = tarfile.TarInfo(name)
            info.size = len(content)
            tar.addfile(info, io.BytesIO(content))
    return out.getvalue()


def zipped(files: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in files.items():
            made.writestr(name, content)
    return out.getvalue()


@pytest.mark.parametrize("packed", [p for p in PACKED if p])
def test_reading_goes_on_with_the_next_member_of_a_damaged_file(packed: str) -> None:
    rows = noise(60)
    members = [PACKED[packed](jsonl(rows[at : at + 10])) for at in range(0, 60, 10)]
    data = bytearray(b"".join(members))
    begin, end = len(members[0]), len(members[0]) + len(members[1])
    for at in range(begin + 2000, begin + 2100):
        data[at] ^= 0x5A
    found = read("a.jsonl" + packed, bytes(data))
    heads = {record.headline for record in found if not record.code}
    lost = [record for record in found if record.code]
    assert heads >= {f"Head {n}" for n in [*range(10), *range(20, 60)]}
    assert any("damaged" in message for message in losses(found))
    offset = int(lost[0].locator.rpartition("@")[2])
    assert lost[0].locator.startswith(f"a.jsonl{packed}@")
    assert begin <= offset <= end


@pytest.mark.parametrize("zipped_up", [False, True])
def test_a_damaged_byte_that_garbles_all_rows_behind_it_is_told_in_few_rows(
    zipped_up: bool,
) -> None:
    garbled = jsonl(noise(30)) + b'{"title": "\xff\n' * 500 + jsonl([("Fine", "x")]) + b"]\n" * 9
    if zipped_up:
        found = read("a.zip", zipped({"a.jsonl": garbled}))
    else:
        found = read("a.jsonl.gz", gzip.compress(garbled))
    lost = [record for record in found if record.code]
    assert sum(1 for record in found if not record.code) == 31
    assert [record.record for record in lost] == [*range(31, 51), 540]
    assert lost[-1].message.endswith("; and 488 rows before it could not be read either")
    assert len({(record.source, record.record) for record in found}) == len(found)


def test_rows_that_are_not_packed_are_told_one_by_one() -> None:
    found = read("a.jsonl", jsonl(noise(3)) + b"{\n" * 100)
    assert sum(1 for record in found if record.code) == 100


def test_a_truncated_gzip_keeps_what_came_before() -> None:
    data = gzip.compress(jsonl(noise(200)))
    found = read("a.jsonl.gz", data[: len(data) // 2])
    assert len(found) > 80
    assert [bool(record.code) for record in found] == [False] * (len(found) - 1) + [True]
    assert "ends in the middle" in found[-1].message
    assert found[-1].record == len(found)


def test_a_checksum_that_does_not_fit_is_told() -> None:
    data = bytearray(gzip.compress(jsonl(noise(5)), compresslevel=0))
    data[data.index(b"Head 3")] ^= 1
    found = read("a.jsonl.gz", bytes(data))
    assert [record.headline for record in found[:5]][3] == "Iead 3"
    assert "read from byte 0 on may be wrong" in found[-1].message


def test_zeros_behind_a_gzip_are_padding_and_other_bytes_are_not() -> None:
    data = gzip.compress(jsonl(noise(2)))
    assert losses(read("a.jsonl.gz", data + bytes(1000))) == []
    assert "no gzip data" in losses(read("a.jsonl.gz", data + b"garbage"))[0]


def test_a_packed_file_is_known_by_its_bytes() -> None:
    rows = jsonl(noise(2))
    assert len(shown(read("a.jsonl", gzip.compress(rows)))) == 2
    assert len(shown(read("a.jsonl.gz", rows))) == 2
    assert len(shown(read("dump", zstandard.compress(rows)))) == 2
    assert len(shown(read("dump", parquet(noise(2))))) == 2


def test_wrong_lines_cost_themselves() -> None:
    data = b'{"title":"A","text":"x"}\n\nnot json\n[1]\n{"text":"\xff"}\r\n{"text": NaN}\n{"text":"\\ud83d!"}'
    found = read("a.jsonl", data)
    assert [record.record for record in found] == [1, 3, 4, 5, 6, 7]
    assert [record.code for record in found] == [
        "",
        "unreadable",
        "unreadable",
        "unreadable",
        "",
        "",
    ]
    assert "no JSON" in found[1].message
    assert "not UTF-8" in found[3].message
    assert found[5].content.decode() == "\ufffd!"
    batch_of(found)


def test_a_line_too_long_costs_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("newslint.audit.sources.lines.LONGEST_LINE", 1000)
    data = b'{"text":"a"}\n{"text":"%s"}\n{"text":"b"}\n' % (b"x" * 2_000_000)
    found = read("a.jsonl", data, fields.parse("body=text"))
    assert [(r.record, bool(r.code)) for r in found] == [(1, False), (2, True), (3, False)]


def test_nesting_as_deep_as_it_likes_is_no_crash() -> None:
    assert losses(read("a.jsonl", b'{"text":"a"}\n' + b'{"a":' * 200_000 + b"\n"))


def test_wrong_rows_of_csv_cost_themselves() -> None:
    data = (
        b'title,text\r\nA,"one\n two"\r\n\r\nB\r\nC,"bad" quotes\r\nD,fine\r\n"E,never closed\r\nF,fine\r\n'
    ) + b"G,caf\xe9\r\nH,fine"
    found = read("a.csv", data)
    assert [(r.record, r.headline) for r in found if not r.code] == [
        (1, "A"),
        (4, "D"),
        (6, "F"),
        (8, "H"),
    ]
    assert "1 cell, and the header 2" in found[1].message
    assert "line 8" in found[4].message
    assert "windows-1252" in found[6].message


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_the_delimiter_is_told_from_the_header(delimiter: str) -> None:
    data = b"\xef\xbb\xbf" + table(noise(2), delimiter)
    assert [row[1] for row in shown(read("a.csv", data))] == ["Head 0", "Head 1"]


def test_csv_as_spark_writes_it() -> None:
    data = b'title,text\n"A","\\"We won,\\" she said"\nB,plain\n'
    assert [row[2] for row in shown(read("a.csv", data))] == ['"We won," she said', "plain"]


def test_tsv_in_which_quotes_mean_nothing() -> None:
    data = b'title\ttext\n"We won," says Reed\tIt was "close\nB\t"quoted\ttab"\n'
    assert [row[1:] for row in shown(read("a.tsv", data))] == [
        ('"We won," says Reed', 'It was "close'), ("B", "quoted\ttab"),
    ]  # fmt: skip


def test_utf_16_is_told_once_with_the_remedy() -> None:
    (only,) = read("a.csv", "title,text\nA,b\n".encode("utf-16"))
    assert "iconv" in only.message


def test_a_damaged_group_of_rows_costs_itself() -> None:
    out = io.BytesIO()
    rows = noise(9)
    made = pa.table({"title": [t for t, _ in rows], "text": [x for _, x in rows]})
    pq.write_table(made, out, row_group_size=3, write_page_checksum=True, compression="none")
    data = bytearray(out.getvalue())
    data[data.index(rows[4][1].encode()) + 50] ^= 1
    found = read("a.parquet", bytes(data))
    assert [record.record for record in found] == [1, 2, 3, 4, 7, 8, 9]
    assert "rows 4 to 6 are lost" in found[3].message


def test_columns_within_columns_lists_and_dates() -> None:
    asked = fields.parse("headline=meta.title,body=paragraphs,byline=authors,published=day")
    row = {
        "meta": {"title": "A"},
        "paragraphs": ["One.", "Two."],
        "authors": [{"name": "Ada Reed"}, "Bo"],
    }
    (found,) = read("a.jsonl", json.dumps(row | {"day": 1709251200000}).encode(), asked)
    assert (found.headline, found.content, found.byline) == ("A", b"One.\n\nTwo.", "Ada Reed, Bo")
    assert found.published == "2024-03-01T00:00:00"
    out = io.BytesIO()
    row["authors"] = ["Ada Reed", "Bo"]
    day = datetime(2024, 3, 1, 23, tzinfo=UTC)
    pq.write_table(pa.Table.from_pylist([row | {"day": day}, row | {"day": None}]), out)
    (found, *_) = read("a.parquet", out.getvalue(), asked)
    assert (found.headline, found.byline, found.published) == (
        "A",
        "Ada Reed, Bo",
        "2024-03-01T23:00:00",
    )


@pytest.mark.parametrize(
    ("value", "published"),
    [
        (1709251200, "2024-03-01T00:00:00"), (1709251200.5, "2024-03-01T00:00:00"),
        ("1709251200", "2024-03-01T00:00:00"), (1709251200123456, "2024-03-01T00:00:00"),
        (20240301, "20240301"), ("2024-03-01", "2024-03-01"), ("March 1, 2024", "March 1, 2024"),
        (-86400, "1969-12-31T00:00:00"), (None, ""), (True, ""), ("", ""), (1e300, "1e+300"),
    ],
)  # fmt: skip
def test_dates_are_told_as_rules_understand_them(value: object, published: str) -> None:
    row = json.dumps({"text": "x", "day": value}).encode()
    (found,) = read("a.jsonl", row, fields.parse("body=text,published=day"))
    assert found.published == published


def test_a_date_of_parquet_is_a_day() -> None:
    out = io.BytesIO()
    pq.write_table(pa.table({"text": ["x"], "day": [date(2024, 3, 1)]}), out)
    (found,) = read("a.parquet", out.getvalue(), fields.parse("body=text,published=day"))
    assert found.published == "2024-03-01"


@pytest.mark.parametrize(
    ("columns", "expected"),
    [
        ("id,title,text,date,url", "headline=title,body=text,published=date,url=url"),
        ("Headline,Article Body,pubDate,Byline,Section", "headline=Headline,body=Article Body,published=pubDate,byline=Byline,section=Section"),
        ("post_title,post_content,post_date", "headline=post_title,body=post_content,published=post_date"),
        ("kopf,rumpf", "body=rumpf"),
    ],
)  # fmt: skip
def test_columns_are_guessed_by_name_and_content(columns: str, expected: str) -> None:
    values = {
        "date": "2024-03-01", "pubDate": "2024-03-01", "post_date": "2024-03-01", "id": "7",
        "url": "https://paper.example/a",
    }  # fmt: skip
    long = {"text", "Article Body", "post_content", "rumpf"}
    row = [
        ("The council met again. " * 20 if c in long else values.get(c, "Some words"))
        for c in columns.split(",")
    ]
    told: list[tuple[str, str]] = []
    data = f"{columns}\n{','.join(row)}\n".encode()
    found = list(records_in("a.csv", io.BytesIO(data), Fields(), lambda *words: told.append(words)))
    assert losses(found) == []
    ((source, words),) = told
    assert source == "a.csv"
    assert words.startswith(f"reads {expected} (a guess")
    assert str(fields.parse(expected)) == expected


def test_a_dump_without_a_body_names_its_columns() -> None:
    (only,) = read("a.csv", b"id,price\n1,2\n", Fields())
    assert only.code == "no-articles"
    assert "id, price" in only.message
    assert "--fields" in only.message


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("boddy=text", 'Did you mean "body"?'), ("headline=title", "which column holds the body"),
        ("body", "body=COLUMN"), ("body=a,body=b", "given twice"),
    ],
)  # fmt: skip
def test_fields_that_make_no_sense_are_refused(text: str, words: str) -> None:
    with pytest.raises(NewslintError, match="--fields") as caught:
        fields.parse(text)
    assert words in str(caught.value)


def test_a_column_that_is_not_there_is_told_and_the_rows_are_read() -> None:
    asked = fields.parse("headline=titel,body=text")
    for name in ("a.csv", "a.jsonl", "a.parquet"):
        found = read(name, WRITERS[name](noise(3)), asked)
        assert len([record for record in found if not record.code]) == 3
        assert "titel" in losses(found)[0]
        (only,) = read(name, WRITERS[name](noise(3)), fields.parse("body=txt"))
        assert 'no column "txt"' in only.message
        assert "title, text" in only.message


def test_a_tar_is_read_with_long_names_twins_and_dumps() -> None:
    long = "folder/" * 30 + "long.md"
    for format in (tarfile.PAX_FORMAT, tarfile.GNU_FORMAT):
        out = io.BytesIO()
        with tarfile.open(fileobj=out, mode="w", format=format) as tar:
            for name, content in (
                ("./a.md", b"one"), ("a.md", b"two"), (long, b"deep"), ("../up.md", b"up"), ("é.md", b"e"),
                ("rows.jsonl.gz", gzip.compress(jsonl(noise(2)))), ("picture.png", b"x" * 3000),
                (".hidden.md", b"no"), ("inner.zip", zipped({"a.md": b"x"})),
            ):  # fmt: skip
                info = tarfile.TarInfo(name)
                info.size = len(content)
                tar.addfile(info, io.BytesIO(content))
            link = tarfile.TarInfo("link.md")
            link.type, link.linkname = tarfile.SYMTYPE, "a.md"
            tar.addfile(link)
        found = read("a.tar", out.getvalue())
        assert [r.locator for r in found] == [
            "a.tar!a.md", "a.tar!#2/a.md", f"a.tar!{long}", "a.tar!../up.md", "a.tar!é.md",
            "a.tar!rows.jsonl.gz:1", "a.tar!rows.jsonl.gz:2", "a.tar!inner.zip",
        ]  # fmt: skip
        assert [r.content for r in found[:5]] == [b"one", b"two", b"deep", b"up", b"e"]
        assert losses(found) == ["an archive within an archive: unpack it first"]


def test_very_many_files_of_one_name_are_told_apart_at_once() -> None:
    twins = (Member("a.md", iter([b"x"])) for _ in range(30_000))
    sources = [record.source for record in of_members("a.tar", twins, _named)]
    assert len(set(sources)) == 30_000
    assert sources[-1] == "a.tar!#30000/a.md"


def _named(source: str, _parts: object) -> Iterator[Record]:
    yield Record(source=source, locator=source)


def test_a_tar_with_a_damaged_header_goes_on_with_the_next_file() -> None:
    files = {f"{n}.md": b"x" * 700 * n for n in range(1, 6)}
    data = bytearray(tarred(files))
    at = data.index(b"3.md")
    data[at : at + 100] = b"\xff" * 100
    found = read("a.tar", bytes(data))
    assert [r.locator for r in found] == [
        "a.tar!1.md",
        "a.tar!2.md",
        f"a.tar@{at}",
        "a.tar!4.md",
        "a.tar!5.md",
    ]
    assert found[2].record == at


def test_a_zip_with_a_damaged_member_an_encrypted_one_and_an_office_document() -> None:
    data = bytearray(zipped({"a.md": b"one " * 50, "b.md": b"two " * 50, "c.csv": table(noise(2))}))
    info = zipfile.ZipFile(io.BytesIO(bytes(data))).infolist()
    data[info[0].header_offset + 14 : info[0].header_offset + 18] = b"abcd"
    at = data.rindex(b"PK\x01\x02", 0, data.rindex(b"a.md"))
    data[at + 16 : at + 20] = b"abcd"  # the checksum
    at = data.rindex(b"PK\x01\x02", 0, data.rindex(b"b.md"))
    data[at + 8] |= 1
    found = read("a.zip", bytes(data))
    assert [(r.locator, bool(r.code)) for r in found] == [
        ("a.zip!a.md", True), ("a.zip!b.md", True), ("a.zip!c.csv:1", False), ("a.zip!c.csv:2", False),
    ]  # fmt: skip
    assert "CRC" in found[0].message
    assert "encrypted" in found[1].message
    (only,) = read("a.docx", bytes(data))
    assert "save it as HTML" in only.message


def test_an_article_that_unpacks_to_more_than_any_article_is_refused() -> None:
    for name, data in (
        ("a.zip", zipped({"a.md": bytes(20_000_000)})),
        ("a.md.gz", gzip.compress(bytes(20_000_000))),
        ("a.md.zst", zstandard.compress(bytes(60_000_000))),
    ):
        (only,) = read(name, data)
        assert "split it" in only.message


def test_a_folder_is_read_as_check_does_and_its_dumps_too(archive: Archive) -> None:
    archive.write("news/a.md", "one")
    archive.write("news/sub/b.html", "<p>two")
    archive.write("news/dump.jsonl.gz", gzip.compress(jsonl(noise(2))))
    archive.write("news/prices.csv", "id,price\n1,2\n")
    archive.write("news/.hidden.md", "no")
    archive.write("news/kit.zip", zipped({"c.md": b"no"}))
    archive.write("news/photo.png", b"no")
    archive.write("news/audit/newslint-audit.json", "{}")
    archive.write("news/audit/articles.parquet", parquet(noise(2)))
    found = archive.records("news")
    assert [r.locator for r in found] == [
        "news/a.md", "news/dump.jsonl.gz:1", "news/dump.jsonl.gz:2", "news/sub/b.html",
    ]  # fmt: skip
    assert losses(found) == []
    assert [source for source, _ in archive.told] == ["news/prices.csv"]
    assert [r.code for r in archive.records("news/prices.csv")] == ["no-articles"]


def test_what_is_named_twice_is_read_once(archive: Archive) -> None:
    for name in ("news/a.md", "news/b.md", "news/sub/c.md", "other.jsonl"):
        archive.write(name, '{"text":"x"}')
    once = archive.records("news", "other.jsonl")
    twice = archive.records(
        "./news/sub", "other.jsonl", "news/", "news/a.md", "./news/a.md", "other.jsonl"
    )
    assert sorted(os.path.normpath(r.locator) for r in twice) == sorted(r.locator for r in once)
    assert [r.locator for r in archive.records("n*/*.md")] == ["news/a.md", "news/b.md"]


def test_a_folder_without_articles_is_told_whatever_else_is_named(archive: Archive) -> None:
    archive.write("news/photo.png", b"no")
    archive.write("newsletter/a.md", "one")
    archive.write("kept/b.md", "two")
    found = archive.records("news", "newsletter/a.md", "kept", "kept/b.md")
    assert [(r.locator, r.code) for r in found] == [
        ("kept/b.md", ""), ("news", "no-articles"), ("newsletter/a.md", ""),
    ]  # fmt: skip


def test_config_and_git_leave_articles_out(archive: Archive) -> None:
    archive.config('extends: [./desk]\nfiles: ["news/**"]\nexclude: ["**/old*"]\n')
    (archive.root / ".git").mkdir(exist_ok=True)
    archive.write(".gitignore", "drafts/\n")
    for name in ("news/a.md", "news/old.md", "news/old.jsonl", "drafts/b.md", "c.md", "d.jsonl"):
        archive.write(name, '{"text":"x"}')
    body = fields.parse("body=text")
    assert [r.locator for r in archive.records(".", asked=body)] == ["d.jsonl:1", "news/a.md"]
    named = archive.records("news/old.jsonl", "news/old.md", asked=body)
    assert [r.locator for r in named] == ["news/old.jsonl:1"]
    assert [source for source, _ in archive.told] == ["news/old.md"]


@pytest.mark.parametrize(
    ("name", "content", "code", "words"),
    [
        ("nothing.jsonl", None, "unreadable", "no such file"),
        ("empty.jsonl", b"", "no-articles", "empty"),
        ("empty.csv.gz", gzip.compress(b""), "no-articles", "empty"),
        ("header.csv", b"title,text\n", "no-articles", "empty"),
        ("list.json", b'[{"text": "x"}]', "unreadable", "jq -c"),
        ("list.jsonl", b'[\n{"text": "x"}\n]', "unreadable", "jq -c"),
        ("sheet.xlsx", zipped({"a.xml": b"x"}), "unreadable", "save the sheet as CSV"),
        ("pictures.zip", zipped({"a.png": b"x"}), "no-articles", "no article"),
        ("cut.zip", zipped({"a.md": b"x"})[:-10], "unreadable", "zip -FF"),
        ("cut.parquet", b"PAR1" + bytes(90), "unreadable", "no Parquet file"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_cannot_be_read_is_told_with_a_remedy(
    archive: Archive, name: str, content: bytes | None, code: str, words: str
) -> None:
    if content is not None:
        archive.write(name, content)
    (only,) = archive.records(name)
    assert (only.source, only.record, only.code) == (name, 0, code)
    assert words in only.message


def test_a_pipe_is_not_waited_for(archive: Archive) -> None:
    os.mkfifo(archive.root / "pipe.jsonl")
    assert losses(archive.records("pipe.jsonl")) == ["is no regular file"]


def test_names_that_are_no_unicode_can_be_written_down(archive: Archive) -> None:
    for byte in (b"\xfe", b"\xff"):
        Path(os.fsdecode(os.fsencode(archive.root) + b"/" + byte + b".md")).write_bytes(b"x")
    found = archive.records(".")
    assert [r.source for r in found] == ["\\xfe.md", "\\xff.md"]
    batch_of(found)


def test_guesses_are_told_before_anything_is_read(archive: Archive) -> None:
    archive.write("a/1.jsonl", jsonl(noise(2)))
    archive.write("a/2.jsonl", jsonl(noise(2)))
    archive.write("a/3.csv", b"headline,body,id\nA,b,1\n")
    chosen = config.settle(Request(cwd=str(archive.root)))
    told = guesses([str(archive.root / "a")], chosen, Fields())
    assert [Path(source).name for source, _ in told] == ["1.jsonl", "3.csv"]
    assert "headline=title,body=text" in told[0][1]
    assert "not read: id" in told[1][1]
    assert guesses([str(archive.root / "a" / "1.jsonl")], chosen, ASKED) == []


def test_the_identity_of_sources_changes_with_them(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("one")
    (tmp_path / "b.jsonl").write_text("{}")
    before = identity([str(tmp_path)])
    assert identity([str(tmp_path)]) == before
    (tmp_path / "b.jsonl").write_text("{ }")
    after = identity([str(tmp_path)])
    assert after != before
    (tmp_path / "c.md").write_text("new")
    assert identity([str(tmp_path)]) != after
    assert identity([str(tmp_path / "gone")]) != identity([str(tmp_path)])


def test_a_row_behind_a_broken_one_is_no_line_of_prose() -> None:
    head = b"id,title,text,day\n" + b"".join(
        b'%d,T,"a, b\nc",2024-03-0%d\n' % (n, n) for n in range(1, 6)
    )
    prose = b'6,T,"He said "no", he did.\nYes, and, so, on\nMore, of, the, same",2024-03-06\n'
    found = read("a.csv", head + prose + b'7,T,"end",2024-03-07\n')
    assert [(r.record, bool(r.code)) for r in found] == [(n, n == 6) for n in range(1, 8)]
    assert "lines 12 to 14 are no CSV" in found[5].message


def test_folders_of_any_size_are_walked_in_order(
    archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("newslint.inorder.RUN", 7)
    names = sorted(f"{n:03}.md" for n in random.Random(1).sample(range(1000), 60))
    names = sorted([*names, "odd\nname.md", "odd.md", "od.md", "é.md", "folder/x.md"])
    for name in names:
        archive.write(f"big/{name}", "x")
    expected = [f"big/{name}" for name in names if "/" not in name] + ["big/folder/x.md"]
    found = [r.source for r in archive.records("big")]
    assert found == expected


def test_a_link_that_leads_out_is_not_read(archive: Archive, tmp_path: Path) -> None:
    (tmp_path / "secret.jsonl").write_text('{"text": "x"}')
    (archive.root / "news").mkdir()
    (archive.root / "news" / "link.jsonl").symlink_to(tmp_path / "secret.jsonl")
    for path in ("news", "news/link.jsonl"):
        (only,) = archive.records(path)
        assert only.code == "unreadable"
        assert "leads out" in only.message


def test_a_damaged_tar_gz_of_several_members_goes_on_with_a_later_file() -> None:
    files = {f"{n}.md": text.encode() for n, (_, text) in enumerate(noise(12))}
    plain = tarred(files)
    cut = len(plain) // 3
    members = [gzip.compress(plain[at : at + cut], mtime=0) for at in range(0, len(plain), cut)]
    broken = bytearray(members[1])
    broken[len(broken) // 2] ^= 0xFF
    broken[len(broken) // 2 + 1] ^= 0xFF
    found = read("a.tar.gz", b"".join([members[0], bytes(broken), *members[2:]]))
    fine = [r.source for r in found if not r.code]
    assert fine[0] == "a.tar.gz!0.md"
    assert fine[-1] == "a.tar.gz!11.md"
    assert losses(found)


def test_zstd_that_asks_for_too_much_memory_says_what_to_do() -> None:
    options = zstandard.ZstdCompressionParameters(window_log=28, enable_ldm=True)
    made = zstandard.ZstdCompressor(compression_params=options).compressobj()
    (only,) = read("a.jsonl.zst", made.compress(jsonl(noise(3))) + made.flush())
    assert "--long" in only.message


def test_a_web_archive_is_read_alike_wherever_it_lies() -> None:
    pages = b"".join(gzip.compress(page(n), mtime=0) for n in range(3))
    offsets = [r.record for r in read("a.warc.gz", pages)]
    assert len(offsets) == 3
    for name, data in (("noname", pages), ("a.tar", tarred({"a.warc.gz": pages}))):
        assert [r.record for r in read(name, data)] == offsets
    assert len(shown(read("a.warc.zst", zstandard.compress(gzip.decompress(pages))))) == 3


def page(number: int) -> bytes:
    body = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<html><body><p>It rained."
    head = (
        f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://p.example/{number}\r\n"
        f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(body)}\r\n\r\n"
    )
    return head.encode() + body + b"\r\n\r\n"
