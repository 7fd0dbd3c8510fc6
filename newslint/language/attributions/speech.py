"""Quotation marks that hold no speech: titles, labels, examples, what a reader may say."""

from __future__ import annotations

import re
from functools import cache

from newslint.article import ALT_TEXT, BLOCK_QUOTE, CAPTION, HEADLINE, PARAGRAPH, Article
from newslint.language import once_for
from newslint.language.attributions.tokens import QUOTATION, Sentence, Token
from newslint.language.attributions.words import Words
from newslint.language.quotations import Part, Quotation, narration, quotations
from newslint.later import compiled_later

_SMALL = 3  # Letters of the longest word that a title may leave in lower case.
_CAPITALS = 0.9  # Share of the longer words of a title that are capitalised.
_NEAR = 4  # Words before a quotation among which what it is called is sought.
_OWN = 0.4  # Share of the paragraphs of an essay in which the writer says “we” or “you”.
_INDENT = 3  # Characters before a quotation that begins its paragraph.
_STOPS = frozenset('.!?”"')
_LETTERS = compiled_later(r"[^\W\d_][\w’'-]*")


def plainly_none(article: Article, words: Words, quotation: Quotation) -> bool:
    """Whether a quotation needs no speaker, as far as its block tells at a glance."""
    part = quotation.parts[0]
    block = article.blocks[part.block]
    if block.kind == BLOCK_QUOTE or block.inside:
        return True
    if not hangs(block.text, part) and (
        _own_voice(article, part.block, words)
        or (part.start <= _INDENT and _answers(article, part.block))
    ):
        return True
    return (
        (_is_title(block.text[slice(*part.inner)]) and not _is_sentence(block.text, part))
        or _is_linked(article, part) or _broken(article, part.block)
    )  # fmt: skip


def hangs(text: str, part: Part) -> bool:
    """Whether the quotation ends in a comma and its sentence ends there: its speaker is missing."""
    ends = text[part.inner[1] - 1 : part.inner[1]] == ","
    return ends and text[part.end :].lstrip()[:1] in ("", ".", ",")


def needs_none(text: str, part: Part, sentence: Sentence, at: int, words: Words) -> bool:
    """Whether the quotation that is token `at` needs no speaker, as its sentence tells."""
    return (
        text[: sentence[0].start].rstrip().endswith("?")
        or text[: part.start].endswith("=")
        or _named(sentence, at, words)
        or _embedded_question(text, sentence, at)
    )


def _broken(article: Article, block: int) -> bool:
    """Whether a mark without a partner makes it uncertain where the quotation begins and ends."""
    return any(stray.block == block for stray in quotations(article).unbalanced)


def _answers(article: Article, block: int) -> bool:
    """Whether the block before is a question, or announces what follows with a colon."""
    before = block - 1
    while before >= 0 and article.blocks[before].kind in (ALT_TEXT, CAPTION):
        before -= 1
    if before < 0 or article.blocks[before].kind == HEADLINE:
        return False
    return article.blocks[before].text.rstrip("*_ \ufffc").endswith(("?", ":"))


def _is_title(text: str) -> bool:
    """Whether the words are capitalised as the title of a work is."""
    long = [word for word in _LETTERS.findall(text) if len(word) > _SMALL]
    capital = [word for word in long if not word[0].islower()]
    return len(capital) > 1 and len(capital) >= _CAPITALS * len(long)


def _is_sentence(text: str, part: Part) -> bool:
    """Whether the words with their full stop follow on another sentence: “Go on, Nicole.”"""
    before = text[: part.start].rstrip()[-1:]
    return text[part.inner[1] - 1 : part.inner[1]] == "." and before in _STOPS


def _is_linked(article: Article, part: Part) -> bool:
    """Whether a link stands in the words or beside them: it says where they are from."""
    span = article.blocks[part.block].span(part.start, part.end)
    near = article.blocks[part.block].source_span
    return any(
        near.start <= link.text_span.start < near.end
        and (link.text_span.start < span.end + 150 and link.text_span.end > span.start - 150)
        for link in article.links
    )


def _own_voice(article: Article, block: int, words: Words) -> bool:
    """Whether the outlet speaks of itself or to its readers: the words can be theirs."""
    known = _own_voices(article, words)
    if block not in known:
        text, pattern = article.blocks[block].text, _any_of(words.own_voice)
        known[block] = any(pattern.search(text, *told) for told in narration(article, block))
    return known[block]


@once_for
def _own_voices(_article: Article, _words: Words) -> dict[int, bool]:
    """By block, what `_own_voice` has found so far: a block may hold many quotations."""
    return {}


def essay(article: Article, words: Words) -> bool:
    """Whether the outlet speaks of itself or to its readers in much of the copy."""
    blocks = [index for index, block in enumerate(article.blocks) if block.kind == PARAGRAPH]
    own = sum([_own_voice(article, index, words) for index in blocks])
    return own > _OWN * len(blocks)


@cache
def _any_of(words: frozenset[str]) -> re.Pattern[str]:
    listed = "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))
    return re.compile(rf"\b(?:{listed or '(?!)'})\b", re.IGNORECASE)


def _named(sentence: Sentence, at: int, words: Words) -> bool:
    """Whether the words before say that it is a name, a title, a term or an example."""
    before = sentence[max(at - _NEAR, 0) : at]
    told = _told(before)
    return any(f" {phrase} " in told for phrase in words.naming)


def _told(tokens: list[Token]) -> str:
    return " " + " ".join([token.word for token in tokens if token.word != QUOTATION]) + " "


def _embedded_question(text: str, sentence: Sentence, at: int) -> bool:
    """“…the question of “who pays?” came up”: a question in the middle of the outlet's sentence."""
    if at == 0 or not sentence[at - 1].is_word:
        return False
    return "?" in text[sentence[at].end - 3 : sentence[at].end]
