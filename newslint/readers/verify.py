"""Checks that an article's prose equals its source at every mapped position."""

from __future__ import annotations

import re
from html import unescape
from itertools import pairwise

from newslint.article import OPAQUE, Article, Block, Span
from newslint.later import compiled_later

_SPACE_FROM = compiled_later(r"[\s\\>]*(?:<[^<>]*>[\s\\>]*)*")
"""What one space may stand for: white space, quote marks at a line's start, `<br>`."""

_QUOTE_TAG = compiled_later(r"</?q\b[^>]*>", re.IGNORECASE)

_STRING_ESCAPE = compiled_later(
    r"''|\\(?:x[0-9A-Fa-f]{2}|u[0-9A-Fa-f]{4}|U[0-9A-Fa-f]{8}|[abtnvfr0eNLP_ \"/\\])"
)

_YAML_ESCAPE = {
    "/": "/", " ": " ", "0": "\0", "e": "\x1b",
    "N": "\x85", "_": "\xa0", "L": "\u2028", "P": "\u2029",
}  # fmt: skip


def verify(article: Article) -> list[str]:
    """One message for each piece or span that is wrong; empty where all is right."""
    wrong: list[str] = []
    for number, block in enumerate(article.blocks):
        label = f"block {number} ({block.kind})"
        wrong += [f"{label}: {message}" for message in _block(block, article.source)]
    for name, span in _spans(article):
        if not 0 <= span.start <= span.end <= len(article.source):
            wrong.append(f"{name}: {span} lies outside the source")
    return wrong


def pieces_checked(article: Article) -> int:
    """How many pieces `verify` compares in the article."""
    return sum(len(block.origin.starts) for block in article.blocks)


def _spans(article: Article) -> list[tuple[str, Span]]:
    found = [("link", link.span) for link in article.links]
    found += [("link text", link.text_span) for link in article.links]
    found += [("image", image.span) for image in article.images]
    found += [("comment", comment.span) for comment in article.comments]
    found += [("problem", problem.span) for problem in article.problems]
    for key, value in article.meta.items():
        found += [(f"meta {key}", value.span), (f"meta key {key}", value.key)]
    return found


def _block(block: Block, source: str) -> list[str]:
    shape = _shape(block, len(source))
    if shape:
        return [shape]
    origin = block.origin
    found = []
    for number, (start, end) in enumerate(zip(origin.starts, origin.ends, strict=True)):
        text = block.text[origin.at[number] : origin.at[number + 1]]
        if not _same(text, source[start:end]):
            found.append(f"{text[:60]!r} is not source[{start}:{end}] {source[start:end][:60]!r}")
    return found


def _shape(block: Block, length: int) -> str:
    at, starts, ends = block.origin.at, block.origin.starts, block.origin.ends
    if not len(starts) == len(ends) == len(at) - 1 or not starts:
        return "the lists of its origin differ in length"
    if at[0] != 0 or at[-1] != len(block.text):
        return "its origin does not cover its text"
    if block.text and any(low >= high for low, high in pairwise(at)):
        return "an empty piece"
    if any(low > high for low, high in pairwise(starts)):
        return "pieces out of order"
    if any(end > following for end, following in zip(ends, starts[1:], strict=False)):
        return "pieces overlap"
    if any(not 0 <= low <= high <= length for low, high in zip(starts, ends, strict=True)):
        return "a piece lies outside the source"
    return ""


def _same(text: str, raw: str) -> bool:
    """Whether `raw` may give `text`: the same characters, an entity, an escape, a space."""
    if text in (raw, OPAQUE):
        return True
    if len(text) == len(raw):
        return all(
            mine in (theirs, OPAQUE) or (mine.isspace() and theirs.isspace())
            for mine, theirs in zip(text, raw, strict=True)
        )
    if text == " ":
        return _SPACE_FROM.fullmatch(raw) is not None or unescape(_unescaped(raw)).isspace()
    if text in "“”" and raw[:2].lower() in ("<q", "</"):
        return _QUOTE_TAG.fullmatch(raw) is not None
    return text in (unescape(raw), unescape(_unescaped(raw))) or raw == "\\" + text


def _unescaped(raw: str) -> str:
    """What the escapes of a quoted string in YAML, TOML or JSON stand for."""
    plain = _STRING_ESCAPE.sub(_character, raw)
    return plain.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def _character(match: re.Match[str]) -> str:
    raw = match[0]
    if raw == "''" or raw[1] in _YAML_ESCAPE:
        return _YAML_ESCAPE.get(raw[1], raw[1])
    return raw.encode("latin-1").decode("unicode_escape")
