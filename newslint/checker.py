"""Checks one article after another: bytes in, a result out."""

from __future__ import annotations

import os
import stat
from codecs import BOM_UTF8
from collections.abc import Callable, Iterator
from datetime import date
from functools import cached_property

from msgspec import Struct
from msgspec.structs import replace

from newslint import engines, kinds, readers, ruleset, suppress
from newslint.article import Article
from newslint.config import Settings
from newslint.engines import choosing
from newslint.errors import Error
from newslint.finding import Finding, order
from newslint.language.dates import published
from newslint.lint import Linter
from newslint.readers.decode import MAX_BYTES, UndecodableError, too_large
from newslint.rule import Ready, Rule
from newslint.suppress import forms
from newslint.suppress.forms import Suppression

KNOWN = 1000
"""Articles of which is remembered what the config suppresses in them."""


class NewSuppression(Struct, frozen=True, gc=False):
    """A suppression that does not count before somebody has merged it."""

    path: str
    line: int
    """1-based."""
    rule: str
    reason: str

    @property
    def notice(self) -> str:
        """What a list of notices says of it."""
        what = f"this suppression of “{self.rule}”"
        return f"line {self.line}: {what} is new and counts once it is merged"


class Result(Struct, frozen=True, gc=False):
    """What came of one article."""

    path: str
    checked: bool
    findings: tuple[Finding, ...] = ()
    """In the order of `finding.order`."""
    suppressed: int = 0
    baselined: int = 0
    """Findings that the baseline knows."""
    errors: tuple[Error, ...] = ()
    notices: tuple[str, ...] = ()
    source: str = ""
    """The copy, where findings stand in it or may yet come to stand."""
    marked: bool = False
    """The file begins with the byte order mark of UTF-8, which is no part of the copy."""
    record: bytes = b""
    """What the article contributes to comparisons: an encoded `records.Record`."""
    overrides: tuple[int, ...] = ()
    """The overrides of the config that hold for it."""
    language: str = "en"
    """Of the article: it decides which rules ran."""
    waved: tuple[Finding, ...] = ()
    """Findings of the article that its own suppressions, and not the config's, took away."""
    own: tuple[Suppression, ...] = ()
    """The article's own suppressions that hold."""
    new_suppressions: tuple[NewSuppression, ...] = ()
    """Those of them that an earlier version of the article does not warrant."""
    digest: bytes = b""
    """Of the bytes that were checked."""


Admit = Callable[[str, bytes], bytes]
"""Takes path and record of an article and returns the record that comparisons may see."""


def as_it_is(_: str, record: bytes) -> bytes:
    """The record, unchanged."""
    return record


