"""A made-up country of portals: pages in many shapes, whose furniture is drawn anew at every request.

Shapes, furniture and bodies are those of `tests.support.noise`; each page has a place and figures of its own, and can
be edited by a character or a number. One host serves pages of one shape, as one system of pages does. Articles of the
shape `paged` stand on several pages, with the pagers of `tests.support.noise.parts`.
"""

import re
from bisect import bisect_left
from itertools import accumulate, chain
from random import Random

from crawler.model import value
from crawler.text import fold
from tests.chaos.case import dice_of
from tests.support.http_server import reply
from tests.support.noise.bodies import BODIES, Body, Row, long_report
from tests.support.noise.dice import Draw
from tests.support.noise.pages import Page as Drawn
from tests.support.noise.pages import make
from tests.support.noise.parts import STYLES, Part, addresses
from tests.support.noise.shapes import NAMES

SHAPES = NAMES
PAGED = "paged"
"""The shape whose articles are of several parts."""
HOSTS = 2
"""Of each shape."""
_GATHERED, _MOST_PARTS = 5, 4
"""Of so many bodies an article of several parts is made, and so many parts it has at most."""
LONG_EVERY = 40
"""One page in so many holds a long report."""
_WITHOUT_TABLES = ("plain-text",)
_REGIONS = re.compile("云溪|青岚|霞浦湾|白鹭|银杏")
_FIRST, _SECOND = "松柏桐槐枫柳梅兰竹荷苇桂", "川浦湾屏陵塘坪岭桥渡泉洲"
_AMOUNT = re.compile(r"(?<![\d.A-Za-z])\d+(?:\.\d+)?(?=%|亿|万|个|家|公里|人|户|所|张|条|项|件|座)")
_CHINESE = re.compile("[\u4e00-\u9fff]")
_NUMBER = re.compile(r"\d+(?:\.\d+)?")


@value
class Edit:
    """One paragraph before and after a character or a number of it was edited."""

    old: str
    new: str

    @property
    def core(self) -> tuple[str, str]:
        """What differs, as compared."""
        return core(self.old, self.new)


def core(old: str, new: str) -> tuple[str, str]:
    """What is left of two texts without their common beginning and end."""
    old, new = fold(old), fold(new)
    shorter = min(len(old), len(new))
    start = next((at for at in range(shorter) if old[at] != new[at]), shorter)
    end = next((at for at in range(shorter - start) if old[-1 - at] != new[-1 - at]), shorter - start)
    return old[start : len(old) - end], new[start : len(new) - end]


class Page:
    """One page: its body as it stands, and how often it was asked for."""

    def __init__(self, number: int, seed: int) -> None:
        self.number = number
        self.shape = SHAPES[number % len(SHAPES)]
        turn = number // len(SHAPES)
        self.url = f"http://{self.shape}-{turn % HOSTS + 1}.example/baogao/{number}.html"
        self.body = _own(_body(self.shape, turn), dice_of(seed, "body", number))
        self._had = {self.text}
        self.asked = 0
        """For any of its parts."""
        self._seed = seed
        self._style = list(STYLES)[turn % len(STYLES)]
        count = dice_of(seed, "parts", number).randint(2, _MOST_PARTS) if self.shape == PAGED else 1
        self._starts = _starts(self.body, count)
        self.urls = addresses(self.url, len(self._starts), self._style)
        """Of its parts."""

    @property
    def text(self) -> str:
        return "\n".join(self.body.paragraphs)

    def drawn(self, request: int, part: int = 0) -> Drawn:
        """The answer to a request (from 1) for a part (from 0): the body now, furniture of that request alone."""
        shown = self.body.parts[slice(*(*self._starts, None)[part : part + 2])]
        draw = Draw((self._seed * 1_000_003 + self.number) * 1_000_003 + request)
        place = Part(number=part + 1, urls=self.urls, style=self._style)
        return make(self.shape, _with(self.body, self.body.title, shown), draw, place)

    def serve(self, part: int = 0) -> bytes:
        """The answer to one more request."""
        self.asked += 1
        drawn = self.drawn(self.asked, part)
        headers = {"Content-Type": drawn.content_type} if drawn.content_type else {}
        return reply(drawn.content, headers=headers)

    def edit(self, dice: Random) -> Edit:
        """Change one character or one number of the body, to a text that it never had.

        What takes an edit back may be a stale copy, and waits for a day (`crawler.plausible.returning`): the case
        `doubts` has such pages.
        """
        while True:
            before, edit = self.body, self._edit(dice)
            if self.text not in self._had:
                self._had.add(self.text)
                return edit
            self.body = before

    def _edit(self, dice: Random) -> Edit:
        number = dice.randrange(len(self.body.parts))
        part = self.body.parts[number]
        if isinstance(part, str):
            edited: str | tuple[Row, ...] = edited_text(part, dice)
        else:
            edited = _edited_table(part, dice)
        before = self.body
        parts = (*before.parts[:number], edited, *before.parts[number + 1 :])
        self.body = _with(before, before.title, parts)
        [changed] = [
            Edit(old=old, new=new)
            for old, new in zip(before.paragraphs, self.body.paragraphs, strict=True)
            if fold(old) != fold(new)
        ]
        return changed

    def told(self) -> str:
        """What is needed to see the latest answer again."""
        return f"{self.url} (page {self.number}, {self.body.name}, request {self.asked})"


