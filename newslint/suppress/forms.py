"""The forms that suppressions have in an article, read: front matter and comments.

`newslint: {ignore: {RULE: reason}}` in the front matter, or with a date `{RULE: {reason: …, until:
2026-12-31}}`, holds for the file. In the copy, `<!-- newslint-ignore RULE until: 2026-12-31 --
reason -->` on a line of its own covers the next block, `newslint-ignore-start` and `-end` a range
(an end that names no rule ends all that are open), `newslint-ignore-file` the file.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any, NamedTuple

from msgspec import Struct

from newslint.article import Article, Comment, Field, Span
from newslint.later import compiled_later
from newslint.readers import MARKDOWN
from newslint.readers.entries import Entries

KEY = "newslint.ignore"
"""Where suppressions stand in the front matter."""

_DIRECTIVE = compiled_later(r"newslint-ignore(?P<form>-start|-end|-file)?(?=\s|$)")
_REASON = compiled_later(r"(?<=\s)--")
_NAME = compiled_later(r"[^,\s]+")
_UNTIL = compiled_later(r"(?:^|[\s,])until(?![\w-]):?\s*(?P<date>.*)", re.DOTALL | re.IGNORECASE)
_UNTIL_IN_REASON = compiled_later(r"(?:^|(?<=[\s,;(\[]))until(?P<colon>:|(?=\s))", re.IGNORECASE)
_LIKE_A_DATE = compiled_later(
    r"\d{4}-\d\S*|\d{4}([/.])\d{1,2}\1\d{1,2}|\d{1,2}([-/.])\d{1,2}\2\d{2,4}"
)
_DATE = compiled_later(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_LONGEST = 40
"""Code points of a wrong date that a message shows."""
_BREAK = compiled_later(r"[\r\n]")
NOWHERE = Span(-1, -1)


class Mark(NamedTuple):
    """Where a comment names a rule."""

    comment: Span
    name: Span
    place: Span
    """The comment, or the name where others stand beside it: where a finding stands."""


class Suppression(Struct, frozen=True):
    """One rule waved on in one range of one article, or in the whole of it."""

    rule: str
    reason: str
    covers: Span
    """The range whose findings are suppressed; the whole source for file, front matter, config."""
    place: Span
    """Where the suppression itself stands."""
    whole: bool = False
    text: str | None = None
    """From the config: only findings whose text this is."""
    in_config: bool = False
    exact: bool = False
    """From the config, for one path and not for a glob: then it can be unused."""
    until: date | None = None
    """The last day on which it holds."""
    fault: str = ""
    """What cannot be read in it. Such a one does not hold."""
    marks: tuple[Mark, ...] = ()
    """Of one in comments: where they name the rule, the first comment first."""


class Ending(NamedTuple):
    """When a suppression ends, or why that cannot be told."""

    until: date | None = None
    fault: str = ""


def of(article: Article) -> Iterable[Suppression]:
    """What the article itself suppresses, in its front matter and in comments."""
    if any(key.startswith(KEY) for key in article.meta):
        yield from _in_front_matter(article)
    if article.comments:
        yield from _in_comments(article)


def has_words(reason: str) -> bool:
    """Whether somebody gave a reason, and not just a dash."""
    return any(map(str.isalnum, reason))


def _ending(written: object) -> Ending:
    """The day that `until` names: it must be a day of the calendar, written 2026-12-31."""
    shown = " ".join(str(written).split())
    try:
        if _DATE.fullmatch(shown):
            return Ending(date.fromisoformat(shown))
    except ValueError:
        pass
    cut = shown if len(shown) <= _LONGEST else shown[:_LONGEST] + "…"
    return Ending(fault=f"“{cut}” is no date" if cut else "no date follows “until”")


def _parted(reason: str) -> tuple[str, Ending]:
    """The reason without an `until …` at its end, and when that is.

    What follows a colon must be a date; without one `until` is a word like any other, unless
    something follows that is written like a date.
    """
    found = list(_UNTIL_IN_REASON.finditer(reason))
    if found:
        written = reason[found[-1].end() :].strip(" \t\r\n.)]")
        if found[-1]["colon"] or _LIKE_A_DATE.fullmatch(written):
            return reason[: found[-1].start()].strip(" \t\r\n,;(["), _ending(written)
    return reason.strip(), Ending()


# In the front matter


def entries_of(article: Article) -> Entries:
    """Where the front matter's keys stand, those of mappings too, which `meta` does not hold."""
    from newslint.readers import frontmatter  # seldom needed here

    read = frontmatter.read(article.source) if article.format == MARKDOWN else None
    return read.entries if read and read.entries else Entries()


def _in_front_matter(article: Article) -> Iterator[Suppression]:
    entries = entries_of(article)
    everything = Span(0, len(article.source))
    written: dict[str, dict[str, Field]] = {}
    for key, field in article.meta.items():
        if key.startswith(KEY + "."):
            rule, _, part = key[len(KEY) + 1 :].partition(".")
            written.setdefault(rule, {})[part] = field
        elif key == KEY and field.value:
            for rule, place in _listed(field, entries):
                yield Suppression(rule, "", everything, place, True)
    for rule, parts in written.items():
        mapping = entries.mappings.get(f"{KEY}.{rule}")
        place = mapping.key if mapping else next(iter(parts.values())).key
        reason, (until, fault) = _said({part: field.value for part, field in parts.items()})
        yield Suppression(rule, reason, everything, place, whole=True, until=until, fault=fault)


