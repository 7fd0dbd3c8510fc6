"""The HTML reader: block kinds, exact positions, metadata, broken and hostile input."""

from __future__ import annotations

import time

import pytest
from conftest import within
from hypothesis import given, settings
from hypothesis import strategies as st

from newslint.article import OPAQUE, Article, Span
from newslint.readers.html import read_fragment, read_html
from newslint.readers.html_tokens import attributes
from newslint.readers.verify import pieces_checked, verify

PAGE = """<!DOCTYPE html>
<html lang="en-GB">
<head>
<title>Ferry returns to Marlow Bay | The Bay Ledger</title>
<meta property="og:title" content="Ferry returns &amp; stays">
<meta name="Author" content="">
<meta name="keywords" content="ferry, bay">
<link rel="canonical" href="https://ledger.example/ferry">
<script type="application/ld+json">
{"@context": "https://schema.org", "@graph": [
 {"@type": "WebPage", "name": "Page"},
 {"@type": "NewsArticle", "headline": "Ferry returns to Marlow Bay",
  "datePublished": "2031-04-02T08:00:00Z", "author": [{"name": "Ana Quill"}, {"name": "Bo Reed"}]}]}
</script>
</head>
<body>
<header><h1>The Bay Ledger</h1><nav><ul><li><a href="/news">News</a></li></ul></nav></header>
<main>
<article>
<header>
<h1>Ferry returns to <em>Marlow Bay</em></h1>
<p class="article__standfirst">The boat sails again after nine quiet winters in the yard.</p>
<p class="c-byline">By <a rel="author" href="/ana">Ana Quill</a></p>
<time datetime="2031-04-02">2 April 2031</time>
</header>
<figure><img src="boat.jpg" alt="A &quot;blue&quot; ferry"><button>Zoom</button>
<figcaption>The ferry at dawn.</figcaption></figure>
<p>The ferry is back, the harbour office said on Monday, and it will carry cars &amp; lorries.</p>
<script>var hidden = "never read";</script>
<div class="related"><p>Read our other long story about the trains and buses of the valley.</p></div>
<h2>What comes next</h2>
<p>Tickets cost &pound;4<br>each way, and the first crossing leaves at 6 a.m. on weekdays.</p>
<ul><li>Cars go first</li><li>Lorries wait</li></ul>
<blockquote><p>“We waited for years,” said one sailor at the quay.</p></blockquote>
<table><tr><th>Day</th><td>Monday</td></tr></table>
<p hidden>This paragraph nobody sees, however long it may be on the page.</p>
<aside><p>Sign up for the letter that we send each morning to all our readers.</p></aside>
</article>
</main>
<footer><p>All rights reserved by the owners of this paper, now and for ever after.</p></footer>
</body></html>
"""


def kinds(article: Article) -> list[tuple[str, str]]:
    return [(block.kind, block.text) for block in article.blocks]


def test_whole_page_gives_the_article_and_nothing_of_the_site() -> None:
    article = read_html("a.html", PAGE)
    assert verify(article) == []
    assert kinds(article) == [
        ("headline", "Ferry returns to Marlow Bay"),
        ("standfirst", "The boat sails again after nine quiet winters in the yard."),
        ("byline", "By Ana Quill"),
        ("dateline", "2 April 2031"),
        ("alt-text", 'A "blue" ferry'),
        ("caption", "The ferry at dawn."),
        (
            "paragraph",
            "The ferry is back, the harbour office said on Monday, and it will carry cars & lorries.",
        ),
        ("subheading", "What comes next"),
        (
            "paragraph",
            "Tickets cost £4 each way, and the first crossing leaves at 6 a.m. on weekdays.",
        ),
        ("list-item", "Cars go first"),
        ("list-item", "Lorries wait"),
        ("block-quote", "“We waited for years,” said one sailor at the quay."),
        ("table-cell", "Day"),
        ("table-cell", "Monday"),
    ]
    assert [block.level for block in article.blocks[:8]] == [1, 0, 0, 0, 0, 0, 0, 2]


def test_metadata_prefers_json_ld_and_keeps_places() -> None:
    article = read_html("a.html", PAGE)
    meta = article.meta
    assert meta["title"].value == "Ferry returns to Marlow Bay"
    assert meta["date"].value == "2031-04-02T08:00:00Z"
    assert meta["author"].value == ["Ana Quill", "Bo Reed"]
    assert meta["keywords"].value == "ferry, bay"
    assert meta["og:title"].value == "Ferry returns & stays"
    for name in ("title", "date", "keywords", "canonical", "lang"):
        start, end = meta[name].span
        assert PAGE[start:end] == meta[name].value
    assert PAGE[slice(*meta["title"].key)] == "headline"
    assert article.language == "en"


