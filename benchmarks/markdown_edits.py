"""Edits of Markdown that leave the sentences in peace which somebody has asked it to.

An article is a front matter and chunks with blank lines between them. Only chunks that are plain
beyond doubt are touched: paragraphs, block quotes and list items without code, HTML, shortcodes,
tables or hard line breaks. What is not sure is left as it was, and the edit did not happen.
"""

from __future__ import annotations

import re
import textwrap
from collections.abc import Callable, Sequence
from random import Random
from typing import NamedTuple

FILLERS = (
    "The office keeps its files in order.",
    "Visitors find the entrance on the north side.",
    "The room has two windows and a long table.",
    "Staff water the plants every morning.",
    "The lift stops on every floor of the building.",
    "Coffee is served in the hall.",
)
"""Sentences that no rule has a word on."""

_FENCE = re.compile(r"^[ \t]*(```|~~~)", re.M)
_PLAIN = re.compile(r"[A-Z“\"‘(*_\[]")
_ODD = re.compile(r"\{\{|\{%|\{:|<|\||\\$|  $|^ {4}|\t|^\[[^\]]+\]:|^(?:=+|-{2,}|\*{3,})\s*$", re.M)
_LINE_START = re.compile(r"[-+*#>=|~`<]|\d+[.)]|\[[^\]]*\]:|:")
_HEADING = re.compile(r"#{1,6} \S[^\n]*\Z")
_ITEM = re.compile(r"([-*+]|\d+\.) +(?=\S)")
_MARKUP = re.compile(r"[_*\[\]]")
_SENTENCE = re.compile(r"(?<=[a-z][.]) (?=[A-Z][a-z])")


class Copy(NamedTuple):
    """A Markdown article in pieces; joined, they are the file again."""

    front: str
    chunks: tuple[str, ...]
    """Paragraphs, headings and so on, in turn with the blank lines between them."""

    @property
    def text(self) -> str:
        return self.front + "".join(self.chunks)


def taken_apart(text: str) -> Copy:
    """The pieces of an article."""
    front = re.match(r"---\n.*?\n---[ \t]*\n", text, re.S)
    head = front[0] if front else ""
    return Copy(head, tuple(re.split(r"(\n[ \t]*\n(?:[ \t]*\n)*)", text[len(head) :])))


Keeps = Callable[[str], bool]
"""Whether a piece of text holds words that are to stay as they are."""
Edit = Callable[[Copy, Keeps, Random], Copy | None]


def plain(chunk: str) -> bool:
    """Whether it is a paragraph and nothing else."""
    return bool(_PLAIN.match(chunk)) and not (
        _ODD.search(chunk)
        or "`" in chunk
        or any(_LINE_START.match(line) for line in chunk.split("\n")[1:])
        or re.match(r"[*_-] ", chunk)
        or chunk.startswith(("***", "___"))
    )


def _regular(copy: Copy) -> bool:
    """Whether chunks can change places: no code and no HTML goes over blank lines."""
    body = "".join(copy.chunks)
    return not (
        _FENCE.search(body) or re.search(r"<!--|</?(?:div|table|ul|ol|pre|script)|\{\{%", body)
    )


def _paragraphs(copy: Copy) -> list[int]:
    return [n for n, chunk in enumerate(copy.chunks) if n % 2 == 0 and plain(chunk)]


def _with(copy: Copy, changes: dict[int, str]) -> Copy:
    chunks = tuple(changes.get(n, chunk) for n, chunk in enumerate(copy.chunks))
    return copy._replace(chunks=chunks)


def move_paragraph(copy: Copy, _: Keeps, random: Random) -> Copy | None:
    """Two paragraphs change places."""
    if not _regular(copy) or len(places := _paragraphs(copy)) < 2:
        return None
    one, two = random.sample(places, 2)
    return _with(copy, {one: copy.chunks[two], two: copy.chunks[one]})


def insert_paragraph(copy: Copy, _: Keeps, random: Random) -> Copy | None:
    """A new paragraph above another one."""
    if not _regular(copy) or not (places := _paragraphs(copy)):
        return None
    place = random.choice(places)
    words = " ".join(random.sample(FILLERS, 2))
    return _with(copy, {place: f"{words}\n\n{copy.chunks[place]}"})


def delete_paragraph(copy: Copy, keeps: Keeps, random: Random) -> Copy | None:
    """A paragraph goes that nobody has a word on."""
    places = [place for place in _paragraphs(copy)[1:] if not keeps(copy.chunks[place])]
    if not _regular(copy) or not places:
        return None
    place = random.choice(places)
    return copy._replace(chunks=copy.chunks[: place - 1] + copy.chunks[place + 1 :])


