"""What stands around a title: another time, a possibility, a change of office."""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import cache

from ahocorasick_rs import AhoCorasick

from newslint.article import Article
from newslint.language import once
from newslint.language.dates import published
from newslint.language.lexicon import Lexicon, Lexicons
from newslint.language.people import Mention
from newslint.language.sentences import sentences
from newslint.language.titles import NOW, known
from newslint.later import compiled_later
from newslint.matching import fold, prose

_NEAR = 70
"""Code points around a name in which words are about that person."""
_BESIDE = 24
"""Code points before a title in which words say that it may come."""
_CLOSE = 34
"""Code points beside a name within which a change of office is that person's."""
_APOSTROPHES = ("’", "'")
_FAR = 600
"""Code points; no sentence reaches farther. It keeps hostile copy linear."""
_YEAR = compiled_later(r"\b(?:1[6-9]|20)\d\d\b")
_CLAUSE = compiled_later(r"[,;:–—]")


def own_year(article: Article, lexicons: Lexicons) -> int:
    """The year of the article; without a date the latest one that it names, not after a plan."""
    own = published(article, lexicons["dates"])
    if own is not None:
        return own.year
    return max(map(int, _YEAR.findall(prose(article).copy.joined)), default=0)


def names_earlier_year(article: Article, mention: Mention, lexicon: Lexicon, year: int) -> bool:
    """Whether the sentence of a mention names a year before the article's own, and not as a part of
    a name (“the 1964 Libraries Act”)."""
    start, end = _sentence(article, mention)
    text = prose(article).blocks[mention.name.block].text[start:end]
    if not any(int(found) < year for found in _YEAR.findall(text)):
        return False
    text = _year_in_name(lexicon).sub(" ", text)
    return any(int(found) < year for found in _YEAR.findall(text))


def other_time(article: Article, mention: Mention, lexicon: Lexicon, year: int) -> bool:
    """Whether a title is tied to a time that is over, or to one that may come."""
    text = prose(article).blocks[mention.name.block].text
    start, end = _sentence(article, mention)
    before = fold(text[start : mention.whole.start])
    if _found(lexicon, "possible", before[-_BESIDE:]):
        return True
    if mention.status != NOW:
        return False
    last = before.rstrip().rpartition(" ")[2].strip("(“\"‘'")
    if last in lexicon.phrases("indefinite") or _in_days_of(before, lexicon):
        return True
    if _shared(text[start : mention.whole.start], lexicon):
        return True
    sentence = fold(text[start:end])
    at, behind = mention.whole.start - start, sentence[mention.whole.end - start :]
    near = sentence[max(0, at - _NEAR) : at + len(mention.whole.text(article)) + _NEAR]
    return (
        bool(_found(lexicon, "past-context", near))
        or any(at == 0 for at, _ in _found(lexicon, "past-behind", behind.lstrip(" '’s")[:_NEAR]))
        or any(int(found) < year for found in _dated(lexicon).findall(sentence))
    )


def doubled(article: Article, mention: Mention, lexicon: Lexicon) -> bool:
    """Whether the copy gives a person more than one office at once: “mayor and governor Roe”."""
    text = prose(article).blocks[mention.name.block].text
    start, end = _sentence(article, mention)
    before = fold(text[max(start, mention.whole.start - _BESIDE) : mention.whole.start])
    words = [word.strip("(“\"‘'") for word in before.split()]
    joining = lexicon.phrases("joining")
    if words and words[-1] in joining and words[-2:-1] and words[-2] in known(lexicon).lasts:
        return True
    behind = fold(text[mention.whole.end : min(end, mention.whole.end + _CLOSE)])
    title = mention.title
    if (
        title is not None
        and title.start > mention.name.end
        and behind.startswith(tuple(f" {word} " for word in joining))
    ):
        return True
    return bool(_found(lexicon, "doubled", behind))


def changes(article: Article, mention: Mention, lexicon: Lexicon) -> bool:
    """Whether a change of office is reported right beside a mention."""
    text = prose(article).blocks[mention.name.block].text
    start, end = _sentence(article, mention)
    before = fold(text[max(start, mention.whole.start - _NEAR) : mention.whole.start])
    owner = text[mention.name.end : mention.name.end + 1] in _APOSTROPHES
    if not owner and _done_to(before, lexicon):
        return True
    behind = fold(text[mention.whole.end : min(end, mention.whole.end + _CLOSE)])
    if _found(lexicon, "changes-behind", behind):
        return True
    following = fold(text[end : end + _NEAR]).split(None, 1)
    return (
        len(following) > 1
        and following[0] in lexicon.phrases("pronouns")
        and bool(_found(lexicon, "changes-behind", following[1][:_CLOSE]))
    )


