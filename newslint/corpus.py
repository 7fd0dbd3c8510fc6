"""Many articles: what each contributes to comparisons, and what the comparisons find.

An article's contribution is plain data, small, and kept as bytes: facts for each rule that compares
articles, the places they stand at, and what the article suppresses. Nothing here depends on the
order in which articles arrive.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import islice

import msgspec
from msgspec import Struct

from newslint.article import Article, Span
from newslint.errors import Error
from newslint.finding import Edit, Finding, Fix, Related
from newslint.fingerprint import MOST, Identities, digest
from newslint.kinds.contract import Clash, Fact, Voice
from newslint.later import compiled_later
from newslint.lines import Lines
from newslint.lint import MAX_RELATED, Linter, shown
from newslint.rule import Ready, fill
from newslint.spool import Spool
from newslint.suppress_forms import Suppression


class Place(Struct, frozen=True, array_like=True, gc=False):
    """All that a report says of a place when its article is not at hand."""

    text: str
    start: tuple[int, int]
    """Line and column, 1-based."""
    end: tuple[int, int]
    identity: str
    """A digest of the words and the sentence around them."""


class Contribution(Struct, frozen=True, array_like=True, gc=False):
    """What one article says to one rule."""

    facts: tuple[Fact, ...]
    places: tuple[Place, ...]
    """One for each fact."""


class Record(Struct, frozen=True, array_like=True, gc=False):
    """What one article says to all rules that compare articles."""

    published: str
    contributions: dict[str, msgspec.Raw]
    """By rule: an encoded `Contribution`."""
    suppressions: tuple[tuple[str, int, int, bool], ...]
    """Rule, range of the source, and whether it holds for the whole article."""


class Entry(Struct, frozen=True, array_like=True, gc=False):
    """A contribution on its way from the article to the comparison."""

    path: str
    published: str
    contribution: msgspec.Raw


def record(
    article: Article, linter: Linter, published: str, suppressions: Iterable[Suppression],
    names: Mapping[str, str],
) -> tuple[bytes, list[Error]]:  # fmt: skip
    """The article's contribution to the rules of the linter, encoded; and what failed.

    `suppressions` are those of the article for these rules, `names` the id of each known name.
    """
    lines, identity = Lines(article.source), Identities(article)
    contributions: dict[str, msgspec.Raw] = {}
    errors: list[Error] = []
    for ready in linter.comparing(article):
        assert ready.finder.comparison is not None
        try:
            facts = tuple(ready.finder.comparison.facts(article))
            places = tuple(_place(article, fact.span, lines, identity) for fact in facts)
            encoded = _encode(Contribution(facts, places))
        except Exception as error:  # one bad rule must not stop the rest
            reason = f'rule "{ready.rule.id}" failed here: {type(error).__name__}: {error}'
            errors.append(Error(article.path, "crash", reason))
            continue
        if facts:
            contributions[ready.rule.id] = msgspec.Raw(encoded)
    waved = tuple((names[s.rule], s.covers.start, s.covers.end, s.whole) for s in suppressions)
    return _encode(Record(published, contributions, waved)), errors


_encode = msgspec.msgpack.encode


def _place(article: Article, span: Span, lines: Lines, identity: Callable[[Span], str]) -> Place:
    text = article.source[span.start : span.end]
    return Place(text, lines.place(span.start), lines.place(span.end), identity(span))


class Corpus:
    """Takes the contributions of articles in and, when all are in, compares them."""

    def __init__(self, admit: Callable[[str, bytes], bytes] | None = None) -> None:
        self._admit = admit
        self.errors: list[Error] = []
        """Of rules that failed to compare."""
        self._spools: dict[str, Spool[Entry]] = {}
        self._suppressions: dict[tuple[str, str], list[tuple[Span, bool]]] = {}

    def add(self, path: str, encoded: bytes) -> None:
        """Take in the record of one article."""
        encoded = self._admit(path, encoded) if self._admit else encoded
        taken = msgspec.msgpack.decode(encoded, type=Record)
        for rule, contribution in taken.contributions.items():
            spool = self._spools.setdefault(rule, Spool(Entry))
            spool.add(Entry(path, taken.published, contribution))
        for rule, start, end, whole in taken.suppressions:
            self._suppressions.setdefault((path, rule), []).append((Span(start, end), whole))

    def findings(
        self, rules: Mapping[str, Ready], asked: Asked, ignored: Ignored
    ) -> Iterator[tuple[Finding, bool]]:
        """Findings in the articles that were asked for, and whether each is suppressed.

        `rules` are those that compare articles, and `ignored` is what the config says.
        """
        for rule in sorted(self._spools.keys() & rules.keys()):
            comparison = rules[rule].finder.comparison
            assert comparison is not None
            seen: Counter[tuple[str, ...]] = Counter()
            try:
                voices, places = self._voices(self._spools[rule], comparison.shared_keys)
                clashes = sorted(comparison.compare(voices), key=_order)
            except Exception as error:  # one bad rule must not stop the rest
                reason = f'rule "{rule}" failed to compare: {type(error).__name__}: {error}'
                self.errors.append(Error("", "crash", reason))
                continue
            for clash in clashes:
                ready = asked(clash.voice.path, rule)
                if ready is not None:
                    yield self._finding(ready, clash, places, seen, ignored)

    def _voices(
        self, spool: Spool[Entry], shared_keys: bool
    ) -> tuple[list[Voice], dict[int, Place]]:
        """What the articles say, ordered by path, and the place of each fact by the fact's `id`."""
        shared = _shared(spool) if shared_keys else None
        voices: list[Voice] = []
        places: dict[int, Place] = {}
        for entry in spool:
            said = _CONTRIBUTION.decode(entry.contribution)
            facts = [
                (fact, place)
                for fact, place in zip(said.facts, said.places, strict=True)
                if shared is None or fact.key in shared
            ]
            if facts:
                voices.append(Voice(entry.path, entry.published, [fact for fact, _ in facts]))
                places.update((id(fact), place) for fact, place in facts)
        return sorted(voices, key=lambda voice: voice.path), places

    def _finding(
        self, ready: Ready, clash: Clash, places: Mapping[int, Place],
        seen: Counter[tuple[str, ...]], ignored: Ignored,
    ) -> tuple[Finding, bool]:  # fmt: skip
        rule, span, place = ready.rule, clash.fact.span, places[id(clash.fact)]
        comparison = ready.finder.comparison
        whole = comparison is not None and comparison.whole_article
        values = {name: shown(value) for name, value in clash.values.items()}
        others = [
            (voice, fact, word)
            for voice, fact, word in clash.related
            if not self._waved(rule.id, voice.path, fact.span, places[id(fact)].text, ignored)
        ]
        suppressed = bool(clash.related) and not others
        suppressed |= self._waved(rule.id, clash.voice.path, span, place.text, ignored)
        more = " (and more places)" if len(others) > MAX_RELATED else ""
        what = "" if whole else place.identity
        key = (clash.voice.path, what)
        seen[key] += 1
        finding = Finding(
            rule=rule.id,
            severity=rule.severity,
            message=fill(rule.message, values) + more,
            path=clash.voice.path,
            span=span,
            text=place.text,
            fix=Fix(fill(rule.fix, values), _edits(clash, place)),
            related=tuple(
                _related(voice, fact, word, places[id(fact)])
                for voice, fact, word in others[:MAX_RELATED]
            ),
            whole_article=whole,
            fingerprint=digest("across", what, str(seen[key] - 1)),
            kin=tuple(_kin(clash, places)),
        )
        return finding, suppressed

    def _waved(self, rule: str, path: str, span: Span, text: str, ignored: Ignored) -> bool:
        """Whether a suppression of an article, or one of the config for it, covers the place."""
        for covers, whole in self._suppressions.get((path, rule), ()):
            if whole or covers.start <= span.start < max(covers.end, covers.start + 1):
                return True
        return ignored(path, rule, text)


