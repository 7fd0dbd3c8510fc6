"""What JSON-LD in a page says about its article, with the place of each value."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape

from newslint.article import Field, Problem, Span
from newslint.later import compiled_later
from newslint.readers.entries import Refused
from newslint.readers.html_tree import Tree
from newslint.readers.jsonmatter import read_json

_OPENING = compiled_later(r"[\s/*]*(?:<!--|<!\[CDATA\[)?[\s/*]*(?=[\[{])")
_BETWEEN = compiled_later(r"[\s,]*")
_TYPES = ("Article", "BlogPosting", "Report", "Review")
_PATHS = {
    "title": ("headline",),
    "date": ("datePublished", "dateCreated"),
    "modified": ("dateModified",),
    "description": ("description",),
    "section": ("articleSection", "articleSection.0"),
    "site": ("publisher.name",),
    "canonical": ("mainEntityOfPage.@id", "mainEntityOfPage", "url"),
    "lang": ("inLanguage",),
}

Found = Iterator[tuple[str, Field]]


def read_json_ld(tree: Tree, problems: list[Problem]) -> Found:
    """The metadata of the page's article by newslint's names; unreadable scripts are problems."""
    for node in tree.nodes:
        if node.tag != "script" or "ld+json" not in node.get("type").lower():
            continue
        for child in node.children:
            if not isinstance(child, Span):
                continue
            try:
                for entries in _objects(tree.text, child):
                    yield from _article(entries)
            except Refused as refused:
                place = Span(*child) if refused.at >= child.end else Span(refused.at, child.end)
                problems.append(Problem("json-ld", f"JSON-LD: {refused.reason}", place))


def _objects(text: str, script: Span) -> Iterator[dict[str, Field]]:
    opening = _OPENING.match(text, *script)
    if opening is None:
        if text[script.start : script.end].strip():
            raise Refused("an object or a list is expected", script.start)
        return
    at = opening.end()
    if text[at] == "{":
        yield read_json(text, at)[0]
        return
    at += 1
    while at < script.end:
        at = _end(text, at, script.end)
        if text[at : at + 1] == "]":
            return
        if text[at : at + 1] != "{":
            raise Refused("an object is expected", at)
        entries, at = read_json(text, at)
        yield entries


def _end(text: str, at: int, end: int) -> int:
    match = _BETWEEN.match(text, at, end)
    return match.end() if match else at


def _article(entries: dict[str, Field]) -> Found:
    prefixes = [key[:-5] for key, entry in entries.items() if key.endswith("@type") and _is(entry)]
    if not prefixes:
        return
    prefix = min(prefixes, key=lambda name: name.count("."))
    for name, paths in _PATHS.items():
        for path in paths:
            entry = entries.get(prefix + path)
            if entry and not isinstance(entry.value, list):
                value = unescape(entry.value) if isinstance(entry.value, str) else entry.value
                yield name, Field(value, entry.span, entry.key)
                break
    author = _author(entries, prefix)
    if author:
        yield "author", author


def _is(entry: Field) -> bool:
    types = entry.value if isinstance(entry.value, list) else [entry.value]
    return any(isinstance(name, str) and name.endswith(_TYPES) for name in types)


def _author(entries: dict[str, Field], prefix: str) -> Field | None:
    """One name, or a list of them, where the object has authors."""
    path = re.compile(re.escape(prefix) + r"(?:author|creator)(?:\.\d+)?(?:\.(name|@id))?")
    named = {
        entry.value: entries[key[:-3] + "name"]
        for key, entry in entries.items()
        if key.endswith("@id") and isinstance(entry.value, str) and key[:-3] + "name" in entries
    }
    found: list[Field] = []
    for key, entry in entries.items():
        match = path.fullmatch(key)
        if match and match[1] == "@id":
            if key[:-3] + "name" not in entries and entry.value in named:
                found.append(named[entry.value])
        elif match:
            found.append(entry)
    every = [name for entry in found for name in _names(entry) if "://" not in name]
    names = list(dict.fromkeys(every))
    if not names:
        return None
    start = min(entry.span.start for entry in found)
    span = Span(start, max(entry.span.end for entry in found))
    return Field(names[0] if len(names) == 1 else names, span, found[0].key)


def _names(entry: Field) -> list[str]:
    values = entry.value if isinstance(entry.value, list) else [entry.value]
    return [unescape(value).strip() for value in values if isinstance(value, str)]
