"""What the reports of an audit say alike."""

from __future__ import annotations

from newslint.audit.report.figures import Figures, Group
from newslint.audit.report.periods import named
from newslint.reports.wording import counted, plural

NO_DATE, NO_HEADLINE = "no date", "No headline"
_UNREAD = {
    "unreadable": "could not be read",
    "not-text": "no text",
    "crash": "newslint failed on it, or it took too long",
    "no-articles": "holds no article",
    "not checked": "not checked",
}


def headline(figures: Figures) -> str:
    """“40 errors, 3 warnings in 12 of 2,592 articles”."""
    total = figures.all
    articles = plural(total.articles, "article")
    if not total.articles:
        return "no article could be read"
    if not figures.flagged:
        return f"no findings in {articles}"
    found = counted({"error": total.errors, "warning": total.warnings, "info": total.infos})
    return f"{found} in {figures.flagged:,} of {articles}"


def scope(figures: Figures) -> str:
    """“1,774,094 words, October 2010 to January 2025. 3 things could not be read.”"""
    told = [plural(figures.all.words, "word")]
    if figures.first:
        told.append(f"published {span(figures.first, figures.last)}")
    if figures.undated.articles and figures.first:
        told.append(f"{figures.undated.articles:,} without a date")
    text = ", ".join(told) + "."
    if figures.unread_count:
        text += f" {figures.unread_count:,} could not be checked."
    return text


def span(first: str, last: str) -> str:
    """“October 2010 to January 2025”."""
    first, last = named(first), named(last)
    return first if first == last else f"{first} to {last}"


def reason(code: str) -> str:
    """Why something was not checked, in words."""
    return _UNREAD.get(code, code)


def rate(value: float) -> str:
    """“0.02”, “1.25”, “12.5”: findings for 1,000 words."""
    return f"{value:.1f}" if value >= 10 else f"{value:.2f}"


def told(group: Group, name: str) -> str:
    """What a chart says when one points at a column."""
    found = counted({"error": group.errors, "warning": group.warnings, "info": group.infos})
    return (
        f"{name}: {plural(group.articles, 'article')}, {plural(group.words, 'word')}; {found}, "
        f"{rate(group.rate())} for 1,000 words"
    )
