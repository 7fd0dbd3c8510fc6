"""Rules: YAML files loaded, validated and made ready to run."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from pathlib import Path
from typing import Any, Literal

from msgspec import Struct, field

from newslint import roster, yamlfile
from newslint.article import BLOCK_KINDS
from newslint.errors import NewslintError, unknown
from newslint.kinds import kind, names
from newslint.kinds.contract import PROSE, Finder, Options, Scope
from newslint.later import compiled_later
from newslint.matching import LINK_TEXT, LINK_URL
from newslint.patterns import PatternError
from newslint.reference import Reference, shipped
from newslint.yamlfile import Yaml, extend

SCOPES = (*BLOCK_KINDS, LINK_TEXT, LINK_URL)
Severity = Literal["error", "warning", "info"]
_ID = compiled_later(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_PLACEHOLDER = compiled_later(r"\{([a-z0-9-]*)\}")


class Strict(Struct, frozen=True, forbid_unknown_fields=True, rename="kebab"):
    """Base of everything that stands in a YAML file: unknown keys are errors."""


class Source(Strict, frozen=True):
    """Open guidance that stands behind a rule."""

    title: str
    url: str


class Example(Strict, frozen=True):
    """A small article; in bad ones `[[marks]]` show what must be found."""

    text: str
    format: Literal["markdown", "html", "text"] = "markdown"
    fixed: str | None = None
    """What the article is after the rule's edits, without marks."""
    others: tuple[str, ...] = ()
    """Articles beside it, for rules that compare; what is found in them does not count."""
    people: tuple[roster.Person, ...] = ()
    """What the people file says."""
    engine: Literal["", "harper", "languagetool"] = ""
    """The only engine that sees it so; without one all that the rule asks agree."""


class Examples(Strict, frozen=True):
    """Documentation and tests at once."""

    bad: tuple[str | Example, ...] = ()
    good: tuple[str | Example, ...] = ()


class Rule(Strict, frozen=True, kw_only=True):
    """What to flag, how bad it is, why, and how to mend it."""

    id: str
    kind: str
    title: str
    severity: Severity
    message: str
    fix: str
    why: str
    source: Source
    status: Literal["stable", "preview", "deprecated"] = "stable"
    since: str = ""
    scope: tuple[str, ...] = PROSE
    quotations: Literal["true", "false", "only"] = "false"
    language: Literal["en", "any"] = "en"
    tags: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
    rare: str = ""
    options: dict[str, Any] = field(default_factory=dict)
    examples: Examples = Examples()


class Definition(Struct, frozen=True):
    """A rule file as read, before it is judged: so that others may extend it."""

    id: str
    file: Yaml
    data: dict[str, Any]
    stylebook: str
    """The stylebook of the run that it comes from; empty where only its id was asked for."""
    shipped: bool = False


def read_definition(
    path: Path, shown: str, stylebook: str, shipped: bool, any_name: bool = False
) -> Definition:
    """Read one rule file. Raises `NewslintError`, with the line where the file is wrong.

    With `any_name` the file need not be called as its rule.
    """
    try:
        read = yamlfile.read_own if shipped else yamlfile.read
        file = read(path, shown, "rule")
    except (OSError, UnicodeDecodeError) as error:
        raise _fresh(shown).error(f"cannot be read: {_reason(error)}") from None
    if not isinstance(file.data, dict):
        raise file.error("a rule file is a mapping that begins with id and kind")
    name = file.data.get("id")
    if not isinstance(name, str) or not _ID.fullmatch(name):
        raise file.error('"id" must be kebab-case, like "vague-link"', "id")
    if name != path.stem and not any_name:
        raise file.error(f'the id is "{name}" but the file is called "{path.name}"', "id")
    return Definition(name, file, file.data, stylebook, shipped)


def _fresh(shown: str) -> Yaml:
    return Yaml(None, {}, shown, "rule")


def _reason(error: Exception) -> str:
    if isinstance(error, OSError):
        return error.strerror or type(error).__name__
    return "it is not UTF-8"


