"""Who speaks each quotation of an article: in its sentence, its paragraph, or the one before."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from newslint.article import BLOCK_QUOTE, LIST_ITEM, PARAGRAPH, Article
from newslint.language.attribution_cue import COLON, DASH, Cue
from newslint.language.attribution_cues import cues_of
from newslint.language.attribution_sort import sort_of
from newslint.language.attribution_sources import after_cue, leading
from newslint.language.attribution_tokens import Sentence, tokens_of
from newslint.language.attribution_types import Attribution, Source
from newslint.language.attribution_words import ACCORDING, JUDGING, PAST, PERHAPS, SAYING, Words
from newslint.language.passage import Passage
from newslint.language.quotations import Part, Quotation, quotations


_SURE = frozenset({SAYING, ACCORDING})
_SHORT = 14  # Tokens of a line that only says who spoke the lines above it.


class Read(NamedTuple):
    """A block with its sentences and their cues."""

    block: int
    sentences: list[Sentence]
    cues: list[list[Cue]]


class Spoken(NamedTuple):
    """Which cue of which sentence speaks for a quotation."""

    read: Read
    sentence: int
    cue: Cue


def speakers_of(article: Article, words: Words) -> tuple[Attribution | None, ...]:
    """For each of `quotations(article).joined` the report that it belongs to."""
    joined = quotations(article).joined
    if not joined:
        return ()
    return tuple(_Speakers(article, words, joined).all())


class _Speakers:
    """Walks through the quotations of one article."""

    def __init__(self, article: Article, words: Words, joined: tuple[Quotation, ...]) -> None:
        self.article = article
        self.words = words
        self.joined = joined
        self.reads: dict[int, Read] = {}
        self.parts: dict[int, list[tuple[Part, int]]] = {}
        self.spoken: dict[int, Spoken | None] = {}
        for number, quotation in enumerate(joined):
            for part in quotation.parts:
                self.parts.setdefault(part.block, []).append((part, number))

    def all(self) -> Iterator[Attribution | None]:
        for number in range(len(self.joined)):
            self.spoken[number] = self._speaker(number)
        for number, quotation in enumerate(self.joined):
            spoken = self.spoken[number]
            yield None if spoken is None else self._report(number, quotation, spoken)

    def read(self, block: int) -> Read:
        known = self.reads.get(block)
        if known is None:
            parts = [part for part, _ in self.parts.get(block, ())]
            sentences = tokens_of(self.article.blocks[block].text, parts)
            cues = [cues_of(sentence, self.words) for sentence in sentences]
            known = self.reads[block] = Read(block, sentences, cues)
        return known

    def _speaker(self, number: int) -> Spoken | None:
        parts = self.joined[number].parts
        for part in parts:
            found = self._in_block(part)
            if found is not None:
                return found
        return self._before(parts[0].block, parts[0], number) or self._behind(parts[-1])

    def _in_block(self, part: Part) -> Spoken | None:
        read = self.read(part.block)
        index = next(
            (i for i, (one, _) in enumerate(self.parts[part.block]) if one is part), -1
        )
        for number, sentence in enumerate(read.sentences):
            at = next((i for i, token in enumerate(sentence) if token.quotation == index), None)
            if at is not None:
                hangs = self._hangs(part, sentence, at)
                cue = _own(read, number, at, hangs, self._whole(part, sentence, at))
                if cue is not None:
                    return Spoken(read, number, cue)
                return None if hangs else self._in_neighbours(read, number)
        return None

    def _hangs(self, part: Part, sentence: Sentence, at: int) -> bool:
        """Whether the quotation ends in a comma with nothing behind it: its speaker is missing."""
        inner = part.inner[1]
        if self.article.blocks[part.block].text[inner - 1 : inner] != ",":
            return False
        behind = sentence[at + 1] if at + 1 < len(sentence) else None
        return behind is None or not behind.is_word or behind.word in self.words.prepositions

    def _whole(self, part: Part, sentence: Sentence, at: int) -> bool:
        """Whether the quotation is a sentence of its own, not a part of the outlet's."""
        first = self.article.blocks[part.block].text[part.inner[0] : part.inner[0] + 1]
        if first.islower():
            return False
        return at == 0 or sentence[at - 1].word in (",", ":", "—")

    def _in_neighbours(self, read: Read, number: int) -> Spoken | None:
        """The speaker of the sentences before, else of those after, in one paragraph."""
        order = [*range(number - 1, -1, -1), *range(number + 1, len(read.sentences))]
        for other in order:
            cue = _strong(read, other, other > number)
            if cue is not None:
                return Spoken(read, other, cue)
        return None

    def _before(self, block: int, part: Part, number: int) -> Spoken | None:
        """The speaker of the paragraph before, where this one carries on or was announced."""
        blocks = self.article.blocks
        before = block - 1
        while before >= 0 and blocks[before].kind not in (PARAGRAPH, LIST_ITEM, BLOCK_QUOTE):
            before -= 1
        text = blocks[block].text[: part.start].rstrip()
        if before < 0 or (part.start > 3 and not text.endswith(":")):
            return None
        earlier = self.parts.get(before)
        if earlier and earlier[-1][1] < number:
            last, which = earlier[-1]
            spoken = self.spoken.get(which)
            if spoken is not None:
                return spoken
        read = self.read(before)
        if blocks[before].text.rstrip().endswith(":") and (announced := self._announced(read)):
            return announced
        for at in range(len(read.sentences) - 1, -1, -1):
            cue = _strong(read, at, False)
            if cue is not None:
                return Spoken(read, at, cue)
        return None

    def _announced(self, read: Read) -> Spoken | None:
        """Whoever the last sentence of a paragraph, which ends in a colon, is about."""
        number = len(read.sentences) - 1
        if number < 0:
            return None
        sentence = read.sentences[number]
        told = [cue for cue in read.cues[number] if cue.source is not None]
        if told:
            return Spoken(read, number, told[-1])
        source = leading(sentence, 0, len(sentence) - 1, self.words)
        if source is None:
            return None
        last = len(sentence)
        return Spoken(read, number, Cue(last - 1, last, COLON, PAST, source))

    def _behind(self, part: Part) -> Spoken | None:
        """A line of its own behind the quotation: “— Ada Vale”."""
        blocks, after = self.article.blocks, part.block + 1
        if part.end < len(blocks[part.block].text) or after >= len(blocks):
            return None
        read = self.read(after)
        if not read.sentences or self.parts.get(after):
            return None
        sentence = read.sentences[0]
        if sentence[0].word == "—":
            source = after_cue(sentence, 1, self.words)
            return Spoken(read, 0, Cue(0, 1, DASH, PAST, source)) if source else None
        if len(read.sentences) != 1 or len(sentence) > _SHORT:
            return None
        name = after_cue(sentence, 0, self.words)
        if name is None or name[1] - name[0] < 2 or not all(
            token.upper for token in sentence[name[0] : name[1]]
        ):
            return None
        if name[1] < len(sentence) and sentence[name[1]].is_word:
            return None
        return Spoken(read, 0, Cue(name[0], name[0], DASH, PAST, name))

    def _report(self, number: int, quotation: Quotation, spoken: Spoken) -> Attribution:
        block, sentence, cue = spoken.read.block, spoken.read.sentences[spoken.sentence], spoken.cue
        content = tuple(Passage(p.block, *p.inner) for p in quotation.parts)
        source = None
        if cue.source is not None:
            first, last = cue.source
            place = Passage(block, sentence[first].start, sentence[last - 1].end)
            source = Source(place, sort_of(sentence, cue, self.words))
        where = None
        if cue.first < cue.last:
            where = Passage(block, sentence[cue.first].start, sentence[cue.last - 1].end)
        return Attribution(content, where, source, number)


