"""`newslint trial --format json`: one document, for programs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import msgspec

from newslint import __version__
from newslint.audit.trial.outcome import Counts, Parts, Trial
from newslint.errors import Error
from newslint.reports.json_parts import Json, dump, error_data


def render(trial: Trial, *_: object) -> Iterator[str]:
    """The document."""
    against = trial.against
    yield dump(
        {
            **_head(),
            "rule": trial.rule, "title": trial.title, "severity": trial.severity,
            "file": trial.name, **_counts(trial.counts),
            "suppressed": trial.suppressed, "across": trial.across, "foreign": trial.foreign,
            "failed": trial.failed,
            "years": _parts(trial.years), "sections": _parts(trial.sections),
            "wordings": _plain(trial.wordings), "samples": _plain(trial.sample),
            "against": against and {
                "name": against.name, **_counts(against.counts), "same": against.same,
                "gained": _plain(against.gained), "lost": _plain(against.lost),
                "changed": _plain(against.changed),
            },
            "failing_examples": _errors(trial.failing), "errors": _errors(trial.errors),
            "notices": list(trial.notices),
        }
    ) + "\n"  # fmt: skip


def failed(error: Error) -> str:
    """The document where nothing could be tried."""
    return dump({**_head(), "errors": _errors([error])}) + "\n"


def _head() -> Json:
    return {"version": 1, "newslint": __version__}


def _counts(counts: Counts) -> Json:
    plain: Json = _plain(counts)
    rates = {"rate": round(counts.rate, 6), "narration_rate": round(counts.narration_rate, 6)}
    return plain | rates


def _parts(parts: Parts) -> Json:
    shown = [{"name": part.name, **_counts(part.counts)} for part in parts.shown]
    return {"shown": shown, "total": parts.total}


def _plain(value: Any) -> Any:
    return msgspec.to_builtins(value)


def _errors(errors: Iterable[Error]) -> list[Json]:
    return [error_data(error) | {"column": error.column or None} for error in errors]
