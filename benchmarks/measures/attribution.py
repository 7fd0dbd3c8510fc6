"""Attribution on PolNeAR: who speaks each quotation, and which sentences report.

A *quotation* here is one of five words or more in the narration of an article (not in its title),
read from `text` as plain text. Its *label* is the tightest labelled attribution with a source whose
content covers more than half of the quotation and whose source and cue stand outside of it.

1. Labelled quotations that `unattributed-quote` flags.
2. The same after the words of source and cue were cut out of the article, of those where nothing
   else can speak for the quotation. That is: source and cue stand in the quotation's own paragraph
   and no source or cue of another attribution does; what the label gives as content stands in
   quotation marks, but for three words at most (in "Vale said he would “not give up on it”" the
   words "he would" stay and speak); the quotation does not run over paragraphs; and the paragraph
   before holds no labelled attribution and does not end in a colon.
3. Labelled quotations whose speaker, as written or as resolved, overlaps the labelled source, or is
   resolved to a name that the labelled source contains.
4. Labelled attributions whose cue is one of `SAYING`, the 30 commonest labelled cues of saying, and
   that a cue of ours overlaps; and sentences that no labelled attribution touches in which stands a
   cue of ours.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from common import Row, records

from newslint import readers, stylebooks
from newslint.article import HEADLINE, Article, Block, Span
from newslint.kinds.contract import Finder
from newslint.language.attributions import Attribution, Attributions, attributions
from newslint.language.quotations import Part, Quotation, quotations
from newslint.language.sentences import sentences
from newslint.matching import Clues
from newslint.reference import shipped

FEWEST = 5
"""Words of a quotation."""
OUTSIDE = 3
"""Words of its content that a label may give outside of quotation marks."""
# fmt: off
SAYING = frozenset((
    "said", "says", "according to", "told", "say", "added", "wrote", "asked", "saying", "called",
    "noted", "reported", "announced", "suggested", "has said", "tweeted", "described", "adding",
    "argued", "calling", "continued", "declined", "telling", "explained", "said in a statement",
    "also said", "accused", "acknowledged", "criticized", "declared",
))
# fmt: on
Label = dict[str, Any]
Range = tuple[int, int]


class Quoted(NamedTuple):
    """A quotation and where it stands in the article's source."""

    number: int
    quotation: Quotation
    span: Span


class Counts:
    """What was counted over all articles."""

    def __init__(self) -> None:
        self.labelled = self.flagged = self.named = 0
        self.cut = self.cut_flagged = 0
        self.cues = self.cues_found = 0
        self.plain = self.plain_reported = 0


def rows(data: Path, half: str) -> list[Row]:
    """Rows 1 to 4 of the table."""
    loaded = stylebooks.load(["newsroom"], Path.cwd())
    finder = stylebooks.make_rule(loaded, "unattributed-quote").finder
    counts = Counts()
    for record in records(data / "attribution" / "polnear_train.jsonl", half):
        _count(record, finder, counts)
    flagged, cut = counts.flagged / counts.labelled, counts.cut_flagged / counts.cut
    named = counts.named / counts.labelled
    found, seen = counts.cues_found / counts.cues, counts.plain_reported / counts.plain
    return [
        Row(f"labelled quotations flagged `unattributed-quote` ({counts.labelled:,})",
            "≤ 0.5 %", f"{flagged:.2%}", flagged <= 0.005),
        Row(f"the same, source and cue cut out, nobody near ({counts.cut:,})",
            "≥ 90 %", f"{cut:.1%}", cut >= 0.9),
        Row("speaker overlaps the labelled source", "≥ 75 %", f"{named:.1%}", named >= 0.75),
        Row(f"common cues of saying seen ({counts.cues:,}) / "
            f"unlabelled sentences with a report ({counts.plain:,})",
            "≥ 92 % / ≤ 5 %", f"{found:.1%} / {seen:.1%}", found >= 0.92 and seen <= 0.05),
    ]  # fmt: skip


def _count(record: dict[str, Any], finder: Finder, counts: Counts) -> None:
    article = _read(record["text"])
    labels: list[Label] = record["attributions"]
    told = attributions(article, shipped().lexicons)
    hits = {hit.span.start for hit in finder.find(article, Clues())}
    for quoted in _quoted(article):
        label = _label(labels, quoted.span)
        if label is None:
            continue
        counts.labelled += 1
        counts.flagged += quoted.span.start in hits
        counts.named += _overlaps(article, told.speakers[quoted.number], label)
        if _alone(article, labels, label, quoted):
            counts.cut += 1
            counts.cut_flagged += _flagged_without(record["text"], label, quoted.span, finder)
    _count_cues(article, labels, told, counts)


