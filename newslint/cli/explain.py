"""`newslint explain RULE`."""

from __future__ import annotations

import argparse
import sys

from newslint import catalog, config, ruleset, stylebooks
from newslint.cli.common import add_config_arguments, complain, request_of
from newslint.errors import Error, NewslintError, unknown
from newslint.reports.terminal import safe


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Which rule."""
    parser.add_argument("rule", metavar="RULE", help="the id of a rule, shipped or of this config")
    add_config_arguments(parser)


def run(arguments: argparse.Namespace) -> int:
    """Print the rule's page; 2 when there is no such rule."""
    try:
        settings = config.settle(request_of(arguments))
        rules = stylebooks.load(settings.config.extends, settings.base, everything=True)
        names = rules.names
        if arguments.rule not in names:
            raise NewslintError(Error("", "config", unknown("rule", arguments.rule, names)))
        name = names[arguments.rule]
        ready = {item.rule.id: item.rule for item in ruleset.rules_for(settings)[0]}
        rule = ready.get(name) or stylebooks.make_rule(rules, name).rule
    except NewslintError as error:
        complain([error.error])
        return 2
    book = rules.definitions[name].stylebook or stylebooks.home_of(name)
    sys.stdout.write("\n".join(map(safe, catalog.page(rule, book).split("\n"))))
    return 0
