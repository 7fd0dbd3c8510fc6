"""Front matter: fields with their places, blocks, and what is refused."""

from __future__ import annotations

import json

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from newslint.article import Span
from newslint.readers import frontmatter, yamlmatter
from newslint.readers.frontmatter import FrontMatter
from newslint.readers.markdown import read_markdown
from newslint.readers.verify import verify

YAML = """---
title: "Ferry to Orrsund – sold out"
draft: false
weight: 3
ratio: 1.5
date: 2024-01-02
answer: no
nothing:
tags: [harbour, 'sea level', 7]
authors:
  - Ünal Brandt
  - Mo O'Dea
featured_image:
  alt: A ferry at the quay
images:
  - url: /a.jpg
    alt: Two cranes
---
Body.
"""
TOML = """+++
title = "Ferry to Orrsund – sold out"
draft = false
weight = 3
ratio = 1.5
date = 2024-01-02
tags = ["harbour", 'sea level', 7] # some
authors = [
  "Ünal Brandt", # first
  "Mo O'Dea",
]
[featured_image]
alt = 'A ferry at the quay'
[[images]]
url = "/a.jpg"
alt = "Two cranes"
+++
Body.
"""
JSON = """{
  "title": "Ferry to Orrsund \\u2013 sold out",
  "draft": false, "weight": 3, "ratio": 1.5,
  "date": "2024-01-02", "nothing": null,
  "tags": ["harbour", "sea level", 7],
  "authors": ["Ünal Brandt", "Mo O'Dea"],
  "featured_image": {"alt": "A ferry at the quay"},
  "images": [{"url": "/a.jpg", "alt": "Two cranes"}]
}
Body.
"""


def values(front: FrontMatter) -> dict[str, object]:
    return {name: field.value for name, field in front.fields.items()}


def kinds(front: FrontMatter) -> list[tuple[str, str]]:
    return [(block.kind, block.text) for block in front.blocks]


@pytest.mark.parametrize("source", [YAML, TOML, JSON, YAML.replace("\n", "\r\n")])
def test_the_formats_say_the_same(source: str) -> None:
    front = frontmatter.read(source)
    assert front.problems == ()
    assert source[front.body :].strip() == "Body."
    expected = {
        "title": "Ferry to Orrsund – sold out",
        "draft": False,
        "weight": 3,
        "ratio": 1.5,
        "date": "2024-01-02",
        "tags": ["harbour", "sea level", 7],
        "authors": ["Ünal Brandt", "Mo O'Dea"],
        "featured_image.alt": "A ferry at the quay",
        "images.0.alt": "Two cranes",
        "images.0.url": "/a.jpg",
    }
    assert expected.items() <= values(front).items()
    assert sorted(kinds(front)) == sorted(
        [
            ("headline", "Ferry to Orrsund – sold out"),
            ("byline", "Ünal Brandt"),
            ("byline", "Mo O'Dea"),
            ("alt-text", "A ferry at the quay"),
            ("alt-text", "Two cranes"),
        ]
    )
    for name, field in front.fields.items():
        last = [part for part in name.split(".") if not part.isdigit()][-1]
        assert source[slice(*field.key)] == last
        if isinstance(field.value, str) and "–" not in field.value:
            assert source[slice(*field.span)] == field.value
    assert verify(read_markdown("a.md", source)) == []


def test_yaml_words_keep_the_meaning_of_the_core_schema() -> None:
    front = frontmatter.read(
        "---\na: no\nb: true\nc: ~\nd: 0x1f\ne: 1:30\nf: 2024-01-02 10:00\n"
        "g: '5'\nh: -1e3\ni: .\n---\n"
    )
    assert values(front) == {
        "a": "no",
        "b": True,
        "c": None,
        "d": 31,
        "e": "1:30",
        "f": "2024-01-02 10:00",
        "g": "5",
        "h": -1000.0,
        "i": ".",
    }


