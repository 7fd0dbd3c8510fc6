"""Finds where in a page the article stands, from the page's own structure."""

from __future__ import annotations

import re

from newslint.article import Span
from newslint.later import compiled_later
from newslint.readers.html_names import SKIPPED
from newslint.readers.html_tree import HEADINGS, INLINE, Node, Tree

_FURNITURE = frozenset({"nav", "footer", "aside", "form", "menu"})
_FURNITURE_ROLES = frozenset(
    {"navigation", "banner", "contentinfo", "complementary", "search", "menu", "menubar"}
    | {"dialog", "alert", "form", "toolbar", "tooltip", "alertdialog"}
)
_FURNITURE_WORDS = frozenset(
    {"nav", "navigation", "menu", "breadcrumb", "breadcrumbs", "sidebar", "footer", "related"}
    | {"recommended", "recommendations", "recirc", "trending", "newsletter", "subscribe"}
    | {"share", "sharing", "social", "comment", "comments", "advert", "advertisement", "ad"}
    | {"ads", "promo", "promotion", "sponsored", "cookie", "cookies", "popup", "modal"}
    | {"toolbar", "pagination", "pager", "widget", "login", "signup", "paywall", "tags"}
    | {"topics", "teaser", "copyright", "disclaimer", "tooltip", "bio", "popular"}
)
_UNSEEN = compiled_later(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_UNSEEN_HINT = compiled_later(r"hidden|none|sr-only|screen-reader", re.IGNORECASE)
_UNSEEN_CLASSES = frozenset(
    {"sr-only", "visually-hidden", "visuallyhidden", "screen-reader-text", "screen-reader"}
)
_SHORT = 25
"""Characters below which a paragraph says nothing about where the article stands."""
_LOOSE = 80
"""The same for text that stands directly in a division."""
_LINKED, _UNLINKED, _PARAGRAPH = 1, 2, 4
"""Marks of what an element holds: headings that lead elsewhere or do not, paragraphs."""
_ASIDE = frozenset({"a", "nav", "footer", "aside", "figcaption"})
_NO_MASS = HEADINGS | {"li"}
_SHARE, _SHARE_MARKED = 0.85, 0.95
"""A child that holds this share of its parent's paragraphs is the article in its stead; where the
page itself marks the article, more is asked for."""


def hidden(node: Node) -> bool:
    """Whether the element declares that it is not to be seen."""
    if not _UNSEEN_HINT.search(node.raw):
        return False
    attrs = node.attrs
    if "hidden" in attrs or node.get("aria-hidden").lower() == "true":
        return True
    if not _UNSEEN_CLASSES.isdisjoint(node.get("class").lower().split()):
        return True
    return _UNSEEN.search(node.get("style")) is not None


def furniture(node: Node) -> bool:
    """Whether the element declares itself a part of the site rather than of the article."""
    if node.tag in _FURNITURE or node.get("role").lower() in _FURNITURE_ROLES:
        return True
    if node.tag in INLINE or "embed" in node.words:
        return False
    return not node.words.isdisjoint(_FURNITURE_WORDS)


def _discussion(node: Node) -> bool:
    """Whether the element holds what readers write below an article."""
    if "comment" not in node.raw.lower() or node.tag not in ("div", "section", "ul", "ol"):
        return False
    names = f"{node.get('class')} {node.get('id')}".lower().split()
    return any(name.startswith("comment") for name in names)


def link_list(node: Node, host: str) -> bool:
    """Whether the element is a list of little but links, most of them within the site."""
    _, size, linked = node.measure
    if node.tag not in ("ul", "ol", "dl") or not linked >= 0.7 * size > 0:
        return False
    urls = [inner.get("href") for inner in node.elements() if inner.tag == "a"]
    away = [url for url in urls if "//" in url and not (host and host in url)]
    return len(away) <= len(urls) / 2


def card(node: Node) -> bool:
    """Whether the element leads to another article: a link around blocks, or a linked heading."""
    if node.tag == "a":
        return bool(node.holds)
    if node.tag not in ("div", "section", "article", "li", "figure"):
        return False
    return bool(node.holds & _LINKED) and not node.holds & _UNLINKED


def _heading_mark(heading: Node, size: int, linked: int) -> int:
    around = heading.parent
    if around is not None and around.tag == "a":
        return _LINKED
    targets = [node.get("href") for node in heading.elements() if node.tag == "a"]
    leads_away = linked >= 0.9 * size > 0 and not any(url.startswith("#") for url in targets)
    return _LINKED if leads_away else _UNLINKED


def measure(tree: Tree) -> None:
    """Set every element's `measure`: paragraph, text and link characters."""
    _measure(tree.root, tree.text)


def _measure(node: Node, text: str) -> tuple[int, int, int]:
    mass = size = linked = direct = direct_linked = 0
    for child in node.children:
        if isinstance(child, Span):
            direct += _length(text, child)
        elif child.tag not in SKIPPED:
            inner = _measure(child, text)
            node.holds |= child.holds
            mass += inner[0]
            linked += inner[2]
            if child.tag in INLINE:
                direct += inner[1]
                direct_linked += inner[2]
            else:
                size += inner[1]
    size += direct
    if node.tag == "a":
        linked = size
    if node.tag not in INLINE:
        least = _SHORT if node.tag in ("p", "blockquote") else _LOOSE
        if direct - direct_linked >= least and node.tag not in _NO_MASS:
            mass += direct - direct_linked
    if node.tag in HEADINGS:
        node.holds = _heading_mark(node, size, linked)
    elif node.tag == "p":
        node.holds |= _PARAGRAPH
    if mass and (node.tag in _ASIDE or hidden(node) or _discussion(node)):
        mass = 0
    node.measure = (mass, size, linked)
    return node.measure


def _length(text: str, span: Span) -> int:
    raw = text[span.start : span.end]
    return len(raw.strip()) if raw[:1].isspace() or raw[-1:].isspace() else len(raw)


def body(tree: Tree) -> Node:
    """The element that holds the article's text."""
    found = _marked(tree)
    share = _SHARE if found.tag in ("", "body") else _SHARE_MARKED
    while True:
        whole = found.measure[0]
        inner = [
            child
            for child in found.children
            if isinstance(child, Node)
            and child.tag not in ("p", "blockquote", "table", "ul", "ol")
            and child.measure[0] >= share * whole > 0
        ]
        if not inner or _begins_before(found, inner[0]):
            return found
        found = inner[0]


def _begins_before(node: Node, inner: Node) -> bool:
    """Whether paragraphs stand directly in an element before its main part."""
    return any(
        isinstance(child, Node) and child.tag == "p" and child.measure[0] and child is not inner
        for child in node.children
    )


def _marked(tree: Tree) -> Node:
    nodes = [node for node in tree.nodes if node.measure[0] and not _set_aside(node)]
    whole = tree.root.measure[0]
    for nodes_found in (
        [node for node in nodes if "articlebody" in node.get("itemprop").lower()],
        [node for node in nodes if node.tag == "article"],
        [node for node in nodes if node.tag == "main" or node.get("role") == "main"],
    ):
        best = max(nodes_found, key=_mass, default=None)
        if best and best.measure[0] >= 0.3 * whole > 0:
            return best
    return next((node for node in nodes if node.tag == "body"), tree.root)


def _mass(node: Node) -> int:
    return node.measure[0]


def headline(tree: Tree, content: Node, title: str) -> Node | None:
    """The heading that names the article.

    An `h1` that resembles the page's title, else an `h2` that equals it, else the first `h1` in
    or around the article, else the last `h1` before it that is no link and no single name.
    """
    found = [node for node in tree.nodes if _may_name(node) and not _set_aside(node)]
    wanted = set(_WORD.findall(title.lower()))
    scores = [_overlap(node, tree.text, wanted) for node in found]
    for tags, least in (({"h1"}, 0.3), ({"h2", "h3"}, 0.9)):
        fitting = [
            (-score, at)
            for at, score in enumerate(scores)
            if score >= least and ("h1" not in tags or found[at].tag not in ("h2", "h3"))
        ]
        if fitting:
            return found[min(fitting)[1]]
    first = [node for node in found if node.tag == "h1"]
    around = [node for node in first if _near(node, content)]
    around.sort(key=lambda node: not node.measure[1])
    before = [node for node in first if node.start < content.start and _sentence(node, tree.text)]
    return around[0] if around else before[-1] if before else None


def _may_name(node: Node) -> bool:
    if node.tag in ("h1", "h2", "h3"):
        return True
    return node.tag not in ("meta", "link") and "headline" in node.get("itemprop").lower().split()


def _sentence(node: Node, text: str) -> bool:
    _, size, linked = node.measure
    return linked < size and len(_WORD.findall(raw_text(node, text))) >= _HEADLINE_WORDS


_WORD = compiled_later(r"\w+")
_HEADLINE_WORDS = 3


def _overlap(node: Node, text: str, wanted: set[str]) -> float:
    words = set(_WORD.findall(raw_text(node, text).lower()))
    return len(words & wanted) / len(words | wanted) if words | wanted else 0.0


def raw_text(node: Node, text: str) -> str:
    """The text of an element as written, without its tags."""
    parts = [
        child
        for inner in (node, *node.elements())
        for child in inner.children
        if isinstance(child, Span) and inner.tag not in SKIPPED
    ]
    return " ".join(text[start:end].strip() for start, end in sorted(parts))


def _near(node: Node, content: Node) -> bool:
    """Whether the heading stands in the article, or in an `article` or `main` around it."""
    if content.start <= node.start < content.end:
        return True
    outer: Node | None = content
    while outer:
        named = outer.tag in ("article", "main") or outer.get("role") == "main"
        if named and outer.start <= node.start < outer.end:
            return True
        outer = outer.parent
    return False


def _set_aside(node: Node) -> bool:
    around: Node | None = node
    while around:
        if around.tag in ("nav", "footer", "aside", "template", "noscript") or hidden(around):
            return True
        around = around.parent
    return False


def common(first: Node, second: Node | None) -> Node:
    """The innermost element that holds both."""
    around = first
    while second and not around.start <= second.start < max(around.end, around.start + 1):
        if around.parent is None:
            return around
        around = around.parent
    return around
