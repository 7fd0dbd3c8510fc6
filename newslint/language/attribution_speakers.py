"""Who speaks each quotation of an article: in its sentence, its paragraph, or the one before."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from newslint.article import BLOCK_QUOTE, LIST_ITEM, PARAGRAPH, Article
from newslint.language.attribution_cue import COLON, DASH, GUESSED, NOUN, Cue, Range
from newslint.language.attribution_cues import cues_of
from newslint.language.attribution_sort import sort_of
from newslint.language.attribution_sources import after_cue, leading
from newslint.language.attribution_telling import tells
from newslint.language.attribution_tokens import Sentence, tokens_of
from newslint.language.attribution_types import Attribution, Source
from newslint.language.attribution_words import ACCORDING, JUDGING, ONGOING, PAST, PERHAPS, SAYING, Words
from newslint.language.passage import Passage
from newslint.language.quotations import Part, Quotation, quotations

_LONG_NAME = 6  # Tokens; what is longer is no name alone.
_ASIDE = 40  # Characters of a paragraph that only interrupts a speech.
_WORD_OR_TWO = 30  # Characters of the longest two words.
_LOOSE = frozenset({NOUN, GUESSED, JUDGING, COLON})
_NO_PERSON = frozenset({"it", "they", "this", "that", "we", "you", "there"})
_AT_ONCE = 3  # Tokens of “That line” before its “from”.
_COPULA = frozenset({"is", "was", "were", "are"})
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


class Speakers:
    """Finds the speakers of one article's quotations, each when it is asked for."""

    def __init__(self, article: Article, words: Words) -> None:
        self.article = article
        self.words = words
        self.joined = quotations(article).joined
        self.reads: dict[int, Read] = {}
        self.parts: dict[int, list[tuple[Part, int]]] = {}
        self.spoken: dict[int, Spoken | None] = {}
        for number, quotation in enumerate(self.joined):
            for part in quotation.parts:
                self.parts.setdefault(part.block, []).append((part, number))

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
            cues = [cues_of(sentence, self.words) for sentence in sentences]
            known = self.reads[block] = Read(block, sentences, cues)
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

    def place(self, part: Part) -> tuple[Sentence, int] | None:
        """The sentence that holds a part of a quotation, and which of its tokens the part is."""
        found = self._find(part)
        return (self.reads[part.block].sentences[found[0]], found[1]) if found else None

    def _find(self, part: Part) -> tuple[int, int] | None:
        index = next((i for i, (one, _) in enumerate(self.parts[part.block]) if one is part), -1)
        for number, sentence in enumerate(self.read(part.block).sentences):
            for at, token in enumerate(sentence):
                if token.quotation == index:
                    return number, at
        return None

    def _in_block(self, part: Part) -> Spoken | None:
        few = self._few(part)
        if few and all(self._few(other) for other, _ in self.parts[part.block]):
            return None  # a word in marks is no speech, and most copy has some
        found = self._find(part)
        if found is None:
            return None
        read, (number, at) = self.read(part.block), found
        sentence = read.sentences[number]
        hangs = self._hangs(part, sentence, at)
        cue = _own(read, number, at, hangs, self._whole(part, sentence, at))
        if cue is not None:
            return None if few and cue.sort in _LOOSE else Spoken(read, number, cue)
        return None if hangs or few else self._in_neighbours(read, number)

    def _few(self, part: Part) -> bool:
        """Whether it is a word or two, which are seldom speech."""
        text = self.article.blocks[part.block].text[slice(*part.inner)]
        return text.count(" ", 0, _WORD_OR_TWO) < 2 and len(text) < _WORD_OR_TWO

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
        rest = behind.word in words.prepositions or behind.word in words.times | words.between
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
            cue = _strong(read, other, other > number, abs(other - number) == 1, self.words)
            if cue is not None:
                return Spoken(read, other, cue)
        return self._doer(read, number - 1) if number else None

    def _doer(self, read: Read, number: int) -> Spoken | None:
        """Whom the sentence before is about: “Vale shook his head. “…””."""
        sentence = read.sentences[number]
        source = leading(sentence, 0, len(sentence), self.words)
        if source is None or not _person(sentence, source) or source[1] >= len(sentence):
            return None
        if any(token.quotation >= 0 for token in sentence) or not sentence[source[1]].is_word:
            return None
        if sentence[source[1]].word in self.words.passive | self.words.prepositions:
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
            cue = _strong(read, at, False, at == len(read.sentences) - 1, self.words)
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
        told = [cue for cue in read.cues[number] if cue.source is not None]
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
        if not 0 < names < _LONG_NAME or sentence[names].word != ":":
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
            near = cue.sort == GUESSED or at - finish <= (4 if cue.sort == PERHAPS else 1)
            near = near or _leads_to(sentence, cue, at)
        elif begin > at:
            distance = 1 + 2 * (begin - at)
            near = begin - at <= 1 or (begin - at == 2 and not sentence[at + 1].is_word)
            distance = distance if distance < 6 else distance + 40
        else:
            distance, near = 4, True
        if whole and not near and not sure:
            continue
        distance += 0 if sure else {PERHAPS: 1, JUDGING: 2, GUESSED: 50}.get(cue.sort, 3)
        if distance < rank:
            best, rank = cue, distance
    return best


def _leads_to(sentence: Sentence, cue: Cue, at: int) -> bool:
    """Whether a colon, or after a noun “was”, stands between the cue and the quotation."""
    before = [token.word for token in sentence[max(at - 2, 0) : at]]
    if before and before[-1] in (":", "—"):
        return True
    return cue.sort == NOUN and not _COPULA.isdisjoint(before)


def _strong(read: Read, number: int, first: bool, near: bool, words: Words) -> Cue | None:
    """The last (or first) cue of a sentence that surely reports speech.

    `near`: the sentence is the one before, where other verbs will do: “Vale shrugged. “…””.
    """
    sentence = read.sentences[number]
    sure = [
        cue for cue in read.cues[number]
        if cue.source is not None
        and (
            cue.sort == DASH
            or (cue.sort in _SURE and (tells(sentence, cue, words) or _acts(sentence, cue, words)))
            or (cue.sort in (SAYING, PERHAPS) and _reports(sentence, cue))
            or (cue.sort == NOUN and first and near and cue.first < _AT_ONCE)
            or (
                near and not first and cue.sort in (PERHAPS, JUDGING) and cue.form != ONGOING
                and _person(sentence, cue.source)
            )
        )
    ]  # fmt: skip
    return (sure[0] if first else sure[-1]) if sure else None


def _reports(sentence: Sentence, cue: Cue) -> bool:
    """Whether “that”, a colon or a quotation stands beside the cue."""
    near = sentence[max(cue.first - 3, 0) : cue.last + 2]
    return any(token.word == "that" or token.word == ":" or token.quotation >= 0 for token in near)


def _acts(sentence: Sentence, cue: Cue, words: Words) -> bool:
    """Whether somebody by name does what the cue says, and it is no noun."""
    plain = sentence[cue.first].word not in words.noun_forms and cue.form != ONGOING
    return plain and cue.source is not None and _person(sentence, cue.source)


def _person(sentence: Sentence, source: Range) -> bool:
    """Whether the source is a name or a pronoun for one person."""
    last = sentence[source[1] - 1]
    if last.word in _NO_PERSON or last.word.endswith("'s"):
        return False
    return last.word in ("he", "she") or (last.upper and source[1] - source[0] < _LONG_NAME)
