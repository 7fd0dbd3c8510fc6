"""Formats `text`, for people, and `concise`, a line a finding."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from newslint.checker import Result
from newslint.finding import Finding, Related
from newslint.lines import Lines
from newslint.reports.contract import Look
from newslint.reports.fixed import told
from newslint.reports.terminal import harmless, paint, safe, safe_path, width
from newslint.reports.wording import plural
from newslint.run import Tally

GUTTER = 6
MARK = "[*]"
MARK_LIMIT = 60
"""Columns of a flagged passage that are shown and underlined."""


def render(results: Iterator[Result], tally: Tally, look: Look) -> Iterator[str]:
    """Each finding with its line, its message, what to do, and how to learn more."""
    for result in results:
        lines = Lines(result.source)
        if not look.statistics:
            for _, group in groupby(result.findings, key=lambda finding: finding.span):
                yield _place(list(group), lines, look)
    yield from closing(tally, look)


def concise(results: Iterator[Result], tally: Tally, look: Look) -> Iterator[str]:
    """`path:line:column: severity rule message`, a line a finding."""
    for result in results:
        lines = Lines(result.source)
        for finding in () if look.statistics else result.findings:
            line, column = lines.place(finding.span.start)
            severity = paint(finding.severity, finding.severity, look.color)
            place = f"{safe_path(finding.path)}:{line}:{column}"
            yield f"{place}: {severity} {finding.rule} {safe(finding.message)}{_mark(finding)}\n"
    yield from closing(tally, look)


def closing(tally: Tally, look: Look) -> Iterator[str]:
    """The counts by rule where they are asked for, and the summary."""
    if look.statistics:
        for rule, count in sorted(tally.rules.items(), key=lambda item: (-item[1], item[0])):
            yield f"{count}\t{rule}\n"
    if look.quiet:
        return
    if tally.fixed:
        yield from told("Fixed", tally.fixed)
    yield summary(tally) + "\n"
    if fixable := _fixable(tally):
        yield fixable + "\n"


def summary(tally: Tally) -> str:
    """“Checked 12 articles: 2 errors, 3 warnings, 1 info.”"""
    counts = [
        plural(tally.severities["error"], "error"),
        plural(tally.severities["warning"], "warning"),
        f"{tally.severities['info']} info",
    ]
    found = ", ".join(counts) if sum(tally.severities.values()) else "no findings"
    text = f"Checked {plural(tally.articles, 'article')}: {found}."
    if tally.fix_only:
        text = f"Checked {plural(tally.articles, 'article')}."
    if not tally.articles:
        text = "Checked no article."
    if tally.suppressed:
        text += f" {tally.suppressed:,} suppressed."
    if tally.baselined:
        text += f" {tally.baselined:,} in the baseline."
    if tally.failed:
        text += f" {plural(tally.failed, 'file')} could not be checked."
    return text


def _fixable(tally: Tally) -> str:
    """“[*] 4 fixable with --fix, 1 more with --fix --unsafe-fixes.”"""
    safely, more = tally.safely_fixable, tally.fixable - tally.safely_fixable
    if not safely:
        return f"{more:,} fixable with --fix --unsafe-fixes." if more else ""
    text = f"{MARK} {safely:,} fixable with --fix"
    return f"{text}, {more:,} more with --fix --unsafe-fixes." if more else f"{text}."


def _place(findings: list[Finding], lines: Lines, look: Look) -> str:
    """One place of the copy with every finding on it."""
    first = findings[0]
    line, column = lines.place(first.span.start)
    severity = paint(first.severity, first.severity, look.color)
    rules = ", ".join(finding.rule for finding in findings)
    where = paint(f"{safe_path(first.path)}:{line}:{column}", "bold", look.color)
    out = [f"{where} {severity} {rules}\n"]
    excerpt, marks = _excerpt(first, line, column, lines, look)
    out.append(f"{line:>{GUTTER - 1}} | {excerpt}\n")
    if marks.strip():
        out.append(f"{'':{GUTTER}}| {paint(marks, 'caret', look.color)}\n")
    for finding in findings:
        out += [f"{'':{GUTTER}}= {text}\n" for text in _notes(finding, lines, len(findings) > 1)]
    names = " ".join(dict.fromkeys(finding.rule for finding in findings))
    out.append(
        paint(f"{'':{GUTTER}}= explain: newslint explain {names}", "dim", look.color) + "\n\n"
    )
    return "".join(out)


def _notes(finding: Finding, lines: Lines, several: bool) -> Iterator[str]:
    name = f"{finding.rule}: " if several else ""
    yield f"{name}{safe(finding.message)}"
    for related in finding.related:
        yield f"see {_related(related, lines)}"
    yield f"fix{_mark(finding)}: {safe(finding.fix.advice)}"


def _mark(finding: Finding) -> str:
    """Tells what `--fix` would mend."""
    return f" {MARK}" if finding.fix.safe else ""


def _related(related: Related, lines: Lines) -> str:
    if related.lines is not None:
        place = f"{safe_path(related.path)}:{related.lines[0]}:{related.lines[1]}"
    else:
        line, column = lines.place(related.span.start)
        place = f"line {line}:{column}"
    words = safe(" ".join(related.text.split()))
    return f"{place}: {_cut(words, MARK_LIMIT)}" + (
        f" ({safe(related.message)})" if related.message else ""
    )


def _cut(text: str, limit: int) -> str:
    return text if len(text) <= limit else text[: limit - 1] + "…"


def _excerpt(finding: Finding, line: int, column: int, lines: Lines, look: Look) -> tuple[str, str]:
    """The line around the flagged words, cut to the terminal, and carets below the words."""
    text = lines.text(line)
    start = column - 1
    end = min(len(text), start + len(finding.text.split("\n")[0].rstrip("\r")))
    room = max(look.width - GUTTER - 3, 40)
    far = 2 * room  # no need to look at the whole of a line that may be megabytes long
    before, marked = (
        safe(text[max(0, start - far) : start]),
        safe(text[start : min(end, start + far)]),
    )
    after = safe(text[end : end + far])
    marked = _cut(marked, max(room - 20, MARK_LIMIT))
    spare = room - len(marked)
    if len(before) + len(after) > spare:
        left = min(len(before), max(spare // 2, spare - len(after)))
        if left < len(before):
            before = "…" + before[len(before) - left + 1 :]
        right = max(spare - len(before), 1)
        if right < len(after):
            after = after[: right - 1] + "…"
    return harmless(before + marked + after), " " * width(before) + "^" * max(width(marked), 1)
