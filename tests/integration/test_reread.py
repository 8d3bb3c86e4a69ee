"""Better rules never look like an edit: stored bytes are read again, and the text to compare with moves silently."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

import crawler.discover
import crawler.reports
import crawler.reread
from crawler.checks import Outcome, Result
from crawler.extract import extract
from crawler.model import Article, Selectors, Source
from crawler.targets import find_targets
from storage import maintenance, queries
from storage.store import Store
from tests.support.store import NOW, alter, opened
from tests.support.values import PARAGRAPHS, source
from tests.support.web import URL, Web, html, one, round_of

ABOUT = (
    "晴川文库收录各地公文，由一群热爱公文的编辑共同整理，每天都有新的内容等着大家来发现。",
    "晴川文库陪伴写作者走过了十个春秋，未来还将继续前行。",
)
CITIES = ("云溪市", "河川市", "石桥县", "柳湾区")


@pytest.fixture
def store(tmp_path: Path) -> Store:
    with opened(tmp_path / "crawler.db") as open_store:
        yield open_store


def report(city: str, growth: str = "6%") -> tuple[str, ...]:
    return (
        "各位代表：",
        f"{city}坚持稳中求进，扩大内需，{city}的产业一年比一年兴旺，群众的日子一年比一年红火。",
        f"{city}新的一年发展的主要预期目标是：地区生产总值增长{growth}左右，粮食产量稳定在30万吨以上。",
        "以上报告，请予审议。",
    )


def portal_page(city: str, growth: str = "6%", about: tuple[str, ...] = ABOUT) -> bytes:
    """A page whose site speaks of itself right behind the body, in words that no phrase list knows."""
    body, box = ("".join(f"<p>{text}</p>" for text in texts) for texts in (report(city, growth), about))
    return f"<div><h1>{city}2026年政府工作报告</h1><div>{body}</div><div>{box}</div></div>".encode()


def portal(web: Web, **fields: object) -> list[Source]:
    """Four pages of one host, each a source."""
    sources = []
    for number, city in enumerate(CITIES, 1):
        url = f"https://www.example.org/{number}.html"
        web.put(url, portal_page(city))
        sources.append(source(id=f"s{number}", url=url, delay=timedelta(0), **fields))
    return sources


def bodies(store: Store) -> list[str]:
    return [queries.show(store, page).body for page in range(1, len(CITIES) + 1)]


def outcomes(results: list[Result]) -> set[Outcome]:
    return {result.outcome for result in results}


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
    assert (changed.outcome, changed.version, outcomes(list(results.values()))) == (
        Outcome.CHANGED,
        3,
        {Outcome.UNCHANGED},
    )
    (alert,) = changed.alerts
    assert alert.payload["versions"] == {"old": 2, "new": 3}
    assert [(hunk["old"], hunk["new"]) for hunk in alert.payload["text"]["hunks"]] == [("6%", "5.5%")]
    assert [line.note for line in queries.versions(store, 1)] == [None, "reread", None]
    assert [line.version for line in queries.changes(store)] == [3]


async def test_a_site_that_speaks_of_itself_in_new_words_is_learnt_anew(store: Store) -> None:
    web = Web()
    sources = portal(web)
    for _ in range(2):
        await round_of(web, store, *sources)
    shorter = (ABOUT[1].replace("十个春秋", "十一个春秋"),)
    for city, each in zip(CITIES, sources, strict=True):
        web.put(each.url or "", portal_page(city, about=shorter))
    for hours in range(4):
        await round_of(web, store, *sources, now=NOW + timedelta(hours=hours))
    assert bodies(store) == ["\n".join(report(city)) for city in CITIES]


async def test_a_line_the_same_on_all_pages_stays_where_the_page_speaks_beside_it(store: Store) -> None:
    web = Web()
    sources = portal(web)
    for _ in range(2):
        await round_of(web, store, *sources)
    assert all(body.startswith("各位代表：") and body.endswith("请予审议。") for body in bodies(store))


async def test_a_selector_written_later_moves_the_text_silently(store: Store) -> None:
    web = Web()
    web.put(URL, portal_page("云溪市"))
    await round_of(web, store, one())
    for selectors in (Selectors(drop=("div > div:last-child",)), Selectors(), Selectors(select="div > div")):
        assert outcomes(await round_of(web, store, one(body=selectors))) == {Outcome.UNCHANGED}
    assert [line.note for line in queries.versions(store, 1)] == [None, "reread", "reread"]
    assert queries.alerts(store) == []


def improve(monkeypatch: pytest.MonkeyPatch, better: Callable[[Article], Article]) -> None:
    """Let every reading of bytes from now on be another one."""

    def read(*arguments: object) -> Article:
        return better(extract(*arguments))

    for room in (crawler.discover, crawler.reread):
        monkeypatch.setattr(room, "extract", read)


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
    monkeypatch.setattr(store, "captures", lambda page: [])
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


def part_of(number: int, paragraphs: tuple[str, ...]) -> bytes:
    """One of two parts, each leading to the other."""
    body = "".join(f"<p>{text}</p>" for text in paragraphs)
    pager = "".join(f'<a href="yunxi{suffix}.html">{n}</a>' for n, suffix in ((1, ""), (2, "_2")) if n != number)
    return f"<h1>云溪市2026年政府工作报告</h1><div>{body}</div><p>{pager}</p>".encode()


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
    assert len(store.captures(1)) == 2