class Portals:
    """All pages, by address."""

    def __init__(self, count: int, seed: int) -> None:
        self.pages = [Page(number, seed) for number in range(count)]
        self._by_url = {url: (page, part) for page in self.pages for part, url in enumerate(page.urls)}

    def answer(self, url: str) -> bytes | None:
        """What the server of an address answers; None: it knows no such page."""
        page, part = self._by_url.get(url, (None, 0))
        return page.serve(part) if page else None


def edited_text(text: str, dice: Random) -> str:
    """The text with another number, or with one Chinese character changed, left out or put in."""
    numbers = list(_NUMBER.finditer(text))
    if numbers and dice.random() < 0.5:
        place = dice.choice(numbers)
        return text[: place.start()] + _another_number(place[0], dice) + text[place.end() :]
    places = [match.start() for match in _CHINESE.finditer(text)]
    if not places:
        return text + "元"
    at, sign = dice.choice(places), dice.choice(_alphabet())
    way = dice.randrange(3)
    edited = (text[:at] + sign + text[at + 1 :], text[:at] + text[at + 1 :], text[:at] + sign + text[at:])[way]
    return edited if fold(edited) not in ("", fold(text)) else text + "元"


def _another_number(text: str, dice: Random) -> str:
    """With one digit changed."""
    at = dice.choice([at for at, sign in enumerate(text) if sign.isdigit()])
    return text[:at] + dice.choice([digit for digit in "123456789" if digit != text[at]]) + text[at + 1 :]


def _alphabet() -> str:
    return "".join(sorted(set(_CHINESE.findall("".join("".join(body.paragraphs) for body in BODIES)))))


def _edited_table(rows: tuple[Row, ...], dice: Random) -> tuple[Row, ...]:
    at, column = dice.randrange(len(rows)), dice.randrange(len(rows[0]))
    row = rows[at]
    cell = edited_text(row[column], dice)
    return (*rows[:at], (*row[:column], cell, *row[column + 1 :]), *rows[at + 1 :])


def _body(shape: str, turn: int) -> Body:
    if turn % LONG_EVERY == LONG_EVERY - 1:
        return long_report()
    if shape == PAGED:
        return _gathered(turn)
    bodies = [body for body in BODIES if not (body.has_tables and shape in _WITHOUT_TABLES)]
    return bodies[turn % len(bodies)]


def _gathered(turn: int) -> Body:
    """One body and those after it: what is short stands on one page."""
    one, *others = [BODIES[(turn + step) % len(BODIES)] for step in range(_GATHERED)]
    return _with(one, one.title, one.parts + tuple(part for body in others for part in body.parts))


def _starts(body: Body, count: int) -> tuple[int, ...]:
    """Where in a body its pages start, so many of about the same length."""
    lengths = [len(part) if isinstance(part, str) else sum(map(len, chain(*part))) for part in body.parts]
    reached = [0, *accumulate(lengths)]
    return tuple(bisect_left(reached, number * reached[-1] / count) for number in range(count))


def _own(body: Body, dice: Random) -> Body:
    """The body of another place, with other figures."""
    place = dice.choice(_FIRST) + dice.choice(_SECOND)

    def own(text: str) -> str:
        return _AMOUNT.sub(lambda amount: _like(amount[0], dice), _REGIONS.sub(place, text))

    def part(each: str | tuple[Row, ...]) -> str | tuple[Row, ...]:
        return own(each) if isinstance(each, str) else tuple(tuple(map(own, row)) for row in each)

    return _with(body, own(body.title), tuple(map(part, body.parts)))


def _like(amount: str, dice: Random) -> str:
    """A number of as many digits."""
    digits = [sign if sign == "." else str(dice.randint(0 if at else 1, 9)) for at, sign in enumerate(amount)]
    return "".join(digits)


def _with(body: Body, title: str, parts: tuple[str | tuple[Row, ...], ...]) -> Body:
    return Body(name=body.name, title=title, region=body.region, year=body.year, parts=parts)
