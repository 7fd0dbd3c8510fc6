"""Format `html`: one page for the editor in chief, which needs nothing but itself.

The page's own policy allows its style and its script and nothing else, whatever an article may
hold. What stands at the top is known only when all articles have passed, so they wait on disk,
written out.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from newslint import __version__
from newslint.checker import Result
from newslint.finding import SEVERITIES
from newslint.later import compiled_later
from newslint.reports.contract import Look
from newslint.reports.html_article import article
from newslint.reports.html_page import head
from newslint.reports.html_text import attribute, text
from newslint.reports.wording import asides, cut, first, headline, plural, worst
from newslint.rulebook import HOME, Known, web_address
from newslint.run import Tally
from newslint.spool import Spool

PAGE = Path(__file__).parent / "page"
LISTED, LONGEST = 500, 1000
"""Things of one sort that are listed at the head of the page, and code points of each."""
_BETWEEN = compiled_later(r"[^a-z0-9]+")


def render(results: Iterator[Result], tally: Tally, look: Look) -> Iterator[str]:
    """The page: what could not be checked, then the articles, those with errors first."""
    shelves = {severity: Spool(str) for severity in SEVERITIES}
    clean = Spool(str)
    names: set[str] = set()
    for result in results:
        if result.findings:
            name = _name(result.path, names)
            shelves[worst(result.findings)].add(article(name, len(names), result))
        elif result.checked:
            clean.add(f"<li><bdi>{text(result.path)}</bdi></li>\n")
    title = headline(tally, len(names))
    yield head(f"newslint: {title}", _part("page.css"), _part("page.js"), "findings")
    yield _masthead(title[0].upper() + title[1:], asides(tally))
    yield '<div class="desk">\n'
    yield from _filters(tally)
    yield '<main id="main" tabindex="-1">\n'
    yield from _notices(tally)
    if sum(tally.rules.values()):
        yield '<div class="over"><h2>Articles</h2><p id="status" role="status"></p></div>\n'
        yield '<div id="list">\n'
        for severity in SEVERITIES:
            yield from shelves[severity]
        yield "</div>\n"
    elif tally.articles and not tally.fix_only:
        yield '<p class="clear">Nothing to mend.</p>\n'
    yield from _clean(clean)
    yield from _rules(tally, look.rules())
    yield _foot()


def _name(path: str, names: set[str]) -> str:
    """An id for an article that no other has: letters and digits of its path, and hyphens."""
    plain = "article-" + _BETWEEN.sub("-", path.lower()).strip("-")
    name, number = plain, 1
    while name in names:
        number += 1
        name = f"{plain}_{number}"
    names.add(name)
    return name


def _part(name: str) -> str:
    return (PAGE / name).read_text(encoding="utf-8")


def _masthead(title: str, aside: str) -> str:
    return f"""<header class="masthead"><p class="nameplate">newslint</p>
<div><h1>{title}</h1>
{f'<p class="aside">{aside}</p>' if aside else ""}</div>
</header>
"""


def _notices(tally: Tally) -> Iterator[str]:
    """What stands before the findings, and what to know besides."""
    for title, items in first(tally):
        yield from _notice(title, items)
    told = {(new.path, new.notice) for new in tally.new_suppressions}
    others = (notice for notice in tally.notices if notice not in told)
    items = [f"{path}: {notice}" if path else notice for path, notice in others]
    yield from _notice("To know", items, " mild")


def _notice(title: str, listed: Sequence[str], mild: str = "") -> Iterator[str]:
    if listed:
        yield f'<section class="notice{mild}"><h2>{title}</h2>\n<ul>\n'
        yield from (f"<li>{text(cut(item, LONGEST))}</li>\n" for item in listed[:LISTED])
        if len(listed) > LISTED:
            yield f"<li>… and {len(listed) - LISTED:,} more</li>\n"
        yield "</ul></section>\n"


def _filters(tally: Tally) -> Iterator[str]:
    """How many findings of each severity and rule, to choose among where scripts run."""
    yield '<form class="filters" id="filters" role="search" aria-label="Findings">\n'
    if sum(tally.rules.values()):
        yield """<label class="field js">Search <input type="search" id="search" autocomplete="off"
 placeholder="Words, names, paths"></label>
<label class="field js">Order <select id="sort"><option value="gravity">Gravest first</option>
<option value="path">By path</option></select></label>
<fieldset class="by-severity"><legend>Severity</legend>
"""
        for severity in SEVERITIES:
            yield _choice("severity", severity, severity.capitalize(), tally.severities[severity])
        yield """</fieldset>
<p class="buttons js"><button type="button" id="show-all">Show all</button>
<button type="button" id="fold" aria-pressed="false">Collapse articles</button></p>
<details class="by-rule" id="by-rule"><summary>Rules</summary>
<ul>
"""
        most = max(tally.rules.values())
        for rule, count in sorted(tally.rules.items(), key=lambda item: (-item[1], item[0])):
            yield f"<li>{_choice('rule', rule, rule, count)}{_bar(count / most)}</li>\n"
        yield "</ul></details>\n"
    yield "</form>\n"


def _choice(name: str, value: str, words: str, count: int) -> str:
    checked = " checked" if name == "severity" else ""
    box = f'<input class="js" type="checkbox" name="{name}" value="{attribute(value)}"{checked}>'
    return (
        f'<label>{box}<span class="name">{text(words)}</span>'
        f'<span class="number">{count:,}</span></label>\n'
    )


def _bar(share: float) -> str:
    width = max(round(100 * share, 1), 0.5)
    return (
        '<svg viewBox="0 0 100 3" preserveAspectRatio="none" aria-hidden="true">'
        f'<rect width="{width}" height="3"/></svg>'
    )


def _clean(clean: Spool[str]) -> Iterator[str]:
    if len(clean):
        title = f"{plural(len(clean), 'article')} without findings"
        yield f'<details class="clean"><summary>{title}</summary>\n<ul>\n'
        yield from clean
        yield "</ul></details>\n"


def _rules(tally: Tally, rules: Mapping[str, Known]) -> Iterator[str]:
    """Why each rule that found something is there."""
    if tally.rules:
        yield '<section class="rules"><h2>The rules</h2>\n<dl>\n'
        for rule in sorted(tally.rules):
            yield _reason(rule, rules.get(rule))
        yield "</dl></section>\n"


def _reason(rule: str, known: Known | None) -> str:
    title, why = text(rule), ""
    if known is not None:
        source = known.rule.source
        title = f"{text(known.rule.title)} {_link(known.url, rule)}"
        why = f"{text(known.rule.why)} {_link(source.url, source.title)}"
    return f'<div id="rule-{attribute(rule)}"><dt>{title}</dt>\n<dd>{why}</dd></div>\n'


def _link(url: str, words: str) -> str:
    """A link to the web; the words alone where the address is none of it."""
    address = attribute(web_address(url))
    if not address:
        return text(words)
    return f'<a href="{address}" rel="noreferrer noopener">{text(words)}</a>'


def _foot() -> str:
    return f"""</main>
</div>
<footer class="foot">Made by <a href="{HOME}" rel="noreferrer noopener">newslint</a> {__version__}.
</footer>
<script>{_part("page.js")}</script>
</body>
</html>
"""
