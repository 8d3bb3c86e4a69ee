"""Servers: rounds of `once` over hosts that are broken or mean harm, with well-behaved ones among them.

The hostile ones are those of `tests.chaos.hostile`. Each has a name and an address of its own, all public ones, so that
the guard is as in earnest (`allow_private` off); what is dialled is led to loopback. Each must end as it should within
its limits; the others' pages must be checked and their edits told; nothing inside may be dialled or asked. In the end
all forms of inner addresses are tried beside a proxy (`tests.chaos.proxied`).

Real: sockets, gate, guard, HTTP, reading process, store, outbox, webhook. Made up: resolver, routing, clock.
"""

import asyncio
import multiprocessing
import socket
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from datetime import timedelta
from multiprocessing.connection import Connection
from pathlib import Path
from tempfile import TemporaryDirectory
from time import monotonic
from typing import Any
from unittest import mock

import httpcore
import structlog

import crawler.app
from crawler.checks import Outcome, Result
from crawler.model import Json
from storage.store import open_store
from tests.chaos.case import SHOWN, Case, Row, dice_of, peak
from tests.chaos.hostile import CATALOGUE, Hostile
from tests.chaos.proxied import through_a_proxy
from tests.chaos.scene import Sheet, followed
from tests.chaos.watch import START
from tests.support.hostile_servers import MAX_BYTES
from tests.support.http_server import Exchange, HttpServer, Route, reply
from tests.support.inside import NAMES
from tests.support.sinks import WebhookSink

AT_ONCE = 40
"""Hostile servers of one round."""
WELL = 12
"""Pages of others, on hosts of their own."""
EDITS = 4
"""Of them, before each round but the first."""
LIMIT = 4.0
"""Seconds a request may take."""
LONGEST = 2 * LIMIT + 10
"""Seconds of a check: robots.txt, the page, and what a machine with other work adds."""
MOST = MAX_BYTES + 500_000
"""Bytes that one check may take from a server: what is too large is seen as it comes."""
GROWTH = 250
"""Megabytes by which the process may grow."""


def run(size: int, seed: int) -> Row:
    """`size` hostile servers, at most 40 in one round."""
    dice, lost, faults, tried = dice_of(seed, "servers"), 0, list[str](), 0
    with TemporaryDirectory() as folder, ExitStack() as stack:
        scene = stack.enter_context(staged(Path(folder)))
        before, turn = peak(), 0
        while tried < size or turn < 2:
            for sheet in dice.sample(scene.sheets, EDITS if turn else 0):
                sheet.value += 1
            chosen = dice.sample(range(len(CATALOGUE)), min(AT_ONCE, size - tried))
            faults += [f"round {turn + 1}: {fault}" for fault in scene.round(turn, chosen)]
            tried, turn = tried + len(chosen), turn + 1
        faults += scene.through_a_proxy()
        missing, false = scene.ledger()
        lost = len(missing)
        faults = [*missing, *false, *faults, *scene.inner()]
        grown = peak() - before
        faults += [f"the process grew by {grown:.0f} MB"] * (grown > GROWTH)
    return Row(
        case="servers",
        tried=tried,
        lost=lost,
        false=len(false),
        duplicates=0,
        seconds=scene.seconds,
        megabytes=peak(),
        note=f"{turn} rounds with {WELL} pages of others, theirs at most {scene.seconds_well:.2f} s; at most "
        f"{scene.most:,} bytes a server; the program grew by {grown:.0f} MB",
        faults=tuple(faults[:SHOWN]),
    )


