"""What a row cannot be asked for: a field that its dump does not have.

A rule that wants a byline says so of every article of a dump without a column for bylines, which
tells nothing about the articles. Where the column is there and empty, the finding stands.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from newslint.audit.body import HTML, MARKDOWN
from newslint.audit.composed import Composed
from newslint.audit.record import Record
from newslint.audit.row import META
from newslint.finding import Finding
from newslint.later import compiled_later
from newslint.rule import Ready, Rule

_PAGE = compiled_later(r"\s*(?:<!doctype|<html|<head)\b", re.IGNORECASE)
_BEGINNING = 400
"""Bytes of a body by which a whole file is told."""


def asked(
    findings: tuple[Finding, ...], record: Record, read: Composed, rules: Mapping[str, Ready]
) -> tuple[tuple[Finding, ...], list[str]]:
    """The findings that hold for a record, and a notice for each rule that was not asked."""
    if not read.parts or _is_whole_file(record, read.article.format):
        return findings, []
    known = {
        key for name, keys in META.items() if getattr(record, name) is not None for key in keys
    }
    kept, unasked = [], []
    for finding in findings:
        wanted = _wanted(rules[finding.rule].rule) if finding.rule in rules else ()
        if wanted and known.isdisjoint(wanted):
            unasked.append(f"“{finding.rule}” was not asked: the source has no such field")
        else:
            kept.append(finding)
    return tuple(kept), unasked


def _wanted(rule: Rule) -> Sequence[str]:
    """The fields of which a rule wants one."""
    if rule.kind != "metadata" or rule.options.get("check") != "required":
        return ()
    fields: Sequence[str] = rule.options.get("fields", ())
    return fields


def _is_whole_file(record: Record, format: str) -> bool:
    """Whether the body has front matter, or the head of a page, to say such things itself."""
    begin = record.content[:_BEGINNING].decode("utf-8", "replace")
    if format == HTML:
        return _PAGE.match(begin) is not None
    return format == MARKDOWN and begin.lstrip().startswith(("---", "+++", "{"))
