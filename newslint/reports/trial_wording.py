"""What the reports of `newslint trial` for people say alike."""

from __future__ import annotations

from collections.abc import Iterator

from newslint.audit.trial.outcome import Against, Counts, Hit, Parts, Sample, Trial
from newslint.reports.wording import cut, plural

_WHOLE = 80
"""Code points; where there is so much context, there may be more."""
_LONGEST = 300


def rate(value: float) -> str:
    """A rate as people read it: two digits that matter, and no more."""
    return f"{value:.2f}" if value >= 0.095 or not value else f"{value:.2g}"


def total(counts: Counts) -> str:
    """“12 hits in 9 of 2,592 articles: 0.02 for 1,000 words, 0.01 for 1,000 of narration”."""
    if not counts.articles:
        return "no article checked"
    where = plural(counts.articles, "article")
    if not counts.hits:
        return f"no hit in {where}, {plural(counts.words, 'word')}"
    rates = f"{rate(counts.rate)} for 1,000 words, {rate(counts.narration_rate)} of narration"
    return f"{plural(counts.hits, 'hit')} in {counts.articles_hit:,} of {where}: {rates}"


def asides(trial: Trial) -> Iterator[str]:
    """What else is to be said of the numbers."""
    counts = trial.counts
    if counts.hits:
        share = f"{counts.quoted / counts.hits:.0%}"
        yield f"in quotations: {counts.quoted:,} ({share})"
    if trial.across:
        yield f"by comparing articles: {trial.across:,}"
    if trial.suppressed:
        yield f"suppressed, and not among them: {trial.suppressed:,}"
    if trial.foreign:
        yield f"not in English, where this rule does not run: {plural(trial.foreign, 'article')}"


def shown(sample: Sample, flag: str = "--samples") -> str:
    """“10 of 312 (--samples N shows more)”, or the number alone where all are shown."""
    if len(sample.hits) == sample.total:
        return f"{sample.total:,}"
    return f"{len(sample.hits):,} of {sample.total:,}, {flag} N shows more"


def cut_parts(parts: Parts, what: str) -> str:
    """“and 12 more sections”, or nothing."""
    more = parts.total - len(parts.shown)
    return f"and {plural(more, what)} more" if more > 0 else ""


def groups(sample: Sample) -> Iterator[tuple[str, list[Hit]]]:
    """Hits by year and section, with what they have in common: “2024 · news”."""
    found: dict[str, list[Hit]] = {}
    for hit in sample.hits:
        title = " · ".join(filter(None, (hit.published[:4] or "no date", hit.section)))
        found.setdefault(title, []).append(hit)
    yield from found.items()


def place(hit: Hit) -> str:
    """“news/a.md:12:3”, “dump.jsonl:17, headline 1:4”."""
    if hit.field:
        return f"{hit.locator}, {hit.field} {hit.line}:{hit.column}"
    return f"{hit.locator}:{hit.line}:{hit.column}"


def excerpt(hit: Hit) -> tuple[str, str, str]:
    """What stands before the hit, the hit, and what follows: whole words, and … where more does."""
    before, after = hit.before, hit.after
    if len(before) > _WHOLE:
        before = "…" + before.partition(" ")[2]
    if len(after) > _WHOLE:
        after = after.rpartition(" ")[0] + "…"
    return before, cut(hit.text, _LONGEST), after


def compared(against: Against) -> str:
    """“3 gained, 1 lost, 2 changed, 40 as before”."""
    return (
        f"{against.gained.total:,} gained, {against.lost.total:,} lost, "
        f"{against.changed.total:,} changed, {against.same:,} as before"
    )


def differences(against: Against) -> Iterator[tuple[str, Sample]]:
    """The samples of what two versions do not have in common, each with its title."""
    for title, sample in (
        ("Gained", against.gained), ("Lost", against.lost), ("Changed", against.changed),
    ):  # fmt: skip
        if sample.total:
            yield title, sample
