"""Titles before a name: “Ukraine’s former Defense Minister”, with qualifier and of-what."""

from __future__ import annotations

import re
from typing import NamedTuple

from newslint.language.titles import HONORIFIC, NOW, Known, Title, abbreviation, plain, possessive
from newslint.later import compiled_later

REACH = 110
"""Code points before or after a name in which its title is sought."""
_LONGEST = 5
"""Words of a title."""
_TOKEN = compiled_later(r"\S+")
_STOPS = ',;:!?)”"…—–'
_OPENING = "(“\"‘'[*"


class Token(NamedTuple):
    """A word between spaces, without the marks around it."""

    word: str
    start: int
    end: int
    ends: bool
    """A mark stands behind it that ends the phrase."""


def tokens_before(text: str, end: int, words: Known) -> list[Token]:
    """The words of the phrase that ends at `end`, within its line; the last one comes last."""
    begin = max(0, end - REACH)
    line = text.rfind("\n", begin, end)
    found: list[Token] = []
    for match in reversed(list(_TOKEN.finditer(text, max(begin, line + 1), end))):
        token = _token(match, words)
        if (token.ends and match.end() < end - 1) or not token.word:
            break
        found.append(token)
        if match[0][0] in _OPENING or len(found) > _LONGEST + 6:
            break
    return found[::-1]


def tokens_after(text: str, start: int, limit: int, most: int, words: Known) -> list[Token]:
    """The words of the phrase that begins at `start`, so many at the most."""
    found: list[Token] = []
    for match in _TOKEN.finditer(text, start, limit):
        token = _token(match, words)
        found.append(token)
        if token.ends or len(found) > most:
            break
    return found


def _token(match: re.Match[str], words: Known) -> Token:
    raw, start = match[0], match.start()
    word = raw.lstrip(_OPENING)
    start += len(raw) - len(word)
    bare = word.rstrip(_STOPS)
    ends = len(bare) < len(word)
    if bare.endswith(".") and not abbreviation(bare, words):
        bare, ends = bare[:-1], True
    return Token(bare, start, start + len(bare), ends)


def title_before(text: str, end: int, words: Known) -> Title | None:
    """The title that ends right before `end`, with qualifier and of-what."""
    tokens = tokens_before(text, end, words)
    if not tokens:
        return None
    keys = [plain(token.word) for token in tokens]
    prefix, statuses = unhyphened(keys, words)
    last = len(keys)
    found = title_at(keys, last, words) or _title_with_of(keys, last, words)
    if found is None:
        return _title_of_place(text, tokens, keys, words)
    first, key, sort = found
    if sort == HONORIFIC and tokens[first].word[:1].islower():
        return None
    while first > 0 and keys[first - 1] in words.modifiers and statuses[first] is None:
        first -= 1
        key = f"{words.modifiers[keys[first]]} {key}"
    if key in words.portfolios and field_before(tokens, keys, first, words):
        first -= 1
        key = f"{keys[first].rstrip('s')} {key}"
    name = (tokens[first].start + prefix[first], tokens[-1].end)
    return _qualified(tokens, keys, statuses, first, Title(*name, name, key, sort), words)


def _title_of_place(text: str, tokens: list[Token], keys: list[str], words: Known) -> Title | None:
    """“Archbishop of Canterbury”, “director of the FBI” before a name."""
    at = len(tokens)
    while at > 0 and tokens[at - 1].word[:1].isupper():
        at -= 1
    if at in (0, len(tokens)) or keys[at - 1] not in words.connectors:
        return None
    while at > 0 and keys[at - 1] in words.connectors:
        at -= 1
    if at == 0 or title_at(keys, at, words) is None:
        return None
    title = title_before(text, tokens[at - 1].end + 1, words)
    if title is None:
        return None
    return title._replace(end=tokens[-1].end, of=(tokens[at].start, tokens[-1].end))


def field_before(tokens: list[Token], keys: list[str], first: int, words: Known) -> bool:
    """Whether the word before a minister is a field: “Harbour”, “the former harbour”."""
    if first == 0:
        return False
    word, key = tokens[first - 1].word, keys[first - 1]
    if not word.isalpha() or key in words.places or word in words.starters:
        return False
    if key in words.qualifiers or key in words.determiners or key in words.breaks:
        return False
    if word[0].isupper():
        return key not in words.places and not word.isupper()
    before = keys[first - 2] if first > 1 else ""
    return (
        before in words.qualifiers or before in words.places or before in words.determiners
        or possessive(before)
    )  # fmt: skip