class Scene:
    """Servers, sink, configuration and what was measured (see `staged`)."""

    def __init__(self, folder: Path, hostile: int, behind: HttpServer, sink: WebhookSink) -> None:
        self.sheets = [Sheet(number) for number in range(WELL)]
        self.seconds = self.seconds_well = 0.0
        """Of the slowest check of a hostile server, and of another's page."""
        self.most = 0
        """Bytes that came from one server in one round."""
        self.dialled_inside: list[str] = []
        self._proxies: set[int] = set()
        """Ports of loopback that may be dialled."""
        self._folder, self._sink, self._behind = folder, sink, behind
        self._hosts = [f"h{number}.example" for number in range(len(CATALOGUE))]
        well = [f"w{number}.example" for number in range(WELL)]
        public = [*self._hosts, *well, "hooks.example"]
        self._addresses = {name: f"93.184.{number // 200}.{number % 200 + 1}" for number, name in enumerate(public)}
        self._names = {address: name for name, address in self._addresses.items()}
        self._began: dict[str, float] = {}
        self._bytes: defaultdict[str, int] = defaultdict(int)
        self.pages = dict(zip(well, self.sheets, strict=True))
        urls = [f"http://{host}:{hostile}{each.path}" for host, each in zip(self._hosts, CATALOGUE, strict=True)]
        config = _config(urls, [f"http://{host}:{behind.port}/report.html" for host in well], sink)
        (folder / "sources.yaml").write_text(config, "utf-8")
        self._config = crawler.app.load_config(str(folder / "sources.yaml"))

    def round(self, turn: int, chosen: Sequence[int]) -> list[str]:
        """A round of `once` over these of the catalogue and all well-behaved pages; what was not as it should be."""
        self._began.clear()
        self._bytes.clear()
        ended: dict[str, float] = {}
        now = START + timedelta(hours=6 * turn)
        names = [f"h{number}" for number in chosen] + [f"p{number}" for number in range(WELL)]
        with (
            mock.patch.object(crawler.app, "utc_now", return_value=now),
            open_store(f"sqlite:///{self._folder / 'crawler.db'}", now=now) as store,
        ):
            told = asyncio.run(
                crawler.app.run_once(
                    self._config,
                    store,
                    sources=names,
                    on_result=lambda result: ended.update({result.source: monotonic()}),
                )
            )
        results = defaultdict(list[Result])
        for result in told.results:
            results[result.source].append(result)
        faults = [fault for number in chosen for fault in judged(CATALOGUE[number], results[f"h{number}"])]
        wanted = (Outcome.CHANGED, Outcome.UNCHANGED) if turn else (Outcome.NEW,)
        for number in range(WELL):
            [result] = results[f"p{number}"] or [None]
            if result is None or result.outcome not in wanted:
                faults.append(f"another's page: {result and (result.outcome, result.reason)}")
        return faults + self._measured(ended)

    def through_a_proxy(self) -> list[str]:
        """What is wrong with a round through a proxy."""
        return through_a_proxy(self._folder, self._hosts.__getitem__, self._proxies)

    def ledger(self) -> tuple[list[str], list[str]]:
        """Edits that were not told, and what was told besides."""
        lost, false = list[str](), list[str]()
        for sheet in self.sheets:
            alerts = [each for each in self._sink.accepted if each.json["source"]["id"] == f"p{sheet.number}"]
            missing, wrong = followed(sheet, alerts)
            lost, false = lost + missing, false + wrong
        others = [each.json for each in self._sink.accepted if each.json["source"]["id"][0] == "h"]
        false += [f"{each['source']['id']}: {each['type']}" for each in others if not _is_due(each)]
        return lost, false

    def inner(self) -> list[str]:
        """What was dialled or asked for that lies inside."""
        asked = [each.target for each in self._behind.requests if each.target.startswith("/secret")]
        return [f"inside: {each}" for each in (*self.dialled_inside, *asked)]

    def look_up(self, real: Any, host: Any, port: Any, *rest: Any, **more: Any) -> list[Any]:
        """The system's resolver, but for the names of this case."""
        answers = [self._addresses[host]] if host in self._addresses else NAMES.get(host, [[]])[0]
        if not answers:
            return list(real(host, port, *rest, **more))
        return [(None, None, None, "", (answer, port)) for answer in answers]

    def dialled(self, address: str, port: int) -> str:
        """The name of what is dialled."""
        if address == "127.0.0.1" and port in self._proxies:
            return "proxy"
        if (name := self._names.get(address)) is None:
            self.dialled_inside.append(address)
            raise httpcore.ConnectError(f"{address} lies inside")
        self._began.setdefault(name, monotonic())
        return name

    def came(self, name: str, count: int) -> None:
        self._bytes[name] += count

    def _measured(self, ended: Mapping[str, float]) -> list[str]:
        """Take down the worst; what was above its limit."""
        faults = []
        for source, end in ended.items():
            host = f"{source.replace('p', 'w')}.example"
            took, took_bytes = end - self._began.get(host, end), self._bytes[host]
            what = CATALOGUE[int(source[1:])].name if source[0] == "h" else source
            faults += [f"{what}: {took:.1f} s"] * (took > LONGEST) + [f"{what}: {took_bytes:,} bytes"] * (
                took_bytes > MOST
            )
            if source[0] == "h":
                self.seconds, self.most = max(self.seconds, took), max(self.most, took_bytes)
            else:
                self.seconds_well = max(self.seconds_well, took)
        return faults


def judged(hostile: Hostile, results: Sequence[Result]) -> list[str]:
    """What is wrong with a server's results: one, or more of a listing."""
    if not results:
        return [f"{hostile.name}: no result"]
    return [
        f"{hostile.name}: {result.outcome}, {result.reason}" for result in results if not _is_right(hostile, result)
    ]


