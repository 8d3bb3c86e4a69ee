"""Puts furniture of portals before, inside and behind the body of a page, drawn by a seed.

    marked = mark_places(html, gold_lines)                       bench/places.py
    furnish(marked, read_book(), random.Random(7), (BEFORE, BEHIND)) -> Furnished(html, blocks)

Texts come from furniture.txt (or another file of its form), markups from markups.py; any text may come in any markup,
with links or without. The same seed makes the same page. Places, sites and sentences are made up; class names are
absent, meaningless or such as CMSs give, never one of our own.
"""

import random
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from html import escape, unescape
from itertools import groupby
from pathlib import Path
from typing import NamedTuple

from bench.markups import BLOCKS, INLINES
from bench.places import BEFORE, BEHIND, INSIDE, Marked, Spot

WORDINGS = Path(__file__).with_name("furniture.txt")
_COUNTS = {BEFORE: (1, 3), INSIDE: (1, 2), BEHIND: (4, 7)}
_REPEATS = (1, 2, 3, 3, 5, 8, 15)
_LINKED = 0.8  # the share of blocks whose links are links
_SLOT = re.compile(r"\{(\w+)\}")
_PIECE = re.compile(r"\[(?P<link>[^\[\]]*)\]|\{(?P<name>\w+)(?::(?P<label>[^{}]*))?\}")
_ELEMENTS = {
    "img": '<img src="/images/{n}.jpg">',
    "input": '<input type="text" name="f{n}">',
    "area": '<textarea name="t{n}" rows="5"></textarea>',
    "button": '<input type="submit" value="{label}">',
}
_ADDRESSES = ("/a/{n}.html", "/news/show-{n}.html", "javascript:;", "#", "/index.php?id={n}", "https://ads.example/{n}")


class Wording(NamedTuple):
    """One text of a kind, and where it may stand; lines that begin with * repeat together."""

    kind: str
    places: tuple[str, ...]
    lines: tuple[str, ...]


class Block(NamedTuple):
    """A piece of furniture as put in: its kind, its place, its HTML, its visible texts (lines and links)."""

    kind: str
    place: str
    html: str
    texts: tuple[str, ...]


class Furnished(NamedTuple):
    """A page with furniture, and what was put in."""

    html: str
    blocks: tuple[Block, ...]


class Book(NamedTuple):
    """The wordings of a file, and what may fill their slots."""

    wordings: tuple[Wording, ...]
    fillings: dict[str, tuple[str, ...]]

    def kinds(self) -> list[str]:
        """The kinds of furniture there are, in the order of the file."""
        return list(dict.fromkeys(wording.kind for wording in self.wordings))


def read_book(path: Path = WORDINGS) -> Book:
    """The wordings and fillings of a file; its head says how it is written."""
    wordings: list[Wording] = []
    fillings: dict[str, tuple[str, ...]] = {}
    for section in re.split(r"(?m)^== ", path.read_text(encoding="utf-8"))[1:]:
        head, _, rest = section.partition("\n")
        texts = [tuple(text.split("\n")) for text in re.split(r"\n\n+", rest.strip("\n"))]
        kind, _, places = head.partition(": ")
        if places:
            wordings += [Wording(kind, tuple(places.split()), text) for text in texts]
        else:
            fillings[head.strip("{}")] = texts[0]
    return Book(tuple(wordings), fillings)


def furnish(marked: Marked, book: Book, dice: random.Random, places: Iterable[str]) -> Furnished:
    """The page with some blocks at each of `places` (where it has such)."""
    filled: dict[str, list[Block]] = {spot.mark: [] for spot in marked.spots}
    for place in places:
        spots = [spot for spot in marked.spots if spot.place == place]
        wordings = _choose(dice, book, place) if spots else []
        for spot, wording in zip(_deal(dice, spots, len(wordings)), wordings, strict=True):
            filled[spot.mark].append(_block(dice, book, wording, spot))
    html = marked.html
    for mark, blocks in filled.items():
        html = html.replace(mark, "".join(block.html for block in blocks))
    return Furnished(html, tuple(block for blocks in filled.values() for block in blocks))


