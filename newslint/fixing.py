"""Fixes over a run: check, make the edits in memory, check again, until nothing changes.

Nothing is written here. An article's text is held beside the file's, as what stands for the file
in the next round, so that the last round's findings are those of the fixed articles.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence

from msgspec import Struct, field

from newslint import fix, workers
from newslint.checker import Checker, Result, read_file
from newslint.config import Settings
from newslint.errors import Error
from newslint.finding import Finding
from newslint.proof import proved
from newslint.readers.decode import UndecodableError, decode
from newslint.readers.encode import UnencodableError, encode
from newslint.spool import Spool
from newslint.workers import NO_CONTENTS, Each

ROUNDS = 10
"""After so many rounds an article whose text still changes is left as it was."""

Check = Callable[[Mapping[str, bytes]], Iterator[Result]]
"""Checks all articles, with what stands for the files that have changed."""


class Change(Struct):
    """What the rounds have made of one file so far."""

    before: bytes
    after: bytes
    rules: Counter[str]
    """How many findings of each rule were mended."""
    last: tuple[str, ...] = ()
    """The rules whose edits the last round made."""
    rounds: int = 0
    texts: set[int] = field(default_factory=set)
    """Hashes of the texts that the article has had."""


class Fixed(Struct, frozen=True):
    """What came of the rounds."""

    results: Spool[Result]
    """Those of the last round, in the order of the paths."""
    changes: dict[str, Change]
    """By path, in the order of the paths."""
    errors: tuple[Error, ...]


def rounds(check: Check, given: Mapping[str, bytes], unsafe: bool) -> Fixed:
    """Fix until a round makes no edit; `given` holds by path what is not read from the disk."""
    changes: dict[str, Change] = {}
    errors: dict[str, Error] = {}
    while True:
        results, before = Spool(Result), dict(changes)
        now = {**given, **{path: change.after for path, change in changes.items()}}
        moved = False
        for result in check(now):
            results.add(result)
            path = result.path
            if path in errors or not (findings := fix.applicable(result.findings, unsafe)):
                continue
            made = _next(result, findings, given.get(path), before.get(path))
            if isinstance(made, Error):
                errors[path] = made
                moved |= changes.pop(path, None) is not None
            elif made is not None:
                changes[path] = made
                moved = True
        if not moved:
            return Fixed(results, dict(sorted(changes.items())), tuple(errors.values()))


def _next(
    result: Result, findings: Sequence[Finding], given: bytes | None, so_far: Change | None
) -> Change | Error | None:
    """The article with another round of edits; an error where there is no mending it."""
    chosen, text = proved(result.path, result.source, findings)
    if not chosen:
        return None
    rules = Counter(finding.rule for finding in chosen)
    if so_far is None:
        try:
            data = read_file(result.path) if given is None else given
            if decode(data).text != result.source:
                return _changed_meanwhile(result.path)
        except (OSError, UndecodableError):
            return _changed_meanwhile(result.path)
        so_far = Change(data, data, Counter(), texts={hash(result.source)})
    if so_far.rounds == ROUNDS or hash(text) in so_far.texts:
        return _unsettled(result.path, {*rules, *so_far.last})
    try:
        after = encode(text, so_far.before)
    except UnencodableError as error:
        return Error(result.path, "unreadable", f"not fixed: {error}")
    return Change(
        so_far.before, after, so_far.rules + rules, tuple(rules), so_far.rounds + 1,
        {*so_far.texts, hash(text)},
    )  # fmt: skip


def _changed_meanwhile(path: str) -> Error:
    return Error(path, "unreadable", "changed while newslint read it: not fixed, run it again")


def _unsettled(path: str, rules: set[str]) -> Error:
    names = " and ".join(sorted(rules))
    message = (
        f"the fixes of {names} do not settle: the file stays as it was; "
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
        self._results, self._contents = kept, contents
