"""Who speaks each quotation of an article: in its sentence, its paragraph, or the one before."""

from __future__ import annotations

from collections.abc import Iterator

from newslint.article import BLOCK_QUOTE, LIST_ITEM, PARAGRAPH, Article
from newslint.language.attributions.choice import LONG_NAME, Read, Spoken, own, person, strong
from newslint.language.attributions.cue import COLON, DASH, GUESSED, NOUN, Cue
from newslint.language.attributions.sort import sort_of
from newslint.language.attributions.sources import after_cue, leading
from newslint.language.attributions.tokens import Sentence, tokens_of
from newslint.language.attributions.types import Attribution, Source
from newslint.language.attributions.words import (
    JUDGING,
    PAST,
    Words,
)
from newslint.language.passage import Passage
from newslint.language.quotations import Part, Quotation, quotations

_ASIDE = 40  # Characters of a paragraph that only interrupts a speech.
_WORD_OR_TWO = 30  # Characters of the longest two words.
_LOOSE = frozenset({NOUN, GUESSED, JUDGING, COLON})
_SHORT = 14  # Tokens of a line that only says who spoke the lines above it.


class Speakers:
    """Finds the speakers of one article's quotations, each when it is asked for."""

    def __init__(self, article: Article, words: Words) -> None:
        self.article = article
        self.words = words
        self.joined = quotations(article).joined
        self.reads: dict[int, Read] = {}
        self.parts: dict[int, list[tuple[Part, int]]] = {}
        self.spoken: dict[int, Spoken | None] = {}
        self.indices: dict[Part, int] = {}
        self.few: dict[int, bool] = {}
        """By block, whether all its quotations are a word or two."""
        for number, quotation in enumerate(self.joined):
            for part in quotation.parts:
                here = self.parts.setdefault(part.block, [])
                self.indices[part] = len(here)
                here.append((part, number))

    def all(self) -> Iterator[Attribution | None]:
        """The report of every quotation, in their order."""
        for number, quotation in enumerate(self.joined):
            spoken = self.of(number)
            yield None if spoken is None else self._report(number, quotation, spoken)

    def of(self, number: int) -> Spoken | None:
        """Who speaks one quotation."""
        waiting = [number]
        while (before := self._carrying(waiting[-1])) is not None:
            waiting.append(before)
        for one in reversed(waiting):
            if one not in self.spoken:
                self.spoken[one] = self._speaker(one)
        return self.spoken[number]

    def _carrying(self, number: int) -> int | None:
        """The quotation of a block before, whose speaker this one may have."""
        if number in self.spoken:
            return None
        block = self.joined[number].parts[0].block
        earlier = next((at for at in range(block - 1, block - 4, -1) if at in self.parts), None)
        before = self.parts[earlier][-1][1] if earlier is not None else number
        return before if before < number else None

    def read(self, block: int) -> Read:
        known = self.reads.get(block)
        if known is None:
            parts = [part for part, _ in self.parts.get(block, ())]
            sentences = tokens_of(self.article.blocks[block].text, parts)
            places = {
                token.quotation: (number, at)
                for number, sentence in enumerate(sentences)
                for at, token in enumerate(sentence)
                if token.quotation >= 0
            }
            known = self.reads[block] = Read(block, sentences, places, self.words, {})
        return known

    def _speaker(self, number: int) -> Spoken | None:
        parts = self.joined[number].parts
        for part in parts:
            found = self._in_block(part)
            if found is not None:
                return found
        if self._few(parts[0]) or (len(parts) == 1 and self._cut_short(parts[0])):
            return None
        return (
            self._before(parts[0].block, parts[0], number)
            or self._behind(parts[-1])
            or self._labelled(parts[0].block)
        )

    def place(self, part: Part) -> tuple[Read, int, int] | None:
        """The block that holds a part of a quotation, its sentence there and its token in that."""
        found = self._find(part)
        return (self.reads[part.block], *found) if found else None

    def _find(self, part: Part) -> tuple[int, int] | None:
        return self.read(part.block).places.get(self.indices[part])

    def _in_block(self, part: Part) -> Spoken | None:
        few = self._few(part)
        if few and self._only_few(part.block):
            return None  # a word in marks is no speech, and most copy has some
        found = self._find(part)
        if found is None:
            return None
        read, (number, at) = self.read(part.block), found
        sentence = read.sentences[number]
        hangs = self._hangs(part, sentence, at)
        cue = own(read, number, at, hangs, self._whole(part, sentence, at))
        if cue is not None:
            return None if few and cue.sort in _LOOSE else Spoken(read, number, cue)
        return None if hangs or few else self._in_neighbours(read, number)

    def _few(self, part: Part) -> bool:
        """Whether it is a word or two, which are seldom speech."""
        text = self.article.blocks[part.block].text[slice(*part.inner)]
        return text.count(" ", 0, _WORD_OR_TWO) < 2 and len(text) < _WORD_OR_TWO

    def _only_few(self, block: int) -> bool:
        """Whether all quotations of a block are such."""
        if block not in self.few:
            self.few[block] = all(self._few(part) for part, _ in self.parts[block])
        return self.few[block]

    def _cut_short(self, part: Part) -> bool:
        """Whether it ends in a comma behind which its speaker is missing."""
        found = self._find(part)
        return found is not None and self._hangs(
            part, self.read(part.block).sentences[found[0]], found[1]
        )

    def _hangs(self, part: Part, sentence: Sentence, at: int) -> bool:
        """Whether the quotation ends in a comma with nothing behind it: its speaker is missing."""
        inner = part.inner[1]
        if self.article.blocks[part.block].text[inner - 1 : inner] != ",":
            return False
        behind = sentence[at + 1] if at + 1 < len(sentence) else None
        if behind is None or (not behind.is_word and behind.quotation < 0):
            return True
        words = self.words
        rest = behind.word in words.unspeaking
        return rest and self._whole(part, sentence, at)

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
            cue = strong(read, other, other > number, abs(other - number) == 1, self.words)
            if cue is not None:
                return Spoken(read, other, cue)
        return self._doer(read, number - 1) if number else None

    def _doer(self, read: Read, number: int) -> Spoken | None:
        """Whom the sentence before is about: “Vale shook his head. “…””."""
        sentence = read.sentences[number]
        source = leading(sentence, 0, len(sentence), self.words)
        if source is None or not person(sentence, source) or source[1] >= len(sentence):
            return None
        if any(token.quotation >= 0 for token in sentence) or not sentence[source[1]].is_word:
            return None
        if sentence[source[1]].word in self.words.passive or (
            sentence[source[1]].word in self.words.prepositions
        ):
            return None
        return Spoken(read, number, Cue(source[1], source[1] + 1, GUESSED, PAST, source))

    def _before(self, block: int, part: Part, number: int) -> Spoken | None:
        """The speaker of the paragraph before, where this one carries on or was announced."""
        blocks = self.article.blocks
        before = block - 1
        while before >= 0 and blocks[before].kind not in (PARAGRAPH, LIST_ITEM, BLOCK_QUOTE):
            before -= 1
        text = blocks[block].text[: part.start].rstrip()
        if before < 0 or (part.start > 3 and not text.endswith(":")):
            return None
        if not self.parts.get(before) and len(blocks[before].text) < _ASIDE and before:
            before = self._over_aside(before)
        earlier = self.parts.get(before)
        if earlier and earlier[-1][1] < number:
            which = earlier[-1][1]
            spoken = self.spoken.get(which)
            if spoken is not None:
                return spoken
        read = self.read(before)
        if blocks[before].text.rstrip().endswith(":") and (announced := self._announced(read)):
            return announced
        for at in range(len(read.sentences) - 1, -1, -1):
            cue = strong(read, at, False, at == len(read.sentences) - 1, self.words)
            if cue is not None and cue.sort != DASH:
                return Spoken(read, at, cue)
        return None

    def _over_aside(self, aside: int) -> int:
        """Past “She paused.” between two paragraphs of one speech."""
        return aside - 1 if self.parts.get(aside - 1) and not self.parts.get(aside) else aside

    def _announced(self, read: Read) -> Spoken | None:
        """Whoever the last sentence of a paragraph, which ends in a colon, is about."""
        number = len(read.sentences) - 1
        if number < 0:
            return None
        sentence = read.sentences[number]
        told = [cue for cue in read.cues(number) if cue.source is not None]
        if told:
            return Spoken(read, number, told[-1])
        source = leading(sentence, 0, len(sentence) - 1, self.words)
        if source is None:
            return None
        last = len(sentence)
        return Spoken(read, number, Cue(last - 1, last, COLON, PAST, source))

    def _labelled(self, block: int) -> Spoken | None:
        """The name before the colon with which a block of a transcript begins."""
        read = self.read(block)
        sentence = read.sentences[0] if read.sentences else []
        names = next((i for i, token in enumerate(sentence) if not token.upper), 0)
        if not 0 < names < LONG_NAME or sentence[names].word != ":":
            return None
        return Spoken(read, 0, Cue(names, names + 1, COLON, PAST, (0, names)))

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
        if (
            name is None
            or name[1] - name[0] < 2
            or not all(token.upper for token in sentence[name[0] : name[1]])
        ):
            return None
        if name[1] < len(sentence) and sentence[name[1]].is_word:
            return None
        return Spoken(read, 0, Cue(name[0], name[0], DASH, PAST, name))

    def source(self, number: int) -> Source | None:
        """Who speaks one quotation, as the copy calls them; `resolved` is left open."""
        spoken = self.of(number)
        return None if spoken is None else self._source(spoken)

    def _source(self, spoken: Spoken) -> Source | None:
        cue = spoken.cue
        if cue.source is None:
            return None
        sentence, (first, last) = spoken.read.sentences[spoken.sentence], cue.source
        place = Passage(spoken.read.block, sentence[first].start, sentence[last - 1].end)
        return Source(place, sort_of(sentence, cue, self.words))

    def _report(self, number: int, quotation: Quotation, spoken: Spoken) -> Attribution:
        block, sentence, cue = spoken.read.block, spoken.read.sentences[spoken.sentence], spoken.cue
        content = tuple(Passage(p.block, *p.inner) for p in quotation.parts)
        source = self._source(spoken)
        where = None
        if cue.first < cue.last:
            where = Passage(block, sentence[cue.first].start, sentence[cue.last - 1].end)
        return Attribution(content, where, source, number)
