"""Plain text: what is a headline, a byline, a list item, and where each character came from."""

from __future__ import annotations

import re

import pytest
from conftest import within
from hypothesis import given, settings
from hypothesis import strategies as st

from newslint import readers
from newslint.article import Article
from newslint.readers import language_guess
from newslint.readers.lines import line_kind, parse_byline, parse_date_line
from newslint.readers.text import read_text
from newslint.readers.verify import verify

LONG = "The harbour board voted on Tuesday to close the old swing bridge for repairs until May."
MORE = "Boats will have to wait at the outer pier, the harbour master, Ines Falk, said."


def read(source: str) -> Article:
    article = read_text("a.txt", source)
    assert verify(article) == []
    return article


def lines(*texts: str, gap: str = "\n") -> str:
    return gap.join(texts)


def kinds(source: str) -> list[tuple[str, str]]:
    return [(block.kind, block.text) for block in read(source).blocks]


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("By Ines Falk", "byline"),
        ("BY INES FALK", "byline"),
        ("By Ines Falk and Tom Hale, Staff Writer", "byline"),
        ("By Ines Falk | July 3, 2025", "byline"),
        ("By INES FALK Harbour Courier", "byline"),
        ("By Staff", "byline"),
        ("By The Harrow Gazette", "byline"),
        ("By Jane A. Roe", "byline"),
        ("By INES R. FALK JR", "byline"),
        ("By AFP", "byline"),
        ("Ines Falk reports", "byline"),
        ("Ines Falk, staff writer", "byline"),
        ("(Reporting by Ines Falk; Editing by Tom Hale)", "byline"),
        ("Contributing: Ines Falk, Tom Hale.", "byline"),
        ("By the end of the year, the council had closed it", None),
        ("By Tuesday", None),
        ("By Monday Morning", None),
        ("By Land and Sea", None),
        ("By the Numbers", None),
        ("By Mayor Falk's count, the bridge has cost $3 million.", None),
        ("By Ines Falk and her deputies, the plan was called a failure.", None),
        ("Harbour Courier reports:", None),
        ("Police Chief Tom Hale reports to the mayor", None),
        ("Published: July 23, 2025 – 4:50 PM PST", "dateline"),
        ("Updated 3 March 2024 10:15 GMT", "dateline"),
        ("July 23, 2025", "dateline"),
        ("2025-07-23", "dateline"),
        ("2025-07-23T10:15:00+02:00", "dateline"),
        ("Posted on Sept. 3, 2025", "dateline"),
        ("10:01 pm PST, Tuesday, November 19, 2019", "dateline"),
        ("Ines Falk - Nov 19, 2019, 8:15 pm CST", "dateline"),
        ("Updated 3 hours ago", "dateline"),
        ("LONDON (Courier) - The harbour board met.", None),
        ("July 23, 2025: Board votes on bridge", None),
        ("July 23, 2025 was a cold day", None),
        ("May 2025", None),
        ("Updated March 3: this story has been corrected.", None),
        ("Source: Harbour Courier – Bridge to close", "source-line"),
        ("Sources: harbour office, interviews", "source-line"),
        ("(Source: Harbour Courier)", "source-line"),
        ("Sources say the mayor will resign", None),
        ("Photo: Ines Falk, Courier", "caption"),
        ("(Photo by Ines Falk)", "caption"),
        ("Image 1 of 23", "caption"),
        ("Images of the fire spread quickly", None),
        ("Related: Board votes on bridge", "link-line"),
        ("READ NEXT: Board votes", "link-line"),
        ("Explore More:", "link-line"),
        ("More on this story", "link-line"),
        ("You may also like", "link-line"),
        ("RELATED Board votes on bridge", "link-line"),
        ("Read more about the bridge plan here", "link-line"),
        ("More on this story later", None),
        ("Related to this is the question of who pays", None),
        ("More than 40 people were hurt", None),
        ("Watch the board vote", None),
        ("", None),
        ("Related: " + "a" * 400, None),
    ],
)
def test_line_kind(line: str, kind: str | None) -> None:
    assert line_kind(line) == kind


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("By Ines Falk and Tom Hale, Staff Writer", ["Ines Falk", "Tom Hale"]),
        ("By Ana de la Cruz, L. van der Berg and J. K. O'Dea", None),
        ("BY INES FALK", ["INES FALK"]),
        ("By Tom Hale Jr. in Port Amber", ["Tom Hale Jr."]),
        ("Contributing: Ines Falk, Tom Hale.", ["Ines Falk", "Tom Hale"]),
        ("By Tuesday", []),
    ],
)
def test_parse_byline(line: str, names: list[str] | None) -> None:
    expected = ["Ana de la Cruz", "L. van der Berg", "J. K. O'Dea"] if names is None else names
    assert [line[start:end] for start, end in parse_byline(line)] == expected


