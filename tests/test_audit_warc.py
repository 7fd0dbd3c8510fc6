"""Web archives: which records are articles, where they lie, and what damage costs."""

from __future__ import annotations

import gzip
import io
import random
import zlib
from collections.abc import Iterator, Sequence
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newslint import config
from newslint.audit.lint import lint_batch
from newslint.audit.page import NOTHING, UNSURE
from newslint.audit.record import Record, batch_of
from newslint.audit.sources import framing
from newslint.audit.sources.parts import Lost, LostError
from newslint.audit.sources.warc import of_warc
from newslint.checker import Checker
from newslint.config import Request

SENTENCE = "The ferry {} left the harbour of Tarrow with {} people on board, the council said. "
HTML = "text/html; charset=utf-8"


def page(number: int = 1, more: str = "", head: str = "") -> str:
    """A page with an article in it, and other things."""
    chance = random.Random(number)
    copy = "".join(
        f"<p>{SENTENCE.format(chance.randbytes(200).hex(), chance.random()) * 3}</p>\n"
        for _ in range(6)
    )
    return (
        f"<!DOCTYPE html><html lang=en><head><title>Ferry {number} leaves</title>{head}</head><body>"
        f"<nav><a href=/>Home</a></nav><article><h1>Ferry {number} leaves</h1>\n{copy}</article>{more}"
        "</body></html>"
    )


def record(
    content: str | bytes, *, type: str = "response", status: int = 200, content_type: str = HTML,
    headers: str = "", url: str = "https://courier.example/2024/05/02/ferry",
) -> bytes:  # fmt: skip
    """One record of a WARC, followed by the blank line that ends it."""
    data = content.encode() if isinstance(content, str) else content
    if type == "resource":
        block, what = data, content_type
    else:
        answer = f"HTTP/1.1 {status} Fine\r\nContent-Type: {content_type}\r\n{headers}\r\n"
        block, what = answer.encode() + data, "application/http; msgtype=response"
    head = (
        f"WARC/1.0\r\nWARC-Type: {type}\r\nWARC-Target-URI: {url}\r\n"
        f"WARC-Date: 2024-05-02T10:00:00Z\r\nContent-Type: {what}\r\n"
        f"Content-Length: {len(block)}\r\n\r\n"
    )
    return head.encode() + block + b"\r\n\r\n"


def read(data: bytes) -> list[Record]:
    return list(of_warc(io.BytesIO(data), "crawl.warc.gz"))


def offsets(parts: Sequence[bytes]) -> list[int]:
    return [sum(map(len, parts[:number])) for number in range(len(parts))]


PLAIN = [record(page(number)) for number in range(8)]
PACKED = [gzip.compress(one) for one in PLAIN]
PACKED_AT = offsets(PACKED)
GOOD = [one.content for one in read(b"".join(PLAIN))]


class TestWhatIsAnArticle:
    @pytest.mark.parametrize(
        ("one", "found"),
        [
            (record(page()), True),
            (record(page(), content_type="application/xhtml+xml"), True),
            (record(page(), content_type="TEXT/HTML;charset=UTF-8"), True),
            (record(page(), content_type=""), True),
            (record(page(), type="resource"), True),
            (record(page(), status=404), False),
            (record(page(), status=301), False),
            (record(page(), type="request"), False),
            (record(page(), type="metadata"), False),
            (record("a { color: red }", content_type="text/css"), False),
            (record(b"\x89PNG\r\n\x1a\n\0\0", content_type="image/png"), False),
            (record("Just text.", content_type=""), False),
            (
                record("x", type="resource", content_type="text/dns", url="dns:courier.example"),
                False,
            ),
        ],
    )
    def test_pages_answered_with_200(self, one: bytes, found: bool) -> None:
        assert [bool(r.content) for r in read(one + PLAIN[0])] == [True] * (1 + found)

    def test_an_archive_without_a_page_is_an_error(self) -> None:
        (error,) = read(record("a {}", content_type="text/css") + record(page(), status=404))
        assert (error.code, "in 2 records" in error.message) == ("no-articles", True)

    def test_pages_met_again_are_told(self) -> None:
        told: list[str] = []
        data = PLAIN[0] + record("", type="revisit") * 2
        assert len(list(of_warc(io.BytesIO(data), "c.warc", told.append))) == 1
        assert told == ["c.warc: passed over 2 records of pages met again unchanged"]

    def test_what_a_page_is_known_by(self) -> None:
        first, second = read(b"".join(PACKED[:2]))
        assert (first.record, second.record) == (0, len(PACKED[0]))
        assert second.locator == f"crawl.warc.gz@{len(PACKED[0])}"
        assert second.url == "https://courier.example/2024/05/02/ferry"
        assert second.format == "page"

    @pytest.mark.parametrize("packed", [b"".join(PLAIN), gzip.compress(b"".join(PLAIN))])
    def test_unpacked_or_packed_as_a_whole(self, packed: bytes) -> None:
        found = read(packed)
        assert [one.content for one in found] == GOOD
        assert [one.record for one in found] == offsets(PLAIN)