SCALARS = [
    ("title: Plain words here", "Plain words here"),
    ("title: Plain words  # and a comment", "Plain words"),
    ("title: Plain words\n  that go on\n  and on", "Plain words that go on and on"),
    ("title: 'It''s the mayor''s'", "It's the mayor's"),
    ("title: 'Two\n  lines'", "Two lines"),
    ('title: "Say \\"no\\" \\u2014 or 😀 \\U0001F600"', 'Say "no" — or 😀 😀'),
    ('title: "Long \\\n   line\n\n   break\\n end"', "Long line break end"),
    ("title: |\n  First line\n  second line\n", "First line second line"),
    ("title: >-\n  First line\n  second line\n\n  third", "First line second line third"),
    ("title: >\n    Deep line\n      deeper\nlang: en", "Deep line deeper"),
    ("title: !!str Tagged", "Tagged"),
    ("title: &name 'Tagged twice'", "Tagged twice"),
    ("title: **The** tide &amp; _us_", None),
    ('title: "**The** tide &amp; _us_"', "The tide & us"),
    ("title: 'The ''`code`'' of [law](https://law.example/x)'", "The '\ufffc' of law"),
    ('title: "A \\"*b*\\" &#8212; c"', 'A "b" — c'),
    ("title: 1. The first", "1. The first"),
    ("title: Q&amp;A with Bo", "Q&A with Bo"),
    ("title: 'Prices {{ site.x }} up'", "Prices \ufffc up"),
]


@pytest.mark.parametrize(("line", "text"), SCALARS)
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_every_way_to_write_a_string(line: str, text: str | None, newline: str) -> None:
    source = f"---\nä: ö 😀\n{line}\n---\n\nBody.\n".replace("\n", newline)
    article = read_markdown("a.md", source)
    if text is None:
        assert [problem.code for problem in article.problems] == ["front-matter-syntax"]
        return
    assert article.blocks[0].kind == "headline"
    assert article.blocks[0].text == text
    assert verify(article) == []
    for word in ("lines", "mayor", "tide", "third", "Tagged", "deeper"):
        at = article.blocks[0].text.find(word)
        if at >= 0:
            assert source[slice(*article.blocks[0].span(at, at + len(word)))] == word


REFUSED = [
    ("---\ntitle: A\n\tdate: 2\n---\n", "\tdate: 2", "tab"),
    ("---\ntitle: A\ntitle: B\n---\n", "title: B", "twice"),
    ("---\na: &x [1]\nb: *x\n---\n", "b: *x", "aliases"),
    ("---\na: &x {b: 1}\nc:\n  <<: *x\n---\n", "  <<: *x", "aliases"),
    ("---\nlol: &a [x]\nb: &b [*a, *a]\nc: [*b, *b]\n---\n", "b: &b [*a, *a]", "aliases"),
    ('---\ntitle: "A\ndate: 1\n---\n', None, ""),
    ("---\na: " + "[" * 400 + "\n---\n", None, "nesting"),
    ("---\na:\n" + "- " * 400 + "b\n---\n", None, "nesting"),
    ("---\n" + "".join(" " * n + "a:\n" for n in range(90)) + "---\n", None, "nesting"),
    ("---\na: 1\n? [a, b]\n: c\n---\n", "? [a, b]", "key"),
    ("---\na: \x07\n---\n", "a: \x07", ""),
    ("+++\ntitle = A\n+++\n", "title = A", "invalid"),
    ("+++\na = 1\na = 2\n+++\n", None, ""),
    ("+++\na = " + "[" * 400 + "]" * 400 + "\n+++\n", None, "nesting"),
    ('{\n"a": 1,\n"a": 2\n}\n', '"a": 2', "twice"),
    ('{\n"a": yes\n}\n', '"a": yes', "missing"),
    ('{"a": ' + "[" * 400 + "\n}\n", None, "nesting"),
    ("---\ntitle: A\nauthor: Bo\n\n", "---", "closing"),
]


@pytest.mark.parametrize(("head", "line", "reason"), REFUSED)
def test_what_is_refused_is_a_problem_and_the_body_is_still_read(
    head: str, line: str | None, reason: str
) -> None:
    source = head + "The tide came in.\n"
    article = read_markdown("a.md", source)
    assert [block.text for block in article.blocks] == ["The tide came in."]
    assert article.meta == {}
    [problem] = article.problems
    assert problem.code == "front-matter-syntax"
    assert reason in problem.message
    assert problem.message.endswith("; rules on metadata were skipped for this file")
    if line is not None:
        assert source[slice(*problem.span)] == line