def test_metadata_from_tags_and_body() -> None:
    page = (
        '<html lang="de-AT"><head><title>Haus &amp; Hof</title>'
        '<meta name="description" content=""></head><body><article>'
        '<p class="byline">By Cy Vale</p><p><time datetime="2030-01-02">Jan. 2</time></p>'
        "<p>Text that is quite long enough to count as a paragraph.</p></article></body></html>"
    )
    article = read_html("a.html", page)
    values = {name: field.value for name, field in article.meta.items()}
    assert values == {
        "lang": "de-AT",
        "title": "Haus & Hof",
        "description": "",
        "author": "Cy Vale",
        "date": "2030-01-02",
    }
    assert page[slice(*article.meta["author"].span)] == "Cy Vale"
    assert article.language == "de"


def test_unreadable_json_ld_is_a_problem_and_the_rest_is_read() -> None:
    page = '<script type="application/ld+json">{"@type": "Article", }</script><p>Still read.</p>'
    article = read_html("a.html", page)
    assert [problem.code for problem in article.problems] == ["json-ld"]
    assert kinds(article) == [("paragraph", "Still read.")]


def test_no_headline_is_invented_from_the_title() -> None:
    article = read_html("a.html", "<html><title>T</title><body><p>One.</p></body></html>")
    assert kinds(article) == [("paragraph", "One.")]
    assert article.meta["title"].value == "T"


def test_headline_just_before_the_article() -> None:
    body = "<p>" + "Words of the story go on and on here. " * 5 + "</p>"
    page = f"<body><div><h1>Mill opens</h1><nav>Menu</nav></div><article>{body}</article></body>"
    page = "<title>Mill opens - Gazette</title>" + page
    assert kinds(read_html("a.html", page))[0] == ("headline", "Mill opens")


def test_fragment_counts_whole() -> None:
    source = (
        "Loose text\n<p>One <code>x = 1</code> two.</p><aside><p>Beside.</p></aside>"
        "<ol><li>Item<ul><li>Inner</li></ul></li></ol><dl><dt>Term<dd>Meaning</dl>"
        "<blockquote>Quoted<h3>Head</h3></blockquote><pre>code</pre><h1></h1>"
    )
    article = read_html("a.html", source)
    assert verify(article) == []
    assert [(block.kind, block.text, block.inside) for block in article.blocks] == [
        ("paragraph", "Loose text", ""),
        ("paragraph", f"One {OPAQUE} two.", ""),
        ("paragraph", "Beside.", "aside"),
        ("list-item", "Item", ""),
        ("list-item", "Inner", "list-item"),
        ("paragraph", "Term", ""),
        ("paragraph", "Meaning", ""),
        ("block-quote", "Quoted", ""),
        ("subheading", "Head", "block-quote"),
        ("headline", "", ""),
    ]
    place = source.index("<h1>") + 4
    assert article.blocks[-1].source_span == Span(place, place)


@pytest.mark.parametrize(
    ("source", "text", "inner", "raw"),
    [
        ("<p>cars &amp; vans</p>", "cars & vans", "&", "&amp;"),
        ("<p>cars &amp vans</p>", "cars & vans", "&", "&amp"),
        ("<p>AT&T &x; &copy2031</p>", "AT&T &x; ©2031", "©", "&copy"),
        ("<p>it&#8217;s &#x2014; so</p>", "it’s — so", "’s", "&#8217;s"),
        ("<p>one\r\n   two</p>", "one two", "one two", "one\r\n   two"),
        ("<p>one<br/>two</p>", "one two", "e t", "e<br/>t"),
        ("<p>w<b>or</b>d</p>", "word", "word", "w<b>or</b>d"),
        ("<p>a<!-- c -->b</p>", "ab", "ab", "a<!-- c -->b"),
        ("<p>5 < 6 and 7 > 6</p>", "5 < 6 and 7 > 6", "< 6", "< 6"),
        ("<p>say <q>hello</q> now</p>", "say “hello” now", "“h", "<q>h"),
        ("<p>wide&nbsp;gap</p>", "wide gap", " ", "&nbsp;"),
    ],
)
def test_positions(source: str, text: str, inner: str, raw: str) -> None:
    article = read_html("a.html", source)
    (block,) = article.blocks
    assert block.text == text
    at = text.index(inner)
    assert source[slice(*block.span(at, at + len(inner)))] == raw
    assert verify(article) == []


def test_two_breaks_separate_paragraphs_and_white_space_alone_is_none() -> None:
    article = read_html("a.html", "One.<br><br>\nTwo.<p>&nbsp;</p><p> \n </p>")
    assert kinds(article) == [("paragraph", "One."), ("paragraph", "Two.")]


