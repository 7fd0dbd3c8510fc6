"""What reports for people say alike: counts in words, addresses, long words cut."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from newslint.finding import SEVERITIES, Finding
from newslint.later import compiled_later
from newslint.run import Tally

_ADDRESS = compiled_later(r"https?://[^\s<>()\"'`\\]+")


def plural(count: int, noun: str) -> str:
    """“1 error”, “2,592 articles”."""
    return f"{count:,} {noun}" + ("" if count == 1 else "s")


def counted(severities: Mapping[str, int]) -> str:
    """“2 errors, 3 warnings, 1 info”, without what there is none of."""
    counts = [
        f"{count:,} info" if severity == "info" else plural(count, severity)
        for severity in SEVERITIES
        if (count := severities.get(severity, 0))
    ]
    return ", ".join(counts) or "no findings"


def worst(findings: Iterable[Finding]) -> str:
    """The gravest severity among some findings."""
    return min((finding.severity for finding in findings), key=SEVERITIES.index)


def put_aside(tally: Tally) -> str:
    """“4 suppressed, 12 in the baseline.”, or nothing."""
    counts = [
        f"{count:,} {what}"
        for count, what in ((tally.suppressed, "suppressed"), (tally.baselined, "in the baseline"))
        if count
    ]
    return ", ".join(counts) + "." if counts else ""


def web(url: str) -> str:
    """The address where it is one of the web that can stand anywhere, else nothing."""
    return url if url.isprintable() and _ADDRESS.fullmatch(url) else ""


def cut(text: str, limit: int) -> str:
    """The text, with an ellipsis in place of what goes beyond the limit."""
    return text if len(text) <= limit else text[: limit - 1].rstrip() + "…"
