"""One article: rules in, findings out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from newslint.article import OPAQUE, Article, Span
from newslint.engines import EngineError
from newslint.errors import Error
from newslint.finding import Finding, Fix, Related
from newslint.fingerprint import with_fingerprints
from newslint.fix.guard import guarded
from newslint.kinds.contract import Hit
from newslint.prefilter import Prefilter
from newslint.rule import Ready, Rule, fill

MAX_RELATED = 5


class Linter:
    """A set of rules with the prefilter that serves them all: built once, used for many."""

    def __init__(self, rules: Sequence[Ready]) -> None:
        self._rules = tuple(rules)
        self.ids = frozenset(ready.rule.id for ready in self._rules)
        """The rules that run."""
        self.comparing_ids = frozenset(r.rule.id for r in self._rules if r.finder.comparison)
        """Those among them that compare articles."""
        self._of_any_language = frozenset(r.rule.id for r in self._rules if is_for(r.rule, ""))
        self._prefilter = Prefilter(
            [ready.finder.needs for ready in self._rules],
            [ready.rule.scope for ready in self._rules],
        )

    def check(self, article: Article) -> tuple[list[Finding], list[Error]]:
        """All findings in the order of the rules, and an error for each rule that failed."""
        findings: list[Finding] = []
        places: list[Sequence[Span]] = []
        errors: list[Error] = []
        for number, clues in self._prefilter.scan(article).items():
            ready = self._rules[number]
            rule, finder = ready.rule, ready.finder
            if not is_for(rule, article.language):
                continue
            try:
                hits = list(finder.find(article, clues))
            except EngineError as error:
                errors.append(error.error(article.path, rule.id))
                continue
            except Exception as error:  # one bad rule must not stop the rest
                reason = f'rule "{rule.id}" failed here: {type(error).__name__}: {error}'
                errors.append(Error(article.path, "crash", reason))
                continue
            findings += [_finding(ready, article, hit) for hit in hits]
            places += [[*(span for span, _ in hit.related), *hit.again] for hit in hits]
        return with_fingerprints(article, findings, places), list(dict.fromkeys(errors))

    def own_ids(self, language: str) -> frozenset[str]:
        """The rules that look at articles of a language and compare them with no others."""
        ids = self.ids if language == "en" else self._of_any_language
        return ids - self.comparing_ids

    def comparing(self, article: Article) -> Iterator[Ready]:
        """The rules that compare this article with others."""
        for ready in self._rules:
            if ready.finder.comparison and is_for(ready.rule, article.language):
                yield ready


def is_for(rule: Rule, language: str) -> bool:
    """Whether the rule runs on articles of a language."""
    return rule.language in ("any", language)


def _finding(ready: Ready, article: Article, hit: Hit) -> Finding:
    rule = ready.rule
    values = {name: shown(value) for name, value in hit.values.items()}
    message = fill(rule.message, values)
    safe = ready.safe and not hit.doubtful
    edits = guarded(article, hit.edits, safe=safe, proper=hit.proper)
    if len(hit.related) > MAX_RELATED:
        message += f" (and {len(hit.related) - MAX_RELATED} more places)"
    return Finding(
        rule=rule.id,
        severity=rule.severity,
        message=message,
        path=article.path,
        span=hit.span,
        text=article.source[hit.span.start : hit.span.end],
        fix=Fix(fill(rule.fix, values), edits, safe and bool(edits)),
        related=tuple(
            Related(article.path, span, article.source[span.start : span.end], word)
            for span, word in hit.related[:MAX_RELATED]
        ),
        whole_article=hit.whole_article,
    )


def shown(value: str) -> str:
    """Words of an article as a message shows them: on one line, opaque objects as an ellipsis."""
    return " ".join(value.replace(OPAQUE, "…").split())
