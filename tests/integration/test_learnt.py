"""What the pages of a host share is learnt from real checks: it leaves their texts silently, and never takes body."""

from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path

import pytest

from crawler.checks import Outcome
from crawler.extract.template import ENOUGH
from crawler.model import Source
from storage import maintenance, queries
from storage.store import Store
from tests.support.portal import ABOUT, CITIES, bodies, outcomes, portal, portal_page, report, watched
from tests.support.store import NOW, opened
from tests.support.web import Web, round_of

FORMULA = "各位代表，让我们更加紧密地团结起来，锐意进取，埋头苦干，为全面建设现代化新家园而努力奋斗！"
WRAPS = ("<p>{}</p>", "<section><p>{}</p></section>", "<div><p>{}</p></div>", "<div>{}</div>", "{}<br>")


@pytest.fixture
def store(tmp_path: Path) -> Store:
    with opened(tmp_path / "crawler.db") as open_store:
        yield open_store


async def rounds(web: Web, store: Store, sources: Sequence[Source], number: int = 3) -> None:
    for hours in range(number):
        await round_of(web, store, *sources, now=NOW + timedelta(hours=hours))


def work(city: str, items: int = 8) -> list[str]:
    return [
        f"{city}坚持稳中求进，扩大内需，第{n}项工作的目标是新增就业{n}万人，改造老旧小区{n}个，群众的日子一年比一年红火。"
        for n in range(1, items + 1)
    ]


def boxed(*boxes: Sequence[str], wrap: str = "<p>{}</p>") -> bytes:
    """A report that stands in so many boxes of one kind."""
    body = "".join(f"<div>{''.join(wrap.format(text) for text in texts)}</div>" for texts in boxes)
    return f"<div><h1>云溪市2026年政府工作报告</h1>{body}</div>".encode()


# --- what goes


async def test_what_the_pages_of_a_host_share_leaves_their_bodies_silently(store: Store) -> None:
    web = Web()
    sources = portal(web)
    await round_of(web, store, *sources)
    assert [ABOUT[0] in body for body in bodies(store)] == [True, True, True, False]
    assert outcomes(await round_of(web, store, *sources)) == {Outcome.UNCHANGED}
    assert bodies(store) == ["\n".join(report(city)) for city in CITIES]
    assert [[line.note for line in queries.versions(store, page)] for page in (1, 4)] == [[None, "reread"], [None]]
    await round_of(web, store, *sources)
    assert [len(queries.versions(store, page)) for page in (1, 2, 3, 4)] == [2, 2, 2, 1]
    assert (queries.alerts(store), queries.changes(store), maintenance.verify(store)) == ([], [], [])


async def test_an_edit_that_comes_with_a_new_template_is_told_alone(store: Store) -> None:
    web = Web()
    sources = portal(web)
    await round_of(web, store, *sources)
    web.put(sources[0].url or "", portal_page(CITIES[0], growth="5.5%"))
    results = {result.source: result for result in await round_of(web, store, *sources)}
    changed = results.pop("s1")
    assert (changed.outcome, changed.version) == (Outcome.CHANGED, 3)
    assert outcomes(list(results.values())) == {Outcome.UNCHANGED}
    (alert,) = changed.alerts
    assert alert.payload["versions"] == {"old": 2, "new": 3}
    assert [(hunk["old"], hunk["new"]) for hunk in alert.payload["text"]["hunks"]] == [("6%", "5.5%")]
    assert [line.note for line in queries.versions(store, 1)] == [None, "reread", None]
    assert [line.version for line in queries.changes(store)] == [3]


@pytest.mark.parametrize(
    "edited",
    [
        (ABOUT[0], ABOUT[1].replace("十个春秋", "十一个春秋")),
        (ABOUT[0].replace("一群", "几位"), ABOUT[1]),
        (ABOUT[1].replace("十个春秋", "十一个春秋"),),
        (ABOUT[0],),
        (),
    ],
)
async def test_a_site_that_edits_what_it_says_of_itself_raises_no_alert(store: Store, edited: tuple[str, ...]) -> None:
    web = Web()
    sources = portal(web)
    await rounds(web, store, sources, 2)
    for city, each in zip(CITIES, sources, strict=True):
        web.put(each.url or "", portal_page(city, about=edited))
    await rounds(web, store, sources, 4)
    assert bodies(store) == ["\n".join(report(city)) for city in CITIES]
    assert (queries.alerts(store), queries.changes(store)) == ([], [])


async def test_a_site_that_speaks_in_all_new_words_is_told_until_it_is_learnt(store: Store) -> None:
    web = Web()
    sources = portal(web)
    await rounds(web, store, sources, 2)
    new = (
        "从三间平房到高楼大厦，一群年轻人用热情和汗水写下了属于自己的故事，也写下了家乡的变迁。",
        ABOUT[1].replace("十个春秋", "风风雨雨"),
    )
    for city, each in zip(CITIES, sources, strict=True):
        web.put(each.url or "", portal_page(city, about=new))
    await rounds(web, store, sources, 4)
    assert bodies(store) == ["\n".join(report(city)) for city in CITIES]
    assert len(queries.alerts(store)) == ENOUGH


# --- what stays


async def test_a_line_the_same_on_all_pages_stays_where_the_page_speaks_beside_it(store: Store) -> None:
    web = Web()
    await rounds(web, store, portal(web), 2)
    assert all(body.startswith("各位代表：") and body.endswith("请予审议。") for body in bodies(store))


@pytest.mark.parametrize("wrap", WRAPS)
@pytest.mark.parametrize("at", [0, 4, 8])
async def test_a_formula_of_many_reports_stays_in_each_of_them(store: Store, wrap: str, at: int) -> None:
    web = Web()
    texts = [[*work(city)[:at], FORMULA, *work(city)[at:]] for city in CITIES]
    await rounds(web, store, watched(web, (boxed(each, wrap=wrap) for each in texts)))
    assert bodies(store) == ["\n".join(each) for each in texts]


@pytest.mark.parametrize("at", [1, 5, 8])
@pytest.mark.parametrize("wrap", WRAPS)
async def test_a_report_at_many_addresses_of_a_host_stays_whole_and_its_edits_are_told(
    store: Store, at: int, wrap: str
) -> None:
    web = Web()
    texts = work("云溪市")
    sources = watched(web, (boxed(texts[:at], texts[at:], wrap=wrap) for _ in CITIES))
    await rounds(web, store, sources)
    assert bodies(store) == ["\n".join(texts)] * len(CITIES)
    assert store.template("www.example.org") == frozenset()
    web.put(sources[0].url or "", boxed(texts[:-1][:at], texts[:-1][at:], wrap=wrap))
    await rounds(web, store, sources)
    assert [alert.type for alert in queries.alerts(store)] == ["page.changed"]


async def test_a_report_printed_a_little_otherwise_at_each_address_stays_whole(store: Store) -> None:
    web = Web()
    texts = [[*work("云溪市"), f"{city}转发，供学习参考，请各单位结合实际抓好落实。"] for city in CITIES]
    pages = []
    for each in texts:
        closing = f"<section><p>{'</p><p>'.join(each[5:])}</p></section>".encode()
        pages.append(boxed(each[:5]) + closing)
    await rounds(web, store, watched(web, pages))
    assert bodies(store) == ["\n".join(each) for each in texts]
