"""`newslint explain RULE`."""

from __future__ import annotations

import argparse
import sys

from newslint import catalog, config, ruleset, stylebooks
from newslint.cli.common import add_config_arguments, complain, request_of
from newslint.errors import Error, NewslintError, unknown
from newslint.reports.terminal import safe


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Which rules."""
    text = "the id of a rule, shipped or of this config"
    parser.add_argument("rules", nargs="+", metavar="RULE", help=text)
    add_config_arguments(parser)


def run(arguments: argparse.Namespace) -> int:
    """Print the rules' pages; 2 when one of them does not exist or is broken."""
    try:
        settings = config.settle(request_of(arguments))
        rules = stylebooks.load(settings.config.extends, settings.base, everything=True)
        ready = {item.rule.id: item.rule for item in ruleset.rules_for(settings)[0]}
        for name in arguments.rules:
            if name not in rules.names:
                message = unknown("rule", name, rules.names)
                raise NewslintError(Error("", "config", message))
            found = rules.names[name]
            rule = ready.get(found) or stylebooks.make_rule(rules, found).rule
            book = rules.definitions[found].stylebook or stylebooks.home_of(found)
            sys.stdout.write("\n".join(map(safe, catalog.page(rule, book).split("\n"))))
    except NewslintError as error:
        complain([error.error])
        return 2
    return 0
