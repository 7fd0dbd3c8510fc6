"""A tree of HTML elements, bounded in depth, that survives unbalanced tags."""

from __future__ import annotations

from collections import Counter

from newslint.article import Comment, Span
from newslint.later import compiled_later
from newslint.readers import html_tokens
from newslint.readers.html_names import VOID
from newslint.readers.html_tokens import Attribute, Token, attributes, tokens

MAX_DEPTH = 100
"""Deeper elements are laid flat into the one at this depth; their text is kept."""

INLINE = frozenset(
    {"a", "abbr", "acronym", "b", "bdi", "bdo", "big", "br", "cite", "code", "data", "del"}
    | {"dfn", "em", "font", "i", "img", "ins", "kbd", "label", "map", "mark", "nobr", "output"}
    | {"picture", "q", "rb", "rp", "rt", "rtc", "ruby", "s", "samp", "small", "source", "span"}
    | {"strike", "strong", "sub", "sup", "time", "tt", "u", "var", "wbr", "input", "svg", "math"}
    | {"button", "select", "textarea", "object", "embed", "iframe", "audio", "video", "canvas"}
    | {"script", "style", "noscript", "template", "meta", "link", "meter", "progress"}
)
"""Elements that do not end a paragraph; any other element, known or not, does."""

HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_IN_HEAD = frozenset(
    {"title", "meta", "link", "script", "style", "base", "noscript", "template", "head"}
)
_INSIDE_P = INLINE | {"isindex"}
_SCOPES = frozenset({"table", "td", "th", "caption", "template", "object", "svg", "math", "body"})
# What a start tag closes, if it is open, and where the search for it stops.
_CLOSES: dict[str, tuple[frozenset[str], frozenset[str]]] = {
    "li": (frozenset({"li"}), frozenset({"ul", "ol", "menu", "dir"}) | _SCOPES),
    "dt": (frozenset({"dt", "dd"}), frozenset({"dl"}) | _SCOPES),
    "dd": (frozenset({"dt", "dd"}), frozenset({"dl"}) | _SCOPES),
    "tr": (frozenset({"tr"}), frozenset({"table", "template"})),
    "td": (frozenset({"td", "th"}), frozenset({"tr", "table", "template"})),
    "th": (frozenset({"td", "th"}), frozenset({"tr", "table", "template"})),
    "option": (frozenset({"option"}), frozenset({"select"})),
}
_PARAGRAPH = frozenset({"p"})
_LINK = frozenset({"a"})
_TABLE = frozenset({"table", "template"})
_ROWS = frozenset({"table", "thead", "tbody", "tfoot", "tr", "caption"})
_CAMEL = compiled_later(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])")


class Node:
    """An element: its start tag, its attributes and what it holds."""

    __slots__ = (
        "_attrs",
        "_words",
        "children",
        "end",
        "holds",
        "measure",
        "parent",
        "raw",
        "start",
        "tag",
    )

    def __init__(self, tag: str, raw: str, start: int, parent: Node | None) -> None:
        self.tag = tag
        self.raw = raw
        """The start tag as written."""
        self.start = start
        self.end = start + len(raw)
        """Of the whole element, its end tag included."""
        self.parent = parent
        self.children: list[Node | Span] = []
        """Elements and ranges of text, in order."""
        self.measure: tuple[int, int, int] = (0, 0, 0)
        """Characters of paragraphs, of text, of links; set by `html_content.measure`."""
        self.holds = 0
        """Which of `html_content`'s marks stand inside it; set there too."""
        self._attrs: dict[str, Attribute] | None = None
        self._words: frozenset[str] | None = None

    @property
    def attrs(self) -> dict[str, Attribute]:
        """The attributes by lower-cased name."""
        if self._attrs is None:
            self._attrs = (
                attributes(self.raw, self.start)
                if " " in self.raw.strip() or ("=" in self.raw)
                else {}
            )
        return self._attrs

    def get(self, name: str) -> str:
        """An attribute's value, or an empty string."""
        found = self.attrs.get(name)
        return found.value if found else ""

    @property
    def words(self) -> frozenset[str]:
        """The words of its classes and its id, lower-cased: `c-ArticleByline` has three."""
        if self._words is None:
            names = f"{self.get('class')} {self.get('id')}" if self.attrs else ""
            self._words = frozenset(word.lower() for word in _CAMEL.findall(names))
        return self._words

    @property
    def inner(self) -> Span:
        """From behind the start tag to the end of the element."""
        return Span(self.start + len(self.raw), self.end)

    def elements(self) -> list[Node]:
        """All elements inside, in the order of the source."""
        found: list[Node] = []
        waiting = [child for child in reversed(self.children) if isinstance(child, Node)]
        while waiting:
            node = waiting.pop()
            found.append(node)
            waiting += [child for child in reversed(node.children) if isinstance(child, Node)]
        return found


