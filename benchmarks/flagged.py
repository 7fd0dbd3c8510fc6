"""What an engine flags, held against the block it was asked about and against the source.

The words are compared without what no engine is shown (marks without width, odd spaces, markup),
which is taken out of the source by other means than the readers'.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from typing import NamedTuple
from unicodedata import normalize

from msgspec.structs import replace

from newslint.article import OPAQUE, Article
from newslint.engines import Choice
from newslint.engines.answers import answers
from newslint.reference import shipped
from newslint.rule import Ready
from newslint.ruleset import sharing

ANSWERS = "newslint.engines.answers._said"
"""Where an article keeps what engines have said of it."""
SPELLING = {"SpellCheck", "MORFOLOGIK_RULE_EN_US", "MORFOLOGIK_RULE_EN_GB"}
"""Rules of engines that flag words, and so begin and end where words do."""
_HIDDEN = re.compile(
    r"[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufe0e\ufe0f\ufeff]"
)
_TAGS = re.compile(r"<!--.*?-->|</?[a-zA-Z][^<>]*>|<(?:https?|mailto):[^<>]*>", re.DOTALL)
_TARGET = re.compile(
    r"\]\((?:\{\{.*?\}\}|\{%.*?%\}|\([^()]*\)|[^()])*?\)(?:\{[^{}\n]*\})?"
    r"|\]\[[^\]]*\]|\[\^[^\]]*\]",
    re.DOTALL,
)
_ESCAPED = re.compile(r"\\(?=[!-/:-@\[-`{-~])|\\$", re.MULTILINE)
_MARKS = re.compile(r"[*_~\[\]]|^[ \t]*>", re.MULTILINE)


class Flagged(NamedTuple):
    """One place that an engine flags."""

    rule: str
    text: str
    """As the block has it."""
    source: str
    """The slice of the source."""
    same: bool
    """Whether they are the same words."""
    whole: bool
    """Whether it begins and ends where words do, if it must: not so where an engine takes a word
    for several, and nowhere else."""


def shared(ready: list[Ready], choice: Choice) -> list[Ready]:
    """The rules, those that ask an engine with this one and one reading by it, as in a run."""
    reference = replace(shipped(), engine=choice)
    asking = [
        one if one.finder.asked is None or one.remake is None
        else replace(one, finder=one.remake(reference))
        for one in ready
    ]  # fmt: skip
    return sharing(asking, reference)


def flagged(article: Article) -> Iterator[Flagged]:
    """Every place of a checked article that an engine has flagged."""
    known: dict[Choice, object] = article.memo.get(ANSWERS, {})
    for answer in (answer for choice in known for answer in answers(article, choice)):
        block, match = article.blocks[answer.block], answer.match
        text = block.text[match.start : match.end]
        start, end = block.span(match.start, match.end)
        source = article.source[start:end]
        around = block.text[match.start - 1 : match.start], block.text[match.end : match.end + 1]
        whole = match.rule not in SPELLING or not (
            (around[0].isalpha() and text[:1].isalpha())
            or (around[1].isalpha() and text[-1:].isalpha())
        )
        same = OPAQUE not in text and _words(text) == _words(_bare(source, article.format))
        yield Flagged(match.rule, text, source, same, whole)


def _bare(source: str, format: str) -> str:
    """A slice of the source without markup."""
    if format != "text":
        source = _TAGS.sub("", source)
    if format == "markdown":
        source = _MARKS.sub("", _ESCAPED.sub("", _TARGET.sub("", source)))
    return html.unescape(source) if format != "text" else source


def _words(text: str) -> str:
    plain = _MARKS.sub("", _HIDDEN.sub("", normalize("NFC", text)))
    return " ".join(plain.replace("\\", "").replace("''", "'").split())
