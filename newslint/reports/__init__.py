"""Reports: for people (`text`, `concise`) and for machines (`json`)."""

from newslint.reports import json, text
from newslint.reports.contract import Look, Report

FORMATS: dict[str, Report] = {
    "text": text.render,
    "concise": text.concise,
    "json": json.render,
}

__all__ = ["FORMATS", "Look", "Report"]
