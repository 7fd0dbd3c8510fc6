"""Kind `person-title`: what people are called, in an article, in several, by the people file."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache, partial

from newslint.article import Article, Span
from newslint.kinds.contract import (
    Clash,
    Comparison,
    Fact,
    Finder,
    Hit,
    Informed,
    Kind,
    Options,
    Scope,
    Voice,
)
from newslint.kinds.person_title.across import compare
from newslint.kinds.person_title.again import repeated
from newslint.kinds.person_title.apart import facts_apart, groups_of, rivals, two_offices
from newslint.kinds.person_title.early import early_surnames
from newslint.kinds.person_title.facts import Use, conflicts, facts_of, shown, span_of, uses
from newslint.kinds.person_title.roster import Judge
from newslint.kinds.person_title.told import Settings
from newslint.language.lexicon import Lexicon, Lexicons
from newslint.language.people import People, people
from newslint.matching import Clues, Needs
from newslint.reference import Reference


class InconsistentTitle(Informed, frozen=True, kw_only=True, tag="inconsistent-title"):
    """One person with two titles that cannot both hold."""

    order: tuple[str, ...]
    """What qualifiers say of an office, in the order of a career: `now` is the bare title."""
    conflicts: tuple[tuple[str, str], ...]
    """Which two of them cannot both hold."""
    sorts: tuple[str, ...] = ("office", "post")
    """Of titles: `office`, `post`, `role`, `rank`, `honorific`."""
    days: int = 7
    """So near to each other two articles cannot be explained by a change in between."""
    established: int = 3
    """So many articles with one form are not questioned by a few with the other."""

    def check(self) -> None:
        for pair in self.conflicts:
            for status in pair:
                if status not in self.order:
                    raise ValueError(f'"{status}" in "conflicts" is missing in "order"')


class OutdatedTitle(Informed, frozen=True, kw_only=True, tag="outdated-title"):
    """A title that the people file contradicts for the article's date."""

    sorts: tuple[str, ...] = ("office", "post", "rank", "role")


class RepeatedFullTitle(Informed, frozen=True, kw_only=True, tag="repeated-full-title"):
    """Title and full name again and again."""

    sorts: tuple[str, ...] = ("office",)
    min_repeats: int = 2
    """So many uses of the full form are a finding."""
    near: int = 4000
    """Code points of copy; whoever comes up again later may be introduced again."""


class SurnameBeforeFullName(Informed, frozen=True, kw_only=True, tag="surname-before-full-name"):
    """A surname before the full name."""

    acts: tuple[str, ...]
    """Words behind a surname that shows a person; marks and words in “-ed” do so as well."""
    weak: tuple[str, ...] = ()
    """Titles that introduce nobody with a surname alone where the full name comes later."""
    not_before: tuple[str, ...] = ()
    """After these a surname lends its name to something: “the Brandt foundation”."""


def build(options: Options, scope: Scope, reference: Reference) -> Finder:
    """A finder for one rule."""
    assert isinstance(options, Informed)
    lexicons = reference.lexicons_with(options.lexicons)
    if isinstance(options, InconsistentTitle):
        return _inconsistent(options, scope, reference, lexicons)
    if isinstance(options, OutdatedTitle):
        judge = Judge(reference.people, lexicons)
        sorts = frozenset(options.sorts)
        return Finder(partial(_outdated, scope, lexicons, judge, sorts), Needs())
    if isinstance(options, RepeatedFullTitle):
        return Finder(partial(_repeated, options, scope, lexicons), Needs())
    assert isinstance(options, SurnameBeforeFullName)
    return Finder(partial(_early, options, scope, lexicons), Needs())


def _repeated(
    options: RepeatedFullTitle, scope: Scope, lexicons: Lexicons, article: Article, clues: Clues
) -> Iterator[Hit]:
    found = people(article, lexicons["titles"])
    sorts = frozenset(options.sorts)
    return repeated(article, found, scope, sorts, options.min_repeats, options.near)


