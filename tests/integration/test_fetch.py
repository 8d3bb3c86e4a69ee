"""What a page comes as, and what each kind of failure says, over real loopback connections."""

import gzip
import logging
import socket
import zlib
from collections.abc import Iterator
from datetime import timedelta

import pytest

from crawler.model import Failure, FailureKind, Fetched, NotModified, Request
from tests.support.fetching import NOW, failed, fetched, fetcher
from tests.support.http_server import Exchange, HttpServer, Route, page, redirect, reply

REPORT = "<html><body><p>今年地区生产总值增长百分之六左右。</p></body></html>"


@pytest.fixture
def server() -> Iterator[HttpServer]:
    with HttpServer({"/report.html": page(REPORT)}) as running:
        yield running


def closed_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


async def test_a_page_comes_as_it_is(server: HttpServer) -> None:
    server.routes["/report.html"] = page(REPORT, "gbk", ETag='"v1"', X_Part="a")
    async with fetcher() as web:
        answer = await fetched(web, server.url("/report.html#top"))
    assert answer.url == server.url("/report.html")
    assert answer.content == REPORT.encode("gbk")
    assert answer.content_type == "text/html; charset=gbk"
    assert (answer.status, answer.headers["etag"], answer.fetched_at) == (200, '"v1"', NOW)
    assert answer.permanent_url is None


async def test_who_we_are_is_told_truthfully(server: HttpServer) -> None:
    async with fetcher(contact="mailto:desk@example.org\r\nX: (y) 张") as web:
        await web.fetch(Request(url=server.url("/report.html")))
    for request in server.requests:
        assert request.headers["user-agent"] == "report-crawler/0.1.0 (+mailto:desk@example.orgX: y)"
        assert request.headers["accept-encoding"] == "gzip, deflate"
        assert "x" not in request.headers
    async with fetcher() as web:
        await web.fetch(Request(url=server.url("/report.html")))
    assert server.requests[-1].headers["user-agent"] == "report-crawler/0.1.0"


async def test_one_connection_serves_many_requests(server: HttpServer) -> None:
    server.routes["/moved"] = redirect("/report.html")
    server.routes["/same"] = reply(status=304)
    async with fetcher() as web:
        for path in ("/report.html", "/moved", "/missing", "/report.html"):
            await web.fetch(Request(url=server.url(path)))
        await web.fetch(Request(url=server.url("/same"), etag='"v1"'))
        await fetched(web, server.url("/report.html"))
    assert server.connections == 1


def silent(times: int) -> Route:
    """Hangs up so many times without an answer."""
    left = times

    async def route(exchange: Exchange) -> None:
        nonlocal left
        left -= 1
        if left < 0:
            await exchange.send(page(REPORT))

    return route


async def test_a_connection_closed_while_it_was_idle_costs_nothing(server: HttpServer) -> None:
    server.routes["/b"] = silent(1)
    async with fetcher() as web:
        await fetched(web, server.url("/report.html"))
        await fetched(web, server.url("/b"))
    assert server.targets == ["/robots.txt", "/report.html", "/b", "/b"]


async def test_a_server_that_never_answers_is_not_pressed(server: HttpServer) -> None:
    server.routes["/b"] = silent(99)
    async with fetcher() as web:
        await failed(web, server.url("/b"), FailureKind.PROTOCOL)
        await failed(web, server.url("/b"), FailureKind.PROTOCOL)
        hook = await web.post(server.url("/b"), headers={}, content=b"{}", timeout=timedelta(seconds=5))
    assert isinstance(hook, Failure)
    assert [(request.method, request.target) for request in server.requests[1:]] == [("GET", "/b")] * 3 + [
        ("POST", "/b")
    ]


@pytest.mark.parametrize(("coding", "squeeze"), [("gzip", gzip.compress), ("deflate", zlib.compress)])
async def test_compressed_pages_come_plain(server: HttpServer, coding: str, squeeze: object) -> None:
    assert callable(squeeze)
    server.routes["/z"] = reply(squeeze(REPORT.encode()), headers={"Content-Encoding": coding})
    async with fetcher() as web:
        assert (await fetched(web, server.url("/z"))).content == REPORT.encode()


