"""How an article's prose goes to an engine, and how answers find their way back to the source."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

import pytest
from conftest import Repository
from hypothesis import given, settings
from hypothesis import strategies as st

from newslint import readers
from newslint.article import OPAQUE, Article, Origin
from newslint.engines import Asked, Choice, EngineError, Match, answers, engine, remembered
from newslint.engines.shown import LONGEST, passages
from newslint.language.foreign import is_foreign

O = OPAQUE  # noqa: E741
WRONG = re.compile(r"zx[a-zé]*q")
"""What the stand-in of an engine flags: no text has it but where a test puts it."""


class Fake:
    """Stands in for an engine where the subject is the way there and back: flags `WRONG`."""

    def __init__(self) -> None:
        self.asked: list[str] = []

    def check(self, texts: Sequence[str], seconds: float) -> list[list[Match]]:
        self.asked += texts
        return [
            [Match(*m.span(), "Wrong", "Words", m[0]) for m in WRONG.finditer(t)] for t in texts
        ]


@pytest.fixture
def fake(monkeypatch: pytest.MonkeyPatch) -> Iterator[Fake]:
    fake = Fake()
    monkeypatch.setattr(answers, "engine", lambda _: fake)
    remembered.remembered.cache_clear()
    yield fake
    remembered.remembered.cache_clear()


def read(source: str, name: str = "a.md") -> Article:
    return readers.read(name, source.encode("utf-8", "surrogatepass")).article


def said(article: Article, choice: Choice = Choice()) -> list[tuple[int, int]]:  # noqa: B008
    """Where in the source the engine's answers lie."""
    return [
        article.blocks[answer.block].span(answer.match.start, answer.match.end)
        for answer in answers.answers(article, choice)
    ]


def words(article: Article, choice: Choice = Choice()) -> list[str]:  # noqa: B008
    return [article.source[start:end] for start, end in said(article, choice)]


def shown(text: str) -> list[str]:
    return [passage.text for passage in passages(text)]


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("The weir stands.", ["The weir stands."]),
        ("co\u00adopera\u200btion\ufeff", ["cooperation"]),
        ("a\u2009–\u2009b\u00a0c\td", ["a – b c d"]),
        ("cafe\u0301 at the z\u0331oo", ["café at the z\u0331oo".replace("z\u0331", "ẕ")]),
        (f"He said it{O} twice.", ["He said it twice."]),
        (f"Done.{O} The rest.", ["Done. The rest."]),
        (f"{O} The mill. {O} The weir.", ["The mill. The weir."]),
        (f"{O}The mill.{O}", ["The mill."]),
        (f"Press {O} to go, or {O}.", ["Press item to go, or item."]),
        (f"To install, run {O}", ["To install, run item"]),
        (f"{O} installs it.", ["item installs it."]),
        (f"Press ({O}{O}) or {O} {O} now", ["Press (item) or item now"]),
        ("See " + "y" * 120 + " now.", ["See item now."]),
        ("Half \ud800 a letter.", ["Half item a letter."]),
        (f"{O} 1,000 {O}", []),
    ],
)  # fmt: skip
def test_an_engine_sees_what_a_reader_sees(text: str, seen: list[str]) -> None:
    assert shown(text) == seen


def test_long_blocks_are_cut_at_the_ends_of_sentences_else_of_words() -> None:
    sentence = "Dr. J. Mill of the U.S. office met the council at 9 a.m. on Monday."
    parts = shown(" ".join([sentence] * 300))
    assert len(parts) > 4
    assert max(map(len, parts)) <= LONGEST
    assert all(part.startswith("Dr. J.") and part.endswith("Monday.") for part in parts)
    endless = shown("weir and mill " * 2000)
    assert max(map(len, endless)) <= LONGEST
    assert " ".join(endless).split() == ["weir", "and", "mill"] * 2000


ODD = ["a", "é", "e\u0301", " ", "\u00a0", "\u2009", ".", ". ", O, f" {O} ", "\u00ad", "\u200b", "😀",
       "\ufe0f", "“", "”", "—", "\ud800", "B", "\t", "\x00", "the ", "y" * 120]  # fmt: skip


