"""`newslint.yml`: found, read, checked, and turned into the rules that run on an article."""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Annotated, Any, Literal

import msgspec
from msgspec import Meta, Struct, field

from newslint import globs, reference, roster, stylebooks, yamlfile
from newslint.baseline_file import NAME as BASELINE
from newslint.engines import SECONDS, Choice, Dialect, Name, choosing
from newslint.errors import Error, NewslintError, unknown
from newslint.kinds import load_plugins
from newslint.paths import leads_out, top_of, upwards
from newslint.reference import Reference
from newslint.roster import Roster
from newslint.rule import Strict
from newslint.stylebooks import Rules
from newslint.suppress.forms import has_words
from newslint.yamlfile import Yaml

NAME = "newslint.yml"
DEFAULT = ("newsroom",)
LEVELS = ("off", "on", "error", "warning", "info")

Setting = str | dict[str, Any]


class Override(Strict, frozen=True):
    """Rules changed for some articles: those at these paths, with this metadata."""

    files: tuple[str, ...] = ()
    meta: dict[str, str | tuple[str, ...]] = field(default_factory=dict)
    rules: dict[str, Setting] = field(default_factory=dict)


class Ignore(Strict, frozen=True, kw_only=True):
    """Findings of a rule waved on in some articles, with a reason."""

    path: str
    rule: str
    text: str | None = None
    reason: str = ""
    until: date | None = None


class Config(Strict, frozen=True):
    """The keys of `newslint.yml`."""

    extends: tuple[str, ...] = DEFAULT
    files: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    rules: dict[str, Setting] = field(default_factory=dict)
    overrides: tuple[Override, ...] = ()
    people: str | None = None
    corpus: tuple[str, ...] = ()
    words: str | None = None
    engine: Name | None = None
    dialect: Dialect | None = None
    engine_timeout: Annotated[float, Meta(ge=1, le=3600)] | None = None
    """Seconds that an engine has for one article."""
    lexicons: dict[str, dict[str, Any]] = field(default_factory=dict)
    """By lexicon: sections, with `+` to add and `-` to remove."""
    fail_on: Literal["error", "warning", "info", "never"] = "error"
    max_warnings: int | None = None
    require_reason: bool = False
    preview: bool = False
    ignores: tuple[Ignore, ...] = ()


class Request(Struct, frozen=True):
    """What the command line says about rules and config. Plain data: workers get a copy."""

    cwd: str = "."
    config: str | None = None
    isolated: bool = False
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    preview: bool = False
    kinds: tuple[str, ...] = ()
    """Kinds to load from installed packages: never named by a config."""
    engine: Name | None = None
    languagetool_server: str = ""
    """Where the newsroom's own server is: never named by a config."""
    languagetool_public_api: bool = False
    """Whether copy may go to the public service of LanguageTool."""
    engine_timeout: float | None = None
    """Seconds that an engine has for one article."""
    stand_in: tuple[str, str] | None = None
    """The top of the repository, and a folder in whose place the config and what it names is read.

    Symbolic links are resolved in both.
    """


class Settings(Struct, frozen=True):
    """The config of a run, with the rules that it may use."""

    request: Request
    config: Config
    file: Yaml
    base: Path
    """The folder that globs in the config start from, and the paths of articles."""
    home: Path
    """`base`, or what stands in for it: files that the config names are read from there."""
    cwd: str
    """Where paths on the command line start from, symbolic links resolved."""
    rules: Rules
    reference: Reference
    errors: tuple[Error, ...] = ()
    """Mistakes that cost a part of the config but not the run: each makes it exit 2."""
    notices: tuple[str, ...] = ()

    @property
    def names(self) -> dict[str, str]:
        """Every id and alias of the rules at hand -> the id."""
        return self.rules.names

    @property
    def asks_configured_engine(self) -> bool:
        """Whether this run asks the engine that the config names, or the config names none."""
        return self.config.engine in (None, self.reference.engine.name)


