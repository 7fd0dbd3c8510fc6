"""One article of the page: its headline, and its findings beside the copy they stand in."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import takewhile
from typing import NamedTuple

from newslint.checker import Result
from newslint.finding import Edit, Finding, Related
from newslint.later import compiled_later
from newslint.lines import Lines
from newslint.reports.html_text import Mark, attribute, marked, text
from newslint.reports.passages import SOURCE, Copy, Place
from newslint.reports.wording import counted, cut

LONGEST = 400
"""Code points of a message, of an advice, of words that are told again."""
BESIDE = 24
"""Code points of source shown beside an edit."""
NAMELESS = '<span class="untitled">No headline</span>'
_LANGUAGE = compiled_later(r"[a-z]{2,3}")


class Sheet(NamedTuple):
    """What is at hand while an article is written out."""

    name: str
    number: int
    result: Result
    copy: Copy
    lines: Lines


def article(name: str, number: int, result: Result) -> str:
    """The article under an id, `name`, that links can lead to; `number` is its own on the page."""
    source = result.source
    return "".join(_article(Sheet(name, number, result, Copy(result.path, source), Lines(source))))


def _article(sheet: Sheet) -> Iterator[str]:
    result = sheet.result
    yield f'<article class="sheet" id="{sheet.name}" data-path="{attribute(result.path)}">\n'
    yield f'<a class="here" href="#{sheet.name}" aria-label="Link to this article">#</a>\n'
    yield f"<details open><summary>{_title(sheet)}</summary>\n"
    number = 1
    if about := [finding for finding in result.findings if finding.whole_article]:
        yield '<div class="passage whole"><p class="label">The article as a whole</p>\n'
        yield _notes(sheet, about, number)
        number += len(about)
    for group in _passages(sheet):
        yield _copy(sheet, group, number)
        yield _notes(sheet, [finding for finding, _ in group], number)
        number += len(group)
    yield "</details>\n</article>\n"


def _title(sheet: Sheet) -> str:
    result, headline = sheet.result, sheet.copy.headline
    counts = Counter(finding.severity for finding in result.findings)
    return (
        f"<h3>{text(cut(headline, LONGEST)) or NAMELESS}</h3>"
        f'<span class="where"><b>{counted(counts)}</b> <bdi>{text(result.path)}</bdi></span>'
    )


def _passages(sheet: Sheet) -> list[list[tuple[Finding, Place]]]:
    """The findings by the passage they stand in, in the order of the copy."""
    groups: dict[tuple[int, str], list[tuple[Finding, Place]]] = {}
    for finding in sheet.result.findings:
        if not finding.whole_article:
            place = sheet.copy.place(finding.span)
            key = (place.passage.start, place.passage.kind)
            groups.setdefault(key, []).append((finding, place))
    return list(groups.values())


def _copy(sheet: Sheet, group: Sequence[tuple[Finding, Place]], first: int) -> str:
    """A passage with the marks of its findings."""
    passage = max((place.passage for _, place in group), key=lambda each: len(each.text))
    line = sheet.lines.place(group[0][0].span.start)[0]
    kind = {SOURCE: "as in the file", "paragraph": ""}.get(passage.kind, passage.kind)
    label = ", ".join(filter(None, (f"Line {line}", kind.replace("-", " "))))
    marks = [
        Mark(place.start, place.end, number, finding.severity)
        for number, (finding, place) in enumerate(group, first)
    ]
    language = sheet.copy.language if _LANGUAGE.fullmatch(sheet.copy.language) else "en"
    return (
        f'<div class="passage {passage.kind}"><div><p class="label">{label}</p>\n'
        f'<p class="copy" dir="auto" lang="{language}">{marked(passage.text, marks)}</p></div>\n'
    )


def _notes(sheet: Sheet, findings: Sequence[Finding], first: int) -> str:
    notes = ("".join(_note(sheet, each, n)) for n, each in enumerate(findings, first))
    return f'<ol class="notes" start="{first}">{"".join(notes)}</ol></div>\n'


def _note(sheet: Sheet, finding: Finding, number: int) -> Iterator[str]:
    """A finding: what, what to do, the edit if there is one, other places, and the rule."""
    name, severity = f"n{sheet.number}.{number}", finding.severity
    yield f'<li class="note {severity}" id="{name}"'
    yield f' data-severity="{severity}" data-rule="{attribute(finding.rule)}">'
    yield f'<a class="n" href="#{name}">{number}</a><p><b class="severity">'
    yield f"{severity.capitalize()}</b> {text(cut(finding.message, LONGEST))}</p>"
    yield f'<p class="fix">{text(cut(finding.fix.advice, LONGEST))}</p>'
    if finding.fix.edits:
        yield _edit(finding, sheet.result.source)
    if finding.related:
        items = "".join(_related(related, sheet.lines) for related in finding.related)
        yield f'<ul class="related">{items}</ul>'
    yield f'<p><a class="why" href="#rule-{attribute(finding.rule)}">{text(finding.rule)}</a></p>'
    yield "</li>\n"


def _edit(finding: Finding, source: str) -> str:
    """What stands there struck out, and what would stand there instead."""
    edits = sorted(set(finding.fix.edits), key=lambda edit: edit.span)
    start, end = edits[0].span.start, max(edit.span.end for edit in edits)
    reached = start
    out = [text(_last_word(source[max(0, start - BESIDE) : start]))]
    for edit in edits:
        if edit.span.start >= reached:
            out += [text(_shortened(source[reached : edit.span.start])), _changed(edit, source)]
            reached = edit.span.end
    out.append(text(_first_word(source[end : end + BESIDE])))
    safe = "" if finding.fix.safe else ' <span class="safe">(check the sense)</span>'
    return f'<p class="edit" dir="auto">{"".join(out)}{safe}</p>'


def _last_word(words: str) -> str:
    return words.split()[-1] if words and not words[-1].isspace() else ""


def _first_word(words: str) -> str:
    return words.split()[0] if words and not words[0].isspace() else ""


def _changed(edit: Edit, source: str) -> str:
    """The words that differ; what an edit leaves as it was stands between."""
    old, new = source[edit.span.start : edit.span.end], edit.text
    before, old, new, after = _trimmed(old, new)
    deleted = f"<del>{text(cut(old, LONGEST))}</del>" if old else ""
    inserted = f"<ins>{text(cut(new, LONGEST))}</ins>" if new else ""
    return f"{text(_shortened(before))}{deleted}{inserted}{text(_shortened(after))}"


def _trimmed(old: str, new: str) -> tuple[str, str, str, str]:
    """What both begin with, what is left of each, what both end with: whole words."""
    start = old.rfind(" ", 0, _alike(old, new)) + 1
    before, old, new = old[:start], old[start:], new[start:]
    ending = old[::-1].rfind(" ", 0, _alike(old[::-1], new[::-1])) + 1
    return before, old[: len(old) - ending], new[: len(new) - ending], old[len(old) - ending :]


def _alike(one: str, other: str) -> int:
    """How many characters two texts have in common at their beginning."""
    pairs = zip(one, other, strict=False)
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], pairs))


def _shortened(words: str) -> str:
    return words if len(words) <= 3 * BESIDE else f"{words[:BESIDE]} … {words[-BESIDE:]}"


def _related(related: Related, lines: Lines) -> str:
    if related.lines is not None:
        where = f"<bdi>{text(related.path)}</bdi>, line {related.lines[0]}"
    else:
        where = f"line {lines.place(related.span.start)[0]}"
    words = text(cut(" ".join(related.text.split()), LONGEST // 2))
    why = f" ({text(cut(related.message, LONGEST))})" if related.message else ""
    return f"<li>See {where}: <q>{words}</q>{why}</li>"
