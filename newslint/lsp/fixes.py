"""What mends a document: the fix of one finding, or all safe fixes at once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from difflib import SequenceMatcher

from newslint import fixing
from newslint.article import Span
from newslint.checker import Result
from newslint.finding import Edit, Finding
from newslint.lines import newline_of
from newslint.lsp.checks import recheck
from newslint.lsp.positions import unchanged
from newslint.lsp.projects import Project
from newslint.readers.decode import decode
from newslint.reports.wording import cut

_SHOWN = 40
"""Code points of a text that a title shows."""


def title(finding: Finding, source: str) -> str:
    """What a fix does, in a line: “Replace “very unique” with “unique””."""
    edits = finding.fix.edits
    said = _title(edits[0], source) if len(edits) == 1 else _short(finding.fix.advice, 2 * _SHOWN)
    return said if finding.fix.safe else f"{said} (unsafe: may change the meaning)"


def _title(edit: Edit, source: str) -> str:
    old, new = source[edit.span.start : edit.span.end], edit.text
    if not old:
        return f"Insert {_quoted(new)}"
    if not new:
        return f"Remove {_quoted(old)}"
    return f"Replace {_quoted(old)} with {_quoted(new)}"


def _quoted(text: str) -> str:
    if text and text.isspace():
        return "a line break" if "\n" in text else "a space" if len(text) == 1 else "white space"
    return f"“{_short(text, _SHOWN)}”"


def _short(text: str, most: int) -> str:
    return cut(" ".join(text.split()), most)


def with_breaks(edits: Iterable[Edit], source: str) -> list[Edit]:
    """The edits with the line breaks of the document."""
    newline = newline_of(source)
    return [Edit(edit.span, edit.text.replace("\n", newline)) for edit in edits]


def all_safe(project: Project, result: Result) -> list[Edit]:
    """The edits that `newslint check --fix` would make in the document."""
    path, source = result.path, result.source
    given = {path: source.encode("utf-8", "replace")}

    def check(now: Mapping[str, bytes]) -> Iterator[Result]:
        yield recheck(project, path, now[path])

    fixed = fixing.rounds(check, given, unsafe=False)
    change = fixed.changes.get(path)
    return list(differences(source, decode(change.after).text)) if change else []


def differences(old: str, new: str) -> Iterator[Edit]:
    """Edits that make one text of the other and leave the lines between them alone."""
    before, after = old.splitlines(keepends=True), new.splitlines(keepends=True)
    at = [0]
    for line in before:
        at.append(at[-1] + len(line))
    for tag, a1, a2, b1, b2 in SequenceMatcher(None, before, after).get_opcodes():
        if tag != "equal":
            yield _trimmed(at[a1], old[at[a1] : at[a2]], "".join(after[b1:b2]))


def _trimmed(start: int, old: str, new: str) -> Edit:
    """The edit without what both texts begin and end with."""
    head, tail = unchanged(old, new)
    return Edit(Span(start + head, start + len(old) - tail), new[head : len(new) - tail])
