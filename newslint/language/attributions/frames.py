"""Frames that show who speaks, whatever the words in them: “…,” <somebody> <does something>.

No list holds all verbs that bring in speech, so where the lexicon finds no cue the place of the
words is the evidence: a clause directly before or behind the marks, the first half of the same
speech, a line with a name below.
"""

from __future__ import annotations

from newslint.article import PARAGRAPH, Article
from newslint.language.attributions.choice import Read
from newslint.language.attributions.cue import NOUN
from newslint.language.attributions.guess import verbal
from newslint.language.attributions.sources import leading
from newslint.language.attributions.tokens import Sentence, Token
from newslint.language.attributions.words import Words
from newslint.language.quotations import Part

_PAUSES = frozenset({",", ":", "—"})
_PAST = ("ed", "ew", "oke", "ang")
_LINE = 90  # Characters of the longest line that only says who spoke.
_REPLY = 40  # Characters of the longest line of a dialogue that needs no name.
_SHORT_LINE = 2  # Words of a label: “The card:”.
_FEW = 4  # Words that do not make a clause.
_STEP = 8  # Tokens of the longest sentence that only says who speaks next.
_BACK = 8  # Sentences, this one among them, in which the first half of a speech is sought.
_HALVES = 4  # Quotations of one sentence that are looked at; it keeps hostile copy linear.
_CLOSING = ("”", '"', "''", "’’")


def framed(article: Article, read: Read, number: int, at: int, part: Part, words: Words) -> bool:
    """Whether the quotation that is token `at` of sentence `number` stands in such a frame."""
    sentence = read.sentences[number]
    return (
        _leads_in(sentence, at, words)
        or _follows(sentence, at, len(sentence), words)
        or _goes_on(read, number, at, words)
        or _in_sentence(sentence, at, words)
        or _credited(read, number, at)
        or _signed_below(article, part)
        or _replies(article, part)
    )


def _leads_in(sentence: Sentence, at: int, words: Words) -> bool:
    """Vale was prompted to say, “…”; a threat that many make and few keep: “…”."""
    if not at or sentence[at - 1].word not in _PAUSES:
        return False
    if sentence[at - 1].word == ":" and at > _SHORT_LINE + 1 and sentence[at - 2].is_word:
        return True
    last = sentence[at - 2]
    if at > _SHORT_LINE and last.word in words.verbs and (
        last.word.endswith("ing") or sentence[at - 3].word == "to"
    ):  # fmt: skip
        return True
    return last.word not in words.openers and _clause(sentence, 0, at - 1, words)


def _clause(sentence: Sentence, start: int, end: int, words: Words) -> bool:
    """Whether a subject with a verb stands there, or one with “to” before it."""
    subject = leading(sentence, start, end, words)
    if subject is None:
        return False
    return any(_does(token, words) or verbal(token, words) for token in sentence[subject[1] : end])


def _does(token: Token, words: Words) -> bool:
    """Whether a word is surely a verb."""
    if token.upper or not token.is_word:
        return False
    word = token.word
    if word in words.auxiliaries or (word in words.verbs and word not in words.noun_forms):
        return True
    return word.endswith(_PAST) and verbal(token, words) and word not in words.roles


def _follows(sentence: Sentence, at: int, end: int, words: Words) -> bool:
    """“…,” an angry Vale retaliated; “…,” said the printed card; “…” is an old saying.

    `end`: the token that the clause ends before.
    """
    behind = at + 1
    if behind + 1 >= end or not sentence[behind].is_word:
        return False
    first, following = sentence[behind], sentence[behind + 1]
    if first.upper:
        opens = first.word not in words.times
    elif first.word in words.auxiliaries:
        return True
    elif first.word in words.verbs:
        return following.word not in words.prepositions or following.word in words.determiners
    else:
        opens = first.word in words.determiners or not (
            first.word in words.openers or first.word in words.times
            or first.word in words.prepositions
        )  # fmt: skip
    rest = sentence[behind + 1 : end]
    if not opens or not rest:
        return False
    named = first.upper or first.word in words.determiners
    return any(_does(token, words) for token in rest) or (
        named and not rest[-1].upper and rest[-1].word in words.noun_forms
    )


def _goes_on(read: Read, number: int, at: int, words: Words) -> bool:
    """Whether the paragraph has named the speaker of what stood in marks before."""
    for other in range(number, max(number - _BACK, -1), -1):
        sentence = read.sentences[other]
        end = at if other == number else len(sentence)
        quoted = [index for index in range(end) if sentence[index].quotation >= 0]
        for index in quoted[-_HALVES:]:
            if (
                _follows(sentence, index, end, words)
                or _leads_in(sentence, index, words)
                or _name_behind(sentence, index, end, words)
            ):
                return True
    return number > 0 and _comes_up(read, number - 1, words)


def _name_behind(sentence: Sentence, at: int, end: int, words: Words) -> bool:
    """“…,” Vale from his desk: the verb is missing, not the speaker."""
    name = sentence[at + 1] if at + 1 < end else None
    return name is not None and name.upper and name.word not in words.times


def _comes_up(read: Read, number: int, words: Words) -> bool:
    """Vale's first tweet was short. “…”; the second team got up. “…”"""
    if any(cue.sort == NOUN and cue.source and cue.source[0] == 0 for cue in read.cues(number)):
        return True
    sentence = read.sentences[number]
    subject = leading(sentence, 0, len(sentence), words) if len(sentence) < _STEP else None
    return (
        subject is not None and sentence[subject[1] - 1].word in words.roles
        and subject[1] < len(sentence) and verbal(sentence[subject[1]], words)
    )  # fmt: skip


def _in_sentence(sentence: Sentence, at: int, words: Words) -> bool:
    """The “…” might be over; Lorne is most proud of “…”; “…” is no advice."""
    if not at or not sentence[at - 1].is_word:
        return False
    before = sentence[at - 1].word
    noun = before in words.determiners and before not in words.openers
    if noun or before.endswith("ing") or _clause(sentence, 0, at, words):
        return True
    return at > _FEW and any(_does(token, words) for token in sentence[1:at])


def _credited(read: Read, number: int, at: int) -> bool:
    """“…” [Ada Vale, The Corley Post]; “…,” by Ada Vale."""
    sentence = read.sentences[number]
    rest = sentence[at + 1 :]
    if not rest and number + 1 < len(read.sentences):
        rest = read.sentences[number + 1]
    return len(rest) > 1 and rest[0].word in ("(", "by") and rest[1].upper


def _signed_below(article: Article, part: Part) -> bool:
    """A pull quote: the speaker's name on the next line, in the same marks or behind them."""
    blocks, after = article.blocks, part.block + 1
    if part.end < len(blocks[part.block].text) or part.closing or after >= len(blocks):
        return False
    text = blocks[after].text
    return len(text) < _LINE and text[:1].isupper() and text.rstrip().endswith(_CLOSING)


def _replies(article: Article, part: Part) -> bool:
    """Whether the paragraph and the one before, a word or two, are lines of one dialogue."""
    blocks, before = article.blocks, part.block - 1
    if before < 0 or part.start or part.end < len(blocks[part.block].text):
        return False
    text = blocks[before].text
    return (
        blocks[before].kind == PARAGRAPH and len(text) < _REPLY
        and not text[:1].isalnum() and text.endswith(_CLOSING)
    )  # fmt: skip
