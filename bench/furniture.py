"""Puts furniture of portals before, inside and behind the body of a page, drawn by a seed.

    marked = mark_places(html, gold_lines)                       bench/places.py
    furnish(marked, random.Random(7), (BEFORE, BEHIND)) -> Furnished(html, blocks)

Texts come from furniture.txt, markups from markups.py; any text may come in any markup, with links or without. The
same seed makes the same page. Places, sites and sentences are made up; class names are absent, meaningless or such as
CMSs give, never one of our own.
"""

import random
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache
from html import escape, unescape
from itertools import groupby
from pathlib import Path
from typing import NamedTuple

from bench.markups import BLOCKS, INLINES
from bench.places import BEFORE, BEHIND, INSIDE, Marked, Spot

_SOURCE = Path(__file__).with_name("furniture.txt")
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


def furnish(marked: Marked, dice: random.Random, places: Iterable[str], kinds: Sequence[str] = ()) -> Furnished:
    """The page with blocks at `places` (where it has such), of `kinds` only if named."""
    filled: dict[str, list[Block]] = {spot.mark: [] for spot in marked.spots}
    for place in places:
        spots = [spot for spot in marked.spots if spot.place == place]
        wordings = _choose(dice, place, kinds) if spots else []
        for spot, wording in zip(_deal(dice, spots, len(wordings)), wordings, strict=False):
            filled[spot.mark].append(_block(dice, wording, spot))
    html = marked.html
    for mark, blocks in filled.items():
        html = html.replace(mark, "".join(block.html for block in blocks))
    return Furnished(html, tuple(block for blocks in filled.values() for block in blocks))


def kinds() -> list[str]:
    """The kinds of furniture there are, in the order of the file."""
    return list(dict.fromkeys(wording.kind for wording in _book().wordings))


def _choose(dice: random.Random, place: str, only: Sequence[str]) -> list[Wording]:
    """Some wordings of different kinds that may stand at the place, in any order."""
    fit = [wording for wording in _book().wordings if place in wording.places and (not only or wording.kind in only)]
    by_kind = {wording.kind: [other for other in fit if other.kind == wording.kind] for wording in fit}
    count = min(len(by_kind), dice.randint(*_COUNTS[place]))
    return [dice.choice(by_kind[kind]) for kind in dice.sample(sorted(by_kind), count)]


def _deal(dice: random.Random, spots: list[Spot], count: int) -> list[Spot]:
    """A spot for each of so many blocks, in page order."""
    return sorted(dice.choices(spots, k=count), key=spots.index)


def _block(dice: random.Random, wording: Wording, spot: Spot) -> Block:
    pen = _Pen(dice)
    entries = [[pen.line(line) for line in entry] for entry in _entries(wording.lines, dice.choice(_REPEATS))]
    html = dice.choice(INLINES if spot.inline else BLOCKS)(entries, dice)
    return Block(wording.kind, spot.place, html, tuple(pen.texts))


def _entries(lines: Sequence[str], repeats: int) -> Iterator[list[str]]:
    for starred, group in groupby(lines, key=lambda line: line.startswith("*")):
        entry = [line.removeprefix("*") for line in group]
        yield from [entry] * repeats if starred else ([line] for line in entry)


class _Pen:
    """Writes lines as HTML and remembers what a reader sees of them."""

    def __init__(self, dice: random.Random) -> None:
        self._dice = dice
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
        made, listed = _MADE.get(slot[1]), _book().fillings.get(slot[1])
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


class _Book(NamedTuple):
    wordings: tuple[Wording, ...]
    fillings: dict[str, tuple[str, ...]]


@cache
def _book() -> _Book:
    """The wordings and fillings of furniture.txt."""
    wordings, fillings = [], {}
    for section in re.split(r"(?m)^== ", _SOURCE.read_text(encoding="utf-8"))[1:]:
        head, _, rest = section.partition("\n")
        texts = [tuple(text.split("\n")) for text in re.split(r"\n\n+", rest.strip("\n"))]
        kind, _, places = head.partition(": ")
        if places:
            wordings += [Wording(kind, tuple(places.split()), text) for text in texts]
        else:
            fillings[head.strip("{}")] = texts[0]
    return _Book(tuple(wordings), fillings)
