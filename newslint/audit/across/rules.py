"""The rules that compare articles, as processes that judge settle them."""

from __future__ import annotations

from functools import lru_cache

from newslint.audit.task import Task
from newslint.checker import Checker
from newslint.kinds.contract import Comparison
from newslint.rule import Ready


@lru_cache(maxsize=4)
def checker_of(task: Task) -> Checker:
    """What knows the rules of an audit; made once in each process."""
    return Checker(task.settings(), comparing=True)


def comparison_of(ready: Ready) -> Comparison:
    """The comparison of a rule that has one."""
    assert ready.finder.comparison is not None
    return ready.finder.comparison


def as_it_holds(task: Task, rule: str, overrides: str) -> Ready:
    """The rule for an article to which some overrides of the config apply, as `said` has them."""
    checker = checker_of(task)
    numbers = tuple(map(int, overrides.split(","))) if overrides else ()
    return checker.rules(numbers).get(rule) or checker.comparing_rules[rule]
