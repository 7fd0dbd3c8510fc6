"""Names of HTML elements that the HTML and Markdown readers treat alike."""

from __future__ import annotations

CODE = frozenset({"code", "kbd", "samp", "tt", "var", "math", "object", "embed", "iframe"})
"""Inline elements that stand in the text as one opaque character."""
SKIPPED = frozenset(
    {"script", "style", "noscript", "template", "head", "title", "svg", "iframe", "object"}
    | {"embed", "textarea", "select", "button", "canvas", "audio", "video", "xmp", "pre"}
    | {"datalist", "noembed", "noframes", "frameset", "map", "dialog", "option", "math"}
)
"""Elements that never hold prose."""
VOID = frozenset(
    {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param"}
    | {"source", "track", "wbr", "frame", "keygen", "basefont", "bgsound", "command"}
)
"""Elements without content."""
