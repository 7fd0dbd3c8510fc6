"""Articles compared, on the page: what ran twice, people and their titles, names, quotations."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from newslint.audit.report.content import Content
from newslint.audit.report.differences import differing
from newslint.audit.report.groups import KINDS, MARKED, PLACES, Cluster, Kind, Member
from newslint.audit.report.html_rules import NAME, headline
from newslint.audit.report.wording import NO_DATE
from newslint.reports.html_text import attribute, text
from newslint.reports.wording import cut, plural
from newslint.rulebook import web_address

WORDS = 400
"""Code points of a passage."""
ON_PAPER = 20
"""Clusters of a kind that are printed; the style of the page leaves out the others."""
SUBJECT = 80
"""Of a quotation over its versions."""
NOTED = ("title", "name")
"""Kinds whose notes are about a wording, not about one place; each is shown once."""


class Shelf(NamedTuple):
    """How clusters of one kind are shown."""

    noun: str
    lead: str = ""
    beside: bool = False
    """Members stand side by side, not below each other."""


SHELVES = {
    "headline": Shelf("headline"),
    "copy": Shelf("group", "With what each article has in common with the first.", True),
    "title": Shelf("person", "Marked: titles that disagree with what others say of that time."),
    "name": Shelf("name", "Marked: spellings other than the usual one; all, where none is usual."),
    "quotation": Shelf("quotation", "Marked: words that differ from the first version.", True),
}


def parts(content: Content) -> Iterator[tuple[str, str]]:
    """The ids and titles of what `render` writes."""
    for name, title in KINDS.items():
        if name in content.kinds:
            yield f"across-{name}", title


def render(content: Content) -> Iterator[str]:
    """All kinds of clusters that there are."""
    for name, title in KINDS.items():
        if name in content.kinds:
            yield f'<section class="part across" id="across-{name}"><h2>{title}</h2>\n'
            yield from _shelf(content, name, content.kinds[name])
            yield "</section>\n"


def _shelf(content: Content, name: str, kind: Kind) -> Iterator[str]:
    shelf = SHELVES[name]
    many = plural(kind.count, shelf.noun)
    places = plural(kind.members, PLACES.get(name, "place"))
    yield f'<p class="lead">{many} in {places}. {shelf.lead}</p>\n'
    for cluster in kind.clusters:
        yield from _cluster(content, shelf, cluster)
    if (left := kind.count - len(kind.clusters)) > 0:
        yield f'<p class="cut">{plural(left, "more " + shelf.noun)}: in clusters.parquet.</p>\n'
    if (left := len(kind.clusters) - ON_PAPER) > 0:
        yield f'<p class="paper">{plural(left, "more " + shelf.noun)} on the page itself.</p>\n'


def _cluster(content: Content, shelf: Shelf, cluster: Cluster) -> Iterator[str]:
    style, rule = "beside" if shelf.beside else "listed", attribute(cluster.rule)
    yield f'<article class="item cluster {style}" data-rule="{rule}">\n'
    subject = cut(cluster.subject, SUBJECT if cluster.kind == "quotation" else WORDS)
    yield f"<h3>{text(subject)}</h3>\n"
    if cluster.kind in NOTED:
        notes = sorted({member.note for member in cluster.members if member.note})
        yield "".join(f'<p class="forms">{text(cut(note, WORDS))}</p>\n' for note in notes)
    yield "<ol>\n"
    for member in cluster.members:
        yield _member(content, cluster, member)
    yield "</ol>\n"
    if (left := cluster.size - len(cluster.members)) > 0:
        yield f'<p class="cut">{left:,} more in clusters.parquet.</p>\n'
    yield "</article>\n"


def _member(content: Content, cluster: Cluster, member: Member) -> str:
    off = ' class="off"' if member.disagrees and cluster.kind != "quotation" else ""
    said = [f"<time>{text(member.published or NO_DATE)}</time>"]
    if cluster.kind in NOTED:
        said.append(f"<q>{text(cut(member.text, NAME))}</q>")
        if member.disagrees:
            said.append(f'<span class="against">{MARKED[cluster.kind]}</span>')
    if cluster.kind == "quotation":
        first = cluster.members[0]
        said.append(f'<q class="copy">{_drifted(first, member)}</q>')
    if cluster.kind != "headline" or member.headline != cluster.subject:
        said.append(f"<b>{_title(member)}</b>")
    if member.share:
        said.append(f'<span class="score">{member.share}</span>')
    elif member.note and cluster.kind in ("headline", "quotation"):
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
    before, after = (cut(" ".join(one.text.split()), WORDS) for one in (first, member))
    if first is member:
        return text(after)
    out = []
    for words, new in differing(before, after):
        out.append(f'<mark class="warning">{text(words)}</mark>' if new else text(words))
    return "".join(out)
