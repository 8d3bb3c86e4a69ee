"""Redirects and the guard: where they lead, and where they must not."""

from collections.abc import Iterator

import pytest

from crawler.model import Failure, FailureKind, NotModified, Request
from tests.support.fetching import NOW, failed, fetched, fetcher, name_hosts
from tests.support.http_server import HttpServer, page, redirect, reply

PUBLIC = "93.184.216.34"


@pytest.fixture
def server() -> Iterator[HttpServer]:
    with HttpServer({"/end": page("<p>end</p>")}) as running:
        yield running


async def test_redirects_are_followed_to_the_page(server: HttpServer) -> None:
    server.routes |= {"/1": redirect("/2", 301), "/2": redirect("3", 308), "/3": redirect("/end", 302)}
    async with fetcher() as web:
        answer = await fetched(web, server.url("/1"))
    assert answer.url == server.url("/end")
    assert answer.permanent_url == server.url("/3")


async def test_loops_and_endless_chains_end(server: HttpServer) -> None:
    server.routes |= {"/loop": redirect("/loop")}
    server.routes |= {f"/{number}": redirect(f"/{number + 1}") for number in range(50)}
    async with fetcher() as web:
        assert "loop" in (await failed(web, server.url("/loop"), FailureKind.REDIRECT)).reason
        assert "more than 5" in (await failed(web, server.url("/0"), FailureKind.REDIRECT)).reason
        await fetched(web, server.url("/end"))
    assert server.targets.count("/5") == 1
    assert "/6" not in server.targets


@pytest.mark.parametrize("location", ["file:///etc/passwd", "ftp://127.0.0.1/", "http://u:p@127.0.0.1/", "http://[/"])
async def test_redirects_out_of_the_web_are_not_followed(server: HttpServer, location: str) -> None:
    server.routes["/out"] = redirect(location)
    async with fetcher() as web:
        assert "do not follow" in (await failed(web, server.url("/out"), FailureKind.REDIRECT)).reason


async def test_a_date_is_not_compared_with_another_page(server: HttpServer) -> None:
    server.routes |= {"/latest": redirect("/new"), "/new": reply(status=304)}
    request = Request(url=server.url("/latest"), etag='"v1"', last_modified="Fri, 06 Mar 2026 01:00:00 GMT")
    async with fetcher() as web:
        assert await web.fetch(request) == NotModified(url=server.url("/new"), fetched_at=NOW)
    assert server.requests[-1].headers["if-none-match"] == '"v1"'
    assert "if-modified-since" not in server.requests[-1].headers


async def test_each_hop_asks_the_robots_of_its_own_host(server: HttpServer) -> None:
    rules = reply(b"User-agent: *\nDisallow: /end")
    with HttpServer({"/robots.txt": rules, "/end": page("no")}) as closed:
        server.routes["/out"] = redirect(closed.url("/end"))
        async with fetcher() as web:
            failure = await failed(web, server.url("/out"), FailureKind.ROBOTS)
    assert closed.url("/") in failure.reason
    assert closed.targets == ["/robots.txt"]


# --- the guard -------------------------------------------------------------------------------------------------------


def loopback_spellings() -> list[str]:
    plain = ["127.0.0.1", "localhost", "2130706433", "0x7f000001", "0177.0.0.1", "127.1", "[::1]", "[::ffff:7f00:1]"]
    return [*plain, "0", "0.0.0.0", "[::]", "[64:ff9b::7f00:1]", "１２７.0.0.1"]


@pytest.mark.parametrize("host", loopback_spellings())
async def test_loopback_is_refused_in_every_spelling(server: HttpServer, host: str) -> None:
    async with fetcher(allow_private=False) as web:
        answer = await web.fetch(Request(url=server.url("/end", host)))
    assert isinstance(answer, Failure)
    assert answer.kind in (FailureKind.ADDRESS, FailureKind.DNS)
    assert server.connections == 0


@pytest.mark.parametrize(
    "host", ["169.254.169.254", "0.0.0.0", "224.0.0.1", "[::ffff:169.254.169.254]", "100.100.100.200"]
)
async def test_metadata_services_are_refused_even_where_private_addresses_are_not(host: str) -> None:
    async with fetcher() as web:
        failure = await failed(web, f"http://{host}/latest/meta-data/", FailureKind.ADDRESS)
    assert failure.permanent
    assert host.strip("[]").rpartition(":")[2] in failure.reason or "a9fe" in failure.reason


async def test_a_name_is_looked_up_once_and_dialled_as_checked(
    server: HttpServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    looked_up = name_hosts(monkeypatch, {"portal.example": [PUBLIC]})
    async with fetcher(allow_private=False) as web:
        answer = await fetched(web, server.url("/end", "portal.example"))
    assert answer.content == b"<p>end</p>"
    assert looked_up == ["portal.example"]
    assert server.requests[-1].headers["host"] == f"portal.example:{server.port}"


@pytest.mark.parametrize("answers", [["127.0.0.1"], [PUBLIC, "10.0.0.7"], ["::1", PUBLIC], ["fe80::1%eth0"]])
async def test_one_private_answer_spoils_a_name(
    server: HttpServer, monkeypatch: pytest.MonkeyPatch, answers: list[str]
) -> None:
    name_hosts(monkeypatch, {"portal.example": answers})
    async with fetcher(allow_private=False) as web:
        failure = await failed(web, server.url("/end", "portal.example"), FailureKind.ADDRESS)
    assert "portal.example is " in failure.reason
    assert server.connections == 0


@pytest.mark.parametrize("target", ["http://127.0.0.1:{port}/end", "http://inner.example:{port}/end"])
async def test_a_redirect_inwards_is_refused(server: HttpServer, monkeypatch: pytest.MonkeyPatch, target: str) -> None:
    name_hosts(monkeypatch, {"portal.example": [PUBLIC], "inner.example": ["192.168.1.5"]})
    server.routes["/in"] = redirect(target.format(port=server.port))
    async with fetcher(allow_private=False) as web:
        await failed(web, server.url("/in", "portal.example"), FailureKind.ADDRESS)
    assert server.targets == ["/robots.txt", "/in"]


async def test_the_next_address_is_tried_where_the_first_does_not_answer(
    server: HttpServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def resolve(host: str, port: int) -> list[str]:
        return ["127.0.0.2", "127.0.0.1"]

    monkeypatch.setattr("crawler.fetch.guard.resolve", resolve)
    async with fetcher() as web:
        await fetched(web, server.url("/end", "portal.example"))
