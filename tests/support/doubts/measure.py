"""The books driven through days of checks, and what came of each page.

false_pages(folder, "false-1")   a true page, then a false one for three days, then the true one again, then an edit
large_edits(folder)              a page, then its edit, for three days
first_readings(folder, …)        a false page from the very first check on, then the true one
"""

from collections.abc import Collection, Mapping
from datetime import datetime, timedelta
from pathlib import Path

from crawler.checks import Outcome
from crawler.model import value
from tests.support.doubts.broken import BROKEN, article, served
from tests.support.doubts.driver import HOUR, Days, Seen
from tests.support.doubts.edits import DRAFTS, EDITS, SLOW
from tests.support.doubts.site import FalsePage, book
from tests.support.http_server import Exchange, HttpServer, Route

DAY = timedelta(days=1)
HELD = (Outcome.SUSPECT, Outcome.FAILED, Outcome.GONE)


@value
class Line:
    """What came of one page of a book."""

    name: str
    faults: tuple[str, ...]
    """In which it is not as promised; empty: it is."""
    checks: int
    """Made while it was held back, or until it was told."""
    told_after: timedelta | None
    reason: str
    """The last one given."""


def false_pages(folder: Path, name: str, length: timedelta = DAY * 3) -> list[Line]:
    """How the false pages of a book stand; of the first also those that come of the report itself."""
    routes: dict[str, FalsePage | str] = {each.name: each for each in book(name)}
    if name == "false-1":
        routes |= dict.fromkeys(BROKEN, "broken")
    with HttpServer() as server:
        serve_site(server)
        days = Days(folder, server, list(routes))
        places = _places(routes)
        serve_all(days, {each: served(article(places[each])) for each in routes})
        days.run(HOUR * 7)
        before = days.bodies()
        start = days.now
        serve_all(days, {each: shown(kind, each, places[each]) for each, kind in routes.items()})
        days.run(length)
        during, back = days.bodies(), days.now
        serve_all(days, {each: served(article(places[each])) for each in routes})
        days.run(DAY)
        edited = days.now
        serve_all(days, {each: served(article(places[each]).replace("增长6%左右", "增长5%左右")) for each in routes})
        days.run(DAY)
    return [
        _judged_false(each, days.seen[each], (start, back, edited), before.get(each) == during.get(each))
        for each in routes
    ]


def first_readings(folder: Path, name: str) -> list[Line]:
    """How the false pages of a book fare that can be known without knowing the report, as the first thing ever read."""
    pages = {each.name: each for each in book(name) if each.self_telling}
    with HttpServer() as server:
        serve_site(server)
        days = Days(folder, server, list(pages))
        places = _places(pages)
        serve_all(days, {each: _visits(false) for each, false in pages.items()})
        days.run(HOUR * 30)
        back = days.now
        serve_all(days, {each: served(article(places[each])) for each in pages})
        days.run(DAY)
    return [_judged_first(each, days.seen[each], back) for each in pages]


def large_edits(folder: Path, names: Collection[str] = (*EDITS, *DRAFTS), length: timedelta = DAY * 8) -> list[Line]:
    """How promptly large edits are told, and that they are told once."""
    chosen = dict.fromkeys(names)
    with HttpServer() as server:
        days = Days(folder, server, list(chosen))
        places = _places(chosen)
        first = {name: DRAFTS[name][0](places[name]) if name in DRAFTS else article(places[name]) for name in chosen}
        then = {name: DRAFTS[name][1] if name in DRAFTS else EDITS[name] for name in chosen}
        serve_all(days, {name: served(html) for name, html in first.items()})
        days.run(HOUR * 7)
        start = days.now
        serve_all(days, {name: served(edit(places[name])) for name, edit in then.items()})
        days.run(length)
    return [_judged_edit(name, days.seen[name], start) for name in chosen]