class Checker:
    """Checks one article after another with the rules of a run; one lives in each worker."""

    def __init__(self, settings: Settings, comparing: bool = False) -> None:
        self._settings = settings
        self.names = settings.names
        """Every id and alias of the rules at hand -> the id."""
        self._terms = suppress.Terms(self.names, date.today(), settings.config.require_reason)
        self._ignored: dict[str, list[Suppression]] = {}
        self._linters: dict[tuple[int, ...], Linter] = {}
        self._ready: dict[tuple[int, ...], dict[str, Ready]] = {}
        self._judges: dict[tuple[int, ...], dict[str, Rule]] = {}
        self._errors: dict[tuple[int, ...], tuple[Error, ...]] = {}
        self._sound: dict[tuple[int, ...], frozenset[str]] = {}
        """Rules whose silence means that there is nothing to be found."""
        self._prepare(())
        self.comparing_rules = self._comparing_rules() if comparing else {}
        """The rules that compare articles, by id, as they hold where no override says otherwise."""
        self.comparing = bool(self.comparing_rules)
        """Whether articles are compared with each other."""
        self.lexicons = settings.reference.lexicons
        """The words that the language rooms of this run know."""

    @property
    def errors(self) -> tuple[Error, ...]:
        """What is wrong with the rules that run where no override holds."""
        return self._errors[()]

    def rules(self, overrides: tuple[int, ...] = ()) -> dict[str, Ready]:
        """The rules that run under these overrides, by id."""
        self._prepare(overrides)
        return self._ready[overrides]

    def _comparing_rules(self) -> dict[str, Ready]:
        found: dict[str, Ready] = {}
        for ready in self._anywhere():
            if ready.finder.comparison:
                found.setdefault(ready.rule.id, ready)
        return found

    def _anywhere(self, asking: bool = False) -> Iterator[Ready]:
        """The rules that run on every article, and those that an override alone turns on.

        With `asking`, of overrides those alone that turn on what may ask an engine.
        """
        yield from self.rules().values()
        for number, override in enumerate(self._settings.config.overrides):
            if any(self._is_turned_on(name, asking) for name in override.rules):
                yield from self.rules((number,)).values()

    def _is_turned_on(self, name: str, asking: bool) -> bool:
        found = self._settings.names.get(name, "")
        if found in self._ready[()]:
            return False
        return not asking or kinds.asks(str(self._settings.rules.data.get(found, {}).get("kind")))

    @cached_property
    def asks_engine(self) -> bool:
        """Whether a rule asks an engine, on some articles at least."""
        return any(ready.finder.asked for ready in self._anywhere(asking=True))

    @property
    def notices(self) -> list[str]:
        """What the user should know of where the engine is asked."""
        engine = self._settings.reference.engine
        return choosing.notices(engine) if engine.server and self.asks_engine else []

    def prepare(self) -> None:
        """Make what workers can share, before they are started: the engine, where one is asked."""
        if self.asks_engine:
            engines.prepare(self._settings.reference.engine)

    def file(self, path: str, only_facts: bool = False, content: bytes | None = None) -> Result:
        """Check one file, or what stands for it. Never raises: what goes wrong is in the result."""
        try:
            data = read_file(path) if content is None else content
        except OSError as failure:
            reason = failure.strerror or str(failure) or type(failure).__name__
            return Result(path, False, errors=(Error(path, "unreadable", reason),))
        return replace(self.content(path, data, only_facts), digest=digest_of(data))

    def content(self, path: str, data: bytes, only_facts: bool = False) -> Result:
        """Check the bytes of a file. Never raises: what goes wrong is in the result."""
        try:
            read = readers.read(path, data)
            if only_facts:
                return self._facts(read.article)
            return self.article(read.article, read.notices, data.startswith(BOM_UTF8))
        except UndecodableError as error:
            return Result(path, False, errors=(Error(path, error.code, error.message),))
        except Exception as error:  # one bad article must not stop the rest
            message = f"newslint failed on this file: {type(error).__name__}: {error}"
            return Result(path, False, errors=(Error(path, "crash", message),))

    def article(
        self, article: Article, notices: tuple[str, ...] = (), marked: bool = False
    ) -> Result:
        """Check an article that somebody has read; `marked` is passed on. May raise anything."""
        settings = self._settings
        key = ruleset.overrides_of(settings, article)
        linter = self._prepare(key)
        findings, errors = linter.check(article)
        ignores = ruleset.ignored_by_config(settings, article.path)
        # Where a rule failed, or metadata could not be read, nothing can be called unused.
        ran = frozenset() if errors or article.problems else linter.own_ids(article.language)
        ran &= self._sound[key]
        applied = suppress.apply(article, findings, ignores, ran, self._terms, self._judges[key])
        if article.language != "en":
            notices = (*notices, "not in English: only rules that hold in every language ran")
        record, failed = self._record(article, linter) if self.comparing else (b"", [])
        return Result(
            article.path, True, tuple(sorted(applied.findings, key=order)), applied.count,
            errors=(*errors, *failed, *self._errors[key]),
            notices=tuple(notices),
            source=article.source if applied.findings or applied.own or record else "",
            marked=marked,
            record=record,
            overrides=key,
            language=article.language,
            waved=applied.waved,
            own=applied.own,
        )  # fmt: skip

    def _facts(self, article: Article) -> Result:
        """What the article contributes to comparisons, and nothing else."""
        linter = self._prepare(ruleset.overrides_of(self._settings, article))
        record, failed = self._record(article, linter)
        own = tuple(self._waved(article, linter))
        return Result(article.path, True, errors=tuple(failed), record=record, own=own)

    def _record(self, article: Article, linter: Linter) -> tuple[bytes, list[Error]]:
        from newslint import records  # not needed where nothing is compared

        day = published(article, self._settings.reference.lexicons["dates"])
        waved = self._waved(article, linter)
        return records.record(article, linter, day.isoformat() if day else "", waved, self.names)

    def _waved(self, article: Article, linter: Linter) -> list[Suppression]:
        """The article's suppressions of rules that compare articles."""
        return [
            suppression
            for suppression in forms.of(article)
            if self.names.get(suppression.rule) in linter.comparing_ids
            and not self._terms.against(suppression)
        ]

    def waved(self, path: str, rule: str, text: str) -> bool:
        """Whether the config suppresses such a finding in the article."""
        if path not in self._ignored:
            if len(self._ignored) >= KNOWN:
                self._ignored.clear()
            ignored = ruleset.ignored_by_config(self._settings, path)
            self._ignored[path] = [s for s in ignored if not self._terms.against(s)]
        return any(
            self.names.get(s.rule) == rule and (s.text is None or s.text.split() == text.split())
            for s in self._ignored[path]
        )

    def _prepare(self, key: tuple[int, ...]) -> Linter:
        """The linter for some overrides, made when they are first met."""
        if key not in self._linters:
            ready, errors = ruleset.rules_for(self._settings, key)
            self._linters[key] = Linter(ready)
            self._ready[key] = {r.rule.id: r for r in ready}
            self._errors[key] = tuple(errors)
            self._sound[key] = frozenset(
                r.rule.id for r in ready if ruleset.misses_nothing(self._settings, r)
            )
            self._judges[key] = {
                str(r.rule.options["check"]): r.rule for r in ready if r.rule.kind == "suppression"
            }
        return self._linters[key]


def read_file(path: str) -> bytes:
    """The bytes of an article. Raises `OSError` for what is no regular file, or too large."""
    status = os.stat(path)
    if not stat.S_ISREG(status.st_mode):
        raise OSError(0, "is no regular file")
    if status.st_size > MAX_BYTES:
        raise OSError(0, too_large(status.st_size))
    with open(path, "rb", buffering=0) as file:
        return file.read()


def digest_of(data: bytes) -> bytes:
    """What tells the bytes of an article from any others."""
    from hashlib import blake2b  # slow to import, and not always needed

    return blake2b(data, digest_size=32).digest()