@pytest.mark.parametrize(
    ("line", "date"),
    [
        ("Published: July 23, 2025 – 4:50 PM PST", "July 23, 2025 – 4:50 PM PST"),
        ("Last updated : 20 Nov 2019 01:41 PM IST | Source: Courier", "20 Nov 2019 01:41 PM IST"),
        ("Posted on 2025-07-23T10:15Z", "2025-07-23T10:15Z"),
        ("Updated Nov 19, 9:41 AM", "Nov 19, 9:41 AM"),
        ("No date here", None),
    ],
)
def test_parse_date_line(line: str, date: str | None) -> None:
    found = parse_date_line(line)
    assert (line[found[0] : found[1]] if found else None) == date


def test_one_paragraph_a_line() -> None:
    source = lines(
        "Old bridge to close—but not for ever",
        "Published: July 23, 2025 – 4:50 PM PST",
        "By Ines Falk and Tom Hale",
        LONG,
        "Boats will wait",
        MORE,
        "“We knew it would come,” she said, listing the reasons:",
        "- The gears are worn",
        "• The gates leak. They have for years.",
        "What’s next",
        MORE,
        "Explore More:",
        "- How the bridge was built",
        "- Ten piers to see",
        "Source: Harbour Courier – Bridge to close",
    )
    assert kinds(source) == [
        ("headline", "Old bridge to close—but not for ever"),
        ("dateline", "Published: July 23, 2025 – 4:50 PM PST"),
        ("byline", "By Ines Falk and Tom Hale"),
        ("paragraph", LONG),
        ("subheading", "Boats will wait"),
        ("paragraph", MORE),
        ("paragraph", "“We knew it would come,” she said, listing the reasons:"),
        ("list-item", "The gears are worn"),
        ("list-item", "The gates leak. They have for years."),
        ("subheading", "What’s next"),
        ("paragraph", MORE),
        ("link-line", "Explore More:"),
        ("link-line", "How the bridge was built"),
        ("link-line", "Ten piers to see"),
        ("source-line", "Source: Harbour Courier – Bridge to close"),
    ]
    meta = read(source).meta
    assert meta["author"].value == ["Ines Falk", "Tom Hale"]
    for key, text in (
        ("title", "Old bridge to close—but not for ever"),
        ("date", "July 23, 2025 – 4:50 PM PST"),
        ("author", "Ines Falk and Tom Hale"),
    ):
        span = meta[key].span
        assert source[span.start : span.end] == text


def test_blank_lines_a_breadcrumb_and_repeated_headlines() -> None:
    title = "Harbour Board Closes Old Swing Bridge After Long Debate"
    reworded = "Harbour Board in Port Amber Closes Old Swing Bridge"
    source = lines(
            "News Harbours", title, title, reworded, LONG, "Background & Context", MORE,
            "  • May 2025: The board met.", "  • May 2025: The board met again.", "Conclusion",
            "Brass Lamps – Light your way with a lamp from our shop.",
            "Related: Board Meets Amid Gale Warnings", gap="\n\n",
    )  # fmt: skip
    assert kinds(source) == [
        ("link-line", "News Harbours"),
        ("headline", title),
        ("headline", title),
        ("headline", reworded),
        ("paragraph", LONG),
        ("subheading", "Background & Context"),
        ("paragraph", MORE),
        ("list-item", "May 2025: The board met."),
        ("list-item", "May 2025: The board met again."),
        ("subheading", "Conclusion"),
        ("paragraph", "Brass Lamps – Light your way with a lamp from our shop."),
        ("link-line", "Related: Board Meets Amid Gale Warnings"),
    ]
    article = read(source)
    assert article.source[slice(*article.anchor())] == title