class Tree:
    """What one piece of HTML holds."""

    __slots__ = ("_deep", "_open", "_stack", "comments", "nodes", "page", "root", "text")

    def __init__(self, text: str, start: int, end: int) -> None:
        self.text = text
        self.root = Node("", "", start, None)
        self.page = False
        """Whether it is a whole page: a doctype, `html`, `head` or `body` stands in it."""
        self.comments: list[Comment] = []
        self.nodes: list[Node] = []
        """All elements, in the order of the source."""
        self._stack = [self.root]
        self._open: Counter[str] = Counter()
        self._deep: Counter[str] = Counter()
        for token in tokens(text, start, end):
            self._take(token)
        for node in self._stack:
            node.end = end

    def _take(self, token: Token) -> None:
        kind = token.kind
        if kind == html_tokens.TEXT:
            if self._stack[-1].tag == "head" and not self._blank(token):
                self._pop(token.start)
            self._stack[-1].children.append(Span(token.start, token.end))
        elif kind == html_tokens.START:
            self._start(token)
        elif kind == html_tokens.END:
            self._end(token)
        elif kind == html_tokens.COMMENT:
            self.comments.append(_comment(self.text, token))
        elif self.text[token.start : token.start + 9].lower() == "<!doctype":
            self.page = True

    def _blank(self, token: Token) -> bool:
        return self.text[token.start : token.end].isspace()

    def _start(self, token: Token) -> None:
        tag = token.name
        if tag in ("html", "head", "body"):
            self.page = True
            if self._open[tag]:
                return
        if self._stack[-1].tag == "head" and tag not in _IN_HEAD:
            self._pop(token.start)
        self._imply(tag, token.start)
        parent = self._stack[-1]
        node = Node(tag, self.text[token.start : token.end], token.start, parent)
        parent.children.append(node)
        self.nodes.append(node)
        if tag in VOID or (self._foreign() and node.raw.endswith("/>")):
            return
        if len(self._stack) >= MAX_DEPTH:
            self._deep[tag] += 1
            return
        self._stack.append(node)
        self._open[tag] += 1

    def _foreign(self) -> bool:
        return bool(self._open["svg"] or self._open["math"])

    def _imply(self, tag: str, at: int) -> None:
        """Close what the start of `tag` ends: a paragraph, a list item, a cell."""
        if self._open["p"] and tag not in _INSIDE_P:
            self._close(_PARAGRAPH, _SCOPES | {"button"}, at)
        closes = _CLOSES.get(tag)
        if closes and any(self._open[name] for name in closes[0]):
            self._close(*closes, at)
        if tag == "a" and self._open["a"]:
            self._close(_LINK, _SCOPES, at, inline=True)
        if tag in HEADINGS and self._stack[-1].tag in HEADINGS:
            self._pop(at)

    def _close(
        self, names: frozenset[str], scopes: frozenset[str], at: int, inline: bool = False
    ) -> None:
        for depth in range(len(self._stack) - 1, 0, -1):
            tag = self._stack[depth].tag
            if tag in names:
                while len(self._stack) > depth:
                    self._pop(at)
                return
            if tag in scopes or (inline and tag not in INLINE):
                return

    def _end(self, token: Token) -> None:
        tag = token.name
        if self._deep[tag]:
            self._deep[tag] -= 1
            return
        # What stands behind `</body>` is still shown, so it closes nothing.
        if not self._open[tag] or tag in ("html", "body"):
            return
        stop = _TABLE if tag in _ROWS else _SCOPES
        for depth in range(len(self._stack) - 1, 0, -1):
            name = self._stack[depth].tag
            if name == tag:
                while len(self._stack) > depth + 1:
                    self._pop(token.start)
                self._pop(token.end)
                return
            if name in stop or (tag in INLINE and name not in INLINE):
                return

    def _pop(self, at: int) -> None:
        node = self._stack.pop()
        node.end = at
        self._open[node.tag] -= 1


def _comment(text: str, token: Token) -> Comment:
    raw = text[token.start + 4 : token.end]
    for tail in ("--!>", "-->", ">"):
        if raw.endswith(tail):
            raw = raw[: -len(tail)]
            break
    before, after = token.start, token.end
    while before and text[before - 1] in " \t>":  # > is the mark of a quotation in Markdown
        before -= 1
    while after < len(text) and text[after] in " \t":
        after += 1
    alone = (not before or text[before - 1] in "\r\n") and (
        after == len(text) or text[after] in "\r\n"
    )
    return Comment(raw.strip(), Span(token.start, token.end), alone)
