"""Better rules never look like an edit: stored bytes are read again, and the text to compare with moves silently."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

import crawler.reports
from crawler.checks import Outcome
from crawler.model import Selectors
from crawler.targets import find_targets
from storage import maintenance, queries
from storage.store import Store
from tests.support.portal import ABOUT, outcomes, portal_page
from tests.support.rereading import improve, part_of
from tests.support.store import NOW, alter, opened
from tests.support.values import PARAGRAPHS, source
from tests.support.web import URL, Web, html, one, round_of


@pytest.fixture
def store(tmp_path: Path) -> Store:
    with opened(tmp_path / "crawler.db") as open_store:
        yield open_store


async def test_a_selector_written_later_moves_the_text_silently(store: Store) -> None:
    web = Web()
    web.put(URL, portal_page("云溪市"))
    await round_of(web, store, one())
    for selectors in (Selectors(drop=("section",)), Selectors(), Selectors(select="div > div, section")):
        assert outcomes(await round_of(web, store, one(body=selectors))) == {Outcome.UNCHANGED}
    assert [line.note for line in queries.versions(store, 1)] == [None, "reread", "reread"]
    assert queries.alerts(store) == []


async def test_a_better_extractor_moves_the_text_silently(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    web = Web()
    web.put(URL, html())
    await round_of(web, store, one())
    improve(monkeypatch, lambda article: replace(article, paragraphs=article.paragraphs[:-1]))
    (result,) = await round_of(web, store, one(), rules="newer")
    assert (result.outcome, result.version, result.alerts) == (Outcome.UNCHANGED, 2, ())
    assert queries.show(store, 1).body == "\n".join(PARAGRAPHS[:-1])
    assert outcomes(await round_of(web, store, one(), rules="newer")) == {Outcome.UNCHANGED}
    assert len(queries.versions(store, 1)) == 2


async def test_better_rules_that_read_the_same_leave_no_trace(store: Store) -> None:
    web = Web()
    web.put(URL, html())
    for rules in ("code", "newer", "newest"):
        await round_of(web, store, one(), rules=rules)
    assert len(queries.versions(store, 1)) == 1


async def test_targets_found_by_better_rules_are_no_change_of_the_page(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    web = Web()
    web.put(URL, html())
    monkeypatch.setattr(crawler.reports, "find_targets", lambda text, year: [])
    await round_of(web, store, one())
    monkeypatch.setattr(crawler.reports, "find_targets", find_targets)
    web.put(URL, html((*PARAGRAPHS[:3], PARAGRAPHS[3].replace("再减一成", "再减两成"))))
    (result,) = await round_of(web, store, one(), rules="newer")
    (alert,) = result.alerts
    assert alert.payload["targets"]["added"] == []
    assert [len(store.targets(1, version)) > 3 for version in (1, 2, 3)] == [False, True, True]


async def test_bytes_that_were_never_kept_leave_the_text_as_it_was(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    web = Web()
    web.put(URL, html())
    await round_of(web, store, one())
    monkeypatch.setattr(store, "captures", lambda page, urls: [])
    assert outcomes(await round_of(web, store, one(), rules="newer")) == {Outcome.UNCHANGED}
    assert queries.show(store, 1).body == "\n".join(PARAGRAPHS)


@pytest.mark.parametrize("data", ["x'00112233'", "(SELECT data FROM content WHERE sha256 < 'x' ORDER BY size LIMIT 1)"])
async def test_damaged_bytes_leave_the_text_as_it_was_and_the_watch_going(
    store: Store, tmp_path: Path, data: str
) -> None:
    web = Web()
    other = source(id="other", url="https://www.example.org/other.html", delay=timedelta(0))
    web.put(URL, html())
    web.put(other.url or "", b"<p>" + ABOUT[0].encode() + b"</p>")
    await round_of(web, store, one(), other)
    alter(tmp_path / "crawler.db", f"UPDATE content SET data = {data} WHERE size > 300")
    assert outcomes(await round_of(web, store, one(), rules="newer")) == {Outcome.UNCHANGED}
    web.put(URL, html(tuple(text.replace("6%左右", "5.5%左右") for text in PARAGRAPHS)))
    (result,) = await round_of(web, store, one(), rules="newer")
    assert (result.outcome, len(result.alerts)) == (Outcome.CHANGED, 1)


async def test_rules_that_find_nothing_in_the_bytes_move_nothing(store: Store) -> None:
    web = Web()
    web.put(URL, html())
    await round_of(web, store, one())
    web.put(URL, html() + b"<!-- other bytes -->")
    (result,) = await round_of(web, store, one(body=Selectors(select="aside")))
    assert (result.outcome, result.version) == (Outcome.SUSPECT, 1)
    assert queries.show(store, 1).body == "\n".join(PARAGRAPHS)


async def test_a_page_that_cannot_be_read_now_is_read_again_from_its_bytes_once(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    web = Web()
    web.put(URL, html())
    await round_of(web, store, one())
    improve(monkeypatch, lambda article: replace(article, paragraphs=article.paragraphs[:-1]))
    web.fail(URL)
    for _ in range(2):
        assert outcomes(await round_of(web, store, one(), rules="newer")) == {Outcome.FAILED}
    web.put(URL, html())
    assert outcomes(await round_of(web, store, one(), rules="newer")) == {Outcome.UNCHANGED}
    assert [line.note for line in queries.versions(store, 1)] == [None, "reread"]


async def test_parts_that_did_not_change_are_read_again_from_their_own_bytes(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    web = Web()
    second = URL.replace(".html", "_2.html")
    web.put(URL, part_of(1, PARAGRAPHS[:2]), etag='"1"')
    web.put(second, part_of(2, PARAGRAPHS[2:]), etag='"2"')
    await round_of(web, store, one())
    web.put(URL, part_of(1, (PARAGRAPHS[0], PARAGRAPHS[1].replace("6%", "7%"))), etag='"1b"')
    await round_of(web, store, one())
    improve(monkeypatch, lambda article: replace(article, paragraphs=article.paragraphs[::-1]))
    (result,) = await round_of(web, store, one(), rules="newer")
    assert (result.outcome, result.version) == (Outcome.UNCHANGED, 3)
    expected = (PARAGRAPHS[1].replace("6%", "7%"), PARAGRAPHS[0], PARAGRAPHS[3], PARAGRAPHS[2])
    assert queries.show(store, 1).body == "\n".join(expected)
    maintenance.prune(store, now=NOW + timedelta(days=900), keep=timedelta(days=1))
    assert len(store.captures(1, [URL, second])) == 2
