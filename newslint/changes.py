"""`--changed-since`: only the articles that a branch has changed, and only the changed lines.

What has changed is what differs from the commit where the branch left the other one: committed,
staged, unstaged and untracked files.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from msgspec import Struct
from msgspec.structs import replace

from newslint import files, git
from newslint.article import Span
from newslint.checker import Result
from newslint.errors import Error, NewslintError
from newslint.files import Found
from newslint.finding import Finding
from newslint.linediff import Range, new_lines
from newslint.lines import Lines
from newslint.readers import UndecodableError, decode

Place = Callable[[Span], tuple[int, int]]


class Changes(Struct, frozen=True):
    """What differs from a commit, in one repository."""

    ref: str
    """As the user called the other branch."""
    top: str
    files: Mapping[str, git.Change]
    """By path from the top of the repository."""


class Chosen(Struct, frozen=True):
    """Changed articles among those that the command line names."""

    found: Found
    changes: Mapping[str, git.Change]
    """By path as `found` has it."""
    top: str

    def only_new(self, results: Iterator[Result]) -> Iterator[Result]:
        """A step: the findings that meet a new line, or are about an article that has one."""
        with git.Objects(self.top) as objects:
            for result in results:
                change = self.changes.get(result.path)
                if change is None or not change.blob or not result.findings:
                    yield result
                    continue
                try:
                    ranges = _new_lines(objects.read(change.blob), result.source)
                except NewslintError as error:  # what is new cannot be told: everything may be
                    missing = replace(error.error, path=result.path)
                    yield replace(result, errors=(*result.errors, missing))
                    continue
                place = _lines_of(result.source)
                left = tuple(f for f in result.findings if _concerns(f, ranges, place))
                yield replace(result, findings=left)


def since(ref: str, folder: str) -> Changes:
    """What has changed since the branch left `ref`. Raises `NewslintError` with the remedy."""
    top = git.top_of(folder)
    changed = git.changed(top, git.merge_base(top, ref))
    return Changes(ref, top, {change.path: change for change in changed})


def choose(changes: Changes, paths: Sequence[str], wanted: Callable[[str], bool]) -> Chosen:
    """The changed articles at or below `paths` that `wanted` (the config's globs) lets through."""
    given, errors = _named(paths, changes.top, changes.files)
    found = files.find(list(given), wanted) if given else files.NOTHING
    quiet = found.paths or errors or found.errors
    notices = () if quiet else found.notices or (_nothing(changes),)
    chosen = {path: given[path] for path in found.paths}
    return Chosen(Found(found.paths, (*errors, *found.errors), notices), chosen, changes.top)


def find_tracked(paths: Sequence[str], wanted: Callable[[str], bool], top: str) -> Found:
    """What `files.find` finds, and what git keeps there although a `.gitignore` names it."""
    found = files.find(paths, wanted)
    kept, _ = _named(paths, top, {path: git.Change(path) for path in git.tracked(top)})
    known = set(map(os.path.normpath, found.paths))
    hidden = [p for p in kept if os.path.normpath(p) not in known and os.path.lexists(p)]
    more = files.find(hidden, wanted) if hidden else files.NOTHING
    errors = (*found.errors, *more.errors)
    return Found(tuple(sorted((*found.paths, *more.paths))), errors, found.notices)


def _named(
    paths: Sequence[str], top: str, known: Mapping[str, git.Change]
) -> tuple[dict[str, git.Change], list[Error]]:
    """Those files of a repository that lie at or below some paths, named as a walk names them."""
    given: dict[str, git.Change] = {}
    errors: list[Error] = []
    for path in files.resolved(paths):
        if not os.path.lexists(path):
            errors.append(files.missing(path))
            continue
        where = os.path.relpath(_real(path), top).replace(os.sep, "/")
        if where.split("/")[0] == os.pardir:
            message = f'lies outside the git repository at "{top}": nothing to compare it with'
            errors.append(Error(path, "unreadable", message))
            continue
        given.update(_below(path, where, known))
    return given, errors


def _nothing(changes: Changes) -> str:
    return f"nothing to check: no article here has changed since {changes.ref}"


def _real(path: str) -> str:
    """Where a path leads; a file that is a link is a file of its own to git."""
    if os.path.isdir(path):
        return os.path.realpath(path)
    folder, name = os.path.split(os.path.abspath(path))
    return os.path.join(os.path.realpath(folder), name)


def _below(
    given: str, where: str, changed: Mapping[str, git.Change]
) -> Iterator[tuple[str, git.Change]]:
    """What has changed at a given path, which git knows as `where`; named as a walk names it."""
    if not os.path.isdir(given):
        if where in changed:
            yield given.replace(os.sep, "/"), changed[where]
        return
    prefix = "" if where == os.curdir else where + "/"
    for path, change in changed.items():
        if path.startswith(prefix):
            name = path[len(prefix) :]
            if files.walked(name):
                joined = name if given == os.curdir else os.path.join(given, name)
                yield joined.replace(os.sep, "/"), change


def _new_lines(before: bytes, source: str) -> list[Range]:
    try:
        return new_lines(decode(before).text, source)
    except UndecodableError:  # was no text: all of it is new
        return new_lines("", source)


def _lines_of(source: str) -> Place:
    lines = Lines(source)

    def place(span: Span) -> tuple[int, int]:
        """The first and the last line that a span touches."""
        last = max(span.start, span.end - 1)
        return lines.place(span.start)[0], lines.place(last)[0]

    return place


def _concerns(finding: Finding, ranges: Sequence[Range], place: Place) -> bool:
    """Whether a finding, or another place in its article that it names, meets new lines.

    One on the whole article does where there are any: not where a file has only moved.
    """
    if finding.whole_article:
        return bool(ranges)
    own = (related.span for related in finding.related if related.path == finding.path)
    return any(_meets(place(span), ranges) for span in (finding.span, *own))


def _meets(lines: tuple[int, int], ranges: Iterable[Range]) -> bool:
    """Whether lines overlap a range, or reach across a gap that lines were taken from."""
    first, last = lines
    return any(first <= end and start <= last for start, end in ranges)
