"""The prefilter and the patterns below it: nothing that a rule would find may be silenced."""

from __future__ import annotations

from itertools import product

import pytest
import re2
from conftest import Repository
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from newslint import matching, prefilter
from newslint.article import PARAGRAPH, Article, Block, Origin
from newslint.finding import Finding
from newslint.kinds import kind
from newslint.kinds.contract import Finder, Scope
from newslint.lint import Linter
from newslint.literals import required
from newslint.matching import Needs, fold
from newslint.patterns import PatternError, breaks_word, compile_pattern, find
from newslint.prefilter import Prefilter
from newslint.readers import read
from newslint.readers.text import read_text
from newslint.reference import shipped
from newslint.rule import Ready, Rule, Source
from newslint.yamlfile import Yaml, convert

ODD = "İıſsSKkKåÅÅßẞ’'‘ʼσςΣµμΜéÉ\u0301\u00a0 \u202fΩωΩ"
"""Letters whose cases are more than two, or longer than one character; apostrophes and spaces."""
LETTERS = "abkKsSe’' -.1" + ODD


def ready(id: str, options: dict[str, object], name: str) -> Ready:
    """A rule made from options as they stand in YAML."""
    rule = Rule(
        id=id,
        kind=name,
        title="x",
        severity="warning",
        message="x",
        fix="x",
        why="x",
        source=Source("x", "https://desk.example"),
        options=options,
    )
    type_ = kind(name).checks[str(options["check"])]
    given = {key: value for key, value in options.items() if key != "check"}
    made = convert(Yaml(None, {}, "x.yml", "rule"), type_, {**given, "check": options["check"]})
    made.check()
    finder: Finder = kind(name).build(made, Scope(quotations="true"), shipped())
    return Ready(rule, finder)


def article_of(*texts: str) -> Article:
    """An article whose paragraphs are these texts."""
    blocks, offset = [], 0
    for text in texts:
        if text:
            origin = Origin((0, len(text)), (offset,), (offset + len(text),))
            blocks.append(Block(PARAGRAPH, text, origin))
        offset += len(text) + 2
    return Article("a.txt", "\n\n".join(texts), "text", tuple(blocks))


def slow(rules: list[Ready], article: Article) -> list[Finding]:
    """What the rules find when no prefilter has a say."""
    linter = Linter(rules)

    def scan(article: Article) -> dict[int, matching.Clues]:
        return {n: prefilter._all_of(article, r.finder.needs) for n, r in enumerate(rules)}

    linter._prefilter.scan = scan  # type: ignore[method-assign]
    findings, errors = linter.check(article)
    assert errors == []
    return findings


words = st.text(LETTERS, min_size=1, max_size=4).filter(str.strip)
copy = st.lists(st.text(LETTERS, max_size=30), min_size=1, max_size=7)


def usable(pattern: str) -> bool:
    try:
        compile_pattern(pattern)
    except PatternError:
        return False
    return True


# Patterns from a small grammar


def _joined(parts: list[str]) -> str:
    return "".join(parts)


atoms = st.one_of(
    st.text(st.sampled_from("abkKsSe1 éſİµ’"), min_size=1, max_size=5),
    st.sampled_from(
        [
            ".",
            r"\.",
            r"\d",
            r"\s",
            r"\w",
            r"\pL",
            r"\PL",
            r"\p{Lu}",
            r"\b",
            r"\B",
            "^",
            "$",
            r"\x41",
            r"\x{2019}",
            "[abc]",
            "[^abc]",
            "[a-cs]",
            "[kK’']",
            r"[\d-]",
            "[]a]",
            "[a-]",
            "[[:alpha:]]",
            r"[\w.]",
            "(?i)",
            "(?:)",
            r"\-",
            "[éſ]",
            "[[a]",
            r"\Qa.b\E",
            r"\t",
            "(?s:.)",
            "(?-i:k)",
            "[+*]",
        ],
    ),
)
repeats = st.sampled_from(
    ["", "", "", "?", "*", "+", "{2}", "{1,3}", "{0,2}", "{2,}", "+?", "*?", "??", "{0}"]
)