def test_links_images_and_comments() -> None:
    source = (
        '<p>See <a href="/a?x=1&amp;y=2&copy=3">the <b>plan</b></a> or https://bay.example/x.</p>\n'
        '  <!-- keep out -->\n<p>x<!-- in line --></p><img src="p.png"><img src=q.png alt="">'
        '<a href="https://bay.example/y">https://bay.example/y</a>'
    )
    article = read_html("a.html", source)
    assert [(link.url, link.text) for link in article.links] == [
        ("/a?x=1&y=2&copy=3", "the plan"),
        ("https://bay.example/x", "https://bay.example/x"),
        ("https://bay.example/y", "https://bay.example/y"),
    ]
    first = article.links[0]
    assert source[slice(*first.span)] == "/a?x=1&amp;y=2&copy=3"
    assert source[slice(*first.text_span)] == "the <b>plan"
    assert [(image.alt, image.decorative) for image in article.images] == [
        (None, False),
        ("", True),
    ]
    assert source[slice(*article.images[0].span)] == '<img src="p.png">'
    assert [(comment.text, comment.own_line) for comment in article.comments] == [
        ("keep out", True),
        ("in line", False),
    ]
    assert article.blocks[0].text == f"See the plan or {OPAQUE}."


def test_fragment_inside_another_text_keeps_its_offsets() -> None:
    source = "# Title\n\n<div>{{ tag }} Bold &amp; new</div>\n\nAfter <b>this</b>"
    start, end = source.index("<div>"), source.index("\n\nAfter")
    masked = source.replace("{{ tag }}", OPAQUE * 9)
    fragment = read_fragment(source, start, end, masked)
    (block,) = fragment.blocks
    assert block.text == f"{OPAQUE} Bold & new"
    assert source[slice(*block.span(2, 6))] == "Bold"


@pytest.mark.parametrize("source", ["<div>", "</div>", "</p></li><td>", "<p><b>x</p>y</b>", "<"])
def test_unbalanced_fragments(source: str) -> None:
    fragment = read_fragment("ab " + source + " cd", 3, 3 + len(source))
    texts = "".join(block.text for block in fragment.blocks)
    assert texts == {"<p><b>x</p>y</b>": "xy", "<": "<"}.get(source, "")


def test_unclosed_elements_end_where_browsers_end_them() -> None:
    article = read_html("a.html", "<p>One<p>Two<ul><li>A<li>B</ul><div>Three</div></section>Four")
    assert kinds(article) == [
        ("paragraph", "One"),
        ("paragraph", "Two"),
        ("list-item", "A"),
        ("list-item", "B"),
        ("paragraph", "Three"),
        ("paragraph", "Four"),
    ]


def test_time_in_a_sentence_is_no_date_line() -> None:
    source = "<p>The vote by the harbour board is at <time>5 p.m.</time> today.</p>"
    assert read_html("a.html", source).blocks[0].kind == "paragraph"


def test_a_date_marked_as_byline_is_a_date_line() -> None:
    source = '<div class="byline">April 2, 2031</div><div class="byline">By Ana Quill</div>'
    assert [block.kind for block in read_html("a.html", source).blocks] == ["dateline", "byline"]


CARD = '<div><h3><a href="/other">Another story of the day</a></h3><p>Its short summary.</p></div>'
STORY = "<p>" + "The council met again and talked about the old bridge. " * 6 + "</p>"


def test_cards_discussion_and_site_lists_are_not_the_article() -> None:
    page = (
        f"<body><article><h1>Bridge talks</h1>{STORY}{CARD}"
        '<ul><li><a href="/a">Sport</a></li><li><a href="/b">Weather</a></li></ul>'
        '<ul><li><a href="https://shop.example/t?tag=1">Buy the torch</a></li></ul></article>'
        f'<div id="comments">{STORY * 4}</div></body>'
    )
    article = read_html("a.html", page)
    assert [block.kind for block in article.blocks] == ["headline", "paragraph", "list-item"]
    assert article.blocks[-1].text == "Buy the torch"


def test_what_a_page_hides_is_not_read_even_if_it_is_marked() -> None:
    page = (
        f'<body><div style="display: none" itemprop="articleBody">{STORY}</div>'
        f"<div>{STORY.replace('bridge', 'tunnel')}</div></body>"
    )
    (block,) = read_html("a.html", page).blocks
    assert "tunnel" in block.text


def test_paragraphs_beside_the_main_part_are_kept() -> None:
    page = (
        f"<body><article><p>A first paragraph of some length.</p><div>{STORY * 9}</div></article>"
    )
    assert read_html("a.html", page).blocks[0].text == "A first paragraph of some length."


