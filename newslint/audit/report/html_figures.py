"""The numbers on the page: what was read, over time, by rule, by section, by author."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from newslint.audit.report import charts
from newslint.audit.report.content import Content
from newslint.audit.report.figures import Figures, Group, Groups, Rule, Tally
from newslint.audit.report.periods import by_year, even, named
from newslint.audit.report.wording import rate, reason, span, told
from newslint.finding import SEVERITIES
from newslint.reports.html_text import attribute, text
from newslint.reports.wording import cut, plural

FEW = 2_000
"""Words; where less appeared, a few findings make a high rate, and its column is pale."""
LONGEST = 200
"""Code points of a name or a message."""
_COUNTS = ("errors", "warnings", "infos")
_LEADS = {
    "sections": "By the section, category or first topic that an article names; else by the folder"
    " that its file is in.",
    "authors": "By the byline or what the metadata has, as it stands there. An article by several"
    " counts for each of them.",
}
_TITLES = {"errors": "Errors", "warnings": "Warnings", "infos": "Info"}


def parts(content: Content) -> Iterator[tuple[str, str]]:
    """The ids and titles of what `render` writes."""
    yield "audited", "What was audited"
    if content.figures.months:
        yield "time", "Over time"
    if content.figures.rules:
        yield "by-rule-table", "By rule"
    if content.figures.sections.count:
        yield "by-section", "By section"
    if content.figures.authors.count:
        yield "by-author", "By author"


def render(content: Content) -> Iterator[str]:
    """All numbers."""
    figures = content.figures
    yield from _audited(content)
    if figures.months:
        yield from _time(figures)
    if figures.rules:
        yield from _rules(content)
    if figures.sections.count:
        yield from _groups("by-section", "By section", "sections", figures.sections)
    if figures.authors.count:
        yield from _groups("by-author", "By author", "authors", figures.authors)


def _audited(content: Content) -> Iterator[str]:
    figures = content.figures
    yield '<section class="part" id="audited"><h2>What was audited</h2>\n<ul class="totals">\n'
    for severity, name in zip(SEVERITIES, _COUNTS, strict=True):
        count = getattr(figures.all, name)
        yield (
            f'<li class="{severity}"><b>{count:,}</b> {_TITLES[name].lower()}'
            f"<span>{rate(figures.all.rate(count))} for 1,000 words</span></li>\n"
        )
    yield "</ul>\n<dl class=about>\n"
    for title, words in _about(content):
        yield f"<div><dt>{title}</dt><dd>{words}</dd></div>\n"
    yield "</dl>\n"
    yield from _unread(figures)
    notices = [f"{told.name} ({plural(told.number, 'article')})" for told in figures.notices]
    yield from _listed("To know", [*content.bounds, *notices])
    yield "</section>\n"


def _about(content: Content) -> Iterator[tuple[str, str]]:
    figures = content.figures
    total = figures.all
    clean = total.articles - figures.flagged
    yield "Articles", f"{total.articles:,}, of which {clean:,} without findings"
    yield "Words", f"{total.words:,}"
    if figures.first:
        undated = figures.undated.articles
        more = f"; {undated:,} without a date" if undated else ""
        yield "Published", f"{span(figures.first, figures.last)}{more}"
    else:
        yield "Published", "no article has a date"
    if figures.sources:
        names = ", ".join(f"{text(cut(t.name, LONGEST))} ({t.number:,})" for t in figures.sources)
        left = figures.source_count - len(figures.sources)
        more = f" and {left:,} more" if left > 0 else ""
        within = f"; in <bdi>{text(cut(figures.within, LONGEST))}</bdi>" if figures.within else ""
        given = ", ".join(f"<bdi>{text(cut(name, LONGEST))}</bdi>" for name in content.sources)
        yield "Sources", given or "unknown"
        if figures.source_count > 1:
            yield "Found in", f"{names}{more}{within}"
    yield "Languages", _tallies(figures.languages)
    if figures.suppressed:
        yield "Suppressed", f"{plural(figures.suppressed, 'finding')}, not counted here"


def _tallies(tallies: Sequence[Tally]) -> str:
    return ", ".join(f"{text(t.name or 'unknown')} ({t.number:,})" for t in tallies)


def _unread(figures: Figures) -> Iterator[str]:
    if not figures.unread_count:
        return
    title = f"{figures.unread_count:,} could not be checked"
    reasons = ", ".join(f"{text(reason(t.name))}: {t.number:,}" for t in figures.reasons)
    yield f'<section class="notice"><h3>{title}</h3>\n<p>{reasons}</p>\n<ul>\n'
    for unread in figures.unread:
        words = unread.message or reason(unread.code)
        locator = text(cut(unread.locator, LONGEST))
        yield f"<li><bdi>{locator}</bdi>: {text(cut(words, LONGEST))}</li>\n"
    left = figures.unread_count - len(figures.unread)
    if left > 0:
        yield f"<li>… and {left:,} more, in articles.parquet</li>\n"
    yield "</ul></section>\n"


def _listed(title: str, items: Sequence[str]) -> Iterator[str]:
    if items:
        yield f'<section class="notice mild"><h3>{title}</h3>\n<ul>\n'
        yield from (f"<li>{text(cut(item, LONGEST))}</li>\n" for item in items)
        yield "</ul></section>\n"


def _time(figures: Figures) -> Iterator[str]:
    what, periods = even(figures.months)
    yield f'<section class="part" id="time"><h2>Over time</h2>\n<p class="lead">By {what}. '
    yield "The left side is for 1,000 words, so that it does not rise where more is published. "
    if any(0 < period.words < FEW for period in periods):
        yield f"Pale: fewer than {FEW:,} words, where a few findings weigh much."
    yield '</p>\n<div class="charts">\n'
    years = [period.name[:4] for period in periods]
    names = [told(period, named(period.name)) for period in periods]
    for name, severity in zip(_COUNTS, SEVERITIES, strict=True):
        shares = [
            charts.Bar(p.rate(getattr(p, name)), words, p.words < FEW)
            for p, words in zip(periods, names, strict=True)
        ]
        counts = [
            charts.Bar(getattr(p, name), words) for p, words in zip(periods, names, strict=True)
        ]
        yield charts.columns(f"{_TITLES[name]} for 1,000 words", shares, years, severity)
        yield charts.columns(f"{_TITLES[name]}, count", counts, years, severity)
    for title, attribute_ in (("Articles", "articles"), ("Words", "words")):
        counts = [
            charts.Bar(getattr(p, attribute_), words)
            for p, words in zip(periods, names, strict=True)
        ]
        yield charts.columns(f"{title}, count", counts, years, "plain")
    yield "</div>\n"
    yield from _table("Year", by_year(figures.months), figures.undated, "no date", "years")
    if what == "month":
        title = plural(len(figures.months), "month")
        yield f'<details class="table"><summary>The numbers of {title}</summary>\n'
        months = [Group(named(m.name), *_numbers(m)) for m in figures.months]
        yield from _table("Month", months, None, "", "months")
        yield "</details>\n"
    yield "</section>\n"


def _numbers(group: Group) -> tuple[int, int, int, int, int]:
    return group.articles, group.words, group.errors, group.warnings, group.infos


def _groups(name: str, title: str, noun: str, groups: Groups) -> Iterator[str]:
    yield f'<section class="part" id="{name}"><h2>{title}</h2>\n'
    yield f'<p class="lead">{_LEADS[noun]}</p>\n'
    head = noun.removesuffix("s").capitalize()
    yield from _table(head, groups.listed, groups.missing, "none", noun)
    if (left := groups.count - len(groups.listed)) > 0:
        yield f'<p class="cut">{left:,} more {noun} with fewer articles are not listed.</p>\n'
    yield "</section>\n"


def _table(
    head: str, groups: Sequence[Group], missing: Group | None, without: str, caption: str
) -> Iterator[str]:
    """Groups with their counts, and bars of findings for 1,000 words."""
    shown = [*groups, *([missing] if missing and missing.articles else [])]
    top = max((group.rate() for group in shown if group.words >= FEW), default=0) or max(
        (group.rate() for group in shown), default=0
    )
    yield f'<div class="wide" tabindex="0" role="region" aria-label="Table of {caption}"><table>\n'
    yield f'<thead><tr><th scope="col">{head}</th>'
    for title in ("Articles", "Words", "Errors", "Warnings", "Info", "For 1,000 words"):
        yield f'<th scope="col" class="n">{title}</th>'
    yield '<td class="key" aria-hidden="true"></td></tr></thead>\n<tbody>\n'
    yield from (_row(text(cut(group.name, LONGEST)), group, top) for group in groups)
    if missing and missing.articles:
        yield _row(f'<i class="untitled">{without}</i>', missing, top)
    yield "</tbody></table></div>\n"


def _row(name: str, group: Group, top: float) -> str:
    cells = "".join(f'<td class="n">{number:,}</td>' for number in _numbers(group))
    shares = [(s, group.rate(getattr(group, n))) for s, n in zip(SEVERITIES, _COUNTS, strict=True)]
    pale = ' class="pale"' if group.words < FEW else ""
    return (
        f'<tr{pale}><th scope="row">{name}</th>{cells}<td class="n">{rate(group.rate())}</td>'
        f'<td class="drawn">{charts.stacked(shares, top)}</td></tr>\n'
    )


def _rules(content: Content) -> Iterator[str]:
    figures = content.figures
    years = {year.name: year for year in by_year(figures.months)}
    top = max(rule.findings for rule in figures.rules)
    yield '<section class="part" id="by-rule-table"><h2>By rule</h2>\n'
    yield '<div class="wide" tabindex="0" role="region" aria-label="Table of rules">'
    yield '<table class="by-rule-table">\n'
    yield '<thead><tr><th scope="col">Rule</th><th scope="col" class="unsorted">Severity</th>'
    yield '<th scope="col" class="n">Findings</th><td class="key" aria-hidden="true"></td>'
    yield '<th scope="col" class="n">Articles</th><th scope="col" class="n">In quotations</th>'
    if years:
        yield '<th scope="col" class="unsorted">Over the years, for 1,000 words</th>'
    yield "</tr></thead>\n<tbody>\n"
    for rule in figures.rules:
        yield _rule(content, rule, top, years)
    yield "</tbody></table></div>\n</section>\n"


def _rule(content: Content, rule: Rule, top: int, years: Mapping[str, Group]) -> str:
    name = attribute(rule.rule)
    title = content.cards[rule.rule].title if rule.rule in content.cards else rule.rule
    quoted = f"{100 * rule.quoted / rule.findings:.0f} %" if rule.quoted else ""
    drawn = charts.stacked([(rule.severity, rule.findings)], top)
    return (
        f'<tr><th scope="row"><a href="#rule-{name}">{text(title)}</a> '
        f'<span class="id">{text(rule.rule)}</span></th>'
        f'<td class="severity {rule.severity}">{rule.severity}</td>'
        f'<td class="n">{rule.findings:,}</td><td class="drawn">{drawn}</td>'
        f'<td class="n">{rule.articles:,}</td><td class="n">{quoted}</td>'
        f"{f'<td>{_spark(rule, years)}</td>' if years else ''}</tr>\n"
    )


def _spark(rule: Rule, years: Mapping[str, Group]) -> str:
    found = dict(rule.years)
    rates = {name: year.rate(found.get(name, 0)) for name, year in years.items()}
    words = ", ".join(
        f"{name}: {rate(value)} ({found.get(name, 0):,})" for name, value in rates.items()
    )
    return charts.spark(list(rates.values()), words, rule.severity)
