"""Findings on the page: articles to look at first, and each rule with examples."""

from __future__ import annotations

from collections.abc import Iterator

from newslint.audit.context import SHOWN
from newslint.audit.report.content import Content
from newslint.audit.report.figures import Rule
from newslint.audit.report.groups import KINDS
from newslint.audit.report.samples import OF_WORST, SHORT, Sample, Worst
from newslint.audit.report.wording import NO_DATE, NO_HEADLINE
from newslint.reports.html_text import attribute, text
from newslint.reports.wording import counted, cut, plural
from newslint.rulebook import web_address

WORDS, MESSAGE = 240, 300
"""Code points: of flagged words, of a message."""
REPEATED = 60
"""Of flagged words in a message below them."""
NAME = 120
"""Of a headline, a section, an author."""
ON_PAPER = 3
"""Examples of a rule that are printed; the style of the page leaves out the others."""


def worst(content: Content) -> Iterator[str]:
    """The articles that most is to be said of, with some of it."""
    if not content.worst:
        return
    yield f"""<section class="part" id="worst"><h2>Articles to look at first</h2>
<p class="lead">Those with most errors of their own, then those with most errors and warnings for
1,000 words; an article of fewer than {SHORT} words counts as one of {SHORT}. What several articles
tell together, such as a headline that ran twice, does not count here: it stands below.</p>
"""
    for article in content.worst:
        yield from _worst(content, article)
    yield "</section>\n"


def _worst(content: Content, article: Worst) -> Iterator[str]:
    counts = {"error": article.errors, "warning": article.warnings, "info": article.infos}
    yield f"""<details class="sheet group"><summary><h3>{headline(article.headline)}</h3>
<p class="where"><b>{counted(counts)}</b> <span>{plural(article.words, "word")}</span>
{_where(content, article)}</p></summary>
<ul class="samples">
"""
    for sample in article.samples:
        yield f'<li class="item {sample.severity}" data-rule="{attribute(sample.rule)}">\n'
        yield f"{_copy(sample)}{_says(sample)}\n"
        yield f'<p class="hidden">{_where(content, article)}</p></li>\n'
    yield "</ul>\n"
    if (found := sum(counts.values())) > len(article.samples):
        yield f'<p class="cut">The gravest {OF_WORST} of {found:,} findings are on this page.</p>\n'
    if (left := len(article.samples) - ON_PAPER) > 0:
        yield _on_screen(left)
    yield "</details>\n"


def render(content: Content) -> Iterator[str]:
    """Each rule: why it is there, what to do, and examples."""
    rules = content.figures.rules
    if not rules:
        return
    shown, found = sum(map(len, content.samples.values())), sum(r.findings for r in rules)
    said = "All findings are here."
    if shown < found:
        said = (
            f"{shown:,} of {found:,} findings are shown, at most {content.most:,} of each rule, "
            "from as many articles, years and sections as there are. findings.parquet has them all."
        )
    yield f"""<section class="part" id="examples">
<div class="over"><h2>Each rule with examples</h2>
<p class="buttons js"><button type="button" id="fold" aria-pressed="false">Open all</button></p>
</div>
<p class="lead">{said}</p>
"""
    for rule in rules:
        yield from _rule(content, rule)
    yield "</section>\n"


def _rule(content: Content, rule: Rule) -> Iterator[str]:
    card, samples = content.cards.get(rule.rule), content.samples.get(rule.rule, ())
    name, title = attribute(rule.rule), card.title if card else rule.rule
    yield f"""<details class="sheet group rule" id="rule-{name}" data-rule="{name}">
<summary><h3>{text(title)}</h3>
<p class="where"><b class="severity {rule.severity}">{rule.severity}</b> <b>{name}</b>
{plural(rule.findings, "finding")} in {plural(rule.articles, "article")}</p></summary>
<div class="about-rule">
"""
    if card:
        source = f" {_link(card.source_url, card.source_title)}" if card.source_title else ""
        yield f"<p><b>Why</b> {text(card.why)}{source}</p>\n"
        more = _link(card.url, "More on this rule") if card.url else ""
        yield f"<p><b>What to do</b> {text(card.advice)} {more}</p>\n"
    for kind, compared in content.kinds.items():
        if any(cluster.rule == rule.rule for cluster in compared.clusters):
            yield f'<p><b>Compared</b> <a href="#across-{kind}">{KINDS[kind]}</a></p>\n'
    yield '</div>\n<ul class="samples">\n'
    for sample in samples:
        yield f'<li class="item {sample.severity}">{_copy(sample)}{_says(sample)}\n'
        yield f'<p class="where">{_article(sample)} {_where(content, sample)}</p></li>\n'
    yield "</ul>\n"
    if (left := rule.findings - len(samples)) > 0:
        yield f'<p class="cut">{left:,} more of this rule are in findings.parquet.</p>\n'
    if (left := min(rule.findings, len(samples)) - ON_PAPER) > 0:
        yield _on_screen(left)
    yield "</details>\n"


def _on_screen(left: int) -> str:
    """What paper leaves out, said on paper."""
    return f'<p class="paper">{plural(left, "more example")} on the page itself.</p>\n'


def headline(words: str | None) -> str:
    """The headline of an article, or that it has none."""
    if not words:
        return f'<span class="untitled">{NO_HEADLINE}</span>'
    return text(cut(words, NAME))


def _copy(sample: Sample) -> str:
    """The words in their sentence; a finding about the article as a whole has none."""
    words = sample.text.strip()
    if not words:
        return ""
    before = text(_from_a_word(sample.before) + " " * sample.text[:1].isspace())
    after = text(" " * sample.text[-1:].isspace() + _to_a_word(sample.after))
    mark = f'<mark class="{sample.severity}">{text(cut(words, WORDS))}</mark>'
    return f'<p class="copy">{before}{mark}{after}</p>\n'


def _from_a_word(before: str) -> str:
    """What stands before, without the word that it begins in the middle of."""
    if len(before) < SHOWN - 2:
        return before
    return "… " + before.partition(" ")[2]


def _to_a_word(after: str) -> str:
    if len(after) < SHOWN - 2:
        return after
    return after.rpartition(" ")[0] + " …"


def _says(sample: Sample) -> str:
    """The message; long words that stand above it anyway are cut."""
    message = " ".join(sample.message.split())
    words = " ".join(sample.text.split())
    if len(words) > REPEATED:
        message = message.replace(words, cut(words, REPEATED))
    return f'<p class="says">{text(cut(message, MESSAGE))}</p>'


def _article(sample: Sample) -> str:
    title = headline(sample.headline)
    address = attribute(web_address(sample.url or ""))
    if address:
        title = f'<a href="{address}" rel="noreferrer noopener">{title}</a>'
    return f"<b>{title}</b>"


def _where(content: Content, place: Sample | Worst) -> str:
    """Date, section, author and locator, by which the script filters as well."""
    out = [f"<time>{text(place.published or NO_DATE)}</time>"]
    for style, words in (("section", place.section), ("author", place.author)):
        if words:
            out.append(f'<span class="{style}">{text(cut(words, NAME))}</span>')
    locator = content.near(place.locator)
    if isinstance(place, Sample) and place.text:
        field = f"{place.field} " if place.field else ""
        locator += f", {field}line {place.line}"
    out.append(f"<bdi>{text(cut(locator, WORDS))}</bdi>")
    return " ".join(out)


def _link(url: str, words: str) -> str:
    if not url:
        return text(words)
    return f'<a href="{attribute(url)}" rel="noreferrer noopener">{text(words)}</a>'