def reflow(copy: Copy, _: Keeps, random: Random) -> Copy | None:
    """Paragraphs, block quotes and list items in lines of another length."""
    if not _regular(copy):
        return None
    width = random.choice((40, 60, 72, 88, 100, 10_000))
    chunks = tuple(
        _wrapped(chunk, width) if n % 2 == 0 else chunk for n, chunk in enumerate(copy.chunks)
    )
    return copy._replace(chunks=chunks) if chunks != copy.chunks else None


def _wrapped(chunk: str, width: int) -> str:
    if plain(chunk):
        return _filled(chunk, "", "", width) or chunk
    lines = chunk.split("\n")
    if all(line.startswith("> ") for line in lines):
        inside = "\n".join(line[2:] for line in lines)
        return _filled(inside, "> ", "> ", width) or chunk if plain(inside) else chunk
    if all(_ITEM.match(line) for line in lines):
        items = []
        for line in lines:
            mark = _ITEM.match(line)
            assert mark
            inside = line[mark.end() :]
            lead = mark[0]
            items.append(
                _filled(inside, lead, " " * len(lead), width) or line if plain(inside) else line
            )
        return "\n".join(items)
    return chunk


def _filled(text: str, first: str, rest: str, width: int) -> str | None:
    lines = textwrap.wrap(
        text, width, initial_indent=first, subsequent_indent=rest,
        break_long_words=False, break_on_hyphens=False,
    )  # fmt: skip
    return (
        None
        if any(_LINE_START.match(line[len(rest) :]) for line in lines[1:])
        else "\n".join(lines)
    )


def add_key(copy: Copy, _: Keeps, random: Random) -> Copy | None:
    """A key more in the front matter, at the top or at the end of it."""
    if not copy.front:
        return None
    key = f"desk_note_{random.randrange(1000)}: checked\n"
    front = copy.front
    at = 4 if random.random() < 0.5 else front.rindex("---")
    return copy._replace(front=front[:at] + key + front[at:])


def blank_lines(copy: Copy, _: Keeps, random: Random) -> Copy | None:
    """More blank lines between paragraphs, and some at the end."""
    places = [n for n in _paragraphs(copy) if n + 2 < len(copy.chunks)]
    if not _regular(copy) or not places:
        return None
    chosen = {n + 1: copy.chunks[n + 1] + "\n" for n in places if random.random() < 0.7}
    chunks = _with(copy, chosen).chunks
    return copy._replace(chunks=(*chunks[:-1], chunks[-1].rstrip("\n") + "\n\n"))


def edit_sentence(copy: Copy, keeps: Keeps, random: Random) -> Copy | None:
    """Another sentence of a paragraph says something else."""
    changes = []
    for place in _paragraphs(copy):
        parts = _SENTENCE.split(copy.chunks[place])
        for number in range(1, len(parts)):
            if not (keeps(parts[number]) or _MARKUP.search(parts[number])):
                with_filler = [*parts[:number], random.choice(FILLERS), *parts[number + 1 :]]
                changes.append({place: " ".join(with_filler)})
    return _with(copy, random.choice(changes)) if changes else None


def reorder_sections(copy: Copy, _: Keeps, random: Random) -> Copy | None:
    """Two neighbouring sections below headings of one level change places."""
    heads = [n for n, chunk in enumerate(copy.chunks) if n % 2 == 0 and _HEADING.match(chunk)]
    if not _regular(copy) or len(heads) < 3:
        return None
    number = random.randrange(len(heads) - 2)
    first, second, end = heads[number : number + 3]
    if len({copy.chunks[n].split(" ")[0] for n in (first, second, end)}) > 1:
        return None
    chunks = copy.chunks
    return copy._replace(
        chunks=chunks[:first] + chunks[second:end] + chunks[first:second] + chunks[end:]
    )


def with_paragraph(copy: Copy, text: str, instead_of: str | None, random: Random) -> Copy | None:
    """The article with a paragraph more, in place of one that holds certain words where asked."""
    places = _paragraphs(copy)
    if instead_of is not None:
        places = [place for place in places if instead_of in copy.chunks[place]]
    if not _regular(copy) or not places:
        return None
    place = random.choice(places)
    old = "" if instead_of is not None else f"\n\n{copy.chunks[place]}"
    return _with(copy, {place: text + old})


IN_PLACE: Sequence[Edit] = (
    move_paragraph, insert_paragraph, delete_paragraph, reflow, add_key, blank_lines,
    edit_sentence, reorder_sections,
)  # fmt: skip
"""Each gives the article as it is after the edit, or None where it has no place for it."""
