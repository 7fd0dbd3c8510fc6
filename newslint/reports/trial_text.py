"""`newslint trial --format text`: what a rule hits, on a terminal."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator

from newslint.audit.trial.outcome import Hit, Parts, Sample, Trial
from newslint.reports.terminal import paint, safe, safe_path, width
from newslint.reports.trial_wording import (
    asides,
    compared,
    cut_parts,
    differences,
    excerpt,
    groups,
    place,
    rate,
    shown,
    total,
)
from newslint.reports.wording import cut, plural

NAMES = 40
"""Columns for the name of a section or the wording of a hit."""


def render(trial: Trial, columns: int, color: bool) -> Iterator[str]:
    """The counts first, then hits in context, then what differs from the other version."""
    yield f"{paint(trial.rule, 'bold', color)} {trial.severity}: {safe(trial.title)}\n"
    yield f"{total(trial.counts)}\n"
    yield from (f"  {line}\n" for line in asides(trial))
    if trial.against:
        yield f"Against {safe(trial.against.name)}: {compared(trial.against)}\n"
        yield f"  which has {total(trial.against.counts)}\n"
    if trial.counts.hits:
        yield from _table("Year", trial.years, "year")
        yield from _table("Section", trial.sections, "section")
        yield from _wordings(trial)
        yield from _sample("Samples", trial.sample, columns, color)
    for title, sample in differences(trial.against) if trial.against else ():
        yield from _sample(title, sample, columns, color)


def _table(title: str, parts: Parts, what: str) -> Iterator[str]:
    if len(parts.shown) < 2:
        return
    yield f"\n{title:{NAMES}} {'articles':>10} {'hits':>8}  for 1,000 words\n"
    for part in parts.shown:
        counts = part.counts
        name = _padded(safe(part.name) or f"no {what}")
        yield f"{name} {counts.articles:>10,} {counts.hits:>8,}  {rate(counts.rate):>15}\n"
    if more := cut_parts(parts, what):
        yield f"{more}\n"


def _wordings(trial: Trial) -> Iterator[str]:
    yield f"\n{'What it hits':{NAMES}} {'articles':>10} {'hits':>8}\n"
    for wording in trial.wordings.shown:
        name = _padded(safe(wording.text) or "the article as a whole")
        yield f"{name} {wording.articles:>10,} {wording.hits:>8,}\n"
    if (more := trial.wordings.total - len(trial.wordings.shown)) > 0:
        yield f"and {plural(more, 'wording')} more\n"


def _padded(text: str) -> str:
    short = cut(text, NAMES)
    return short + " " * max(NAMES - width(short), 0)


def _sample(title: str, sample: Sample, columns: int, color: bool) -> Iterator[str]:
    yield f"\n{paint(title, 'bold', color)}: {shown(sample)}\n"
    for name, hits in groups(sample):
        yield f"{paint(safe(name), 'dim', color)}\n"
        for hit in hits:
            yield from _hit(hit, max(columns, 40))


def _hit(hit: Hit, columns: int) -> Iterator[str]:
    quoted = " (quoted)" if hit.quoted else ""
    yield f"  {safe_path(place(hit))}{quoted}\n"
    before, text, after = excerpt(hit)
    yield _filled(safe(f"{before}[{text}]{after}").strip(), columns)
    yield _filled(f"= {safe(hit.message)}", columns)
    if hit.was and hit.was != hit.message:
        yield _filled(f"= was: {safe(hit.was)}", columns)


def _filled(text: str, columns: int) -> str:
    return textwrap.fill(
        text, columns, initial_indent="    ", subsequent_indent="    ",
        break_long_words=False, break_on_hyphens=False,
    ) + "\n"  # fmt: skip
