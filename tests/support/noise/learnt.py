"""What a host is known to say when some of its pages were read: as the store counts, or worse than it ever would."""

import random
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from functools import cache

from crawler.charset import decode
from crawler.extract import surroundings_of
from crawler.extract.body import find_body
from crawler.extract.page import read
from crawler.extract.template import ENOUGH, Place, Template, place
from crawler.extract.titles import title_forms
from tests.support.noise.bodies import BODIES
from tests.support.noise.dice import Draw
from tests.support.noise.pages import Page, make, page

_PAGES = 4


def known(number: int, *, pages: int = ENOUGH) -> Page:
    """The page of a draw; known of its host is what so many of four other pages of its shape teach."""
    drawn = page(number)
    return replace(drawn, template=_learnt(drawn.shape, drawn.body.name, pages))


def feared(number: int) -> Page:
    """The same; known is all that any of them teaches and, of the page's own text, more than half of the lines."""
    drawn = known(number, pages=1)
    dice = random.Random(number)
    return replace(drawn, template=drawn.template | {each for each in _said(drawn) if dice.random() < 0.7})


def _said(drawn: Page) -> Iterator[Place]:
    """The lines of a page's text, each at its place."""
    markup = read(decode(drawn.content, drawn.content_type)[0])
    body = find_body(markup, title_forms(markup))
    return (place(body.outline, index) for index in body.kept)


@cache
def _learnt(shape: str, but: str, pages: int) -> Template:
    others = [body for body in BODIES if body.name != but and not body.has_tables][:_PAGES]
    met: Counter[Place] = Counter()
    for number, body in enumerate(others):
        taught = make(shape, body, Draw(-1 - number))
        met.update(surroundings_of(taught.content, taught.content_type))
    return frozenset(each for each, times in met.items() if times >= pages)