WRAPPED = """\
Old Swing Bridge to Close Until May as Harbour Board
Looks for Money

By Ines Falk

The harbour board voted on Tuesday to close the old swing bridge
for repairs that are expected to last until May, its chairman told
reporters at the pier.

  - The gears, which were cast in 1902, are worn and cannot be had
    any more.
  - The gates leak.

Boats will have to wait at the outer pier while divers look at the
foundations, the harbour master, Ines Falk, said in a letter that
she sent to all skippers.
"""


def test_hard_wrapped_paragraphs_are_joined() -> None:
    assert kinds(WRAPPED) == [
        ("headline", "Old Swing Bridge to Close Until May as Harbour Board Looks for Money"),
        ("byline", "By Ines Falk"),
        (
            "paragraph",
            (
                "The harbour board voted on Tuesday to close the old swing bridge for repairs that "
                "are expected to last until May, its chairman told reporters at the pier."
            ),
        ),
        ("list-item", "The gears, which were cast in 1902, are worn and cannot be had any more."),
        ("list-item", "The gates leak."),
        (
            "paragraph",
            (
                "Boats will have to wait at the outer pier while divers look at the foundations, the "
                "harbour master, Ines Falk, said in a letter that she sent to all skippers."
            ),
        ),
    ]
    block = read(WRAPPED).blocks[2]
    start = block.text.index("bridge for repairs")
    span = block.span(start, start + len("bridge for repairs"))
    assert WRAPPED[span.start : span.end] == "bridge\nfor repairs"


def test_short_paragraphs_on_lines_of_their_own_are_not_joined() -> None:
    body = [
        f"The board met again on day {n} and talked about the bridge for hours." for n in range(8)
    ]
    source = "Bridge talks drag on\n\n" + "\n".join(body)
    assert [text for _, text in kinds(source)][1:] == body


@pytest.mark.parametrize(
    ("first", "kind"),
    [
        ("Old bridge to close", "headline"),
        ("Will the old bridge close?", "headline"),
        ("Board Closes Old Bridge After Long Debate.", "headline"),
        ("Bridge tolls end across the U.S.", "headline"),
        ("Source: Board to close bridge", "headline"),
        (LONG, "paragraph"),
        ("The board met. It closed the bridge.", "paragraph"),
        ("and then the bridge closed", "paragraph"),
        ("Harbour news:", "paragraph"),
    ],
)
def test_the_first_line(first: str, kind: str) -> None:
    assert kinds(f"{first}\n\n{LONG}\n\n{MORE}")[0] == (kind, first)


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("Boats will wait", "subheading"),
        ("What Happens to the Boats?", "subheading"),
        ("“Nobody asked us”", "subheading"),
        ("The bridge closed.", "paragraph"),
        ("Did anybody ask them?", "paragraph"),
        ("Q: Did Anybody Ask Them?", "paragraph"),
        ("Falk went on:", "paragraph"),
        ("He said no…", "paragraph"),
        ("the boats wait", "paragraph"),
        ("Pier 4\t12\t19", "paragraph"),
        ("By Harbour Light", "subheading"),
        ("-30-", "paragraph"),
        ("###", "paragraph"),
        ("Updated: 3 March 2024, 10:15 GMT", "dateline"),
    ],
)
def test_a_short_line_in_mid_copy(line: str, kind: str) -> None:
    body = [LONG, MORE] * 4
    source = "\n\n".join(["Old bridge to close", *body, line, *body])
    assert (kind, line) in kinds(source)


def test_a_title_with_nothing_below_is_no_subheading() -> None:
    assert kinds(f"Old bridge to close\n\n{LONG}\n\nThat is all")[-1] == (
        "paragraph",
        "That is all",
    )


