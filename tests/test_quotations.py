"""Direct speech: marks, paragraphs, block quotes, apostrophes and inches."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newslint.article import (
    BLOCK_QUOTE,
    HEADLINE,
    LIST_ITEM,
    PARAGRAPH,
    STANDFIRST,
    SUBHEADING,
    Article,
    Block,
    Origin,
)
from newslint.language.quotations import in_quotation, narration, quotations


def article(*texts: str | tuple[str, str]) -> Article:
    blocks, offset = [], 0
    for item in texts:
        kind, text = (PARAGRAPH, item) if isinstance(item, str) else item
        end = offset + len(text)
        blocks.append(Block(kind, text, Origin((0, len(text)), (offset,), (end,))))
        offset = end + 2
    return Article("a.md", "\n\n".join(b.text for b in blocks), "markdown", tuple(blocks))


def quoted(read: Article) -> list[list[str]]:
    texts = [block.text for block in read.blocks]
    return [[texts[p.block][p.start : p.end] for p in q.parts] for q in quotations(read).joined]


def strays(read: Article) -> list[tuple[int, int, bool]]:
    return [(s.block, s.start, s.opens) for s in quotations(read).unbalanced]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("“We won,” she said. “It took years.”", ["“We won,”", "“It took years.”"]),
        ('"We won," she said. "It took years."', ['"We won,"', '"It took years."']),
        ("''We won,'' she said.", ["''We won,''"]),
        ("``We won,'' she said.", ["``We won,''"]),
        ('""We won"" she said.', ['""We won""']),
        ('The field "" is empty; "so" it is.', ['""', '"so"']),
        ("«Non», dit-il. „Ja“, sagte er. ‹Si›.", ["«Non»", "„Ja“", "‹Si›"]),
        ("Home » News » Council", []),
        ('“We won," she said.', ['“We won,"']),
        ('"We won,” she said. “It’s over."', ['"We won,”', '“It’s over."']),
        ('He said,"We won."She said,"No."', ['"We won."', '"No."']),
        ('—"Gone"—and (“here”) [“there”]', ['"Gone"', "“here”", "“there”"]),
        ("“He said ‘go’ and we went,” she said.", ["“He said ‘go’ and we went,”"]),
        ("‘He said “go” and we went,’ she said.", ["‘He said “go” and we went,’"]),
        ("‘We’re done,’ she said. ‘Don’t call.’", ["‘We’re done,’", "‘Don’t call.’"]),
        ("'We're done,' she said. 'Don't call.'", ["'We're done,'", "'Don't call.'"]),
        ("Mayor calls plan 'a gift' to city", ["'a gift'"]),
        ("'Lost years' cost city", ["'Lost years'"]),
        ("‘The workers’ pay is low,’ she said.", ["‘The workers’ pay is low,’"]),
        ("‘I’m goin’ home,’ she said.", ["‘I’m goin’ home,’"]),
        ("The workers’ pay in the ’90s didn’t rise; the boss’ did.", []),
        ("The workers' pay in the '90s didn't rise; the boss' did.", []),
        ("Rock 'n' roll, get 'em while they're hot, 'twas the miners' night", []),
        ('He is 6\' 2" tall and has a 55" screen.', []),
        ("It took 5' 30\" by the clock, 12” deep.", []),
        ('"A 12" screen is small," she said.', ['"A 12" screen is small,"']),
        ("“A 12” screen is small,” she said.", ["“A 12” screen is small,”"]),
        ('She called it "Catch 22" and left.', ['"Catch 22"']),
        ("“He told us “go” and we went,” she said.", ["“He told us “go” and we went,”"]),
        ('"He told us, "Go.""', ['"He told us, "Go.""']),
        ("The code ￼ is “￼”.", ["“￼”"]),
        ("Nothing is said here.", []),
    ],
)
def test_marks_in_one_block(text: str, expected: list[str]) -> None:
    read = article(text)
    assert quoted(read) == [[item] for item in expected]
    assert strays(read) == []


def test_inner_words_exclude_the_marks() -> None:
    read = article("She said: ''We won'' and “so”.")
    parts = [part for q in quotations(read).joined for part in q.parts]
    assert [read.blocks[0].text[slice(*part.inner)] for part in parts] == ["We won", "so"]
    assert [(part.opening, part.closing) for part in parts] == [(2, 2), (1, 1)]


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        (["He said: “One.", "“Two.", "“Three,” and left."], [["“One.", "“Two.", "“Three,”"]]),
        (['"One.', '"Two," he said. "Three."'], [['"One.', '"Two,"'], ['"Three."']]),
        (["‘One.", "‘Two,’ he said."], [["‘One.", "‘Two,’"]]),
        (["“One.", "Two,” he said."], [["“One.", "Two,”"]]),
        (['"It is “mine” alone.', '"Two," he said.'], [['"It is “mine” alone.', '"Two,"']]),
    ],
)
def test_quotation_runs_over_paragraphs(texts: list[str], expected: list[list[str]]) -> None:
    read = article(*texts)
    assert quoted(read) == expected
    assert strays(read) == []
    first = quotations(read).joined[0].parts
    assert [part.closing for part in first[:-1]] == [0] * (len(first) - 1)


@pytest.mark.parametrize("between", [SUBHEADING, LIST_ITEM, HEADLINE, BLOCK_QUOTE])
def test_only_the_next_paragraph_carries_a_quotation_on(between: str) -> None:
    read = article("He said: “One.", (between, "A break"), "“Two,” he said.")
    assert strays(read) == [(0, 9, True)]
    assert ["“One."] in quoted(read)
    assert ["“Two,”"] in quoted(read)


@pytest.mark.parametrize(
    ("text", "expected", "marks"),
    [
        (
            "“We won, she said. “It took years.”",
            ["“We won, she said.", "“It took years.”"],
            [(0, True)],
        ),
        ("She said “we won and left.", ["“we won and left."], [(9, True)]),
        ("We won,” she said.", ["We won,”"], [(7, False)]),
        ("“We won,” she said. It took years.”", ["“We won,”"], [(34, False)]),
        ("“We won,“ she said.", ["“We won,“"], [(8, True)]),
        ("”We won,” she said.", ["”We won,”"], [(0, False)]),
        ('"We won, she said.', ['"We won, she said.'], [(0, True)]),
        ('We won," she said. "It took years."', ['We won,"', '"It took years."'], [(7, False)]),
    ],
)
def test_unbalanced_marks(text: str, expected: list[str], marks: list[tuple[int, bool]]) -> None:
    read = article(text, "Next paragraph.")
    assert quoted(read) == [[item] for item in expected]
    assert strays(read) == [(0, at, opens) for at, opens in marks]


@pytest.mark.parametrize(
    "texts",
    [
        ["She listed: “Three things.", (LIST_ITEM, "Bread"), (LIST_ITEM, "Salt,” and left.")],
        ["“One “two” three.", "Plain.", "“Four” and five.”"],
        ['See <tweet pic="" author=”dell” size=5>: ”so”" it is.'],
        ["Type =sum(A:A,”x”,B:B) here.”"],
        [(STANDFIRST, "The mayor said “we are going to")],
    ],
)
def test_lists_code_and_cut_off_teasers_are_not_unbalanced(
    texts: list[str | tuple[str, str]],
) -> None:
    assert strays(article(*texts)) == []


def test_two_defects_far_apart_do_not_excuse_each_other() -> None:
    texts = ["She said “we won.", "He said “no.” Then he left.", "It is over,” she said."]
    assert strays(article(*texts)) == [(0, 9, True), (2, 11, False)]


def test_last_paragraph_of_a_quotation_that_never_closes_carries_the_stray_mark() -> None:
    assert strays(article("“One.", "“Two.", "He left.")) == [(1, 0, True)]


def test_block_quotes_are_quotations_as_a_whole() -> None:
    read = article("He wrote:", (BLOCK_QUOTE, "One of “us”."), (BLOCK_QUOTE, "“Two.”"), "He left.")
    assert quoted(read) == [["One of “us”.", "“Two.”"]]
    last = quotations(read).joined[0].parts[-1]
    assert read.blocks[2].text[slice(*last.inner)] == "Two."
    assert narration(read, 1) == []


def test_list_item_inside_a_block_quote_is_quoted() -> None:
    text = "A point"
    item = Block(LIST_ITEM, text, Origin((0, 7), (0,), (7,)), 0, BLOCK_QUOTE)
    assert quotations(Article("a.md", text, "markdown", (item,))).ranges == (((0, 7),),)


def test_in_quotation_and_narration() -> None:
    read = article("He said “yes” and “no” then.", "Plain.")
    assert narration(read, 0) == [(0, 8), (13, 18), (22, 28)]
    assert narration(read, 1) == [(0, 6)]
    for start, end, inside in [(0, 8, False), (0, 9, True), (9, 12, True), (13, 18, False),
                               (12, 14, True), (22, 28, False), (0, 28, True)]:  # fmt: skip
        assert in_quotation(read, 0, start, end) is inside
    assert not in_quotation(read, 1, 0, 6)


PIECES = st.lists(
    st.sampled_from(
        ["“", "”", '"', "'", "‘", "’", "„", "«", "»", "''", " ", ", ", ". ", "5", "we", "don’t",
         "—", "(", ")", "s’ ", "￼"]
    ),
    min_size=1,
    max_size=25,
).map("".join)  # fmt: skip
PARAGRAPHS = st.lists(PIECES, min_size=1, max_size=6)


@settings(max_examples=300)
@given(PARAGRAPHS)
def test_ranges_are_sorted_disjoint_and_within_the_text(texts: list[str]) -> None:
    read = article(*texts)
    found = quotations(read)
    assert len(found.ranges) == len(texts)
    for index, (text, ranges) in enumerate(zip(texts, found.ranges, strict=True)):
        edges = [edge for item in ranges for edge in item]
        assert edges == sorted(edges)
        assert all(0 <= start < end <= len(text) for start, end in ranges)
        rest = narration(read, index)
        assert sorted([*ranges, *rest]) == sorted({*ranges, *rest})
        assert sum(e - s for s, e in [*ranges, *rest]) == len(text)
    parts = [part for q in found.joined for part in q.parts]
    assert [(p.block, p.start, p.end) for p in parts] == [
        (index, *item) for index, ranges in enumerate(found.ranges) for item in ranges
    ]
    assert all(p.start <= p.inner[0] <= p.inner[1] <= p.end for p in parts)
    assert all(texts[s.block][s.start : s.end].strip() for s in found.unbalanced)


@settings(max_examples=200)
@given(PARAGRAPHS, st.integers(0, 5), st.sampled_from(["“", '"', "‘", "”"]), st.booleans())
def test_one_more_mark_stays_in_its_neighbourhood(
    texts: list[str], where: int, mark: str, front: bool
) -> None:
    where = min(where, len(texts) - 1)
    changed = [*texts]
    changed[where] = f"{mark}x {texts[where]}" if front else f"{texts[where]} {mark}x"
    before, after = quotations(article(*texts)), quotations(article(*changed))
    for index in range(len(texts)):
        if abs(index - where) > 1:
            assert before.ranges[index] == after.ranges[index]


@pytest.mark.parametrize("unit", ["“a ", '"a ', "a” ", "‘a ", "'a s’ ", "«a “b ", '“a" ', "''a"])
def test_long_copy_takes_linear_time(unit: str) -> None:
    read = article(unit * 20_000)
    assert len(quotations(read).ranges) == 1
