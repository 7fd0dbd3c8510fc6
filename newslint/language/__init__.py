"""What the copy says: sentences, quotations and more, each worked out once an article."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import TypeVar

from newslint.article import Article

Result = TypeVar("Result")


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