async def test_chunked_pages_come_whole(server: HttpServer) -> None:
    chunks = b"".join(b"%x\r\n%s\r\n" % (len(part), part) for part in (b"<p>a", b"b</p>", b"")) + b""
    server.routes["/chunked"] = reply(chunks, headers={"Transfer-Encoding": "chunked"})
    async with fetcher() as web:
        assert (await fetched(web, server.url("/chunked"))).content == b"<p>ab</p>"


async def test_our_validators_are_sent_and_304_is_believed(server: HttpServer) -> None:
    server.routes["/report.html"] = reply(status=304)
    date = "Fri, 06 Mar 2026 01:00:00 GMT"
    async with fetcher() as web:
        answer = await web.fetch(Request(url=server.url("/report.html"), etag='W/"v1"', last_modified=date))
        assert answer == NotModified(url=server.url("/report.html"), fetched_at=NOW)
        sent = server.requests[-1].headers
        assert (sent["if-none-match"], sent["if-modified-since"]) == ('W/"v1"', date)
        assert "if-none-match" not in server.requests[0].headers  # robots.txt
        await failed(web, server.url("/report.html"), FailureKind.STATUS)


@pytest.mark.parametrize("etag", ['"a\r\nX: y"', '"版本"', "x" * 5000, '"\x7f"'])
async def test_validators_that_are_no_header_text_are_left_out(server: HttpServer, etag: str) -> None:
    async with fetcher() as web:
        answer = await web.fetch(Request(url=server.url("/report.html"), etag=etag))
    assert isinstance(answer, Fetched)
    assert "if-none-match" not in server.requests[-1].headers


async def test_cookies_are_neither_kept_nor_sent(server: HttpServer) -> None:
    server.routes["/report.html"] = page(REPORT, Set_Cookie="session=1; Path=/")
    async with fetcher() as web:
        answer = await fetched(web, server.url("/report.html"))
        await fetched(web, server.url("/report.html"))
    assert "set-cookie" not in answer.headers
    assert all("cookie" not in request.headers for request in server.requests)


async def test_nothing_of_an_address_is_logged(server: HttpServer, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.INFO):
        async with fetcher() as web:
            await web.post(server.url("/hook?token=geheim"), headers={}, content=b"x", timeout=timedelta(seconds=5))
    assert "geheim" not in caplog.text


# --- failures --------------------------------------------------------------------------------------------------------


async def test_a_refused_connection_says_who_refused() -> None:
    port = closed_port()
    async with fetcher() as web:
        failure = await failed(web, f"http://127.0.0.1:{port}/", FailureKind.CONNECT)
    assert failure.reason == f"connection refused by 127.0.0.1:{port}"
    assert not failure.permanent


@pytest.mark.parametrize("host", ["portal.invalid", "a" * 70 + ".invalid", "a..invalid"])
async def test_an_unknown_name_says_which(host: str) -> None:
    async with fetcher() as web:
        failure = await failed(web, f"http://{host}/", FailureKind.DNS)
    assert failure.reason == f"DNS: no address for {host}"
    assert not failure.permanent


@pytest.mark.parametrize(("status", "permanent"), [(404, True), (410, True), (403, True), (500, False), (503, False)])
async def test_a_status_says_its_name(server: HttpServer, status: int, permanent: bool) -> None:
    server.routes["/s"] = reply(b"<h1>oops</h1>", status)
    async with fetcher() as web:
        failure = await failed(web, server.url("/s"), FailureKind.STATUS)
    assert failure.reason.startswith(f"HTTP {status} ")
    assert (failure.status, failure.permanent, failure.gone) == (status, permanent, status in (404, 410))


@pytest.mark.parametrize(
    "answer", [reply(), reply(status=204), reply(gzip.compress(b"", mtime=0), headers={"Content-Encoding": "gzip"})]
)
async def test_an_empty_page_is_a_failure(server: HttpServer, answer: bytes) -> None:
    server.routes["/empty"] = answer
    async with fetcher() as web:
        await failed(web, server.url("/empty"), FailureKind.CONTENT)


async def test_a_picture_is_a_failure(server: HttpServer) -> None:
    server.routes["/p"] = reply(b"\x89PNG\r\n\x1a\n", headers={"Content-Type": "image/png"})
    async with fetcher() as web:
        assert "image/png" in (await failed(web, server.url("/p"), FailureKind.CONTENT)).reason


