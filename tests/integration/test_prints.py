"""Two portals, one report: real checks at a real store tell once what one of them prints otherwise."""

import asyncio
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from crawler import pairing
from crawler.checks import Alert, Result
from crawler.compare import Side
from crawler.model import Source, Watch
from crawler.pipeline import check_host, compare_prints
from storage import maintenance, queries
from storage.store import Store
from tests.support.prints import BODY, FOOT, PLAN, REPORT
from tests.support.store import HOUR, NOW, opened, rows, source
from tests.support.web import Web, desk, html, round_of

TITLE = "云溪市2031年政府工作报告"
NAMES = ("gov", "daily", "mirror")
LOWER = ("6%左右", "5.5%左右")


def url(name: str) -> str:
    return f"https://{name}.example.org/report.html"


def portal(name: str, **fields: object) -> Source:
    return source(name, **({"url": url(name), "delay": timedelta(0), "alert": ("desk",)} | fields))


def put(web: Web, name: str, *edits: tuple[str, str], lines: Sequence[str] = BODY, title: str = TITLE) -> None:
    text = "\n".join(lines)
    for old, new in edits:
        assert old in text
        text = text.replace(old, new)
    web.put(url(name), html(tuple(text.split("\n")), title))


async def check(
    web: Web, store: Store, *sources: Source, now: datetime = NOW, once: bool = True, rules: str = "code"
) -> list[Alert]:
    """A round of `once` over these sources, or of the daemon: what differs between prints."""
    web.now = now
    await round_of(web, store, *sources, now=now, rules=rules)
    enabled = {each.id: each for each in sources}
    return await compare_prints(enabled, desk(web, store, now, rules), round_began=now if once else None)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with opened(tmp_path / "crawler.db") as open_store:
        yield open_store


@pytest.fixture
def web() -> Web:
    """Two portals that print one report."""
    web = Web()
    for name in NAMES:
        put(web, name)
    return web


GOV, DAILY, MIRROR = map(portal, NAMES)


def types(store: Store) -> list[str]:
    return sorted(line.type for line in queries.alerts(store))


class TestOnce:
    async def test_prints_that_are_alike_are_paired_silently(self, web: Web, store: Store, tmp_path: Path) -> None:
        assert await check(web, store, GOV, DAILY) == []
        stored = rows(tmp_path / "crawler.db", "SELECT page, other, prints, targets, places FROM comparison")
        assert stored == [(1, 2, 1, 0, 0)]
        assert rows(tmp_path / "crawler.db", "SELECT * FROM unpaired") == []

    async def test_an_edit_of_one_is_told_once_with_both_names(self, web: Web, store: Store) -> None:
        await check(web, store, GOV, DAILY)
        put(web, "daily", LOWER)
        (told,) = await check(web, store, GOV, DAILY)
        assert told.payload["page"]["url"] == url("daily")
        assert told.payload["reference"] == {
            "source": {"id": "gov", "title": GOV.title},
            "url": url("gov"),
            "title": TITLE,
            "version": 1,
        }
        assert told.payload["versions"] == {"old": 1, "new": 2}
        assert told.payload["severity"] == "high"
        assert told.summary == f"与“{GOV.title}”不一致：地区生产总值增长 6%左右 → 5.5%左右"
        assert [(hunk["old"], hunk["new"]) for hunk in told.payload["text"]["hunks"]] == [("6%", "5.5%")]
        for _ in range(2):
            assert await check(web, store, GOV, DAILY) == []
        assert types(store) == ["page.changed", "page.differs"]

    async def test_the_reference_may_be_the_one_that_was_edited(self, web: Web, store: Store) -> None:
        await check(web, store, GOV, DAILY)
        put(web, "gov", LOWER)
        (told,) = await check(web, store, GOV, DAILY)
        assert told.summary.endswith("5.5%左右 → 6%左右")
        assert await check(web, store, GOV, DAILY) == []

    async def test_prints_that_differ_from_the_first_reading_on_are_told(self, web: Web, store: Store) -> None:
        put(web, "daily", LOWER)
        assert len(await check(web, store, GOV, DAILY)) == 1
        assert await check(web, store, GOV, DAILY) == []

    async def test_another_edit_is_told_again_and_one_that_mends_is_not(self, web: Web, store: Store) -> None:
        put(web, "daily", LOWER)
        await check(web, store, GOV, DAILY)
        put(web, "daily", LOWER, ("3万亩", "4万亩"))
        (told,) = await check(web, store, GOV, DAILY)
        assert len(told.payload["targets"]["changed"]) == 2
        for edits in ([LOWER], []):
            put(web, "daily", *edits)
            assert await check(web, store, GOV, DAILY) == []
        put(web, "daily", LOWER)
        assert await check(web, store, GOV, DAILY) == [], "an earlier version's text must stand first"
        later = NOW + DAILY.suspect_after
        assert len(await check(web, store, GOV, DAILY, now=later)) == 1, "it came back"

    async def test_an_edit_both_make_is_no_difference(self, web: Web, store: Store) -> None:
        await check(web, store, GOV, DAILY)
        for name in NAMES:
            put(web, name, LOWER)
        assert await check(web, store, GOV, DAILY) == []

    async def test_one_difference_from_several_prints_is_one_alert(self, web: Web, store: Store) -> None:
        put(web, "mirror", LOWER)
        assert len(await check(web, store, GOV, DAILY, MIRROR)) == 1
        put(web, "gov", ("3万亩", "4万亩"))
        assert len(await check(web, store, GOV, DAILY, MIRROR)) <= 2
        assert await check(web, store, GOV, DAILY, MIRROR) == []

    async def test_an_edit_of_the_reference_is_told_once_though_two_follow_the_old_text(
        self, web: Web, store: Store
    ) -> None:
        await check(web, store, GOV, DAILY, MIRROR)
        put(web, "gov", LOWER)
        assert len(await check(web, store, GOV, DAILY, MIRROR)) == 1

    async def test_pages_of_one_source_are_paired_too(self, web: Web, store: Store) -> None:
        listing = "https://list.example.org/"
        links = "".join(f'<a href="{listing}{n}.html">{TITLE}</a>' for n in (1, 2))
        web.put(listing, f"<html><body>{links}</body></html>".encode())
        web.put(f"{listing}1.html", html(tuple(BODY), TITLE))
        web.put(f"{listing}2.html", html(tuple("\n".join(BODY).replace(*LOWER).split("\n")), TITLE))
        listed = portal("list", url=None, listing=listing, match=r"/\d+\.html$")
        assert len(await check(web, store, listed)) == 1
        assert await check(web, store, listed) == []


