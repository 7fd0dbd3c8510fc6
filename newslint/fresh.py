"""Which findings of a changed article are new, going by an earlier version of it.

A finding is new that meets a new line. That is one which was not there, or which was there but told
readers nothing, or did so in another role: in a comment, a code block, a block quote. Nothing that
stood in an article of another format or language is old.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence

from msgspec.structs import replace

from newslint import git, readers
from newslint.article import BLOCK_QUOTE, Article, Span
from newslint.checker import Result
from newslint.errors import NewslintError
from newslint.finding import Finding
from newslint.fingerprint import Identities
from newslint.linediff import Range, new_lines
from newslint.lines import Lines, split

IsNew = Callable[[Finding], bool]


class Fresh:
    """Two steps of a run: one before anything takes findings away, one after all that does."""

    def __init__(self, top: str, changes: Mapping[str, git.Change]) -> None:
        self._top = top
        self._changes = changes
        self._judges: dict[str, IsNew] = {}

    def first(self, results: Iterator[Result]) -> Iterator[Result]:
        """Among findings that say the same, those come first that are old.

        The baseline and suppressions know a first and a second of them by their order: without this
        a copy further up would pass for what it was copied from.
        """
        self._judges.clear()
        with git.Objects(self._top) as objects:
            for result in results:
                change = self._changes.get(result.path)
                if change is None or not change.blob or not (result.findings or result.waved):
                    yield result
                    continue
                try:
                    before = objects.read(change.blob)
                except NewslintError as error:  # what is new cannot be told: everything may be
                    missing = replace(error.error, path=result.path)
                    yield replace(result, errors=(*result.errors, missing))
                    continue
                article = readers.read_source(result.path, result.source)
                ranges = _new_lines(change.base, before, article)
                self._judges[result.path] = is_new = _judge(ranges, article)
                yield _old_first(result, article, is_new)

    def last(self, results: Iterator[Result]) -> Iterator[Result]:
        """Only the new findings."""
        for result in results:
            is_new = self._judges.pop(result.path, None)
            if is_new is not None:
                result = replace(result, findings=tuple(filter(is_new, result.findings)))
            yield result


def _new_lines(path: str, before: bytes, article: Article) -> list[Range]:
    try:
        earlier = readers.read(path, before).article
    except Exception:  # what was there is no article: all of this one is new
        return new_lines("", article.source)
    if (earlier.format, earlier.language) != (article.format, article.language):
        return new_lines("", article.source)
    return new_lines(_told(earlier), _told(article))


def _told(article: Article) -> str:
    """The lines of the source, each with what it is to readers in front of it."""
    lines = Lines(article.source)
    roles: defaultdict[int, set[str]] = defaultdict(set)
    for block in article.blocks:
        origin = block.origin
        pieces = zip(origin.starts, origin.ends, origin.at, origin.at[1:], strict=False)
        for start, end, begun, done in pieces:
            if 0 < end - start == done - begun:  # as it stands, and no mark-up that is left out
                first, last = lines.place(start)[0], lines.place(end - 1)[0]
                for number in range(first, last + 1):
                    roles[number].add(">" if BLOCK_QUOTE in (block.kind, block.inside) else "=")
    return "\n".join(
        f"{''.join(sorted(roles[number]))}\0{line}" if line else ""
        for number, line in enumerate(split(article.source), 1)
    )


def _old_first(result: Result, article: Article, is_new: IsNew) -> Result:
    """The result with the fingerprints of findings that say the same handed out anew."""
    by_rule: defaultdict[str, list[Finding]] = defaultdict(list)
    for finding in (*result.findings, *result.waved):
        if not finding.whole_article:
            by_rule[finding.rule].append(finding)
    identity = Identities(article)
    given: dict[Finding, str] = {}
    for findings in by_rule.values():
        if len(findings) < 2 or len(set(map(is_new, findings))) < 2:
            continue
        alike: defaultdict[str, list[Finding]] = defaultdict(list)
        for finding in sorted(findings, key=lambda finding: finding.span):
            alike[identity(finding.span)].append(finding)
        for twins in alike.values():
            fingerprints = [finding.fingerprint for finding in twins]
            given.update(zip(sorted(twins, key=is_new), fingerprints, strict=True))
    if not given:
        return result
    left, waved = (
        tuple(replace(f, fingerprint=given.get(f, f.fingerprint)) for f in group)
        for group in (result.findings, result.waved)
    )
    return replace(result, findings=left, waved=waved)


def _judge(ranges: Sequence[Range], article: Article) -> IsNew:
    lines = Lines(article.source)
    starts = [start for start, _ in ranges]

    def meets(span: Span) -> bool:
        """Whether its lines overlap a range, or reach across a gap that lines were taken from."""
        last = lines.place(max(span.start, span.end - 1))[0]
        number = bisect_right(starts, last) - 1
        return number >= 0 and ranges[number][1] >= lines.place(span.start)[0]

    def is_new(finding: Finding) -> bool:
        """Whether a finding, or another place in its article that it names, meets new lines.

        One on the whole article does where there are any: not where a file has only moved.
        """
        if finding.whole_article:
            return bool(ranges)
        own = (related.span for related in finding.related if related.path == finding.path)
        return any(map(meets, (finding.span, *own)))

    return is_new