def _early(
    options: SurnameBeforeFullName, scope: Scope, lexicons: Lexicons, article: Article, clues: Clues
) -> Iterator[Hit]:
    lexicon = lexicons["titles"]
    acts, before = frozenset(options.acts), frozenset(options.not_before)
    found, weak = people(article, lexicon), frozenset(options.weak)
    return early_surnames(article, found, scope, lexicon, acts, before, weak)


def _inconsistent(
    options: InconsistentTitle, scope: Scope, reference: Reference, lexicons: Lexicons
) -> Finder:
    judge = Judge(reference.people, lexicons)
    statuses, sorts = frozenset(options.order), frozenset(options.sorts)
    wrong = frozenset((*options.conflicts, *((b, a) for a, b in options.conflicts)))

    lexicon = lexicons["titles"]
    groups = groups_of(lexicon)

    def counted(article: Article) -> list[Use]:
        found = uses(article, lexicons, scope, sorts, statuses, offices=groups)
        return [use for use in found if not judge.agrees(article, use)] if judge.knows else found

    def of_sort(found: list[Use]) -> list[Use]:
        return [use for use in found if use.mention.sort in sorts]

    def find(article: Article, clues: Clues) -> Iterator[Hit]:
        who = people(article, lexicon)
        one, two = _two_statuses(who), two_offices(who, groups)
        if not (one or two):
            return
        found = counted(article)
        pairs = list(conflicts(of_sort(found), wrong)) if one else []
        if two:
            done = {later.mention.person for later, _ in pairs}
            pairs += [pair for pair in rivals(article, found, groups, lexicon)
                      if pair[0].mention.person not in done]  # fmt: skip
        for later, earlier in pairs:
            other = shown(article, earlier)
            yield Hit(
                span_of(article, later),
                _values(article, later, other),
                related=((span_of(article, earlier), other),),
            )

    def across(voices: Sequence[Voice]) -> Iterator[Clash]:
        single = _single(lexicon)
        days, established = options.days, options.established
        return compare(voices, Settings(options.order, wrong, days, established, single, groups))

    def facts(article: Article) -> Iterator[Fact]:
        found = counted(article)
        yield from facts_of(article, of_sort(found))
        yield from facts_apart(article, found, groups, lexicon)

    def near(fact: Fact) -> tuple[str, ...]:
        """Others with an office that one person holds at a time tell who held it when."""
        office = fact.key.partition("\t")[2]
        return (f"={office}",) if office in _single(lexicon) else ()

    return Finder(find, Needs(), Comparison(facts, across, near=near))


@cache
def _single(lexicon: Lexicon) -> frozenset[str]:
    return frozenset(lexicon.phrases("one-at-a-time"))


def _two_statuses(found: People) -> bool:
    """A quick look: whether anybody has one office in two ways, “former” and not."""
    status: dict[tuple[int, str], str] = {}
    return any(
        status.setdefault((mention.person, mention.office), mention.status) != mention.status
        for mention in found.mentions
        if mention.office
    )


def _outdated(
    scope: Scope, lexicons: Lexicons, judge: Judge, sorts: frozenset[str],
    article: Article, clues: Clues,
) -> Iterator[Hit]:  # fmt: skip
    if not judge.knows:
        return
    for use in uses(article, lexicons, scope, sorts, judge.statuses, full=False):
        verdict = judge.judge(article, use)
        if verdict is not None and not verdict.right:
            yield Hit(span_of(article, use), _values(article, use, verdict.roles))


def _values(article: Article, use: Use, other: str) -> dict[str, str]:
    span: Span = span_of(article, use)
    return {
        "match": article.source[span.start : span.end],
        "name": use.person.name,
        "title": use.mention.office,
        "other": other,
    }


KIND = Kind(
    checks={
        "inconsistent-title": InconsistentTitle,
        "outdated-title": OutdatedTitle,
        "repeated-full-title": RepeatedFullTitle,
        "surname-before-full-name": SurnameBeforeFullName,
    },
    build=build,
    placeholders=frozenset({"match", "name", "title", "other", "count"}),
)
