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
from newslint.lsp.positions import unchanged
from newslint.lsp.projects import Project, Projects


class Compared(Struct, frozen=True):
    """What came of comparing a document with the corpus."""

    text: str
    """What was compared, as the editor had it."""
    findings: tuple[Finding, ...] = ()
    """Those that the article alone does not have."""
    errors: tuple[Error, ...] = ()
    """What could not be compared with."""
    excused: frozenset[tuple[str, str]] = frozenset()
    """Rules and fingerprints of those of the article alone that others show to be right."""


NOT_COMPARED = Compared("")


class Outcome(Struct, frozen=True):
    """What came of a check."""

    text: str
    """What was checked, as the editor has it."""
    home: Path
    project: Project | None = None
    result: Result | None = None
    """None where there is no config to go by, or where the config leaves the document out."""
    compared: Compared = NOT_COMPARED
    """What was found before, as far as it still stands in this text."""
    errors: tuple[Error, ...] = ()
    """What is wrong with other files: the config, rules, the corpus."""

    @property
    def findings(self) -> tuple[Finding, ...]:
        """In the order of `finding.order`."""
        return self.result.findings if self.result else ()

    @property
    def notices(self) -> tuple[str, ...]:
        """What the user should know besides."""
        project = self.project
        before = (*project.settings.notices, *project.checker.notices) if project else ()
        return (*before, *(self.result.notices if self.result else ()))


def check(
    projects: Projects, path: str, text: str, folders: Sequence[str], compared: Compared
) -> Outcome:
    """Check a document by itself, and add what it was found to share with others."""
    loaded = projects.of(path, folders)
    project = loaded.project
    if project is None or not config.wanted(project.settings, path):
        return Outcome(text, loaded.home, project, errors=loaded.errors)
    alone = project.checker.content(path, text.encode("utf-8", "replace"))
    if project.checker.comparing:
        compared = replace(compared, text=text, findings=tuple(_moved(compared, text)))
    else:
        compared = NOT_COMPARED
    own_words = [f for f in alone.findings if (f.rule, f.fingerprint) not in compared.excused]
    findings = tuple(sorted([*own_words, *compared.findings], key=order))
    own = tuple(error for error in alone.errors if error.path == path)
    others = [e for e in (*loaded.errors, *alone.errors, *compared.errors) if e.path != path]
    result = _stepped(project, replace(alone, findings=findings, errors=own, record=b""))
    errors = tuple(dict.fromkeys(others))
    return Outcome(text, loaded.home, project, result, compared, errors)


def compare(projects: Projects, path: str, text: str, folders: Sequence[str]) -> Compared:
    """Compare a document with the corpus. The first time that takes as long as to read it all."""
    project = projects.of(path, folders).project
    if project is None or not project.checker.comparing:
        return Compared(text)
    settings, checker = project.settings, project.checker
    data = text.encode("utf-8", "replace")
    known = frozenset((f.rule, f.fingerprint) for f in checker.content(path, data).findings)
    found: tuple[Finding, ...] = ()
    excused: frozenset[tuple[str, str]] = frozenset()
    errors: list[Error] = []
    for result in run.check([path], settings, checker, 1, project.kept, contents={path: data}):
        errors += result.errors
        if result.path == path:
            found = tuple(f for f in result.findings if (f.rule, f.fingerprint) not in known)
            excused = known.difference((f.rule, f.fingerprint) for f in result.findings)
    return Compared(text, found, tuple(errors), excused)


def recheck(project: Project, path: str, data: bytes) -> Result:
    """What a check of the article alone would say of other bytes."""
    return _stepped(project, project.checker.content(path, data))


def _stepped(project: Project, result: Result) -> Result:
    for step in project.steps:
        result = next(step(iter([result])))
    return result


def _moved(compared: Compared, new: str) -> list[Finding]:
    """The findings whose words stand outside of what was edited, at their place in the new text."""
    findings, old = compared.findings, compared.text
    if old == new or not findings:
        return list(findings)
    head, tail = unchanged(old, new)
    shift = len(new) - len(old)
    kept = [finding for finding in findings if finding.span.end <= head]
    for finding in findings:
        if finding.span.start >= len(old) - tail:
            start, end = finding.span
            kept.append(replace(finding, span=Span(start + shift, end + shift)))
    return kept