class TestContent:
    def text(self, content: bytes, **how: str) -> str:
        (one,) = read(record(content, **how))  # type: ignore[arg-type]
        assert not one.code, one.message
        return one.content.decode()

    @pytest.mark.parametrize(
        ("pack", "headers"),
        [
            (lambda data: data, "Content-Encoding: identity\r\n"),
            (gzip.compress, "Content-Encoding: gzip\r\n"),
            (zlib.compress, "Content-Encoding: deflate\r\n"),
            (lambda data: chunked(data), "Transfer-Encoding: chunked\r\n"),
            (lambda data: chunked(gzip.compress(data)), "Transfer-Encoding: chunked\r\nContent-Encoding: gzip\r\n"),
            (lambda data: data, "Content-Encoding: gzip\r\n"),
            (lambda data: data, "Transfer-Encoding: chunked\r\n"),
        ],
    )  # fmt: skip
    def test_packed_as_its_server_sent_it_or_not(self, pack, headers: str) -> None:  # type: ignore[no-untyped-def]
        assert self.text(pack(page().encode()), headers=headers) == page()

    @pytest.mark.parametrize(
        ("coding", "content_type", "head"),
        [
            ("utf-8", "text/html", ""),
            ("utf-8", "text/html; charset=iso-8859-1", ""),
            ("utf-8-sig", "text/html", ""),
            ("utf-16", "text/html", ""),
            ("cp1252", "text/html; charset=ISO-8859-1", ""),
            ("cp1252", 'text/html; charset="windows-1252"', ""),
            ("cp1252", "text/html", '<meta http-equiv=Content-Type content="text/html; charset=windows-1252">'),
            ("cp1252", "text/html; charset=nonsense", '<meta charset="latin-1">'),
            ("cp1252", "text/html", ""),
            ("koi8-r", "text/html; charset=koi8-r", ""),
        ],
    )  # fmt: skip
    def test_charset(self, coding: str, content_type: str, head: str) -> None:
        words = "Паром ушёл" if coding == "koi8-r" else "It’s “over” – café"
        text = page(head=f"{head}<meta name=description content='{words}'>")
        assert self.text(text.encode(coding), content_type=content_type) == text

    def test_a_page_cut_off_in_a_character_is_read(self) -> None:
        text = self.text(page().encode() + "é".encode()[:1])
        assert text == page() + "\ufffd"

    def test_a_page_larger_than_any_article_is_an_error(self) -> None:
        for size in (9_000_000, 20_000_000):
            error, after = read(gzip.compress(record(page(more="x" * size))) + PACKED[1])
            assert (error.code, error.url) == (
                "unreadable",
                "https://courier.example/2024/05/02/ferry",
            )
            assert "newslint reads articles up to 8 MB" in error.message
            assert after.content == GOOD[1]

    def test_a_film_is_passed_over(self) -> None:
        film = record(bytes(17_000_000), content_type="video/mp4")
        assert [one.content for one in read(film + PLAIN[1])] == [GOOD[1]]

    def test_binary_data_said_to_be_a_page_is_an_error(self) -> None:
        (error,) = read(record(b"\x89PNG\r\n\x1a\n\0\0\0\r"))
        assert error.code == "not-text"


