"""A local portal of many report pages and a webhook, in a process of its own: one host or many, near or far.

    with open_site(pages=1000, hosts=200, latency=0.2) as site:
        site.urls, site.hook                   # what a monitor is told
        site.edit(); site.told()               # numbers of the pages edited, and of those told to the webhook

Hosts are addresses of loopback (127.0.0.1, 127.0.0.2 …; macOS has only the first). Furniture moves at every request.
"""

import asyncio
import json
import random
import re
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any

from bench import made_up
from bench.shapes import CHARACTERS, SHAPES, Page, Shape

ROOT = Path(__file__).resolve().parents[1]
YEAR = 2026
EDITED = 100
"""One page in so many is edited."""
_TOLD = re.compile(r"/report/(\d+)\.html")


def address(host: int) -> str:
    """Of a host, by its number from 0."""
    return f"127.0.{host // 250}.{host % 250 + 1}"


def paragraphs(report: made_up.Report) -> list[str]:
    """As a report is printed: what was achieved in one paragraph, what is aimed at in another."""
    lines, (first, many) = report.lines, report.goals
    return [*lines[:3], "".join(lines[3 : first - 1]), lines[first - 1], "".join(lines[first : first + many]),
            *lines[first + many :]]  # fmt: skip


def shape_of(number: int, hosts: int) -> Shape:
    """A host serves pages of one shape; a host alone all of them."""
    shapes = list(SHAPES.values())
    return shapes[(number if hosts == 1 else number % hosts) % len(shapes)]


class Site:
    """The portal, as its visitors know it."""

    def __init__(self, port: int, pages: int, hosts: int, process: int) -> None:
        self.urls = [f"http://{address(n % hosts)}:{port}/report/{n}.html" for n in range(pages)]
        self.hook = f"http://{address(0)}:{port}/hook"
        self.hosts = hosts
        self.process = process
        """The server's id; what it costs is nobody's."""
        self._control = f"http://{address(0)}:{port}/control/"

    @property
    def served(self) -> int:
        """Answers with pages so far."""
        return int(self._ask("served"))

    @property
    def seconds(self) -> float:
        """Of a processor that the server has used for answers."""
        return float(self._ask("seconds"))

    @property
    def posts(self) -> int:
        """Messages taken by the webhook so far."""
        return int(self._ask("posts"))

    def edit(self) -> set[int]:
        """Edit one page in a hundred: which."""
        return set(self._ask("edit"))

    def told(self) -> set[int]:
        """The pages told since this was last asked."""
        return set(self._ask("told"))

    def _ask(self, what: str) -> Any:  # noqa: ANN401 (its JSON)
        with urllib.request.urlopen(self._control + what, timeout=60) as answer:
            return json.load(answer)


@contextmanager
def open_site(pages: int, hosts: int = 1, latency: float = 0, seed: int = 1) -> Iterator[Site]:
    """A site that answers; `latency` in seconds for each answer with a page."""
    command = [sys.executable, "-m", "bench.site", *map(str, (pages, hosts, latency, seed))]
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)
    try:
        assert process.stdout
        yield Site(int(process.stdout.readline()), pages, hosts, process.pid)
    finally:
        process.kill()
        process.communicate()


