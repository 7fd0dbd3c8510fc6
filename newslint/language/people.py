"""Who is named: every mention with its title, and one person over all references."""

from __future__ import annotations

from msgspec import Struct

from newslint.article import Article
from newslint.language import once_for
from newslint.language.lexicon import Lexicon
from newslint.language.passage import Passage


class Mention(Struct, frozen=True, gc=False):
    """One reference to a person by name."""

    whole: Passage
    """With all that belongs to it: “Ukraine’s top delegate, former Defense Minister Rustem Umerov”."""
    name: Passage
    """The name alone: “Rustem Umerov”, “Umerov”."""
    person: int
    """Index into `People.persons`."""
    title: Passage | None = None
    """“Defense Minister”, without qualifier and of-what; of an apposition too."""
    qualifier: Passage | None = None
    """“former”, “then”, “acting”."""
    of: Passage | None = None
    """“Ukraine’s”, “of Ukraine”."""


class Person(Struct, frozen=True, gc=False):
    """Everything an article says of one person."""

    name: str
    """The fullest form, as first written."""
    given: str
    surname: str
    mentions: tuple[int, ...]
    """Indices into `People.mentions`, in reading order."""


class People(Struct, frozen=True):
    """The people of an article."""

    mentions: tuple[Mention, ...]
    """In reading order."""
    persons: tuple[Person, ...]
    """In the order of their first mention."""


@once_for
def people(article: Article, titles: Lexicon) -> People:
    """Who is named in the article; `titles` is the lexicon of that name."""
    return People((), ())
