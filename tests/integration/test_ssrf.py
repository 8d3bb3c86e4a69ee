"""With `allow_private` off nothing inside is ever asked, however its address is written and whatever leads to it."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from crawler.checks import Outcome, Result
from crawler.model import Failure, FailureKind, Request, Source
from crawler.options import Secret
from crawler.pipeline import check_host
from storage.store import Store
from tests.support.fetching import answer_names, fetched, fetcher
from tests.support.http_server import HttpServer, page, redirect, reply
from tests.support.inside import INSIDE, NAMES, PUBLIC
from tests.support.store import NOW, opened
from tests.support.values import PARAGRAPHS, source
from tests.support.web import Web, desk

HOSTS = pytest.mark.parametrize("host", INSIDE.values(), ids=INSIDE)


@pytest.fixture
def inner() -> Iterator[HttpServer]:
    """What stands behind the firewall: no test may reach it."""
    with HttpServer(fallback=page("".join(f"<p>{text}</p>" for text in PARAGRAPHS))) as running:
        yield running
        assert running.connections == 0


@pytest.fixture
def portal() -> Iterator[HttpServer]:
    with HttpServer() as running:
        yield running


@pytest.fixture(autouse=True)
def names(monkeypatch: pytest.MonkeyPatch) -> None:
    answer_names(monkeypatch, NAMES)


def is_refusal(answer: object, host: str) -> bool:
    """Whether it was refused for its address, which is named; a few spellings are no address to some systems."""
    assert isinstance(answer, Failure), answer
    if answer.kind is FailureKind.ADDRESS:
        return "refused: " in answer.reason or "not a valid address" in answer.reason
    if "Invalid URL in location header" in answer.reason:
        return True
    return answer.kind is FailureKind.DNS and not host.startswith("[")


@HOSTS
async def test_as_a_page(inner: HttpServer, host: str) -> None:
    async with fetcher(allow_private=False) as web:
        assert is_refusal(await web.fetch(Request(url=inner.url("/", host))), host)


@HOSTS
async def test_behind_a_redirect(inner: HttpServer, portal: HttpServer, host: str) -> None:
    target = inner.url("/secret", host).encode().decode("latin-1")
    portal.routes |= {"/in": redirect(target), "/well": page("<p>well</p>")}
    async with fetcher(allow_private=False) as web:
        answer = await web.fetch(Request(url=portal.url("/in", "portal.example")))
        assert is_refusal(answer, host)
        await fetched(web, portal.url("/well", "portal.example"))


@HOSTS
async def test_behind_a_redirect_of_robots_txt(inner: HttpServer, portal: HttpServer, host: str) -> None:
    portal.routes["/robots.txt"] = redirect(inner.url("/robots.txt", host).encode().decode("latin-1"))
    async with fetcher(allow_private=False) as web:
        assert is_refusal(await web.fetch(Request(url=portal.url("/a.html", "portal.example"))), host)
    assert portal.targets == ["/robots.txt"]


@HOSTS
async def test_as_a_webhook(inner: HttpServer, host: str) -> None:
    async with fetcher(allow_private=False) as web:
        answer = await web.post(inner.url("/hook", host), headers={}, content=b"{}", timeout=timedelta(seconds=5))
    assert is_refusal(answer, host)


async def test_a_webhook_follows_no_redirect(inner: HttpServer, portal: HttpServer) -> None:
    portal.fallback = redirect(inner.url("/hook"), 307)
    async with fetcher(allow_private=False) as web:
        url = portal.url("/hook", "portal.example")
        answer = await web.post(url, headers={}, content=b"{}", timeout=timedelta(seconds=5))
    assert isinstance(answer, Failure)
    assert answer.kind is FailureKind.STATUS


@HOSTS
async def test_by_a_proxy(inner: HttpServer, portal: HttpServer, host: str) -> None:
    """The proxy stands on loopback itself, which is its operator's choice; it is not asked for what is inside."""
    for scheme in ("http", "socks5"):
        async with fetcher(allow_private=False, proxy=Secret(portal.url().replace("http", scheme, 1))) as web:
            answer = await web.fetch(Request(url=inner.url("/", host)))
        assert isinstance(answer, Failure)
        assert answer.kind is FailureKind.ADDRESS
    assert portal.connections == 0


@pytest.mark.parametrize("host", ["intranet", "wiki.internal", "printer.local", "router.home.arpa", "x.localhost"])
async def test_a_proxy_is_not_asked_for_names_of_its_own_network(portal: HttpServer, host: str) -> None:
    async with fetcher(allow_private=False, proxy=Secret(portal.url())) as web:
        answer = await web.fetch(Request(url=f"http://{host}./"))
    assert isinstance(answer, Failure)
    assert "is a name of a private network" in answer.reason or "is a loopback address" in answer.reason
    assert portal.connections == 0


