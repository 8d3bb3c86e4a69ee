"""Plots one below another as SVG, by hand: a value after each of many rounds, from zero on."""

from collections.abc import Iterator, Sequence
from html import escape
from typing import NamedTuple

_WIDTH, _HEIGHT, _GAP = 720, 130, 44
_LEFT, _RIGHT, _TOP = 60, 700, 34


class Panel(NamedTuple):
    """A plot of its own scale."""

    name: str
    values: Sequence[float]


def panels(title: str, drawn: Sequence[Panel]) -> str:
    """All of them; readable on light and on dark ground."""
    height = len(drawn) * (_HEIGHT + _GAP) + 10
    return "\n".join(
        [
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {height}" role="img">',
            '<g font-family="sans-serif" font-size="13" fill="#777777">',
            f"<title>{escape(title)}</title>",
            *(line for number, each in enumerate(drawn) for line in _panel(each, number * (_HEIGHT + _GAP) + _TOP)),
            "</g>",
            "</svg>\n",
        ]
    )


def _panel(panel: Panel, top: int) -> Iterator[str]:
    bottom, most = top + _HEIGHT, max(panel.values, default=0) or 1
    yield f'<text x="{_LEFT}" y="{top - 10}">{escape(panel.name)}</text>'
    for share in (0, 0.5, 1):
        y = bottom - share * _HEIGHT
        yield f'<line x1="{_LEFT}" y1="{y}" x2="{_RIGHT}" y2="{y}" stroke="#99999955"/>'
        yield f'<text x="{_LEFT - 8}" y="{y + 4}" text-anchor="end">{most * share:.3g}</text>'
    step = (_RIGHT - _LEFT) / max(1, len(panel.values) - 1)
    points = " ".join(
        f"{_LEFT + step * number:.1f},{bottom - value / most * _HEIGHT:.1f}"
        for number, value in enumerate(panel.values)
    )
    yield f'<polyline points="{points}" fill="none" stroke="#b3261e" stroke-width="2.5"/>'