class TestNoFalseAlert:
    @pytest.mark.parametrize(
        "edit",
        [
            ("，", ","),
            ("6%左右", "百分之六左右"),
            ("3万人", "30000人"),
            ("；", "。"),
            ("6%左右；", "６％左右；"),
            ("各位代表，", "各位代表："),
        ],
    )
    async def test_presentation(self, web: Web, store: Store, edit: tuple[str, str]) -> None:
        put(web, "daily", edit)
        assert await check(web, store, GOV, DAILY) == []
        put(web, "gov", edit)
        assert await check(web, store, GOV, DAILY) == []

    async def test_head_and_foot(self, web: Web, store: Store) -> None:
        put(web, "daily", lines=[*REPORT, *FOOT], title=f"{TITLE}（摘要）")
        assert await check(web, store, GOV, DAILY) == []

    async def test_the_plan_of_the_same_place_and_year(self, web: Web, store: Store) -> None:
        put(web, "daily", lines=PLAN[1:], title="云溪市2031年国民经济和社会发展计划草案的报告")
        assert await check(web, store, GOV, DAILY) == []

    async def test_another_place_or_year(self, web: Web, store: Store) -> None:
        put(web, "daily", LOWER, title="石桥市2031年政府工作报告")
        put(web, "mirror", LOWER, title="云溪市2030年政府工作报告")
        assert await check(web, store, GOV, DAILY, MIRROR) == []

    async def test_reports_of_the_state_council_name_no_place(self, web: Web, store: Store) -> None:
        title = "2031年政府工作报告"
        for name in ("gov", "daily"):
            put(web, name, title=title)
        assert await check(web, store, GOV, DAILY) == []
        put(web, "daily", LOWER, title=title)
        (alert,) = await check(web, store, GOV, DAILY, now=NOW + timedelta(days=1))
        assert alert.type == "page.differs"

    async def test_a_page_two_sources_watch_is_no_second_print(self, web: Web, store: Store) -> None:
        same = portal("again", url=url("gov").replace("https", "http"))
        web.put(same.url or "", html(tuple("\n".join(BODY).replace(*LOWER).split("\n")), TITLE))
        assert await check(web, store, GOV, same) == []

    async def test_a_page_not_looked_at_since_the_other_was_edited_is_waited_for(self, web: Web, store: Store) -> None:
        """The daemon checks them hours apart; both were edited in between."""
        await check(web, store, GOV, DAILY, once=False)
        put(web, "gov", LOWER)
        put(web, "daily", LOWER)
        both = {"gov": GOV, "daily": DAILY}
        for page, hours in ((GOV, 1), (DAILY, 3), (GOV, 7)):
            store.sync([GOV, DAILY], NOW)
            await round_of_one(web, store, page, NOW + hours * HOUR)
            assert await compare_prints(both, desk(web, store, NOW + hours * HOUR)) == []
        assert rows_left(store) == 0

    async def test_and_told_when_it_was_looked_at(self, web: Web, store: Store) -> None:
        await check(web, store, GOV, DAILY, once=False)
        put(web, "gov", LOWER)
        both = {"gov": GOV, "daily": DAILY}
        await round_of_one(web, store, GOV, NOW + HOUR)
        assert await compare_prints(both, desk(web, store, NOW + HOUR)) == []
        await round_of_one(web, store, DAILY, NOW + 3 * HOUR)
        assert len(await compare_prints(both, desk(web, store, NOW + 3 * HOUR))) == 1

    async def test_an_upgrade_is_no_difference(self, web: Web, store: Store) -> None:
        put(web, "daily", LOWER)
        await check(web, store, GOV, DAILY)
        for now in (NOW + HOUR, NOW + 2 * HOUR):
            assert await check(web, store, GOV, DAILY, now=now, rules="newer") == []

    async def test_an_edit_waits_for_both_to_be_read_by_the_same_rules(self, web: Web, store: Store) -> None:
        await check(web, store, GOV, DAILY)
        put(web, "gov", LOWER)
        both = {"gov": GOV, "daily": DAILY}
        await round_of_one(web, store, GOV, NOW + HOUR, rules="newer")
        await round_of_one(web, store, DAILY, NOW + HOUR)
        assert await compare_prints(both, desk(web, store, NOW + HOUR)) == []
        assert len(await check(web, store, GOV, DAILY, now=NOW + 2 * HOUR, rules="newer")) == 1


