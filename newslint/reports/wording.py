"""What reports for people say alike: counts in words, what comes first, long words cut."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from newslint.checker import NewSuppression
from newslint.finding import SEVERITIES, Finding
from newslint.run import Tally


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


def headline(tally: Tally, flagged: int) -> str:
    """“2 errors, 1 info in 2 of 12 articles”; `flagged` are the articles with findings."""
    checked = plural(tally.articles, "article")
    if not tally.articles:
        return "no article checked"
    if tally.fix_only:
        return f"{checked} checked"
    if not flagged:
        return f"no findings in {checked}"
    where = checked if flagged == tally.articles else f"{flagged:,} of {checked}"
    return f"{counted(tally.severities)} in {where}"


def asides(tally: Tally) -> str:
    """“3 fixed, 4 suppressed, 12 in the baseline; 5 fixable with --fix.”, or nothing."""
    fixed = sum(counts.total() for counts in tally.fixed.values())
    counts = (
        (fixed, "fixed"), (tally.suppressed, "suppressed"), (tally.baselined, "in the baseline"),
    )  # fmt: skip
    parts = [", ".join(f"{count:,} {what}" for count, what in counts if count)]
    if tally.safely_fixable:
        parts.append(f"{tally.safely_fixable:,} fixable with --fix")
    told = "; ".join(filter(None, parts))
    return f"{told}." if told else ""


def first(tally: Tally) -> Iterator[tuple[str, list[str]]]:
    """What stands before the findings: a title with its items, each on what a reader must know."""
    if tally.errors:
        yield "Could not be checked", [_told(e.path, e.line, e.message) for e in tally.errors]
    if tally.grown:
        yield "More than the baseline allows", tally.grown
    if tally.new_suppressions:
        title = "New suppressions, which count for nothing before they are merged"
        yield title, [_told(new.path, new.line, _reasoned(new)) for new in tally.new_suppressions]


def _reasoned(new: NewSuppression) -> str:
    return f"{new.rule} – {new.reason}" if new.reason else new.rule


def _told(path: str, line: int, message: str) -> str:
    where = f"{path}, line {line}" if line else path
    return f"{where}: {message}" if path else message


def cut(text: str, limit: int) -> str:
    """The text, with an ellipsis in place of what goes beyond the limit."""
    return text if len(text) <= limit else text[: limit - 1].rstrip() + "…"
