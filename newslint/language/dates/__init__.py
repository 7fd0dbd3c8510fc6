"""When: dates, weekdays, times and zones, resolved against the article's own date."""

from __future__ import annotations

from datetime import date

from newslint.article import Article
from newslint.language import once_for
from newslint.language.dates.moment import Moment
from newslint.language.dates.own import own_date
from newslint.language.dates.scan import scan
from newslint.language.dates.words import words
from newslint.language.lexicon import Lexicon

__all__ = ["Moment", "moments", "published"]


@once_for
def published(article: Article, lexicon: Lexicon) -> date | None:
    """The article's own date: metadata, date line, file name; asks the lexicon `dates`."""
    return own_date(article, words(lexicon))


@once_for
def moments(article: Article, lexicon: Lexicon) -> tuple[Moment, ...]:
    """The expressions of time in reading order."""
    return scan(article, words(lexicon), published(article, lexicon))
