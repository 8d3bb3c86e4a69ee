"""Page shapes: templates in shapes/ (open them), one for each kind of system, and what fills their places.

{{title}}   {{body:LAYOUT}}   {{SLOT}} or {{side:NAME}}   {{count:NAME}}   {{part}}   {{pager}}   {{charset}}
"""

import re
from functools import lru_cache
from html import escape
from pathlib import Path

from tests.support.noise.bodies import Body
from tests.support.noise.dice import Draw
from tests.support.noise.encodings import CHARSET
from tests.support.noise.layouts import LAYOUTS
from tests.support.noise.parts import Part
from tests.support.noise.pools import grow
from tests.support.noise.slots import SLOTS, slot

_FOLDER = Path(__file__).parent / "shapes"
_PLACE = re.compile(r"\{\{([a-z0-9-]+)(?::([^{}]*))?\}\}")
_NOTE = re.compile(r"<!--.*?-->\n", re.DOTALL)
_XHTML = '"-//W3C//DTD XHTML 1.0 Transitional//EN" "http://www.w3.org/TR/xhtml1/DTD/xhtml1-transitional.dtd"'
_DOCTYPES = (
    "<!DOCTYPE html>",
    "<!doctype html>",
    "",
    f"<!DOCTYPE html PUBLIC {_XHTML}>",
    '<?xml version="1.0" encoding="utf-8"?><!DOCTYPE html>',
)
NAMES = tuple(sorted(path.stem for path in _FOLDER.glob("*.html")))


def render(shape: str, body: Body, draw: Draw, part: Part) -> str:
    """A page, `CHARSET` still in it."""
    dice = draw.dice("doctype", 0.5)
    doctype = dice.pick(_DOCTYPES) if dice else _DOCTYPES[0]
    told = {"part": str(part.number), "pager": part.markup}

    def fill(place: re.Match[str]) -> str:
        return told[place[1]] if place[1] in told else _fill(place[1], place[2] or "", body, draw)

    return f"{doctype}\n{_PLACE.sub(fill, _template(shape))}"


@lru_cache
def _template(shape: str) -> str:
    """Without the note at its head that says what it shows."""
    return _NOTE.sub("", (_FOLDER / f"{shape}.html").read_text(encoding="utf-8"), count=1)


def _fill(place: str, name: str, body: Body, draw: Draw) -> str:
    if place in SLOTS:
        return slot(draw, place)
    match place:
        case "title":
            return escape(body.title)
        case "body":
            return LAYOUTS[name](body, draw)
        case "headings":
            return "".join(f'<li><a href="#{n}">{escape(text)}</a></li>' for n, text in enumerate(body.headings))
        case "charset":
            return CHARSET
        case "count":
            dice = draw.dice(f"count:{name}")
            return grow(dice, "n") if dice else "7"
    dice = draw.dice(place, 0.7)
    return grow(dice, place) if dice else name
