"""A run: files in, one result an article out, in the order of the paths."""

from __future__ import annotations

import itertools
import os
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from newslint import globs, workers
from newslint.checker import Admit, Checker, NewSuppression, Result, as_it_is
from newslint.config import Settings, relative
from newslint.errors import Error
from newslint.files import NOTHING, Found, find
from newslint.finding import SEVERITIES
from newslint.workers import NO_CONTENTS, Each

if TYPE_CHECKING:
    from newslint.cache import Cache

Step = Callable[[Iterator[Result]], Iterator[Result]]
"""Takes the results of a run and passes them on, changed; each call begins anew."""

Find = Callable[[Sequence[str], Callable[[str], bool]], Found]
"""Takes paths and what lets files through (the config's globs), like `files.find`."""


class Tally:
    """Counts what passes through, so that a report can be written while the run goes on."""

    def __init__(self, errors: Iterable[Error] = (), notices: Iterable[str] = ()) -> None:
        self.errors = dict.fromkeys(errors)
        self.notices = [("", notice) for notice in notices]
        self.articles = 0
        self.failed = sum(error.code == "unreadable" for error in self.errors)
        """Files, and what was given as one, that could not be checked."""
        self.suppressed = 0
        self.baselined = 0
        self.new_suppressions: list[NewSuppression] = []
        """Those that count for nothing, since the commit that has the say does not know them."""
        self.fixable = 0
        self.severities = Counter(dict.fromkeys(SEVERITIES, 0))
        self.rules: Counter[str] = Counter()
        self.safely_fixable = 0
        self.fixed: dict[str, Counter[str]] = {}
        """By path: how many findings of each rule have been mended."""
        self.fix_only = False
        """What remains was not asked for."""
        self.grown: list[str] = []
        """Rules with more findings than the baseline lets them have, each with a word on it."""

    def count(self, results: Iterable[Result]) -> Iterator[Result]:
        """Pass the results on, counted."""
        for result in results:
            self.articles += result.checked
            self.failed += not result.checked
            self.suppressed += result.suppressed
            self.baselined += result.baselined
            self.new_suppressions += result.new_suppressions
            self.errors.update(dict.fromkeys(result.errors))
            self.notices += [(result.path, notice) for notice in result.notices]
            for finding in result.findings:
                self.severities[finding.severity] += 1
                self.rules[finding.rule] += 1
                self.fixable += bool(finding.fix.edits)
                self.safely_fixable += finding.fix.safe
            yield result

    def exit_code(self, fail_on: str, max_warnings: int | None, exit_zero: bool) -> int:
        """0 clean, 1 findings that fail the run, 2 something could not be checked."""
        if self.errors:
            return 2
        failing = SEVERITIES[: SEVERITIES.index(fail_on) + 1] if fail_on != "never" else ()
        too_many = max_warnings is not None and self.severities["warning"] > max_warnings
        found = too_many or self.grown or any(self.severities[severity] for severity in failing)
        return 1 if found and not exit_zero else 0


def check(
    paths: Sequence[str], settings: Settings, checker: Checker, jobs: int | None = None,
    cache: Cache | None = None, watch: Step = iter, contents: Mapping[str, bytes] = NO_CONTENTS,
    steps: Sequence[Step] = (), each: Each | None = None, admit: Admit = as_it_is,
    find: Find = find,
) -> Iterator[Result]:  # fmt: skip
    """The results of all files, in the order of the paths, with `jobs` workers (None: by size).

    Where articles are compared, files of the corpus that cannot be read follow. `watch` sees the
    articles pass; `contents` holds by path what stands for a file; `steps` (baseline, changed
    lines) then take findings away, in this order. `each` checks the articles one by one; `admit`
    says what of an article's record is compared, and `find` which files there are.
    """
    each = each or each_of(cache)
    results = watch(each(paths, settings, checker, jobs, contents=contents))
    others = _corpus(settings, paths, find) if checker.comparing and paths else NOTHING
    if len(paths) + len(others.paths) > 1 and checker.comparing:
        from newslint import together  # not needed where nothing is compared

        def facts(paths: Sequence[str]) -> Iterator[Result]:
            return each(paths, settings, checker, jobs, only_facts=True, contents=contents)

        against = others.paths
        results = together.compared(results, checker, against, facts, cache, contents, admit)
    results = itertools.chain(results, (_failed(error) for error in others.errors))
    for step in steps:
        results = step(results)
    return results


def each_of(cache: Cache | None) -> Each:
    """What checks articles one by one: from the cache where there is one."""
    return cache.each if cache else workers.each


def _failed(error: Error) -> Result:
    return Result(error.path, False, errors=(error,))


def _corpus(settings: Settings, given: Sequence[str], find: Find) -> Found:
    """The files that `corpus:` names and that were not given."""
    corpus = settings.config.corpus
    if not corpus:
        return NOTHING
    known = {relative(settings, path) for path in given}

    def wanted(path: str) -> bool:
        name = relative(settings, path)
        return name not in known and globs.matches(corpus, name)

    roots = sorted({globs.fixed_part(glob) for glob in corpus})
    found = find([os.path.relpath(settings.base / root, settings.cwd) for root in roots], wanted)
    return Found(found.paths, found.errors, ())
