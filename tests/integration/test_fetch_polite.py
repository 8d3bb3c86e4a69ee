"""What the operator of a portal sees of us: robots.txt first, one request at a time, waits as asked."""

import asyncio
from datetime import timedelta

import pytest

from crawler.fetch.robots import MAX_BYTES
from crawler.model import FailureKind, Request
from tests.support.fetching import NOW, failed, fetched, fetcher
from tests.support.http_server import Exchange, HttpServer, page, redirect, reply

PAGE = page("<p>x</p>")


def waits(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """Record the waits of politeness instead of waiting."""
    recorded: list[float] = []

    async def sleep(seconds: float) -> None:
        recorded.append(seconds)

    monkeypatch.setattr("crawler.fetch.politeness.sleep", sleep)
    return recorded


async def test_one_request_at_a_time_however_many_are_wanted() -> None:
    async def slowly(exchange: Exchange) -> None:
        await asyncio.sleep(0.02)
        await exchange.send(PAGE)

    with HttpServer(fallback=slowly) as server:
        async with fetcher() as web:
            await asyncio.gather(*(fetched(web, server.url(f"/{number}")) for number in range(8)))
        assert server.busiest == 1
        assert len(server.requests) == 9


async def test_different_hosts_are_asked_side_by_side() -> None:
    meeting = asyncio.Barrier(2)
    loop = asyncio.get_running_loop()

    async def meet(exchange: Exchange) -> None:
        await asyncio.wrap_future(asyncio.run_coroutine_threadsafe(meeting.wait(), loop))
        await exchange.send(PAGE)

    with HttpServer({"/a": meet}) as one, HttpServer({"/a": meet}) as other:
        async with fetcher() as web:
            await asyncio.gather(fetched(web, one.url("/a")), fetched(web, other.url("/a")))


async def test_the_pause_is_kept_before_every_request_but_the_first(monkeypatch: pytest.MonkeyPatch) -> None:
    waited = waits(monkeypatch)
    with HttpServer({"/a": PAGE}) as server:
        async with fetcher() as web:
            for _ in range(2):
                await web.fetch(Request(url=server.url("/a"), delay=timedelta(seconds=30)))
            left = web.next_allowed(f"127.0.0.1:{server.port}")
    assert [round(seconds) for seconds in waited] == [30, 30]  # robots.txt, the page, and the page again
    assert left is not None
    assert timedelta(seconds=29) < left - NOW <= timedelta(seconds=30)


async def test_the_pause_robots_asks_for_is_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    waited = waits(monkeypatch)
    with HttpServer({"/a": PAGE, "/robots.txt": reply(b"User-agent: *\nCrawl-delay: 90")}) as server:
        async with fetcher() as web:
            for _ in range(2):
                await fetched(web, server.url("/a"))
    assert [round(seconds) for seconds in waited] == [90]


@pytest.mark.parametrize("status", [429, 503])
async def test_a_host_that_asks_for_quiet_gets_it(status: int) -> None:
    with HttpServer({"/a": reply(status=status, headers={"Retry-After": "3600"}), "/b": PAGE}) as server:
        async with fetcher() as web:
            first = await failed(web, server.url("/a"), FailureKind.STATUS)
            second = await failed(web, server.url("/b"), FailureKind.STATUS)
    assert (first.status, first.retry_after, first.permanent) == (status, timedelta(hours=1), False)
    assert second.retry_after is not None
    assert timedelta(minutes=59) < second.retry_after <= timedelta(hours=1)
    assert server.targets == ["/robots.txt", "/a"]


async def test_what_another_process_was_told_counts_here() -> None:
    with HttpServer({"/a": PAGE}) as server:
        async with fetcher() as web:
            web.set_next_allowed(f"127.0.0.1:{server.port}", NOW + timedelta(hours=2))
            failure = await failed(web, server.url("/a"), FailureKind.ROBOTS)
            assert failure.retry_after == timedelta(hours=2)
    assert server.requests == []


async def test_waiting_is_not_charged_to_the_deadline() -> None:
    with HttpServer({"/a": PAGE}) as server:
        async with fetcher(timeout=0.4) as web:
            for _ in range(2):
                answer = await web.fetch(Request(url=server.url("/a"), delay=timedelta(seconds=0.5)))
                assert not hasattr(answer, "reason"), answer


# --- robots.txt ------------------------------------------------------------------------------------------------------


async def test_robots_txt_is_read_first_once_and_obeyed() -> None:
    rules = reply(b"User-agent: *\nDisallow: /private/")
    with HttpServer({"/robots.txt": rules, "/a": PAGE, "/private/b": PAGE}) as server:
        async with fetcher() as web:
            await fetched(web, server.url("/a"))
            failure = await failed(web, server.url("/private/b"), FailureKind.ROBOTS)
            await fetched(web, server.url("/a"))
    assert failure.permanent
    assert server.targets == ["/robots.txt", "/a", "/a"]


async def test_a_server_in_trouble_is_left_alone() -> None:
    with HttpServer({"/robots.txt": reply(status=500), "/a": PAGE}) as server:
        async with fetcher() as web:
            failure = await failed(web, server.url("/a"), FailureKind.ROBOTS)
            await failed(web, server.url("/a"), FailureKind.ROBOTS)
    assert not failure.permanent
    assert "robots.txt could not be read (HTTP 500)" in failure.reason
    assert server.targets == ["/robots.txt"]


async def test_robots_txt_elsewhere_is_followed_and_a_maze_means_no_rules() -> None:
    with HttpServer({"/rules": reply(b"User-agent: *\nDisallow: /b"), "/a": PAGE, "/b": PAGE}) as server:
        server.routes["/robots.txt"] = redirect("/rules", 301)
        async with fetcher() as web:
            await fetched(web, server.url("/a"))
            await failed(web, server.url("/b"), FailureKind.ROBOTS)
        server.routes["/rules"] = redirect("/robots.txt")
        async with fetcher() as web:
            await fetched(web, server.url("/b"))


async def test_only_the_beginning_of_a_huge_robots_txt_counts() -> None:
    text = b"User-agent: *\nDisallow: /a\n" + b"# filler\n" * 100_000 + b"User-agent: *\nDisallow: /b\n"
    with HttpServer({"/robots.txt": reply(text), "/a": PAGE, "/b": PAGE}) as server:
        async with fetcher() as web:
            await failed(web, server.url("/a"), FailureKind.ROBOTS)
            await fetched(web, server.url("/b"))


async def test_half_a_line_forbids_nothing() -> None:
    text = b"User-agent: *\n".ljust(MAX_BYTES - len("\nDisallow: /"), b"#") + b"\nDisallow: /private\n"
    with HttpServer({"/robots.txt": reply(text), "/a": PAGE}) as server:
        async with fetcher() as web:
            await fetched(web, server.url("/a"))


async def test_robots_txt_that_never_ends_is_unreadable() -> None:
    async def drip(exchange: Exchange) -> None:
        await exchange.send(b"HTTP/1.1 200 OK\r\n\r\n")
        await exchange.reader.read()

    with HttpServer({"/robots.txt": drip, "/a": PAGE}) as server:
        async with fetcher(timeout=0.3) as web:
            failure = await failed(web, server.url("/a"), FailureKind.ROBOTS)
    assert "no complete answer within 0.3 s" in failure.reason
