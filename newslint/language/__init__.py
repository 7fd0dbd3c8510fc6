"""What the copy says: sentences, quotations, attributions, people, figures, dates.

Each room is worked out once an article, and only when a rule asks for it.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from functools import wraps
from typing import TypeVar

from newslint.article import Article

Result = TypeVar("Result")
Key = TypeVar("Key", bound=Hashable)


def once(function: Callable[[Article], Result]) -> Callable[[Article], Result]:
    """Work out `function(article)` on the first call and remember it in `article.memo`."""
    key = f"{function.__module__}.{function.__qualname__}"

    @wraps(function)
    def remembered(article: Article) -> Result:
        memo = article.memo
        if key not in memo:
            memo[key] = function(article)
        result: Result = memo[key]
        return result

    return remembered


def once_for(function: Callable[[Article, Key], Result]) -> Callable[[Article, Key], Result]:
    """Like `once`, for each second argument apart: a lexicon, or several in a tuple."""
    name = f"{function.__module__}.{function.__qualname__}"

    @wraps(function)
    def remembered(article: Article, key: Key) -> Result:
        known: dict[Key, Result] = article.memo.setdefault(name, {})
        if key not in known:
            known[key] = function(article, key)
        return known[key]

    return remembered
