"""Rules change while pages change too, or the bytes to read again are not those needed: nothing lost, no noise."""

import asyncio
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from crawler.checks import Outcome, Result
from crawler.model import Article, Selectors, Source
from storage import maintenance, queries
from storage.store import Store
from tests.support.rereading import SECOND, improve, notes, part_of
from tests.support.store import HOUR, NOW, alter, opened
from tests.support.values import PARAGRAPHS, source
from tests.support.web import URL, Web, html, one, round_of

GRAIN = "粮食产量稳定在30万吨以上，居民收入增长6%，与经济增长同步。"
MOVED = "https://www.example.org/moved.html"
LOWER = tuple(text.replace("6%左右", "5.5%左右") for text in PARAGRAPHS)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with opened(tmp_path / "crawler.db") as open_store:
        yield open_store


def noted(note: str) -> bytes:
    """A report whose last paragraph a selector may drop."""
    body = "".join(f"<p>{text}</p>" for text in PARAGRAPHS)
    return f"<h1>云溪市2026年政府工作报告</h1><div id=b>{body}<p class=note>{note}</p></div>".encode()


def selecting(*drop: str) -> Source:
    return one(body=Selectors(select="#b", drop=drop))


def without_last(article: Article) -> Article:
    return replace(article, paragraphs=article.paragraphs[:-1])


def hunks(result: Result) -> list[tuple[str, str]]:
    (alert,) = result.alerts
    return [(hunk["old"], hunk["new"]) for hunk in alert.payload["text"]["hunks"]]


def moved(**fields: object) -> Source:
    """The same source at another address."""
    return source(url=MOVED, delay=timedelta(0), **fields)


# --- bytes newer than those kept


async def test_an_edit_made_where_the_old_rules_did_not_look_is_told_with_the_new_ones(store: Store) -> None:
    web = Web()
    web.put(URL, noted(GRAIN))
    await round_of(web, store, selecting(".note"))
    web.put(URL, noted(GRAIN.replace("30", "25")))
    (before,) = await round_of(web, store, selecting(".note"))
    assert before.outcome is Outcome.UNCHANGED
    (result,) = await round_of(web, store, selecting())
    assert (result.outcome, result.version, hunks(result)) == (Outcome.CHANGED, 3, [("30", "25")])
    assert notes(store) == [None, "reread", None]
    assert queries.show(store, 1).body.endswith(GRAIN.replace("30", "25"))


async def test_a_paragraph_added_where_the_old_rules_did_not_look_is_told_with_the_new_ones(store: Store) -> None:
    web = Web()
    web.put(URL, noted(""))
    await round_of(web, store, selecting(".note"))
    web.put(URL, noted(GRAIN), etag='"b"')
    await round_of(web, store, selecting(".note"))
    (result,) = await round_of(web, store, selecting())
    assert (result.outcome, result.version, notes(store)) == (Outcome.CHANGED, 2, [None, None])
    assert {target["indicator"] for target in result.alerts[0].payload["targets"]["added"]} >= {"粮食产量"}


async def test_it_is_told_too_if_the_page_cannot_be_reached_when_the_rules_change(store: Store) -> None:
    web = Web()
    web.put(URL, noted(""))
    await round_of(web, store, selecting(".note"))
    web.put(URL, noted(GRAIN))
    await round_of(web, store, selecting(".note"))
    edited = web.answers[URL]
    web.fail(URL)
    await round_of(web, store, selecting())
    alter(store.database.path, "UPDATE page_state SET failures = 0")  # which alone has all parts read anew
    web.answers[URL] = edited
    (result,) = await round_of(web, store, selecting())
    assert (result.outcome, len(result.alerts)) == (Outcome.CHANGED, 1)


