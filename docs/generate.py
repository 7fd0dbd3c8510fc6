"""Writes the pages on rules from the rule files: `docs/rules.md` and one page a rule.

Run it with `make docs` after every change to a rule; a test compares the pages with the rules.
"""

from __future__ import annotations

import sys
from itertools import groupby
from pathlib import Path

from newslint import catalog
from newslint.reports.terminal import safe
from newslint.rule import Rule
from newslint.stylebooks import home_of, make_rule

DOCS = Path(__file__).resolve().parent

STYLEBOOKS = {
    "newsroom": "What any desk would stop, whatever its style. It is on by default.",
    "us-style": "American newspaper style: dates, times, numbers, titles, states, spelling.",
    "uk-style": "British newspaper style: dates, times, numbers, titles, spelling.",
    "plain-words": "Long-winded, worn-out and official words, with plainer ones.",
    "sensitive": "Wording about people who can be hurt by it, after published guidance.",
    "readability": "Sentences, paragraphs and turns of phrase that are hard to follow.",
    "reading-grades": "Readability grades. They need `pip install 'newslint[readability]'`.",
    "grammar": "Grammar and spelling. It asks an [engine](grammar.md), which must be installed.",
}
"""The stylebooks in the order of the index, with what each is for."""

_INTRO = """\
# Rules

{count} rules in {books} stylebooks. `newslint rules --all` prints the list,
`newslint explain RULE` a rule's page. A stylebook is switched on with `extends` in
[newslint.yml](configuration.md#extends), a single rule of any stylebook with `rules`.
This page and those that it links are generated from the rule files. In the examples of flagged
copy, `[[` and `]]` stand around what is flagged; they are no part of the copy.

"""
_TABLE = "| rule | severity | what it asks |\n|---|---|---|\n"


def pages() -> dict[str, str]:
    """All generated pages: path from this folder -> text."""
    found = _by_stylebook()
    written = {"rules.md": _index(found)}
    for book, rules in found.items():
        for rule in rules:
            source = f"rules/{book}/{rule.id}.yml"
            footer = f"\nThe rule file: [{source}](../../{source})\n"
            written[f"rules/{rule.id}.md"] = _visible(catalog.page(rule, book)) + footer
    return written


def _visible(page: str) -> str:
    """The page with control characters and invisible ones spelled out, as `explain` prints it."""
    return "\n".join(safe(line) for line in page.split("\n"))


def _by_stylebook() -> dict[str, list[Rule]]:
    shipped = catalog.shipped()
    rules = [make_rule(shipped, name).rule for name in sorted(shipped.definitions)]
    homes = {rule.id: home_of(rule.id) for rule in rules}
    order = list(STYLEBOOKS)
    rules.sort(key=lambda rule: (order.index(homes[rule.id]), rule.id))
    return {book: list(group) for book, group in groupby(rules, lambda rule: homes[rule.id])}


def _index(found: dict[str, list[Rule]]) -> str:
    out = [_INTRO.format(count=sum(map(len, found.values())), books=len(found))]
    for book, rules in found.items():
        out.append(f"## {book}\n\n{STYLEBOOKS[book]}\n\n{_TABLE}")
        for rule in rules:
            title = rule.title.replace("|", "\\|")
            severity = rule.severity + ("" if rule.status == "stable" else f" ({rule.status})")
            out.append(f"| [{rule.id}](rules/{rule.id}.md) | {severity} | {title} |\n")
        out.append("\n")
    return "".join(out).rstrip("\n") + "\n"


def main() -> None:
    """Write what has changed and remove the pages of rules that are gone."""
    wanted = pages()
    (DOCS / "rules").mkdir(exist_ok=True)
    changed = 0
    for name, text in wanted.items():
        path = DOCS / name
        if not path.exists() or path.read_text(encoding="utf-8") != text:
            path.write_text(text, encoding="utf-8", newline="\n")
            changed += 1
    gone = [path for path in (DOCS / "rules").glob("*.md") if f"rules/{path.name}" not in wanted]
    for path in gone:
        path.unlink()
    sys.stdout.write(f"{len(wanted)} pages: {changed} written, {len(gone)} removed\n")


if __name__ == "__main__":
    main()