def _done_to(before: str, lexicon: Lexicon) -> bool:
    """Whether the words right before a mention put its bearer into an office or out of it."""
    clause = _CLAUSE.split(before)[-1]
    found = _found(lexicon, "changes-before", clause)
    if not found:
        return False
    end = max(found, key=lambda span: span[1])[1]
    words = known(lexicon)
    return all(
        word in words.determiners or word in words.modifiers or word in words.qualifiers
        for word in clause[end:].split()
    )


def _in_days_of(before: str, lexicon: Lexicon) -> bool:
    """Whether a title is the name of a time: “under Chancellor Roe”, “in the days of”."""
    words = before.split()
    while words and words[-1] in known(lexicon).determiners:
        words.pop()
    return (" " + " ".join(words)).endswith(_endings(lexicon, "past-before"))


def _shared(before: str, lexicon: Lexicon) -> bool:
    """Whether the title is the second after one qualifier: “former prosecutor and mayor Roe”."""
    words = _CLAUSE.split(before)[-1].split()
    if not words or words[-1] not in lexicon.phrases("joining"):
        return False
    for number, word in enumerate(reversed(words[:-1])):
        if lexicon.mapping("qualifiers").get(word.lower(), NOW) != NOW:
            return True
        if word[:1].isupper() or number > 4:
            return False
    return False


def _sentence(article: Article, mention: Mention) -> tuple[int, int]:
    """The range of the sentence that a mention stands in; of an endless one, what is near."""
    block, offset = mention.name.block, mention.name.start
    text = prose(article).blocks[block].text
    known_ranges = _sentences(article)
    if block not in known_ranges:
        known_ranges[block] = sentences(text)
    ranges = known_ranges[block]
    number = bisect_right(ranges, (offset, len(text))) - 1
    start, end = (0, len(text))
    if number >= 0 and offset < ranges[number][1]:
        start, end = ranges[number]
    return max(start, offset - _FAR), min(end, offset + _FAR)


@once
def _sentences(article: Article) -> dict[int, list[tuple[int, int]]]:
    """Those of the blocks that have been asked for so far."""
    return {}


def _found(lexicon: Lexicon, section: str, text: str) -> list[tuple[int, int]]:
    """Where phrases of a section stand in a folded text, as whole words."""
    return [
        (start, end)
        for _, start, end in _automaton(lexicon, section).find_matches_as_indexes(
            text, overlapping=True
        )
        if not (text[start - 1 : start].isalnum() or text[end : end + 1].isalnum())
    ]


@cache
def _automaton(lexicon: Lexicon, section: str) -> AhoCorasick:
    return AhoCorasick([fold(phrase) for phrase in lexicon.phrases(section)])


@cache
def _endings(lexicon: Lexicon, section: str) -> tuple[str, ...]:
    """The phrases as they end a folded text, each behind a space."""
    return tuple(" " + fold(phrase) for phrase in lexicon.phrases(section))


@cache
def _year_in_name(lexicon: Lexicon) -> re.Pattern[str]:
    """“the 1964 Libraries …”, “… Act 1964”."""
    leads = "|".join(map(re.escape, sorted(known(lexicon).determiners)))
    laws = "|".join(map(re.escape, lexicon.phrases("laws")))
    return re.compile(rf"\b(?i:{leads}) (?:1[6-9]|20)\d\d (?=[A-Z])|\b(?:{laws}),? (?:of )?\d{{4}}")


@cache
def _dated(lexicon: Lexicon) -> re.Pattern[str]:
    """“in 1998”, “since March 2014”, “on May 3, 2012”; the group is the year."""
    words = "|".join(map(re.escape, lexicon.phrases("of-year")))
    return re.compile(
        rf"\b(?:{words})[ -](?:[a-z]+\.? )?(?:\d\d?,? )?(?:[a-z]+,? )?((?:1[6-9]|20)\d\d)\b"
    )