def unhyphened(keys: list[str], words: Known) -> tuple[list[int], list[str | None]]:
    """Take “ex-” and “-elect” off the words: how long each prefix was, and what it says."""
    lengths: list[int] = [0] * len(keys)
    statuses: list[str | None] = [None] * len(keys)
    for index, key in enumerate(keys):
        if "-" not in key or key in words.titles:
            continue
        for prefix, status in words.prefixes:
            if key.startswith(prefix) and len(key) > len(prefix):
                keys[index] = key[len(prefix) :]
                lengths[index], statuses[index] = len(prefix), status
        for ending, status in words.endings:
            if key.endswith(ending) and key[: -len(ending)] in words.lasts:
                keys[index], statuses[index] = keys[index][: -len(ending)], status
    return lengths, statuses


def title_at(keys: list[str], end: int, words: Known) -> tuple[int, str, str] | None:
    """The longest title that ends before word `end`: its first word, key and sort."""
    if end < 1 or keys[end - 1] not in words.lasts:
        return None
    for first in range(max(0, end - _LONGEST), end):
        entry = words.titles.get(" ".join(keys[first:end]))
        if entry is not None:
            return first, *entry
    return None


def _title_with_of(keys: list[str], end: int, words: Known) -> tuple[int, str, str] | None:
    """“Secretary of Defense”, “minister for foreign affairs”: the key names the field first."""
    for length in range(1, min(3, end - 2) + 1):
        link = end - length - 1
        field = words.modifiers.get(" ".join(keys[end - length : end]))
        if field is None and length == 1 and keys[link - 1] in words.portfolios:
            field = keys[end - 1].rstrip("s")
        if field is None or keys[link] not in words.connectors:
            continue
        while link > 0 and keys[link - 1] in words.connectors:
            link -= 1
        head = title_at(keys, link, words)
        if head is not None:
            return head[0], f"{field} {head[1]}", head[2]
    return None


def _qualified(
    tokens: list[Token], keys: list[str], statuses: list[str | None], first: int, title: Title,
    words: Known,
) -> Title:  # fmt: skip
    """The title with what stands before its first word: of-what, “former”, of-what again."""
    status = next((s for s in statuses[first:] if s is not None), None)
    index, of = of_before(tokens, keys, first, words)
    start = tokens[index].start if of else title.start
    qualifier: tuple[int, int] | None = None
    if index > 0 and _qualifies(tokens[index - 1], keys[index - 1], words):
        index -= 1
        status = status if status not in (None, NOW) else words.qualifiers[keys[index]]
        qualifier = (tokens[index].start, tokens[index].end)
        start = tokens[index].start
        if of is None:
            index, of = of_before(tokens, keys, index, words)
            start = tokens[index].start
    elif status is None and (far := _far_qualifier(tokens, keys, index, words)) is not None:
        status = words.qualifiers[keys[far]]
        qualifier = (tokens[far].start, tokens[far].end)
        start = tokens[far].start
    elif status is None and index > 0 and statuses[index - 1] is not None:
        token = tokens[index - 1]
        status, start = statuses[index - 1], token.start
        qualifier = (start, start + token.word.find("-") + 1)
        of = (qualifier[1], tokens[first - 1].end)
    elif "-" in tokens[index].word and statuses[index] is not None:
        start = tokens[index].start
        if keys[index] != plain(tokens[index].word)[: len(keys[index])]:
            qualifier = (start, start + tokens[index].word.find("-") + 1)
    return title._replace(start=start, status=status or NOW, qualifier=qualifier, of=of)


def _far_qualifier(tokens: list[Token], keys: list[str], index: int, words: Known) -> int | None:
    """A qualifier before words that the lexicon does not know: “former water board chairman”."""
    for number in range(index - 1, max(-1, index - 4), -1):
        if _qualifies(tokens[number], keys[number], words):
            return number
        word, key = tokens[number].word, keys[number]
        if not word[:1].islower() or key in words.breaks or key in words.connectors:
            return None
        if key in words.determiners or key in words.lasts or possessive(word):
            return None
    return None


def _qualifies(token: Token, key: str, words: Known) -> bool:
    """Whether a word is a qualifier; “New” with a capital begins the name of a place."""
    status = words.qualifiers.get(key)
    return status is not None and (status != NOW or token.word[:1].islower())


def of_before(
    tokens: list[Token], keys: list[str], first: int, words: Known
) -> tuple[int, tuple[int, int] | None]:
    """“Ukraine’s”, “U.S.”, “the company’s” before word `first`: where it begins, and its range."""
    index = first
    while index > 0 and _names_place(tokens[index - 1], keys[index - 1], words, index == first):
        index -= 1
    if index == first:
        return first, None
    return index, (tokens[index].start, tokens[first - 1].end)


def _names_place(token: Token, key: str, words: Known, nearest: bool) -> bool:
    if _qualifies(token, key, words) or (token.word in words.starters):
        return False
    return token.word[:1].isupper() or (nearest and (possessive(token.word) or key in words.places))
