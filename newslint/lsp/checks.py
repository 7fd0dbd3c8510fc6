"""Checks one document: the text as the editor has it, with the config that holds for it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from newslint import config, run
from newslint.article import Span
from newslint.checker import Result
from newslint.errors import Error
from newslint.finding import Finding, order
from newslint.lsp.projects import Project, Projects


class Outcome(Struct, frozen=True):
    """What came of a check."""

    text: str
    """What was checked, as the editor has it."""
    home: Path
    project: Project | None = None
    result: Result | None = None
    """None where there is no config to go by, or where the config leaves the document out."""
    across: tuple[Finding, ...] = ()
    """Those of the findings that come from the comparison with other articles."""
    failed: tuple[Error, ...] = ()
    """What could not be compared with."""
    errors: tuple[Error, ...] = ()
    """What is wrong with other files: the config, rules, the corpus."""

    @property
    def findings(self) -> tuple[Finding, ...]:
        """In the order of `finding.order`."""
        return self.result.findings if self.result else ()

    @property
    def notices(self) -> tuple[str, ...]:
        """What the user should know besides."""
        of_config = self.project.settings.notices if self.project else ()
        return (*of_config, *(self.result.notices if self.result else ()))


def check(
    projects: Projects, path: str, text: str, folders: Sequence[str], whole: bool,
    before: Outcome | None,
) -> Outcome:  # fmt: skip
    """Check a document. With `whole` it is compared with the corpus, which takes its time.

    Else what the comparison found `before` is kept, where its words still stand.
    """
    loaded = projects.of(path, folders)
    project = loaded.project
    if project is None or not config.wanted(project.settings, path):
        return Outcome(text, loaded.home, project, errors=loaded.errors)
    data = text.encode("utf-8", "replace")
    across: tuple[Finding, ...]
    failed: tuple[Error, ...]
    alone = project.checker.content(path, data)
    if not project.checker.comparing:
        across, failed = (), ()
    elif whole or before is None or before.project is not project:
        across, failed = _compared(project, path, data, alone)
    else:
        across, failed = tuple(_moved(before.across, before.text, text)), before.failed
    merged = replace(alone, findings=tuple(sorted([*alone.findings, *across], key=order)))
    merged = _stepped(project, merged)
    own = tuple(error for error in alone.errors if error.path == path)
    others = [e for e in (*loaded.errors, *alone.errors, *failed) if e.path != path]
    return Outcome(
        text, loaded.home, project, replace(merged, errors=own, record=b""), across, failed,
        tuple(dict.fromkeys(others)),
    )  # fmt: skip


def recheck(project: Project, path: str, text: str) -> Result:
    """What a check of the article alone would say of another text."""
    return _stepped(project, project.checker.content(path, text.encode("utf-8", "replace")))


def _stepped(project: Project, result: Result) -> Result:
    for step in project.steps:
        result = next(step(iter([result])))
    return result


def _compared(
    project: Project, path: str, data: bytes, alone: Result
) -> tuple[tuple[Finding, ...], tuple[Error, ...]]:
    """What the comparison with the corpus adds, and which of its files could not be read."""
    results = run.check(
        [path], project.settings, project.checker, 1, project.kept, contents={path: data}
    )
    across: tuple[Finding, ...] = ()
    errors: list[Error] = []
    for result in results:
        errors += result.errors
        if result.path == path:
            known = frozenset((finding.rule, finding.fingerprint) for finding in alone.findings)
            across = tuple(f for f in result.findings if (f.rule, f.fingerprint) not in known)
    return across, tuple(errors)


def _moved(findings: Sequence[Finding], old: str, new: str) -> list[Finding]:
    """The findings whose words stand outside of what was edited, at their place in the new text."""
    if old == new or not findings:
        return list(findings)
    shortest = min(len(old), len(new))
    head = next((n for n in range(shortest) if old[n] != new[n]), shortest)
    tail = next((n for n in range(shortest - head) if old[-1 - n] != new[-1 - n]), shortest - head)
    shift = len(new) - len(old)
    kept = [finding for finding in findings if finding.span.end <= head]
    for finding in findings:
        if finding.span.start >= len(old) - tail:
            start, end = finding.span
            kept.append(replace(finding, span=Span(start + shift, end + shift)))
    return kept
