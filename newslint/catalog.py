"""The rules as people look them up: lists, and a page for each."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import Any

from msgspec import Struct

from newslint import engines, ruleset, stylebooks
from newslint.config import Settings
from newslint.errors import Error, NewslintError
from newslint.rule import Example, Rule, unfilled
from newslint.stylebooks import Rules, make_rule

_SEEN_OPTIONS = 12
"""Entries of a long list of words that a page shows."""


class Entry(Struct, frozen=True):
    """One row of the list of rules."""

    id: str
    title: str
    severity: str
    kind: str
    stylebook: str
    status: str
    tags: tuple[str, ...]
    enabled: bool


def entries(settings: Settings, everything: bool) -> tuple[list[Entry], list[Error]]:
    """The rules that run, and with `everything` the shipped ones that do not; by stylebook, id."""
    ready, errors = ruleset.rules_for(settings)
    on = {item.rule.id: item.rule for item in ready}
    rules = settings.rules
    if everything:
        rules = stylebooks.load(settings.config.extends, settings.base, everything=True)
    found = []
    for name, definition in rules.definitions.items():
        try:
            rule = on.get(name) or make_rule(rules, name).rule
        except NewslintError as error:
            errors.append(error.error)
            continue
        if name in on or everything:
            book = definition.stylebook or stylebooks.home_of(name)
            found.append(
                Entry(
                    rule.id,
                    rule.title,
                    rule.severity,
                    rule.kind,
                    book,
                    rule.status,
                    rule.tags,
                    name in on,
                )
            )
    return sorted(found, key=lambda entry: (entry.stylebook, entry.id)), list(dict.fromkeys(errors))


def table(found: Iterable[Entry]) -> str:
    """The list in Markdown, a table for each stylebook."""
    out = []
    for book, group in groupby(found, key=lambda entry: entry.stylebook):
        out.append(f"## {book}\n\n| rule | severity | what it asks |\n|---|---|---|\n")
        out += [f"| `{e.id}` | {e.severity} | {_cell(e.title)} |\n" for e in group]
        out.append("\n")
    return "".join(out)


def _cell(text: str) -> str:
    return text.replace("|", "\\|")


def page(rule: Rule, book: str) -> str:
    """All there is to say about a rule, in Markdown."""
    return "".join(_page(rule, book))


def _page(rule: Rule, book: str) -> Iterator[str]:
    yield f"# {rule.id}\n\n{rule.title}\n\n"
    facts = [f"**{rule.severity}**", f"kind `{rule.kind}`", f"stylebook `{book}`"]
    if rule.status != "stable":
        facts.append(f"**{rule.status}**")
    if rule.since:
        facts.append(f"since {rule.since}")
    yield " · ".join(facts) + "\n\n"
    yield f"## Why\n\n{rule.why}\n\nSource: [{rule.source.title}]({rule.source.url})\n\n"
    yield f"## What to do\n\n{unfilled(rule.fix)}\n\n"
    for title, group in (("Flagged", rule.examples.bad), ("Not flagged", rule.examples.good)):
        yield f"## {title}\n\n"
        for example in group:
            yield from _example(example)
    yield f"## Where it looks\n\n{', '.join(rule.scope)}; {_quotations(rule)}.\n\n"
    if rule.rare:
        yield f"Rare: {rule.rare}\n\n"
    yield "## Options\n\n```yaml\n" + _options(rule.options) + "```\n\n"
    yield from _how_to_ignore(rule)


def _quotations(rule: Rule) -> str:
    return {
        "false": "the outlet's own words, not quotations",
        "true": "quotations as well",
        "only": "quotations only",
    }[rule.quotations]


def _example(example: str | Example) -> Iterator[str]:
    example = Example(example) if isinstance(example, str) else example
    fence = "````"
    yield f"{fence}{example.format}\n{example.text.rstrip()}\n{fence}\n\n"
    if example.fixed is not None:
        yield f"becomes\n\n{fence}{example.format}\n{example.fixed.rstrip()}\n{fence}\n\n"


class _Row(list[Any]):
    """A list that is written in a row."""


def _options(options: dict[str, Any]) -> str:
    """The options as YAML, long lists cut, which is said; those of engines are whole."""
    import yaml

    class Dumper(yaml.SafeDumper):
        """Knows rows."""

    Dumper.add_representer(
        _Row, lambda dumper, row: dumper.represent_sequence("tag:yaml.org,2002:seq", row, True)
    )

    def cut(value: Any) -> Any:
        if isinstance(value, list | dict) and len(value) > _SEEN_OPTIONS:
            items = list(value.items()) if isinstance(value, dict) else list(value)
            shown: Any = items[:_SEEN_OPTIONS]
            more = f"… and {len(value) - _SEEN_OPTIONS} more, in the rule file"
            return {**dict(shown), more: "…"} if isinstance(value, dict) else [*shown, more]
        return value

    def in_rows(value: dict[str, Any]) -> dict[str, Any]:
        names = ("rules", "categories", "without")
        return {key: _Row(v) if key in names else v for key, v in value.items()}

    short = {k: in_rows(v) if k in engines.NAMES else cut(v) for k, v in options.items()}
    return str(yaml.dump(short, Dumper=Dumper, allow_unicode=True, sort_keys=False, width=96))


def _how_to_ignore(rule: Rule) -> Iterator[str]:
    yield "## How to change or ignore it\n\nIn `newslint.yml`:\n\n"
    yield f"```yaml\nrules:\n  {rule.id}: off        # or error, warning, info\n```\n"
    if rule.kind == "suppression":  # in the article nothing can be said against these
        return
    yield "\nIn the front matter of one article:\n\n"
    yield f"```yaml\nnewslint:\n  ignore:\n    {rule.id}: the reason\n```\n\n"
    yield "Above one block:\n\n"
    yield f"```html\n<!-- newslint-ignore {rule.id} -- the reason -->\n```\n"


def shipped() -> Rules:
    """All shipped rules."""
    return stylebooks.load((), stylebooks.shipped_root(), everything=True)