def _compound(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    groups = st.tuples(st.sampled_from(["(?:", "(", "(?i:", "(?P<n>", "(?mi:"]), inner).map(
        lambda g: f"{g[0]}{g[1]})"
    )
    repeated = st.tuples(st.one_of(groups, atoms.filter(lambda a: len(a) == 1)), repeats).map(
        _joined
    )
    return st.one_of(
        st.lists(st.one_of(repeated, atoms), min_size=1, max_size=4).map(_joined),
        st.lists(inner, min_size=2, max_size=3).map("|".join),
    )


patterns = st.recursive(atoms, _compound, max_leaves=8).filter(usable)


@settings(max_examples=600)
@given(patterns, st.text(LETTERS + "cABC\t-", max_size=40))
def test_required_literals_are_required(pattern: str, text: str) -> None:
    """If RE2 finds the pattern, one literal of each set stands in the text, case aside."""
    if re2.search(pattern, text) is None:
        return
    for texts in required(pattern):
        assert "" not in texts
        if "i" in pattern.split("(?", 1)[-1]:
            assert any(fold(literal) in fold(text) for literal in texts) or any(
                map(beyond_ascii, texts)
            )
        else:
            assert any(literal in text for literal in texts)


def beyond_ascii(text: str) -> bool:
    return not fold(text).isascii()


@pytest.mark.parametrize(
    ("pattern", "sets"),
    [
        ("abc", [{"abc"}]),
        ("ab(?:c|d)e", [{"abce", "abde"}]),
        ("(?:colou?r)", [{"color", "colour"}]),
        (r"\d+ per cent", [{" per cent"}]),
        ("(?i:Hello) world", [{"Hello world"}]),
        ("[ab]cd", [{"acd", "bcd"}]),
        ("(?:abc)+", [{"abc"}]),
        ("(?:abc)*", []),
        ("(?:abc)?", []),
        ("abc|", []),
        (r"\w+", []),
        (".*", []),
        ("", []),
        (r"\Qabc\E", []),
        (r"a\.b", [{"a.b"}]),
        (r"(?:copy|text) \d+ (?:missing|pending)", [{" missing", " pending"}, {"copy ", "text "}]),
        (r"draft\d|note\w+here", [{"draft", "note"}, {"draft", "here"}]),
        (r"draft\d|\w+", []),
        (r"missing\d+or\d+draft", [{"missing"}, {"draft"}]),
        ("[a-z]+ [ab]", []),
        (r"\d ?am", []),
        (r"\w+!+", [{"!"}]),
    ],
)
def test_literals_that_are_worth_having(pattern: str, sets: list[set[str]]) -> None:
    assert list(required(pattern)) == sets


@pytest.mark.parametrize(
    ("texts", "possible"),
    [
        (["copy 7 missing"], 1),
        (["missing 7 copy"], 1),
        (["missing", "copy"], 1),
        (["copy 7"], 0),
        (["missing"], 0),
    ],
)
def test_a_pattern_is_tried_where_all_it_needs_stands(texts: list[str], possible: int) -> None:
    filter_ = Prefilter([Needs(patterns=(r"copy\b.*\bmissing",))])
    assert len(filter_.scan(article_of(*texts))) == possible


def test_what_stands_in_copy_and_what_stands_in_links_is_not_added_up() -> None:
    filter_ = Prefilter([Needs(patterns=(r"copy\b.*\bmissing",))])
    article = read("a.md", b"The copy is [here](https://desk.example/missing) for now.\n").article
    assert not filter_.scan(article)


def test_common_patterns_are_looked_for_together() -> None:
    """Those without a rare literal are possible where one of them matches, and none is else."""
    filter_ = Prefilter([Needs(patterns=(r"\d ?am",)), Needs(patterns=("[a-z] ,",))])
    assert not filter_.scan(article_of("The harbour, at dawn."))
    assert set(filter_.scan(article_of("The harbour at 5 am."))) == {0, 1}


@pytest.mark.parametrize(
    "pattern", [r"(?P<n>\d) ?am", r"(?:\d{1,90} ){1,9}am", r"(?s)\d.am", "x{999}"]
)
def test_common_patterns_that_cannot_be_looked_for_together(pattern: str) -> None:
    other = r"(?P<n>\d),, ?\d"
    filter_ = Prefilter([Needs(patterns=(pattern, other, "[a-z] ,"))])
    article = article_of("The harbour at 5 am and 1,,2 ." + " x ," + "x" * 999)
    (clues,) = filter_.scan(article).values()
    assert set(clues.patterns) == {pattern, other, "[a-z] ,"}


@settings(max_examples=300)
@given(st.lists(words, min_size=1, max_size=4), st.booleans(), copy)
def test_the_prefilter_silences_no_term(
    terms: list[str], ignore_case: bool, texts: list[str]
) -> None:
    options = {
        "check": "avoid",
        "terms": terms,
        "ignore-case": str(ignore_case).lower(),
        "boundaries": "none",
    }
    rules = [ready("a", options, "terms")]
    article = article_of(*texts)
    assert Linter(rules).check(article)[0] == slow(rules, article)


@settings(max_examples=400)
@given(st.lists(patterns, min_size=1, max_size=3), st.booleans(), copy)
def test_the_prefilter_silences_no_pattern(
    found: list[str], ignore_case: bool, texts: list[str]
) -> None:
    options = {
        "check": "match",
        "patterns": found,
        "ignore-case": str(ignore_case).lower(),
        "boundaries": "none",
    }
    try:
        rules = [
            ready("a", options, "pattern"),
            ready("b", {**options, "ignore-case": "false"}, "pattern"),
        ]
    except PatternError:
        assume(False)
    article = article_of(*texts)
    assert Linter(rules).check(article)[0] == slow(rules, article)


@pytest.mark.parametrize(
    ("pattern", "text"),
    [
        ("(?i)HELLO", "hello"),
        ("(?mi:HELLO)", "hello"),
        ("(?mi)HELLO", "hello"),
        ("(?si:HELLO)", "hello"),
        ("x(?i:HELLO)", "xhello"),
        ("(?i:kelvin)", "Kelvin"),
        ("(?i:ſome)", "SOME"),
        ("(?i:some)", "ſome"),
        ("(?i:µg)", "ΜG"),
        ("(?i:ΣΑΣ)", "σας"),
        ("(?i:Ångström)", "Ångström"),
        ("(?i:straße)", "STRAẞE"),
        ("(?i:θ)", "ϑ"),
        ("(?i:İstanbul)", "İSTANBUL"),
    ],
)
def test_cases_of_all_kinds_pass_the_prefilter(repo: Repository, pattern: str, text: str) -> None:
    assert re2.search(pattern, text), "else the case is no case"
    repo.desk(
        f"id: a\nkind: pattern\n"
        f"options: {{check: match, patterns: ['{pattern}'], boundaries: none}}\n"
    )
    assert [rule for rule, _ in repo.copy(f"They wrote {text} here.\n").found] == ["a"]


RULES = [
    {"check": "avoid", "terms": ["zork", "blenda met"]},
    {"check": "avoid", "terms": ["it’s"], "ignore-case": "false"},
]
COPY = ("The ZORK and Blenda met.", "It's what it’s.", "", "zork", "a", "b", "c zork.")


@pytest.mark.parametrize("where", ["find_matches_as_indexes", "__new__"])
def test_where_the_automaton_fails_all_rules_run(
    monkeypatch: pytest.MonkeyPatch, where: str
) -> None:
    rules = [ready(f"t{n}", options, "terms") for n, options in enumerate(RULES)]
    rules.append(ready("p", {"check": "match", "patterns": ["[Bb]lenda|zork"]}, "pattern"))
    whole = Linter(rules).check(article_of(*COPY))[0]
    assert len(whole) >= 7

    class Broken:
        def __init__(self, *_: object) -> None:
            if where == "__new__":
                raise MemoryError("planted")

        def find_matches_as_indexes(self, *_: object, **__: object) -> None:
            raise RuntimeError("planted")

    monkeypatch.setattr(prefilter, "AhoCorasick", Broken)
    assert Linter(rules).check(article_of(*COPY)) == (whole, [])


def test_a_rule_that_needs_nothing_always_runs() -> None:
    filter_ = Prefilter([Needs(), Needs(terms=("zork",)), Needs(patterns=(r"\d+",))])
    assert sorted(filter_.scan(article_of("Nothing here."))) == [0, 2]
    assert sorted(filter_.scan(article_of())) == [0], "there is nothing that could match"


# fold


@settings(max_examples=500)
@given(st.text(st.one_of(st.sampled_from(ODD), st.characters()), max_size=30))
def test_fold_keeps_length_and_is_idempotent(text: str) -> None:
    folded = fold(text)
    assert len(folded) == len(text)
    assert fold(folded) == folded
    assert "".join(map(fold, text)) == folded, "each character by itself, so that offsets hold"


def test_fold_of_every_character() -> None:
    text = "".join(map(chr, range(0x3000)))
    assert len(fold(text)) == len(text)
    for character in text:
        assert fold(fold(character)) == fold(character)


# patterns.find


def reference(
    pattern: str, text: str, boundaries: bool, chosen: dict[int, int]
) -> list[tuple[int, int]]:
    """Try every start and every end; where several ends would do, the chosen one is taken."""
    whole = re2.compile(f"(?:{pattern})")
    hits, start = [], 0
    while start < len(text):
        ends = [
            end
            for end in range(start + 1, len(text) + 1)
            if whole.fullmatch(text[start:end])
            and not (boundaries and (breaks_word(text, start) or breaks_word(text, end)))
        ]
        if not ends:
            start += 1
            continue
        end = chosen.get(start, ends[0])
        assert end in ends, (start, end, ends)
        hits.append((start, end))
        start = end
    return hits


plain = st.recursive(
    st.lists(st.sampled_from(["a", "b", "é", " ", "a'b", "b’a"]), min_size=1, max_size=3).map(
        _joined
    ),
    lambda inner: st.one_of(
        st.lists(inner, min_size=1, max_size=3).map(_joined),
        st.lists(inner, min_size=2, max_size=3).map(lambda parts: f"(?:{'|'.join(parts)})"),
        inner.map(lambda part: f"(?:{part})+"),
    ),
    max_leaves=6,
)


@settings(max_examples=500)
@given(plain, st.text("ab '’é😀.", max_size=14), st.booleans())
def test_find_equals_a_slow_reference(pattern: str, text: str, boundaries: bool) -> None:
    hits = [(match.start, match.end) for match in find(pattern, text, boundaries)]
    assert hits == reference(pattern, text, boundaries, dict(hits))


@settings(max_examples=200)
@given(patterns, st.text(LETTERS, max_size=25), st.booleans())
def test_hits_never_overlap_and_are_never_empty(pattern: str, text: str, boundaries: bool) -> None:
    reached = 0
    for match in find(pattern, text, boundaries):
        assert reached <= match.start < match.end <= len(text)
        assert match.groups[0] == (match.start, match.end)
        if boundaries:
            assert not breaks_word(text, match.start)
            assert not breaks_word(text, match.end)
        reached = match.end


@settings(max_examples=300)
@given(plain, st.lists(st.text("ab '’é😀.", max_size=12), min_size=1, max_size=8), st.booleans())
def test_search_over_many_blocks_equals_search_in_each(
    pattern: str, texts: list[str], boundaries: bool
) -> None:
    article = article_of(*texts)
    found = [
        (i, m.start, m.end) for i, m in matching.search(article, pattern, (PARAGRAPH,), boundaries)
    ]
    each = [
        (index, match.start, match.end)
        for index, block in enumerate(article.blocks)
        for match in find(pattern, block.text, boundaries)
    ]
    assert sorted(found) == sorted(each)


@pytest.mark.parametrize("pattern", ["^a", "a$", "a[^b]*", r"a\s*b", r"a\s*$", "(?:a|^)b", "[^b]+"])
@pytest.mark.parametrize("count", [1, 3, 4, 5, 9])
def test_no_hit_reaches_over_blocks(pattern: str, count: int) -> None:
    for texts in product(("a", "ba", "a b", "xa"), repeat=2):
        article = article_of(*(texts * count)[:count])
        found = [(i, m.start, m.end) for i, m in matching.search(article, pattern, (PARAGRAPH,))]
        each = [
            (index, match.start, match.end)
            for index, block in enumerate(article.blocks)
            for match in find(pattern, block.text)
        ]
        assert sorted(found) == sorted(each)


def test_an_article_read_anew_is_searched_the_same() -> None:
    article = read_text("a.txt", "The zork met.\n\nA zork left.\n")
    first = list(matching.search(article, "zork", (PARAGRAPH,)))
    assert [index for index, _ in first] == [0, 1]
    assert list(matching.search(article, "zork", (PARAGRAPH,))) == first


@pytest.mark.parametrize(
    "pattern",
    [r"a\Bb", r"\C", r"\\\B", r"\Aa", r"a\z", "(?-m:a)", "a(", r"\1", "(?=a)", "[z-a]", r"\p{Xx}"],
)
def test_patterns_that_are_refused(pattern: str) -> None:
    with pytest.raises(PatternError):
        compile_pattern(pattern)


@pytest.mark.parametrize("pattern", [r"\\B", r"\\C", r"\bA\b", "[BC]", r"(?i:\pL+)", "^a$"])
def test_patterns_that_are_not(pattern: str) -> None:
    compile_pattern(pattern)