async def test_a_name_that_changes_between_two_looks_is_checked_at_each(
    inner: HttpServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    looked_up = answer_names(monkeypatch, {"portal.example": [[PUBLIC], ["10.0.0.7"]]})
    with HttpServer({"/a.html": page("<p>a</p>", Connection="close")}, fallback=reply(status=404)) as portal:
        async with fetcher(allow_private=False) as web:
            await web.fetch(Request(url=portal.url("/robots.txt", "portal.example")))
            asked = len(portal.targets)
            assert looked_up == ["portal.example"]
            answer = await web.fetch(Request(url=inner.url("/a.html", "portal.example")))
    assert is_refusal(answer, "portal.example")
    assert "portal.example is 10.0.0.7" in answer.reason  # type: ignore[union-attr]  # a failure
    assert len(portal.targets) == asked


async def test_what_was_looked_up_for_the_check_is_what_is_dialled(
    portal: HttpServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The classic of rebinding: the first look is for the check, the second for the connection. There is no second."""
    looked_up = answer_names(monkeypatch, {"portal.example": [[PUBLIC], ["127.0.0.1"]]})
    portal.routes["/a.html"] = page("<p>a</p>")
    async with fetcher(allow_private=False) as web:
        await fetched(web, portal.url("/a.html", "portal.example"))
        await fetched(web, portal.url("/a.html", "portal.example"))
    assert looked_up == ["portal.example"]
    assert portal.connections == 1


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with opened(tmp_path / "crawler.db") as open_store:
        yield open_store


async def checked(store: Store, *sources: Source) -> list[Result]:
    """A round through the real gate."""
    results: list[Result] = []
    store.sync(sources, NOW)
    wanted = {each.id: each for each in sources}
    async with fetcher(allow_private=False) as web:
        table = replace(desk(Web(), store), gate=web)
        await check_host(store.due_listings(wanted, None), table, results.append)
        await check_host(store.due(wanted, None), table, results.append)
    return results


def report(number: int, more: str = "") -> bytes:
    body = "".join(f"<p>{text}</p>" for text in PARAGRAPHS)
    return page(f"<h1>第{number}市2026年政府工作报告</h1><div>{body}</div>{more}")


def sources_of(portal: HttpServer) -> list[Source]:
    return [
        source(id=path.strip("/").partition(".")[0], url=portal.url(path, "portal.example"), delay=timedelta(0))
        for path in portal.routes
    ]


async def test_linked_from_a_listing(store: Store, inner: HttpServer, portal: HttpServer) -> None:
    links = [inner.url(f"/{number}.html", host) for number, host in enumerate(INSIDE.values())]
    well = portal.url("/well.html", "portal.example")
    portal.routes = {
        "/list/": page("".join(f"<p><a href='{link}'>政府工作报告</a></p>" for link in (*links, well))),
        "/well.html": report(1),
    }
    listing = portal.url("/list/", "portal.example")
    listed = source(id="all", url=None, listing=listing, match=r"\d\.html$|well", max_pages=5, delay=timedelta(0))
    told = {result.url: result for result in await checked(store, listed)}
    assert told.pop(well).outcome is Outcome.NEW
    assert len(told) > 40
    assert {result.outcome for result in told.values()} == {Outcome.FAILED}


async def test_in_pagers_and_as_documents_of_a_notice(store: Store, inner: HttpServer, portal: HttpServer) -> None:
    """A pager to another host is none of the article's (p); its own next part may redirect (q)."""
    for number, host in enumerate(INSIDE.values()):
        inside, following = inner.url(f"/{number}_2.html", host), f"q{number}_2.html"
        notice = f"<h1>关于印发第{number}市政府工作报告的通知</h1><p>现予印发，请认真贯彻执行。</p><p>附件："
        portal.routes |= {
            f"/p{number}.html": report(number, f"<p>1 <a href='{inside}'>2</a> <a href='{inside}'>下一页</a></p>"),
            f"/q{number}.html": report(
                number, f"<p>1 <a href='{following}'>2</a> <a href='{following}'>下一页</a></p>"
            ),
            f"/n{number}.html": page(f"{notice}<a href='{inside.replace('html', 'pdf')}'>政府工作报告.pdf</a></p>"),
        }
    watched = sources_of(portal)
    for number, host in enumerate(INSIDE.values()):
        inside = inner.url("/secret", host).encode().decode("latin-1")
        portal.routes[f"/q{number}_2.html"] = redirect(inside)
    told = {result.source: result for result in await checked(store, *watched)}
    assert len(told) == 3 * len(INSIDE)
    assert {result.outcome for name, result in told.items() if name[0] == "p"} == {Outcome.NEW}
    reasons = [result.reason or "" for name, result in told.items() if name[0] in "qn"]
    words = ("refused: ", "not a valid address", "Invalid URL in location header", "DNS: no address for")
    assert [reason for reason in reasons if not any(word in reason for word in words)] == []
    assert sum("refused: " in reason for reason in reasons) > 80
