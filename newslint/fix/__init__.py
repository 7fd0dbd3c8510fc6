"""Edits: which of them may be made, and what a text is once they are made."""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Iterable, Sequence

from newslint.article import Span
from newslint.finding import Edit, Finding
from newslint.later import compiled_later

_BREAK = compiled_later(r"\r\n|\n|\r")
_WORD = compiled_later(r"\w")


def applicable(findings: Iterable[Finding], unsafe: bool) -> list[Finding]:
    """Those whose edits may be made: the safe ones and, where asked for, the unsafe ones."""
    return [f for f in findings if f.fix.edits and (f.fix.safe or unsafe)]


def compatible(source: str, findings: Iterable[Finding]) -> list[Finding]:
    """Of findings whose edits overlap, touch or stand on neighbouring words, the first.

    Each edit was judged by the words around it, so these must not change at the same time. The
    edits of a finding go all or none.
    """
    taken: list[Span] = []
    chosen = []
    for finding in findings:
        spans = sorted(edit.span for edit in finding.fix.edits)
        if all(_free(source, taken, span) for span in spans):
            chosen.append(finding)
            for span in spans:
                insort(taken, span)
    return chosen


def _free(source: str, taken: Sequence[Span], span: Span) -> bool:
    """Whether a word stands between a range and each of its neighbours."""
    at = bisect_left(taken, span)
    if at and not _WORD.search(source, taken[at - 1].end, span.start):
        return False
    return at == len(taken) or _WORD.search(source, span.end, taken[at].start) is not None


def apply(source: str, edits: Iterable[Edit]) -> str:
    """The source with the edits made; of two that overlap the first in the text is made.

    Line breaks in an edit become those of the line that it stands on.
    """
    parts: list[str] = []
    reached = 0
    for edit in sorted(set(edits), key=lambda edit: edit.span):
        if edit.span.start >= reached:
            parts += [source[reached : edit.span.start], _with_breaks_of(source, edit)]
            reached = edit.span.end
    return "".join([*parts, source[reached:]])


def _with_breaks_of(source: str, edit: Edit) -> str:
    if "\n" not in edit.text:
        return edit.text
    found = _BREAK.search(source, edit.span.end)
    if found is None:  # on the last line
        found = next(_BREAK.finditer(source), None)
    return edit.text if found is None else edit.text.replace("\n", found[0])
