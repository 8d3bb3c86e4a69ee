"""Doubts: pages that show something other than their report for a while, flap, or are edited at large.

Of the pages some stand still in a round, the others get a trouble each, drawn at random:

    impostor   a false page, or what is left of the true one, for two hours to two days; then the report again, as it
               was, with another number, or rewritten at large
    flap       two states of the report, one or the other at each request, none of them so often in a row that it stood
               for a day; then one of them for good
    rewrite    a large edit, which a second fetch has to confirm; such a page has no further trouble

False is whatever is told besides what `expected` names, and a stored version made of an impostor; lost is an edit that
is not told, or not stored, once the page has stood for a day and a half, and an impostor of more than a day that nobody
was told of.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import timedelta
from itertools import product
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import Literal

import structlog

from crawler.checks import Outcome
from crawler.model import value
from tests.chaos.case import SHOWN, Case, Row, dice_of, peak
from tests.support.doubts.broken import BROKEN, article, served
from tests.support.doubts.driver import HOUR, Days
from tests.support.doubts.edits import EDITS, SLOW
from tests.support.doubts.measure import HELD, serve_all, serve_site, shown
from tests.support.doubts.site import FalsePage, book
from tests.support.http_server import Exchange, HttpServer, Route

ROUNDS = 4
LENGTHS = (2, 9, 20, 30, 50)
"""Hours that the troubles of a round last."""
CERTAIN = 31
"""Hours after which an impostor must have been told: a day, and the six hours between two checks."""
IN_A_ROW = 3
"""Checks, six hours apart: what shows one state for longer than a day does not flap."""
SETTLED = HOUR * 36
"""Longer than a dead page waits for its next try (a day), and than a page that swung must stand (a day)."""
IMPOSTORS: Mapping[str, FalsePage | str] = {
    **{each.name: each for name in ("false-1", "false-2", "false-3") for each in book(name)},
    **dict.fromkeys(BROKEN, "broken"),
}
PROMPT = tuple(name for name in EDITS if name not in SLOW)
_FIRST, _SECOND = "云青石柳霞河桃松竹兰梅荷菊桂枫槐", "溪川桥湾浦滩岭坪塘洲"

Kind = Literal["still", "impostor", "flap", "rewrite"]


class Page:
    """One report: its number, its large edit if it had one, and the numbers it had."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.number = 6
        self.rewritten = ""
        self._unused = [1, 2, 3, 4, 5, 7, 8, 9]

    def html(self) -> str:
        page = EDITS[self.rewritten](self.name) if self.rewritten else article(self.name)
        return page.replace(*self._numbers())

    def impostor(self, what: str) -> Route:
        """A false page; one that is made of the report has its present number."""
        route = shown(IMPOSTORS[what], what, self.name)
        return route.replace(*(each.encode() for each in self._numbers())) if isinstance(route, bytes) else route

    def edit(self, dice: Random) -> None:
        """Another number, which it never had."""
        self.number = self._unused.pop(dice.randrange(len(self._unused)))

    def _numbers(self) -> tuple[str, str]:
        return "增长6%左右", f"增长{self.number}%左右"


@value
class Trouble:
    """What befalls a page in a round."""

    kind: Kind
    what: str = ""
    during: Route
    after: str
    """The page as it stands afterwards."""
    edited: bool
    """It then is another than before."""


