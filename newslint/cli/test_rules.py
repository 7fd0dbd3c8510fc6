"""`newslint test-rules`: the examples in rule files, run as tests."""

from __future__ import annotations

import argparse
import os
from pathlib import Path

from newslint import config, examples, stylebooks
from newslint.cli.common import complain
from newslint.config import Request
from newslint.errors import Error, NewslintError
from newslint.examples import Bench
from newslint.lint import Linter
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


def run(arguments: argparse.Namespace) -> int:
    """0 when all examples hold, 1 when one does not, 2 when a rule is broken."""
    try:
        rules, wanted = _load(arguments.folders)
    except NewslintError as error:
        complain([error.error])
        return 2
    ready, errors = _make(rules)
    if not wanted and not errors:
        errors.append(Error(" ".join(arguments.folders), "rule", "there are no rules here"))
    complain(errors)
    bench = Bench(Linter(list(ready.values())), rules.names)
    tested = failed = 0
    for name in sorted(wanted & ready.keys()):
        definition = rules.definitions[name]
        if "extends" in definition.data and "examples" not in definition.data:
            continue
        rule = ready[name].rule
        tested += len(rule.examples.bad) + len(rule.examples.good)
        for failure in examples.run(ready[name], bench):
            failed += 1
            found = definition.file.error(f"{name}: {failure.message}", *failure.place)
            print(safe(str(found)))
    broken = len(errors)
    examined = f"{plural(tested, 'example')} of {plural(len(wanted), 'rule')}"
    print(f"{examined}: {plural(failed, 'failure')}, {plural(broken, 'broken rule')}")
    return 2 if errors else 1 if failed else 0


def _load(folders: list[str]) -> tuple[Rules, set[str]]:
    """The rules at hand, and the ids of those to test."""
    settings = config.settle(Request(cwd=os.getcwd()))
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


def _make(rules: Rules) -> tuple[dict[str, Ready], list[Error]]:
    ready, errors = {}, list(rules.errors)
    for name in rules.data:
        try:
            ready[name] = stylebooks.make_rule(rules, name)
        except NewslintError as error:
            errors.append(error.error)
    return ready, errors
