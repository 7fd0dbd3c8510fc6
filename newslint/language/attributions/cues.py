"""The cues of one sentence and who stands beside each of them."""

from __future__ import annotations

from newslint.language.attributions.cue import COLON, DASH, NOUN, Cue
from newslint.language.attributions.guess import guessed
from newslint.language.attributions.sources import (
    Range,
    after_cue,
    before_cue,
    can_act,
    leading,
    possessor,
)
from newslint.language.attributions.tokens import QUOTATION, Sentence
from newslint.language.attributions.words import (
    ACCORDING,
    BASE,
    JUDGING,
    ONGOING,
    PAST,
    SAYING,
    THIRD,
    Term,
    Words,
)

_FROM = frozenset({"from", "by"})
_PAUSES = frozenset({",", "—", QUOTATION, ")"})


def cues_of(sentence: Sentence, words: Words) -> list[Cue]:
    """The cues of a sentence from left to right, each with its source where there is one."""
    found: list[Cue] = []
    index, count = 0, len(sentence)
    while index < count:
        word = sentence[index].word
        term = _term(sentence, index, words) if word in words.cues else None
        if term is None:
            if word in words.nouns:
                found += _noun(sentence, index, words)
            index += 1
            continue
        cue = _verb(sentence, index, term, words)
        if cue.source is None and sentence[index].word in words.nouns:
            found += _noun(sentence, index, words)
        found.append(cue)
        index += len(term.words)
    found += _marks(sentence, found, words)
    found += guessed(sentence, found, words)
    return _controlled(sentence, sorted(found, key=lambda cue: cue[:2]), words)


def _noun(sentence: Sentence, index: int, words: Words) -> list[Cue]:
    follows = sentence[index + 1] if index + 1 < len(sentence) else None
    if follows and follows.is_word and not (
        follows.word in words.prepositions or follows.word in words.openers
        or follows.word in words.between or follows.word in words.verbs
        or follows.word in words.times
    ):  # fmt: skip
        return []  # “his plan commission” tells nothing
    owner = possessor(sentence, index, words)
    if owner is None and index + 2 < len(sentence) and sentence[index + 1].word in _FROM:
        owner = after_cue(sentence, index + 2, words)
    return [Cue(index, index + 1, NOUN, PAST, owner)] if owner else []


def _term(sentence: Sentence, index: int, words: Words) -> Term | None:
    token = sentence[index]
    if token.upper and index and sentence[index - 1].is_word:
        return None
    for term in words.cues[token.word]:
        length = len(term.words)
        if length == 1 or (
            tuple([token.word for token in sentence[index : index + length]]) == term.words
        ):
            return term
    return None


def _verb(sentence: Sentence, first: int, term: Term, words: Words) -> Cue:
    last = first + len(term.words)
    before = sentence[first - 1].word if first else ""
    source = None
    if term.sort == ACCORDING:
        source = after_cue(sentence, last, words, anyone=True)
    elif before in words.articles or before.endswith(("'s", "s'")):
        source = None  # “the estimated cost”, “Vale's claims”
    elif term.form == ONGOING:
        if before and before not in _PAUSES and before not in words.prepositions:
            source = before_cue(sentence, first, words)
            source = source if source and can_act(sentence, source, words) else None
    elif term.form == PAST and last < len(sentence) and sentence[last].word == "by":
        source = after_cue(sentence, last + 1, words) or before_cue(sentence, first, words)
    elif before != "to":
        source = _inverted(sentence, first, last, term, words)
        if source is None and not (
            term.sort != SAYING and term.form in (BASE, THIRD) and term.words[0] in words.noun_forms
            and before in _PAUSES
        ):  # fmt: skip
            source = before_cue(sentence, first, words)
            if source and (
                not _agrees(sentence, source, first, term, words)
                or (term.form == PAST and _passive(sentence, source, first, words))
            ):
                source = None
    return Cue(first, last, term.sort, term.form, source)


def _inverted(sentence: Sentence, first: int, last: int, term: Term, words: Words) -> Range | None:
    """“…,” said Vale; as Vale put it has the other order."""
    if term.sort == JUDGING or term.form == BASE or sentence[first].word in words.addressing:
        return None
    if first and sentence[first - 1].word not in _PAUSES and sentence[first - 1].word != "as":
        return None
    if not first and term.sort != SAYING:
        return None
    found = after_cue(sentence, last, words, named=True)
    if found is None or first == 0 or _spoken_before(sentence, first):
        return found
    return found if sentence[found[0]].upper or sentence[first].word in words.firm else None


def _spoken_before(sentence: Sentence, first: int) -> bool:
    """Whether a quotation stands before the cue, with at most a comma between."""
    near = sentence[max(first - 2, 0) : first]
    return any(token.quotation >= 0 for token in near)


