"""Examples in rule files, run as tests: marks are found, nothing else is, fixes hold."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import NamedTuple

from msgspec import Struct
from msgspec.structs import replace

from newslint import suppress
from newslint.article import Article, Span
from newslint.corpus import Corpus
from newslint.engines import HARPER, Choice
from newslint.errors import NewslintError
from newslint.finding import Finding
from newslint.fix import apply
from newslint.language.dates import published
from newslint.later import compiled_later
from newslint.lint import Linter
from newslint.readers import read_source
from newslint.records import record as contribution
from newslint.reference import shipped
from newslint.roster import Roster
from newslint.rule import Example, Ready

NAME = "example"
_MARK = compiled_later(r"\\\[\[|\[\[(\[[^\[\]]*\]|.+?)\]\](\()?", re.DOTALL)


class Marked(NamedTuple):
    """An example's text without its marks, and what the marks covered."""

    text: str
    spans: tuple[Span, ...]


class Failure(Struct, frozen=True):
    """An example that does not come out as its rule file says."""

    rule: str
    place: tuple[str | int, ...]
    """Path in the rule file, such as `("examples", "bad", 0)`."""
    message: str


class Bench(Struct, frozen=True):
    """What examples are run with: for suppressions also the other rules and all names."""

    everything: Linter
    names: Mapping[str, str]
    engine: Choice = HARPER


def unmark(text: str) -> Marked:
    """Take the `[[marks]]` out; `[[x]](url)` becomes the link `[x](url)` with its text marked."""
    parts: list[str] = []
    spans: list[Span] = []
    length = offset = 0
    for match in _MARK.finditer(text):
        before = text[offset : match.start()]
        inner = match[1]
        opening, closing = ("[", "](") if match[2] else ("", "")
        if inner is None:
            opening, inner = "[[", ""
        else:
            start = length + len(before) + len(opening)
            spans.append(Span(start, start + len(inner)))
        parts += [before, opening, inner, closing]
        length += sum(map(len, parts[-4:]))
        offset = match.end()
    return Marked("".join([*parts, text[offset:]]), tuple(spans))


def run(ready: Ready, bench: Bench) -> Iterator[Failure]:
    """All examples of a rule that fail. Raises `NewslintError` where an engine cannot be asked."""
    rule = ready.rule
    for sort, needed in (("bad", rule.examples.bad), ("good", rule.examples.good)):
        if not needed:
            yield Failure(rule.id, ("examples",), f"there is no {sort} example")
        for number, example in meant(needed, bench.engine):
            for message in _check(_with_people(ready, bench, example), bench, example, sort):
                yield Failure(rule.id, ("examples", sort, number), message)


def meant(examples: Iterable[str | Example], engine: Choice) -> Iterator[tuple[int, Example]]:
    """The examples that an engine should see as they are written, with their numbers."""
    for number, example in enumerate(examples):
        example = Example(example) if isinstance(example, str) else example
        if example.engine in ("", engine.name):
            yield number, example


def _check(ready: Ready, bench: Bench, example: Example, sort: str) -> Iterator[str]:
    marked = unmark(example.text) if sort == "bad" else Marked(example.text, ())
    if sort == "bad" and not marked.spans:
        yield "a bad example needs at least one [[mark]]"
        return
    findings, problems = _findings(ready, bench, marked.text, example)
    yield from problems
    expected = sorted(marked.spans)
    found = sorted({finding.span for finding in findings})
    for span in expected:
        if span not in found:
            yield f"not found: {_shown(marked.text, span)}"
    for span in found:
        if span not in expected:
            yield f"found, but not marked: {_shown(marked.text, span)}"
    if example.fixed is not None:
        yield from _check_fix(ready, bench, example, marked.text, findings)


def _check_fix(
    ready: Ready, bench: Bench, example: Example, text: str, findings: list[Finding]
) -> Iterator[str]:
    fixed = apply(text, [edit for finding in findings for edit in finding.fix.edits])
    if fixed != example.fixed:
        yield f"the fix yields {fixed!r}, not {example.fixed!r}"
        return
    left, problems = _findings(ready, bench, fixed, example)
    yield from problems
    for finding in left:
        yield f"still found after the fix: {_shown(fixed, finding.span)}"


def _findings(
    ready: Ready, bench: Bench, text: str, example: Example
) -> tuple[list[Finding], list[str]]:
    linter = Linter([ready])
    article = read_source(NAME, text, example.format)
    findings, errors = linter.check(article)
    for error in errors:
        if error.code == "engine":
            raise NewslintError(error)
    if example.others:
        findings += _across(ready, linter, article, example)
    if ready.rule.kind == "suppression":
        findings = _judged(ready, bench, article)
    return findings, [error.message for error in errors]


def _across(ready: Ready, linter: Linter, article: Article, example: Example) -> list[Finding]:
    """What the rule finds in the article when others stand beside it."""
    dates, corpus = shipped().lexicons["dates"], Corpus()
    others = (read_source(f"{NAME}-{n}", t, example.format) for n, t in enumerate(example.others))
    for one in (article, *others):
        day = published(one, dates)
        record, errors = contribution(one, linter, day.isoformat() if day else "", (), {})
        if errors:
            raise NewslintError(errors[0])
        corpus.add(one.path, record)
    found = corpus.findings(
        {ready.rule.id: ready},
        lambda path, _: ready if path == NAME else None,
        lambda *_: False,
    )
    return [finding for finding, _ in found]


def _with_people(ready: Ready, bench: Bench, example: Example) -> Ready:
    if not example.people or ready.remake is None:
        return ready
    shelf = replace(shipped(), people=Roster(example.people), engine=bench.engine)
    return replace(ready, finder=ready.remake(shelf))


def _judged(ready: Ready, bench: Bench, article: Article) -> list[Finding]:
    findings, _ = bench.everything.check(article)
    check = str(ready.rule.options["check"])
    terms = suppress.Terms(bench.names, date.today(), require_reason=check == "without-reason")
    ran = bench.everything.ids
    left = suppress.apply(article, findings, (), ran, terms, {check: ready.rule}).findings
    return [finding for finding in left if finding.rule == ready.rule.id]


def _shown(text: str, span: Span) -> str:
    start = max(0, span.start - 20)
    return f"{text[span.start : span.end]!r} (at {span.start} in {text[start : span.end + 20]!r})"