Asked = Callable[[str, str], Ready | None]
"""Given a path and a rule: the rule as it holds there, or None where it was not asked for."""
Ignored = Callable[[str, str, str], bool]
"""Given a path, a rule and a text: whether the config waves that on."""
_CONTRIBUTION = msgspec.msgpack.Decoder(Contribution)
_PLAIN = compiled_later(r"[\w '’.-]+")
"""What may be replaced without knowing the markup around it."""


def _shared(spool: Spool[Entry]) -> set[str]:
    """The keys that facts of at least two articles have."""
    seen: set[int] = set()
    shared: set[str] = set()
    for entry in spool:
        keys = {fact.key for fact in _CONTRIBUTION.decode(entry.contribution).facts}
        for key in keys:
            number = hash(key)
            if number in seen:
                shared.add(key)
            seen.add(number)
    return shared


def _order(clash: Clash) -> tuple[str, Span, str]:
    return clash.voice.path, clash.fact.span, clash.fact.key


def _kin(clash: Clash, places: Mapping[int, Place]) -> Iterator[str]:
    """Fingerprints of the other places at which the article says something of the same key."""
    near = islice(clash.voice.facts, MOST * MOST)  # of hostile copy, not all again for each clash
    said = (fact for fact in near if fact.key == clash.fact.key and fact is not clash.fact)
    for fact in islice(said, MOST):
        yield digest("across", places[id(fact)].identity, "0")


def _edits(clash: Clash, place: Place) -> tuple[Edit, ...]:
    if clash.replacement is None or not _PLAIN.fullmatch(place.text):
        return ()
    return (Edit(clash.fact.span, clash.replacement),)


def _related(voice: Voice, fact: Fact, word: str, place: Place) -> Related:
    return Related(voice.path, fact.span, place.text, word, (*place.start, *place.end))
