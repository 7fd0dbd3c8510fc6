"""What is known of one report: its source, its cue, its content."""

from __future__ import annotations

from msgspec import Struct

from newslint.language.passage import Passage

NAMED, ROLE, ANONYMOUS, VAGUE = "named", "role", "anonymous", "vague"


class Source(Struct, frozen=True, gc=False):
    """Whoever is said to have said it."""

    place: Passage
    sort: str
    """`named`, `role` (“a spokesman for the ministry”), `anonymous` (“a person familiar with the
    matter”), `vague` (“experts”, “critics”, “many”)."""
    resolved: Passage | None = None
    """The name that a pronoun or a surname stands for."""


class Attribution(Struct, frozen=True, gc=False):
    """One direct or indirect report."""

    content: tuple[Passage, ...]
    cue: Passage | None
    source: Source | None
    """None where nobody is named: “it is believed”, “optimism prevails”."""
    quotation: int | None = None
    """The quotation that is its content, or part of it: index into `quotations(article).joined`."""


class Attributions(Struct, frozen=True):
    """All reports of an article, in reading order of their content."""

    reports: tuple[Attribution, ...]
    speakers: tuple[Attribution | None, ...]
    """For each of `quotations(article).joined` the report that it belongs to."""
