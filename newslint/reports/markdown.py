"""Format `markdown`: a comment on a pull request, for the editor who reads it.

All is lists: tables are too narrow on a telephone, and of HTML only what folds a long list is used,
since Bitbucket shows it as it stands. Articles with errors come first, so that what must be cut is
what matters least.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from itertools import chain
from typing import NamedTuple

from newslint.checker import Result
from newslint.finding import SEVERITIES, Finding, Related
from newslint.lines import Lines
from newslint.reports.contract import Look
from newslint.reports.markdown_text import escaped, line
from newslint.reports.passages import Copy
from newslint.reports.wording import asides, cut, first, headline, plural, worst
from newslint.rulebook import Known, web_address
from newslint.run import Tally

COMMENT = 65_536
"""What GitHub takes as a comment, in characters. GitLab takes more."""
STEP_SUMMARY = 1 << 20
"""What GitHub takes as the summary of a step, in bytes; it drops one that has more."""
RESERVE = 2_000
"""Left free for the last line, and for what a service or a script puts around the report."""
SHOWN = 10
"""Findings of an article that are seen without unfolding."""
LISTED = 50
"""Things of one sort that are listed at the head of the report."""
AROUND, WORDS, MESSAGE = 160, 240, 400
"""Code points: of copy to either side of the flagged words, of the words, of a message."""

Measure = Callable[[str], int]
Rules = Mapping[str, Known]


class Section(NamedTuple):
    """An article with its findings, the gravest first."""

    head: str
    items: list[str]
    """As many as there may be room for."""
    findings: int


def render(results: Iterator[Result], tally: Tally, look: Look) -> Iterator[str]:
    """The report as a comment."""
    return _report(results, tally, look, COMMENT - RESERVE, _characters)


def step_summary(
    results: Iterator[Result], tally: Tally, look: Look, room: int = STEP_SUMMARY
) -> Iterator[str]:
    """The report as the summary of a step, which has more room, in bytes."""
    return _report(results, tally, look, room - RESERVE, _bytes)


def _characters(text: str) -> int:
    return len(text) + sum(character > "\uffff" for character in text)


def _bytes(text: str) -> int:
    return len(text.encode("utf-8", "surrogatepass"))


def _report(
    results: Iterator[Result], tally: Tally, look: Look, room: int, size: Measure
) -> Iterator[str]:
    """The head, then as many articles as there is room for, then the count of the others."""
    shelves: dict[str, list[Section]] = {severity: [] for severity in SEVERITIES}
    spare = dict.fromkeys(SEVERITIES, room)
    rules, flagged = look.rules(), 0
    for result in results:
        flagged += bool(result.findings)
        if result.findings and not look.statistics:
            severity = worst(result.findings)
            if spare[severity] > 0:  # else none of it can find room
                section = _section(result, rules, spare[severity], size)
                spare[severity] -= sum(map(size, section.items))
                shelves[severity].append(section)
    head = "".join(_head(tally, rules, look, flagged))
    yield head
    if look.statistics:
        return
    room -= size(head)
    findings, articles = sum(tally.rules.values()), flagged
    for section in chain.from_iterable(shelves.values()):
        told, room = _fitting(section, room, size)
        if told:
            yield _shown(section.head, told)
        findings -= len(told)
        articles -= len(told) == section.findings
        if len(told) < section.findings:
            break
    if findings:
        yield f"… and {plural(findings, 'more finding')} in {plural(articles, 'article')}.\n"


def _fitting(section: Section, room: int, size: Measure) -> tuple[list[str], int]:
    """The findings that fit the room, and what is left of it."""
    room -= size(_shown(section.head, [""] * len(section.items)))
    told = []
    for item in section.items:
        room -= size(item)
        if room < 0:
            break
        told.append(item)
    return told, room


def _shown(head: str, items: list[str]) -> str:
    """An article; a long list of findings is folded."""
    text = head + "".join(items[:SHOWN])
    if rest := items[SHOWN:]:
        title = f"{plural(len(rest), 'more finding')} in this article"
        text += f"<details>\n<summary>{title}</summary>\n\n{''.join(rest)}</details>\n\n"
    return text


def _head(tally: Tally, rules: Rules, look: Look, flagged: int) -> Iterator[str]:
    """How much was found, what could not be checked, and what does not count."""
    if not look.quiet:
        yield _title(tally, flagged)
    for title, items in first(tally):
        yield f"### {title}\n\n"
        yield from (f"- {line(cut(item, MESSAGE))}\n" for item in items[:LISTED])
        yield f"- … and {len(items) - LISTED:,} more\n\n" if len(items) > LISTED else "\n"
    if not look.quiet and (aside := asides(tally)):
        yield f"{aside}\n\n"
    if look.statistics:
        yield from _statistics(tally, rules)


def _title(tally: Tally, flagged: int) -> str:
    if tally.articles and not (flagged or tally.fix_only or tally.errors or tally.grown):
        checked = plural(tally.articles, "article")
        return f"**newslint** read {checked} and found nothing to mend.\n\n"
    return f"## newslint: {headline(tally, flagged)}\n\n"


def _statistics(tally: Tally, rules: Rules) -> Iterator[str]:
    yield "| findings | rule |\n|---:|---|\n"
    for rule, count in sorted(tally.rules.items(), key=lambda item: (-item[1], item[0])):
        yield f"| {count:,} | {_rule(rule, rules)} |\n"


def _section(result: Result, rules: Rules, room: int, size: Measure) -> Section:
    """An article with its headline, its path and its findings."""
    copy, lines = Copy(result.path, result.source), Lines(result.source)
    path = line(cut(result.path, WORDS))
    head = f"### {line(cut(copy.headline, WORDS)) or path}\n\n"
    if copy.headline:
        head += f"{path}\n\n"
    items: list[str] = []
    for finding in sorted(result.findings, key=_gravity):
        if room <= 0:
            break
        items.append(_item(finding, copy, lines, rules))
        room -= size(items[-1])
    return Section(head, items, len(result.findings))


def _gravity(finding: Finding) -> int:
    return SEVERITIES.index(finding.severity)


def _item(finding: Finding, copy: Copy, lines: Lines, rules: Rules) -> str:
    """A finding: what and where, the words in their sentence, what to do, places to compare."""
    where = f"line {lines.place(finding.span.start)[0]}"
    if finding.whole_article:
        where = "the whole article"
    message, rule = escaped(cut(finding.message, MESSAGE)), _rule(finding.rule, rules)
    item = f"- **{finding.severity.capitalize()}**, {where}: {message} ({rule})\n"
    if not finding.whole_article and (quoted := _quoted(finding, copy)):
        item += f"  > {quoted}\n"
    notes = [f"Fix: {escaped(cut(finding.fix.advice, MESSAGE))}"]
    notes += [_see(related, lines) for related in finding.related]
    return f"{item}\n  {' '.join(notes)}\n\n"


def _rule(rule: str, rules: Rules) -> str:
    page = web_address(rules[rule].url) if rule in rules else ""
    page = page.replace("(", "%28").replace(")", "%29")
    return f"[{rule}]({page})" if page else rule


def _quoted(finding: Finding, copy: Copy) -> str:
    before, words, after = copy.sentence(finding.span)
    if len(before) > AROUND:
        before = "…" + before[-AROUND:].lstrip()
    return line(before, cut(words, WORDS), cut(after, AROUND))


def _see(related: Related, lines: Lines) -> str:
    if related.lines is not None:
        where = f"{escaped(cut(related.path, WORDS))}, line {related.lines[0]}"
    else:
        where = f"line {lines.place(related.span.start)[0]}"
    words = escaped(cut(" ".join(related.text.split()), WORDS))
    why = f" ({escaped(cut(related.message, WORDS))})" if related.message else ""
    return f"See {where}: {words}{why}."