class Ready(Struct, frozen=True):
    """A rule that has been judged, and what runs it."""

    rule: Rule
    finder: Finder
    safe: bool = False
    """Its edits cannot change the meaning."""
    remake: Callable[[Reference], Finder] | None = None
    """The same rule with another shelf to consult."""


def make(
    file: Yaml, data: dict[str, Any], at: yamlfile.Path = (), *, trusted: bool = False,
    reference: Reference | None = None,
) -> Ready:  # fmt: skip
    """Judge a rule's data. Raises `NewslintError` at the key that is wrong.

    A `trusted` rule is a shipped one as it was tested: its options are not checked again. Without a
    `reference` the rule consults what newslint itself brings.
    """
    data = {key: value for key, value in data.items() if key != "extends"}
    rule = yamlfile.convert(file, Rule, data, at)
    if rule.kind not in names():
        raise file.error(unknown("kind", rule.kind, names()), *at, "kind")
    for number, name in enumerate(rule.scope):
        if name not in SCOPES:
            raise file.error(unknown("scope", name, SCOPES), *at, "scope", number)
    _check_placeholders(file, rule, at)
    options = _options(file, rule, at)
    scope = Scope(frozenset(rule.scope), rule.quotations)
    try:
        if not trusted:
            options.check()
        build = partial(kind(rule.kind).build, options, scope)
        safe = bool(getattr(options, "safe", False) or getattr(options, "certain", ()))
        return Ready(rule, build(reference or shipped()), safe, build)
    except (PatternError, ValueError, OverflowError) as error:
        raise file.error(str(error), *at, "options") from None


def _options(file: Yaml, rule: Rule, at: yamlfile.Path) -> Options:
    checks = kind(rule.kind).checks
    name = rule.options.get("check")
    if name is not None and name not in checks:
        raise file.error(unknown("check", str(name), checks), *at, "options", "check")
    if name is None and len(checks) > 1:
        message = f'missing key "check": one of {", ".join(checks)}'
        raise file.error(message, *at, "options")
    type_ = checks[name] if name else next(iter(checks.values()))
    return yamlfile.convert(file, type_, rule.options, (*at, "options"))


def _check_placeholders(file: Yaml, rule: Rule, at: yamlfile.Path) -> None:
    known = kind(rule.kind).placeholders
    for key in ("message", "fix"):
        for name in _PLACEHOLDER.findall(getattr(rule, key)):
            if name not in known:
                raise file.error(unknown("placeholder", name, known), *at, key)


def fill(template: str, values: Mapping[str, str]) -> str:
    """The template with its `{placeholders}` filled in."""
    return _PLACEHOLDER.sub(lambda match: values.get(match[1], match[0]), template)


def unfilled(template: str) -> str:
    """The template as it reads where there is nothing yet to fill in: ellipses."""
    return _PLACEHOLDER.sub("…", template)


def resolve(
    definitions: Iterable[Definition],
) -> Iterator[tuple[Definition, dict[str, Any]] | NewslintError]:
    """Lay definitions over each other in their order: a second one of an id must extend it."""
    known: dict[str, tuple[Definition, dict[str, Any]]] = {}
    for definition in definitions:
        name, file = definition.id, definition.file
        extends = definition.data.get("extends")
        if extends is not None and extends not in known:
            yield file.error(unknown("rule", str(extends), known) + " (in extends)", "extends")
            continue
        # A shipped rule outside the run's stylebooks gives way to a newsroom's own of that id.
        if name in known and extends != name and known[name][0].stylebook:
            other = known[name][0].file.name
            yield file.error(
                f'rule "{name}" exists already in {other}: say "extends: {name}" to change it', "id"
            )
            continue
        data = definition.data
        if extends is not None:
            try:
                data = extend(known[extends][1], data, file, ())
            except NewslintError as error:
                yield error
                continue
        known[name] = (definition, data)
    yield from known.values()
