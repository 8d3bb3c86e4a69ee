"""Report pages as Chinese portals serve them, and everything on them that moves while the report stays.

    drawn = page(4711)     # shape, body and noise follow from the number; drawn.content, drawn.body, drawn.article …

Randomness is `random.Random`, seeded by the draw's number and the name of each piece of noise: a draw is the same
wherever it is made, one piece can be left out without moving the others (so a failing draw is shrunk to the pieces
that matter, see `law`), and 10,000 draws cost seconds, which Hypothesis's bookkeeping would triple. All places, names
and sentences are made up.
"""

from datetime import date

from crawler.extract import extract
from crawler.extract.template import NOTHING_SHARED, Template
from crawler.model import Article, Pager, value
from tests.support.noise.bodies import BODIES, PUBLISHED, Body, long_report
from tests.support.noise.dice import Draw
from tests.support.noise.encodings import encode
from tests.support.noise.markup import rewrite
from tests.support.noise.parts import Part
from tests.support.noise.shapes import NAMES, render

URL = "http://portal.example/baogao/1024.html"
_LONG_EVERY = 40
"""A long report is drawn once in so many pages of a shape: it costs twenty times the others' time."""
_URLS = {"digital-paper": "http://paper.example/html/2024-01/22/content_7.htm"}
PARTS = tuple(f"http://portal.example/baogao/1024{part}.html" for part in ("", "_2", "_3"))
_FIRST = Part(number=1, urls=PARTS)
_PAGERS = {"paged": Pager(part=1, parts=3, next=PARTS[1], urls=PARTS)}
_UNDATED = frozenset(("wechat",))
"""Shapes that show no date of publication."""
_WITHOUT_TABLES = frozenset(("plain-text",))
"""Shapes that cannot hold a table of data."""


@value
class Page:
    """What a server answers to one request, and what is to come out of it."""

    shape: str
    body: Body
    content: bytes
    content_type: str
    items: tuple[str, ...]
    """The pieces of noise on it."""
    template: Template = NOTHING_SHARED
    """What is known of its host."""

    @property
    def article(self) -> Article:
        return extract(self.content, _URLS.get(self.shape, URL), self.content_type, template=self.template)

    @property
    def published(self) -> date | None:
        return None if self.shape in _UNDATED else PUBLISHED

    @property
    def pager(self) -> Pager | None:
        return _PAGERS.get(self.shape)


def draws_of(shape: str, draws: int) -> range:
    """The numbers of the draws, of so many, that make pages of this shape."""
    return range(NAMES.index(shape), draws, len(NAMES))


def page(number: int, only: frozenset[str] | None = None) -> Page:
    """The page of a draw, with the pieces of noise in `only`, None: with all its own."""
    shape = NAMES[number % len(NAMES)]
    draw = Draw(number, only)
    return make(shape, _body(shape, number // len(NAMES)), draw)


def _body(shape: str, turn: int) -> Body:
    if turn % _LONG_EVERY == _LONG_EVERY - 1:
        return long_report()
    bodies = [body for body in BODIES if _fits(body, shape)]
    return bodies[turn % len(bodies)]


def _fits(body: Body, shape: str) -> bool:
    return not (body.has_tables and shape in _WITHOUT_TABLES)


def make(shape: str, body: Body, draw: Draw, part: Part = _FIRST) -> Page:
    """`part` says where the body stands in an article of several pages, in shapes that show a pager."""
    content, content_type = encode(rewrite(render(shape, body, draw, part), draw), draw)
    return Page(shape=shape, body=body, content=content, content_type=content_type, items=tuple(draw.items))
