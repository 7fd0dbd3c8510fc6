"""Titles: what stands before a name or in apposition to it, as the lexicon `titles` knows them."""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from newslint.language.lexicon import Lexicon

NOW, FORMER, ACTING, ELECT = "now", "former", "acting", "elect"
"""What a qualifier says of an office, and what conflicts are about."""

OFFICE, POST, RANK, ROLE, HONORIFIC = "office", "post", "rank", "role", "honorific"
_SORTS = (("roles", ROLE), ("ranks", RANK), ("posts", POST), ("offices", OFFICE))
_LONGEST = 5
"""Words of a title."""
REACH = 110
"""Code points before or after a name in which its title is sought."""
_TOKEN = re.compile(r"\S+")
_STOPS = ",;:!?)”\"…—–"
_OPENING = "(“\"‘'[*"


class Token(NamedTuple):
    """A word between spaces, without the marks around it."""

    word: str
    start: int
    end: int
    ends: bool
    """A mark stands behind it that ends the phrase."""


class Known(NamedTuple):
    """The words of the lexicon, ready for look-up. Keys are in lower case, apostrophes plain."""

    titles: dict[str, tuple[str, str]]
    """Title -> its main form and its sort."""
    lasts: frozenset[str]
    """The last words of all titles."""
    modifiers: dict[str, str]
    qualifiers: dict[str, str]
    prefixes: tuple[tuple[str, str], ...]
    """Qualifiers that are written before a hyphen (“ex-”, “then-”)."""
    endings: tuple[tuple[str, str], ...]
    """Qualifiers that are written behind one (“-elect”)."""
    starters: frozenset[str]
    never: frozenset[str]
    times: frozenset[str]
    places: dict[str, str]
    """Demonym, abbreviation or name of a country -> its name."""
    given: frozenset[str]
    surname_first: frozenset[str]
    short: dict[str, str]
    speech: frozenset[str]
    particles: frozenset[str]
    connectors: frozenset[str]
    suffixes: frozenset[str]
    determiners: frozenset[str]
    breaks: frozenset[str]
    telling: frozenset[str]
    """What in a run of capitals speaks for a person: given names and capitalised titles."""


class Title(NamedTuple):
    """A title as found; offsets are those of the text that was searched."""

    start: int
    """Of all that belongs to it."""
    end: int
    name: tuple[int, int]
    """The title alone: “Defense Minister”."""
    key: str
    """Its main form, the same for all ways to write it: “defense minister”."""
    sort: str
    status: str = NOW
    qualifier: tuple[int, int] | None = None
    of: tuple[int, int] | None = None


@cache
def known(lexicon: Lexicon) -> Known:
    """The lexicon, read for look-up."""
    titles = {phrase: (phrase.rstrip("."), HONORIFIC) for phrase in lexicon.phrases("honorifics")}
    for section, sort in _SORTS:
        for main, forms in lexicon.mapping(section).items():
            for form in (main, *forms):
                titles[form] = (main, sort)
    qualifiers = lexicon.mapping("qualifiers")
    never = lexicon.mapping("never")
    lasts = frozenset(phrase.rpartition(" ")[2] for phrase in titles)
    given = _words(lexicon, "given-names")
    capitalised = {word.title() for word in lasts} | {word.upper() for word in lasts}
    return Known(
        titles=titles,
        lasts=lasts,
        modifiers=_to_main(lexicon, "modifiers"),
        qualifiers=qualifiers,
        prefixes=tuple((q, s) for q, s in qualifiers.items() if q.endswith("-")),
        endings=tuple((q, s) for q, s in qualifiers.items() if q.startswith("-")),
        starters=_words(lexicon, "starters"),
        never=frozenset(word for group in never.values() for word in group.split()),
        times=frozenset(never.get("time", "").split()),
        places=_to_main(lexicon, "places"),
        given=given,
        surname_first=_words(lexicon, "surname-first"),
        short=lexicon.mapping("short-names"),
        speech=_words(lexicon, "speech"),
        particles=frozenset(lexicon.phrases("particles")),
        connectors=frozenset(w for phrase in lexicon.phrases("connectors") for w in phrase.split()),
        suffixes=frozenset(lexicon.phrases("suffixes")),
        determiners=frozenset(lexicon.phrases("determiners")),
        breaks=frozenset(lexicon.phrases("breaks")),
        telling=given | capitalised | _words(lexicon, "surname-first"),
    )


def _to_main(lexicon: Lexicon, section: str) -> dict[str, str]:
    return {
        form: main for main, forms in lexicon.mapping(section).items() for form in (main, *forms)
    }


def _words(lexicon: Lexicon, section: str) -> frozenset[str]:
    return frozenset(w for group in lexicon.mapping(section).values() for w in group.split())


def plain(word: str) -> str:
    """Lower case with straight apostrophes, as the keys of `Known` are."""
    return word.lower().replace("’", "'")


def possessive(word: str) -> bool:
    """Whether a word ends in “’s” or “s’”."""
    return word.endswith(("’s", "'s", "s’", "s'", "’S", "'S"))


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


def _token(match: re.Match[str], words: Known) -> Token:
    raw, start = match[0], match.start()
    word = raw.lstrip(_OPENING)
    start += len(raw) - len(word)
    bare = word.rstrip(_STOPS)
    ends = len(bare) < len(word)
    if bare.endswith(".") and not abbreviation(bare, words):
        bare, ends = bare[:-1], True
    return Token(bare, start, start + len(bare), ends)


