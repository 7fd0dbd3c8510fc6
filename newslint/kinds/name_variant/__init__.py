"""Kind `name-variant`: two spellings of one person or place."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from msgspec import field

from newslint.article import Article
from newslint.finding import Edit
from newslint.kinds.contract import Comparison, Finder, Hit, Informed, Kind, Scope, slice_edit
from newslint.kinds.name_variant.across import bearers, compare, facts, kindred
from newslint.kinds.name_variant.forms import Conflict, conflicts
from newslint.kinds.name_variant.known import Known
from newslint.kinds.name_variant.places import place_names
from newslint.kinds.name_variant.slips import slips
from newslint.language.passage import Passage
from newslint.language.people import people
from newslint.language.quotations import in_quotation
from newslint.language.spelling import speller
from newslint.matching import Clues, Needs
from newslint.reference import Reference


class Spelling(Informed, frozen=True, tag="spelling", kw_only=True):
    """Names of persons, and of places with more than one English spelling."""

    alike: dict[str, str]
    """What is written, and what stands for it: letters that sound alike in names."""
    endings: tuple[str, ...]
    """What makes another word of a name and no other spelling: plurals, adjectives."""
    places: dict[str, tuple[str, ...]] = field(default_factory=dict)
    """A place, and its other spellings."""
    share: float = 0.8
    """The part of all uses that makes a spelling the right one."""
    shortest: int = 4
    """Letters of a surname; shorter ones are near to too many words."""

    alone: int = 6
    """Letters of a surname that, without an office, tells across articles who is meant."""
    marks: tuple[str, ...] = ()
    """What copy writes behind a spelling that is meant: “[sic]”."""

    place_before: tuple[str, ...] = ()
    """Words after which a name is that of a place; without them only “Sea” and the like show it."""

    never_behind: tuple[str, ...] = ()
    """Words that do not follow a surname which begins a sentence: “Note to readers”."""

    def check(self) -> None:
        if not 0.5 < self.share <= 1:
            raise ValueError('"share" is a part of all uses: more than 0.5, at most 1')
        if any(not written for written in self.alike):
            raise ValueError('"alike": letters must be named')


def build(options: Spelling, scope: Scope, reference: Reference) -> Finder:
    """A finder for one rule."""
    known = Known(
        lexicons=reference.lexicons_with(options.lexicons),
        spell=speller(tuple(options.alike.items())),
        endings=options.endings,
        shortest=options.shortest,
        people=reference.people,
        words=reference.known_words,
        places=options.places,
        share=options.share,
        alone=options.alone,
        marks=options.marks,
        place_before=frozenset(options.place_before),
        stops=frozenset(options.never_behind),
    )
    return Finder(
        partial(_find, scope, known), Needs(),
        Comparison(
            partial(facts, scope, known), partial(compare, known), shared_keys=True, near=bearers,
            kindred=partial(kindred, known),
        ),
    )  # fmt: skip


def _find(scope: Scope, known: Known, article: Article, _: Clues) -> Iterator[Hit]:
    places = place_names(article, scope, known) if people(article, known.titles).persons else ()
    for conflict in _apart(
        *conflicts(article, scope, known), *places, *slips(article, scope, known)
    ):
        for form in conflict.departing:
            yield _hit(article, conflict, form)


def _apart(*conflicts: Conflict) -> Iterator[Conflict]:
    """The conflicts that are not about a spelling of one before them."""
    seen: set[str] = set()
    for conflict in conflicts:
        if seen.isdisjoint(conflict.departing):
            seen.update(conflict.departing)
            yield conflict


def _hit(article: Article, conflict: Conflict, form: str) -> Hit:
    uses = conflict.uses[form]
    first = next((use for use in uses if not _quoted(article, use)), uses[0])
    other = conflict.right or conflict.first
    counts = {name: len(places) for name, places in conflict.uses.items()}
    related = [(use.span(article), f"“{form}” again") for use in uses if use is not first]
    for name, places in conflict.uses.items():
        if name != form and places:
            related.insert(0, (places[0].span(article), f"“{name}”, {counts[name]} in all"))
    return Hit(
        first.span(article),
        {
            "match": form, "other": other, "where": conflict.where,
            "count": str(counts[form]), "other-count": str(counts.get(other, 0)),
            "prefer": other,
        },
        _edits(article, uses, conflict.right) if conflict.right else (),
        tuple(related),
        proper=True,
    )  # fmt: skip


def _edits(article: Article, uses: list[Passage], right: str) -> tuple[Edit, ...]:
    """Respell every use outside quotations."""
    edits = [
        edit
        for use in uses
        if not _quoted(article, use)
        for edit in slice_edit(article, article.blocks[use.block], use.start, use.end, right)
    ]
    return tuple(edits)


def _quoted(article: Article, use: Passage) -> bool:
    return in_quotation(article, use.block, use.start, use.end)


KIND = Kind(
    checks={"spelling": Spelling},
    build=build,  # type: ignore[arg-type]
    placeholders=frozenset({"match", "other", "where", "count", "other-count", "prefer"}),
)
