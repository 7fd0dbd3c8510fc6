"""All that reports tell of an audit, asked of its tables once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from msgspec import Struct

from newslint.audit import manifest
from newslint.audit.report import asking, samples
from newslint.audit.report.cards import Card, load
from newslint.audit.report.figures import Figures, figures
from newslint.audit.report.groups import Kind, kinds
from newslint.audit.report.samples import Sample, Worst
from newslint.audit.report.tables import Tables


class Content(Struct, frozen=True):
    """What stands in a report."""

    figures: Figures
    cards: Mapping[str, Card]
    samples: Mapping[str, Sequence[Sample]]
    """By rule."""
    most: int
    """Samples that a rule may have."""
    worst: Sequence[Worst]
    kinds: Mapping[str, Kind]
    sources: Sequence[str]
    """As they were given."""
    bounds: Sequence[str]
    """What comparisons left out, and what went wrong with them."""

    def near(self, locator: str) -> str:
        """A locator without the folder that all sources lie in, which is said once."""
        return locator.removeprefix(self.figures.within)


def content(tables: Tables, folder: Path, budget: int = samples.SAMPLES) -> Content:
    """Ask for all of it; `budget` is for samples of all rules together."""
    asking.prepare(tables)
    found = figures(tables)
    known = manifest.read(folder)
    most = samples.share(found.rules, budget)
    return Content(
        found,
        load(folder),
        samples.samples(tables, most) if found.rules else {},
        most,
        samples.worst(tables),
        kinds(tables),
        known.sources if known else (),
        (*(error.message for error in known.errors), *known.notices) if known else (),
    )
