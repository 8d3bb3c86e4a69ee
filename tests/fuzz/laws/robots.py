"""Any robots.txt: an answer, the same each time: a pause within its bounds, or a refusal."""

import asyncio
from datetime import timedelta

import httpx

from crawler.fetch.faults import FetchError
from crawler.fetch.replies import Reply
from crawler.fetch.robots import MAX_CRAWL_DELAY, Robots
from crawler.model import FailureKind

PATHS = ("/", "/baogao/2031/1.html", "/a?b=c&d=%E6%96%87", "/%7Eone/two.html;x", "/" + "a/" * 200)
DELAY = timedelta(seconds=2)
PIECES = (
    "User-agent: *\n", "User-agent: report-crawler\n", "Disallow: /\n", "Disallow: /baogao\n",
    "Allow: /baogao/2031\n", "Disallow:\n", "Crawl-delay: 5\n", "Crawl-delay: nan\n", "Crawl-delay: inf\n",
    "Crawl-delay: -1\n", "Crawl-delay: 1e400\n", "Request-rate: 1/10s\n", "Request-rate: 1/0\n",
    "Visit-time: 0100-0200\n", "Sitemap: http://x/\n", "*", "$", "/*$", "%", "%2", "%E6", "#", ":", "\r", "\n",
    "\ufeff", "\0", "Disallow: /*a*a*a*a*a*b$\n", "Host: x\n", "²", "Crawl-delay: １\n",
    "Request-rate: 9/99999999999999999999d\n", "Disallow: http://[\n",
)  # fmt: skip


def check(data: bytes) -> None:
    """The first byte chooses the page, the others are the file."""
    url = httpx.URL("https://www.example.org" + (PATHS[data[0] % len(PATHS)] if data else "/"))
    found, again = asyncio.run(_twice(data[1:], url))
    assert found == again, "the same rules were read otherwise"
    assert found is None or DELAY <= found <= MAX_CRAWL_DELAY, found


async def _twice(content: bytes, url: httpx.URL) -> tuple[timedelta | None, timedelta | None]:
    return await _asked(content, url), await _asked(content, url)


async def _asked(content: bytes, url: httpx.URL) -> timedelta | None:
    """The pause; None: refused."""

    async def ask(address: httpx.URL, _: timedelta) -> Reply:
        return Reply(url=str(address), status=200, headers={}, content=content)

    try:
        return await Robots(ask).check(url, DELAY)
    except FetchError as error:
        return _refused(error)


def _refused(error: FetchError) -> None:
    assert error.kind is FailureKind.ROBOTS, error.kind
