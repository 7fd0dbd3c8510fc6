"""What came of a trial: counts, hits in context, and what another version of the rule hit."""

from __future__ import annotations

from msgspec import Struct

from newslint.errors import Error


class Hit(Struct, frozen=True, kw_only=True):
    """One hit, in the context in which a reader meets it. Places are those of findings."""

    locator: str
    field: str
    line: int
    column: int
    published: str
    """`YYYY-MM-DD`, or nothing."""
    section: str
    before: str
    text: str
    after: str
    quoted: bool
    across: bool
    """Other articles tell."""
    severity: str
    message: str
    was: str = ""
    """What the other version said there."""


class Sample(Struct, frozen=True):
    """Some of many hits, from as many years and sections as there are."""

    hits: tuple[Hit, ...] = ()
    total: int = 0


class Counts(Struct, frozen=True):
    """How often the rule speaks in some articles."""

    articles: int = 0
    words: int = 0
    narration: int = 0
    """Words that stand in no quotation."""
    hits: int = 0
    quoted: int = 0
    """Hits in quotations."""
    articles_hit: int = 0

    @property
    def rate(self) -> float:
        """Hits for 1,000 words."""
        return 1000 * self.hits / self.words if self.words else 0.0

    @property
    def narration_rate(self) -> float:
        """Hits outside quotations for 1,000 words outside quotations."""
        return 1000 * (self.hits - self.quoted) / self.narration if self.narration else 0.0


class Part(Struct, frozen=True):
    """The articles of one year or one section."""

    name: str
    """Empty where articles say none."""
    counts: Counts


class Parts(Struct, frozen=True):
    """The first of many parts."""

    shown: tuple[Part, ...] = ()
    total: int = 0


class Wording(Struct, frozen=True):
    """Words that the rule hits, letter case aside."""

    text: str
    hits: int
    articles: int


class Wordings(Struct, frozen=True):
    """The most frequent of many."""

    shown: tuple[Wording, ...] = ()
    total: int = 0


class Against(Struct, frozen=True):
    """What another version of the rule hits in the same articles."""

    name: str
    """What it is called."""
    counts: Counts
    same: int
    """Hits of both versions, alike in place, severity and message."""
    gained: Sample
    """Where the other version hits nothing."""
    lost: Sample
    """What the rule on trial does not hit any more."""
    changed: Sample
    """Both hit something there, but not the same or not in the same words."""


class Trial(Struct, frozen=True, kw_only=True):
    """All that a report says."""

    rule: str
    title: str
    severity: str
    name: str
    """The file of the rule, as it was given."""
    counts: Counts
    suppressed: int
    """Hits that articles or the config wave on; the others are counted."""
    across: int
    """Hits that comparisons between articles have brought."""
    foreign: int
    """Articles in a language that the rule does not read."""
    years: Parts
    sections: Parts
    wordings: Wordings
    sample: Sample
    against: Against | None = None
    failing: tuple[Error, ...] = ()
    """Examples of the rule that do not hold."""
    errors: tuple[Error, ...] = ()
    """What could not be checked: the first of them."""
    failed: int = 0
    """How many records could not be checked."""
    notices: tuple[str, ...] = ()
