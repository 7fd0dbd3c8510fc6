"""Kind `pattern`: regular expressions."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import partial

from newslint.article import Article, Block
from newslint.finding import Edit
from newslint.kinds.context import Replacing, article_allows, doubtful, keeps, left_by_hand
from newslint.kinds.contract import Finder, Hit, Kind, Scope, slice_edit
from newslint.kinds.terms import keep_case
from newslint.later import compiled_later
from newslint.matching import Clues, Needs, prose, search
from newslint.patterns import Match, compile_pattern, flagged
from newslint.reference import Reference

_GROUP = compiled_later(r"\$(?:(\d)|\{(\d)\})")


class MatchPattern(Replacing, frozen=True, tag="match", kw_only=True):
    """Flag what any of the patterns matches."""

    patterns: tuple[str, ...]
    replace: str | tuple[str, ...] | None = None
    """What stands there instead, with `$1` for a group; or one such text for each pattern."""
    group: int = 0

    def check(self) -> None:
        super().check()
        if self.group < 0:
            raise ValueError('"group": a number from 0, which is the whole match')
        if isinstance(self.replace, tuple) and len(self.replace) != len(self.patterns):
            raise ValueError('"replace": one text for all patterns, or one for each')
        for pattern, replace in self.replacements.items():
            wanted = [self.group, *(int(a or b) for a, b in _GROUP.findall(replace or ""))]
            if max(wanted) > compile_pattern(pattern).groups:
                raise ValueError(f'pattern "{pattern}" has no group {max(wanted)}')

    @property
    def replacements(self) -> dict[str, str | None]:
        """By pattern."""
        if isinstance(self.replace, tuple):
            return dict(zip(self.patterns, self.replace, strict=True))
        return dict.fromkeys(self.patterns, self.replace)


def build(options: MatchPattern, scope: Scope, _: Reference) -> Finder:
    """A finder for one rule."""
    replacements = {flagged(p, options.ignore_case): r for p, r in options.replacements.items()}
    find = partial(_find, options, scope, replacements)
    return Finder(find, Needs(patterns=tuple(replacements)))


def _find(
    options: MatchPattern, scope: Scope, replacements: Mapping[str, str | None], article: Article,
    clues: Clues,
) -> Iterator[Hit]:  # fmt: skip
    whole = options.boundaries == "word"
    found = [
        (index, match, replacements[pattern])
        for pattern in clues.patterns
        for index, match in search(article, pattern, scope.kinds, whole)
    ]
    if not found or not article_allows(options, article):
        return
    blocks, reached = prose(article).blocks, (-1, 0)
    for index, match, replace in sorted(found, key=lambda h: (h[0], h[1].start, -h[1].end)):
        start, end = match.groups[options.group]
        if start < 0 or (index, start) < reached:
            continue
        if keeps(options, scope, article, index, start, end):
            reached = (index, end)
            hit = _hit(options, article, blocks[index], match, replace)
            if hit.edits and left_by_hand(options, article, index, start, end):
                hit = hit._replace(edits=())
            yield hit._replace(doubtful=doubtful(options, article, index, start, end))


def _hit(
    options: MatchPattern, article: Article, block: Block, match: Match, replace: str | None
) -> Hit:
    text, (start, end) = block.text, match.groups[options.group]
    values = {"match": text[start:end]}
    groups = ["" if s < 0 else text[s:e] for s, e in match.groups]
    values |= {str(number): group for number, group in enumerate(groups) if number}
    edits: tuple[Edit, ...] = ()
    if replace is not None:
        new = _GROUP.sub(lambda m: groups[int(m[1] or m[2])], replace)
        new = keep_case(text[start:end], new) if options.keep_case else new
        values["prefer"] = f"“{new}”"
        edits = slice_edit(article, block, start, end, new)
    return Hit(block.span(start, end), values, edits, proper=not options.ignore_case)


KIND = Kind(
    checks={"match": MatchPattern},
    build=build,  # type: ignore[arg-type]
    placeholders=frozenset({"match", "prefer", *"123456789"}),
)
