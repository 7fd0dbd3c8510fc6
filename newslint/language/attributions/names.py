"""Finds the name that a pronoun or a surname stands for."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator

from msgspec.structs import replace

from newslint.article import Article
from newslint.language.attributions.types import NAMED, Attribution
from newslint.language.attributions.words import Words
from newslint.language.passage import Passage
from newslint.language.people import Mention, People
from newslint.later import compiled_later

_NAME = compiled_later(r"[^\W\d_a-z][\w.’'-]*(?: [^\W\d_a-z][\w.’'-]*)*")
_FARTHEST = 6  # Blocks between a pronoun and the name that it stands for.
_LOOKED_AT = 12  # Mentions before a pronoun among which its name is sought.
_ENDS = (".", "!", "?", "”", '"', ":", "’")


def with_names(
    article: Article, reports: Iterable[Attribution], people: People, words: Words
) -> Iterator[Attribution]:
    """The reports, in reading order, with `resolved` filled in where the name can be told."""
    mentions = [mention for mention in people.mentions if not mention.quoted]
    starts = [mention.name[:2] for mention in mentions]
    spoke: set[Passage] = set()
    known: dict[str, Passage] = {}
    last: Passage | None = None
    for report in reports:
        source = report.source
        if source is None or source.sort != NAMED:
            yield report
            continue
        text = source.place.text(article)
        found = _mentioned(source.place, mentions, starts)
        if found is not None:
            spoke.add(found.name)
            name = _full_name(found, people)
            last = name or found.name
        elif text.lower() in words.persons:
            meant = _meant(article, source.place, mentions, starts, spoke)
            name = (_full_name(meant, people) or meant.name) if meant else None
            if name is None and last and last.block >= source.place.block - _FARTHEST:
                name = last
        else:
            names = _NAME.findall(text)
            surname = names[-1].split()[-1] if names else ""
            name = known.get(surname) if names and " " not in names[-1] else None
            if name is None and names and " " in names[-1]:
                known[surname] = last = source.place
        yield report if name is None else replace(report, source=replace(source, resolved=name))


def _mentioned(
    place: Passage, mentions: list[Mention], starts: list[tuple[int, int]]
) -> Mention | None:
    """The person who is named in the source itself."""
    at = bisect_left(starts, place[:2])
    for mention in mentions[max(at - 1, 0) : at + 1]:
        name = mention.name
        if name.block == place.block and name.start < place.end and place.start < name.end:
            return mention
    return None


def _full_name(mention: Mention, people: People) -> Passage | None:
    """The first mention with full name, where this one has less."""
    if mention.full:
        return None
    mentions = (people.mentions[index] for index in people.persons[mention.person].mentions)
    return next((one.name for one in mentions if one.full), None)


def _meant(
    article: Article, place: Passage, mentions: list[Mention], starts: list[tuple[int, int]],
    spoke: set[Passage],
) -> Mention | None:  # fmt: skip
    """Whom “he” or “she” means: the last one before who spoke or began a sentence."""
    at = bisect_left(starts, place[:2])
    near = [
        mention for mention in mentions[max(at - _LOOKED_AT, 0) : at]
        if mention.name.block >= place.block - _FARTHEST
    ]  # fmt: skip
    for mention in reversed(near):
        before = article.blocks[mention.whole.block].text[: mention.whole.start].rstrip()
        if mention.name in spoke or not before or before.endswith(_ENDS):
            return mention
    return near[-1] if near else None
