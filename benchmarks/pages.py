"""Main text of web pages, as an audit of a web archive reads it: `python benchmarks/pages.py`.

For each of the 86 pages of the labelled data (`NEWSLINT_DATA`) what was kept is compared with the
body that somebody made by hand, as runs of four words: how many of those kept are right, how many
of those wanted are kept. Every piece of every kept block is compared with the source that it says
it came from. Exits 1 if a place is wrong, or if both judges together are worse than one of them.
"""

from __future__ import annotations

import gzip
import json
import re
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from statistics import mean
from time import process_time
from typing import NamedTuple

from common import data, table
from trafilatura import bare_extraction

from newslint.article import (
    BLOCK_QUOTE,
    LIST_ITEM,
    PARAGRAPH,
    STANDFIRST,
    SUBHEADING,
    TABLE_CELL,
    Article,
)
from newslint.audit.page import NOTHING, UNSURE, read_page
from newslint.readers import decode, read_source
from newslint.readers.verify import pieces_checked, verify

RUN = 4
"""Words."""
_BODY = (PARAGRAPH, LIST_ITEM, BLOCK_QUOTE, SUBHEADING, STANDFIRST, TABLE_CELL)
_WORD = re.compile(r"\w+")
_BETWEEN_WORDS = re.compile(r"[\W_]+")


class Page(NamedTuple):
    """A page and its body as it should be."""

    source: str
    body: str


class Score(NamedTuple):
    """How good one way to find the body is, on average over all pages."""

    precision: float
    recall: float
    f1: float
    milliseconds: float


def main() -> int:
    folder = data()
    if folder is None:
        return 0
    pages = list(_pages(folder / "html"))
    reader = _score(pages, lambda source: _copy(read_source("", source, "html")))
    other = _score(pages, _extracted)
    both = _score(pages, lambda source: _copy(read_page("", source)[0]))
    named = {"newslint's reader alone": reader, "trafilatura alone": other, "both": both}
    print(f"\n### Main text of {len(pages)} pages\n")
    table(
        ("who finds it", "precision", "recall", "F1", "ms a page"),
        [
            (name, *(f"{share:.3f}" for share in score[:3]), f"{score.milliseconds:.0f}")
            for name, score in named.items()
        ],
    )
    wrong = _places(pages)
    return 1 if wrong or both.precision < reader.precision or both.f1 < other.f1 else 0


def _pages(folder: Path) -> Iterator[Page]:
    with (folder / "bodies_train.jsonl").open(encoding="utf-8") as lines:
        for row in map(json.loads, lines):
            packed = (folder / row["html_file"]).read_bytes()
            yield Page(decode(gzip.decompress(packed)).text, row["text"])


def _copy(article: Article) -> str:
    return "\n\n".join(block.text for block in article.blocks if block.kind in _BODY)


def _extracted(source: str) -> str:
    found = bare_extraction(source, fast=True, include_comments=False)
    return str(getattr(found, "text", None) or "")


def _score(pages: list[Page], find: Callable[[str], str]) -> Score:
    find(pages[0].source)  # what is imported and compiled first is no page's fault
    begun = process_time()
    found = [find(page.source) for page in pages]
    spent = process_time() - begun
    shares = [_shares(copy, page.body) for copy, page in zip(found, pages, strict=True)]
    precision, recall = (mean(each) for each in zip(*shares, strict=True))
    f1 = mean(2 * p * r / (p + r) if p + r else 0.0 for p, r in shares)
    return Score(precision, recall, f1, 1000 * spent / len(pages))


def _shares(found: str, wanted: str) -> tuple[float, float]:
    have, want = _runs(found), _runs(wanted)
    shared = (have & want).total()
    return shared / max(have.total(), 1), shared / max(want.total(), 1)


def _runs(text: str) -> Counter[tuple[str, ...]]:
    words = _WORD.findall(text.lower())
    return Counter(tuple(words[at : at + RUN]) for at in range(max(len(words) - RUN + 1, 1)))


def _places(pages: list[Page]) -> int:
    """Print what is known of places, and return how many are wrong."""
    pieces = paragraphs = located = 0
    notices: Counter[str] = Counter()
    wrong: list[str] = []
    for page in pages:
        article, told = read_page("", page.source)
        notices.update(told)
        pieces += pieces_checked(article)
        wrong += verify(article)
        here = _bare(" ".join(block.text for block in article.blocks))
        lines = [bare for line in _extracted(page.source).split("\n") if (bare := _bare(line))]
        paragraphs += len(lines)
        located += sum(line in here for line in lines)
    print("\n### Places of the main text\n")
    table(
        ("what", "figure"),
        [
            ("pieces compared with the source", f"{pieces:,}"),
            ("pieces and spans wrong", len(wrong)),
            ("trafilatura's paragraphs that have a place", f"{located:,} of {paragraphs:,}"),
            ("pages on which the two disagree (told in a notice)", notices[UNSURE]),
            ("pages without copy (told in a notice)", notices[NOTHING]),
        ],
    )
    for line in wrong[:20]:
        print(line)
    return len(wrong)


def _bare(text: str) -> str:
    return _BETWEEN_WORDS.sub("", text).lower()


if __name__ == "__main__":
    raise SystemExit(main())
