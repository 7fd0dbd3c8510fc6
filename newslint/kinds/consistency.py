"""Kind `consistency`: one of several forms, the same throughout an article."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from functools import partial
from typing import NamedTuple

from msgspec import field

from newslint.article import Article, Block
from newslint.finding import Edit
from newslint.kinds.context import overlaps_any
from newslint.kinds.contract import Finder, Hit, Kind, Options, Scope, check_patterns, slice_edit
from newslint.language.name_words import full_of_capitals
from newslint.matching import Clues, Needs, prose, search
from newslint.patterns import flagged
from newslint.reference import Reference


class Forms(Options, frozen=True, tag="forms", kw_only=True):
    """Forms of one thing, of which an article should use one."""

    forms: dict[str, tuple[str, ...]]
    ignore_case: bool = False
    edit: bool = False
    safe: bool = False
    write: dict[str, dict[str, str]] = field(default_factory=dict)
    """By form: what stands for the letters of a use, in lower case (“pm” for “P.M.”); with a
    space before it where one must stand there. Without it the name of the form stands there."""
    never: tuple[str, ...] = ()
    """Names of forms that are flagged wherever they stand, alone as well."""
    except_: tuple[str, ...] = field(name="except", default=())

    def check(self) -> None:
        if len(self.forms) < 2:
            raise ValueError('"forms": name at least two forms')
        check_patterns((p for form in self.forms.values() for p in form), self.ignore_case)
        check_patterns(self.except_, self.ignore_case)
        if unknown := set(self.write) - set(self.forms):
            raise ValueError(f'"write": there is no form "{sorted(unknown)[0]}"')
        if unknown := set(self.never) - set(self.forms):
            raise ValueError(f'"never": there is no form "{sorted(unknown)[0]}"')


class _Use(NamedTuple):
    block_index: int
    start: int
    end: int
    form: str
    block: Block


def build(options: Forms, scope: Scope, _: Reference) -> Finder:
    """A finder for one rule."""
    forms = {
        name: tuple(flagged(pattern, options.ignore_case) for pattern in patterns)
        for name, patterns in options.forms.items()
    }
    patterns = tuple(pattern for form in forms.values() for pattern in form)
    return Finder(partial(_find, options, scope, forms), Needs(patterns=patterns))


def _find(
    options: Forms, scope: Scope, forms: dict[str, tuple[str, ...]], article: Article,
    clues: Clues,
) -> Iterator[Hit]:  # fmt: skip
    uses = sorted(_uses(options, scope, forms, article, clues), key=lambda use: use[:3])
    counts = Counter(use.form for use in uses)
    wrong = [use for use in uses if use.form in options.never]
    if len(counts) < 2 and not wrong:
        return
    departs = wrong[0] if wrong else next(use for use in uses if use.form != uses[0].form)
    first = next((use.form for use in uses if use.form != departs.form), departs.form)
    others = {use.form: use for use in reversed(uses) if use.form != departs.form}
    good = [form for form in counts if form not in options.never] or list(counts)
    prefer = max(good, key=lambda form: (counts[form], form == first))
    yield Hit(
        departs.block.span(departs.start, departs.end),
        {
            "match": departs.block.text[departs.start : departs.end],
            "form": departs.form,
            "other": first,
            "count": str(counts[departs.form]),
            "other-count": str(counts[first]),
            "prefer": prefer,
        },
        _edits(options, article, uses, prefer),
        tuple(
            (use.block.span(use.start, use.end), f"“{form}”, {counts[form]} in all")
            for form, use in sorted(others.items(), key=lambda item: item[1][:3])
        ),
        again=tuple(use.block.span(use.start, use.end) for use in uses if use is not departs),
        proper=not options.ignore_case,
    )


def _uses(
    options: Forms, scope: Scope, forms: dict[str, tuple[str, ...]], article: Article,
    clues: Clues,
) -> Iterator[_Use]:  # fmt: skip
    blocks = prose(article).blocks
    spared = [flagged(pattern, options.ignore_case) for pattern in options.except_]
    possible = {form: [p for p in ps if p in clues.patterns] for form, ps in forms.items()}
    if sum(map(bool, possible.values())) < 2 and not any(possible[form] for form in options.never):
        return
    for form, patterns in possible.items():
        for index, match in (
            hit for pattern in patterns for hit in search(article, pattern, scope.kinds)
        ):
            start, end = match.groups[1] if len(match.groups) > 1 else (match.start, match.end)
            if overlaps_any(article, spared, index, start, end):
                continue
            if scope.allows(article, index, start, end):
                yield _Use(index, start, end, form, blocks[index])


def _edits(options: Forms, article: Article, uses: list[_Use], prefer: str) -> tuple[Edit, ...]:
    """Replace every use of another form, or nothing where one of them cannot be replaced.

    Where there are forms that should never stand, only these are replaced: which of the others is
    right may be for another rule to say. What is written in capitals only keeps its form.
    """
    if not options.edit:
        return ()
    edits: list[Edit] = []
    for use in uses:
        departs = use.form in options.never if options.never else use.form != prefer
        if departs and not full_of_capitals(article, use.block_index):
            new = _written(options, use, prefer)
            edit = slice_edit(article, use.block, use.start, use.end, new) if new else ()
            if not edit:
                return ()
            edits += edit
    return tuple(sorted(edits, key=lambda edit: edit.span))


def _written(options: Forms, use: _Use, form: str) -> str | None:
    """A use in another form, if that is certain: one stop ends an abbreviation and a sentence."""
    text = use.block.text
    old, rest = text[use.start : use.end], text[use.end :].lstrip('”’")] ')
    letters = "".join(filter(str.isalpha, old)).lower()
    new = options.write.get(form, {}).get(letters) if options.write else form
    if form in options.never:  # no other form is there to follow: small letters will do
        new = old.lower().replace(" ", "")
    if not new:
        return None
    if text[use.start - 1 : use.start].isspace():
        new = new.lstrip()
    if new.endswith(".") == old.endswith("."):
        return new
    if new.endswith("."):
        return new[:-1] if text[use.end : use.end + 1] == "." else new
    if rest[:1].isupper():  # does a sentence end here?
        return None
    return new if rest else f"{new}."


KIND = Kind(
    checks={"forms": Forms},
    build=build,  # type: ignore[arg-type]
    placeholders=frozenset({"match", "form", "other", "count", "other-count", "prefer"}),
)
