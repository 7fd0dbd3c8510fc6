"""One article: rules in, findings out."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import accumulate

from newslint.article import OPAQUE, Article, Span
from newslint.errors import Error
from newslint.finding import Finding, Fix, Related
from newslint.kinds.contract import Hit
from newslint.language.sentences import sentences
from newslint.prefilter import Prefilter
from newslint.rule import Ready, fill

MAX_RELATED = 5


class Linter:
    """A set of rules with the prefilter that serves them all: built once, used for many."""

    def __init__(self, rules: Sequence[Ready]) -> None:
        self._rules = tuple(rules)
        self.ids = frozenset(ready.rule.id for ready in self._rules)
        """The rules that run."""
        self.comparing_ids = frozenset(r.rule.id for r in self._rules if r.finder.comparison)
        """Those among them that compare articles."""
        self._prefilter = Prefilter(
            [ready.finder.needs for ready in self._rules],
            [ready.rule.scope for ready in self._rules],
        )

    def check(self, article: Article) -> tuple[list[Finding], list[Error]]:
        """All findings in the order of the rules, and an error for each rule that failed."""
        findings: list[Finding] = []
        errors: list[Error] = []
        for number, clues in self._prefilter.scan(article).items():
            ready = self._rules[number]
            rule, finder = ready.rule, ready.finder
            if rule.language != "any" and article.language != "en":
                continue
            try:
                hits = list(finder.find(article, clues))
            except Exception as error:  # one bad rule must not stop the rest
                reason = f'rule "{rule.id}" failed here: {type(error).__name__}: {error}'
                errors.append(Error(article.path, "crash", reason))
                continue
            findings += [_finding(ready, article, hit) for hit in hits]
        return with_fingerprints(article, findings), errors

    def comparing(self, article: Article) -> Iterator[Ready]:
        """The rules that compare this article with others."""
        for ready in self._rules:
            if ready.finder.comparison and ready.rule.language in ("any", article.language):
                yield ready


def _finding(ready: Ready, article: Article, hit: Hit) -> Finding:
    rule = ready.rule
    values = {name: shown(value) for name, value in hit.values.items()}
    message = fill(rule.message, values)
    if len(hit.related) > MAX_RELATED:
        message += f" (and {len(hit.related) - MAX_RELATED} more places)"
    return Finding(
        rule=rule.id,
        severity=rule.severity,
        message=message,
        path=article.path,
        span=hit.span,
        text=article.source[hit.span.start : hit.span.end],
        fix=Fix(fill(rule.fix, values), hit.edits, ready.safe and bool(hit.edits)),
        related=tuple(
            Related(article.path, span, article.source[span.start : span.end], word)
            for span, word in hit.related[:MAX_RELATED]
        ),
        whole_article=hit.whole_article,
    )


def shown(value: str) -> str:
    """Words of an article as a message shows them: on one line, opaque objects as an ellipsis."""
    return " ".join(value.replace(OPAQUE, "…").split())


def with_fingerprints(article: Article, findings: Sequence[Finding]) -> list[Finding]:
    """Give each finding its fingerprint: rule, sentence, words, and which of several like it."""
    if not findings:
        return []
    seen: Counter[tuple[str, str, str]] = Counter()
    sentence_at = Sentences(article)
    result = []
    for finding in sorted(findings, key=lambda finding: (finding.rule, finding.span)):
        context = "" if finding.whole_article else sentence_at(finding.span)
        words = "" if finding.whole_article else " ".join(finding.text.split())
        key = (finding.rule, context, words)
        fingerprint = digest(*key, str(seen[key]))
        seen[key] += 1
        result.append(_replace(finding, fingerprint))
    return result


def digest(*words: str) -> str:
    """A short fingerprint of some texts."""
    from hashlib import blake2b  # slow to import, and clean copy has no use for it

    return blake2b("\0".join(words).encode("utf-8", "replace"), digest_size=10).hexdigest()


def _replace(finding: Finding, fingerprint: str) -> Finding:
    return Finding(
        finding.rule, finding.severity, finding.message, finding.path, finding.span, finding.text,
        finding.fix, finding.related, finding.whole_article, fingerprint,
    )  # fmt: skip


class Sentences:
    """Tells sentences apart by what they say, without going through the article for each."""

    def __init__(self, article: Article) -> None:
        self._blocks = sorted(
            (block for block in article.blocks if block.text), key=lambda block: block.source_span
        )
        self._starts = [block.source_span.start for block in self._blocks]
        self._reach = list(accumulate((block.source_span.end for block in self._blocks), max))
        self._known: dict[tuple[int, int], str] = {}
        self._ranges: dict[int, list[tuple[int, int]]] = {}

    def __call__(self, span: Span) -> str:
        """A digest of the sentence that a place stands in, white space folded; else nothing."""
        number = bisect_right(self._starts, span.start) - 1
        while number >= 0 and self._reach[number] >= span.end:
            if self._blocks[number].source_span.end >= span.end:
                return self._sentence(number, self._blocks[number].origin.offset(span.start))
            number -= 1
        return ""

    def _sentence(self, number: int, offset: int) -> str:
        text = self._blocks[number].text
        if number not in self._ranges:
            self._ranges[number] = list(sentences(text))
        index = bisect_right(self._ranges[number], (offset, len(text))) - 1
        if index < 0 or offset >= self._ranges[number][index][1]:
            return ""
        if (number, index) not in self._known:
            start, end = self._ranges[number][index]
            self._known[number, index] = digest(" ".join(text[start:end].split()))
        return self._known[number, index]
