"""Check `count`: a number and the list right behind it, which must have as many items."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import NamedTuple

from msgspec.structs import replace

from newslint.article import HEADLINE, LIST_ITEM, SUBHEADING, Article, Block
from newslint.kinds.contract import Finder, Hit, Informed, Scope
from newslint.kinds.figures.shared import figures_between, sentence
from newslint.language.counted import Words, words_of
from newslint.language.figures import Figure, figures_in, spots
from newslint.language.lexicon import Lexicon, Lexicons
from newslint.language.numbers import reader
from newslint.later import compiled_later
from newslint.matching import Clues, Needs, prose
from newslint.reference import Reference

_REACH = 70
"""Code points between a number and what opens its list."""
_SIGN = compiled_later(r"(:|—| – |, (?=[A-Z]\S* [A-Z]))|[.,;!?(\n]")
"""What opens a list, or else ends the words between a number and its list."""
_NAME = compiled_later(r"(?:[A-Z][\w.’'-]*|de|la|van|von|der|bin|al|of|the|for)$")
_ARTICLE = compiled_later(r"(?:[Aa]n?|[Tt]he) ")
_TITLED = compiled_later(r"[A-Z]")
_AND = compiled_later(r",? (?:and|&|or) ")
_LAST = compiled_later(r" (?:and|or) ")
_STEP = compiled_later(r"(?:#|No\. ?)?(\d{1,2})[.):]? ?[^\d\s]")
_FIRST = compiled_later(r"[^\W_]+")
_OF = compiled_later(r" (?:out )?of [a-z]+ (?:[a-z]+ )?")
_STOP = compiled_later(r"[.,;:!?—–(\n]")


class Count(Informed, frozen=True, tag="count", kw_only=True):
    """A counted list must have the number of items that it is said to have."""

    listed: tuple[str, ...]
    """Nouns that a headline counts and numbered headings list: “5 ways”, “10 tips”."""
    open: tuple[str, ...]
    """Words that say a list is not complete, or not a list of those."""
    least: int = 2
    most: int = 20
    longest_item: int = 6
    """Words; a longer item may hold an apposition of its own."""
    farthest: int = 2
    """Items by which the two may differ; more than that, and it is another list."""


class _Counted(NamedTuple):
    figure: Figure
    opener: int
    """Where the colon, dash or comma stands."""
    sign: str


def build(options: Count, scope: Scope, reference: Reference) -> Finder:
    """A finder for one rule."""
    return Finder(
        partial(_find, options, scope, reference.lexicons_with(options.lexicons)), Needs()
    )


def _find(
    options: Count, scope: Scope, lexicons: Lexicons, article: Article, _: Clues
) -> Iterator[Hit]:
    lexicon = lexicons["figures"]
    yield from _headings(options, scope, article, lexicon)
    for counted in _places(options, article, lexicon):
        place = counted.figure.number
        text = article.blocks[place.block].text
        if not scope.allows(article, place.block, place.start, place.end):
            continue
        rest = text[counted.opener + len(counted.sign) :].strip()
        if counted.sign == ":" and not rest:
            items = _blocks_below(article, lexicon, place.block)
        else:
            items = _items(options, article, text, counted)
        wanted = int(counted.figure.value)
        if items < 2 or items in (wanted, 2 * wanted) or abs(items - wanted) > options.farthest:
            continue
        here = figures_in(article, place.block, lexicon)
        if any(f.value == items for f in figures_between(here, place.start - 200, place.end + 200)):
            continue  # the list is of the other figure's things
        yield _hit(article, counted.figure, wanted, items)


def _hit(article: Article, figure: Figure, wanted: int, items: int) -> Hit:
    values = {
        "match": figure.number.text(article), "count": str(items), "expected": str(wanted),
        "noun": figure.noun.text(article) if figure.noun else "",
    }  # fmt: skip
    return Hit(figure.number.span(article), values)


def _places(options: Count, article: Article, lexicon: Lexicon) -> Iterator[_Counted]:
    """Small numbers with a noun behind which a list may begin."""
    known, words, area = reader(lexicon).values, words_of(lexicon), prose(article).copy
    joined, folded = area.joined, area.folded
    seen: set[int] = set()
    for spot in spots(article, lexicon):
        if not _is_small(known, folded, spot):
            continue
        at, sign = _opener(joined, spot)
        if at < 0 or at in seen or not _has_plural(words, folded[spot:at]):
            continue
        seen.add(at)
        index, base = area.place(at)
        figure = _last_before(options, article, index, at - base, lexicon)
        if figure:
            yield _Counted(figure, at - base, sign)


def _is_small(known: dict[str, float], folded: str, spot: int) -> bool:
    """Whether a small number begins here: the cheap question."""
    if folded[spot].isdigit():
        return not folded[spot + 2 : spot + 3].isdigit()
    end = folded.find(" ", spot, spot + 12)
    return end > 0 and folded[spot:end] in known


def _has_plural(words: Words, text: str) -> bool:
    return any(word.endswith("s") or word in words.plurals for word in text.split()[1:])


def _opener(joined: str, spot: int) -> tuple[int, str]:
    """Where behind a number a list may begin, and with which sign."""
    found = _SIGN.search(joined, spot, spot + _REACH)
    return (found.start(), found[1]) if found and found[1] else (-1, "")


def _last_before(
    options: Count, article: Article, index: int, at: int, lexicon: Lexicon
) -> Figure | None:
    """The last figure before an opener, if it counts something and nothing stands between."""
    text = article.blocks[index].text
    reach = (at - _REACH - 40, at)
    before = [
        f for f in figures_between(figures_in(article, index, lexicon), *reach) if f.whole.end <= at
    ]
    if not before:
        return None
    figure = before[-1]
    between = text[figure.whole.end : at]
    if len(before) > 1 and _OF.fullmatch(text, before[-2].number.end, figure.number.start):
        figure = _part_of(before[-2], figure)  # of “two of its four members” the two are listed
    if (
        figure.noun is None or figure.unit or figure.approximation or figure.vague
        or figure.low != figure.high or not options.least <= figure.value <= options.most
        or len(between) > _REACH or _STOP.search(between)
        or any(word in reader(lexicon).values for word in between.lower().split())
    ):  # fmt: skip
        return None
    return figure


def _part_of(part: Figure, whole: Figure) -> Figure:
    return replace(part, noun=whole.noun, head=whole.head, counted=whole.counted, whole=whole.whole)


def _blocks_below(article: Article, lexicon: Lexicon, index: int) -> int:
    """How many items the list right below a block has, nested ones left out.

    None where the items have numbers of their own: “two systems:”, “- two for the town …”.
    """
    known = reader(lexicon).values
    counting = 0
    margins: list[tuple[int, bool]] = []
    for block in article.blocks[index + 1 :]:
        if block.kind == LIST_ITEM:
            margins.append(_margin(article, block))
            first = _FIRST.search(block.text)
            counting += first is not None and known.get(first[0].lower(), 0) > 1
        elif block.inside != LIST_ITEM:
            break
    if not margins or article.format == "html" or counting > 1:
        return 0
    indent, numbered = margins[0]
    slack = 1 if numbered else 0  # “ 9.” and “10.” are of one list
    return sum(abs(far - indent) <= slack and sort == numbered for far, sort in margins)


def _margin(article: Article, block: Block) -> tuple[int, bool]:
    """How far an item is indented, and whether it is numbered."""
    at = block.source_span.start
    line = article.source[article.source.rfind("\n", 0, at) + 1 : at]
    bare = line.lstrip()
    return len(line) - len(bare), bare[:1].isdigit()


def _items(options: Count, article: Article, text: str, counted: _Counted) -> int:
    """How many items a list in the sentence has; 0 where that cannot be told for certain."""
    begin = counted.opener + len(counted.sign)
    between = text[counted.figure.whole.end : counted.opener].strip()
    end = sentence(article, counted.figure)[1]
    rest = text[begin:end].strip().rstrip(".!?")
    if counted.sign in ("—", " – "):
        rest = rest.split(counted.sign.strip())[0].strip()
    folded = f" {rest.lower()} "
    if any(f" {word}" in folded for word in options.open):
        return 0
    if ";" in rest:
        return 0 if counted.sign == ", " else _semicolons(rest)
    if counted.sign == ", " and between:
        return 0
    return _simple(options, rest, counted.sign)


def _semicolons(rest: str) -> int:
    """The items of “A; B; and C”; without the last word of joining nothing is certain."""
    parts = rest.split(";")
    return len(parts) if _LAST.match(parts[-1]) and all(part.strip() for part in parts) else 0


def _simple(options: Count, rest: str, sign: str) -> int:
    """The items of “A, B and C”, if all are alike and short and nothing else is in the list."""
    joint = _AND.search(rest)
    if joint is None or any(mark in rest for mark in ':()“”"—–'):
        return 0
    head, tail = rest[: joint.start()], rest[joint.end() :]
    last, _, more = tail.partition(",")
    goes_on = sign == ", " and not (more or len(last.split()) < 5)
    if (
        goes_on
        or _AND.search(last)
        or more.strip()[:1].isupper()
        or (sign != ", " and _AND.search(more))
    ):
        return 0
    items = [item.strip() for item in head.split(",")] + [last.strip()]
    items = [item for item in items if not item.isdigit()]
    if any(not item or len(item.split()) > options.longest_item for item in items):
        return 0
    names = [all(_NAME.match(word) for word in item.split()) for item in items]
    if sign == ", ":
        full = all(names) and all(len(item.split()) > 1 for item in items)
        return len(items) if full else 0
    capitals = [bool(_TITLED.match(item)) for item in items]
    articles = {bool(_ARTICLE.match(item)) for item in items}
    if len(set(capitals)) != 1 or len(set(names)) != 1 or len(articles) != 1:
        return 0
    return len(items)


def _headings(options: Count, scope: Scope, article: Article, lexicon: Lexicon) -> Iterator[Hit]:
    """A headline's “7 ways” against the numbered headings below it."""
    if HEADLINE not in scope.kinds:
        return
    for index in prose(article).by_kind.get(HEADLINE, ())[:1]:
        for figure in figures_in(article, index, lexicon):
            if figure.counted not in options.listed or figure.value > 100:
                continue
            steps = [
                int(found[1]) for block in article.blocks
                if block.kind == SUBHEADING and (found := _STEP.match(block.text))
            ]  # fmt: skip
            run = sorted(steps)
            if len(run) > 1 and run == list(range(1, len(run) + 1)) and len(run) != figure.value:
                yield _hit(article, figure, int(figure.value), len(run))