@pytest.mark.parametrize(
    ("items", "kind"),
    [
        (["- Ten piers to see", "- How it was built"], "link-line"),
        (["1. Ten piers to see", "2. How it was built"], "link-line"),
        (["Ten piers to see", "How it was built"], "link-line"),
        (["Ten piers are open. Nobody fell.", MORE], "paragraph"),
    ],
)
@pytest.mark.parametrize("heading", ["Explore More:", "Related stories", "You may also like"])
def test_link_lists(heading: str, items: list[str], kind: str) -> None:
    found = kinds(lines("Old bridge to close", LONG, heading, *items))
    assert [kind for kind, _ in found[2:]] == ["link-line", kind, kind]


def test_a_related_line_with_a_title_heads_no_list() -> None:
    found = kinds(lines("Old bridge to close", LONG, "Related: Bridge tolls", "- Gears", "- Gates"))
    assert [kind for kind, _ in found[2:]] == ["link-line", "list-item", "list-item"]


def test_a_breadcrumb_is_no_headline() -> None:
    for crumb in ("News Harbours", "Home / News", "Home > Local > Harbours"):
        assert kinds(f"{crumb}\n\nOld bridge to close until May\n\n{LONG}")[:2] == [
            ("link-line", crumb),
            ("headline", "Old bridge to close until May"),
        ]
    assert kinds(f"Bridge to close\n\nBoats will wait at the pier\n\n{LONG}")[:2] == [
        ("headline", "Bridge to close"),
        ("standfirst", "Boats will wait at the pier"),
    ]


def test_dashes_at_the_start_of_wrapped_lines_are_no_bullets() -> None:
    source = (
        "Old bridge to close\n\nThe board called the plan for the old bridge in the harbour\n"
        "— a plan that it had fought over for years and years — dead and\nburied on Tuesday.\n"
    )
    assert [kind for kind, _ in kinds(source)] == ["headline", "paragraph"]


@pytest.mark.parametrize(
    "source",
    ["<!--\n" * 20_000, "<!--\n" * 20_000 + "--> x", "- a\n" * 20_000, "A title\n" * 20_000,
     "x" * 500_000, "By " + "A B, " * 20_000, "Related:\n" * 20_000, "A b" + " " * 200_000 + "c"],
)  # fmt: skip
def test_time_grows_with_length_only(source: str) -> None:
    with within(3):
        read_text("a.txt", source)


def test_standfirst() -> None:
    source = f"Old bridge to close\nBoats will wait at the outer pier until May\n\n{LONG}\n\n{MORE}"
    assert kinds(source)[1] == ("standfirst", "Boats will wait at the outer pier until May")


def test_numbered_lists_and_numbered_headings() -> None:
    assert kinds(f"Old bridge to close\n{LONG}\n1. Gears\n2) Gates\n{MORE}")[2:4] == [
        ("list-item", "Gears"),
        ("list-item", "Gates"),
    ]
    assert kinds(f"Old bridge to close\n{LONG}\n1. The gears\n{MORE}")[2] == (
        "subheading",
        "1. The gears",
    )


def test_header_lines() -> None:
    source = (
        "Title: Old bridge to close\nAuthor: Ines Falk, Tom Hale\nDate: 2025-07-23\n"
        f"Section: local\nTags: harbour, bridge\nLanguage: en-GB\n\n{LONG}\n"
    )
    article = read(source)
    assert {key: field.value for key, field in article.meta.items()} == {
        "title": "Old bridge to close",
        "author": ["Ines Falk", "Tom Hale"],
        "date": "2025-07-23",
        "section": "local",
        "tags": ["harbour", "bridge"],
        "language": "en-GB",
    }
    assert readers.read_source("a.txt", source).language == "en"
    assert kinds(source) == [
        ("headline", "Old bridge to close"),
        ("byline", "Ines Falk, Tom Hale"),
        ("dateline", "2025-07-23"),
        ("paragraph", LONG),
    ]
    field = article.meta["author"]
    assert source[slice(*field.span)] == "Ines Falk, Tom Hale"
    assert source[slice(*field.key)] == "Author"