def _goes_on(sentence: Sentence, source: Range, last: int, words: Words) -> bool:
    """Whether what follows a form that could be a noun makes it a verb."""
    if last >= len(sentence) or not sentence[last].is_word:
        quoted = last < len(sentence) and sentence[last].word in (QUOTATION, ":")
        return quoted or (source[0] > 0 and sentence[source[0] - 1].quotation >= 0)
    follows = sentence[last]
    return (
        follows.upper or follows.word == "that" or follows.word in words.determiners
        or follows.word in words.pronouns or follows.word in words.openers
    )  # fmt: skip


def _passive(sentence: Sentence, source: Range, cue: int, words: Words) -> bool:
    """“was confirmed”: what stands before the verb did not say it."""
    at = cue - 1
    while at >= source[1] and sentence[at].word in words.between:
        if sentence[at].word in words.passive:
            return True
        at -= 1
    return False


def _agrees(sentence: Sentence, source: Range, cue: int, term: Term, words: Words) -> bool:
    """Whether a form that could be a noun has a subject: “they report”, not “his last report”."""
    if term.form == PAST:
        return can_act(sentence, source, words)
    last = cue + len(term.words)
    named = sentence[source[1] - 1].upper and source[1] == cue and term.sort == SAYING
    if term.words[0] in words.noun_forms and not _goes_on(sentence, source, last, words):
        return named and last < len(sentence) and sentence[last].is_word
    if term.form == BASE and source[1] < cue and sentence[source[1]].word in words.between:
        return True
    head = sentence[source[1] - 1]
    if head.word in ("who", "that", "which") and source[1] - source[0] > 1:
        head = sentence[source[1] - 2]
    if head.word in words.possessives or head.word.endswith(("'s", "s'")):
        return False
    many = (
        head.word in words.plural
        or head.word[0].isdigit()
        or (head.word.endswith("s") and not head.word.endswith("ss"))
    )
    if term.form == BASE:
        return many or "and" in [token.word for token in sentence[source[0] : source[1]]]
    return (not many or head.upper) and can_act(sentence, source, words)


def _marks(sentence: Sentence, known: list[Cue], words: Words) -> list[Cue]:
    """A colon or a dash that stands between a source and a quotation."""
    found: list[Cue] = []
    if sentence[0].word in ("—", "(") and len(sentence) < 9:
        source = after_cue(sentence, 1, words)
        if source is not None and sentence[source[0]].upper and _ends(sentence, source[1]):
            found.append(Cue(0, 1, DASH, PAST, source))
    for index, token in enumerate(sentence):
        if token.quotation < 0:
            continue
        behind = sentence[index + 1].word if index + 1 < len(sentence) else ""
        if (
            index > 1
            and (
                sentence[index - 1].word == ":"
                or (sentence[index - 1].word == "—" and behind != "—")
            )
            and not any(cue.last < index and cue.source for cue in known)
        ):
            source = leading(sentence, 0, index - 1, words)
            if source is not None:
                found.append(Cue(index - 1, index, COLON, PAST, source))
        after = index + 1
        if after + 1 < len(sentence) and sentence[after].word in ("—", "("):
            source = after_cue(sentence, after + 1, words)
            if source is not None and (sentence[source[0]].upper and _ends(sentence, source[1])):
                found.append(Cue(after, after + 1, DASH, PAST, source))
    return found


def _ends(sentence: Sentence, index: int) -> bool:
    return index >= len(sentence) or sentence[index].word in (",", ")", "(", "—")


def _controlled(sentence: Sentence, cues: list[Cue], words: Words) -> list[Cue]:
    """Give cues in -ing and coordinated ones the source of a neighbour."""
    for number, cue in enumerate(cues):
        if cue.source is not None or cue.sort == ACCORDING:
            continue
        before = sentence[cue.first - 1].word if cue.first else ""
        if cue.form != ONGOING and before not in ("and", "but", "or", "then", ",", "to"):
            continue
        source = next((c.source for c in reversed(cues[:number]) if c.source), None)
        source = source or leading(sentence, 0, cue.first, words)
        if source is not None and sentence[source[1] - 1].word.endswith("'s"):
            source = None
        spoken = any(token.quotation >= 0 for token in sentence[: cue.first])
        if source is None and cue.form == ONGOING and not spoken:
            source = next((c.source for c in cues[number + 1 :] if c.source), None)
            source = source or _afterwards(sentence, cue.last, words)
        cues[number] = cue._replace(source=source)
    return cues


def _afterwards(sentence: Sentence, index: int, words: Words) -> Range | None:
    """The subject after a participle at the beginning: “Calling it “…,” Vale walked out”."""
    for at in range(index, len(sentence) - 1):
        if sentence[at].word in (",", QUOTATION):
            found = after_cue(sentence, at + 1, words)
            if found is not None:
                return found
    return None
