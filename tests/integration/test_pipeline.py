"""One check, and a host's checks, at the real store; only the network is a dictionary of answers."""

import asyncio
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from crawler.checks import Outcome
from crawler.errors import StorageError
from crawler.model import Request, Response
from crawler.pipeline import check_page, host_of
from storage import queries
from storage.store import Store
from tests.support.oldword import doc
from tests.support.store import NOW, alter, opened
from tests.support.values import PARAGRAPHS, source
from tests.support.web import LISTING, URL, Web, desk, html, one, round_of
from tests.support.word import docx, paragraph


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with opened(tmp_path / "crawler.db") as open_store:
        yield open_store


async def test_a_page_goes_from_new_to_unchanged_to_changed(store: Store) -> None:
    web = Web()
    web.put(URL, html())
    assert [result.outcome for result in await round_of(web, store, one())] == [Outcome.NEW]
    assert [result.outcome for result in await round_of(web, store, one())] == [Outcome.UNCHANGED]
    web.put(URL, html(tuple(text.replace("6%左右", "5.5%左右") for text in PARAGRAPHS)))
    (result,) = await round_of(web, store, one())
    assert (result.outcome, result.version) == (Outcome.CHANGED, 2)
    assert [alert.summary for alert in result.alerts] == ["地区生产总值增长 6%左右 → 5.5%左右"]
    assert [line.deliveries[0].channel for line in queries.alerts(store)] == ["desk"]


async def test_other_work_goes_on_while_a_huge_page_is_read(store: Store) -> None:
    web = Web()
    web.put(URL, html() + b"<p>1</p>" * 150_000)
    reading = asyncio.create_task(round_of(web, store, one()))
    turns = 0
    while not reading.done():
        await asyncio.sleep(0)
        turns += 1
    assert [result.outcome for result in reading.result()] == [Outcome.NEW]
    assert turns > 100  # a handful, if nothing else could run meanwhile


async def test_validators_are_sent_and_a_304_is_unchanged(store: Store) -> None:
    web = Web()
    web.put(URL, html(), etag='"a"')
    await round_of(web, store, one())
    assert [result.outcome for result in await round_of(web, store, one())] == [Outcome.UNCHANGED]
    assert [request.etag for request in web.asked] == [None, '"a"']


async def test_new_validators_of_an_unchanged_text_are_kept(store: Store) -> None:
    web = Web()
    for etag in ('"a"', '"b"', '"b"'):
        web.put(URL, html() + f"<!-- {etag} -->".encode(), etag=etag)
        await round_of(web, store, one())
    assert [request.etag for request in web.asked] == [None, '"a"', '"b"']
    assert len(queries.versions(store, 1)) == 1


