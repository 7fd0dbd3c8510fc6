"""Finds the words for a source beside a cue, in a sentence of tokens."""

from __future__ import annotations

from newslint.language.attributions.tokens import QUOTATION, Sentence
from newslint.language.attributions.words import Words

Range = tuple[int, int]
"""Tokens of a sentence, end exclusive."""

_FARTHEST = 14  # Tokens that a source without a name may have.
_RELATIVE = frozenset({"who", "which", "that"})
_BREAKS = frozenset({",", ";", ":", "—", "(", ")", QUOTATION, "…", "...", "•"})


def before_cue(sentence: Sentence, cue: int, words: Words) -> Range | None:
    """The subject of a verb that begins at token `cue`."""
    at = _over_small_words(sentence, cue - 1, words)
    if at < 0:
        return None
    token = sentence[at]
    if token.word in (",", "—"):
        return _before_aside(sentence, at, words)
    if token.word == QUOTATION:
        return leading(sentence, 0, at, words) if at else None
    if token.word in _RELATIVE and at and not token.upper:
        return _relative(sentence, at, words)
    if token.word in ("and", "but", "or", "then"):
        return leading(sentence, 0, at, words)
    found = phrase_before(sentence, at, words)
    if found is not None and can_act(sentence, found, words):
        return found
    for back in range(at, max(at - 6, 0), -1):
        if sentence[back].word in words.prepositions:
            return before_cue(sentence, back, words) if back > 1 else None
        if not sentence[back].is_word:
            return None
    return None


def after_cue(
    sentence: Sentence, index: int, words: Words, named: bool = False, anyone: bool = False
) -> Range | None:
    """The source that begins at token `index`: “said a spokesman for the ministry”.

    `named`: other words will do before a name, as in “said election lawyer Ada Vale”. `anyone`:
    any noun will do, as in “according to exit polls”.
    """
    if index >= len(sentence):
        return None
    first = sentence[index]
    if not first.is_word or first.word in words.openers:
        return None
    follows = sentence[index + 1] if index + 1 < len(sentence) else first
    if first.word in words.between and not (first.upper and follows.upper and follows.is_word):
        return None
    if first.word in words.pronouns and not first.upper:
        return (index, index + 1)
    known = (
        first.upper or first.word in words.determiners or first.word in words.possessives
        or first.word in words.roles or first.word in words.vague
    )  # fmt: skip
    if not known and named:
        known = any(token.upper for token in sentence[index + 1 : index + 5])
    if not (known or anyone) or (
        first.word in words.prepositions and first.word not in words.determiners
    ):
        return None
    end = _end_of(sentence, index, words)
    last = sentence[end - 1]
    if last.word in words.determiners and not last.upper and end - index == 1:
        return (index, end) if last.word in words.pronouns else None
    return (index, end)


def _end_of(sentence: Sentence, index: int, words: Words) -> int:
    """Where the noun phrase that begins at token `index` ends."""
    end = index + 1
    while end < len(sentence) and end - index < _FARTHEST:
        token = sentence[end]
        if not token.is_word or _ends_name(sentence, end, words):
            break
        if not token.upper and token.word not in words.linking and (
            token.word in words.prepositions or token.word in words.openers
            or token.word in words.between
            or token.word in words.only_verbs
        ):  # fmt: skip
            break
        end += 1
    while end > index + 1 and sentence[end - 1].word in words.linking:
        end -= 1
    return end


def _ends_name(sentence: Sentence, at: int, words: Words) -> bool:
    """Whether the token is no part of the name before it: “Vale harrumphed”."""
    token = sentence[at]
    if token.upper or not sentence[at - 1].upper or token.word in words.linking:
        return False
    return sentence[at - 1].word not in words.determiners and not (
        token.word in words.roles or token.word in words.nouns
        or any(later.upper for later in sentence[at + 1 : at + 3])
    )  # fmt: skip


def phrase_before(sentence: Sentence, at: int, words: Words) -> Range | None:
    """The noun phrase whose last token is `at`."""
    head = sentence[at]
    if not head.is_word:
        return _before_bracket(sentence, at, words) if head.word == ")" else None
    if head.word in words.pronouns and (not head.upper or head.word in words.pronouns):
        return (at, at + 1)
    if head.word in words.possessives:
        return None
    if head.upper:
        return _name_before(sentence, at, words)
    if head.word in words.prepositions or head.word in words.openers or head.word in words.between:
        return None
    if head.word in words.only_verbs:
        return None
    first = at
    while first and at - first < _FARTHEST:
        token = sentence[first - 1]
        if not token.is_word or token.word in words.openers or token.word in words.auxiliaries:
            break
        if token.word in words.only_verbs:
            break
        first -= 1
    while first < at and sentence[first].word in words.prepositions:
        following = next(
            (i for i in range(first + 1, at + 1) if sentence[i].word in words.determiners), at
        )
        first = following if following > first else at
    return (first, at + 1)


def _name_before(sentence: Sentence, at: int, words: Words) -> Range:
    first = at
    while first:
        token = sentence[first - 1]
        if token.is_word and token.upper and token.word not in words.prepositions:
            first -= 1
        elif token.word in words.linking and first > 1 and sentence[first - 2].upper:
            first -= 2
        else:
            break
    begin = first
    while begin and first - begin < 5:
        token = sentence[begin - 1]
        if (
            not token.is_word or token.word in words.openers or token.word in words.between
            or token.word in words.verbs
        ):  # fmt: skip
            break
        if token.word in words.prepositions and token.word not in words.determiners:
            break
        begin -= 1
        if token.word in words.determiners:
            break
    return (begin, at + 1)


