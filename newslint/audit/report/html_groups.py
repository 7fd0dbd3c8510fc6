"""Articles compared, on the page: what ran twice, people and their titles, names, quotations."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from newslint.audit.report.content import Content
from newslint.audit.report.differences import differing
from newslint.audit.report.groups import DISAGREES, Cluster, Kind, Member
from newslint.audit.report.html_rules import NAME, headline
from newslint.audit.report.wording import NO_DATE
from newslint.reports.html_text import attribute, text
from newslint.reports.wording import cut, plural
from newslint.rulebook import web_address

WORDS = 400
"""Code points of a passage."""


class Shelf(NamedTuple):
    """How clusters of one kind are shown."""

    kind: str
    title: str
    lead: str
    noun: str
    style: str
    """`beside`: members stand side by side; `listed`: below each other."""


SHELVES = (
    Shelf("headline", "Headlines that ran more than once", "", "headline", "listed"),
    Shelf(
        "copy", "Copy that ran more than once",
        "The share of passages that an article has in common with the first one.", "group", "listed",
    ),
    Shelf(
        "title", "People and their titles over time",
        "Marked: titles that disagree with what others say about that time.", "person", "listed",
    ),
    Shelf("name", "Names in several spellings", "", "name", "listed"),
    Shelf(
        "quotation", "Quotations that drifted",
        "Marked: words that one version has and the first has not.", "quotation", "beside",
    ),
)  # fmt: skip


def parts(content: Content) -> Iterator[tuple[str, str]]:
    """The ids and titles of what `render` writes."""
    for shelf in SHELVES:
        if shelf.kind in content.kinds:
            yield f"across-{shelf.kind}", shelf.title


def render(content: Content) -> Iterator[str]:
    """All kinds of clusters that there are."""
    for shelf in SHELVES:
        if shelf.kind in content.kinds:
            yield from _shelf(content, shelf, content.kinds[shelf.kind])


def _shelf(content: Content, shelf: Shelf, kind: Kind) -> Iterator[str]:
    yield f'<section class="part across" id="across-{shelf.kind}"><h2>{shelf.title}</h2>\n'
    many = plural(kind.count, shelf.noun)
    yield f'<p class="lead">{many}, {plural(kind.members, "place")}. {shelf.lead}</p>\n'
    for cluster in kind.clusters:
        yield from _cluster(content, shelf, cluster)
    if (left := kind.count - len(kind.clusters)) > 0:
        yield f'<p class="cut">{plural(left, "more " + shelf.noun)}: in clusters.parquet.</p>\n'
    yield "</section>\n"


def _cluster(content: Content, shelf: Shelf, cluster: Cluster) -> Iterator[str]:
    yield (
        f'<article class="item cluster {shelf.style}" data-rule="{attribute(cluster.rule)}">\n'
        f"<h3>{text(cut(cluster.subject, WORDS))}</h3>\n<ol>\n"
    )
    for member in cluster.members:
        yield _member(content, shelf, cluster, member)
    yield "</ol>\n"
    if (left := cluster.size - len(cluster.members)) > 0:
        yield f'<p class="cut">{left:,} more in clusters.parquet.</p>\n'
    yield "</article>\n"


def _member(content: Content, shelf: Shelf, cluster: Cluster, member: Member) -> str:
    off = ' class="off"' if member.role == DISAGREES else ""
    said = [f"<time>{text(member.published or NO_DATE)}</time>"]
    if shelf.kind in ("title", "name"):
        said.append(f"<q>{text(cut(member.text, NAME))}</q>")
    if shelf.kind == "quotation":
        first = cluster.members[0]
        said.append(f'<q class="copy">{_drifted(first, member)}</q>')
    if shelf.kind != "headline" or member.headline != cluster.subject:
        said.append(f"<b>{_title(member)}</b>")
    if member.score is not None:
        said.append(f'<span class="score">{100 * member.score:.0f} %</span>')
    if member.note:
        said.append(f'<span class="note-of">{text(cut(member.note, NAME))}</span>')
    for style, words in (("section", member.section), ("author", member.author)):
        if words:
            said.append(f'<span class="{style}">{text(cut(words, NAME))}</span>')
    where = text(cut(f"{content.near(member.locator)}, line {member.line}", WORDS))
    return f"<li{off}>{' '.join(said)} <bdi>{where}</bdi></li>\n"


def _title(member: Member) -> str:
    address = attribute(web_address(member.url or ""))
    if not address:
        return headline(member.headline)
    return f'<a href="{address}" rel="noreferrer noopener">{headline(member.headline)}</a>'


def _drifted(first: Member, member: Member) -> str:
    """The words of a quotation, with those marked that the first one has not."""
    if first is member:
        return text(cut(member.text, WORDS))
    out = []
    for words, new in differing(cut(first.text, WORDS), cut(member.text, WORDS)):
        out.append(f'<mark class="warning">{text(words)}</mark>' if new else text(words))
    return "".join(out)