def _judged_false(name: str, seen: Seen, times: tuple[datetime, datetime, datetime], kept: bool) -> Line:
    start, back, edited = times
    held = [(at, outcome, reason) for at, outcome, reason in seen.outcomes if start < at <= back]
    wrong = [outcome for _, outcome, _ in held if outcome not in HELD]
    told = [(at, kind) for at, kind, _ in seen.told if start < at <= edited]
    failing = any(outcome is Outcome.FAILED for _, outcome, _ in held)
    wanted = ["source.failing", "source.recovered"] if failing else ["page.suspect"]
    faults = [f"became {outcome}" for outcome in dict.fromkeys(map(str, wrong))]
    faults += [f"told {[kind for _, kind in told]}"] * ([kind for _, kind in told] != wanted)
    faults += ["the stored version moved"] * (not kept)
    after = [outcome for at, outcome, _ in seen.outcomes if back < at <= edited]
    faults += ["no silent recovery"] * (set(after) != {Outcome.UNCHANGED})
    last = [kind for at, kind, _ in seen.told if at > edited]
    faults += [f"an edit afterwards: {last}"] * (last != ["page.changed"])
    faults += ["not looked at again soon"] * (len(held) < 2 or held[1][0] - held[0][0] > HOUR / 2)
    first = next((at for at, kind in told if kind == "page.suspect"), None)
    return Line(
        name=name,
        faults=tuple(faults),
        checks=len(held),
        told_after=first - held[0][0] if first and held else None,
        reason=held[-1][2] if held else "",
    )


def _judged_first(name: str, seen: Seen, back: datetime) -> Line:
    early = [(outcome, reason) for at, outcome, reason in seen.outcomes if at <= back]
    faults = [f"became {outcome}" for outcome in dict.fromkeys(str(o) for o, _ in early if o not in HELD)]
    told = [kind for _, kind, _ in seen.told if kind not in ("page.suspect", "source.failing", "source.recovered")]
    faults += [f"told {told}"] * bool(told)
    return Line(name=name, faults=tuple(faults), checks=len(early), told_after=None, reason=early[-1][1])


def _judged_edit(name: str, seen: Seen, start: datetime) -> Line:
    later = [(at, outcome, reason) for at, outcome, reason in seen.outcomes if at > start]
    told = [(at, kind) for at, kind, _ in seen.told]
    wanted = ["page.suspect", "page.changed"] if name in SLOW else ["page.changed"]
    faults = [f"told {[kind for _, kind in told]}"] * ([kind for _, kind in told] != wanted)
    first = next((at for at, kind in told if kind == "page.changed"), None)
    until = [each for each in later if first is None or each[0] <= first]
    faults += ["told late"] * (first is not None and first - later[0][0] > HOUR and name not in SLOW)
    reason = next((reason for _, _, reason in later if reason), "")
    waited = first - later[0][0] if first else None
    return Line(name=name, faults=tuple(faults), checks=len(until), told_after=waited, reason=reason)


def shown(kind: FalsePage | str, name: str, place: str) -> Route:
    """What is served instead of the report of a place."""
    return BROKEN[name](place) if isinstance(kind, str) else _visits(kind)


def _visits(false: FalsePage) -> Route:
    visits = iter(range(1, 10**9))

    async def answer(exchange: Exchange) -> None:
        await exchange.send(false.answer(next(visits)))

    return answer


def serve_all(days: Days, answers: Mapping[str, Route]) -> None:
    """From now on these pages show this."""
    days.server.routes.update({days.paths[name]: answer for name, answer in answers.items()})


def _places(names: Mapping[str, object]) -> dict[str, str]:
    """A place of its own for each page, so that none is another's twin."""
    first, second = "云青石柳霞河桃松竹兰梅荷菊桂枫槐", "溪川桥湾浦滩岭坪塘洲"
    every = [f"{one}{two}市" for two in second for one in first]
    return dict(zip(names, every, strict=False))


def serve_site(server: HttpServer) -> None:
    """What other addresses of the portal show."""
    known: Mapping[str, FalsePage] = {each.name: each for each in book("false-1")}
    answers = {"/": "home-page", "/index.html": "home-page", "/zwgk/gzbg/": "column-listing"}
    server.routes.update({path: known[name].answer(1) for path, name in answers.items()})
    server.routes["/sso/login?service=art"] = known["sso-login"].answer(1)
