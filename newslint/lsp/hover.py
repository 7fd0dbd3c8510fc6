"""What the editor shows of the findings under the mouse, in Markdown."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from lsprotocol import types

from newslint.article import Span
from newslint.examples import unmark
from newslint.finding import Finding
from newslint.lint import shown
from newslint.lsp.actions import Asked
from newslint.reports.markdown_text import escaped, line
from newslint.reports.terminal import safe
from newslint.rule import Example
from newslint.rulebook import Known

_ADDRESS = re.compile(r"https?://[^\s<>]+")
_LONG = 6
"""Lines of an example that is passed over."""
_TICKS = re.compile(r"`+")


def of_findings(findings: Sequence[Finding], asked: Asked) -> types.Hover:
    """What to show of some findings that stand at one place."""
    texts = [markdown(finding, asked.project.known.get(finding.rule)) for finding in findings]
    span = Span(min(f.span.start for f in findings), max(f.span.end for f in findings))
    content = types.MarkupContent(types.MarkupKind.Markdown, "\n\n---\n\n".join(texts))
    return types.Hover(content, asked.positions.range(span))


def markdown(finding: Finding, known: Known | None) -> str:
    """A finding with its rule: what it is, why, what to do, and an example."""
    return "\n\n".join(_paragraphs(finding, known))


def _paragraphs(finding: Finding, known: Known | None) -> Iterator[str]:
    title = known.rule.title if known else finding.rule
    yield f"**{escaped(shown(title))}** ({finding.severity}, `{finding.rule}`)"
    yield line(shown(finding.message))
    if known is None:
        return
    yield line(known.rule.why)
    yield f"What to do: {line(finding.fix.advice)}"
    yield from _example("Flagged", known.rule.examples.bad)
    yield from _example("Not flagged", known.rule.examples.good)
    source = known.rule.source
    links = [_link(f"About {finding.rule}", known.url), _link(source.title, source.url)]
    yield " · ".join(dict.fromkeys(links))


def _example(title: str, examples: tuple[str | Example, ...]) -> Iterator[str]:
    """The first example of a few lines."""
    for example in examples:
        text = unmark(example if isinstance(example, str) else example.text).text.strip("\n")
        if text.count("\n") < _LONG:
            fence = "`" * max(3, *(len(run) + 1 for run in _TICKS.findall(text)), 0)
            lines = "\n".join(map(safe, text.split("\n")))
            yield f"{title}:\n\n{fence}text\n{lines}\n{fence}"
            return


def _link(title: str, url: str) -> str:
    words = escaped(shown(title))
    return f"[{words}](<{url}>)" if _ADDRESS.fullmatch(url) else words
