"""An audit in a few numbers, asked of its finished tables."""

from __future__ import annotations

from msgspec import Struct

from newslint.audit.report.tables import Tables
from newslint.errors import Error

FIRST = 5
"""Reasons that are told; how many there are is told as well."""


class Summary(Struct, frozen=True):
    """What is said at the end of an audit."""

    articles: int
    """That were checked."""
    words: int
    findings: dict[str, int]
    """By severity."""
    flagged: int
    """Articles with findings."""
    failed: int
    """Records that could not be checked, or not by all rules."""
    reasons: tuple[Error, ...]
    """The first of them."""


def summary(tables: Tables) -> Summary:
    """The numbers of `articles`."""
    row = tables.one(
        "SELECT count(*) AS articles, sum(words) AS words, sum(errors) AS errors, "
        "sum(warnings) AS warnings, sum(infos) AS infos, "
        "sum(CASE WHEN errors + warnings + infos > 0 THEN 1 ELSE 0 END) AS flagged "
        "FROM articles WHERE checked",
    )
    wrong = "FROM articles WHERE code <> ''"
    failed = tables.one(f"SELECT count(*) AS failed {wrong}")
    first = f"SELECT locator, code, message {wrong} ORDER BY source, record LIMIT {FIRST}"
    count = {name: int(value or 0) for name, value in row.items()}
    return Summary(
        count["articles"],
        count["words"],
        {"error": count["errors"], "warning": count["warnings"], "info": count["infos"]},
        count["flagged"],
        failed["failed"],
        tuple(Error(r["locator"], r["code"], r["message"]) for r in tables.ask(first, dict)),
    )
