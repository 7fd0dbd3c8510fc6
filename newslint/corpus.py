"""Many articles: takes in what each contributes to comparisons, and tells what these find.

Nothing here depends on the order in which articles arrive.
"""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Callable, Container, Iterator, Mapping, Sequence
from itertools import islice

import msgspec
from msgspec import Struct

from newslint.article import Span
from newslint.errors import Error
from newslint.finding import Finding, Fix, Related
from newslint.fingerprint import MOST, digest
from newslint.kinds.contract import Clash, Comparison, Fact, Voice
from newslint.lint import MAX_RELATED, shown
from newslint.ranges import Ranges
from newslint.records import Contribution, Place, Record, Said, covers, number_of
from newslint.rule import Ready, fill
from newslint.spool import Spool


class Entry(Struct, frozen=True, array_like=True, gc=False):
    """A contribution on its way from the article to the comparison."""

    path: str
    published: str
    contribution: msgspec.Raw
    words: bytes


class Corpus:
    """Takes the contributions of articles in and, when all are in, compares them."""

    def __init__(self, admit: Callable[[str, bytes], bytes] | None = None) -> None:
        self._admit = admit
        self.errors: list[Error] = []
        """Of rules that failed to compare."""
        self.excused: dict[str, set[tuple[str, Span]]] = {}
        """By path, when all `findings` have been told: rules with the places of what they found
        within the article and what others show to be right."""
        self._spools: dict[str, Spool[Entry]] = {}
        self._suppressions: dict[tuple[str, str], list[tuple[int, int]]] = {}
        self._covers: dict[tuple[str, str], Ranges] = {}

    def add(self, path: str, encoded: bytes, only: Container[str] | None = None) -> None:
        """Take in the record of one article, or `only` what it says to some rules."""
        encoded = self._admit(path, encoded) if self._admit else encoded
        taken = msgspec.msgpack.decode(encoded, type=Record)
        for rule, contribution in taken.contributions.items():
            if only is None or rule in only:
                spool = self._spools.setdefault(rule, Spool(Entry))
                words = taken.words.get(rule, b"")
                spool.add(Entry(path, taken.published, contribution, words))
        for rule, start, end, whole in taken.suppressions:
            covered = covers(start, end, whole)
            self._suppressions.setdefault((path, rule), []).append(covered)

    def findings(
        self, rules: Mapping[str, Ready], asked: Asked, ignored: Ignored,
        elsewhere: Elsewhere | None = None,
    ) -> Iterator[tuple[Finding, bool]]:  # fmt: skip
        """Findings in the articles that were asked for, and whether each is suppressed.

        `rules` are those that compare articles, and `ignored` is what the config says. Where only
        those articles are here that matter, `elsewhere` tells of a word whether two have it.
        """
        for rule in sorted(self._spools.keys() & rules.keys()):
            comparison = rules[rule].finder.comparison
            assert comparison is not None
            seen: Counter[tuple[str, ...]] = Counter()
            try:
                voices, places = self._heard(rule, comparison, elsewhere)
                clashes = sorted(comparison.compare(voices), key=_order)
                for voice, fact in comparison.excused(voices) if comparison.excused else ():
                    self.excused.setdefault(voice.path, set()).add((rule, fact.span))
            except Exception as error:  # one bad rule must not stop the rest
                reason = f'rule "{rule}" failed to compare: {type(error).__name__}: {error}'
                self.errors.append(Error("", "crash", reason))
                continue
            for clash in clashes:
                ready = asked(clash.voice.path, rule)
                if ready is not None:
                    yield self._finding(ready, clash, places, seen, ignored)

    def _heard(
        self, rule: str, comparison: Comparison, elsewhere: Elsewhere | None
    ) -> tuple[list[Voice], _Places]:
        spool = self._spools[rule]
        within = _shared(rule, spool, elsewhere) if comparison.shared_keys else None
        return _voices(spool, within)

    def _finding(
        self, ready: Ready, clash: Clash, places: _Places,
        seen: Counter[tuple[str, ...]], ignored: Ignored,
    ) -> tuple[Finding, bool]:  # fmt: skip
        rule, span, place = ready.rule, clash.fact.span, places(clash.voice, clash.fact)
        comparison = ready.finder.comparison
        whole = comparison is not None and comparison.whole_article
        values = {name: shown(value) for name, value in clash.values.items()}
        others = [
            (voice, fact, word)
            for voice, fact, word in clash.related
            if not self._waved(rule.id, voice.path, fact.span, places(voice, fact).text, ignored)
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
            fix=Fix(fill(rule.fix, values)),
            related=tuple(
                _related(voice, fact, word, places(voice, fact))
                for voice, fact, word in others[:MAX_RELATED]
            ),
            whole_article=whole,
            fingerprint=digest("across", what, str(seen[key] - 1)),
            kin=tuple(_kin(clash, places)),
        )
        return finding, suppressed

    def _waved(self, rule: str, path: str, span: Span, text: str, ignored: Ignored) -> bool:
        """Whether a suppression of an article, or one of the config for it, covers the place."""
        key = (path, rule)
        if key in self._suppressions and key not in self._covers:
            self._covers[key] = Ranges(self._suppressions[key])
        covers = self._covers.get(key)
        if covers and covers.meet(span.start, span.start + 1):
            return True
        return ignored(path, rule, text)


