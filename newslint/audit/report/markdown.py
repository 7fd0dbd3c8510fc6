"""`report.md`: the numbers of an audit, short enough for a mail or an issue."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from newslint.audit.report import wording
from newslint.audit.report.content import Content
from newslint.audit.report.figures import Figures, Group
from newslint.audit.report.groups import KINDS
from newslint.audit.report.html_rules import NAME
from newslint.audit.report.periods import by_year
from newslint.reports.markdown_text import escaped, line
from newslint.reports.wording import counted, cut, plural

ROWS = 15
"""Of rules, sections, authors, articles, things that could not be checked."""
YEARS = 30
WORDS = 200


def render(content: Content) -> Iterator[str]:
    """The report."""
    figures = content.figures
    title = wording.headline(figures)
    yield f"# newslint audit: {title}\n\n{escaped(wording.scope(figures))}\n\n"
    yield from _unread(figures)
    if figures.months:
        years = by_year(figures.months)
        yield from _groups("Year", years[-YEARS:], figures.undated, wording.NO_DATE)
        yield from _left(len(years) - YEARS, "earlier year")
    yield from _rules(content)
    for head, groups in (("Section", figures.sections), ("Author", figures.authors)):
        if groups.count:
            yield from _groups(head, groups.listed[:ROWS], groups.missing, "none")
            yield from _left(groups.count - ROWS, head.lower())
    yield from _worst(content)
    yield from _across(content)
    yield "report.html has charts and examples; the tables beside it hold all of it.\n"


def _left(count: int, noun: str) -> Iterator[str]:
    if count > 0:
        yield f"… and {plural(count, 'more ' + noun)}.\n\n"


def _unread(figures: Figures) -> Iterator[str]:
    if not figures.unread_count:
        return
    yield "## Could not be checked\n\n"
    for unread in figures.unread[:ROWS]:
        reason = unread.message or wording.reason(unread.code)
        yield f"- {line(cut(f'{unread.locator}: {reason}', WORDS))}\n"
    if (left := figures.unread_count - ROWS) > 0:
        yield f"- … and {left:,} more\n"
    yield "\n"


def _groups(head: str, groups: Sequence[Group], missing: Group, without: str) -> Iterator[str]:
    yield f"| {head} | articles | words | errors | warnings | info | for 1,000 words |\n"
    yield "|---|---:|---:|---:|---:|---:|---:|\n"
    rows = [(_cell(group.name), group) for group in groups]
    if missing.articles:
        rows.append((f"*{without}*", missing))
    for name, group in rows:
        numbers = (group.articles, group.words, group.errors, group.warnings, group.infos)
        cells = " | ".join(f"{number:,}" for number in numbers)
        yield f"| {name} | {cells} | {wording.rate(group.rate())} |\n"
    yield "\n"


def _cell(words: str) -> str:
    return line(cut(words, NAME))


def _rules(content: Content) -> Iterator[str]:
    rules = content.figures.rules
    if not rules:
        return
    yield "| findings | articles | severity | rule |\n|---:|---:|---|---|\n"
    for rule in rules:
        card = content.cards.get(rule.rule)
        name = f"[{rule.rule}]({card.url})" if card and card.url else escaped(rule.rule)
        title = f": {_cell(card.title)}" if card else ""
        yield f"| {rule.findings:,} | {rule.articles:,} | {rule.severity} | {name}{title} |\n"
    yield "\n"


def _worst(content: Content) -> Iterator[str]:
    if not content.worst:
        return
    yield "## Articles to look at first\n\n"
    for article in content.worst[:ROWS]:
        counts = {"error": article.errors, "warning": article.warnings, "info": article.infos}
        title = line("", cut(article.headline or wording.NO_HEADLINE, NAME))
        where = escaped(cut(content.near(article.locator), WORDS))
        day = article.published or wording.NO_DATE
        yield f"- {title}, {day}: {counted(counts)} ({where})\n"
    yield "\n"


def _across(content: Content) -> Iterator[str]:
    told = [(name, title) for name, title in KINDS.items() if name in content.kinds]
    if told:
        yield "## Articles compared\n\n"
        for name, title in told:
            yield f"- {title}: {content.kinds[name].told(name)}\n"
        yield "\n"
