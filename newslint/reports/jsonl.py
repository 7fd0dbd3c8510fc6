"""Format `jsonl`: a JSON document a line, for archives: findings, then errors, then the counts."""

from __future__ import annotations

from collections.abc import Iterator

from newslint import __version__
from newslint.checker import Result
from newslint.lines import Lines
from newslint.reports.contract import Look
from newslint.reports.json import VERSION, finding_data, summary
from newslint.reports.json_parts import dump, error_data
from newslint.run import Tally


def render(results: Iterator[Result], tally: Tally, _: Look) -> Iterator[str]:
    """The lines; each says in `type` what it is."""
    for result in results:
        lines = Lines(result.source)
        for finding in result.findings:
            data = {"type": "finding", "path": finding.path, **finding_data(finding, lines)}
            yield dump(data) + "\n"
    for error in tally.errors:
        yield dump({"type": "error", **error_data(error)}) + "\n"
    closing = {"type": "summary", "version": VERSION, "newslint": __version__, **summary(tally)}
    yield dump(closing) + "\n"