def _listed(field: Field, entries: Entries) -> Iterator[tuple[str, Span]]:
    """The rules of a list, or a single one, each with its place."""
    rules = field.value if isinstance(field.value, list) else [field.value]
    strings = entries.strings.get(KEY, ())
    apart = isinstance(field.value, list) and len(strings) == len(rules)
    for number, rule in enumerate(rules):
        string = strings[number] if apart else None
        yield str(rule), Span(string.start, string.end) if string else field.span


def _said(parts: dict[str, Any]) -> tuple[str, Ending]:
    """The reason for one rule, and when it ends."""
    reason, ending = _parted(_words(parts.get("", parts.get("reason"))))
    if "until" in parts:
        ending = _ending("" if parts["until"] is None else parts["until"])
    if False in parts.values():
        ending = Ending(fault="“false” is no reason")
    for part in parts.keys() - {"", "reason", "until"}:
        ending = Ending(fault=f"there is no key “{part[:_LONGEST]}”: only “reason” and “until”")
    return reason, ending


def _words(value: object) -> str:
    return "" if value is None or isinstance(value, bool) else str(value)


# In comments


class _Directive(NamedTuple):
    """A comment that suppresses."""

    form: str
    names: tuple[tuple[str, Mark], ...]
    reason: str
    ending: Ending


def _directive(article: Article, comment: Comment) -> _Directive | None:
    match = _DIRECTIVE.match(comment.text)
    if match is None:
        return None
    rules, why = comment.text[match.end() :], ""
    if dashes := _REASON.search(rules):
        rules, why = rules[: dashes.start()], rules[dashes.end() :].strip()
    reason, ending = _parted(why)
    if until := _UNTIL.search(rules):
        rules, reason, ending = rules[: until.start()], why, _ending(until["date"])
    base = comment.span.start + len("<!--") + match.end()
    while article.source[base - match.end()].isspace():
        base += 1
    found = [(m[0], Span(base + m.start(), base + m.end())) for m in _NAME.finditer(rules)]
    found = found or [("", Span(base, base))]
    alone = comment.span if len(found) == 1 else None
    names = tuple((name, Mark(comment.span, span, alone or span)) for name, span in found)
    return _Directive(match["form"] or "", names, reason, ending)


class _Open(NamedTuple):
    """A range that has begun."""

    reason: str
    ending: Ending
    marks: list[Mark]


def _joined(begun: _Open | None, more: _Open) -> _Open:
    """An open range with what another comment on it says; it ends on the first of the days."""
    if begun is None:
        return more
    endings = sorted((begun.ending, more.ending), key=lambda e: (not e.fault, e.until or date.max))
    begun.marks.extend(more.marks)
    return _Open(begun.reason or more.reason, endings[0], begun.marks)


def _in_comments(article: Article) -> Iterator[Suppression]:
    opened: dict[str, _Open] = {}
    next_block = _NextBlock(article)
    everything = Span(0, len(article.source))
    for comment in sorted(article.comments, key=lambda comment: comment.span):
        directive = _directive(article, comment)
        if directive is None:
            continue
        form, names, reason, ending = directive
        if form == "-end" and names[0][0] == "" and opened:  # one that names none ends them all
            names = tuple((rule, names[0][1]) for rule in opened)
        for rule, mark in names:
            if form == "-start" or (form == "-end" and rule in opened):
                opened[rule] = _joined(opened.get(rule), _Open(reason, ending, [mark]))
                if form == "-end":
                    yield _range(rule, opened.pop(rule), comment.span.start)
            else:
                plain = not form and comment.own_line
                covers = everything if form == "-file" else next_block(comment, plain)
                yield Suppression(
                    rule, reason, covers, mark.place, form == "-file",
                    until=ending.until, fault=ending.fault, marks=(mark,),
                )  # fmt: skip
    for rule, begun in opened.items():
        yield _range(rule, begun, len(article.source))


def _range(rule: str, begun: _Open, end: int) -> Suppression:
    """The suppression from the first comment to where the range ends."""
    first = begun.marks[0]
    until, fault = begun.ending
    return Suppression(
        rule, begun.reason, Span(first.comment.end, end), first.place,
        until=until, fault=fault, marks=tuple(begun.marks),
    )  # fmt: skip


class _NextBlock:
    """Tells what a comment covers: from it to the end of the block or picture below it."""

    def __init__(self, article: Article) -> None:
        self._source = article.source
        self._spans: list[Span] | None = None
        self._blocks = article.blocks
        self._images = article.images
        self._ends: dict[int, int] = {}
        """By the number of the first span, for many comments may stand above one block."""

    def __call__(self, comment: Comment, plain: bool) -> Span:
        """The range; a comment within a line covers nothing."""
        if not plain:
            return NOWHERE
        if self._spans is None:
            spans = [block.source_span for block in self._blocks]
            self._spans = sorted([*spans, *(image.span for image in self._images)])
        first = bisect_left(self._spans, (comment.span.end, 0))
        if first == len(self._spans):
            return NOWHERE
        if first not in self._ends:
            last = bisect_right(self._spans, (self._spans[first].end, len(self._source)))
            end = max(span.end for span in self._spans[first:last])
            line_end = _BREAK.search(self._source, end)
            self._ends[first] = line_end.start() if line_end else len(self._source)
        return Span(comment.span.end, self._ends[first])