def test_comments_on_lines_of_their_own() -> None:
    source = (
        f"Old bridge to close\n<!-- newslint-ignore wordy -- his words -->\n{LONG}\n"
        f"  <!-- two\nlines --> <!-- and one -->\n{MORE} <!-- in the copy -->\n<!-- never closed\n"
    )
    article = read(source)
    assert [(c.text, source[slice(*c.span)], c.own_line) for c in article.comments] == [
        (
            "newslint-ignore wordy -- his words",
            "<!-- newslint-ignore wordy -- his words -->",
            True,
        ),
        ("two\nlines", "<!-- two\nlines -->", True),
        ("and one", "<!-- and one -->", True),
    ]
    assert [block.text for block in article.blocks][1:] == [
        LONG,
        MORE + " <!-- in the copy -->",
        "<!-- never closed",
    ]


def test_bare_urls_become_links() -> None:
    source = f"Old bridge to close\n{LONG}\nSee https://pier.example/a?b=c, or www.pier.example.\n"
    article = read(source)
    assert article.blocks[2].text == "See \ufffc, or \ufffc."
    assert [link.url for link in article.links] == [
        "https://pier.example/a?b=c",
        "www.pier.example",
    ]
    assert [source[slice(*link.span)] for link in article.links] == [
        link.url for link in article.links
    ]


@pytest.mark.parametrize(
    "newline", ["\n", "\r\n", "\r", "\f", "\u2028", "\n\n", "\r\n\r\n", " \n\t\n"]
)
@pytest.mark.parametrize("indent", ["", "  ", "\t", "\u00a0\u3000"])
def test_newlines_and_indentation(newline: str, indent: str) -> None:
    copy = ["Old bridge to close", LONG, "• The\u00a0gears\tare worn.", MORE]
    source = "".join(indent + line + newline for line in copy)
    assert kinds(source) == [
        ("headline", copy[0]),
        ("paragraph", LONG),
        ("list-item", "The gears\tare worn."),
        ("paragraph", MORE),
    ]


LINES = st.one_of(
    st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=80),
    st.sampled_from(
        [
            "", "", "Old bridge to close", LONG, MORE, "- gears", "• gates", "1. one", "2. two",
            "Related: that", "Explore More:", "By Ines Falk", "July 3, 2025", "<!-- a -->", "<!--",
            "-->", "see https://pier.example/x", "___", "* * *", "-30-", "Title: A", "Author: B",
            "  indented and rather long, as the lines of wrapped copy are, without",
        ]
    ),
)  # fmt: skip
NEWLINES = st.sampled_from(["\n", "\r\n", "\r", "\n\n", "\f", "\v", "\x85", "\u2028", "\u2029"])
MARKS = re.compile(r"[•‣◦▪■●∙·*+_=~–—\-.\d()\s:]*")


@settings(max_examples=250)
@given(st.lists(st.tuples(LINES, NEWLINES), max_size=14))
def test_nothing_is_lost_and_everything_has_its_place(parts: list[tuple[str, str]]) -> None:
    source = "".join(line + newline for line, newline in parts)
    article = read(source)
    covered = bytearray(len(source))
    spans = [block.source_span for block in article.blocks]
    spans += [comment.span for comment in article.comments]
    spans += [link.span for link in article.links]
    spans += [field.span for field in article.meta.values()]
    spans += [field.key for field in article.meta.values()]
    for start, end in spans:
        covered[start:end] = b"\1" * (end - start)
    left = "".join(char if not seen else " " for char, seen in zip(source, covered, strict=True))
    for line in left.splitlines():
        assert MARKS.fullmatch(line), (line, source)
    starts = [block.source_span.start for block in article.blocks]
    assert starts == sorted(starts)


@settings(max_examples=100)
@given(st.text(max_size=320))
def test_line_kind_takes_any_text(text: str) -> None:
    line_kind(text)
    parse_date_line(text)
    for start, end in parse_byline(text):
        assert text[start:end].strip()


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("a/b.md", "markdown"),
        ("b.MARKDOWN", "markdown"),
        ("b.html", "html"),
        ("b.HTM", "html"),
        ("b.txt", "text"),
        ("b.rst", None),
        ("a.md/b", None),
        ("md", None),
    ],
)
def test_format_of(path: str, expected: str | None) -> None:
    assert readers.format_of(path) == expected


