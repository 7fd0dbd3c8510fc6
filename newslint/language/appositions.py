"""Titles in apposition: “Jane Roe, the mayor of Corley,” and “the mayor of Corley, Jane Roe”."""

from __future__ import annotations

from newslint.language.title_phrases import (
    REACH,
    Token,
    field_before,
    of_before,
    title_at,
    title_before,
    tokens_after,
    tokens_before,
    unhyphened,
)
from newslint.language.titles import NOW, Known, Title, plain, possessive

_STOPS = '.,;:!?)”"…—–'
_MOST = 9
"""Words of an apposition that are looked at."""


def title_before_comma(text: str, end: int, words: Known) -> Title | None:
    """The title in apposition that ends at `end`: “the mayor of Corley”, before comma and name."""
    tokens = tokens_before(text, end, words)
    at = len(tokens)
    while at > 0 and tokens[at - 1].word[:1].isupper():
        at -= 1
    of = None
    if 0 < at < len(tokens) and plain(tokens[at - 1].word) in words.connectors:
        while at > 0 and plain(tokens[at - 1].word) in words.connectors:
            at -= 1
        of = (tokens[at].start, tokens[-1].end)
    title = title_before(text, tokens[at].start - 1 if of else end, words)
    if title is None:
        return None
    lead = next((t.word.lower() for t in reversed(tokens) if t.end < title.start), "")
    if title.of is None and title.qualifier is None and lead not in words.determiners:
        return None
    return title._replace(end=of[1], of=of) if of else title


def title_after(text: str, start: int, words: Known) -> Title | None:
    """The title in apposition that follows at `start`, behind a comma: “, the mayor of Corley,”."""
    limit = _clause_end(text, start)
    if words.lasts.isdisjoint([w.rstrip(_STOPS) for w in text[start:limit].lower().split()]):
        return None
    tokens = tokens_after(text, start, limit, _MOST, words)
    keys = [plain(token.word) for token in tokens]
    _, statuses = unhyphened(keys, words)
    head = _head(keys, words)
    if head is None or not _leads(tokens[: head[0]], keys, words):
        return None
    first, last, key, sort = head
    if key in words.portfolios and field_before(tokens, keys, first, words):
        first -= 1
        key = f"{keys[first].rstrip('s')} {key}"
    status = next((words.qualifiers[k] for k in keys[:first] if k in words.qualifiers), None)
    status = status or next((s for s in statuses[:last] if s is not None), None)
    qualifier = next(((t.start, t.end) for t, k in zip(tokens[:first], keys, strict=False)
                      if k in words.qualifiers), None)  # fmt: skip
    end, of = _of_after(tokens, keys, last, words)
    following = keys[last] if last < len(tokens) else ""
    linked = following in words.connectors or following in words.after_title
    if not linked and not tokens[last - 1].ends:
        return None
    name = (tokens[first].start, tokens[last - 1].end)
    if of is None:
        of = of_before(tokens, keys, first, words)[1]
    return Title(tokens[0].start, end, name, key, sort, status or NOW, qualifier, of)


def _clause_end(text: str, start: int) -> int:
    """Where the words up to the next comma or line break end."""
    limit = min(len(text), start + REACH)
    for mark in ("\n", ","):
        found = text.find(mark, start, limit)
        limit = found + 1 if found >= 0 else limit
    return limit


def _leads(tokens: list[Token], keys: list[str], words: Known) -> bool:
    """Whether these words can stand between a comma and the title of an apposition."""
    if any(token.ends or key in words.breaks for token, key in zip(tokens, keys, strict=False)):
        return False
    return not tokens or (
        keys[0] in words.determiners
        or keys[0] in words.qualifiers
        or keys[0] in words.places
        or possessive(tokens[0].word)
        or tokens[0].word[:1].isupper()
    )


def _head(keys: list[str], words: Known) -> tuple[int, int, str, str] | None:
    """The first title among the words of an apposition: first word, end, key, sort."""
    for last in range(1, min(len(keys), 7) + 1):
        if keys[last - 1] not in words.lasts:
            continue
        longer = [n for n in range(last + 1, min(len(keys), last + 4) + 1)
                  if title_at(keys, n, words)]  # fmt: skip
        for end in (*reversed(longer), last):
            found = title_at(keys, end, words)
            if found is None:
                continue
            first, key, sort = found
            while first > 0 and keys[first - 1] in words.modifiers:
                first -= 1
                key = f"{words.modifiers[keys[first]]} {key}"
            if first <= last - 1:  # “deputy defence minister”, though a deputy is somebody too
                return first, end, key, sort
    return None


def _of_after(
    tokens: list[Token], keys: list[str], last: int, words: Known
) -> tuple[int, tuple[int, int] | None]:
    """“of Corley” behind the title: where all of it ends, and its range."""
    end = tokens[last - 1].end
    if tokens[last - 1].ends or last >= len(tokens) or keys[last] not in words.connectors:
        return end, None
    index = last
    while index + 1 < len(tokens) and not tokens[index].ends:
        index += 1
        if not (tokens[index].word[:1].isupper() or keys[index] in words.connectors):
            index -= 1
            break
    while index > last and keys[index] in words.connectors:
        index -= 1
    if index == last:
        return end, None
    return tokens[index].end, (tokens[last].start, tokens[index].end)