@settings(max_examples=150)
@given(st.lists(st.sampled_from(ODD), max_size=40))
def test_the_map_back_to_a_block_is_exact(parts: list[str]) -> None:
    text, end = "".join(parts), 0
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("newslint.engines.shown.LONGEST", 30)
        cut = list(passages(text))
    for passage in cut:
        for one in filter(None, (passage, passage.without)):
            assert _well_made(one.origin, len(one.text), len(text))
            for at, letter in enumerate(one.text):
                first, last = one.origin.span(at, at + 1)
                back = text[first:last]
                assert letter in (back, " ") or len(back) > 1 or one.near_gap(first, last)
        assert passage.origin.starts[0] >= end  # passages do not overlap, and keep their order
        end = passage.origin.ends[-1]


def _well_made(origin: Origin, shown: int, whole: int) -> bool:
    pieces = list(zip(origin.starts, origin.ends, strict=True))
    flat = [offset for piece in pieces for offset in piece]
    return (
        origin.at[0] == 0 and origin.at[-1] == shown and list(origin.at) == sorted(set(origin.at))
        and flat == sorted(flat) and flat[-1] <= whole
    )  # fmt: skip


class Bit(NamedTuple):
    """A bit of an article's source; where it is a wrong word, `seen` is what a reader sees."""

    source: str
    seen: str = ""


INSIDE = {
    "a.md": ["a", "**a**", "*bc*", "&eacute;", "&#x61;", "\u00ad", "e\u0301", "[b](x.html)", "\u200b",
             "<b>c</b>", "<!-- c -->", "\u00ada&#99;", "~~b~~"],
    "a.html": ["a", "<b>a</b>", "<i>b</i>c", "&eacute;", "&#x61;", "&shy;", "e\u0301", "\u200b",
               "<a href='x'>b</a>", "<!-- c -->", "<span></span>", "&#8203;"],
    "a.txt": ["a", "bc", "é", "e\u0301", "\u00ad", "\u200b", "\ufeff"],
}  # fmt: skip
AROUND = {
    "a.md": ["the", "*the* weir", "“the weir”", "`code`", "![x](y.png)", "é—b", "😀", "the\nweir",
             "https://weir.example/a?b", "\\*", "&amp;", "A.[^1]", "said. The", "\u2009", "a  \nb"],
    "a.html": ["the", "<em>the</em> weir", "“the&nbsp;weir”", "<code>x</code>", "<img src=y alt=x>",
               "&mdash;", "😀", "the\n   weir", "a<br>b", "&lt;", "said. The", "<sup>1</sup>", "\t"],
    "a.txt": ["the", "“the weir”", "https://weir.example/a", "😀", "é—b", "said. The", "\u2009"],
}  # fmt: skip
END = {"a.md": "\n\n", "a.html": "</p>\n<p>", "a.txt": "\n\n"}


def bits(name: str) -> st.SearchStrategy[list[list[Bit]]]:
    inside, letters = st.sampled_from(INSIDE[name]), st.text("ab", max_size=2)
    wrong = st.tuples(letters, inside, letters).map(lambda t: Bit(f"zx{''.join(t)}q", "wrong"))
    other = st.sampled_from(AROUND[name]).map(Bit)
    return st.lists(st.lists(wrong | other, min_size=1, max_size=8), min_size=1, max_size=4)


def written(name: str, paragraphs: list[list[Bit]]) -> tuple[str, list[tuple[int, int]]]:
    """The source of an article, and where the wrong words stand in it."""
    source = "<body><article><h1>Weir</h1>\n<p>" if name == "a.html" else "Weir\n\n"
    places = []
    for paragraph in paragraphs:
        source += "The council "
        for bit in paragraph:
            if bit.seen:
                places.append((len(source), len(source) + len(bit.source)))
            source += f"{bit.source} met the mayor "
        source += "there." + END[name]
    return source, places


@pytest.mark.parametrize("name", list(INSIDE))
@settings(max_examples=80)
@given(st.data())
def test_what_is_flagged_stands_where_the_word_is_written(name: str, data: st.DataObject) -> None:
    source, places = written(name, data.draw(bits(name)))
    fake = Fake()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(answers, "engine", lambda _: fake)
        remembered.remembered.cache_clear()
        assert said(read(source, name)) == places
        remembered.remembered.cache_clear()


