"""Patterns compiled later work like patterns, and cost nothing before."""

from __future__ import annotations

import re
from unittest import mock

import pytest

from newslint.later import compiled_later


def test_it_works_like_a_pattern() -> None:
    pattern = compiled_later(r"(z)o+rk", re.IGNORECASE)
    for _ in range(2):
        found = pattern.search("the ZOORK")
        assert found is not None
        assert found.span(1) == (4, 5)
        assert pattern.sub("x", "zork") == "x"
        assert pattern.pattern == r"(z)o+rk"


def test_nothing_is_compiled_before_it_is_used() -> None:
    with mock.patch("newslint.later.re.compile") as compile_:
        pattern = compiled_later("zork")
        compile_.assert_not_called()
        pattern.search("x")
        compile_.assert_called_once()


def test_a_mistake_shows_when_it_is_used() -> None:
    pattern = compiled_later("(")
    with pytest.raises(re.error):
        pattern.search("x")