def test_headline_that_differs_from_the_title_and_one_in_h2() -> None:
    far = (
        f"<title>Bay boats</title><body><div><h1>Ferry sails once more</h1></div><div>{STORY}</div>"
    )
    assert read_html("a.html", far).blocks[0].kind == "headline"
    second = (
        f"<title>Ferry sails</title><body><h1>Ledger</h1><div><h2>Ferry sails</h2>{STORY}</div>"
    )
    found = [b.text for b in read_html("a.html", second).blocks if b.kind == "headline"]
    assert found == ["Ferry sails"]


def test_attributes_keep_their_places() -> None:
    tag = "<img src=a.png alt='It&apos;s' title=\"x > y\" hidden>"
    found = attributes(tag, 100)
    assert {name: item.value for name, item in found.items()} == {
        "src": "a.png",
        "alt": "It's",
        "title": "x > y",
        "hidden": "",
    }
    assert tag[found["alt"].span.start - 100 : found["alt"].span.end - 100] == "It&apos;s"


def test_verify_can_fail() -> None:
    article = read_html("a.html", "<p>One &amp; two</p>")
    wrong = Article(article.path, " " + article.source, "html", article.blocks)
    assert verify(article) == []
    assert pieces_checked(article) == 3
    assert verify(wrong)


WORDS = st.sampled_from(["harbour", "ferry", "quay", "Ana", "é́t", "cars&amp;vans", "x&lty"])
TAGS = st.sampled_from(
    ["<p>", "</p>", "<b>", "</b>", "<div>", "</div>", "<ul><li>", "</ul>", "<br>", "<h2>", "</h2>"]
    + ["<table><td>", "</table>", '<a href="u&amp;v">', "</a>", "<!-- c -->", "<code>z</code>"]
    + ['<img alt="b &quot;c&quot;">', "<q>", "</q>", "&nbsp;", "&#8217;", "&", "<", "\r\n", "  "]
    + ["<article>", "</article>", "<span class=byline>", "</span>", "http://a.example ", OPAQUE]
    + ["<blockquote>", "</blockquote>", "<figure>", "</figure>", "<script>1</script>", "'", '"']
)


@settings(max_examples=300)
@given(st.lists(st.one_of(WORDS, TAGS), max_size=40))
def test_every_piece_equals_its_source(parts: list[str]) -> None:
    assert verify(read_html("a.html", "".join(parts))) == []


@settings(max_examples=150)
@given(st.lists(st.one_of(st.integers(0, 999), TAGS.filter(lambda t: t[0] in "<&")), max_size=40))
def test_visible_words_come_out_at_their_places(parts: list[int | str]) -> None:
    safe = [part for part in parts if not isinstance(part, str) or len(part) > 1]
    source = "".join(f" word{p} " if isinstance(p, int) else p for p in safe)
    expected = [f"word{part}" for part in safe if isinstance(part, int)]
    found = []
    for block in read_html("a.html", source).blocks:
        at = 0
        for word in block.text.split():
            at = block.text.index(word, at)
            if word.startswith("word"):
                number = word.rstrip("”’“&" + OPAQUE)
                assert source[slice(*block.span(at, at + len(number)))] == number
            at += len(word)
        found += [w.strip("”’“" + OPAQUE) for w in block.text.split() if "word" in w]
    assert sorted(found) == sorted(expected)


@pytest.mark.parametrize(
    "source",
    [
        "<div>" * 5000 + "Deep words" + "</div>" * 5000,
        "<b>" * 5000 + "Deep words",
        "<blockquote><p>" * 2500 + "Deep words",
    ],
)
def test_deep_nesting_keeps_the_text(source: str) -> None:
    article = read_html("a.html", source)
    assert [block.text for block in article.blocks] == ["Deep words"]
    assert verify(article) == []


@pytest.mark.parametrize("unit", ["<", "<a ", '<a b="', "<!--", "</", "&", "<![CDATA[", "= "])
def test_two_megabytes_of_markup_that_never_closes(unit: str) -> None:
    source = unit * (2_000_000 // len(unit))
    with within(5):
        article = read_html("a.html", source)
    assert len(article.blocks) <= 1


@pytest.mark.parametrize("unit", ["<p><b>x", "<li>x</i>", "<td></p>", "<a href=x><div>y", "<h1>x"])
def test_time_grows_with_length_only(unit: str) -> None:
    def seconds(count: int) -> float:
        started = time.process_time()
        read_html("a.html", unit * count)
        return time.process_time() - started

    short = min(seconds(500) for _ in range(3))
    assert seconds(4000) < 40 * short + 0.5
