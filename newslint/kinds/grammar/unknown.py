"""The words of an article that an engine does not know, brought to one form for all engines.

One engine flags “knwon” of “well-knwon” and the next the whole compound, one takes “’s” along and
the next does not. Addresses, handles, figures, acronyms and broken letters are no words.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from newslint.article import Article
from newslint.engines import Choice, Match, must_have
from newslint.engines.answers import Answer, answers
from newslint.kinds.grammar.chosen import Chosen
from newslint.language.passage import Passage
from newslint.later import compiled_later

_WORD = compiled_later(r"[A-Za-zÀ-ÖØ-öø-ɏ]+(?:['’][A-Za-zÀ-ÖØ-öø-ɏ]+)*")
_BETWEEN = compiled_later("[ \u00a0‑-]")
_BEFORE = frozenset(" \n\t\u00a0\u202f\"“„‘'’([{—–-‑…*•|,;:")
_BEHIND = frozenset(" \n\t\u00a0\u202f\"”’')]}—–-‑….,;:!?*|")
_HYPHENS = ("-", "‑")
_BROKEN = ("- ", "‑ ", "-\n")
"""Between the halves of a word that was broken at the end of a line."""
_DRAWN_OUT = 3
"""Equal letters at the end of a word: “hmmm”."""


class Unknown(NamedTuple):
    """A word that the engine does not know, at one place."""

    form: str
    """As written, without “’s”, with straight apostrophes."""
    place: Passage
    suggestions: tuple[str, ...]
    """Words that might be meant, the likeliest first."""
    part: bool
    """Of a compound."""


def unknown_words(article: Article, chosen: Chosen, choice: Choice) -> Iterator[Unknown]:
    """The unknown words of the article in reading order. Raises `EngineError`."""
    must_have(choice, chosen.asked)
    for answer in answers(article, choice):
        if chosen.has(answer.match):
            found = _unknown(article.blocks[answer.block].text, answer)
            if found is not None:
                yield found


def _unknown(text: str, answer: Answer) -> Unknown | None:
    match = answer.match
    start, end, suggestions = _one_part(text, match)
    if _WORD.fullmatch(text, start, end) is None or not _is_whole(text, start, end):
        return None
    form, suggestions = _bare(_straight(text[start:end]), suggestions)
    if not (form[1:].islower() and (form[0].islower() or form[0].isupper())):
        return None
    if len(form) > _DRAWN_OUT and len(set(form[-_DRAWN_OUT:])) == 1:
        return None
    place = Passage(answer.block, start, start + len(form))
    part = text[start - 1 : start] in _HYPHENS or text[end : end + 1] in _HYPHENS
    return Unknown(form, place, tuple(dict.fromkeys(suggestions)), part)


def _one_part(text: str, match: Match) -> tuple[int, int, Sequence[str]]:
    """The range of what is unknown, of several words the one that the suggestions change."""
    parts = _parts(text[match.start : match.end])
    if len(parts) == 1:
        return match.start, match.end, match.suggestions
    changed: dict[int, list[str]] = {}
    for suggestion in match.suggestions:
        others = _parts(suggestion)
        odd = [at for at, (a, b) in enumerate(zip(parts, others, strict=False)) if a != b]
        if len(others) == len(parts) and len(odd) == 1:
            changed.setdefault(odd[0], []).append(others[odd[0]])
    if not changed:
        return match.start, match.end, ()
    number, suggestions = max(changed.items(), key=lambda item: len(item[1]))
    start = match.start + sum(len(part) + 1 for part in parts[:number])
    return start, start + len(parts[number]), suggestions


def _parts(text: str) -> list[str]:
    return _BETWEEN.split(text)


def _is_whole(text: str, start: int, end: int) -> bool:
    """Whether a word ends on both sides, and nothing makes it part of an address or a figure."""
    before, behind = text[start - 1 : start] or " ", text[end : end + 1] or " "
    if before not in _BEFORE or behind not in _BEHIND:
        return False
    if text[start - 2 : start] in _BROKEN or text[end : end + 2] in _BROKEN:
        return False
    if before in "'’" and text[start - 2 : start - 1].isalnum():
        return False
    if behind in "'’" and text.startswith("in", end - 2):  # “readin’ and writin’”
        return False
    after = text[end + 1 : end + 2]
    return behind not in ".:'’" or not (after.isalnum() or after == "/")


def _bare(form: str, suggestions: Sequence[str]) -> tuple[str, list[str]]:
    """The word and what might be meant, without “'s”."""
    straight = [_straight(suggestion) for suggestion in suggestions]
    if not form.endswith("'s"):
        return form, straight
    return form[:-2], [one[:-2] for one in straight if one.endswith("'s")]


def _straight(text: str) -> str:
    return text.replace("’", "'")
