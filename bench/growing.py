"""A made-up web of reports that grows old: what the gate of the network gives, without a network.

Of three pages one answers 304 to whoever has its validator, one sends the same bytes, and one moves its furniture at
every request, which is recognised. `edit` changes a figure in some pages.
"""

import random
import time
from datetime import datetime

from bench import made_up
from bench.populate import NOW
from crawler.model import Fetched, NotModified, Request, Response

_BODIES = 200
_LONG = "t20260115_8812345"
_HTML = (
    '<html><head><meta charset="utf-8"><title>{title}</title></head><body><div class="nav"><a href="/">首页</a>'
    '<a href="/zwgk/">政务公开</a></div><h1>{title}</h1><div id="zoom">{body}</div><div class="foot">访问量{visits}'
    "</div></body></html>"
)


class Web:
    """Pages by the number in their address."""

    def __init__(self, characters: int, seed: int = 1) -> None:
        dice = random.Random(seed)
        self._dice = dice
        self._reports = [made_up.report(dice, made_up.place(dice), 2026, characters) for _ in range(_BODIES)]
        self._edits: dict[str, int] = {}
        self._visits = 0
        self.now = NOW
        self.seconds = 0.0
        """Spent on making answers, of the process's processor."""

    def edit(self, urls: list[str]) -> None:
        """Change a figure in each of these pages."""
        for url in urls:
            self._edits[url] = self._edits.get(url, 0) + 1

    async def fetch(self, request: Request) -> Response:
        """A page as it is now."""
        began = time.process_time()
        number, edits = _number(request.url), self._edits.get(request.url, 0)
        etag = f'"{edits}"' if number % 3 == 0 else None
        answer: Response
        if etag and request.etag == etag:
            answer = NotModified(url=request.url, fetched_at=self.now)
        else:
            headers = {"content-type": "text/html; charset=utf-8", **({"etag": etag} if etag else {})}
            content = self._page(number, edits)
            answer = Fetched(url=request.url, status=200, headers=headers, content=content, fetched_at=self.now)
        self.seconds += time.process_time() - began
        return answer

    def next_allowed(self, _host: str) -> None:
        """At once."""

    def set_next_allowed(self, host: str, when: datetime) -> None:
        """No host wants pauses."""

    def _page(self, number: int, edits: int) -> bytes:
        report = self._reports[number % _BODIES]
        own = f"全年地区生产总值增长{3 + (number * 7 + edits) % 60 / 10}%左右，为民办实事{10 + number % 89}件。"
        lines = (*report.lines[:2], own, *report.lines[2:])
        self._visits += 1
        visits = self._visits if number % 3 == 2 else 0
        body = "".join(f"<p>{line}</p>" for line in lines)
        return _HTML.format(title=report.title, body=body, visits=visits).encode()


class Long:
    """One document of many parts, each leading to the next; `edited` names the part that was edited last."""

    def __init__(self, parts: int, characters: int) -> None:
        dice = random.Random(parts)
        lines = made_up.report(dice, "云溪市", 2026, characters).lines
        self._lines = [list(lines[n * len(lines) // parts : (n + 1) * len(lines) // parts]) for n in range(parts)]
        self.url = f"https://long.example.org/{_LONG}.html"
        self.now = NOW
        self.seconds = 0.0
        self.asked = 0

    @property
    def parts(self) -> int:
        """How many there are."""
        return len(self._lines)

    @property
    def characters(self) -> int:
        """Of all of it."""
        return sum(len(line) for lines in self._lines for line in lines)

    def edit(self, part: int, again: int) -> None:
        """Put another figure into a part."""
        kept = [line for line in self._lines[part] if not line.startswith("新建改建")]
        self._lines[part] = [*kept, f"新建改建农村公路{100 + again}公里。"]

    async def fetch(self, request: Request) -> Response:
        """A part."""
        began = time.process_time()
        self.asked += 1
        number = int("0" + request.url.partition(f"{_LONG}_")[2].removesuffix(".html")) or 1
        before = _LONG if number == 2 else f"{_LONG}_{number - 1}"
        back = f'<a href="{before}.html">上一页</a>' if number > 1 else ""
        following = f'<a href="{_LONG}_{number + 1}.html">下一页</a>' if number < self.parts else ""
        body = "".join(f"<p>{line}</p>" for line in self._lines[number - 1])
        page = f"<h1>云溪市2026年政府工作报告</h1><div>{body}</div><p>{back} {following}</p>".encode()
        self.seconds += time.process_time() - began
        headers = {"content-type": "text/html; charset=utf-8"}
        return Fetched(url=request.url, status=200, headers=headers, content=page, fetched_at=self.now)

    def next_allowed(self, _host: str) -> None:
        """At once."""

    def set_next_allowed(self, host: str, when: datetime) -> None:
        """No host wants pauses."""


def _number(url: str) -> int:
    return int(url.rpartition("/")[2].partition(".")[0])
