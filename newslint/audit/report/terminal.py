"""`newslint audit show`: what an audit found, for the terminal."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from msgspec import Struct

from newslint.audit.report import numbers, wording
from newslint.audit.report.asking import prepare
from newslint.audit.report.cards import Card, load
from newslint.audit.report.figures import Figures, figures
from newslint.audit.report.groups import ALL, KINDS, MARKED, PLACES, Kind, kinds
from newslint.audit.report.periods import by_year
from newslint.audit.report.samples import Sample, Worst, findings, worst
from newslint.audit.report.tables import Tables, opened
from newslint.errors import Error, NewslintError, unknown
from newslint.reports.terminal import paint, safe, safe_path
from newslint.reports.wording import counted, cut, plural

FIRST = 10
"""Articles, and things that could not be checked, that the summary names."""


class Wanted(Struct, frozen=True):
    """What is to be shown."""

    rule: str = ""
    """All findings of this one."""
    kind: str = ""
    """All clusters of this one, of `groups.KINDS`."""
    json: bool = False
    """The numbers as JSON."""
    color: bool = False
    width: int = 100
    """Columns of the terminal."""


def show(
    folder: Path, rule: str | None = None, kind: str | None = None, format: str = "text",
    color: bool = False, width: int = 100,
) -> Iterator[str]:  # fmt: skip
    """What the audit in a folder found: a summary, or all of one rule or kind.

    `format` is `text`, or `json` for the numbers. Raises `NewslintError` where there is no such
    audit, rule or kind.
    """
    wanted = Wanted(rule or "", kind or "", format == "json", color, width)
    if wanted.json and (wanted.rule or wanted.kind):
        message = "gives the numbers; what rules found and what was compared lies in the tables"
        raise NewslintError(Error("--format json", "config", message))
    if wanted.kind and wanted.kind not in KINDS:
        raise NewslintError(Error("", "config", unknown("kind of cluster", wanted.kind, KINDS)))
    with opened(folder) as tables:
        prepare(tables)
        if wanted.rule:
            yield from _of_rule(tables, wanted)
        elif wanted.kind:
            yield from _of_kind(tables, wanted)
        elif wanted.json:
            yield numbers.document(figures(tables), kinds(tables, 0), worst(tables))
        else:
            yield from _summary(tables, folder, wanted)


def _summary(tables: Tables, folder: Path, wanted: Wanted) -> Iterator[str]:
    found = figures(tables)
    title = wording.headline(found)
    yield f"{paint(title[0].upper() + title[1:], 'bold', wanted.color)}\n"
    yield f"{safe(wording.scope(found))}\n\n"
    yield from _unread(found)
    if found.months:
        yield from _years(found)
    if found.rules:
        yield from _rules(found, load(folder), wanted)
    yield from _worst(found, worst(tables, FIRST), wanted)
    yield from _across(kinds(tables, 0))
    if (folder / "report.html").exists():
        page = safe_path((folder / "report.html").as_posix())
        yield f"{page} shows it with charts and examples.\n"


def _unread(found: Figures) -> Iterator[str]:
    if found.unread_count:
        yield "Could not be checked\n"
        for unread in found.unread[:FIRST]:
            reason = unread.message or wording.reason(unread.code)
            yield f"  {safe_path(unread.locator)}: {safe(reason)}\n"
        if (left := found.unread_count - FIRST) > 0:
            yield f"  … and {left:,} more\n"
        yield "\n"


def _years(found: Figures) -> Iterator[str]:
    yield f"{'Year':<8}{'articles':>10}{'words':>14}{'errors':>9}{'warnings':>10}{'info':>9}"
    yield f"{'for 1,000 words':>18}\n"
    groups = by_year(found.months)
    for group in [*groups, *([found.undated] if found.undated.articles else [])]:
        name = group.name or wording.NO_DATE
        yield f"{name:<8}{group.articles:>10,}{group.words:>14,}{group.errors:>9,}"
        yield f"{group.warnings:>10,}{group.infos:>9,}{wording.rate(group.rate()):>18}\n"
    yield "\n"


def _rules(found: Figures, cards: Mapping[str, Card], wanted: Wanted) -> Iterator[str]:
    long = max(len(rule.rule) for rule in found.rules)
    yield f"{'findings':>9}{'articles':>10}  rule\n"
    for rule in found.rules:
        title = cards[rule.rule].title if rule.rule in cards else ""
        severity = paint(f"{rule.severity:<8}", rule.severity, wanted.color)
        line = f"{rule.findings:>9,}{rule.articles:>10,}  "
        room = max(wanted.width - len(line) - long - 12, 20)
        yield f"{line}{severity} {safe(rule.rule):<{long}}  {cut(safe(title), room)}\n".rstrip(" ")
    yield "\n"


def _worst(found: Figures, articles: Sequence[Worst], wanted: Wanted) -> Iterator[str]:
    if articles:
        yield "Articles to look at first\n"
    for article in articles:
        counts = {"error": article.errors, "warning": article.warnings, "info": article.infos}
        where = safe_path(article.locator.removeprefix(found.within))
        headline = safe(article.headline or wording.NO_HEADLINE)
        yield f"  {where}\n"
        yield f"      {counted(counts)}: {cut(headline, max(wanted.width - 40, 30))}\n"
    if articles:
        if found.within:
            yield f"  (below {safe_path(found.within)})\n"
        yield "\n"


def _across(found: Mapping[str, Kind]) -> Iterator[str]:
    for name, title in KINDS.items():
        if name in found:
            yield f"{title}: {found[name].told(name)} (--cluster {name})\n"
    if found:
        yield "\n"


def _of_rule(tables: Tables, wanted: Wanted) -> Iterator[str]:
    """All findings of a rule, in the order of their articles."""
    shown = 0
    for sample in findings(tables, wanted.rule):
        shown += 1
        yield from _finding(sample, wanted)
    if not shown:
        ids = [row["rule"] for row in tables.ask("SELECT DISTINCT rule FROM report_hits", dict)]
        raise NewslintError(Error("", "config", unknown("rule in this audit", wanted.rule, ids)))
    yield f"{plural(shown, 'finding')}.\n"


def _finding(sample: Sample, wanted: Wanted) -> Iterator[str]:
    place = paint(f"{safe_path(sample.locator)}:{sample.line}", "bold", wanted.color)
    severity = paint(sample.severity, sample.severity, wanted.color)
    about = [place, severity, sample.published or wording.NO_DATE]
    yield f"{' '.join(about)} {safe(sample.headline or wording.NO_HEADLINE)}\n"
    if sample.text.strip():
        room = max(wanted.width // 3, 20)
        before, after = safe(sample.before)[-room:], safe(sample.after)[:room]
        words = cut(safe(" ".join(sample.text.split())), max(room, 60))
        left = " " * (sample.text[:1].isspace() and before[-1:] not in ("", " "))
        right = " " * (sample.text[-1:].isspace() and after[:1] not in ("", " "))
        mark = paint(words, "caret", wanted.color) if wanted.color else f"[{words}]"
        yield f"    {before}{left}{mark}{right}{after}\n"
    yield f"    = {safe(sample.message)}\n\n"


def _of_kind(tables: Tables, wanted: Wanted) -> Iterator[str]:
    """All clusters of a kind with all their members."""
    found = kinds(tables, ALL, ALL, wanted.kind).get(wanted.kind)
    for cluster in found.clusters if found else ():
        yield f"{paint(safe(cluster.subject), 'bold', wanted.color)}\n"
        for member in cluster.members:
            said = (wanted.kind in PLACES and member.headline) or member.text
            words = cut(safe(" ".join(said.split())), wanted.width)
            mark = f" ({MARKED.get(wanted.kind, '')})" if member.disagrees else ""
            off = paint(mark, "error", wanted.color)
            yield f"  {member.published or wording.NO_DATE}  {words}{off}\n"
            note = f" ({safe(member.note)})" if member.note else ""
            yield f"      {safe_path(member.locator)}:{member.line}{note}\n"
        yield "\n"
    yield f"{KINDS[wanted.kind]}: {(found or Kind((), 0, 0)).told(wanted.kind)}.\n"