HARPER = Choice(asked=Asked(frozenset({"SpellCheck"})))


@pytest.mark.parametrize("name", list(INSIDE))
@settings(max_examples=12)
@given(st.data())
def test_so_it_is_with_a_real_engine(name: str, data: st.DataObject) -> None:
    pytest.importorskip("harper", reason="harper-py comes with the dev extra")
    source, places = written(name, data.draw(bits(name)))
    assert set(places) <= set(said(read(source, name), HARPER))


def test_only_the_outlets_own_prose_in_english_is_sent(fake: Fake) -> None:
    article = read(
        "---\ntitle: The weir stands\nauthor: Ada Holm\n---\n\nBy Ada Holm\n\n> He zxq said.\n\n"
        "The mill stands. “We zxq grind,” she said.\n\n```\nzxq\n```\n\n- One\n\n"
        "El ayuntamiento votó por la presa y por el molino, y el alcalde dijo zxq.\n\n"
        "| a | b |\n|---|---|\n| The lock | 12 |\n"
    )
    assert words(article) == ["zxq"]
    assert [t for t in fake.asked if t not in ("a", "b")] == [
        "The weir stands", "The mill stands. “We zxq grind,” she said.", "One", "The lock",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "foreign"),
    [
        ("El alcalde dijo que la presa y el molino son de la ciudad.", True),
        ("Der Rat hat die Wehre und das Geld für eine Mühle nicht bewilligt.", True),
        ("Le maire a dit que les moulins de la ville ne sont pas à vendre.", True),
        ("Совет города проголосовал за плотину и мельницу.", True),
        ("市议会投票赞成修建水坝", True),
        ("The council of Port de la Rue voted for the weir.", False),
        ("Ursula von der Mühle and the rest of the council met.", False),
        ("Café de la Paix, El Rey, Les Halles", False),
        ("Weir votes up, mill votes down, locks unchanged", False),
        ("Budget", False),
        ("", False),
        ("¿?", False),
    ],
)
def test_a_paragraph_in_another_language_is_told(text: str, foreign: bool) -> None:
    assert is_foreign(text) == foreign