def _read(text: str) -> Article:
    return readers.read("article.txt", text.encode()).article


def _quoted(article: Article) -> Iterator[Quoted]:
    for number, quotation in enumerate(quotations(article).joined):
        parts, blocks = quotation.parts, article.blocks
        words = sum(len(blocks[p.block].text[slice(*p.inner)].split()) for p in parts)
        if words >= FEWEST and blocks[parts[0].block].kind != HEADLINE:
            first = parts[0]
            yield Quoted(number, quotation, blocks[first.block].span(first.start, first.end))


def _label(labels: list[Label], span: Span) -> Label | None:
    """The label of a quotation, as the docstring of this module defines it."""
    best: tuple[int, Label] | None = None
    for label in labels:
        if not label["source"] or any(_meet(span, part) for part in _spans(label, "source", "cue")):
            continue
        for start, end in _spans(label, "content"):
            covered = min(end, span.end) - max(start, span.start)
            if covered > 0.5 * (span.end - span.start) and (not best or end - start < best[0]):
                best = (end - start, label)
    return best[1] if best else None


def _alone(article: Article, labels: list[Label], label: Label, quoted: Quoted) -> bool:
    """Whether nothing but the label's source and cue speaks for the quotation."""
    if len(quoted.quotation.parts) > 1:
        return False
    index = quoted.quotation.parts[0].block
    block = article.blocks[index].source_span
    if not all(_meet(block, part) for part in _spans(label, "source", "cue")):
        return False
    inside = [Span(*b.span(p.start, p.end)) for b, p in _marks(article)]
    content = [part for part in _spans(label, "content") if _meet(block, part)]
    if sum(_outside(article.source, part, inside) for part in content) > OUTSIDE:
        return False
    others = [other for other in labels if other is not label]
    if any(_meet(block, part) for other in others for part in _spans(other, "source", "cue")):
        return False
    before = article.blocks[index - 1] if index else None
    if before is None or before.kind == HEADLINE:
        return True
    told = (part for other in labels for part in _spans(other, "source", "cue", "content"))
    return not before.text.rstrip().endswith(":") and not any(
        _meet(before.source_span, part) for part in told
    )


def _marks(article: Article) -> Iterator[tuple[Block, Part]]:
    for quotation in quotations(article).joined:
        for part in quotation.parts:
            yield article.blocks[part.block], part


def _outside(source: str, part: Range, inside: list[Span]) -> int:
    """The words of a range that stand outside of quotation marks."""
    count, offset = 0, part[0]
    for start, end in inside:
        if _meet((start, end), part):
            count += len(source[offset : max(start, offset)].split())
            offset = max(offset, end)
    return count + len(source[offset : max(part[1], offset)].split())


def _flagged_without(text: str, label: Label, span: Span, finder: Finder) -> bool:
    at = span.start
    for start, end in sorted(set(_spans(label, "source", "cue")), reverse=True):
        text = text[:start] + text[end:]
        at -= end - start if start < span.start else 0
    return any(abs(hit.span.start - at) <= 1 for hit in finder.find(_read(text), Clues()))


def _overlaps(article: Article, told: Attribution | None, label: Label) -> bool:
    if told is None or told.source is None:
        return False
    names = [told.source.place] + ([told.source.resolved] if told.source.resolved else [])
    if any(_meet(name.span(article), part) for name in names for part in _spans(label, "source")):
        return True
    written = " ".join(article.source[start:end] for start, end in _spans(label, "source"))
    resolved = told.source.resolved.text(article) if told.source.resolved else ""
    return bool(resolved) and resolved.split()[-1] in written


def _count_cues(article: Article, labels: list[Label], told: Attributions, counts: Counts) -> None:
    ours = [report.cue.span(article) for report in told.reports if report.cue]
    for label in labels:
        for cue in label["cue"]:
            if cue["text"].lower().strip(" ,:") in SAYING:
                counts.cues += 1
                counts.cues_found += any(_meet(one, tuple(cue["spans"][0])) for one in ours)
    touched = [part for label in labels for part in _spans(label, "source", "cue", "content")]
    for block in article.blocks:
        for start, end in sentences(block.text):
            span = block.span(start, end)
            if not any(_meet(span, part) for part in touched):
                counts.plain += 1
                counts.plain_reported += any(_meet(span, one) for one in ours)


def _spans(label: Label, *roles: str) -> list[Range]:
    return [tuple(s) for role in roles for group in label[role] for s in group["spans"]]


def _meet(one: Range, other: Range) -> bool:
    return max(one[0], other[0]) < min(one[1], other[1])