def settle(request: Request) -> Settings:
    """Read the config that holds here. Raises `NewslintError` where there is no going on."""
    load_plugins(request.kinds)
    cwd = Path(request.cwd).resolve()
    there = _swapped(request, cwd)
    path = None if request.isolated else _find(request, there)
    file, home, base = Yaml(None, {}, NAME, "config"), there, cwd
    if path is not None:
        home, base = path.parent, _swapped(request, path.parent, back=True)
        file = _read(path, base / path.name, cwd)
    choosing.check(file)
    config = Config() if file.data is None else yamlfile.convert(file, Config)
    _check_paths(config, file, home)
    rules = _load(config, file, home, request)
    reference = _reference(config, file, home, request)
    settings = Settings(request, config, file, base, home, str(cwd), rules, reference)
    return msgspec.structs.replace(
        settings,
        errors=(*rules.errors, *_check_names(settings)),
        notices=tuple(_ended(settings, date.today())),
    )


def _swapped(request: Request, folder: Path, back: bool = False) -> Path:
    """The folder that stands in for one of the repository, or the other way round."""
    if request.stand_in is None:
        return folder
    real, other = request.stand_in[::-1] if back else request.stand_in
    return Path(other) / folder.relative_to(real)


def _find(request: Request, cwd: Path) -> Path | None:
    if request.config is not None:
        path = cwd / request.config
        if not path.is_file():
            message = "there is no such config file; name another, or leave out --config"
            raise NewslintError(Error(request.config, "config", message))
        return path
    top = top_of(cwd)
    for folder in upwards(cwd, top):
        if os.path.lexists(folder / NAME):
            if leads_out(folder / NAME, top):
                raise NewslintError(Error(NAME, "config", "a symbolic link that leads out"))
            return folder / NAME
    return None


def _read(path: Path, known_as: Path, cwd: Path) -> Yaml:
    near = known_as.is_relative_to(cwd)
    shown = known_as.relative_to(cwd).as_posix() if near else known_as.as_posix()
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except OSError as error:
        raise NewslintError(Error(shown, "config", f"cannot be read: {error.strerror}")) from None
    except UnicodeDecodeError:
        raise NewslintError(Error(shown, "config", "is not UTF-8: save it as UTF-8")) from None
    file = yamlfile.load(text, shown, "config")
    if file.data is not None and not isinstance(file.data, dict):
        raise file.error("a config is a mapping, like `extends: [newsroom]`")
    return file


def _check_paths(config: Config, file: Yaml, base: Path) -> None:
    """No path in a config may lead out of the repository."""
    root = top_of(base)
    named: list[tuple[str, int | None, str]]
    named = [
        ("extends", n, name) for n, name in enumerate(config.extends) if "/" in name or "." in name
    ]
    named += [(key, None, value) for key in ("people", "words") if (value := getattr(config, key))]
    named += [("corpus", n, glob) for n, glob in enumerate(config.corpus)]
    for key, number, path in named:
        place = (key,) if number is None else (key, number)
        if ".." in path.split("/")[1:] or leads_out(base / path, root):
            raise file.error(f'"{path}" leads out of the repository', *place)
        if key in ("people", "words") and not (base / path).is_file():
            raise file.error(f'there is no file "{path}"', *place)


def _load(config: Config, file: Yaml, base: Path, request: Request) -> Rules:
    """The stylebooks of the config, and what else is named by id and shipped."""
    for number, name in enumerate(config.extends):
        try:
            stylebooks.folder_of(name, base)
        except NewslintError as error:
            raise file.error(error.error.message, "extends", number) from None
    wanted = {name for name in request.select if ":" not in name}
    for rules in (config.rules, *(override.rules for override in config.overrides)):
        wanted |= {name for name, setting in rules.items() if setting != "off"}
    everything = any(name.startswith("tag:") for name in request.select)
    return stylebooks.load(config.extends, base, wanted, everything)


def _reference(config: Config, file: Yaml, base: Path, request: Request) -> Reference:
    """What rules may consult: lexicons, the people file, the list of words."""
    people = Roster()
    words: tuple[str, ...] = ()
    if config.people:
        people = roster.read(_text(config.people, file, base, "people"), config.people)
    if config.words:
        lines = _text(config.words, file, base, "words").splitlines()
        bare = (line.partition("#")[0].strip() for line in lines)
        words = tuple(dict.fromkeys(word for word in bare if word))
    own = [
        (path, stylebooks.shown_path(path, base))
        for name in config.extends
        for path in stylebooks.lexicon_files(name, base)
    ]
    return reference.build(own, config.lexicons, file, people, words, _engine(config, request))


