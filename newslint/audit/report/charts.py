"""Charts as inline SVG, drawn in shares of the width, so that they fit a telephone and a sheet.

No library: bars are all that is needed, they take their colours from the page's style, in the dark
and on paper too, and a policy that allows no style attribute lets attributes of SVG pass. What a
chart shows stands in a table beside it as well.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from newslint.reports.html_text import attribute, text

LABELS = 11
"""Years that are named below a chart; on a telephone every other one of them."""
EDGE = 96
"""Percent of the width, behind which a year would not fit."""


class Bar(NamedTuple):
    """One column of a chart."""

    value: float
    told: str
    """What it stands for, shown when one points at it."""
    pale: bool = False
    """It rests on so little that it says little."""


def columns(title: str, bars: Sequence[Bar], years: Sequence[str], style: str) -> str:
    """Columns over time; `years` has the year of each, and `style` says what they count.

    Pale ones do not make the scale, and may end at its top.
    """
    solid = [bar.value for bar in bars if not bar.pale]
    top = ceiling(max(solid or [bar.value for bar in bars], default=0))
    step = 100 / max(len(bars), 1)
    drawn = "".join(_column(number, bar, step, top) for number, bar in enumerate(bars))
    return (
        f'<figure class="chart {style}"><figcaption>{text(title)}</figcaption>\n'
        f'<div class="plot"><svg class="ys" aria-hidden="true">'
        f'<text x="100%" y="0">{short(top)}</text><text x="100%" y="50%">{short(top / 2)}</text>'
        f'<text x="100%" y="100%">0</text></svg>\n'
        f'<svg class="bars" role="img" aria-label="{attribute(title)}; the table has the numbers">'
        f'<g class="grid"><rect width="100%" y="0"/><rect width="100%" y="50%"/>'
        f'<rect width="100%" y="100%"/></g>{drawn}</svg>\n'
        f'<svg class="xs" aria-hidden="true">{_ticks(years, step)}</svg></div></figure>\n'
    )


def _column(number: int, bar: Bar, step: float, top: float) -> str:
    high = min(100 * bar.value / top, 100) if top else 0
    if bar.value:
        high = max(high, 0.8)
    pale = ' class="pale"' if bar.pale else ""
    left, wide = number * step, step * 0.82
    return (
        f"<g{pale}><title>{text(bar.told)}</title>"
        f'<rect class="v" x="{left:.3f}%" width="{wide:.3f}%" '
        f'y="{100 - high:.1f}%" height="{high:.1f}%"/>'
        f'<rect class="hit" x="{left:.3f}%" width="{step:.3f}%" height="100%"/></g>'
    )


def _ticks(years: Sequence[str], step: float) -> str:
    """The years, each below its first column; none where there is no room for it."""
    begins = [n for n, year in enumerate(years) if n == 0 or year != years[n - 1]]
    every = -(-len(begins) // LABELS)
    wide = [n for n in begins[::-1][::every][::-1] if n * step < EDGE]
    shown = [
        number for number, after in zip(wide, [*wide[1:], len(years) * 2], strict=True)
        if (after - number) * step > 0.9 * 100 / LABELS
    ]  # fmt: skip
    out = []
    for place, number in enumerate(shown):
        minor = ' class="minor"' if place % 2 else ""
        out.append(f'<text{minor} x="{number * step:.3f}%" y="1em">{text(years[number])}</text>')
    return "".join(out)


def stacked(parts: Sequence[tuple[str, float]], top: float) -> str:
    """A bar of several parts, as long as their sum is of `top`; each part has a style."""
    out, left = [], 0.0
    for style, value in parts:
        wide = 100 * value / top if top else 0
        if wide:
            out.append(f'<rect class="{style}" x="{left:.2f}%" width="{max(wide, 0.4):.2f}%"/>')
        left += wide
    return f'<svg class="bar" aria-hidden="true">{"".join(out)}</svg>'


def spark(values: Sequence[float], told: str, style: str) -> str:
    """A line of small columns, and what they are in words."""
    top, step = max(values, default=0), 100 / max(len(values), 1)
    drawn = "".join(
        f'<rect x="{number * step:.2f}%" width="{step * 0.8:.2f}%" y="{100 - high:.0f}%" '
        f'height="{high:.0f}%"/>'
        for number, value in enumerate(values)
        if value and (high := max(100 * value / top, 6))
    )
    return f'<svg class="spark {style}" role="img"><title>{text(told)}</title>{drawn}</svg>'


def ceiling(value: float) -> float:
    """The first round number that is no smaller: 1, 2 or 5 with a power of ten."""
    if value <= 0:
        return 0
    power = 1e-6
    while power * 10 <= value:
        power *= 10
    return next(round(power * step, 9) for step in (1, 2, 5, 10) if power * step >= value * 0.9999)


def short(value: float) -> str:
    """“0.25”, “12”, “3,400”, “1.2m”."""
    if value >= 1_000_000:
        return f"{value / 1_000_000:.3g}m"
    if value >= 100:
        return f"{value:,.0f}"
    return f"{value:.3g}"
