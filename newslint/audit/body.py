"""What the body of a row is written in, where its dump does not say."""

from __future__ import annotations

import re

from newslint.later import compiled_later

MARKDOWN, HTML, TEXT = "markdown", "html", "text"
_BLOCK_TAG = compiled_later(
    r"<(?:!doctype|html|body|article|section|div|p|br|h[1-6]|ul|ol|table|blockquote|figure)\b",
    re.IGNORECASE,
)
_TAG = compiled_later(r"<(?:a\s|/?(?:a|b|i|em|strong|span|u|sup|sub|img)\b)[^<>]*>", re.IGNORECASE)
_ENTITY = compiled_later(r"&(?:#\d{2,6}|#x[0-9a-f]{2,5}|[a-z]{2,8});", re.IGNORECASE)
_FRONT_MATTER = compiled_later(r"\s*(?:---|\+\+\+)[ \t]*\r?\n")
_MARK = compiled_later(
    r"^#{1,6}[ \t]+\S|!?\[[^\]\n]+\]\([^)\s]+\)|\*\*[^*\s][^*\n]*\*\*",
    re.MULTILINE,
)
_BLANK_LINE = compiled_later(r"\n[ \t\r]*\n")


def format_of(body: str) -> str:
    """`html`, `markdown` or `text`.

    Copy whose paragraphs are parted by blank lines and seldom begin with a tag, as some editorial
    systems keep it, is Markdown whatever tags it holds: that is how all of it is read as meant.
    """
    if _FRONT_MATTER.match(body):
        return MARKDOWN
    if _BLOCK_TAG.search(body):
        parts = [part.lstrip() for part in _BLANK_LINE.split(body) if not part.isspace()]
        begun = sum(part.startswith("<") for part in parts)
        return HTML if len(parts) < 2 or 2 * begun > len(parts) else MARKDOWN
    if _TAG.search(body) or _MARK.search(body):
        return MARKDOWN
    parted = _BLANK_LINE.search(body) or "\n" not in body
    return MARKDOWN if parted and _ENTITY.search(body) else TEXT