def leading(sentence: Sentence, start: int, end: int, words: Words) -> Range | None:
    """The subject at the beginning of `sentence[start:end]`, after what tells time or place."""
    index = start
    while index < end:
        token = sentence[index]
        follows = sentence[index + 1] if index + 1 < end else token
        name = token.upper and follows.upper and follows.is_word
        if (
            not token.is_word
            or (token.word in words.between and not name)
            or (token.word in words.openers and token.word not in words.determiners)
        ):
            index += 1
        elif _sets_scene(sentence, index, words):
            index = next((i for i in range(index, end) if sentence[i].word == ","), end) + 1
        else:
            found = after_cue(sentence, index, words)
            if found is None or sentence[min(found[1], end) - 1].word not in words.times:
                return (found[0], min(found[1], end)) if found else None
            index = found[1]
    return None


def _sets_scene(sentence: Sentence, index: int, words: Words) -> bool:
    """Whether “In Ohio” or “Speaking to reporters” begins here, and not yet the subject."""
    word = sentence[index].word
    if word in words.prepositions and word not in words.determiners:
        return True
    return word.endswith("ing") and word in words.verbs


def possessor(sentence: Sentence, noun: int, words: Words) -> Range | None:
    """Whose claim it is: “Vale's” or “his” before the noun, up to four words away."""
    for at in range(noun - 1, max(noun - 5, -1), -1):
        token = sentence[at]
        if token.word in words.possessives:
            return (at, at + 1)
        if not token.is_word or token.word in words.openers or token.word in words.prepositions:
            return None
        if token.word.endswith(("'s", "s'")):
            if token.upper:
                return _name_before(sentence, at, words)
            return phrase_before(sentence, at, words)
    return None


def _over_small_words(sentence: Sentence, at: int, words: Words) -> int:
    """Past auxiliaries, adverbs and brackets, to the left."""
    while at >= 0:
        token = sentence[at]
        if token.word == ")" and at > 1:
            opened = next(
                (i for i in range(at - 1, max(at - 12, -1), -1) if sentence[i].word == "("), 0
            )
            if not opened:
                return at
            at = opened - 1
        elif token.word in words.times:
            at -= 1
            while at >= 0 and sentence[at].word in words.dating:
                at -= 1
        elif token.word in words.between or (
            token.word.endswith("ly") and not token.upper and len(token.word) > 4
        ):
            if token.word in words.pronouns and token.word not in ("both", "all", "each"):
                return at
            at -= 1
        else:
            return at
    return at


def _before_aside(sentence: Sentence, comma: int, words: Words) -> Range | None:
    """The head of “Ada Vale, who runs the mill, said”: what stands before the first comma of it."""
    start = comma
    while start and sentence[start - 1].word not in (QUOTATION, ";", ":"):
        start -= 1
    for at in range(start, comma):
        if sentence[at].word not in (",", "—") or at == start:
            continue
        found = phrase_before(sentence, at - 1, words)
        if found is not None and _can_be_subject(sentence, found, start, words):
            return _with_name(sentence, found, at, comma)
    found = phrase_before(sentence, comma - 1, words) if comma > start else None
    return found if _can_be_subject(sentence, found, start, words) else None


def _with_name(sentence: Sentence, found: Range, comma: int, end: int) -> Range:
    """“The mill's owner” with “Ada Vale” behind the comma."""
    last = comma + 1
    while last < end and sentence[last].is_word and not sentence[last].upper and last - comma < 4:
        last += 1  # “former defence minister Ada Vale”
    name = last
    while last < end and sentence[last].upper:
        last += 1
    if sentence[found[1] - 1].upper or last - name < 2:
        return found
    return (found[0], last)


def can_act(sentence: Sentence, source: Range, words: Words) -> bool:
    """Whether the words look like somebody: a name, a pronoun, a noun with what goes before it."""
    tokens = sentence[source[0] : source[1]]
    if tokens[-1].word in words.possessives or tokens[-1].word.endswith(("'s", "s'")):
        return False
    return any(
        token.upper or token.word in words.determiners or token.word in words.pronouns
        or token.word in words.roles or token.word in words.vague or token.word in words.possessives
        or token.word[0].isdigit()
        for token in tokens
    ) or _begins_clause(sentence, source, words)  # fmt: skip


def _begins_clause(sentence: Sentence, source: Range, words: Words) -> bool:
    """Whether a bare plural stands where subjects stand: “Forecasters say”, “, campaigners say”."""
    if not sentence[source[1] - 1].word.endswith("s"):
        return False
    before = sentence[source[0] - 1] if source[0] else None
    return before is None or not before.is_word or before.word in words.openers


def _can_be_subject(sentence: Sentence, found: Range | None, start: int, words: Words) -> bool:
    if found is None or not can_act(sentence, found, words):
        return False
    before = sentence[found[0] - 1] if found[0] > start else None
    if before is None or not before.is_word:
        return True
    return before.word not in words.prepositions or before.word in words.openers


def _relative(sentence: Sentence, at: int, words: Words) -> Range | None:
    """“who” with the noun phrase before it, or alone."""
    before = at - 1
    if sentence[before].word == "," and before:
        before -= 1
    found = phrase_before(sentence, before, words) if sentence[before].word not in _BREAKS else None
    if found is None:
        return (at, at + 1) if sentence[at].word == "who" else None
    return (found[0], at + 1)


def _before_bracket(sentence: Sentence, at: int, words: Words) -> Range | None:
    for index in range(at - 1, max(at - 12, 0), -1):
        if sentence[index].word == "(":
            found = phrase_before(sentence, index - 1, words)
            return (found[0], at + 1) if found else None
    return None
