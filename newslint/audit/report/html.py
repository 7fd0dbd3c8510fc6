"""The page of an audit for editors: one file, which needs nothing but itself.

Its own policy allows its style and its script and nothing else, whatever an article may hold.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from newslint import __version__, reports
from newslint.audit.report import html_figures, html_groups, html_rules, wording
from newslint.audit.report.content import Content
from newslint.finding import SEVERITIES
from newslint.reports.html_page import head
from newslint.reports.html_text import text
from newslint.rulebook import HOME

PAGE = Path(__file__).parent / "page"
FAMILY = Path(reports.__file__).parent / "page" / "page.css"
"""The style that this page has in common with the report of `check`."""


def render(content: Content) -> Iterator[str]:
    """The page: what was read, when and where what was found, each rule, articles compared."""
    title = f"newslint audit: {text(wording.headline(content.figures))}"
    yield head(title, _style(), _script(), "report")
    yield _masthead(content)
    yield '<div class="desk">\n'
    yield from _rail(content)
    yield '<main id="main" tabindex="-1">\n'
    yield from html_figures.render(content)
    yield from html_rules.worst(content)
    yield from html_groups.render(content)
    yield from html_rules.render(content)
    yield _foot()


def _style() -> str:
    return FAMILY.read_text(encoding="utf-8") + (PAGE / "audit.css").read_text(encoding="utf-8")


def _script() -> str:
    return (PAGE / "audit.js").read_text(encoding="utf-8")


def _masthead(content: Content) -> str:
    figures = content.figures
    title = wording.headline(figures)
    return f"""<header class="masthead"><p class="nameplate">newslint audit</p>
<div><h1>{text(title[0].upper() + title[1:])}</h1>
<p class="aside">{text(wording.scope(figures))}</p></div>
</header>
"""


def _rail(content: Content) -> Iterator[str]:
    """The way to each part, and what narrows down the lists."""
    yield '<div class="filters rail">\n<nav aria-label="Contents"><h2>Contents</h2><ul>\n'
    for name, title in _parts(content):
        yield f'<li><a href="#{name}">{title}</a></li>\n'
    yield """</ul></nav>
<form id="filters" class="js" role="search" aria-label="Examples">
<h2>Filter the examples</h2>
<label class="field">Search <input type="search" id="search" autocomplete="off"
 placeholder="Words, names, paths"></label>
<fieldset class="by-severity"><legend>Severity</legend>
"""
    for severity in SEVERITIES:
        yield (
            f'<label><input type="checkbox" name="severity" value="{severity}" checked>'
            f'<span class="name">{severity.capitalize()}</span></label>\n'
        )
    yield "</fieldset>\n"
    for name in ("rule", "section", "author", "year"):
        yield (
            f'<label class="field">{name.capitalize()} '
            f'<select id="{name}"><option value="">All</option></select></label>\n'
        )
    yield """<p class="buttons"><button type="reset" id="show-all">Show all</button></p>
<p id="status" role="status"></p>
</form>
</div>
"""


def _parts(content: Content) -> Iterator[tuple[str, str]]:
    yield from html_figures.parts(content)
    if content.worst:
        yield "worst", "Articles to look at first"
    yield from html_groups.parts(content)
    if content.figures.rules:
        yield "examples", "Each rule with examples"


def _foot() -> str:
    return f"""</main>
</div>
<footer class="foot">Made by <a href="{HOME}" rel="noreferrer noopener">newslint</a> {__version__}
from the tables beside this page, which hold all of it.</footer>
<script>{_script()}</script>
</body>
</html>
"""