def run(size: int, seed: int) -> Row:
    """`size` troubles, in four rounds; in each, some pages stand still."""
    lost, false, tried = list[str](), list[str](), Counter[Kind]()
    dice = dice_of(seed, "doubts")
    with TemporaryDirectory() as folder, HttpServer() as server, _quiet():
        serve_site(server)
        pages = {name: Page(name) for name in _names(max(2, size // (ROUNDS - 1)))}
        days = Days(Path(folder), server, list(pages))
        serve_all(days, {name: served(page.html()) for name, page in pages.items()})
        days.run(HOUR * 7)
        for number, many in enumerate(_shares(size)):
            hours = dice.choice(LENGTHS)
            troubles = _drawn(list(pages.values()), many, dice, last=number == ROUNDS - 1)
            tried.update(each.kind for each in troubles.values() if each.kind != "still")
            missing, wrong = _round(days, troubles, hours)
            lost += [f"round {number + 1}, {hours} h: {line}" for line in missing]
            false += [f"round {number + 1}, {hours} h: {line}" for line in wrong]
        checks = sum(len(seen.outcomes) for seen in days.seen.values())
    parts = ", ".join(f"{many} {kind}s" for kind, many in sorted(tried.items()))
    return Row(
        case="doubts",
        tried=tried.total(),
        lost=len(lost),
        false=len(false),
        duplicates=0,
        seconds=days.slowest,
        megabytes=peak(),
        note=f"{parts}; {len(pages)} pages, {checks:,} checks",
        faults=tuple([*lost, *false][:SHOWN]),
    )


def _shares(size: int) -> list[int]:
    return [size // ROUNDS + (number < size % ROUNDS) for number in range(ROUNDS)]


def _names(many: int) -> list[str]:
    """Places, so that no page is another's twin."""
    signs = product(_SECOND, _FIRST, _FIRST)
    return [f"{one}{two}{three}市" for _, (two, one, three) in zip(range(many), signs, strict=False)]


def _drawn(pages: Sequence[Page], many: int, dice: Random, *, last: bool) -> dict[str, Trouble]:
    """Large edits only in the last round and after an impostor: few pages must not run out of reports."""
    able = [page for page in pages if not page.rewritten]
    chosen = dice.sample(able, min(many, len(able)))
    troubles = {page.name: _trouble(page, dice, last=last) for page in chosen}
    still = [page for page in pages if page.name not in troubles]
    return troubles | {page.name: _still(page) for page in still}


def _still(page: Page) -> Trouble:
    return Trouble(kind="still", during=served(page.html()), after=page.html(), edited=False)


def _trouble(page: Page, dice: Random, *, last: bool) -> Trouble:
    kind: Kind = dice.choice(("impostor", "flap", "rewrite", "rewrite") if last else ("impostor",) * 5 + ("flap",))
    before = page.html()
    if kind == "impostor":
        what = dice.choice(list(IMPOSTORS))
        during = page.impostor(what)
        chance = dice.random()
        if chance < 0.4:
            page.edit(dice)
        elif last and chance < 0.6:
            page.rewritten = dice.choice(PROMPT)
        after = page.html()
        return Trouble(kind=kind, what=what, during=during, after=after, edited=after != before)
    if kind == "flap":
        page.edit(dice)
        after = page.html()
        during = _flapping((before, after), Random(dice.random()))
        return Trouble(kind=kind, during=during, after=after, edited=True)
    page.rewritten = dice.choice(PROMPT)
    html = page.html()
    return Trouble(kind=kind, what=page.rewritten, during=served(html), after=html, edited=True)


def _flapping(states: tuple[str, str], dice: Random) -> Route:
    lately: list[str] = []

    async def answer(exchange: Exchange) -> None:
        able = [state for state in states if lately[-IN_A_ROW:] != [state] * IN_A_ROW]
        lately.append(dice.choice(able))
        await exchange.send(served(lately[-1]))

    return answer


def _round(days: Days, troubles: Mapping[str, Trouble], hours: int) -> tuple[list[str], list[str]]:
    """Let the troubles stand for so long and the pages settle; what was lost and what was false."""
    before, start = days.bodies(), days.now
    serve_all(days, {name: each.during for name, each in troubles.items()})
    days.run(timedelta(hours=hours))
    between, back = days.bodies(), days.now
    serve_all(days, {name: served(each.after) for name, each in troubles.items()})
    days.run(SETTLED)
    after = days.bodies()
    lost, false = list[str](), list[str]()
    for name, each in troubles.items():
        since = [(at, outcome) for at, outcome, _ in days.seen[name].outcomes if at > start]
        held = [outcome for at, outcome in since if at <= back]
        told = Counter(kind for at, kind, _ in days.seen[name].told if at > start)
        said = f"{each.kind} {each.what} of {name}: told {dict(told)}"
        missing, wrong = judged(each, told, held, hours)
        if each.kind in ("impostor", "still") and before.get(name) != between.get(name):
            wrong.append("the stored version moved")
        if each.edited != (before.get(name) != after.get(name)):
            missing.append("the stored version is not the page's")
        lost += [f"{said}: {fault}" for fault in missing]
        false += [f"{said}: {fault}" for fault in wrong]
    return lost, false


def judged(
    trouble: Trouble, told: Mapping[str, int], held: Sequence[Outcome], hours: int
) -> tuple[list[str], list[str]]:
    """What should have been told of a page and was not, and the other way round."""
    least, most = expected(trouble, held, hours)
    lost = [f"{kind} {told.get(kind, 0)} times" for kind, times in least.items() if told.get(kind, 0) < times]
    false = [f"{kind} {times} times" for kind, times in told.items() if times > most.get(kind, 0)]
    if trouble.kind == "impostor":
        false += [f"became {outcome}" for outcome in sorted(set(held) - set(HELD))]
    return lost, false


def expected(trouble: Trouble, held: Sequence[Outcome], hours: int) -> tuple[dict[str, int], dict[str, int]]:
    """The least and the most alerts of each type."""
    changed = {"page.changed": 1} if trouble.edited else {}
    if trouble.kind == "flap":  # one for the second state, or one more where the first came back in between
        return changed, {"page.changed": 2, "page.suspect": 1}
    if trouble.kind != "impostor":
        return changed, changed
    if Outcome.FAILED in held:
        least = {"source.failing": 1, "source.recovered": 1} if hours >= CERTAIN else {}
        return changed | least, changed | {"source.failing": 1, "source.recovered": 1}
    most = {"page.suspect": 1} if hours > 24 else {}
    return changed | (most if hours >= CERTAIN else {}), changed | most


@contextmanager
def _quiet() -> Iterator[None]:
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger("critical"))
    yield
    structlog.reset_defaults()


CASE = Case(name="doubts", unit="troubles", sizes={"short": 24, "long": 1_200}, run=run)