def _own(read: Read, number: int, at: int, hangs: bool, whole: bool) -> Cue | None:
    """The cue of its own sentence that speaks for the quotation at token `at`."""
    sentence = read.sentences[number]
    best: Cue | None = None
    rank = 10_000
    for cue in read.cues[number]:
        if cue.source is None or cue.source[0] <= at < cue.source[1]:
            continue
        begin = min(cue.first, cue.source[0])
        finish = max(cue.last, cue.source[1])
        sure = cue.sort in _SURE
        if finish <= at:
            if hangs and not sure:
                continue
            distance = 2 + 2 * (at - finish)
            near = at - finish <= (4 if cue.sort == PERHAPS else 1)
        elif begin > at:
            distance = 1 + 2 * (begin - at)
            near = begin - at <= 1 or (begin - at == 2 and not sentence[at + 1].is_word)
            distance = distance if distance < 6 else distance + 40
        else:
            distance, near = 4, True
        if whole and not near and not sure:
            continue
        distance += 0 if sure else {PERHAPS: 1, JUDGING: 2}.get(cue.sort, 3)
        if distance < rank:
            best, rank = cue, distance
    return best


def _strong(read: Read, number: int, first: bool) -> Cue | None:
    """The last (or first) cue of a sentence that surely reports speech."""
    sentence = read.sentences[number]
    sure = [
        cue for cue in read.cues[number]
        if cue.source is not None
        and (cue.sort in _SURE or cue.sort == DASH or (cue.sort == PERHAPS and _reports(sentence, cue)))
    ]  # fmt: skip
    return (sure[0] if first else sure[-1]) if sure else None


def _reports(sentence: Sentence, cue: Cue) -> bool:
    """Whether “that”, a colon or a quotation stands beside the cue."""
    near = sentence[max(cue.first - 3, 0) : cue.last + 2]
    return any(token.word == "that" or token.word == ":" or token.quotation >= 0 for token in near)
