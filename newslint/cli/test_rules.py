"""`newslint test-rules`: the examples in rule files, run as tests."""

from __future__ import annotations

import argparse
import os
from collections.abc import Iterable
from pathlib import Path

from msgspec.structs import replace

from newslint import config, examples, stylebooks
from newslint.cli import engine_flags
from newslint.cli.common import complain, say
from newslint.config import Request, Settings
from newslint.engines import Choice
from newslint.errors import Error, NewslintError
from newslint.examples import Bench
from newslint.lint import Linter
from newslint.reference import shipped
from newslint.reports.terminal import safe
from newslint.reports.wording import plural
from newslint.rule import Ready
from newslint.stylebooks import Rules


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Which rules to test."""
    parser.add_argument(
        "folders", nargs="*", metavar="DIR",
        help="folders of rules, or names of shipped stylebooks; default: those of newslint.yml",
    )  # fmt: skip
    engine_flags.add_arguments(parser)


def run(arguments: argparse.Namespace) -> int:
    """0 when all examples hold, 1 when one does not, 2 when a rule is broken."""
    try:
        settings = config.settle(Request(cwd=os.getcwd(), **engine_flags.of(arguments)))
        rules, wanted = _load(settings, arguments.folders)
    except NewslintError as error:
        complain([error.error])
        return 2
    engine = settings.reference.engine
    ready, errors = _make(rules, engine)
    if not wanted and not errors:
        errors.append(Error(" ".join(arguments.folders), "rule", "there are no rules here"))
    bench = Bench(Linter(list(ready.values())), rules.names, engine)
    tested, failures, unasked = _tested(
        rules, [ready[n] for n in sorted(wanted & set(ready))], bench
    )
    for failure in failures:
        print(safe(str(failure)))
    complain([*errors, *unasked])
    examined = f"{plural(tested, 'example')} of {plural(len(wanted), 'rule')}"
    broken = plural(len(errors), "broken rule")
    print(f"{examined}: {plural(len(failures), 'failure')}, {broken}")
    return 2 if errors or unasked else 1 if failures else 0


def _tested(
    rules: Rules, those: Iterable[Ready], bench: Bench
) -> tuple[int, list[Error], list[Error]]:
    """How many examples were run, which do not hold, and why an engine could not be asked."""
    tested = 0
    failures: list[Error] = []
    unasked: dict[Error, None] = {}
    for ready in those:
        rule, definition = ready.rule, rules.definitions[ready.rule.id]
        if "extends" in definition.data and "examples" not in definition.data:
            continue
        if ready.finder.asked is not None and not ready.finder.asked:
            say(f"{rule.id}: not tested, since it asks {bench.engine.name} for nothing")
            continue
        try:
            found = list(examples.run(ready, bench))
        except NewslintError as error:
            unasked[error.error] = None
            continue
        both = (*rule.examples.bad, *rule.examples.good)
        tested += sum(1 for _ in examples.meant(both, bench.engine))
        failures += [
            definition.file.error(f"{rule.id}: {failure.message}", *failure.place).error
            for failure in found
        ]
    return tested, failures, list(unasked)


def _load(settings: Settings, folders: list[str]) -> tuple[Rules, set[str]]:
    """The rules at hand, and the ids of those to test."""
    names = [_name(folder) for folder in folders] or list(settings.config.extends)
    base = Path.cwd() if folders else settings.base
    extends = [stylebook for stylebook in settings.config.extends if "/" not in stylebook]
    rules = stylebooks.load([*extends, *names], base)
    own = {name for name, d in rules.definitions.items() if d.stylebook in names}
    return rules, own


def _name(folder: str) -> str:
    path = Path(folder).resolve()
    if path.parent == stylebooks.shipped_root().resolve():
        return path.name
    return folder if folder in stylebooks.shipped() or "/" in folder else f"./{folder}"


def _make(rules: Rules, engine: Choice) -> tuple[dict[str, Ready], list[Error]]:
    ready, errors = {}, list(rules.errors)
    shelf = replace(shipped(), engine=engine)
    for name in rules.data:
        try:
            ready[name] = stylebooks.make_rule(rules, name, shelf)
        except NewslintError as error:
            errors.append(error.error)
    return ready, errors