def abbreviation(word: str, words: Known) -> bool:
    """Whether the stop at the end of a word belongs to it: “Sen.”, “U.S.”, “J.”, “Jr.”."""
    return (
        word[:-1].count(".") > 0
        or len(word) == 2
        or word.lower() in words.lasts
        or word.lower() in words.places
        or word in words.suffixes
    )


def title_before(text: str, end: int, words: Known) -> Title | None:
    """The title that ends right before `end`, with qualifier and of-what."""
    tokens = tokens_before(text, end, words)
    if not tokens:
        return None
    keys = [plain(token.word) for token in tokens]
    prefix, statuses = _unhyphened(keys, words)
    last = len(keys)
    found = _title_at(keys, last, words) or _title_with_of(keys, last, words)
    if found is None:
        return None
    first, key, sort = found
    while first > 0 and keys[first - 1] in words.modifiers and statuses[first] is None:
        first -= 1
        key = f"{words.modifiers[keys[first]]} {key}"
    title = (tokens[first].start + prefix[first], tokens[-1].end)
    return _qualified(tokens, keys, statuses, first, Title(title[0], title[1], title, key, sort), words)


def _unhyphened(keys: list[str], words: Known) -> tuple[list[int], list[str | None]]:
    """Take “ex-”, “then-” and “-elect” off the words; how long each prefix was, and what it says."""
    lengths: list[int] = [0] * len(keys)
    statuses: list[str | None] = [None] * len(keys)
    for index, key in enumerate(keys):
        if "-" not in key or key in words.titles:
            continue
        for prefix, status in words.prefixes:
            if key.startswith(prefix) and len(key) > len(prefix):
                keys[index], lengths[index], statuses[index] = key[len(prefix) :], len(prefix), status
        for ending, status in words.endings:
            if key.endswith(ending):
                keys[index], statuses[index] = keys[index][: -len(ending)], status
    return lengths, statuses


def _title_at(keys: list[str], end: int, words: Known) -> tuple[int, str, str] | None:
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
        field = words.modifiers.get(" ".join(keys[end - length : end]))
        link = end - length - 1
        if field is None or keys[link] not in words.connectors:
            continue
        while link > 0 and keys[link - 1] in words.connectors:
            link -= 1
        head = _title_at(keys, link, words)
        if head is not None:
            return head[0], f"{field} {head[1]}", head[2]
    return None


def _qualified(
    tokens: list[Token], keys: list[str], statuses: list[str | None], first: int, title: Title,
    words: Known,
) -> Title:  # fmt: skip
    """The title with what stands before its first word: of-what, “former”, of-what again."""
    status = next((s for s in statuses[first:] if s is not None), None)
    index, of = _of_before(tokens, keys, first, words)
    start = tokens[index].start if of else title.start
    qualifier: tuple[int, int] | None = None
    if index > 0 and _qualifies(tokens[index - 1], keys[index - 1], words):
        index -= 1
        status = status if status not in (None, NOW) else words.qualifiers[keys[index]]
        qualifier = (tokens[index].start, tokens[index].end)
        start = tokens[index].start
        if of is None:
            index, of = _of_before(tokens, keys, index, words)
            start = tokens[index].start
    elif statuses[first] is not None or (of and statuses[index] is not None):
        start = tokens[index if of else first].start
        qualifier = (start, start + 1 + tokens[index if of else first].word.find("-"))
    return title._replace(start=start, status=status or NOW, qualifier=qualifier, of=of)


def _qualifies(token: Token, key: str, words: Known) -> bool:
    """Whether a word is a qualifier; “New” with a capital begins the name of a place."""
    status = words.qualifiers.get(key)
    return status is not None and (status != NOW or token.word[:1].islower())


def _of_before(
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


def title_after(text: str, start: int, words: Known) -> Title | None:
    """The title in apposition that follows at `start`, behind a comma: “, the mayor of Corley,”."""
    line = text.find("\n", start, start + REACH)
    limit = min(len(text), start + REACH) if line < 0 else line
    tokens: list[Token] = []
    for match in _TOKEN.finditer(text, start, limit):
        token = _token(match, words)
        tokens.append(token)
        if token.ends or len(tokens) > 9:
            break
    keys = [plain(token.word) for token in tokens]
    _, statuses = _unhyphened(keys, words)
    head = _head(keys, words)
    if head is None or not _leads(tokens[: head[0]], keys, words):
        return None
    first, last, key, sort = head
    status = next((words.qualifiers[k] for k in keys[:first] if k in words.qualifiers), None)
    status = status or next((s for s in statuses[:last] if s is not None), None)
    qualifier = next(((t.start, t.end) for t, k in zip(tokens[:first], keys, strict=False)
                      if k in words.qualifiers), None)  # fmt: skip
    end, of = _of_after(tokens, keys, last, words)
    if of is None and not tokens[last - 1].ends:
        return None
    name = (tokens[first].start, tokens[last - 1].end)
    if of is None:
        of = _of_before(tokens, keys, first, words)[1]
    return Title(tokens[0].start, end, name, key, sort, status or NOW, qualifier, of)


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
                  if _title_at(keys, n, words)]  # fmt: skip
        for end in (*reversed(longer), last):
            found = _title_at(keys, end, words)
            if found is not None and found[0] <= last - 1:
                first, key, sort = found
                while first > 0 and keys[first - 1] in words.modifiers:
                    first -= 1
                    key = f"{words.modifiers[keys[first]]} {key}"
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
        if not (tokens[index].word[:1].isupper() or keys[index] in words.connectors
                or keys[index] in ("the",)):  # fmt: skip
            index -= 1
            break
    if index == last:
        return end, None
    return tokens[index].end, (tokens[last].start, tokens[index].end)
