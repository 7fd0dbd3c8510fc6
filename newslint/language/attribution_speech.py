"""Quotation marks that hold no speech: titles, labels, examples, what a page or a reader may say."""

from __future__ import annotations

import re

from newslint.article import ALT_TEXT, BLOCK_QUOTE, CAPTION, HEADLINE, Article
from newslint.language.attribution_tokens import QUOTATION, Sentence, Token, tokens_of
from newslint.language.attribution_words import Words
from newslint.language.quotations import Part, Quotation, quotations

_SMALL = 3  # Letters of the longest word that a title may leave in lower case.
_CAPITALS = 0.9  # Share of the longer words of a title that are capitalised.
_NEAR = 4  # Words before a quotation among which what it is called is sought.
_INDENT = 3  # Characters before a quotation that begins its paragraph.
_LETTERS = re.compile(r"[^\W\d_][\w’'-]*")


def no_speech(article: Article, words: Words, quotation: Quotation) -> bool:
    """Whether a quotation without a speaker needs none."""
    part = quotation.parts[0]
    block = article.blocks[part.block]
    if block.kind == BLOCK_QUOTE or block.inside or _broken(article, part.block):
        return True
    if part.start <= _INDENT and _answers(article, part.block):
        return True
    if _is_title(block.text[slice(*part.inner)]) or _is_linked(article, part):
        return True
    quoted = [p for q in quotations(article).joined for p in q.parts if p.block == part.block]
    index = quoted.index(part)
    sentences = tokens_of(block.text, quoted)
    if _own_voice(sentences, words):
        return True
    for sentence in sentences:
        for at, token in enumerate(sentence):
            if token.quotation == index:
                asked = block.text[: sentence[0].start].rstrip().endswith("?")
                return (
                    asked or _named(sentence, at, words)
                    or _embedded_question(block.text, sentence, at)
                )  # fmt: skip
    return False


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


def _is_linked(article: Article, part: Part) -> bool:
    """Whether a link stands in the words or beside them: it says where they are from."""
    span = article.blocks[part.block].span(part.start, part.end)
    near = article.blocks[part.block].source_span
    return any(
        near.start <= link.text_span.start < near.end
        and (link.text_span.start < span.end + 150 and link.text_span.end > span.start - 150)
        for link in article.links
    )


def _own_voice(sentences: list[Sentence], words: Words) -> bool:
    """Whether the outlet speaks of itself or to its readers: the words can be theirs."""
    return any(token.word in words.own_voice for sentence in sentences for token in sentence)


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
