"""Format `junit`: an article is a suite of tests, a finding a test that failed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from newslint.checker import Result
from newslint.errors import Error
from newslint.finding import Finding
from newslint.lines import Lines
from newslint.reports.advice import advised
from newslint.reports.contract import Look
from newslint.reports.places import path_of
from newslint.reports.xml_parts import HEAD, tag, text
from newslint.run import Tally

NAME = "newslint"


def render(results: Iterator[Result], tally: Tally, _: Look) -> Iterator[str]:
    """A suite for each article, and one for what could not be checked."""
    yield f"{HEAD}<{tag('testsuites', name=NAME)}>\n"
    for result in results:
        if result.checked:
            yield _article(result)
    if tally.errors:
        seen: Counter[str] = Counter()
        cases = [_error(error, seen) for error in tally.errors]
        yield _suite(NAME, cases, errors=len(cases))
    elif not tally.articles:  # a file without tests is an error to Jenkins
        yield _suite(NAME, [_passed(NAME, "no article to check")])
    yield "</testsuites>\n"


def _article(result: Result) -> str:
    """An article; one without findings is a test that passed."""
    lines = Lines(result.source)
    seen: Counter[str] = Counter()
    cases = [_finding(finding, lines, seen) for finding in result.findings]
    if not cases:
        return _suite(result.path, [_passed(result.path, "no findings")])
    return _suite(result.path, cases, failures=len(cases))


def _suite(name: str, cases: list[str], failures: int = 0, errors: int = 0) -> str:
    inside = tag(
        "testsuite", name=name, tests=len(cases), failures=failures, errors=errors, skipped=0
    )
    return f"  <{inside}>\n{''.join(cases)}  </testsuite>\n"


def _passed(path: str, name: str) -> str:
    return f"    <{tag('testcase', name=name, classname=path)}/>\n"


def _numbered(name: str, seen: Counter[str]) -> str:
    """A name that no other test has, and without lines, which move."""
    seen[name] += 1
    return name if seen[name] == 1 else f"{name} {seen[name]}"


def _finding(finding: Finding, lines: Lines, seen: Counter[str]) -> str:
    """A test called after its rule."""
    name = _numbered(finding.rule, seen)
    line, column = lines.place(finding.span.start)
    case = tag("testcase", name=name, classname=finding.path, file=finding.path, line=line)
    failure = tag("failure", message=finding.message, type=finding.severity)
    told = f"{finding.path}:{line}:{column}: {finding.severity}: {advised(finding)}"
    return f"    <{case}>\n      <{failure}>{text(told)}</failure>\n    </testcase>\n"


def _error(error: Error, seen: Counter[str]) -> str:
    name = _numbered(f"{path_of(error)}: {error.code}", seen)
    case = tag("testcase", name=name, classname=path_of(error))
    failed = tag("error", message=error.message, type=error.code)
    return f"    <{case}>\n      <{failed}>{text(str(error))}</error>\n    </testcase>\n"