async def test_only_parts_with_other_bytes_than_those_kept_are_asked_for_anew(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    web = Web()
    web.put(URL, part_of(1, PARAGRAPHS[:2]), etag='"1"')
    web.put(SECOND, part_of(2, PARAGRAPHS[2:]), etag='"2"')
    await round_of(web, store, one())
    web.put(SECOND, part_of(2, PARAGRAPHS[2:]) + b"<!-- 7 visitors -->", etag='"2b"')
    await round_of(web, store, one())
    improve(monkeypatch, lambda article: replace(article, paragraphs=article.paragraphs[::-1]))
    web.asked.clear()
    (result,) = await round_of(web, store, one(), rules="newer")
    assert (result.outcome, [request.etag for request in web.asked]) == (Outcome.UNCHANGED, ['"1"', None])
    web.asked.clear()
    await round_of(web, store, one(), rules="newer")
    assert [request.etag for request in web.asked] == ['"1"', '"2b"']


# --- another address


@pytest.mark.parametrize("same_bytes", [True, False])
async def test_a_page_that_moves_as_the_rules_change_moves_silently(
    store: Store, monkeypatch: pytest.MonkeyPatch, *, same_bytes: bool
) -> None:
    web = Web()
    web.put(URL, html())
    await round_of(web, store, one())
    improve(monkeypatch, without_last)
    web.put(MOVED, html() + b"" if same_bytes else html() + b"<!-- 7 visitors -->")
    for hours in range(3):
        (result,) = await round_of(web, store, moved(), rules="newer", now=NOW + hours * HOUR)
        assert (result.outcome, result.version, result.alerts) == (Outcome.UNCHANGED, 2, ())
    assert notes(store) == [None, "reread"]


async def test_an_edit_that_comes_with_the_move_is_told_alone(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    web = Web()
    web.put(URL, html())
    await round_of(web, store, one())
    improve(monkeypatch, without_last)
    web.put(MOVED, html(LOWER))
    (result,) = await round_of(web, store, moved(), rules="newer")
    assert (result.outcome, hunks(result)) == (Outcome.CHANGED, [("6%", "5.5%")])


@pytest.mark.parametrize("edited", [False, True])
async def test_parts_that_move_as_the_rules_change_move_silently(
    store: Store, monkeypatch: pytest.MonkeyPatch, *, edited: bool
) -> None:
    """Once a part was edited it is not known any more which bytes belong together."""
    web = Web()
    web.put(URL, part_of(1, PARAGRAPHS[:2]))
    web.put(SECOND, part_of(2, PARAGRAPHS[2:]))
    await round_of(web, store, one())
    said = LOWER if edited else PARAGRAPHS
    web.put(URL, part_of(1, said[:2]))
    await round_of(web, store, one())
    improve(monkeypatch, without_last)
    web.put(MOVED, part_of(1, said[:2], "moved"))
    web.put(MOVED.replace(".html", "_2.html"), part_of(2, said[2:], "moved"))
    before = len(queries.alerts(store))
    for hours in range(3):
        (result,) = await round_of(web, store, moved(), rules="newer", now=NOW + hours * HOUR)
        assert result.alerts == ()
    assert result.outcome is Outcome.UNCHANGED
    assert (len(queries.alerts(store)), notes(store)[-1]) == (before, "reread")
    assert queries.show(store, 1).body == "\n".join((said[0], said[2]))


async def test_a_page_that_moved_is_asked_conditionally_again(store: Store) -> None:
    web = Web()
    web.put(URL, html())
    await round_of(web, store, one())
    web.put(MOVED, html(), etag='"m"')
    for _ in range(2):
        await round_of(web, store, moved())
    assert [request.etag for request in web.asked] == [None, None, '"m"']


async def test_an_address_that_led_elsewhere_for_a_while_brings_no_old_text_back(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    web = Web()
    web.put(URL, html())
    await round_of(web, store, one())
    web.put(MOVED, html(LOWER))
    (told,) = await round_of(web, store, moved())
    web.put(URL, html(LOWER))
    await round_of(web, store, one())
    improve(monkeypatch, without_last)
    seen = [(await round_of(web, store, one(), rules="newer"))[0] for _ in range(2)]
    assert (told.outcome, seen[-1].outcome, len(queries.alerts(store))) == (Outcome.CHANGED, Outcome.UNCHANGED, 1)
    assert queries.show(store, 1).body == "\n".join(LOWER[:-1])


# --- bytes that cannot be read again


def damage(store: Store) -> None:
    alter(store.database.path, "UPDATE content SET data = x'00112233'")


async def test_lines_that_better_rules_leave_out_go_silently_without_evidence_too(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    web = Web()
    web.put(URL, html())
    await round_of(web, store, one())
    damage(store)
    improve(monkeypatch, without_last)
    seen = [(await round_of(web, store, one(), rules="newer"))[0] for _ in range(2)]
    assert [each.outcome for each in seen] == [Outcome.SUSPECT, Outcome.UNCHANGED]  # it may have been cut short
    assert (notes(store), queries.show(store, 1).body) == ([None, "reread"], "\n".join(PARAGRAPHS[:-1]))
    await round_of(web, store, one(), rules="newer")
    assert (len(notes(store)), queries.alerts(store)) == (2, [])


@pytest.mark.parametrize("harm", ["UPDATE content SET data = x'00112233'", "DELETE FROM content"])
async def test_the_page_gives_its_lost_evidence_back(store: Store, harm: str) -> None:
    web = Web()
    web.put(URL, html())
    await round_of(web, store, one())
    alter(store.database.path, harm)
    assert maintenance.verify(store)
    (result,) = await round_of(web, store, one(), rules="newer")
    assert (result.outcome, result.alerts) == (Outcome.UNCHANGED, ())
    assert [capture.content for capture in store.captures(1, [URL])] == [html()]
    assert maintenance.verify(store) == []


async def test_an_edited_number_is_told_without_evidence_too(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    web = Web()
    web.put(URL, html())
    with monkeypatch.context() as old:
        old.setattr("crawler.reports.find_targets", lambda text, year: [])
        await round_of(web, store, one())
    damage(store)
    web.put(URL, html(LOWER))
    (result,) = await round_of(web, store, one(), rules="newer")
    assert (result.outcome, hunks(result)) == (Outcome.CHANGED, [("6%", "5.5%")])
    targets = result.alerts[0].payload["targets"]
    assert (len(targets["changed"]), targets["added"], targets["removed"]) == (1, [], [])


async def test_lines_that_better_rules_leave_out_are_not_told_beside_an_edit(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    web = Web()
    web.put(URL, html())
    await round_of(web, store, one())
    damage(store)
    improve(monkeypatch, lambda article: replace(article, paragraphs=article.paragraphs[1:]))
    web.put(URL, html(LOWER))
    (result,) = await round_of(web, store, one(), rules="newer")
    assert (result.outcome, hunks(result)) == (Outcome.CHANGED, [("6%", "5.5%")])
    assert queries.show(store, 1).body == "\n".join(LOWER[1:])


async def test_what_is_not_believed_is_not_stamped(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    web = Web()
    web.put(URL, html())
    await round_of(web, store, one())
    damage(store)
    improve(monkeypatch, lambda article: replace(article, paragraphs=article.paragraphs[1:]))
    web.put(URL, html(("请完成安全验证后继续访问，您的访问过于频繁。", "")))
    stamped = store.due_page(1, one()).rules
    (result,) = await round_of(web, store, one(), rules="newer")
    assert (result.outcome, store.due_page(1, one()).rules) == (Outcome.SUSPECT, stamped)
    web.put(URL, html())
    (result,) = await round_of(web, store, one(), rules="newer")
    assert (result.outcome, result.alerts, notes(store)) == (Outcome.UNCHANGED, (), [None, "reread"])
    assert store.due_page(1, one()).rules != stamped


# --- doubts, other processes, the event loop


async def test_a_suspicion_held_while_the_rules_change_is_confirmed_by_the_new_ones_and_told_once(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    web = Web()
    web.put(URL, html((*PARAGRAPHS, GRAIN)))
    await round_of(web, store, one())
    web.put(URL, html((PARAGRAPHS[1], GRAIN)))
    (first,) = await round_of(web, store, one(), now=NOW + HOUR)
    improve(monkeypatch, without_last)
    results = [(await round_of(web, store, one(), rules="newer", now=NOW + hours * HOUR))[0] for hours in (2, 3, 4)]
    assert [each.outcome for each in (first, *results)] == [
        Outcome.SUSPECT,
        Outcome.SUSPECT,
        Outcome.CHANGED,
        Outcome.UNCHANGED,
    ]
    assert {old.strip("\n") for old, _ in hunks(results[1])} == {PARAGRAPHS[0], "\n".join(PARAGRAPHS[2:])}
    assert notes(store) == [None, "reread", None]
    assert maintenance.verify(store) == []


async def test_a_suspicion_that_better_rules_dissolve_ends_silently(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    web = Web()
    web.put(URL, html())
    await round_of(web, store, one())
    with monkeypatch.context() as worse:
        improve(worse, lambda article: replace(article, paragraphs=article.paragraphs[:2]))
        web.put(URL, html().replace(b"<p>", b'<p class="x">'))  # other bytes, and another imprint
        (doubted,) = await round_of(web, store, one())
    (result,) = await round_of(web, store, one(), rules="newer")
    assert (doubted.outcome, result.outcome, notes(store)) == (Outcome.SUSPECT, Outcome.UNCHANGED, [None])
    assert store.due_page(1, one()).suspicion is None


async def test_two_processes_that_read_again_at_once_leave_one_version(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    web = Web()
    web.put(URL, html())
    await round_of(web, store, one())
    web.put(URL, html(LOWER))
    improve(monkeypatch, without_last)
    with opened(tmp_path / "crawler.db") as other:
        rounds = [round_of(web, each, one(), rules="newer") for each in (store, other)]
        results = [result for found in await asyncio.gather(*rounds) for result in found]
    assert {result.version for result in results} == {3}
    assert sorted(result.outcome for result in results) == [Outcome.CHANGED, Outcome.UNCHANGED]
    assert (notes(store), len(queries.alerts(store))) == ([None, "reread", None], 1)
    assert maintenance.verify(store) == []


async def test_other_work_goes_on_while_stored_bytes_are_read_again(store: Store) -> None:
    web = Web()
    web.put(URL, html() + b"<p>1</p>" * 100_000)
    await round_of(web, store, one())
    web.fail(URL)
    reading = asyncio.create_task(round_of(web, store, one(), rules="newer"))
    turns = 0
    while not reading.done():
        await asyncio.sleep(0)
        turns += 1
    assert turns > 100  # a handful, if nothing else could run meanwhile


# --- what is kept


async def test_pruning_leaves_what_the_next_rules_need(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    web = Web()
    for growth in ("6", "6.1", "7", "8"):
        web.put(URL, html(tuple(text.replace("6%左右", f"{growth}%左右") for text in PARAGRAPHS)))
        await round_of(web, store, one())
    for rules, order in (("newer", -1), ("newest", 1), ("latest", -1)):
        with monkeypatch.context() as other:
            improve(other, lambda article, order=order: replace(article, paragraphs=article.paragraphs[::order]))
            await round_of(web, store, one(), rules=rules)
    assert notes(store) == [None] * 4 + ["reread"] * 3
    pruned = maintenance.prune(store, now=NOW + timedelta(days=900), keep=timedelta(days=1))
    assert pruned.captures == 1, "the first bytes stay, too"
    assert ["7%" in queries.captures(store, 1, number)[0].content.decode() for number in (3, 4)] == [True, False]
    (result,) = await round_of(web, store, one())
    assert (result.outcome, notes(store)[7:]) == (Outcome.UNCHANGED, ["reread"])


async def test_the_bytes_of_a_reread_version_are_those_it_was_read_from(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    web = Web()
    web.put(URL, html())
    await round_of(web, store, one())
    improve(monkeypatch, without_last)
    await round_of(web, store, one(), rules="newer")
    assert notes(store) == [None, "reread"]
    assert [each.content for each in queries.captures(store, 1)] == [html()]


async def test_a_report_that_is_read_as_many_now_is_of_no_place_and_year_any_more(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    web = Web()
    lines = tuple(
        line
        for place in ("云溪市", "松岚市")
        for line in (
            f"{place}2026年政府工作报告",
            "各位代表：",
            f"现在，我代表{place}人民政府，向大会报告政府工作，请予审议，并请政协委员提出意见。",
            "一、工作回顾",
            f"过去一年，{place}坚持稳中求进，地区生产总值增长4%，城镇新增就业2万人。",
            "二、今年工作安排",
            *PARAGRAPHS,
        )
    )
    web.put(URL, html(lines, title="政府工作报告2篇"))
    with monkeypatch.context() as before:
        before.setattr("crawler.discover.find_reports", lambda title, lines: ())
        await round_of(web, store, one())
        read = store.due_page(1, one())
        assert (read.region, read.year) == ("云溪市", 2026)
    (result,) = await round_of(web, store, one(), rules="newer")
    again = store.due_page(1, one())
    assert (result.outcome, again.region, again.year, notes(store)) == (
        Outcome.UNCHANGED,
        "",
        None,
        [None, "reread"],
    )