def chunked(data: bytes) -> bytes:
    pieces = [data[at : at + 700] for at in range(0, len(data), 700)]
    return b"".join(b"%x\r\n%s\r\n" % (len(piece), piece) for piece in [*pieces, b""])


class TestDamage:
    @settings(max_examples=60, deadline=None)
    @given(st.integers(0, len(b"".join(PACKED)) - 1), st.integers(1, 400), st.randoms())
    def test_costs_what_is_damaged_and_no_more(
        self, at: int, size: int, chance: random.Random
    ) -> None:
        data = bytearray(b"".join(PACKED))
        data[at : at + size] = bytes(chance.randrange(256) for _ in data[at : at + size])
        hurt = {n for n, b in enumerate(PACKED_AT) if at < b + len(PACKED[n]) and b < at + size}
        found = {one.record: one for one in read(bytes(data))}
        for number, begin in enumerate(PACKED_AT):
            if number not in hurt:
                assert found.pop(begin).content == GOOD[number]
        errors = [one for one in found.values() if one.code]
        assert len(errors) <= len(hurt)
        assert errors or [one.content for one in found.values()] == [GOOD[n] for n in sorted(hurt)]
        assert all(PACKED_AT[min(hurt)] <= one.record < at + size + 4 for one in errors)

    def test_says_where(self) -> None:
        data = bytearray(b"".join(PACKED))
        data[PACKED_AT[3] + 200] ^= 255
        error = read(bytes(data))[3]
        assert (error.locator, error.code) == (f"crawl.warc.gz@{PACKED_AT[3]}", "unreadable")
        assert error.message == (
            "the archive is damaged here: a record cannot be unpacked; "
            f"{len(PACKED[3]):,} bytes passed over"
        )

    def test_a_wrong_checksum_is_damage(self) -> None:
        data = b"".join([*PACKED[:2], PACKED[2][:-8] + b"12345678", *PACKED[3:]])
        assert [bool(one.code) for one in read(data)] == [n == 2 for n in range(8)]

    def test_an_end_that_is_missing(self) -> None:
        for parts in (PACKED, PLAIN):
            found = read(b"".join(parts)[: offsets(parts)[5] + 300])
            assert [one.content for one in found[:5]] == GOOD[:5]
            assert [one.record for one in found[5:]] == [offsets(parts)[5]]
            assert "the file ends in mid-record" in found[5].message

    @pytest.mark.parametrize(
        "hurt",
        [
            PLAIN[3][:500],
            PLAIN[3].replace(b"Content-Length: ", b"Content-Length: 9"),
            PLAIN[3].replace(b"Content-Length", b"Content-Lent"),
            PLAIN[3].replace(b"WARC/1.0", b"WURM/1.0"),
            b"\0" * 90_000,
        ],
    )
    def test_in_an_archive_that_is_not_packed(self, hurt: bytes) -> None:
        found = read(b"".join([*PLAIN[:3], hurt, *PLAIN[4:]]))
        assert [one.content for one in found if not one.code] == GOOD[:3] + GOOD[4:]
        assert [one.record for one in found if one.code] == [offsets(PLAIN)[3]]

    def test_in_an_archive_packed_as_a_whole_costs_the_rest(self) -> None:
        data = bytearray(gzip.compress(b"".join(PLAIN)))
        data[len(data) // 2 : len(data) // 2 + 400] = bytes(400)
        found = read(bytes(data))
        good = [one.content for one in found if not one.code]
        assert good == GOOD[: len(good)]
        assert 2 <= len(good) < 7
        assert [bool(one.code) for one in found] == [False] * len(good) + [True]

    def test_a_wrong_checksum_of_all_records_says_that_any_may_be_wrong(self) -> None:
        *good, error = read(gzip.compress(b"".join(PLAIN))[:-8] + b"12345678")
        assert [one.content for one in good] == GOOD[: len(good)]
        assert len(good) >= 5
        assert "any record before this place may be damaged" in error.message

    def test_a_stretch_that_whoever_unpacks_it_loses(self) -> None:
        class Broken(io.BytesIO):
            def read1(self, size: int | None = -1) -> bytes:
                if self.tell() == 4096:
                    self.seek(4097)
                    raise LostError(Lost(4096, "gone"))
                return super().read(min(4096 - self.tell(), 4096) if self.tell() < 4096 else size)

        found = list(of_warc(Broken(b"".join(PLAIN)), "crawl.warc.zst"))
        good = [one.content for one in found if not one.code]
        assert len(good) == 7
        assert sum(bool(one.code) for one in found) == 1

    def test_no_web_archive_at_all(self) -> None:
        for data in (b"junk" * 99, gzip.compress(b"junk"), b"\x1f\x8b\x08junk"):
            assert {one.code for one in read(data)} == {"unreadable"}

    def test_bombs_do_not_fill_the_memory(self, monkeypatch: pytest.MonkeyPatch) -> None:
        held: list[int] = []
        feed = framing._Cut.feed

        def watched(self: framing._Cut, data: bytes) -> Iterator[framing.Framed]:
            held.append(len(self._held) + len(data))
            return feed(self, data)

        monkeypatch.setattr(framing._Cut, "feed", watched)
        bomb = gzip.compress(record(b" " * 200_000_000, content_type="image/gif"), 1)
        assert [one.content for one in read(bomb + PACKED[1])] == [GOOD[1]]
        assert max(held) < 3 * framing.MOST


def linted(*records: Record) -> list[dict[str, Any]]:
    by = Checker(config.settle(Request(isolated=True)), comparing=True)
    rows: list[dict[str, Any]] = lint_batch(batch_of(records), by, lambda _: None).to_pylist()
    return rows


COPY = "The harbour board of Tarrow met on Tuesday and voted for the the new pier, it said."
AROUND = """<!DOCTYPE html><html lang="en"><head><title>Board votes for pier - Courier</title>
<script type="application/ld+json">{"@type": "NewsArticle", "headline": "Board votes for pier",
"datePublished": "2024-05-02", "author": {"@type": "Person", "name": "Ada Lorne"}}</script></head>
<body><nav><ul><li><a href="/news">News</a></li><li><a href="/sport">Sport</a></li></ul></nav>
<div class="cookie-note">We use the the cookies to to serve you. Accept all of them or leave.</div>
<article><h1>Board votes for pier</h1>
<p>The caf&eacute; at the harbour stays, members of the board told the Courier on Tuesday.</p>
<p>{}</p><ul><li>One item that is short</li></ul>
<p>Three members voted against the plan, which the town will pay for over the next ten years.</p>
</article><section id="comments"><h2>Comments</h2>
<p>I think that the the pier is a waste of money and that nobody in Tarrow asked for it at all.</p>
<p>Well said, and the the board knows that as well as anybody who ever paid his taxes here.</p>
</section><footer>Copyright the the Courier</footer></body></html>"""


class TestMainText:
    def test_only_the_article_is_checked(self) -> None:
        (one,) = read(record(AROUND.replace("{}", COPY, 1).replace("{}", "")))
        (row,) = linted(one)
        source = one.content.decode()
        assert [(f["rule"], f["text"]) for f in row["findings"]] == [("doubled-word", "the the")]
        place = row["findings"][0]
        assert source[place["start"] : place["end"]] == "the the"
        assert (place["field"], place["start"]) == ("", source.index(COPY) + COPY.index("the the"))
        assert (row["headline"], row["byline"]) == ("Board votes for pier", "Ada Lorne")
        assert (row["published"], row["url"]) == ("2024-05-02", one.url)

    def test_where_the_two_disagree_the_reader_holds_and_it_is_told(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("newslint.audit.page.bare_extraction", broken)
        (row,) = linted(*read(record(AROUND.replace("{}", COPY, 1))))
        assert row["notices"] == [UNSURE]
        assert (row["checked"], row["code"]) == (True, "")
        assert row["words"] > 40

    def test_a_page_without_copy_is_told(self) -> None:
        (row,) = linted(*read(record("<!doctype html><html><body><nav>Home</nav></body></html>")))
        assert (row["checked"], row["notices"], row["findings"]) == (True, [NOTHING], [])


def broken(*_: object, **__: object) -> None:
    raise ValueError("cannot be read")