class TestNoLostAlert:
    async def test_what_a_killed_process_left_is_compared_by_the_next(self, web: Web, store: Store) -> None:
        await check(web, store, GOV, DAILY)
        put(web, "daily", LOWER)
        await round_of(web, store, GOV, DAILY)  # and killed before it compared
        assert len(await check(web, store, GOV, DAILY)) == 1

    async def test_a_process_killed_after_the_alert_tells_it_no_second_time(
        self, web: Web, store: Store, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        put(web, "daily", LOWER)
        with monkeypatch.context() as patch:
            patch.setattr(Store, "settle", killed)
            with pytest.raises(KeyboardInterrupt):
                await check(web, store, GOV, DAILY)
        assert types(store) == ["page.differs"]
        assert await check(web, store, GOV, DAILY) == []

    async def test_of_two_processes_one_tells(self, web: Web, store: Store, tmp_path: Path) -> None:
        put(web, "daily", LOWER)
        await round_of(web, store, GOV, DAILY)
        both = {"gov": GOV, "daily": DAILY}
        with opened(tmp_path / "crawler.db") as other:
            stale = store.unpaired()
            assert len(await compare_prints(both, desk(web, other), round_began=NOW)) == 1
            (first, second), known = stale
            pair = next(pairing.pairs(first.one, first.others, known, NOW))
            telling = pairing.Telling(sources=both, now=NOW, installation=store.installation)
            sides = tuple(store.side(*each) for each in zip(pair.pages, pair.versions, strict=True))
            compared, alerts = pairing.conclude(pair, sides, known, telling)
            assert not store.record_comparison(compared, None, NOW, alerts, HOUR)
        assert types(store) == ["page.differs"]
        assert second.one.page == 2

    async def test_a_page_that_moved_on_meanwhile_is_compared_as_it_is_then(
        self, web: Web, store: Store, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        put(web, "daily", LOWER)
        await round_of(web, store, GOV, DAILY)
        real = Store.side

        def late(book: Store, page: int, version: int) -> Side:
            alter_version(book, page)
            return real(book, page, version)

        with monkeypatch.context() as patch:
            patch.setattr(Store, "side", late)
            both = {"gov": GOV, "daily": DAILY}
            assert await compare_prints(both, desk(web, store), round_began=NOW) == []
        assert types(store) == []
        assert rows_left(store) == 2

    async def test_other_work_goes_on_while_long_prints_are_compared(self, web: Web, store: Store) -> None:
        lines = [f"第{n}项：{line}" for n in range(60) for line in BODY[5:10]]
        put(web, "gov", lines=lines)
        put(web, "daily", ("推进", "鞭策"), ("培育", "栽培"), ("让", "使"), lines=lines)
        await round_of(web, store, GOV, DAILY)
        both = {"gov": GOV, "daily": DAILY}
        work = asyncio.create_task(compare_prints(both, desk(web, store), round_began=NOW))
        turns = 0
        while not work.done():
            await asyncio.sleep(0)
            turns += 1
        assert len(work.result()) == 1
        assert turns > 100  # a handful, if nothing else could run meanwhile

    async def test_a_bug_met_on_one_pair_does_not_stop_others(
        self, web: Web, store: Store, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        put(web, "daily", LOWER)

        def broken(*_: object) -> None:
            raise ZeroDivisionError

        with monkeypatch.context() as patch:
            patch.setattr(pairing, "compare_prints", broken)
            assert await check(web, store, GOV, DAILY) == []
        put(web, "daily", LOWER, ("3万亩", "4万亩"))
        assert len(await check(web, store, GOV, DAILY)) == 1


class TestWatch:
    async def test_a_source_can_switch_it_off(self, web: Web, store: Store) -> None:
        quiet = replace(DAILY, watch=Watch(differs=False))
        put(web, "daily", LOWER)
        assert await check(web, store, GOV, quiet) == []
        assert await check(web, store, GOV, DAILY) == [], "what was known by then is not told later"
        put(web, "gov", ("3万亩", "4万亩"))
        assert await check(web, store, replace(GOV, watch=Watch(differs=False)), DAILY) == []

    async def test_only_watched_targets(self, web: Web, store: Store) -> None:
        narrow = replace(DAILY, watch=Watch(targets=("固定资产投资",)))
        put(web, "daily", LOWER, ("攻坚克难", "迎难而上"))
        assert await check(web, store, GOV, narrow) == []
        put(web, "daily", LOWER, ("攻坚克难", "迎难而上"), ("8%以上", "7%以上"))
        (told,) = await check(web, store, GOV, narrow)
        assert told.payload["severity"] == "high"

    async def test_words_alone_are_of_low_severity_and_have_channels_of_their_own(self, web: Web, store: Store) -> None:
        digest = replace(DAILY, watch=Watch(text_to=("digest",)))
        put(web, "daily", ("攻坚克难", "迎难而上"))
        (told,) = await check(web, store, GOV, digest)
        assert (told.payload["severity"], told.channels) == ("low", ("digest",))

    async def test_whoever_is_told_of_either_source_is_told(self, web: Web, store: Store) -> None:
        put(web, "daily", LOWER)
        (told,) = await check(web, store, GOV, replace(DAILY, alert=("mail",)))
        assert told.channels == ("mail", "desk")


class TestStored:
    async def test_a_comparison_outlives_its_alert(self, web: Web, store: Store, tmp_path: Path) -> None:
        put(web, "daily", LOWER)
        await check(web, store, GOV, portal("daily", alert=()), now=NOW)
        with store.database.write() as connection:
            connection.exec_driver_sql("DELETE FROM delivery")
        pruned = maintenance.prune(store, now=NOW + timedelta(days=400), keep=timedelta(days=30))
        assert pruned.alerts >= 1
        assert rows(tmp_path / "crawler.db", "SELECT targets, alert FROM comparison") == [(1, None)]
        assert await check(web, store, GOV, portal("daily", alert=()), now=NOW + HOUR) == []
        assert maintenance.verify(store) == []

    async def test_and_goes_with_its_page(self, web: Web, store: Store, tmp_path: Path) -> None:
        await check(web, store, GOV, DAILY)
        await round_of(web, store, MIRROR)
        with store.database.write() as connection:
            for table in ("part", "target", "capture", "change", "version", "page_state"):
                connection.exec_driver_sql(f"DELETE FROM {table} WHERE page IN (2, 3)")
            connection.exec_driver_sql("DELETE FROM page WHERE id IN (2, 3)")
        for table in ("comparison", "unpaired"):
            assert rows(tmp_path / "crawler.db", f"SELECT * FROM {table}") == []
        assert maintenance.verify(store) == []

    async def test_a_gone_or_forgotten_page_is_not_compared(self, web: Web, store: Store) -> None:
        await round_of(web, store, GOV, MIRROR)
        put(web, "daily", LOWER)
        web.fail(url("gov"), 404)
        for hours in (1, 2):
            await round_of(web, store, GOV, now=NOW + hours * HOUR)
        assert await check(web, store, GOV, DAILY, now=NOW + 3 * HOUR) == []

    async def test_an_unchanged_check_compares_nothing(
        self, web: Web, store: Store, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        put(web, "daily", LOWER)
        await check(web, store, GOV, DAILY)
        monkeypatch.setattr(pairing, "compare_prints", killed)
        assert await check(web, store, GOV, DAILY) == []


def killed(*_: object) -> None:
    raise KeyboardInterrupt


def rows_left(store: Store) -> int:
    with store.database.read() as connection:
        return connection.exec_driver_sql("SELECT count(*) FROM unpaired").scalar_one()


def alter_version(store: Store, page: int) -> None:
    with store.database.write() as connection:
        connection.exec_driver_sql(f"UPDATE page_state SET version = version + 1 WHERE page = {page} AND version < 2")


async def round_of_one(web: Web, store: Store, page: Source, now: datetime, rules: str = "code") -> None:
    """The daemon checks one source of several."""
    web.now = now
    results: list[Result] = []
    await check_host(store.due({page.id: page}, None), desk(web, store, now, rules), results.append)
    assert len(results) == 1
