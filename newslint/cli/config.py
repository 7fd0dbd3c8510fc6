"""`newslint config [PATH]`: the config that holds here, with the origin of each value."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

import msgspec

from newslint import config, readers, ruleset
from newslint.cli import engine_flags
from newslint.cli.common import add_config_arguments, complain, request_of
from newslint.config import Config, Settings
from newslint.engines import address, choosing
from newslint.errors import Error, NewslintError
from newslint.reports.terminal import safe


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Which article, if any."""
    parser.add_argument("path", nargs="?", metavar="PATH", help="an article, for its overrides")
    parser.add_argument("--format", choices=("text", "json"), default="text")
    add_config_arguments(parser)
    engine_flags.add_arguments(parser)


def run(arguments: argparse.Namespace) -> int:
    """Print the config; 2 when it is broken."""
    try:
        settings = config.settle(request_of(arguments))
        overrides = _overrides(settings, arguments.path)
    except NewslintError as error:
        complain([error.error])
        return 2
    ready, errors = ruleset.rules_for(settings, overrides)
    rules: dict[str, str] = {item.rule.id: item.rule.severity for item in ready}
    if arguments.format == "json":
        data = {
            "file": _file(settings), "config": _plain(settings.config), "overrides": overrides,
            "engine": _engine(settings),
        }  # fmt: skip
        print(msgspec.json.format(msgspec.json.encode({**data, "rules": rules})).decode())
    else:
        _print(settings, overrides, rules)
    complain([*settings.errors, *errors])
    return 2 if settings.errors or errors else 0


def _overrides(settings: Settings, path: str | None) -> tuple[int, ...]:
    if path is None:
        return ()
    try:
        article = readers.read(path, Path(path).read_bytes()).article
    except (OSError, readers.UndecodableError) as error:
        raise NewslintError(Error(path, "unreadable", str(error))) from None
    return ruleset.overrides_of(settings, article)


def _file(settings: Settings) -> str | None:
    return settings.file.name if settings.file.data is not None else None


def _plain(value: Config) -> dict[str, Any]:
    plain: dict[str, Any] = msgspec.to_builtins(value)
    return plain


def _print(settings: Settings, overrides: tuple[int, ...], rules: dict[str, str]) -> None:
    print(f"# config: {_file(settings) or 'none found; these are the defaults'}")
    engine = _engine(settings)
    for key, value in _plain(settings.config).items():
        value, origin = engine.get(key, value), _origin(settings, (key,))
        print(f"{key}: {_shown(value)}  # {_engine_origin(settings, key) or origin}")
    if engine["server"]:
        print(f"# LanguageTool is asked at {safe(engine['server'])}")
    print(f"# {len(rules)} rules run" + (" on this article" if overrides else "") + ":")
    for name, severity in rules.items():
        print(f"#   {severity:<7} {name:<24} {_rule_origin(settings, name, overrides)}")


def _shown(value: Any) -> str:
    return msgspec.json.encode(value).decode()


def _origin(settings: Settings, path: tuple[str | int, ...]) -> str:
    if path in settings.file.places:
        return f"{settings.file.name}:{settings.file.places[path][0]}"
    return "default"


def _engine(settings: Settings) -> dict[str, Any]:
    """What holds of the keys about engines, and the server that is asked, if any."""
    chosen = settings.reference.engine
    return {
        "engine": chosen.name,
        "dialect": chosen.dialect,
        "engine-timeout": chosen.seconds,
        "server": address.shown(chosen.server) if chosen.server else None,
    }


def _engine_origin(settings: Settings, key: str) -> str:
    """Where such a value comes from, if not from a line of the config or newslint itself."""
    request, file, extends = settings.request, settings.file, settings.config.extends
    if (key == "engine" and request.engine) or (key == "engine-timeout" and request.engine_timeout):
        return "command line"
    if key == "engine" and request.languagetool_server and (key,) not in file.places:
        return choosing.VARIABLE
    if key == "dialect" and (key,) not in file.places and choosing.BRITISH in extends:
        return f"because of {choosing.BRITISH} in extends"
    return ""


def _rule_origin(settings: Settings, name: str, overrides: tuple[int, ...]) -> str:
    """Where the last word on a rule was said."""
    places: list[tuple[str | int, ...]] = [("rules", name)]
    places += [("overrides", number, "rules", name) for number in overrides]
    said = [_origin(settings, place) for place in places if place in settings.file.places]
    if settings.request.select:
        return "--select"
    return said[-1] if said else f"stylebook {settings.rules.definitions[name].stylebook}"