@pytest.mark.parametrize(
    "source",
    [
        "Just prose.\n",
        "",
        "---\n\nA break and no more.\n",
        "---\nProse between two breaks\n---\nand more\n",
        "---",
        "{{< note >}} and prose\n",
        "+++ not a fence\n",
        " ---\ntitle: x\n---\n",
    ],
)
def test_what_is_no_front_matter(source: str) -> None:
    front = frontmatter.read(source)
    assert (front.fields, front.body, front.problems) == ({}, 0, ())


def test_empty_front_matter() -> None:
    for source in ("---\n---\nX\n", "---\n# only a comment\n...\nX\n", "+++\n+++\nX\n", "{}\nX\n"):
        front = frontmatter.read(source)
        assert (front.fields, front.problems, source[front.body :]) == ({}, (), "X\n")


def test_a_rule_inside_the_body_is_not_swallowed() -> None:
    source = "---\ntitle: A\n---\nOne.\n\n---\n\nTwo: x\n\n---\n"
    texts = [block.text for block in read_markdown("a.md", source).blocks]
    assert texts == ["A", "One.", "Two: x"]


def test_which_key_gives_which_block() -> None:
    source = (
        "---\nsummary: S\ntitle: ''\nheadline: H\ndeck: D\nauthors: [B]\nauthor: {name: A}\n"
        "cover:\n  caption: C\nimage_alt: I\nfallback_altitude: 3\nbyline: Y\n---\n"
    )
    assert kinds(frontmatter.read(source)) == [
        ("headline", "H"),
        ("standfirst", "D"),
        ("caption", "C"),
        ("alt-text", "I"),
        ("byline", "Y"),
    ]


def test_positions_of_nested_and_listed_values() -> None:
    source = "---\na:\n  b: 'x'\n  c: [1, é]\nd: |\n  two\n  lines\n\ne: 5\n---\n"
    front = frontmatter.read(source)
    found = {name: source[slice(*field.span)] for name, field in front.fields.items()}
    assert found == {"a.b": "x", "a.c": "[1, é]", "d": "|\n  two\n  lines", "e": "5"}
    assert front.fields["a.b"].key == Span(source.index("b:"), source.index("b:") + 1)


def is_number_only_here(word: str) -> bool:
    """Whether YAML 1.2 reads a number where PyYAML, which knows 1.1, writes a word: 08, 0o7, 0E0."""
    ours = yamlmatter._meaning(word)
    return isinstance(ours, (int, float)) and isinstance(yaml.safe_load(word), str)


PROSE = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), max_size=30)
LIKE_NUMBERS = st.text("0123456789+-._eExoabn:~", max_size=6)
WORDS = (PROSE | LIKE_NUMBERS).filter(lambda word: not is_number_only_here(word))


@settings(max_examples=80)
@given(st.dictionaries(st.text("abcé😀", min_size=1, max_size=4), WORDS, max_size=4), WORDS)
def test_written_by_pyyaml_and_json_read_back(data: dict[str, str], title: str) -> None:
    data = {**data, "title": title}
    for text in (
        "---\n" + yaml.safe_dump(data, allow_unicode=True, width=20) + "---\nX\n",
        "---\n" + yaml.safe_dump(data, default_style='"', width=20) + "---\nX\n",
        "---\n" + yaml.safe_dump(data, default_style="|", allow_unicode=True) + "---\nX\n",
        json.dumps(data, indent=1) + "\nX\n",
    ):
        front = frontmatter.read(text)
        assert front.problems == ()
        read = {name: field.value for name, field in front.fields.items()}
        assert read == data
        assert verify(read_markdown("a.md", text)) == []


def test_without_libyaml_the_same_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    fast = yamlmatter.read_yaml(YAML, 4, YAML.index("\n---\nBody") + 1)

    class Slow(yaml.SafeLoader):
        resolve = yamlmatter._Loader.resolve
        descend_resolver = yamlmatter._Loader.descend_resolver
        ascend_resolver = yamlmatter._Loader.ascend_resolver

    monkeypatch.setattr(yamlmatter, "_Loader", Slow)
    slow = yamlmatter.read_yaml(YAML, 4, YAML.index("\n---\nBody") + 1)
    assert slow == fast
    for head, _line, _reason in REFUSED[:10]:
        assert frontmatter.read(head + "X\n").problems