class _Portal:
    """The pages, and what was asked and told."""

    def __init__(self, pages: int, hosts: int, seed: int) -> None:
        self._hosts, self._seed = hosts, seed
        self._dice = random.Random(f"furniture {seed}")
        self._edits = random.Random(f"edits {seed}")
        self._places = _places(pages, seed)
        self._pages = [self._page(number, self._report(number)) for number in range(pages)]
        self._told: set[int] = set()
        self.served = self.posts = 0

    def answer(self, number: int) -> bytes | None:
        """A page as it is now; None: there is none."""
        if not 0 <= number < len(self._pages):
            return None
        self.served += 1
        shape = shape_of(number, self._hosts)
        return _reply(200, shape.drawn(self._pages[number], self._dice), shape.header)

    def take(self, body: bytes) -> bytes:
        """A message to the webhook."""
        self.posts += 1
        try:
            said = json.dumps(json.loads(body))
        except ValueError:
            said = body.decode("utf-8", "replace")
        self._told.update(map(int, _TOLD.findall(said)))
        return _reply(200, b"ok", "text/plain")

    def control(self, what: str) -> bytes:
        """What the bench asks."""
        said: Any = None
        match what:
            case "edit":
                said = sorted(self._edit())
            case "told":
                said, self._told = sorted(self._told), set()
            case "seconds":
                said = time.process_time()
            case "served" | "posts":
                said = getattr(self, what)
        return _reply(200, json.dumps(said).encode(), "application/json")

    def _edit(self) -> list[int]:
        chosen = self._edits.sample(range(len(self._pages)), len(self._pages) // EDITED)
        for number in chosen:
            old = self._report(number)
            new = old
            while paragraphs(new) == paragraphs(old):
                new = made_up.edited(self._edits, old).report
            self._pages[number] = self._page(number, new)
        return chosen

    def _report(self, number: int) -> made_up.Report:
        return made_up.report(random.Random(f"{self._seed} {number}"), self._places[number], YEAR, CHARACTERS)

    def _page(self, number: int, report: made_up.Report) -> Page:
        return shape_of(number, self._hosts).page(report.title, paragraphs(report))


def _places(count: int, seed: int) -> Sequence[str]:
    """So many, each another: prints of one report would be compared with each other."""
    dice = random.Random(f"places {seed}")
    found: dict[str, None] = {}
    while len(found) < count:
        found[made_up.place(dice)] = None
    return list(found)


def _reply(status: int, body: bytes, kind: str) -> bytes:
    head = f"HTTP/1.1 {status} -\r\nContent-Type: {kind}\r\nContent-Length: {len(body)}\r\n\r\n"
    return head.encode() + body


class _Visit(asyncio.Protocol):
    """One connection; requests one after another."""

    def __init__(self, portal: _Portal, latency: float) -> None:
        self._portal, self._latency = portal, latency
        self._read = bytearray()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """As `asyncio.Protocol`."""
        assert isinstance(transport, asyncio.WriteTransport)
        self._wire = transport

    def data_received(self, data: bytes) -> None:
        """As `asyncio.Protocol`."""
        self._read += data
        while (end := self._read.find(b"\r\n\r\n")) >= 0:
            head, start = bytes(self._read[:end]), end + 4
            length = re.search(rb"(?im)^content-length: *(\d+)", head)
            stop = start + (int(length[1]) if length else 0)
            if len(self._read) < stop:
                return
            body = bytes(self._read[start:stop])
            del self._read[:stop]
            self._answer(head, body)

    def _answer(self, head: bytes, body: bytes) -> None:
        method, path, _ = head.split(b"\r\n", 1)[0].decode("latin-1").split(" ", 2)
        page = _TOLD.fullmatch(path)
        if path.startswith("/control/"):
            self._wire.write(self._portal.control(path.removeprefix("/control/")))
        elif method == "POST":
            self._wire.write(self._portal.take(body))
        else:
            found = self._portal.answer(int(page[1])) if page else None
            delay = self._latency
            asyncio.get_running_loop().call_later(delay, self._send, found or _reply(404, b"", "text/plain"))

    def _send(self, answer: bytes) -> None:
        if not self._wire.is_closing():
            self._wire.write(answer)


async def _listen(portal: _Portal, hosts: int, latency: float) -> None:
    """Answer at every host's address, at one port, which is printed."""
    loop = asyncio.get_running_loop()
    doors = _doors(hosts)
    for door in doors:
        await loop.create_server(partial(_Visit, portal, latency), sock=door)
    print(doors[0].getsockname()[1], flush=True)
    await asyncio.Event().wait()


def _doors(hosts: int) -> list[socket.socket]:
    """A listening socket a host, all at one port that is free at each."""
    while True:
        doors = [socket.create_server((address(0), 0), backlog=512)]
        port = doors[0].getsockname()[1]
        try:
            doors += [socket.create_server((address(host), port), backlog=512) for host in range(1, hosts)]
        except OSError as error:
            for door in doors:
                door.close()
            if "in use" not in str(error).lower():
                raise
        else:
            return doors


def _main(pages: str, hosts: str, latency: str, seed: str) -> None:
    """The process."""
    asyncio.run(_listen(_Portal(int(pages), int(hosts), int(seed)), int(hosts), float(latency)))


if __name__ == "__main__":
    _main(*sys.argv[1:])