def _choose(dice: random.Random, book: Book, place: str) -> list[Wording]:
    """Some wordings of different kinds that may stand at the place, in any order."""
    by_kind: dict[str, list[Wording]] = {}
    for wording in book.wordings:
        if place in wording.places:
            by_kind.setdefault(wording.kind, []).append(wording)
    count = min(len(by_kind), dice.randint(*_COUNTS[place]))
    return [dice.choice(by_kind[kind]) for kind in dice.sample(sorted(by_kind), count)]


def _deal(dice: random.Random, spots: list[Spot], count: int) -> list[Spot]:
    """A spot for each of so many blocks, in page order."""
    return sorted(dice.choices(spots, k=count), key=spots.index)


def _block(dice: random.Random, book: Book, wording: Wording, spot: Spot) -> Block:
    pen = _Pen(dice, book)
    entries = [[pen.line(line) for line in entry] for entry in _entries(wording.lines, dice.choice(_REPEATS))]
    html = dice.choice(INLINES if spot.inline else BLOCKS)(entries, dice)
    return Block(wording.kind, spot.place, html, tuple(pen.texts))


def _entries(lines: Sequence[str], repeats: int) -> Iterator[list[str]]:
    for starred, group in groupby(lines, key=lambda line: line.startswith("*")):
        entry = [line.removeprefix("*") for line in group]
        yield from [entry] * repeats if starred else ([line] for line in entry)


class _Pen:
    """Writes lines as HTML and remembers what a reader sees of them."""

    def __init__(self, dice: random.Random, book: Book) -> None:
        self._dice = dice
        self._fillings = book.fillings
        self._linked = dice.random() < _LINKED
        self.texts: list[str] = []

    def line(self, template: str) -> str:
        """The HTML of a line, its slots filled."""
        html = self._html(_SLOT.sub(self._filling, template))
        self.texts.append(_visible(html))
        return html

    def _html(self, text: str) -> str:
        pieces, at = [], 0
        for match in _PIECE.finditer(text):
            pieces += [escape(text[at : match.start()], quote=False), self._piece(match)]
            at = match.end()
        return "".join(pieces) + escape(text[at:], quote=False)

    def _piece(self, match: re.Match[str]) -> str:
        if match["link"] is None:
            return self._numbered(_ELEMENTS[match["name"]]).replace("{label}", match["label"] or "")
        inner = self._html(match["link"])
        self.texts.append(_visible(inner))
        return f'<a href="{self._numbered(self._dice.choice(_ADDRESSES))}">{inner}</a>' if self._linked else inner

    def _filling(self, slot: re.Match[str]) -> str:
        made, listed = _MADE.get(slot[1]), self._fillings.get(slot[1])
        return made(self._dice) if made else self._dice.choice(listed) if listed else slot[0]

    def _numbered(self, template: str) -> str:
        return template.replace("{n}", str(self._dice.randint(1, 99999)))


def _visible(html: str) -> str:
    return unescape(re.sub(r"<[^>]*>", "", html))


def _date(dice: random.Random) -> str:
    form = dice.choice(("{}-{:02}-{:02}", "{}年{}月{}日", "{}/{}/{}", "{}.{}.{}"))
    return form.format(dice.randint(2019, 2026), dice.randint(1, 12), dice.randint(1, 28))


_MADE: dict[str, Callable[[random.Random], str]] = {
    "n": lambda dice: str(dice.randint(1, 99)),
    "k": lambda dice: str(dice.randint(1000, 99999)),
    "date": _date,
    "time": lambda dice: f"{dice.randint(0, 23):02}:{dice.randint(0, 59):02}",
    "phone": lambda dice: f"0571-88{dice.randint(100000, 999999)}",
    "qq": lambda dice: str(dice.randint(10**7, 10**9)),
    "mail": lambda dice: f"kefu{dice.randint(1, 99)}@yunxi.example",
}
