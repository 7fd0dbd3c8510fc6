"""Fixes over a run: check, make the edits in memory, check again, until nothing changes.

Nothing is written here. An article's text is held beside the file's, as what stands for the file
in the next round, so that the last round's findings are those of the fixed articles.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence

from msgspec import Struct

from newslint import fix, workers
from newslint.checker import Checker, Result, read_file
from newslint.config import Settings
from newslint.errors import Error, NewslintError
from newslint.finding import Finding
from newslint.fix.proof import UnprovenError, proved
from newslint.readers.decode import UndecodableError, decode
from newslint.readers.encode import UnencodableError, encode
from newslint.spool import Spool
from newslint.workers import NO_CONTENTS, Each

ROUNDS = 10
"""After so many rounds the rules that still change an article are left out of it."""

Check = Callable[[Mapping[str, bytes]], Iterator[Result]]
"""Checks all articles, with what stands for the files that have changed."""


class Change(Struct):
    """What the rounds have made of one file so far."""

    before: bytes
    after: bytes
    rules: Counter[str]
    """How many findings of each rule were mended."""
    trail: tuple[tuple[int, frozenset[str]], ...] = ()
    """For each round a hash of the text before it, and the rules whose edits it made."""

    @property
    def rounds(self) -> int:
        """How many rounds changed it."""
        return len(self.trail)


class Fixed(Struct, frozen=True):
    """What came of the rounds."""

    results: Spool[Result]
    """Those of the last round, in the order of the paths."""
    changes: dict[str, Change]
    """By path, in the order of the paths."""
    errors: tuple[Error, ...]


class _UnsettledError(Exception):
    """An article whose text comes back, or goes on for ever; carries the rules that do it."""

    def __init__(self, rules: set[str]) -> None:
        super().__init__()
        self.rules = rules


def rounds(check: Check, given: Mapping[str, bytes], unsafe: bool) -> Fixed:
    """Fix until a round makes no edit; `given` holds by path what is not read from the disk."""
    changes: dict[str, Change] = {}
    errors: dict[str, Error] = {}
    barred: dict[str, set[str]] = {}
    while True:
        results, before = Spool(Result), dict(changes)
        for result in check({**given, **{path: c.after for path, c in changes.items()}}):
            results.add(result)
            path = result.path
            findings = [
                finding
                for finding in fix.applicable(result.findings, unsafe)
                if path not in errors and finding.rule not in barred.get(path, ())
            ]
            try:
                made = _next(result, findings, given.get(path), before.get(path))
            except _UnsettledError as unsettled:  # from the start again without these rules
                barred.setdefault(path, set()).update(unsettled.rules)
                changes.pop(path, None)
            except NewslintError as error:
                errors[path] = error.error
                changes.pop(path, None)
            else:
                changes.update({path: made} if made else {})
        if changes == before:
            told = (*errors.values(), *(_unsettled(p, rules) for p, rules in barred.items()))
            return Fixed(results, dict(sorted(changes.items())), told)


def _next(
    result: Result, findings: Sequence[Finding], given: bytes | None, so_far: Change | None
) -> Change | None:
    """The article with another round of edits. Raises where there is no mending it."""
    if not findings:
        return None
    try:
        chosen, text = proved(result.path, result.source, findings)
    except UnprovenError:
        reason = "its fixes would change more than the words they are about; fix it by hand"
        raise _not_fixed(result.path, reason) from None
    if not chosen:
        return None
    rules = Counter(finding.rule for finding in chosen)
    so_far = so_far or _begun(result, given)
    trail = (*so_far.trail, (hash(result.source), frozenset(rules)))
    again = [number for number, (was, _) in enumerate(trail) if was == hash(text)]
    if again or so_far.rounds == ROUNDS:
        first = again[0] if again else ROUNDS - 1
        raise _UnsettledError(set().union(*(made for _, made in trail[first:])))
    try:
        after = encode(text, so_far.before)
    except UnencodableError as error:
        raise _not_fixed(result.path, str(error)) from None
    return Change(so_far.before, after, so_far.rules + rules, trail)


def _begun(result: Result, given: bytes | None) -> Change:
    """The article before the first edit."""
    try:
        data = read_file(result.path) if given is None else given
        same = decode(data).text == result.source
    except (OSError, UndecodableError):
        same = False
    if not same:
        raise _not_fixed(result.path, "it has changed since newslint read it; run it again")
    return Change(data, data, Counter())


def _not_fixed(path: str, reason: str) -> NewslintError:
    return NewslintError(Error(path, "unreadable", f"not fixed: {reason}"))


def _unsettled(path: str, rules: set[str]) -> Error:
    names = " and ".join(sorted(rules))
    message = (
        f"the fixes of {names} do not settle, so none of them is made in this file; "
        "turn one of the rules off here, or fix it by hand"
    )
    return Error(path, "rule", message)


class OnlyAnew:
    """Checks articles as `workers.each` does, but those that have not changed only once."""

    def __init__(self, each: Each = workers.each) -> None:
        self._each = each
        self._results: Spool[Result] | None = None
        self._contents: Mapping[str, bytes] = {}

    def __call__(
        self, paths: Sequence[str], settings: Settings, checker: Checker, jobs: int | None,
        only_facts: bool = False, contents: Mapping[str, bytes] = NO_CONTENTS,
    ) -> Iterator[Result]:  # fmt: skip
        """The results in the order of the paths, which are the same at every call."""
        if only_facts:
            yield from self._each(paths, settings, checker, jobs, True, contents)
            return
        known, kept = self._results, Spool(Result)
        anew = [p for p in paths if known is None or contents.get(p) != self._contents.get(p)]
        fresh = self._each(anew, settings, checker, jobs, contents=contents)
        wanted = frozenset(anew)
        for path, result in zip(paths, known or [None] * len(paths), strict=True):
            now = next(fresh) if path in wanted or result is None else result
            kept.add(now)
            yield now
        yield from fresh  # none is left: this ends the workers
        self._results, self._contents = kept, contents
