"""Arithmetic in rules: parsed and bounded, never evaluated as Python."""

from __future__ import annotations

import ast
import math
import operator
from collections.abc import Callable, Iterable, Mapping

MAX_LENGTH = 400
"""Characters of a formula."""

_OPERATORS: dict[type[ast.AST], Callable[..., float]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
    ast.USub: operator.neg,
    ast.UAdd: operator.pos,
}
_FUNCTIONS: dict[str, Callable[..., float]] = {"min": min, "max": max, "sqrt": math.sqrt}

Values = Mapping[str, float]
Formula = Callable[[Values], float]


def parse(text: str, names: Iterable[str]) -> Formula:
    """A function of the named measures; hyphens in names are allowed (`long-words / words`).

    Raises `ValueError` for anything but numbers, names, `+ - * / ( )`, `min`, `max`, `sqrt`.
    The function raises `ArithmeticError` or `ValueError` where there is no result (0 / 0).
    """
    if len(text) > MAX_LENGTH:
        raise ValueError(f"the formula is longer than {MAX_LENGTH} characters")
    known = {name.replace("-", "_"): name for name in names}
    for name in sorted(known.values(), key=len, reverse=True):
        text = text.replace(name, name.replace("-", "_"))
    try:
        tree = ast.parse(text.strip(), mode="eval").body
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        raise ValueError("the formula cannot be read") from None
    return _build(tree, known)


def _build(node: ast.expr, known: dict[str, str]) -> Formula:
    match node:
        case ast.Constant(value=int() | float() as number) if not isinstance(number, bool):
            constant = float(number)
            return lambda _: constant
        case ast.Name(id=name) if name in known:
            key = known[name]
            return lambda values: values[key]
        case ast.BinOp(left=left, op=op, right=right) if type(op) in _OPERATORS:
            first, second = _build(left, known), _build(right, known)
            apply = _OPERATORS[type(op)]
            return lambda values: apply(first(values), second(values))
        case ast.UnaryOp(op=op, operand=operand) if type(op) in _OPERATORS:
            inner, sign = _build(operand, known), _OPERATORS[type(op)]
            return lambda values: sign(inner(values))
        case ast.Call(func=ast.Name(id=name), args=args, keywords=[]) if (
            name in _FUNCTIONS and args
        ):
            function, parts = _FUNCTIONS[name], [_build(arg, known) for arg in args]
            return lambda values: function(*[part(values) for part in parts])
    raise ValueError(
        "a formula has numbers, + - * / ( ), min, max, sqrt and " + ", ".join(known.values())
    )
