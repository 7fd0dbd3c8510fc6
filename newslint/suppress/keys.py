"""Takes rules out of `newslint: {ignore: …}` in the front matter.

Only what is written in one of the usual ways is found here; whoever makes the edits proves them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from newslint.article import Article, Span
from newslint.finding import Edit
from newslint.later import compiled_later
from newslint.lines import Lines
from newslint.readers.entries import Entries
from newslint.suppress.forms import KEY, Suppression, entries_of

_PARENT = KEY.partition(".")[0]
_BEFORE = compiled_later(r"[ \t]*(?:-[ \t]+|\[{1,2}[ \t]*)?[\"']?")
"""What may stand on the line before a key or an item: its indentation, `- `, `[`, a quote."""
_AFTER = compiled_later(r"[\"']{0,3}[ \t]*[:\]]{0,2}[ \t]*(?:#.*)?")
_SPACE = compiled_later(r"\s*")
_FENCES = ("---", "...", "+++")


class _Entry(NamedTuple):
    """A key with its value, or an item of a list, with the quotes around it."""

    number: int
    span: Span


def without_keys(
    article: Article, found: Mapping[int, Suppression], dead: frozenset[int]
) -> dict[int, tuple[Edit, ...]]:
    """The edit for each of the dead suppressions in the front matter, where one is known."""
    if not dead & found.keys():
        return {}
    entries = entries_of(article)
    keys = _Keys(article, entries)
    if dead.issuperset(found):
        edit = keys.without_all()
        return dict.fromkeys(found, (edit,)) if edit else {}
    listed = KEY in article.meta
    if listed and len(found) != len(entries.strings.get(KEY, ())):
        return {}
    rules = {} if listed else keys.by_rule()
    spans = [_Entry(n, keys.quoted(s.place if listed else rules[s.rule])) for n, s in found.items()]
    if keys.is_flow(KEY):
        return {n: (edit,) for n, edit in _within_brackets(article.source, spans, dead)}
    edits = ((entry.number, keys.lines(entry.span)) for entry in spans if entry.number in dead)
    return {number: (edit,) for number, edit in edits if edit}


class _Keys:
    """Where keys of the front matter begin and end."""

    def __init__(self, article: Article, entries: Entries) -> None:
        self._source = article.source
        self._meta = article.meta
        self._mappings = entries.mappings
        self._lines = Lines(article.source)

    def is_flow(self, name: str) -> bool:
        """Whether what a key holds stands in brackets."""
        if name in self._mappings:
            return self._mappings[name].flow
        field = self._meta.get(name)
        return field is not None and self._source.startswith("[", field.span.start)

    def whole(self, name: str) -> Span:
        """From the start of a key to the end of all that it holds."""
        spans = [s for key, s in self._spans() if key == name or key.startswith(name + ".")]
        return self.quoted(Span(min(s.start for s in spans), max(s.end for s in spans)))

    def by_rule(self) -> dict[str, Span]:
        """The same for each rule, without the quotes around all of it."""
        found: dict[str, Span] = {}
        for key, span in self._spans():
            if key.startswith(KEY + "."):
                rule = key[len(KEY) + 1 :].partition(".")[0]
                known = found.get(rule, span)
                found[rule] = Span(min(known.start, span.start), max(known.end, span.end))
        return found

    def _spans(self) -> Iterator[tuple[str, Span]]:
        for key, field in self._meta.items():
            yield from ((key, field.key), (key, field.span))
        for key, mapping in self._mappings.items():
            yield from ((key, mapping.key), (key, mapping.span))

    def quoted(self, span: Span) -> Span:
        """The range with the quotes around it."""
        start, end = span
        start -= self._source[start - 1 : start] in ('"', "'")
        while self._source[end : end + 1] in ('"', "'") and end - span.end < 3:
            end += 1
        return Span(start, end)

    def without_all(self) -> Edit | None:
        """Takes out the key, and the one that holds it where it holds nothing else."""
        ours = [key for key in self._meta if key.startswith(_PARENT + ".")]
        alone = all(key.startswith(KEY) for key in ours) and _PARENT in self._mappings
        name, around = (_PARENT, "") if alone else (KEY, _PARENT)
        if name not in self._meta and not any(key.startswith(name + ".") for key in self._meta):
            return None
        span = self.whole(name)
        is_json = self._source.lstrip().startswith("{")
        if self.is_flow(around) if around else is_json:
            entry = _Entry(0, span)
            return next((e for _, e in _within_brackets(self._source, [entry], {0})), None)
        return self.lines(span)

    def lines(self, span: Span) -> Edit | None:
        """Takes out the lines of a range, if nothing else stands on them; not in brackets."""
        first, last = (self._lines.place(offset)[0] for offset in (span.start, span.end))
        start, end = self._lines.span(first).start, self._lines.span(last).end
        after = self._source[span.end : end].rstrip("\r\n")
        if not (_BEFORE.fullmatch(self._source, start, span.start) and _AFTER.fullmatch(after)):
            return None
        above = self._lines.text(first - 1).strip() if first > 1 else None
        below = self._lines.text(last + 1).strip() if end < len(self._source) else ""
        if above == "" and (not below or below in _FENCES):
            start = self._lines.span(first - 1).start
        return Edit(Span(start, end), "")


def _within_brackets(
    source: str, entries: Sequence[_Entry], dead: frozenset[int] | set[int]
) -> Iterator[tuple[int, Edit]]:
    """Each dead entry with the comma before it, or the one behind where none stays before it."""
    kept = False
    for entry in sorted(entries, key=lambda entry: entry.span):
        if entry.number not in dead:
            kept = True
            continue
        start, end = entry.span
        before, behind = start, _skip(source, end)
        while before and source[before - 1].isspace():
            before -= 1
        opening, closing = source[before - 1 : before], source[behind : behind + 1]
        if opening == "," and (kept or closing != ","):
            yield entry.number, Edit(Span(before - 1, end), "")
        elif closing == ",":
            yield entry.number, Edit(Span(start, _skip(source, behind + 1)), "")
        elif opening + closing in ("{}", "[]"):
            yield entry.number, Edit(entry.span, "")


def _skip(source: str, at: int) -> int:
    space = _SPACE.match(source, at)
    return space.end() if space else at