@pytest.mark.parametrize(
    "url", ["", "nonsense", "ftp://127.0.0.1/", "http://user:pw@127.0.0.1/", "http://127.0.0.1:70000/"]
)
async def test_what_is_no_web_address_is_not_asked_for(url: str) -> None:
    async with fetcher() as web:
        failure = await failed(web, url, FailureKind.ADDRESS)
    assert failure.permanent
    assert "pw" not in failure.reason


# --- webhooks --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "answer", [reply(b"ok"), reply(status=204), reply(b"\xff", headers={"Content-Encoding": "gzip"})]
)
async def test_any_2xx_accepts_a_webhook(server: HttpServer, answer: bytes) -> None:
    server.routes["/hook?token=geheim"] = answer
    async with fetcher() as web:
        sent = await web.post(
            server.url("/hook?token=geheim"),
            headers={"webhook-id": "a1", "Content-Type": "application/json"},
            content="{'名': 1}".encode(),
            timeout=timedelta(seconds=5),
        )
    assert isinstance(sent, Fetched)
    assert sent.url == server.url("/")
    (request,) = server.requests
    assert (request.method, request.body) == ("POST", "{'名': 1}".encode())
    assert (request.headers["webhook-id"], request.headers["content-type"]) == ("a1", "application/json")


@pytest.mark.parametrize(
    ("answer", "status", "permanent", "wait"),
    [
        (redirect("/report.html"), 302, True, None),
        (reply(status=400), 400, True, None),
        (reply(status=500), 500, False, None),
        (reply(status=429, headers={"Retry-After": "90"}), 429, False, timedelta(seconds=90)),
        (reply(status=304), 304, True, None),
    ],
)
async def test_anything_else_refuses_it(
    server: HttpServer, answer: bytes, status: int, permanent: bool, wait: timedelta | None
) -> None:
    server.routes["/hook"] = answer
    async with fetcher() as web:
        failure = await web.post(server.url("/hook"), headers={}, content=b"{}", timeout=timedelta(seconds=5))
    assert isinstance(failure, Failure)
    assert (failure.status, failure.permanent, failure.retry_after) == (status, permanent, wait)
    assert server.targets == ["/hook"]


async def test_a_webhook_that_cannot_be_delivered_keeps_its_token_to_itself() -> None:
    url = f"http://127.0.0.1:{closed_port()}/hook?token=geheim"
    async with fetcher() as web:
        refused = await web.post(url, headers={}, content=b"{}", timeout=timedelta(seconds=5))
    async with fetcher(allow_private=False) as web:
        guarded = await web.post(url, headers={}, content=b"{}", timeout=timedelta(seconds=5))
    assert isinstance(refused, Failure)
    assert isinstance(guarded, Failure)
    assert (refused.kind, guarded.kind) == (FailureKind.CONNECT, FailureKind.ADDRESS)
    assert "geheim" not in repr(refused) + repr(guarded)


@pytest.mark.parametrize("host", ["☃☃.example", "xn--zzzzzz--.example", "pw@hooks.example"])
async def test_a_webhook_s_address_that_cannot_be_read_is_not_shown(host: str) -> None:
    """Such a name passes for one in sources.yaml, where no rules of names are looked up."""
    async with fetcher() as web:
        failure = await web.post(
            f"https://{host}/hook?token=geheim", headers={}, content=b"{}", timeout=timedelta(seconds=5)
        )
    assert isinstance(failure, Failure)
    assert (failure.kind, failure.permanent) == (FailureKind.ADDRESS, True)
    assert "geheim" not in repr(failure)


async def test_a_webhook_has_its_own_deadline(server: HttpServer) -> None:
    async def never(exchange: Exchange) -> None:
        await exchange.reader.read()

    server.routes["/hook"] = never
    async with fetcher() as web:
        failure = await web.post(server.url("/hook"), headers={}, content=b"{}", timeout=timedelta(seconds=0.3))
    assert isinstance(failure, Failure)
    assert (failure.kind, failure.reason) == (FailureKind.TIMEOUT, "no complete answer within 0.3 s")


async def test_a_webhook_does_not_wait_for_the_pages_of_its_host(server: HttpServer) -> None:
    async with fetcher() as web:
        web.set_next_allowed(f"127.0.0.1:{server.port}", NOW + timedelta(hours=1))
        sent = await web.post(server.url("/report.html"), headers={}, content=b"{}", timeout=timedelta(seconds=5))
    assert isinstance(sent, Fetched)