@pytest.mark.parametrize("data", [b"", b" \r\n\t\n", "\ufeff\n".encode(), "\u00a0\u2028".encode()])
def test_empty_files(data: bytes) -> None:
    result = readers.read("a.md", data)
    assert result.notices == ("empty",)
    assert result.article.blocks == ()
    assert result.article.format == "markdown"


def test_read_mentions_the_encoding() -> None:
    result = readers.read("a.txt", "Café to close\n\nThe café said “no”.".encode("cp1252"))
    assert result.article.blocks[0].text == "Café to close"
    assert ["windows-1252" in notice for notice in result.notices] == [True]


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("<!DOCTYPE html><p>a</p>", "html"),
        ("\n<p>The bridge closed.</p>", "html"),
        ("---\ntitle: a\n---\ntext", "markdown"),
        ("# Old bridge\n\ntext", "markdown"),
        ("Look [here](https://pier.example).", "markdown"),
        ("Old bridge to close\n\nThe board met.", "text"),
        ("5 < 6 and #7 is next", "text"),
    ],
)
def test_an_unknown_suffix_is_told_from_the_text(source: str, expected: str) -> None:
    assert readers.read_source("article", source).format == expected


SPANISH = (
    "El ayuntamiento aprobó el martes la construcción de un nuevo puente sobre el río, después de "
    "años de debate entre los vecinos y las autoridades. La alcaldesa dijo que las obras empiezan "
    "en octubre y que costarán más de tres millones, aunque la oposición espera un precio mayor."
)
GERMAN = (
    "Der Stadtrat hat am Dienstag den Bau einer neuen Brücke über den Fluss beschlossen, nach "
    "Jahren der Debatte zwischen Anwohnern und Behörden. Die Bürgermeisterin sagte, die Arbeiten "
    "würden im Oktober beginnen und mehr als drei Millionen kosten, doch viele glauben das nicht."
)
FRENCH = (
    "Le conseil municipal a approuvé mardi la construction d'un nouveau pont sur le fleuve, après "
    "des années de débat entre les habitants et les autorités. La maire a déclaré que les travaux "
    "commenceront en octobre et coûteront plus de trois millions, mais personne ne le croit ici."
)
NAMES = (
    "Also present on Monday: Mayor Ada Lorne, Harbour Minister Bram Ostrey, Deputy Mayor Ilse Brandt, "
    "Council Leader Piet Hollander, Police Chief Marta Vance, Judge Ottoline Grey, Bishop Emil Castor, "
    "Fire Chief Jonas Wend, Professor Selma Arden, Port Wessel United captain Theo Marsh, Corley Rovers "
    "coach Nils Amory, Thornacre Mill owner Greta Holm, Lorn Ferry Company director Hugo Sandel, Castor "
    "Bridge Trust chair Edith Vale, Northern Line engineer Oskar Lund, Anna Lund, Jane Brandt."
)
RUSSIAN = "Городской совет во вторник одобрил строительство нового моста через реку после споров."
CHINESE = "市议会星期二批准在河上修建一座新桥，此前居民与当局争论多年。市长表示，工程将于十月开工，费用超过三百万。"


@pytest.mark.parametrize(
    ("text", "language"),
    [
        (f"{LONG} {MORE} {LONG}", "en"),
        (NAMES, "en"),
        ("“Sí, el río está alto”, he said.", "en"),
        (SPANISH, "und"),
        (GERMAN, "und"),
        (FRENCH, "und"),
        (RUSSIAN, "und"),
        (CHINESE, "und"),
    ],
)
def test_language(text: str, language: str) -> None:
    assert language_guess.guess(read(f"Pont\n\n{text}").blocks) == language
    assert readers.read("a.txt", f"Pont\n\n{text}".encode()).article.language == language


def test_a_declared_language_is_believed() -> None:
    source = f"Title: Puente\nLanguage: es-MX\n\n{SPANISH}"
    assert readers.read_source("a.txt", source).language == "es"
    source = f"Title: Puente\nLanguage: en\n\n{SPANISH}"
    assert readers.read_source("a.txt", source).language == "en"
