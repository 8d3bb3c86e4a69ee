"""A portal's outage is told although one of its pages was broken before."""

from datetime import datetime, timedelta
from pathlib import Path

from storage import queries
from tests.support.store import DAY, NOW, listing, opened
from tests.support.values import PARAGRAPHS
from tests.support.web import LISTING, Web, html, round_of

PAGES = [f"{LISTING}{number}.html" for number in range(8)]


def portal() -> Web:
    web = Web()
    web.put(LISTING, "".join(f'<a href="{url}">{url[-6]}号县政府工作报告</a>' for url in PAGES).encode())
    for number, url in enumerate(PAGES):
        web.put(url, html(tuple(f"{text}第{number}号。" for text in PARAGRAPHS)))
    return web


async def test_an_outage_is_told_although_one_page_was_broken_for_long(tmp_path: Path) -> None:
    web, source = portal(), listing(listing=LISTING, delay=timedelta(0))
    with opened(tmp_path / "crawler.db") as store:

        async def rounds(count: int, since: datetime) -> list[str]:
            for number in range(count):
                await round_of(web, store, source, now=since + number * timedelta(hours=6))
            return [line.type for line in reversed(queries.alerts(store))]

        assert await rounds(1, NOW) == []
        web.fail(PAGES[3])
        assert await rounds(4, NOW + DAY) == ["source.failing"]
        assert PAGES[3] in queries.alerts(store)[0].summary
        for url in (LISTING, *PAGES):
            web.fail(url, 503)
        assert await rounds(8, NOW + 4 * DAY) == ["source.failing"] * 2, "told again, and once"
        healed = portal()
        web.answers = {**healed.answers, PAGES[3]: web.answers[PAGES[3]]}
        assert await rounds(2, NOW + 8 * DAY) == ["source.failing"] * 2, "one page still fails"
        web.answers = healed.answers
        assert await rounds(1, NOW + 9 * DAY) == ["source.failing", "source.failing", "source.recovered"]


async def test_an_ordinary_outage_is_told_once(tmp_path: Path) -> None:
    web, source = portal(), listing(listing=LISTING, delay=timedelta(0))
    with opened(tmp_path / "crawler.db") as store:
        await round_of(web, store, source)
        for url in (*PAGES, LISTING):
            web.fail(url, 503)
            await round_of(web, store, source, now=NOW + timedelta(hours=1))
        for number in range(20):
            await round_of(web, store, source, now=NOW + timedelta(hours=2 + 6 * number))
        assert [line.type for line in queries.alerts(store)] == ["source.failing"]
