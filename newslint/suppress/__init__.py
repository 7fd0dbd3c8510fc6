"""Suppressions: findings that somebody has looked at and waved on, with a reason.

They stand in the config (`ignores`) or in the article (`suppress/forms.py`). Those that do nothing
are findings themselves, which no suppression in the copy can wave on: a newsroom switches such a
rule off in its config.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import accumulate

from msgspec import Struct
from msgspec.structs import replace

from newslint.article import Article
from newslint.errors import unknown
from newslint.finding import Edit, Finding, Fix
from newslint.fingerprint import with_fingerprints
from newslint.lint import shown
from newslint.rule import Rule, fill
from newslint.suppress.forms import Suppression, has_words, of

UNREADY = ("malformed", "without-reason")
"""Checks that a suppression fails although somebody wants it to hold."""
HINTS = 100
"""Unknown names in one article that are compared with those of all rules, which is slow."""


class Terms(Struct, frozen=True):
    """What decides whether a suppression holds."""

    names: Mapping[str, str]
    """Every known rule id and alias -> the id."""
    today: date
    require_reason: bool = False
    """Without a reason it does not hold."""

    def against(self, suppression: Suppression) -> str:
        """The check that the suppression fails and so does not hold, or nothing."""
        if suppression.rule not in self.names:
            return "unknown"
        if suppression.fault:
            return "malformed"
        if suppression.until and suppression.until < self.today:
            return "expired"
        if self.require_reason and not has_words(suppression.reason):
            return "without-reason"
        return ""


class Applied(Struct, frozen=True):
    """What suppressions leave of an article's findings."""

    findings: list[Finding]
    """Those that are left, with those about the suppressions themselves."""
    count: int = 0
    """How many went."""
    waved: tuple[Finding, ...] = ()
    """Those that went by the article's own word, and not by that of the config."""
    own: tuple[Suppression, ...] = ()
    """The article's own suppressions, those that hold."""


def apply(
    article: Article, findings: Sequence[Finding], configured: Iterable[Suppression],
    ran: frozenset[str], terms: Terms, judges: Mapping[str, Rule],
) -> Applied:  # fmt: skip
    """Take out what is suppressed, and judge the suppressions.

    `ran` are the rules that ran, for only their suppressions can be called unused; `judges` are the
    rules of kind `suppression` by check.
    """
    found = [*configured, *of(article)]
    if not found:
        return Applied(list(findings))
    against = [terms.against(suppression) for suppression in found]
    used, gone = _taken(found, against, findings, terms.names)
    for number, suppression in enumerate(found):
        idle = not against[number] and number not in used
        if idle and terms.names[suppression.rule] in ran:
            against[number] = "unused"
    every = gone[True] | gone[False]
    meant = _meant(found, against, findings, terms)
    left = [
        replace(finding, fix=replace(finding.fix, safe=False)) if number in meant else finding
        for number, finding in enumerate(findings)
        if number not in every
    ]
    judged = with_fingerprints(article, list(_judged(article, found, against, terms, judges)))
    waved = tuple(findings[number] for number in sorted(gone[False] - gone[True]))
    holding = zip(found, against, strict=True)
    own = tuple(s for s, check in holding if check in ("", "unused") and not s.in_config)
    return Applied(left + judged, len(every), waved, own)


def _taken(
    found: Sequence[Suppression], against: Sequence[str], findings: Sequence[Finding],
    names: Mapping[str, str],
) -> tuple[set[int], dict[bool, set[int]]]:  # fmt: skip
    """Suppressions that cover a finding, and findings covered by the config (True), the article."""
    by_rule: dict[str, tuple[list[int], list[int]]] = {}
    for number, suppression in enumerate(found):
        if not against[number]:
            by_rule.setdefault(names[suppression.rule], ([], []))[0].append(number)
    for number, finding in enumerate(findings):
        if finding.rule in by_rule:
            by_rule[finding.rule][1].append(number)
    used: set[int] = set()
    gone: dict[bool, set[int]] = {True: set(), False: set()}
    for of_rule, places in by_rule.values():
        there = {n: findings[n] for n in places}
        for in_config, taken in gone.items():
            chosen = {n: found[n] for n in of_rule if found[n].in_config == in_config}
            _match(chosen, there, used, taken)
    return used, gone


def _meant(
    found: Sequence[Suppression], against: Sequence[str], findings: Sequence[Finding], terms: Terms
) -> set[int]:
    """Findings, by number, that somebody meant to wave on, but not as it must be written.

    No fix may change such words before a person has looked at them.
    """
    waved = [s for s, check in zip(found, against, strict=True) if check in UNREADY]
    return matched(waved, findings, terms.names)[1]


def matched(
    suppressions: Sequence[Suppression], findings: Iterable[Finding], names: Mapping[str, str]
) -> tuple[set[int], set[int]]:
    """Which of the suppressions cover a finding, and which of the findings they cover: numbers."""
    used: set[int] = set()
    covered: set[int] = set()
    by_rule: dict[str, dict[int, Finding]] = {}
    for number, finding in enumerate(findings):
        by_rule.setdefault(finding.rule, {})[number] = finding
    for rule, places in by_rule.items():
        chosen = {n: s for n, s in enumerate(suppressions) if names.get(s.rule) == rule}
        _match(chosen, places, used, covered)
    return used, covered


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


def _judged(
    article: Article, found: Sequence[Suppression], against: Sequence[str], terms: Terms,
    judges: Mapping[str, Rule],
) -> Iterator[Finding]:  # fmt: skip
    """A finding for each suppression that does nothing, where a rule says so."""
    judged = [
        number
        for number, check in enumerate(against)
        if check in judges and (found[number].exact or not found[number].in_config)
    ]
    dead = [number for number in judged if against[number] in ("unused", "expired")]
    edits: Mapping[int, tuple[Edit, ...]] = {}
    if dead:
        from newslint.suppress.fixes import removals  # seldom needed

        edits = removals(article, found, dead)
    hints = HINTS
    for number in judged:
        suppression, check = found[number], against[number]
        name = suppression.rule
        if check == "unknown":
            hint = unknown("rule", name, terms.names if hints > 0 else ())
            match, name = (hint, name) if name else ("no rule is named", "nothing")
            hints -= 1
        else:
            match = suppression.fault or terms.names[name]
        values = {"name": name, "match": match, "until": str(suppression.until or "")}
        yield _finding(judges[check], article, suppression, values, edits.get(number, ()))


def _finding(
    rule: Rule, article: Article, suppression: Suppression, values: dict[str, str],
    edits: tuple[Edit, ...],
) -> Finding:  # fmt: skip
    span = article.anchor() if suppression.in_config else suppression.place
    values = {key: shown(value) for key, value in values.items()}
    values["where"] = " in newslint.yml" if suppression.in_config else ""
    return Finding(
        rule=rule.id,
        severity=rule.severity,
        message=fill(rule.message, values),
        path=article.path,
        span=span,
        text=article.source[span.start : span.end],
        fix=Fix(fill(rule.fix, values), edits, bool(edits)),
        whole_article=suppression.in_config,
    )