def _is_right(hostile: Hostile, result: Result) -> bool:
    if hostile.said:
        return result.outcome is Outcome.FAILED and any(words in (result.reason or "") for words in hostile.said)
    return result.outcome in (Outcome.NEW, Outcome.UNCHANGED, *[Outcome.SUSPECT] * hostile.doubtful)


def _is_due(alert: Json) -> bool:
    """Whether a hostile server's alert is as it should be: that it fails, or stays doubtful for a day."""
    doubtful = CATALOGUE[int(alert["source"]["id"][1:])].doubtful
    return alert["type"].startswith("source") or (doubtful and alert["type"] == "page.suspect")


@contextmanager
def staged(folder: Path) -> Iterator[Scene]:
    """Everything at work; the hostile servers in a process of their own, so that their memory is not the program's."""
    spawn = multiprocessing.get_context("spawn")
    here, there = spawn.Pipe()
    with ExitStack() as stack:
        stack.callback(structlog.reset_defaults)
        structlog.configure(wrapper_class=structlog.make_filtering_bound_logger("critical"))
        sink = stack.enter_context(WebhookSink())
        behind = stack.enter_context(HttpServer())
        process = spawn.Process(target=serve, args=(there, behind.port))
        process.start()
        stack.callback(process.join)
        stack.callback(here.close)
        there.close()
        scene = Scene(folder, here.recv(), behind, sink)
        behind.fallback = _well(scene)
        stack.enter_context(_routed(scene))
        yield scene


def serve(pipe: Connection, inner: int) -> None:
    """All hostile servers on one port, by the host that is asked for, until the pipe closes; sends the port."""
    # Made now: bombs take seconds, in which nobody would be answered.
    made = [each.routes(str(inner)) for each in CATALOGUE]

    def route_of(host: str, target: str) -> Route:
        routes = made[int(host.partition(".")[0].removeprefix("h"))]
        return routes.get(target.partition("?")[0], reply(status=404))

    async def answer(exchange: Exchange) -> None:
        route = route_of(exchange.request.headers["host"], exchange.request.target)
        await (exchange.send(route) if isinstance(route, bytes) else route(exchange))

    with HttpServer(fallback=answer) as server:
        pipe.send(server.port)
        pipe.poll(None)


def _well(scene: Scene) -> Route:
    async def answer(exchange: Exchange) -> None:
        sheet = scene.pages.get(exchange.request.headers["host"].partition(":")[0])
        known = sheet and exchange.request.target == "/report.html"
        await exchange.send(sheet.reply() if sheet and known else reply(status=404))

    return answer


@contextmanager
def _routed(scene: Scene) -> Iterator[None]:
    """While this lasts, public addresses of the case lead to loopback, and nothing else is dialled."""
    real, dial = socket.getaddrinfo, httpcore.AnyIOBackend.connect_tcp

    async def connect(
        self: httpcore.AnyIOBackend, host: str, port: int, *rest: Any, **more: Any
    ) -> httpcore.AsyncNetworkStream:
        name = scene.dialled(host, port)
        stream = await dial(self, "127.0.0.1", port, *rest, **more)
        read = stream.read

        async def counted(*rest: Any, **more: Any) -> bytes:
            data = await read(*rest, **more)
            scene.came(name, len(data))
            return data

        stream.read = counted  # type: ignore[method-assign]  # counts and passes on
        return stream

    def look_up(*rest: Any, **more: Any) -> list[Any]:
        return scene.look_up(real, *rest, **more)

    with (
        mock.patch.object(socket, "getaddrinfo", look_up),
        mock.patch.object(httpcore.AnyIOBackend, "connect_tcp", connect),
    ):
        yield


def _config(hostile: Sequence[str], well: Sequence[str], sink: WebhookSink) -> str:
    hook = sink.url.replace("127.0.0.1", "hooks.example")
    lines = [
        "defaults: {every: 6h, delay: 0s}",
        f"network: {{timeout: {LIMIT:g}s, max_bytes: {MAX_BYTES}}}",
        f'channels: {{desk: {{type: webhook, url: "{hook}"}}}}',
        "sources:",
        *(_source(number, url) for number, url in enumerate(hostile)),
        *(f'  - {{id: p{number}, url: "{url}", watch: {{differs: false}}}}' for number, url in enumerate(well)),
    ]
    return "\n".join(lines)


def _source(number: int, url: str) -> str:
    listed = CATALOGUE[number].listed
    page = f'listing: "{url}", match: "secret", max_pages: 3' if listed else f'url: "{url}"'
    return f"  - {{id: h{number}, {page}, watch: {{differs: false}}}}"


CASE = Case(name="servers", unit="hostile servers", sizes={"short": 40, "long": 400}, run=run)
