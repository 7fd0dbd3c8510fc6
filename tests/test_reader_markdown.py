"""The Markdown reader: which blocks it makes, and that every character keeps its place."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newslint.article import OPAQUE, Article
from newslint.readers.markdown import read_markdown
from newslint.readers.templates import is_attributes, mask
from newslint.readers.verify import verify

O = OPAQUE  # noqa: E741


def read(source: str) -> Article:
    article = read_markdown("a.md", source)
    assert verify(article) == []
    return article


def kinds(article: Article) -> list[tuple[str, str]]:
    return [(block.kind, block.text) for block in article.blocks]


BLOCKS = [
    ("# Tide *rises*\n\nText.", [("headline", "Tide rises"), ("paragraph", "Text.")]),
    ("Tide rises\n==========\n\nText.", [("headline", "Tide rises"), ("paragraph", "Text.")]),
    ("Text.\n\n# Late", [("paragraph", "Text."), ("subheading", "Late")]),
    ("---\ntitle: T\n---\n# H", [("headline", "T"), ("subheading", "H")]),
    ("## Sub ##\n\n### \n", [("subheading", "Sub"), ("subheading", "")]),
    ("## ![x](y.png)\n", [("alt-text", "x")]),
    ("One\ntwo  \nthree\\\nfour", [("paragraph", "One two three four")]),
    ("- a\n- b\n\n  c\n", [("list-item", "a"), ("list-item", "b"), ("list-item", "c")]),
    ("1. a\n   - b\n2. c", [("list-item", "a"), ("list-item", "b"), ("list-item", "c")]),
    ("-\tTabbed\n\n\tand on", [("list-item", "Tabbed"), ("list-item", "and on")]),
    ("- [x] done", [("list-item", "done")]),
    ("> One\nlazy\n> - two", [("block-quote", "One lazy"), ("block-quote", "two")]),
    ("> # H\n> x", [("block-quote", "H"), ("block-quote", "x")]),
    ("> [!NOTE]\n> Mind", [("block-quote", "Mind")]),
    ("| a | b |\n|---|---|\n| c\\|d | |", [("table-cell", t) for t in ("a", "b", "c|d")]),
    ("Fact.[^1]\n\n[^1]: Note\n", [("paragraph", "Fact."), ("paragraph", "Note")]),
    ("```\ncode here\n```\n\n    more code\n", []),
    ("Run `code` and ``co`de``.", [("paragraph", f"Run {O} and {O}.")]),
    ("![Two *cranes*](c.png)", [("alt-text", "Two cranes")]),
    ("See ![a](b) now", [("paragraph", f"See {O} now"), ("alt-text", "a")]),
    ("![](b.png)", []),
    ("Q&amp;A \\* &#8212; &nbsp;x", [("paragraph", "Q&A * —  x")]),
    ("Go to https://bay.example/a_b(c). Now", [("paragraph", f"Go to {O}. Now")]),
    ("At <https://bay.example/> now", [("paragraph", f"At {O} now")]),
    ("Mail <bo@bay.example>.", [("paragraph", "Mail bo@bay.example.")]),
    ("https://bay.example/only", []),
    ("H<sub>2</sub>O<br>and <b>more</b>", [("paragraph", "H2O and more")]),
    ("Use <code>x *y*</code> and <kbd>K</kbd>.", [("paragraph", f"Use {O} and {O}.")]),
    ("A <script>var x</script>b", [("paragraph", "A b")]),
    (
        "<b>A <img src=a.png alt='Qu&eacute; *x*'>",
        [("paragraph", f"A {O}"), ("alt-text", "Qué *x*")],
    ),
    ("<div>\n\nInside\n\n</div>", [("paragraph", "Inside")]),
    ("<p>One &amp; two</p>\n\nThree", [("paragraph", "One & two"), ("paragraph", "Three")]),
    (
        "<blockquote>\n\nSaid\n\n</blockquote>\n\nNot",
        [("block-quote", "Said"), ("paragraph", "Not")],
    ),
    ("<figure>\n<figcaption>\n\nBoats\n\n</figcaption>\n</figure>", [("caption", "Boats")]),
    ("> <p>a\n> b</p>\n\nc", [("block-quote", "a b"), ("paragraph", "c")]),
    ("- <p>a\n  b</p>\n\nc", [("list-item", "a b"), ("paragraph", "c")]),
    ("<h1>Head</h1>\n\n<h1>Two</h1>\n", [("headline", "Head"), ("subheading", "Two")]),
    ("<script>\na\n\nb\n</script>\n\nc", [("paragraph", "c")]),
    ("~~gone~~ and \\_kept\\_", [("paragraph", "gone and _kept_")]),
    ("Paid $5 and $6, or $7-$8", [("paragraph", "Paid $5 and $6, or $7-$8")]),
    ("---\n\n***\n\n| --- |", []),
    (
        "Related: [The pier](/p)\n\nText",
        [("link-line", "Related: The pier"), ("paragraph", "Text")],
    ),
    ("", []),
    ("\n \n", []),
    ('<a href="x"y">z</a> is', [("paragraph", f"{O}z is")]),
]


@pytest.mark.parametrize(("source", "expected"), BLOCKS)
@pytest.mark.parametrize("change", ["as it is", "crlf", "shifted"])
def test_blocks(source: str, expected: list[tuple[str, str]], change: str) -> None:
    if change == "crlf":
        source = source.replace("\n", "\r\n")
    if change == "shifted":
        if source.startswith("---\nt"):
            return
        source = f"---\nä: “ö” 😀\n---\n{source}\n\nEnd “ü” 😀.\n"
        expected = [*expected, ("paragraph", "End “ü” 😀.")]
    assert kinds(read(source)) == expected


TEMPLATES = [
    ('Before {{< figure src="a.png" title="Fine >}} words" >}} after', f"Before {O} after"),
    ("Before {{% note %}}inside{{% /note %}} after", f"Before {O}inside{O} after"),
    ("A {{ page.title | default: 'x' }} b", f"A {O} b"),
    ('A {% include x.html\n   text="two\n   lines" %} b', f"A {O} b"),
    ("A {# hidden #} b <%= erb %> c", f"A {O} b {O} c"),
    ("{% raw %}kept {{ not }}{% endraw %} on", f"{O}kept {O} on"),
    ("{% comment %}not\n\nread{% endcomment %}on", f"{O}on"),
    ("{{< highlight go >}}\nfunc main\n\nx\n{{< /highlight >}}\nAfter", f"{O} After"),
    ("{{</* shown */>}} text", f"{O} text"),
    ("Loose {{ and no end", "Loose {{ and no end"),
    ("Loose {{ and\n\nnew }} end", "Loose {{ and"),
    ("Write `{{` and `}}` so", f"Write {O} and {O} so"),
    ("**Bold**{: .big} and _em_{:.x} so", "Bold and em so"),
    ('Words{: target="_blank" rel="a_b_c"} on', "Words on"),
    ("{{< é “ü” >}} text ö", f"{O} text ö"),
    ("“{{< é >}}” *text* ö", f"“{O}” text ö"),
    ("{{< é >}} plain\n*on* ö", f"{O} plain on ö"),
    ("[{{< é >}}](/pier) and on", f"{O} and on"),
]


@pytest.mark.parametrize(("source", "text"), TEMPLATES)
def test_template_syntax_is_no_prose(source: str, text: str) -> None:
    assert read(source).blocks[0].text == text


def test_heading_attributes_and_tags_of_their_own() -> None:
    source = "## Tide {#tide .big}\n\n{{< toc >}}\n\n{:.lead}\nText\n\n{% if a %}\n- b\n{% endif %}"
    assert kinds(read(source)) == [
        ("subheading", "Tide"),
        ("paragraph", "Text"),
        ("list-item", f"b {O}"),
    ]


def test_mask_is_ordered_and_stays_linear() -> None:
    source = "{{ a }}{%b%}{#c#}{{< d >}}" * 20 + "{{< " * 20_000 + "{% comment %}" * 5_000
    spans = mask(source)
    assert all(a.end <= b.start for a, b in pairwise(spans))
    assert spans[0] == (0, 7)
    assert is_attributes("{: .x}", mask("{: .x}")[0])
    assert not is_attributes("{# x #}", mask("{# x #}")[0])


LINKS = [
    ("See [the *pier*](/p/x).", "/p/x", "/p/x", "the pier"),
    ("See [the pier](</p x> 'Title').", "/p x", "/p x", "the pier"),
    ('See [pier]( /p(1)?a=b&amp;c "Title (x)" ).', "/p(1)?a=b&c", "/p(1)?a=b&amp;c", "pier"),
    ("See [a [b] `c`](/d).", "/d", "/d", f"a [b] {O}"),
    ("See [![alt](i.png)](/d) x.", "/d", "/d", O),
    ("See [the pier][p].\n\n[p]: /far\n", "/far", "[the pier][p]", "the pier"),
    ("See [the pier][].\n\n[the pier]: /far\n", "/far", "[the pier]", "the pier"),
    ("See <https://bay.example/é>.", "https://bay.example/é", "https://bay.example/é", O),
    (
        "See https://bay.example/é.",
        "https://bay.example/é",
        "https://bay.example/é",
        "https://bay.example/é",
    ),
    ("See [ü](https://bay.example/).", "https://bay.example/", "https://bay.example/", "ü"),
    ('See [p]({{< ref "a b.md" >}}) x.', '{{< ref "a b.md" >}}', '{{< ref "a b.md" >}}', "p"),
    ("See [p]({{ site.url }}/a) x.", "{{ site.url }}/a", "{{ site.url }}/a", "p"),
    ("See <a class=x href='/q?a&amp;b'>the <b>pier</b></a>.", "/q?a&b", "/q?a&amp;b", "the pier"),
    ('See <a href="{{ site.url }}">pier</a>.', "{{ site.url }}", "{{ site.url }}", "pier"),
    ("<p>See <a href='/q'>pier</a></p>", "/q", "/q", "pier"),
    ("See [https://bay.example](/q).", "/q", "/q", "https://bay.example"),
]


@pytest.mark.parametrize(("source", "url", "raw", "text"), LINKS)
@pytest.mark.parametrize("before", ["", "“É” 😀\n\n", "---\na: é\n---\n"])
def test_links(source: str, url: str, raw: str, text: str, before: str) -> None:
    source = before + source
    [link] = read(source).links
    assert (link.url, link.text) == (url, text)
    assert source[slice(*link.span)] == raw
    words = source[slice(*link.text_span)]
    assert words.replace("*", "").replace("<b>", "").startswith(text.replace(O, "")[:3])


def test_images_say_whether_there_is_an_alternative_text() -> None:
    source = "![a](b.png) ![](c.png) <img src=d.png> <img src=e.png alt=''> ![f]({{ x }})"
    article = read(source)
    assert [(i.url, i.alt, i.decorative) for i in article.images] == [
        ("b.png", "a", False),
        ("c.png", "", False),
        ("d.png", None, False),
        ("e.png", "", True),
        ("{{ x }}", "f", False),
    ]
    assert source[slice(*article.images[1].span)] == "![](c.png)"


def test_comments_in_all_places() -> None:
    source = "<!-- one -->\n\nText <!-- two --> on\n<!-- three -->\nmore\n\n- x\n\n  <!--four-->\n"
    article = read(source)
    assert [(c.text, c.own_line) for c in article.comments] == [
        ("one", True),
        ("two", False),
        ("three", True),
        ("four", True),
    ]
    assert source[slice(*article.comments[1].span)] == "<!-- two -->"
    assert kinds(article)[:2] == [("paragraph", "Text on"), ("paragraph", "more")]


def test_where_a_block_stands() -> None:
    source = "## A\n\n- b\n\n> c\n\n[^1]: d\n\n- ### e\n\n[^1]"
    found = [(b.kind, b.level, b.inside) for b in read(source).blocks]
    assert found == [
        ("subheading", 2, ""),
        ("list-item", 0, "list-item"),
        ("block-quote", 0, "block-quote"),
        ("paragraph", 0, "footnote"),
        ("subheading", 3, "list-item"),
    ]


def test_an_empty_heading_stands_behind_its_marks() -> None:
    source = "Text.\n\n##\n\nMore."
    block = read(source).blocks[1]
    assert (block.text, block.level, block.source_span) == ("", 2, (9, 9))
    assert source[:9].endswith("##")


def test_a_byline_only_near_the_top() -> None:
    article = read("# H\n\nBy Ada Lund\n\nText one.\n\nText two.\n\nText three.\n\nBy Ada Lund\n")
    assert [block.kind for block in article.blocks].count("byline") == 1
    assert article.blocks[1].kind == "byline"


@pytest.mark.parametrize(
    ("head", "language"), [("lang: de-AT", "de"), ("language: en_GB", "en"), ("lang: 5", "en")]
)
def test_language(head: str, language: str) -> None:
    assert read(f"---\n{head}\n---\nX").language == language


@pytest.mark.parametrize(
    "source",
    [
        "\ud800 lone half *x*",
        "---\ntitle: \ud800\n---\nx",
        "\x00a\x00 *b*",
        ">" * 3000 + "a",
        "- " * 1500 + "a",
        "[" * 20_000,
        "*a " * 20_000,
        "<" * 20_000,
        "<!--" * 5_000,
        "`" * 20_000,
        "a\n" * 20_000,
        "![" * 3_000 + "](x)" * 3_000,
        "https://" * 5_000,
        "> <p>a\n" * 500,
        "\ufffc *\ufffc* \ufffc",
        "a\rb\r\rc",
    ],
    ids=range(16),
)
def test_hostile_input_is_read_in_bounded_time(source: str) -> None:
    read(source)


FRAGMENTS = [
    "{w} plain {w}", "**{w}** _{w}_", "`code` {w}", "[{w} {w}](/a_b \"t\")", "![{w}](x.png)",
    "&amp; {w} &mdash;", "\\* {w} \\_", "{w}<br>{w}", "<b>{w}</b>", "“{w}” é😀",
    "{{{{< x y=\"é\" >}}}} {w}", "{{% if a %}}{w}{{% endif %}}", "https://a.example/{w}_ ",
    "<code>x</code> {w}", "~~{w}~~", "<!-- c --> {w}", "[{w}][r]", "{w}[^1]", "{w}\t{w}",
    "[{w}]({{{{ site.u }}}}/é)", "<a href='é'>{w}</a>",
]  # fmt: skip
CONTAINERS = [
    "{}", "# {}", "- {}", "1. {}", "> {}", "> - {}", "- > {}", "| {} |\n|---|\n| {} |", "[^1]: {}",
    "<p>{}</p>", "<div>\n\n{}\n\n</div>", "-\t{}", ">\t{}", "{}\n---", "    {}", "```\n{}\n```",
]  # fmt: skip


@settings(max_examples=150)
@given(
    st.lists(
        st.tuples(
            st.sampled_from(CONTAINERS),
            st.lists(st.sampled_from(FRAGMENTS), min_size=1, max_size=4),
            st.sampled_from([" ", "\n", "  \n", "\n  ", "\\\n"]),
        ),
        max_size=5,
    ),
    st.sampled_from(["\n", "\r\n"]),
    st.sampled_from(["", "---\ntitle: “é”\n---\n"]),
)
def test_every_word_stands_where_the_article_says(
    parts: list[tuple[str, list[str], str]], newline: str, head: str
) -> None:
    number = 0
    blocks = []
    for container, fragments, between in parts:
        texts = []
        for fragment in fragments:
            while "{w}" in fragment:
                number += 1
                fragment = fragment.replace("{w}", f"word{number}w", 1)
            texts.append(fragment.replace("{{", "{").replace("}}", "}"))
        blocks.append(container.replace("{}", between.join(texts)))
    source = head + "\n\n".join([*blocks, "[r]: /far"]).replace("\n", newline) + newline
    article = read(source)
    for block in article.blocks:
        for count in range(1, number + 1):
            word = f"word{count}w"
            at = block.text.find(word)
            if at >= 0:
                assert source[slice(*block.span(at, at + len(word)))] == word
        assert "{" not in block.text
        # Behind a tag or a comment that begins a block, Markdown is no Markdown.
        assert "x.png" not in block.text or "<p>" in source or "<!--" in source
