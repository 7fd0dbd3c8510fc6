"""`newslint trial --format markdown`: what a rule hits, for a pull request or a memo."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from newslint.audit.trial.outcome import Hit, Parts, Sample, Trial
from newslint.reports.markdown_text import escaped, line
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


def render(trial: Trial, *_: object) -> Iterator[str]:
    """The counts first, then hits in context, then what differs from the other version."""
    yield f"## {escaped(trial.rule)}\n\n{escaped(trial.title)}\n\n**{total(trial.counts)}**\n\n"
    yield from (f"- {escaped(aside)}\n" for aside in asides(trial))
    if trial.against:
        yield f"- against {escaped(trial.against.name)}: {compared(trial.against)}\n"
        yield f"- which has {total(trial.against.counts)}\n"
    if trial.counts.hits:
        yield from _parts("Year", trial.years, "year")
        yield from _parts("Section", trial.sections, "section")
        yield from _wordings(trial)
        yield from _sample("Samples", trial.sample)
    for title, sample in differences(trial.against) if trial.against else ():
        yield from _sample(title, sample)


def _parts(title: str, parts: Parts, what: str) -> Iterator[str]:
    if len(parts.shown) < 2:
        return
    rows = (
        (part.name or f"no {what}", part.counts.articles, part.counts.hits, part.counts.rate)
        for part in parts.shown
    )
    cells = ((escaped(name), f"{a:,}", f"{h:,}", rate(r)) for name, a, h, r in rows)
    yield from _table((title, "articles", "hits", "for 1,000 words"), cells)
    if more := cut_parts(parts, what):
        yield f"\n{more}\n"


def _wordings(trial: Trial) -> Iterator[str]:
    rows = (
        (escaped(cut(w.text, 80)) or "the article as a whole", f"{w.articles:,}", f"{w.hits:,}")
        for w in trial.wordings.shown
    )
    yield from _table(("What it hits", "articles", "hits"), rows)
    if (more := trial.wordings.total - len(trial.wordings.shown)) > 0:
        yield f"\nand {plural(more, 'wording')} more\n"


def _table(titles: Iterable[str], rows: Iterable[Iterable[str]]) -> Iterator[str]:
    names = list(titles)
    yield "\n| " + " | ".join(names) + " |\n|---|" + "---:|" * (len(names) - 1) + "\n"
    for row in rows:
        yield "| " + " | ".join(cell.replace("\n", " ") for cell in row) + " |\n"


def _sample(title: str, sample: Sample) -> Iterator[str]:
    yield f"\n### {title}: {shown(sample)}\n"
    for name, hits in groups(sample):
        yield f"\n{escaped(name)}\n\n"
        for hit in hits:
            yield from _hit(hit)


def _hit(hit: Hit) -> Iterator[str]:
    quoted = " (quoted)" if hit.quoted else ""
    yield f"- {escaped(place(hit))}{quoted}\n\n"
    yield f"  > {line(*excerpt(hit))}\n\n"
    yield f"  {escaped(hit.message)}\n"
    if hit.was and hit.was != hit.message:
        yield f"\n  was: {escaped(hit.was)}\n"
