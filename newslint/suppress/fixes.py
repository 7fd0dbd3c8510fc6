"""Takes suppressions that do nothing out of an article again.

What goes is worked out from the source alone, and then proved: the article without it is read
again, and must have the same blocks, metadata and other suppressions as before.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from itertools import accumulate, islice

from newslint import fix
from newslint.article import Article, Span
from newslint.finding import Edit
from newslint.later import compiled_later
from newslint.lines import Lines
from newslint.readers import HTML, MARKDOWN, read_source
from newslint.suppress.forms import KEY, Mark, Suppression, of
from newslint.suppress.keys import without_keys

ONE_BY_ONE = 20
READ = 1_000_000
"""It is proved for each of so many, and within so many code points; of more only that they can go
together, and where they cannot, the rest keep their advice."""
_SPACE = " \t\r\n"
_ITEM = compiled_later(r"(?:[-*+]|[0-9]{1,9}[.)])\s")
"""The marker of a list item, which begins a new one without a blank line too."""
_NEXT_LINE = compiled_later(r"[ \t]*(?:\r\n|\n|\r)[ \t>]*")
"""Between comments of which one stands below the other, in a block quotation too."""
BATCHES = 3
"""Readings of the whole article, for edits that overlap each other."""

Plans = Mapping[int, tuple[Edit, ...]]
"""By the number of a suppression: what takes it out."""


def removals(article: Article, found: Sequence[Suppression], dead: Collection[int]) -> Plans:
    """For each of the `dead` suppressions the edits that take it out, where that is certain."""
    plans = _comments(article, found, frozenset(dead))
    keys = [n for n, s in enumerate(found) if not (s.marks or s.in_config)]
    plans.update(without_keys(article, {n: found[n] for n in keys}, frozenset(dead)))
    proved: dict[int, tuple[Edit, ...]] = {}
    pending = {number: plans[number] for number in sorted(plans)}
    for _ in range(BATCHES):
        batch = _apart(pending)
        proved.update(_proved(article, found, batch))
        pending = {number: edits for number, edits in pending.items() if number not in batch}
        if not pending:
            break
    return proved


def _apart(plans: Plans) -> Plans:
    """Those whose edits do not overlap others'; the same edit may serve several."""
    taken: set[Edit] = set()
    reached: list[Edit] = sorted({e for edits in plans.values() for e in edits}, key=_place)
    end = -1
    for edit in reached:
        if edit.span.start >= end:
            taken.add(edit)
            end = edit.span.end
    return {number: edits for number, edits in plans.items() if taken.issuperset(edits)}


def _place(edit: Edit) -> Span:
    return edit.span


