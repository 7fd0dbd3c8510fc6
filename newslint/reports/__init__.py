"""Reports: for people (`text`, `concise`, `markdown`, `html`) and for machines (the others)."""

from collections.abc import Iterator
from importlib import import_module

from newslint.checker import Result
from newslint.reports import json, text
from newslint.reports.contract import Look, Report
from newslint.run import Tally


def _later(module: str) -> Report:
    """A report whose module is imported when it is first wanted."""

    def render(results: Iterator[Result], tally: Tally, look: Look) -> Iterator[str]:
        report: Report = import_module(f"newslint.reports.{module}").render
        return report(results, tally, look)

    return render


FORMATS: dict[str, Report] = {
    "text": text.render,
    "concise": text.concise,
    "json": json.render,
    "markdown": _later("markdown"),
    "html": _later("html"),
    "jsonl": _later("jsonl"),
    "sarif": _later("sarif"),
    "github": _later("github"),
    "gitlab": _later("gitlab"),
    "junit": _later("junit"),
    "checkstyle": _later("checkstyle"),
    "rdjson": _later("rdjson"),
}

__all__ = ["FORMATS", "Look", "Report"]
