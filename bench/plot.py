"""A plot as SVG, by hand: the share of edits found within a time, on a logarithmic axis of hours."""

from collections.abc import Iterator, Sequence
from html import escape
from math import log10
from typing import NamedTuple

_WIDTH, _HEIGHT = 720, 360
_LEFT, _TOP, _RIGHT, _BOTTOM = 60, 20, 700, 310
_TIMES = {0.1: "6 min", 1: "1 h", 6: "6 h", 24: "1 d", 168: "7 d"}
_COLOURS = ("#888888", "#b3261e")
_STEPS = 200


class Curve(NamedTuple):
    """A line of the plot."""

    name: str
    delays: Sequence[float]
    """Hours, in rising order."""


def shares(curves: Sequence[Curve]) -> str:
    """The plot; readable on light and on dark ground."""
    return "\n".join(
        [
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {_HEIGHT}" role="img">',
            '<g font-family="sans-serif" font-size="13" fill="#777777">',
            "<title>Share of edits found within a time</title>",
            *_grid(),
            *(line for number, curve in enumerate(curves) for line in _line(curve, number)),
            "</g>",
            "</svg>\n",
        ]
    )


def _grid() -> Iterator[str]:
    for share in (0, 0.25, 0.5, 0.75, 0.95, 1):
        y = _y(share)
        yield f'<line x1="{_LEFT}" y1="{y}" x2="{_RIGHT}" y2="{y}" stroke="#99999955"/>'
        if share != 1:
            yield f'<text x="{_LEFT - 8}" y="{y + 4}" text-anchor="end">{share:.0%}</text>'
    for hours, name in _TIMES.items():
        x = _x(hours)
        yield f'<line x1="{x}" y1="{_TOP}" x2="{x}" y2="{_BOTTOM}" stroke="#99999955"/>'
        yield f'<text x="{x}" y="{_BOTTOM + 18}" text-anchor="middle">{name}</text>'
    yield f'<text x="{(_LEFT + _RIGHT) / 2}" y="{_HEIGHT - 8}" text-anchor="middle">from an edit to its check</text>'


def _line(curve: Curve, number: int) -> Iterator[str]:
    colour, count = _COLOURS[number % len(_COLOURS)], len(curve.delays)
    picked = sorted({round(step * (count - 1) / _STEPS) for step in range(_STEPS + 1)})
    points = " ".join(f"{_x(curve.delays[at])},{_y((at + 1) / count)}" for at in picked)
    yield f'<polyline points="{points}" fill="none" stroke="{colour}" stroke-width="2.5"/>'
    yield f'<text x="{_LEFT + 12}" y="{_TOP + 22 + 18 * number}" fill="{colour}">{escape(curve.name)}</text>'


def _x(hours: float) -> float:
    low, high = log10(min(_TIMES)), log10(max(_TIMES))
    share = (log10(max(hours, min(_TIMES))) - low) / (high - low)
    return round(_LEFT + min(share, 1) * (_RIGHT - _LEFT), 1)


def _y(share: float) -> float:
    return round(_BOTTOM - share * (_BOTTOM - _TOP), 1)
