"""What a report for machines says of a finding besides its place: words, and a text to put in."""

from __future__ import annotations

from newslint import fix
from newslint.article import Span
from newslint.finding import Edit, Finding

_ENDS = (".", "?", "!", "…", ".”", "?”", "!”")


def advised(finding: Finding) -> str:
    """What is wrong and what to do about it, in one paragraph."""
    stop = "" if finding.message.endswith(_ENDS) else "."
    return f"{finding.message}{stop} {finding.fix.advice}"


def replacement(finding: Finding, source: str) -> Edit | None:
    """All edits of a finding as one: from the start of the first to the end of the last."""
    edits = finding.fix.edits
    if not edits:
        return None
    start = min(edit.span.start for edit in edits)
    end = max(edit.span.end for edit in edits)
    fixed = fix.apply(source, edits)
    return Edit(Span(start, end), fixed[start : len(fixed) - (len(source) - end)])
