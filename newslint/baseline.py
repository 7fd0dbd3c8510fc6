"""The baseline: old findings that a newsroom has put up with for now, and new ones have not joined.

A finding is known by its path, its rule and its fingerprint. What no finding matches any more is
stale, but only a run that could have found it may say so: its article was checked, its rule ran
there, and, where the rule compares articles, all that it compares with was at hand.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from pathlib import Path

from msgspec.structs import replace

from newslint import globs
from newslint.baseline_file import NAME, Entries, Key, escaped
from newslint.checker import Checker, Result
from newslint.config import Settings, wanted
from newslint.errors import Error, NewslintError
from newslint.finding import Finding
from newslint.lint import is_for
from newslint.paths import leads_out, top_of
from newslint.rule import Ready
from newslint.ruleset import misses_nothing

WORDS = 40
"""Code points of a finding that its line shows."""

Mark = tuple[str, str, str]
"""Rule, fingerprint and first words: tells a finding apart in all articles."""


def place(settings: Settings) -> Path:
    """Where the baseline of this config is kept. Raises `NewslintError` where that leads out."""
    path = settings.home / NAME
    if leads_out(path, top_of(settings.home)):
        message = "a symbolic link that leads out of the repository: put a file in its place"
        raise NewslintError(Error(shown(settings), "config", message))
    return path


def shown(settings: Settings) -> str:
    """What messages call the file: its path from the working directory."""
    return _from(settings.cwd, str(settings.base / NAME))


def _from(folder: str, path: str) -> str:
    with suppress(ValueError):  # on another drive
        path = os.path.relpath(path, folder)
    return path.replace(os.sep, "/")


class Baseline:
    """The known findings, and what a run makes of them. Calling it is a `run.Step`."""

    def __init__(
        self, settings: Settings, checker: Checker, entries: Entries, adding: bool = False
    ) -> None:
        self._settings = settings
        self._base = os.path.realpath(settings.base)
        self._checker = checker
        self._entries = entries
        self._adding = adding
        self._begin()

    @property
    def size(self) -> int:
        """How many entries there were when the run began."""
        return sum(map(len, self._entries.values()))

    def _begin(self) -> None:
        self._seen: set[str] = set()
        """Paths whose articles have passed."""
        self._stale: list[tuple[str, Key]] = []
        self._doubtful: list[tuple[str, Key]] = []
        """Stale if the comparison of articles was complete."""
        self._moved: dict[str, str] = {}
        """By the path of a file that is gone: the path of the one that takes its entries over."""
        self._orphans: dict[Mark, list[str]] | None = None
        self._known: Counter[str] = Counter()
        """By rule: findings that the baseline knows."""
        self._new: Counter[str] = Counter()
        """By rule: findings that it does not know."""
        self._added: Entries = {}
        self._failed = False
        self._checked = False

    def __call__(self, results: Iterator[Result]) -> Iterator[Result]:
        """The results without the findings that the baseline knows; with `adding`, knows all."""
        self._begin()
        for result in results:
            self._failed |= bool(result.errors)
            self._checked |= result.checked
            yield self._without_known(result) if result.checked else result

    def _without_known(self, result: Result) -> Result:
        name = self._name(result.path)
        home = self._home(name, result.findings)
        entries = self._entries.get(home, {})
        left, used = _matched(result.findings, entries, kin=not self._adding)
        self._known.update(rule for rule, _ in used)
        self._new.update(finding.rule for finding in left)
        if len(used) < len(entries):
            self._judge(home, entries.keys() - used, result)
        if self._adding and result.findings:
            self._added[name] = {_key(finding): _words(finding) for finding in result.findings}
            left = []
        baselined = result.baselined + len(result.findings) - len(left)
        return replace(result, findings=tuple(left), baselined=baselined)

    def _name(self, path: str) -> str:
        """The path from the folder of the baseline, whatever the working directory."""
        full = os.path.normpath(os.path.join(self._settings.cwd, path))
        if not full.startswith(self._base + os.sep):
            full = os.path.realpath(full)
        return _from(self._base, full)

    def _home(self, name: str, findings: Iterable[Finding]) -> str:
        """The path that the article's entries stand under: its own, or that of a file it was.

        It was a file that is gone, if it has at least half of what is known there.
        """
        if name in self._entries:
            self._seen.add(name)
            return name
        alike: Counter[str] = Counter()
        for finding in findings:
            if self._orphans is None:
                self._orphans = self._find_orphans()
            alike.update(self._orphans.get((*_key(finding), _words(finding)), ()))
        for old, count in sorted(alike.items(), key=lambda item: (-item[1], item[0])):
            if old not in self._moved and 2 * count >= len(self._entries[old]):
                self._moved[old] = name
                return old
        return name

    def _find_orphans(self) -> dict[Mark, list[str]]:
        """By what tells a finding apart in all articles: the paths that have it and are gone."""
        found: dict[Mark, list[str]] = {}
        for name, entries in self._entries.items():
            if not os.path.lexists(os.path.join(self._base, name)):
                for key, words in entries.items():
                    found.setdefault((*key, words), []).append(name)
        return found

    def _judge(self, name: str, keys: Iterable[Key], result: Result) -> None:
        """Tell what is stale among entries that no finding of a checked article matches."""
        if result.errors:
            return
        rules = self._checker.rules(result.overrides)
        for key in keys:
            ready = rules.get(key[0])
            if ready is None:  # off here, or there is no such rule any more
                if key[0] not in self._settings.names and not self._settings.errors:
                    self._stale.append((name, key))
            elif is_for(ready.rule, result.language) and self._tells(ready):
                across = ready.finder.comparison is not None
                (self._doubtful if across else self._stale).append((name, key))

    def _tells(self, ready: Ready) -> bool:
        """Whether silence of the rule tells that there is nothing any more.

        It does not where what the rule says depends on which others this run was told to use.
        """
        request = self._settings.request
        selective = ready.rule.kind == "suppression" and bool(request.select or request.ignore)
        return not selective and misses_nothing(self._settings, ready)

    def _lives(self, name: str) -> bool:
        """Whether there is such a file and the config still counts it as an article."""
        path = os.path.join(self._base, name)
        return os.path.lexists(path) and wanted(self._settings, path)

    def _unseen(self) -> list[str]:
        seen = self._seen | self._moved.keys()
        return [name for name in self._entries if name not in seen]

    def _went(self) -> list[tuple[str, Key]]:
        """The stale entries of the articles that were checked."""
        if not self._doubtful or self._failed or not self._checker.comparing:
            return self._stale
        corpus = self._settings.config.corpus
        for name in self._unseen():
            if self._lives(name) and not (corpus and globs.matches(corpus, name)):
                return self._stale  # not compared with all that it was compared with before
        return self._stale + self._doubtful

    def stale(self) -> list[tuple[str, Key]]:
        """What matches nothing any more. To be asked when the results have passed.

        Entries of files that are gone are among it, unless articles were left unchecked: one of
        those might be such a file under its new name.
        """
        unseen = self._unseen()
        gone = [] if any(map(self._lives, unseen)) else unseen
        return self._went() + [(name, key) for name in gone for key in self._entries[name]]

    def grown(self) -> list[tuple[str, int, int]]:
        """Rules with more findings in the checked articles than the baseline has for these.

        Each with the one count and the other. To be asked when the results have passed.
        """
        went = Counter(rule for _, (rule, _) in self._went())
        return [
            (rule, self._known[rule] + new, self._known[rule] + went[rule])
            for rule, new in sorted(self._new.items())
            if new > went[rule]
        ]

    @property
    def checked(self) -> bool:
        """Whether an article has been checked: if none was, nothing can be said of the entries."""
        return self._checked

    def moved(self) -> int:
        """How many entries stand under a new path. To be asked when the results have passed."""
        went = Counter(name for name, _ in self._went())
        return sum(len(self._entries[old]) - went[old] for old in self._moved)

    def entries(self) -> Entries:
        """What the file should hold now, with nothing stale and no file that is gone.

        With `adding`, all findings are in it. To be asked when the results have passed.
        """
        stale = set(self._went())
        gone = {name for name in self._unseen() if not self._lives(name)}
        kept: Entries = {}
        for name, entries in self._entries.items():
            for key, words in entries.items() if name not in gone else ():
                if (name, key) not in stale:
                    kept.setdefault(self._moved.get(name, name), {})[key] = words
        for name, new in self._added.items():
            kept.setdefault(name, {}).update(new)
        return kept


def _matched(
    findings: Iterable[Finding], entries: Mapping[Key, str], kin: bool
) -> tuple[list[Finding], set[Key]]:
    """The findings that no entry matches, and the entries that match one.

    What is left over may be an old finding whose rule speaks elsewhere since paragraphs were moved:
    then its old place is among its `kin`, and nothing else matches it there.
    """
    used = {key for finding in findings if (key := _key(finding)) in entries}
    left = []
    for finding in findings:
        if _key(finding) in used:
            continue
        places = [(finding.rule, fingerprint) for fingerprint in finding.kin] if kin else ()
        known = next((key for key in places if key in entries and key not in used), None)
        if known is None:
            left.append(finding)
        else:
            used.add(known)
    return left, used


def _key(finding: Finding) -> Key:
    return finding.rule, finding.fingerprint


def _words(finding: Finding) -> str:
    words = " ".join(finding.text[: 4 * WORDS].split())
    return escaped(words if len(words) <= WORDS else words[: WORDS - 1] + "…")
