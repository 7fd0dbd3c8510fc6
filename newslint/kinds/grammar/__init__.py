"""Kind `grammar`: what engines know of grammar and spelling, as rules of newslint."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import partial

from newslint.article import OPAQUE, Article
from newslint.engines import Choice, must_have, together
from newslint.engines.answers import answers
from newslint.kinds.context import overlaps_any
from newslint.kinds.contract import (
    Finder,
    Hit,
    Kind,
    Options,
    Scope,
    check_patterns,
    slice_edit,
)
from newslint.kinds.grammar import spelling
from newslint.kinds.grammar.chosen import MOST_SHOWN, Chosen
from newslint.matching import Clues, Needs
from newslint.reference import Reference


class Mistakes(Options, frozen=True, tag="mistakes", kw_only=True):
    """Rules of engines; an engine that is not named has nothing to say."""

    harper: Chosen = Chosen()
    languagetool: Chosen = Chosen()

    def check(self) -> None:
        check_patterns((*self.harper.except_, *self.languagetool.except_))


def build(options: Mistakes | spelling.Spelling, scope: Scope, reference: Reference) -> Finder:
    """A finder for one rule. Raises `ValueError` for a scope that takes in what others said."""
    if scope.quotations != "false":
        raise ValueError("what others said is left out here: no “quotations” in a rule of grammar")
    if isinstance(options, spelling.Spelling):
        return spelling.build(options, scope, reference)
    choice = reference.engine
    chosen: Chosen = getattr(options, choice.name)
    if not choice.asked:
        choice = together(choice, [chosen.asked])
    return Finder(partial(_find, scope, chosen, choice), Needs(), asked=chosen.asked)


def _find(
    scope: Scope, chosen: Chosen, choice: Choice, article: Article, _: Clues
) -> Iterator[Hit]:
    if not choice.asked:
        return
    must_have(choice, chosen.asked)
    for answer in answers(article, choice):
        match, block = answer.match, article.blocks[answer.block]
        text = block.text[match.start : match.end]
        if not chosen.has(match) or OPAQUE in text:
            continue
        if overlaps_any(article, chosen.except_, answer.block, match.start, match.end):
            continue
        if scope.allows(article, answer.block, match.start, match.end):
            shown = match.suggestions[:MOST_SHOWN]
            yield Hit(
                block.span(match.start, match.end),
                {
                    "match": text.strip(),
                    "says": match.message,
                    "suggestions": _advice(shown),
                    "engine-rule": match.rule,
                },
                slice_edit(article, block, match.start, match.end, shown[0])
                if len(match.suggestions) == 1
                else (),
            )


def _advice(suggestions: Iterable[str]) -> str:
    words = [one.strip() for one in suggestions]
    return ", ".join(f"“{one}”" if one else "leave it out" for one in words) or "rewrite"


KIND = Kind(
    checks={"mistakes": Mistakes, "spelling": spelling.Spelling},
    build=build,  # type: ignore[arg-type]
    placeholders=frozenset({"match", "says", "suggestions", "engine-rule"}),
    asks=True,
)