def _proved(article: Article, found: Sequence[Suppression], plans: Plans) -> Plans:
    """Those that can go alone and together; of many it is enough that they can go together."""
    few = min(ONE_BY_ONE, READ // (len(article.source) + 1))
    if len(plans) > few and _holds(article, found, plans, plans):
        return plans
    alone = {
        number: edits
        for number, edits in islice(plans.items(), few)
        if _holds(article, found, plans, {number: edits})
    }
    together = len(alone) < 2 or _holds(article, found, plans, alone)
    return alone if together else {}


def _holds(article: Article, found: Sequence[Suppression], plans: Plans, made: Plans) -> bool:
    """Whether the article stays the same, but for the suppressions that are meant."""
    edits = {edit for several in made.values() for edit in several}
    gone = {number for number, several in plans.items() if edits.issuperset(several)}
    after = read_source(article.path, fix.apply(article.source, edits), article.format)
    if sight(article) != sight(after):
        return False
    moved = _moved(edits)
    left = [s for n, s in enumerate(found) if not s.in_config and n not in gone]
    return [_meaning(s, moved) for s in left] == [_meaning(s, int) for s in of(after)]


def sight(article: Article) -> tuple[object, ...]:
    """All that a rule sees of an article, without the places and without suppressions."""
    return (
        article.language,
        [(block.kind, block.text, block.level, block.inside) for block in article.blocks],
        [(key, field.value) for key, field in article.meta.items() if not _is_ours(key)],
        [(link.url, link.text) for link in article.links],
        [(image.url, image.alt, image.decorative) for image in article.images],
        [c.text for c in article.comments if not c.text.startswith("newslint-ignore")],
        [problem.code for problem in article.problems],
    )


def _is_ours(key: str) -> bool:
    return key == "newslint" or key.startswith(KEY)


def _meaning(suppression: Suppression, moved: Callable[[int], int]) -> tuple[object, ...]:
    covers = [moved(offset) for offset in suppression.covers]
    return (
        suppression.rule, suppression.reason, suppression.until, suppression.fault,
        suppression.whole, covers,
    )  # fmt: skip


def _moved(edits: Iterable[Edit]) -> Callable[[int], int]:
    """From an offset before the edits, which only take away, to the same place after them."""
    spans = sorted(edit.span for edit in edits)
    starts = [span.start for span in spans]
    lost = [0, *accumulate(span.end - span.start for span in spans)]

    def moved(offset: int) -> int:
        before = bisect_right(starts, offset)
        inside = max(spans[before - 1].end - offset, 0) if before else 0
        return offset - lost[before] + inside

    return moved


def _comments(
    article: Article, found: Sequence[Suppression], dead: frozenset[int]
) -> dict[int, tuple[Edit, ...]]:
    """A comment goes where all that it names is dead, else the names that are.

    An end that names none goes with all the ranges that it ends, or stays.
    """
    named: dict[Span, list[tuple[Mark, int]]] = {}
    for number, suppression in enumerate(found):
        for mark in suppression.marks:
            named.setdefault(mark.comment, []).append((mark, number))
    names: dict[Mark, Edit | None] = {}
    together: dict[int, Sequence[int]] = {number: (number,) for number in dead}
    for marks in named.values():
        bare, numbers = marks[0][0].name.start == marks[0][0].name.end, {n for _, n in marks}
        if bare and not numbers <= dead:
            names[marks[0][0]] = None
        elif bare:
            together.update(dict.fromkeys(numbers, sorted(numbers)))
        elif not numbers <= dead:
            names.update(_names(sorted((mark, number in dead) for mark, number in marks)))
    lines = Lines(article.source)
    plans: dict[int, tuple[Edit, ...]] = {}
    for group in {group[0]: group for group in together.values()}.values():
        own = [mark for number in group for mark in found[number].marks]
        whole = [mark.comment for mark in own if mark not in names]
        edits = [_line(article, lines, span) for span in _runs(article, whole)]
        if own and None not in edits:
            parts = (names.get(mark) for mark in own)
            made = tuple(dict.fromkeys(filter(None, (*edits, *parts))))
            plans.update(dict.fromkeys(group, made))
    return plans


def _runs(article: Article, comments: Iterable[Span]) -> Iterator[Span]:
    """The comments, with those as one between which nothing stands."""
    source, markdown = article.source, article.format == MARKDOWN
    run: Span | None = None
    for comment in sorted(set(comments)):
        between = source[run.end : comment.start] if run else ""
        if run and (not between.strip() or (markdown and _NEXT_LINE.fullmatch(between))):
            run = Span(run.start, comment.end)
        else:
            if run:
                yield run
            run = comment
    if run:
        yield run


def _names(marks: Sequence[tuple[Mark, bool]]) -> Iterable[tuple[Mark, Edit]]:
    """Each dead name with what parts it from the one before, or from the next if it is first."""
    first_kept = next(number for number, (_, is_dead) in enumerate(marks) if not is_dead)
    for number, (mark, is_dead) in enumerate(marks):
        if is_dead and number < first_kept:
            yield mark, Edit(Span(mark.name.start, marks[number + 1][0].name.start), "")
        elif is_dead:
            yield mark, Edit(Span(marks[number - 1][0].name.end, mark.name.end), "")


def _line(article: Article, lines: Lines, comment: Span) -> Edit | None:
    """What goes with a comment: its lines, and one of the blank lines around them.

    Where it alone parts two paragraphs, a blank line stays.
    """
    source, markdown = article.source, article.format == MARKDOWN
    space = _SPACE + ">" if markdown else _SPACE
    first, last = lines.place(comment.start)[0], lines.place(max(comment.end - 1, comment.start))[0]
    start, end = lines.span(first).start, lines.span(last).end
    before = source[start : comment.start]
    if before.strip(space) or source[comment.end : end].strip():
        return _within(source, comment)
    above = lines.text(first - 1).strip(space) if first > 1 else None
    below = lines.text(last + 1).strip(space) if end < len(source) else None
    if above and below and article.format != HTML:
        if not (markdown and _ITEM.match(below)):
            if markdown and before[:1].isspace():
                return None  # a blank line would loosen the list around it
            start += len(before.rstrip())
            end -= len(source[comment.end : end]) - len(source[comment.end : end].rstrip("\r\n"))
    elif above == "" and not below:
        start = lines.span(first - 1).start
    elif above is None and below == "":
        end = lines.span(last + 1).end
    return Edit(Span(start, end), "")


def _within(source: str, comment: Span) -> Edit:
    """A comment within a line, with one of two spaces around it."""
    start, end = comment
    if source[start - 1 : start].isspace() and source[end : end + 1] in (" ", "\t"):
        end += 1
    return Edit(Span(start, end), "")
