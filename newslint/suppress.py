"""Suppressions: findings that somebody has looked at and waved on, with a reason.

They stand in the config (`ignores`), in the front matter (`newslint: {ignore: {RULE: reason}}`), or
in the copy as comments: `<!-- newslint-ignore RULE -- reason -->` on a line of its own covers the
next block, `newslint-ignore-start` and `-end` a range, `newslint-ignore-file` the file.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from msgspec import Struct

from newslint.article import Article, Comment, Span
from newslint.errors import unknown
from newslint.finding import Finding, Fix
from newslint.rule import Rule, fill

_DIRECTIVE = re.compile(
    r"newslint-ignore(?P<form>-start|-end|-file)?(?![\w-])(?:\s+(?!--)(?P<rules>.*?))?(?:\s+--\s*(?P<reason>.*))?",
    re.DOTALL,
)
_FRONT_MATTER = "newslint.ignore"


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
    found = [*configured, *_in_front_matter(article), *_in_comments(article)]
    used: set[int] = set()
    left = []
    for finding in findings:
        hits = {n for n, s in enumerate(found) if _covers(s, finding, names)}
        used |= hits
        if not hits:
            left.append(finding)
    own = list(_judge(article, found, used, ran, names, judges))
    return left + own, len(findings) - len(left)


def _covers(suppression: Suppression, finding: Finding, names: Mapping[str, str]) -> bool:
    if names.get(suppression.rule) != finding.rule:
        return False
    if suppression.text is not None and suppression.text.split() != finding.text.split():
        return False
    if suppression.whole:
        return True
    start, end = suppression.covers
    return not finding.whole_article and start <= finding.span.start < max(end, start + 1)


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
                covers = _next_block(article, comment) if not form else Span(-1, -1)
                yield Suppression(rule, reason, covers, comment.span)
    for rule, (comment, reason) in opened.items():
        yield Suppression(rule, reason, Span(comment.span.end, end_of_copy), comment.span)


def _next_block(article: Article, comment: Comment) -> Span:
    """From the comment to the end of the block below it; a comment within a line covers nothing."""
    if not comment.own_line:
        return Span(-1, -1)
    after = [b.source_span for b in article.blocks if b.source_span.start >= comment.span.end]
    images = [i.span for i in article.images if i.span.start >= comment.span.end]
    if not after and not images:
        return Span(-1, -1)
    first = min(after + images)
    end = max(span.end for span in after + images if span.start <= first.end)
    line_end = article.source.find("\n", end)
    return Span(comment.span.end, len(article.source) if line_end < 0 else line_end)


def _judge(
    article: Article, found: Sequence[Suppression], used: set[int], ran: frozenset[str],
    names: Mapping[str, str], judges: Mapping[str, Rule],
) -> Iterable[Finding]:  # fmt: skip
    for number, suppression in enumerate(found):
        if suppression.in_config and not suppression.exact:
            continue
        name = names.get(suppression.rule)
        if name is None:
            if rule := judges.get("unknown"):
                shown = suppression.rule or "nothing"
                hint = unknown("rule", shown, names) if suppression.rule else "no rule is named"
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