def _engine(config: Config, request: Request) -> Choice:
    return choosing.choice(
        request.engine,
        config.engine,
        config.dialect or choosing.dialect_of(config.extends),
        request.languagetool_server,
        request.languagetool_public_api,
        request.engine_timeout or config.engine_timeout or SECONDS,
    )


def _text(name: str, file: Yaml, base: Path, key: str) -> str:
    try:
        return (base / name).read_bytes().decode("utf-8-sig")
    except OSError as error:
        raise file.error(f'"{name}" cannot be read: {error.strerror}', key) from None
    except UnicodeDecodeError:
        raise file.error(f'"{name}" is not UTF-8: save it as UTF-8', key) from None


def _check_names(settings: Settings) -> Iterator[Error]:
    """Unknown rules, in the config (an error each) and on the command line (no going on)."""
    known, file, request = settings.names, settings.file, settings.request
    for flag, names in (("--select", request.select), ("--ignore", request.ignore)):
        for name in names:
            if name.startswith("tag:"):
                if name[4:] not in _tags(settings.rules):
                    message = unknown("tag", name[4:], _tags(settings.rules)) + f" (in {flag})"
                    raise NewslintError(Error("", "config", message))
            elif name not in known:
                message = unknown("rule", name, known) + f" (in {flag})"
                raise NewslintError(Error("", "config", message))
    places: list[tuple[tuple[str | int, ...], str, Setting]] = [
        (("rules", name), name, setting) for name, setting in settings.config.rules.items()
    ]
    for number, override in enumerate(settings.config.overrides):
        for name, setting in override.rules.items():
            places.append((("overrides", number, "rules", name), name, setting))
    for number, ignore in enumerate(settings.config.ignores):
        places.append((("ignores", number, "rule"), ignore.rule, "off"))
    for place, name, setting in places:
        if name not in known:
            yield file.error(unknown("rule", name, known), *place).error
        elif isinstance(setting, str) and setting not in LEVELS:
            yield file.error(unknown("level", setting, LEVELS), *place).error
    for number, ignore in enumerate(settings.config.ignores):
        if settings.config.require_reason and not has_words(ignore.reason):
            yield file.error('missing key "reason" (require-reason is on)', "ignores", number).error


def _ended(settings: Settings, today: date) -> Iterator[str]:
    """A notice for each glob that is over; what names one path is a finding in that article."""
    for number, ignore in enumerate(settings.config.ignores):
        if ignore.until and ignore.until < today and not globs.is_path(ignore.path):
            what = f"the ignore of “{ignore.rule}” in “{ignore.path}” ended on {ignore.until}"
            yield str(settings.file.error(f"{what}: remove it", "ignores", number).error)


def _tags(rules: Rules) -> set[str]:
    return {str(tag) for data in rules.data.values() for tag in _strings(data.get("tags"))}


def _strings(value: object) -> list[str]:
    return [str(item) for item in value] if isinstance(value, list) else []


def wanted(settings: Settings, path: str) -> bool:
    """Whether `files` and `exclude` of the config let an article through; a baseline is none."""
    if os.path.basename(path) == BASELINE:
        return False
    chosen = settings.config
    if not (chosen.files or chosen.exclude):
        return True
    name = relative(settings, path)
    if chosen.files and not globs.matches(chosen.files, name):
        return False
    return not (chosen.exclude and globs.matches(chosen.exclude, name))


def relative(settings: Settings, path: str) -> str:
    """The path as the config's globs see it: from the config's folder, joined with `/`."""
    full = os.path.normpath(os.path.join(settings.cwd, path))
    full = full.replace(os.sep, "/")
    base = settings.base.as_posix().rstrip("/") + "/"
    return full.removeprefix(base) if full.startswith(base) else path
