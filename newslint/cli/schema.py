"""`newslint schema rule|config`."""

from __future__ import annotations

import argparse

import msgspec

from newslint.schema import config_schema, rule_schema


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Which schema."""
    parser.add_argument("what", choices=("rule", "config"))


def run(arguments: argparse.Namespace) -> int:
    """Print the schema."""
    schema = rule_schema() if arguments.what == "rule" else config_schema()
    print(msgspec.json.format(msgspec.json.encode(schema), indent=2).decode())
    return 0