Asked = Callable[[str, str], Ready | None]
"""Given a path and a rule: the rule as it holds there, or None where it was not asked for."""
Ignored = Callable[[str, str, str], bool]
"""Given a path, a rule and a text: whether the config waves that on."""
Elsewhere = Callable[[str, int], bool]
"""Given a rule and the number of a word: whether two articles of all that there are have it."""
_SAID = msgspec.msgpack.Decoder(Said)
_CONTRIBUTION = msgspec.msgpack.Decoder(Contribution)


def _shared(rule: str, spool: Spool[Entry], elsewhere: Elsewhere | None) -> Callable[[str], bool]:
    """Tells of a key whether facts of at least two articles have it."""
    seen: set[int] = set()
    shared: set[int] = set()
    for entry in spool:
        words = set(array("I", entry.words))
        shared |= words & seen
        seen |= words

    def is_shared(key: str) -> bool:
        number = number_of(key)
        return number in shared or (elsewhere is not None and elsewhere(rule, number))

    return is_shared


def _voices(
    spool: Spool[Entry], within: Callable[[str], bool] | None
) -> tuple[list[Voice], _Places]:
    """What the articles say, ordered by path, and their places; of facts those whose key counts."""
    voices: list[Voice] = []
    numbers: dict[str, int] = {}
    for number, entry in enumerate(spool):
        facts: Sequence[Fact] = _SAID.decode(entry.contribution).facts
        if within is not None:
            facts = [fact for fact in facts if within(fact.key)]
        if facts:
            voices.append(Voice(entry.path, entry.published, facts))
            numbers[entry.path] = number
    return sorted(voices, key=lambda voice: voice.path), _Places(spool, numbers)


class _Places:
    """Tells the place of a fact; places are read when an article is first asked for."""

    def __init__(self, spool: Spool[Entry], numbers: Mapping[str, int]) -> None:
        self._spool = spool
        self._numbers = numbers
        self._known: dict[str, dict[Span, Place]] = {}

    def __call__(self, voice: Voice, fact: Fact) -> Place:
        if voice.path not in self._known:
            entry = self._spool[self._numbers[voice.path]]
            self._known[voice.path] = _CONTRIBUTION.decode(entry.contribution).place_of()
        return self._known[voice.path][fact.span]


def _order(clash: Clash) -> tuple[str, Span, str]:
    return clash.voice.path, clash.fact.span, clash.fact.key


def _kin(clash: Clash, places: _Places) -> Iterator[str]:
    """Fingerprints of the other places at which the article says something of the same key."""
    near = islice(clash.voice.facts, MOST * MOST)  # of hostile copy, not all again for each clash
    said = (fact for fact in near if fact.key == clash.fact.key and fact is not clash.fact)
    for fact in islice(said, MOST):
        yield digest("across", places(clash.voice, fact).identity, "0")


def _related(voice: Voice, fact: Fact, word: str, place: Place) -> Related:
    return Related(voice.path, fact.span, place.text, word, (*place.start, *place.end))
