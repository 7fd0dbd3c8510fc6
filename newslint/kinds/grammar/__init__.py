"""Kind `grammar`: what engines know of grammar and spelling, as rules of newslint."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from msgspec import Struct

from newslint.article import OPAQUE, Article
from newslint.engines import Asked, Choice, Match, together
from newslint.engines.answers import answers
from newslint.kinds.contract import Finder, Hit, Kind, Options, Scope, slice_edit
from newslint.matching import Clues, Needs
from newslint.reference import Reference

MOST_SHOWN = 3
"""Suggestions in the advice."""


class Chosen(Struct, frozen=True, forbid_unknown_fields=True, rename="kebab"):
    """What a rule takes over from an engine, by the engine's own names."""

    rules: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    without: tuple[str, ...] = ()
    """Rules of those categories that are left out."""

    def has(self, match: Match) -> bool:
        """Whether the rule speaks for a match."""
        if match.rule in self.without:
            return False
        return match.rule in self.rules or match.category in self.categories


class Mistakes(Options, frozen=True, tag="mistakes", kw_only=True):
    """Rules of engines; an engine that is not named has nothing to say."""

    harper: Chosen = Chosen()
    languagetool: Chosen = Chosen()


def build(options: Mistakes, scope: Scope, reference: Reference) -> Finder:
    """A finder for one rule."""
    choice = reference.engine
    chosen: Chosen = getattr(options, choice.name)
    asked = Asked(frozenset(chosen.rules), frozenset(chosen.categories))
    if not choice.asked:
        choice = together(choice, [asked])
    return Finder(partial(_find, scope, chosen, choice), Needs(), asked=asked)


def _find(
    scope: Scope, chosen: Chosen, choice: Choice, article: Article, _: Clues
) -> Iterator[Hit]:
    for answer in answers(article, choice) if choice.asked else ():
        match, block = answer.match, article.blocks[answer.block]
        text = block.text[match.start : match.end]
        if not chosen.has(match) or OPAQUE in text:
            continue
        if scope.allows(article, answer.block, match.start, match.end):
            shown = match.suggestions[:MOST_SHOWN]
            yield Hit(
                block.span(match.start, match.end),
                {
                    "match": text,
                    "says": match.message,
                    "suggestions": ", ".join(f"“{one}”" for one in shown) or "rewrite",
                    "engine-rule": match.rule,
                },
                slice_edit(article, block, match.start, match.end, shown[0])
                if len(match.suggestions) == 1
                else (),
            )


KIND = Kind(
    checks={"mistakes": Mistakes},
    build=build,  # type: ignore[arg-type]
    placeholders=frozenset({"match", "says", "suggestions", "engine-rule"}),
)
