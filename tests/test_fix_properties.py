"""Properties of fixes: for any article, whatever its line ends, all that is not mended stays."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from itertools import pairwise
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from newslint import fix, fixing, readers, stylebooks
from newslint.article import Article
from newslint.checker import Result
from newslint.finding import order
from newslint.language.quotations import quotations
from newslint.lint import Linter
from newslint.stylebooks import make_rule

BOOKS = ("newsroom", "plain-words", "us-style")
WORDS = (
    "utilize", "an additional", "a utilization", "the the", "colour", "Grey", "centre", "grey",
    "the Grey Centre", "In order to", "at 8pm", "at 9:00 a.m.", "on 5 March 2024", "the U.S.",
    "5 people", "12000 voters", "48 per cent", "a very unique", "Tom Grey", "said", "an 11 per cent",
    "numerous individuals", "the mayor", "January 5", "UTILIZE", "Utilizing", "prior to", "(sic)",
    "e-mail", "end.The", "end ,", "hour", "honest", "MP", "one", "8", "—", "…", "in excess of",
)  # fmt: skip
KEPT = (
    "“we utilize the colour at 8pm”", '"the the grey colour"', "`utilize`", "‘grey colour’",
    "[the colour](https://a.example/colour-8pm)", "https://a.example/utilize", "{{< colour 8pm >}}",
    "<b>grey</b>", "*The Colour of Grey*", "**very unique**", "&amp;", "naïve", "\u200b",
    "![grey](grey.png)", "<!-- colour -->", "[colour]: x", "“", "”", "'", "*", "_",
)  # fmt: skip
sentences = st.lists(st.sampled_from(WORDS + KEPT), min_size=1, max_size=9).map(
    lambda words: f"{' '.join(words)}."
)
lines = st.tuples(
    st.sampled_from(("", "", "", "# ", "> ", "- ", "1. ", "| ", "  ")), sentences
).map("".join)
fronts = st.sampled_from(
    ("", "---\ntitle: They utilize grey: a colour\n---\n", "---\ntitle: 'The the 8pm talk'\n---\n",
     "+++\ntitle = \"Grey colour at 8pm\"\n+++\n")
)  # fmt: skip
articles = st.builds(
    lambda front, body, ends, tail: (front + "\n\n".join(body) + tail).replace("\n", ends),
    fronts, st.lists(lines, min_size=1, max_size=6), st.sampled_from(("\n", "\r\n", "\r")),
    st.sampled_from(("", "\n")),
)  # fmt: skip
many = settings(max_examples=120, suppress_health_check=list(HealthCheck))


@cache
def linter() -> Linter:
    loaded = stylebooks.load(BOOKS, Path.cwd())
    return Linter([make_rule(loaded, name) for name in sorted(loaded.definitions)])


def check(path: str, contents: Mapping[str, bytes]) -> Iterator[Result]:
    article = readers.read(path, contents[path]).article
    findings, errors = linter().check(article)
    assert not errors
    yield Result(path, True, tuple(sorted(findings, key=order)), source=article.source)


def fixed(path: str, content: bytes) -> fixing.Fixed:
    return fixing.rounds(lambda now: check(path, now), {path: content}, unsafe=True)


def quoted(article: Article) -> list[str]:
    return [
        article.blocks[part.block].text[part.start : part.end]
        for quotation in quotations(article).joined
        for part in quotation.parts
    ]


@many
@given(articles, st.sampled_from(("a.md", "a.txt", "a.html")))
def test_a_fixed_article_is_the_same_article(text: str, path: str) -> None:
    content = text.encode()
    outcome = fixed(path, content)
    assert not outcome.errors
    if path not in outcome.changes:
        return
    after = outcome.changes[path].after
    old, new = (readers.read(path, data).article for data in (content, after))
    assert [(b.kind, b.level) for b in old.blocks] == [(b.kind, b.level) for b in new.blocks]
    assert quoted(old) == quoted(new)
    assert [link.url for link in old.links] == [link.url for link in new.links]
    assert old.meta.keys() == new.meta.keys()
    assert len(new.problems) <= len(old.problems)
    assert fixed(path, after).changes == {}


@many
@given(articles)
def test_a_round_changes_nothing_but_what_its_edits_cover(text: str) -> None:
    result = next(check("a.md", {"a.md": text.encode()}))
    findings = fix.compatible(result.source, fix.applicable(result.findings, unsafe=True))
    edits = sorted({e for f in findings for e in f.fix.edits}, key=lambda edit: edit.span)
    rest = fix.apply(result.source, edits)
    at = 0
    for edit in edits:
        kept = result.source[at : edit.span.start]
        assert rest.startswith(kept + edit.text)
        rest = rest[len(kept) + len(edit.text) :]
        at = edit.span.end
    assert rest == result.source[at:]
    assert all(one.span.end <= two.span.start for one, two in pairwise(edits))
