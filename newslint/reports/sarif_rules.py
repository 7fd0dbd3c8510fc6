"""Rules in a SARIF log, in the keys that GitHub code scanning shows."""

from __future__ import annotations

from newslint.reports.json_parts import Json
from newslint.reports.markdown_text import escaped as as_markdown
from newslint.reports.wording import cut
from newslint.rule import Rule, unfilled
from newslint.rulebook import Known, web_address

MAX_DESCRIPTION = 1024
"""Characters that GitHub takes as a description."""
LEVELS = {"error": "error", "warning": "warning", "info": "note"}


def escaped(text: str) -> str:
    """Plain text as a message: braces doubled, and nothing that makes a link."""
    return text.replace("{", "{{").replace("}", "}}").replace("](", "]\u200b(")


def descriptor(rule: str, known: Known | None) -> Json:
    """What a rule is about, why, what to do, and where to read on."""
    if known is None:
        name = {"text": rule}
        return {"id": rule, "shortDescription": name, "fullDescription": name, "help": name}
    about, url = known.rule, known.url
    return {
        "id": rule,
        "shortDescription": {"text": escaped(cut(about.title, MAX_DESCRIPTION))},
        "fullDescription": {"text": escaped(cut(about.why, MAX_DESCRIPTION))},
        "help": _help(about),
        **({"helpUri": url} if url else {}),
        "defaultConfiguration": {"level": LEVELS[about.severity]},
        "properties": {"tags": list(about.tags)},
    }


def _help(rule: Rule) -> Json:
    fix, title = unfilled(rule.fix), rule.source.title
    url = web_address(rule.source.url)
    markdown = (
        f"**Why.** {as_markdown(rule.why)}\n\n**What to do.** {as_markdown(fix)}\n\n"
        f"Source: {as_markdown(title)}" + (f", <{url}>" if url else "")
    )
    text = f"{rule.why}\n\n{fix}\n\nSource: {title}" + (f", {url}" if url else "")
    return {"text": escaped(text), "markdown": escaped(markdown)}
