"""What a rule reports: a finding, its place, and its fix."""

from __future__ import annotations

from msgspec import Struct

from newslint.article import Span

SEVERITIES = ("error", "warning", "info")
"""From the gravest to the mildest."""


class Edit(Struct, frozen=True, gc=False):
    """Replace `source[span]` with `text`."""

    span: Span
    text: str


class Fix(Struct, frozen=True, gc=False):
    """What to do about a finding: always in words, sometimes as edits."""

    advice: str
    edits: tuple[Edit, ...] = ()
    safe: bool = False
    """True where the edits cannot change the meaning."""


class Related(Struct, frozen=True, gc=False):
    """Another place that has to do with a finding, in this article or another one."""

    path: str
    span: Span
    text: str
    """The source at `span`."""
    message: str
    lines: tuple[int, int, int, int] | None = None
    """In another article: line and column of the start and of the end, 1-based."""


class Finding(Struct, frozen=True, gc=False):
    """One hit of one rule."""

    rule: str
    severity: str
    message: str
    path: str
    span: Span
    text: str
    """`source[span]`, untrimmed."""
    fix: Fix
    related: tuple[Related, ...] = ()
    """At most five places; the message says when there are more."""
    whole_article: bool = False
    """About the article and not the words it stands on."""
    fingerprint: str = ""
    """Stays the same when lines move, paragraphs are reflowed or other places are edited."""
    kin: tuple[str, ...] = ()
    """What the fingerprint would be at the other places of the article that have to do with it: a
    rule that speaks once an article may have spoken there before paragraphs were moved."""


def order(finding: Finding) -> tuple[str, Span, int, str, str]:
    """The sort key of reports: path, place, severity, rule, message."""
    return (
        finding.path,
        finding.span,
        SEVERITIES.index(finding.severity),
        finding.rule,
        finding.message,
    )