async def test_a_bug_met_on_one_page_is_that_pages_failure(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    web = Web()
    web.put(URL, html())
    web.put("https://www.example.org/bad.html", html(title="坏页"))
    real = desk(web, store).gate.fetch

    async def broken(request: Request) -> Response:
        if "bad" in request.url:
            raise ZeroDivisionError
        return await real(request)

    monkeypatch.setattr(web, "fetch", broken)
    bad = source(id="bad", url="https://www.example.org/bad.html", delay=timedelta(0))
    outcomes = {result.source: result for result in await round_of(web, store, bad, one())}
    assert (outcomes["bad"].outcome, outcomes["yunxi"].outcome) == (Outcome.FAILED, Outcome.NEW)
    assert "ZeroDivisionError" in (outcomes["bad"].reason or "")


async def test_a_damaged_version_stops_its_own_page_only(store: Store, tmp_path: Path) -> None:
    web = Web()
    other = source(id="other", url="https://www.example.org/other.html", delay=timedelta(0))
    for page in (one(), other):
        web.put(page.url or "", html(title=page.id))
    await round_of(web, store, one(), other)
    alter(tmp_path / "crawler.db", "UPDATE version SET body = x'00' WHERE page = 1")
    for page in (one(), other):
        web.put(page.url or "", html((*PARAGRAPHS, "结尾又添了一句话。"), title=page.id))
    outcomes = sorted(result.outcome for result in await round_of(web, store, one(), other))
    assert outcomes == [Outcome.CHANGED, Outcome.FAILED]


async def test_trouble_with_the_store_is_not_taken_for_the_pages(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    web = Web()
    web.put(URL, html())

    def locked(_: object) -> None:
        raise StorageError("crawler.db is locked")

    monkeypatch.setattr(store, "record", locked)
    with pytest.raises(StorageError, match="locked"):
        await round_of(web, store, one())


async def test_a_page_recorded_by_another_process_meanwhile_is_read_anew(store: Store, tmp_path: Path) -> None:
    web = Web()
    web.put(URL, html())
    await round_of(web, store, one())
    web.put(URL, html((*PARAGRAPHS, "结尾又添了一句话。")))
    (stale,) = store.due({"yunxi": one()}, None)
    with opened(tmp_path / "crawler.db") as other:
        await round_of(web, other, one())
    result = await check_page(stale, desk(web, store))
    assert (result.outcome, result.version, result.alerts) == (Outcome.UNCHANGED, 2, ())
    assert len(queries.alerts(store)) == 1, "told once, whoever was first"


async def test_pauses_are_booked_for_all_processes(store: Store, tmp_path: Path) -> None:
    web = Web()
    web.put(URL, html())
    await round_of(web, store, replace(one(), delay=timedelta(seconds=2)))
    assert web.allowed["www.example.org"] == NOW
    with opened(tmp_path / "crawler.db") as other:
        await round_of(web, other, replace(one(), delay=timedelta(seconds=2)))
    assert web.allowed["www.example.org"] == NOW + timedelta(seconds=2)


class TestListing:
    SOURCE = source(id="list", url=None, listing=LISTING, match=r"/\d+\.html$", delay=timedelta(0))

    def put(self, web: Web, *numbers: int) -> None:
        links = "".join(f'<a href="/list/{n}.html">第{n}号报告</a>' for n in numbers)
        web.put(LISTING, f"<html><body>{links}</body></html>".encode())
        for n in numbers:
            web.put(f"{LISTING}{n}.html", html((f"这是第{n}份报告，与其他报告不同。", *PARAGRAPHS), f"第{n}号报告"))

    async def test_the_first_reading_is_silent_and_what_comes_later_is_news(self, store: Store) -> None:
        web = Web()
        self.put(web, 1, 2)
        first = await round_of(web, store, self.SOURCE)
        assert ([r.outcome for r in first], [r.alerts for r in first]) == ([Outcome.NEW] * 2, [()] * 2)
        self.put(web, 1, 2, 3)
        later = {result.url: result for result in await round_of(web, store, self.SOURCE)}
        assert [alert.type for alert in later[f"{LISTING}3.html"].alerts] == ["page.new"]
        assert [result.outcome for result in later.values()].count(Outcome.UNCHANGED) == 2

    async def test_a_new_report_that_fails_at_first_is_news_when_it_can_be_read(self, store: Store) -> None:
        web = Web()
        self.put(web, 1)
        await round_of(web, store, self.SOURCE)
        self.put(web, 1, 2)
        good = web.answers[f"{LISTING}2.html"]
        web.fail(f"{LISTING}2.html")
        await round_of(web, store, self.SOURCE)
        web.answers[f"{LISTING}2.html"] = good
        results = await round_of(web, store, self.SOURCE)
        assert [alert.type for result in results for alert in result.alerts] == ["page.new"]

    async def test_a_report_under_a_new_address_is_not_news(self, store: Store) -> None:
        web = Web()
        self.put(web, 1)
        await round_of(web, store, self.SOURCE)
        web.put(f"{LISTING}77.html", html(("这是第1份报告，与其他报告不同。", *PARAGRAPHS), "第1号报告"))
        web.put(LISTING, f'<a href="{LISTING}77.html">第1号报告</a>'.encode())
        assert [alert for result in await round_of(web, store, self.SOURCE) for alert in result.alerts] == []

    async def test_a_listing_that_cannot_be_read_is_one_line_and_leaves_its_pages_alone(self, store: Store) -> None:
        web = Web()
        self.put(web, 1)
        await round_of(web, store, self.SOURCE)
        web.fail(LISTING)
        outcomes = {result.url: result.outcome for result in await round_of(web, store, self.SOURCE)}
        assert outcomes == {LISTING: Outcome.FAILED, f"{LISTING}1.html": Outcome.UNCHANGED}


@pytest.mark.parametrize(
    ("url", "host"),
    [
        ("https://WWW.Example.org/a", "www.example.org"),
        ("https://www.example.org:443/", "www.example.org"),
        ("http://www.example.org:8080/", "www.example.org:8080"),
        ("http://[::1]:8080/", "::1:8080"),
    ],
)
def test_politeness_counts_by_host_and_unusual_port(url: str, host: str) -> None:
    assert host_of(url) == host


async def test_a_notice_whose_document_is_replaced_by_one_of_another_kind_says_the_same(store: Store) -> None:
    title, folder = "云溪市2026年政府工作报告", URL.rpartition("/")[0]

    def notice(name: str) -> bytes:
        link = f"<p>附件：<a href='{name}'>{title}{name[-5:]}</a></p>"
        return f"<h1>{title}</h1><div><p>现将报告印发给你们，请认真贯彻落实。</p>{link}</div>".encode()

    web = Web()
    web.put(URL, notice("r.docx"))
    web.put(f"{folder}/r.docx", docx("".join(map(paragraph, (title, *PARAGRAPHS)))))
    await round_of(web, store, one())
    web.put(URL, notice("s.doc"))
    web.put(f"{folder}/s.doc", doc(title, *PARAGRAPHS))
    seen = [(await round_of(web, store, one()))[0] for _ in range(2)]
    assert [each.outcome for each in seen] == [Outcome.UNCHANGED] * 2
    assert [part.url for part in store.due_page(1, one()).parts] == [URL, f"{folder}/s.doc"]
    web.put(f"{folder}/s.doc", doc(title, *(text.replace("6%左右", "5.5%左右") for text in PARAGRAPHS)))
    (result,) = await round_of(web, store, one())
    assert [alert.summary for alert in result.alerts] == ["地区生产总值增长 6%左右 → 5.5%左右"]