def test_nothing_is_reported_on_or_next_to_or_because_of_what_is_no_prose(
    fake: Fake, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert words(read("Press `x` zxaq then zxbq. Far from `y` stood zxcq there.")) == [
        "zxbq",
        "zxcq",
    ]
    assert words(read("The mill.[^1] zxdq stood. ![a](b.png)\n\n[^1]: Of old.\n")) == ["zxdq"]

    def check(texts: Sequence[str], seconds: float) -> list[list[Match]]:
        """Flags the last word where the sentence holds what stands in for code."""
        return [
            [Match(len(text) - 4, len(text), "Wrong", "", "")] if "item" in text else []
            for text in texts
        ]

    monkeypatch.setattr(fake, "check", check)
    assert words(read("Press `x` and then the mill.")) == []


def test_a_paragraph_is_asked_about_once_in_a_process(fake: Fake) -> None:
    first = read("The mill zxaq stands.\n\nThe weir zxbq.\n\nThe mill zxaq stands.\n")
    assert words(first) == ["zxaq", "zxbq", "zxaq"]
    assert fake.asked == ["The mill zxaq stands.", "The weir zxbq."]
    assert words(read("# New\n\nThe weir zxbq.\n\nThe lock.\n")) == ["zxbq"]
    assert fake.asked[2:] == ["New", "The lock."]
    assert words(first, Choice(dialect="en-GB")) == ["zxaq", "zxbq", "zxaq"]
    assert fake.asked[4:] == ["The mill zxaq stands.", "The weir zxbq."]


def test_what_is_remembered_has_a_bound_and_what_is_used_stays() -> None:
    memory = remembered.Remembered(most=10)
    memory.keep({"four": [], "five.": []})
    assert memory.of(["four"]) == {"four": []}
    memory.keep({"six..": []})
    assert memory.of(["four", "five.", "six.."]).keys() == {"four", "six.."}
    memory.keep({"longer than all": []})
    assert memory.of(["four", "six..", "longer than all"]) == {}


def test_texts_are_sent_in_batches(fake: Fake, monkeypatch: pytest.MonkeyPatch) -> None:
    sizes: list[int] = []
    check = fake.check

    def counted(texts: Sequence[str], seconds: float) -> list[list[Match]]:
        sizes.append(sum(map(len, texts)))
        return check(texts, seconds)

    monkeypatch.setattr(fake, "check", counted)
    paragraphs = [f"Paragraph {number} " + "of weirs " * 300 for number in range(30)]
    assert words(read("\n\n".join([*paragraphs, "zxq"]))) == ["zxq"]
    assert len(sizes) > 3
    assert max(sizes) <= answers.BATCH


def test_an_engine_that_fails_is_asked_once_an_article(
    fake: Fake, monkeypatch: pytest.MonkeyPatch
) -> None:
    calls: list[float] = []

    def check(texts: Sequence[str], seconds: float) -> list[list[Match]]:
        calls.append(seconds)
        raise EngineError("it is asleep")

    monkeypatch.setattr(fake, "check", check)
    article = read("The mill zxq.")
    for _ in range(3):
        with pytest.raises(EngineError, match="asleep"):
            answers.answers(article, Choice())
    assert len(calls) == 1
    assert 0 < calls[0] <= 30


def test_where_time_is_up_nothing_is_said_but_that(
    fake: Fake, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = [0.0]
    check = fake.check

    def slow(texts: Sequence[str], seconds: float) -> list[list[Match]]:
        now[0] += 4.0
        return check(texts, seconds)

    monkeypatch.setattr(fake, "check", slow)
    monkeypatch.setattr(answers, "monotonic", lambda: now[0])
    copy = "\n\n".join(f"Paragraph {number} zxq " + "of weirs " * 400 for number in range(30))
    with pytest.raises(EngineError, match=r"took more than 6 seconds.*--engine-timeout"):
        answers.answers(read(copy), Choice(seconds=6))
    asked = len(fake.asked)
    assert 0 < asked < 30
    # An editor's next check goes on where this one broke off.
    assert words(read(copy), Choice(seconds=6_000)) == ["zxq"] * 30


def test_five_megabytes_end_in_an_error_and_all_else_is_found(repo: Repository) -> None:
    pytest.importorskip("harper", reason="harper-py comes with the dev extra")
    sentence = "The council met on the Tuesday and voted {} times for the weir and the mill. "
    line = "".join(sentence.format(number) for number in range(66_000))
    large = repo.write("large.md", f"# Weir\n\nThe the mill. {line}\n")
    assert large.stat().st_size > 5_000_000
    repo.write("small.md", "The council met. He have voted for the the weir.\n")
    ran = repo.check(
        ".", "--select", "doubled-word,grammar-agreement", "--engine-timeout", "1", "--no-cache"
    )
    assert ran.code == 2
    (error,) = ran.document["errors"]
    assert (error["path"], error["code"]) == ("large.md", "engine")
    assert "took more than 1 seconds for an article: --engine-timeout" in error["message"]
    assert sorted(ran.found) == [
        ("doubled-word", "The the"), ("doubled-word", "the the"), ("grammar-agreement", "have"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("config", "copy", "unused"),
    [
        ("engine: harper", "He has voted.", True),
        ("engine: languagetool", "He has voted.", False),
        ("engine: harper\nrules: {grammar-agreement: {options: {harper: {rules: []}}}}", "", False),
    ],
)
def test_a_suppression_is_unused_where_the_engine_of_the_config_finds_nothing(
    repo: Repository, config: str, copy: str, unused: bool
) -> None:
    pytest.importorskip("harper", reason="harper-py comes with the dev extra")
    repo.config(f"{config}\n")
    comment = "<!-- newslint-ignore grammar-agreement -- his words -->"
    repo.write("a.md", f"{comment}\nThe council met. {copy or 'He has voted.'}\n")
    ran = repo.check(
        "--engine", "harper", "--select", "grammar-agreement,unused-suppression", "--no-corpus"
    )
    assert ("unused-suppression" in dict(ran.found)) == unused


def test_what_an_engine_did_not_check_stays_suppressed_and_in_the_baseline(
    repo: Repository, monkeypatch: pytest.MonkeyPatch
) -> None:
    pytest.importorskip("harper", reason="harper-py comes with the dev extra")
    slip = "The council met. He have voted.\n"
    repo.write("a.md", slip)
    repo.write("b.md", f"<!-- newslint-ignore grammar-agreement -- his words -->\n{slip}")
    flags = ("--select", "grammar-agreement,unused-suppression", "--no-corpus")
    assert repo.run("check", *flags, "--write-baseline").code == 0
    before = (repo.root / "newslint-baseline.txt").read_bytes()
    assert b"grammar-agreement" in before
    failing = Fake()

    def check(texts: Sequence[str], seconds: float) -> list[list[Match]]:
        raise EngineError("it is asleep")

    monkeypatch.setattr(failing, "check", check)
    monkeypatch.setattr(answers, "engine", lambda _: failing)
    remembered.remembered.cache_clear()
    repo.write("a.md", slip + "\nMore.\n")
    for flag in ("--prune-baseline", "--write-baseline"):
        ran = repo.check(flag, *flags)
        assert ran.code == 2
        assert {e["path"] for e in ran.document["errors"] if e["code"] == "engine"} >= {"a.md"}
        assert "unused-suppression" not in dict(ran.found)
        assert (repo.root / "newslint-baseline.txt").read_bytes() == before


def test_rules_of_grammar_leave_out_what_others_said(repo: Repository) -> None:
    repo.config("rules: {grammar-agreement: {quotations: 'true'}}\n")
    ran = repo.copy("The council met. “He have voted.”\n", "--select", "grammar-agreement")
    assert ran.code == 2
    (error,) = ran.document["errors"]
    assert error["code"] == "config"
    assert "quotations" in error["message"]


QUOTED = [
    ("He said “we is late” and left.", [(3, 7), (9, 11), (9, 19), (12, 14), (20, 23)], [(3, 7), (20, 23)]),
    ("They “have” gone, “and", [(0, 6), (5, 11), (0, 4), (12, 16), (17, 18), (18, 22)], [(0, 4), (12, 16), (17, 18)]),
    ("‘We is late,’ he say.", [(1, 3), (11, 16), (14, 16), (17, 20)], [(14, 16), (17, 20)]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "places", "told"), QUOTED)
def test_nothing_in_or_reaching_into_a_quotation_is_told(
    fake: Fake, monkeypatch: pytest.MonkeyPatch, repo: Repository, text: str,
    places: list[tuple[int, int]], told: list[tuple[int, int]],
) -> None:  # fmt: skip
    def check(texts: Sequence[str], seconds: float) -> list[list[Match]]:
        return [[Match(*p, "ModalOf", "", "") for p in places] for _ in texts]

    monkeypatch.setattr(fake, "check", check)
    repo.desk("id: slip\nkind: grammar\noptions: {check: mistakes, harper: {rules: [ModalOf]}}")
    ran = repo.copy(f"{text}\n", "--no-cache")
    found = [(f["start"]["offset"], f["end"]["offset"]) for f in ran.findings]
    assert found == told


TRICKY = [
    "Our colleagues at 18F.", "The fair opens at 11:30 a.m.", "Q&A.", "A", "The weir (and", "mill).",
    "“He could of gone", "to the mill.”", "The council vote on", "Tuesday was a tie.", "The the",
    "the weir", "Goverment", "House", "1.", "It is longer then", "the old one.", "No. 5", "e.g.",
]  # fmt: skip


@settings(max_examples=12)
@given(st.permutations(TRICKY), st.integers(1, len(TRICKY)))
def test_what_harper_says_of_a_passage_does_not_depend_on_others(
    texts: list[str], count: int
) -> None:
    pytest.importorskip("harper", reason="harper-py comes with the dev extra")
    rules = {"SpellCheck", "AnA", "ModalOf", "ThenThan", "RepeatedWords", "PronounVerbAgreement"}
    harper = engine(Choice(asked=Asked(frozenset(rules))))
    alone = [harper.check([text], 30.0)[0] for text in texts[:count]]
    assert harper.check(texts[:count], 30.0) == alone
