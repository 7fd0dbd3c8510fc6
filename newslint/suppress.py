"""Suppressions: findings that somebody has looked at and waved on, with a reason.

They stand in the config (`ignores`), in the front matter (`newslint: {ignore: {RULE: reason}}`), or
in the copy as comments: `<!-- newslint-ignore RULE -- reason -->` on a line of its own covers the
next block, `newslint-ignore-start` and `-end` a range, `newslint-ignore-file` the file.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping, Sequence
from itertools import accumulate

from msgspec import Struct

from newslint.article import Article, Comment, Span
from newslint.errors import unknown
from newslint.finding import Finding, Fix
from newslint.later import compiled_later
from newslint.lint import with_fingerprints
from newslint.rule import Rule, fill

_DIRECTIVE = compiled_later(
    r"newslint-ignore(?P<form>-start|-end|-file)?(?![\w-])(?:\s+(?!--)(?P<rules>.*?))?(?:\s+--\s*(?P<reason>.*))?",
    re.DOTALL,
)
_FRONT_MATTER = "newslint.ignore"

HINTS = 100
"""Unknown names in one article that are compared with those of all rules, which is slow."""


class Suppression(Struct, frozen=True):
    """One rule waved on in one range of one article, or in the whole of it."""

    rule: str
    reason: str
    covers: Span
    """The range whose findings are suppressed; the whole source for file, front matter, config."""
    place: Span
    """Where the suppression itself stands."""
    whole: bool = False
    text: str | None = None
    """From the config: only findings whose text this is."""
    in_config: bool = False
    exact: bool = False
    """From the config, for one path and not for a glob: then it can be unused."""


def apply(
    article: Article, findings: Sequence[Finding], configured: Iterable[Suppression],
    ran: frozenset[str], names: Mapping[str, str], judges: Mapping[str, Rule],
) -> tuple[list[Finding], int]:  # fmt: skip
    """The findings that are left, with those about the suppressions themselves, and how many went.

    `names` maps every known rule id and alias to its id; `ran` are the rules that ran, for only
    their suppressions can be called unused; `judges` are the rules of kind `suppression` by check.
    """
    found = [*configured, *of(article)]
    if not found:
        return list(findings), 0
    by_rule: dict[str, tuple[list[int], list[int]]] = {}
    for number, suppression in enumerate(found):
        if name := names.get(suppression.rule):
            by_rule.setdefault(name, ([], []))[0].append(number)
    for number, finding in enumerate(findings):
        if finding.rule in by_rule:
            by_rule[finding.rule][1].append(number)
    used: set[int] = set()
    gone: set[int] = set()
    for of_rule, places in by_rule.values():
        _match({n: found[n] for n in of_rule}, {n: findings[n] for n in places}, used, gone)
    left = [finding for number, finding in enumerate(findings) if number not in gone]
    own = list(_judge(article, found, used, ran, names, judges))
    return left + with_fingerprints(article, own), len(gone)


def of(article: Article) -> Iterable[Suppression]:
    """What the article itself suppresses, in its front matter and in comments."""
    yield from _in_front_matter(article)
    yield from _in_comments(article)


def _match(
    suppressions: Mapping[int, Suppression], findings: Mapping[int, Finding],
    used: set[int], gone: set[int],
) -> None:  # fmt: skip
    """Of one rule: add to `used` the suppressions that cover a finding, to `gone` what they cover.

    Hostile copy may hold a hundred thousand of both, so they are not compared pair by pair.
    """
    by_text: dict[str, list[int]] = {}
    for number, finding in findings.items():
        by_text.setdefault(" ".join(finding.text.split()), []).append(number)
    local = sorted((f.span.start, n) for n, f in findings.items() if not f.whole_article)
    starts = [start for start, _ in local]
    depth = [0] * (len(local) + 1)
    everything = False
    for number, suppression in suppressions.items():
        if suppression.text is not None:
            covered = by_text.get(" ".join(suppression.text.split()), [])
            gone.update(covered)
        elif suppression.whole:
            everything, covered = True, list(findings)[:1]
        else:
            start, end = suppression.covers
            first, last = bisect_left(starts, start), bisect_left(starts, max(end, start + 1))
            depth[first] += 1
            depth[last] -= 1
            covered = [0] * (last > first)
        if covered:
            used.add(number)
    gone.update(
        findings
        if everything
        else (n for (_, n), d in zip(local, accumulate(depth), strict=False) if d)
    )


def _in_front_matter(article: Article) -> Iterable[Suppression]:
    everything = Span(0, len(article.source))
    prefix = _FRONT_MATTER + "."
    for key, field in article.meta.items():
        if key.startswith(prefix):
            yield Suppression(
                key[len(prefix) :], str(field.value or ""), everything, field.key, True
            )
        elif key == _FRONT_MATTER and field.value:
            rules = field.value if isinstance(field.value, list) else [field.value]
            for rule in rules:
                yield Suppression(str(rule), "", everything, field.span, True)


def _in_comments(article: Article) -> Iterable[Suppression]:
    opened: dict[str, tuple[Comment, str]] = {}
    next_block = _NextBlock(article)
    end_of_copy = len(article.source)
    for comment in sorted(article.comments, key=lambda comment: comment.span):
        match = _DIRECTIVE.fullmatch(comment.text)
        if match is None:
            continue
        form, reason = match["form"] or "", match["reason"] or ""
        for rule in re.split(r"[,\s]+", (match["rules"] or "").strip()):
            if form == "-start":
                opened.setdefault(rule, (comment, reason))
            elif form == "-end" and rule in opened:
                first, why = opened.pop(rule)
                yield Suppression(rule, why, Span(first.span.end, comment.span.start), first.span)
            elif form == "-file":
                yield Suppression(rule, reason, Span(0, end_of_copy), comment.span, True)
            else:
                covers = next_block(comment) if not form else Span(-1, -1)
                yield Suppression(rule, reason, covers, comment.span)
    for rule, (comment, reason) in opened.items():
        yield Suppression(rule, reason, Span(comment.span.end, end_of_copy), comment.span)


class _NextBlock:
    """Tells what a comment covers: from it to the end of the block or picture below it."""

    def __init__(self, article: Article) -> None:
        self._source = article.source
        spans = [block.source_span for block in article.blocks]
        self._spans = sorted([*spans, *(image.span for image in article.images)])
        self._ends: dict[int, int] = {}
        """By the number of the first span, for many comments may stand above one block."""

    def __call__(self, comment: Comment) -> Span:
        """The range; a comment within a line covers nothing."""
        first = bisect_left(self._spans, (comment.span.end, 0))
        if not comment.own_line or first == len(self._spans):
            return Span(-1, -1)
        if first not in self._ends:
            last = bisect_right(self._spans, (self._spans[first].end, len(self._source)))
            end = max(span.end for span in self._spans[first:last])
            line_end = self._source.find("\n", end)
            self._ends[first] = len(self._source) if line_end < 0 else line_end
        return Span(comment.span.end, self._ends[first])


def _judge(
    article: Article, found: Sequence[Suppression], used: set[int], ran: frozenset[str],
    names: Mapping[str, str], judges: Mapping[str, Rule],
) -> Iterable[Finding]:  # fmt: skip
    hints = HINTS
    for number, suppression in enumerate(found):
        if suppression.in_config and not suppression.exact:
            continue
        name = names.get(suppression.rule)
        if name is None:
            if rule := judges.get("unknown"):
                shown = suppression.rule or "nothing"
                hint = unknown("rule", shown, names if hints > 0 else ())
                hint = hint if suppression.rule else "no rule is named"
                hints -= 1
                yield _finding(rule, article, suppression, {"name": shown, "match": hint})
        elif number not in used and name in ran and (rule := judges.get("unused")):
            yield _finding(rule, article, suppression, {"name": suppression.rule, "match": name})


def _finding(
    rule: Rule, article: Article, suppression: Suppression, values: dict[str, str]
) -> Finding:
    span = article.anchor() if suppression.in_config else suppression.place
    if suppression.in_config:
        values = {**values, "name": f"{values['name']} in newslint.yml"}
    return Finding(
        rule=rule.id,
        severity=rule.severity,
        message=fill(rule.message, values),
        path=article.path,
        span=span,
        text=article.source[span.start : span.end],
        fix=Fix(fill(rule.fix, values)),
        whole_article=suppression.in_config,
    )
