"""A page that hangs or crashes the parser fails with its reason; every other page of the round is checked."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from bench.hostile_documents import forms_in_forms
from crawler.apart.readers import Readers
from crawler.checks import Outcome, Result
from crawler.extract import extract_with_imprint, surroundings_of
from crawler.extract.listing import read_listing
from crawler.model import Source
from crawler.pipeline import check_host
from crawler.reading import Reader
from storage.store import Store
from tests.support import apart
from tests.support.store import NOW, opened
from tests.support.values import PARAGRAPHS, source
from tests.support.web import LISTING, URL, Web, desk, html, one, round_of

BAD = "https://www.example.org/bad.html"


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with opened(tmp_path / "crawler.db") as open_store:
        yield open_store


async def round_apart(web: Web, store: Store, read: Reader, *sources: Source, rules: str = "code") -> dict[str, Result]:
    """The last result of each source."""
    results: list[Result] = []
    store.sync(sources, NOW)
    wanted = {each.id: each for each in sources}
    table = replace(desk(web, store, rules=rules), read=read)
    await check_host(store.due_listings(wanted, None), table, results.append)
    await check_host(store.due(wanted, None), table, results.append)
    return {result.source: result for result in results}


def bad() -> Source:
    return source(id="bad", url=BAD, delay=timedelta(0))


async def test_a_document_without_end_fails_alone(store: Store) -> None:
    web = Web()
    web.put(BAD, forms_in_forms(2))
    web.put(URL, html())
    with Readers(1, seconds=3) as read:
        told = await round_apart(web, store, read, bad(), one())
    assert (told["bad"].outcome, told["yunxi"].outcome) == (Outcome.FAILED, Outcome.NEW)
    assert told["bad"].reason == "reading it took longer than 3 s; it was stopped, and nothing else is affected"


async def test_a_pattern_without_end_costs_its_listing_the_check(store: Store) -> None:
    web = Web()
    web.put(LISTING, f'<a href="/list/{"a" * 40}!.html">云溪市2026年政府工作报告</a>'.encode())
    web.put(URL, html())
    endless = source(id="bad", url=None, listing=LISTING, match="/(a+)+$", delay=timedelta(0))
    with Readers(1, seconds=2) as read:
        told = await round_apart(web, store, read, endless, one())
    assert (told["bad"].outcome, told["yunxi"].outcome) == (Outcome.FAILED, Outcome.NEW)
    assert told["bad"].reason == "reading it took longer than 2 s; it was stopped, and nothing else is affected"


@contextmanager
def crashing(when: Callable[..., bool]) -> Iterator[Reader]:
    """A reader whose process crashes at some jobs."""
    with Readers(1) as readers:

        def read(function: Callable[..., Any], *given: Any, **named: Any) -> Any:
            return readers(apart.segfault) if when(function, *given) else readers(function, *given, **named)

        yield read


async def test_a_page_that_crashes_the_parser_fails_and_is_checked_again(store: Store) -> None:
    web = Web()
    web.put(URL, html())
    with crashing(lambda function, *_: function is extract_with_imprint) as read:
        failed = (await round_apart(web, store, read, one()))["yunxi"]
    assert failed.outcome is Outcome.FAILED
    assert "reading it crashed the parser (SIGSEGV)" in (failed.reason or "")
    with Readers(1) as read:
        assert (await round_apart(web, store, read, one()))["yunxi"].outcome is Outcome.NEW


async def test_a_listing_that_crashes_the_parser_is_its_sources_failure(store: Store) -> None:
    web = Web()
    web.put(LISTING, b"<a href='1.html'>x</a>")
    web.put(URL, html())
    listed = source(id="listed", url=None, listing=LISTING, delay=timedelta(0))
    with crashing(lambda function, *_: function is read_listing) as read:
        told = await round_apart(web, store, read, listed, one())
    assert (told["listed"].outcome, told["yunxi"].outcome) == (Outcome.FAILED, Outcome.NEW)
    assert "SIGSEGV" in (told["listed"].reason or "")


async def test_what_only_teaches_may_crash_and_the_page_is_stored(store: Store) -> None:
    web = Web()
    web.put(URL, html())
    with crashing(lambda function, *_: function is surroundings_of) as read:
        told = await round_apart(web, store, read, one())
    assert told["yunxi"].outcome is Outcome.NEW


async def test_stored_bytes_that_crash_the_parser_are_compared_as_text(store: Store) -> None:
    web = Web()
    web.put(URL, html())
    await round_of(web, store, one())
    web.put(URL, html(tuple(text.replace("6%左右", "5.5%左右") for text in PARAGRAPHS)))
    with crashing(lambda _, content, *rest: content == html()) as read:
        told = await round_apart(web, store, read, one(), rules="better")
    assert told["yunxi"].outcome is Outcome.CHANGED
    assert [alert.summary for alert in told["yunxi"].alerts] == ["地区生产总值增长 6%左右 → 5.5%左右"]
