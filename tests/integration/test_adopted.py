"""A history taken over is watched further: only what was edited since is told, whatever rules or bytes it came with."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from crawler.checks import Outcome
from crawler.model import Source
from storage import maintenance, queries
from storage.store import Store
from storage.thinning import Period
from storage.warc.write import VERSION
from tests.support.evidence import Edit, edited, exported, taken, written
from tests.support.rereading import SECOND, improve, notes, part_of
from tests.support.store import DAY, NOW, opened
from tests.support.values import PARAGRAPHS, source
from tests.support.web import LISTING, URL, Web, html, one, round_of

LOWER = tuple(text.replace("6%左右", "5.5%左右") for text in PARAGRAPHS)
MORE = ("粮食产量稳定在30万吨以上，居民收入增长6%，与经济增长同步。", "新建农村公路120公里，改造老旧小区15个。")


@pytest.fixture
def here(tmp_path: Path) -> Iterator[Store]:
    with opened(tmp_path / "here.db") as store:
        yield store


@pytest.fixture
def there(tmp_path: Path) -> Iterator[Store]:
    with opened(tmp_path / "there.db") as store:
        yield store


def on_two_pages(web: Web, first: tuple[str, ...] = PARAGRAPHS, second: tuple[str, ...] = MORE) -> None:
    web.put(URL, part_of(1, first))
    web.put(SECOND, part_of(2, second))


async def recorded(web: Web, store: Store) -> None:
    """Two parts, of which the second was edited, then the first."""
    for day, (first, second) in enumerate(((PARAGRAPHS, MORE[:1]), (PARAGRAPHS, MORE), (LOWER, MORE))):
        on_two_pages(web, first, second)
        web.now = NOW - (500 - day) * DAY
        await round_of(web, store, one(), now=web.now)
    assert [line.version for line in queries.versions(store, 1)] == [1, 2, 3]
    web.now = NOW


def handed_on(here: Store, there: Store, folder: Path, edit: Edit | None = None) -> None:
    content = exported(here)
    taken(there, written(folder, edited(content, edit) if edit else content))


def withheld(_number: int, kind: str, content_type: str, block: Any) -> Any:
    """A file that proves no less, but brings no bytes."""
    if kind == "response":
        return None
    return block | {"bytes": [None for _ in block["bytes"]]} if content_type == VERSION else block


@pytest.mark.parametrize("rules", ["code", "newer"])
@pytest.mark.parametrize("thinned", ["", "pruned", "withheld"])
async def test_an_unchanged_page_is_unchanged(
    here: Store, there: Store, tmp_path: Path, rules: str, thinned: str
) -> None:
    web = Web()
    await recorded(web, here)
    if thinned == "pruned":
        maintenance.prune(here, now=NOW, keep=DAY, versions=1, period=Period.YEAR)
    handed_on(here, there, tmp_path, withheld if thinned == "withheld" else None)
    (result,) = await round_of(web, there, one(), rules=rules)
    assert (result.outcome, queries.alerts(there)) == (Outcome.UNCHANGED, [])
    assert notes(there) == [None] * 3 + ["reread"] * (thinned == "withheld"), "with its bytes, where there were none"
    assert maintenance.verify(there) == []


async def test_better_rules_are_silent_and_an_edit_since_is_told(
    here: Store, there: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    web = Web()
    await recorded(web, here)
    handed_on(here, there, tmp_path)
    improve(monkeypatch, lambda article: replace(article, paragraphs=article.paragraphs[::-1]))
    on_two_pages(web, LOWER, (MORE[0], MORE[1].replace("120", "90")))
    (result,) = await round_of(web, there, one(), rules="newer")
    assert (result.outcome, notes(there)) == (Outcome.CHANGED, [None, None, None, "reread", None])
    [told] = queries.alerts(there)
    assert "120公里 → 90公里" in told.summary
    assert maintenance.verify(there) == []


async def test_an_earlier_text_that_returns_is_known_as_such(here: Store, there: Store, tmp_path: Path) -> None:
    web = Web()
    await recorded(web, here)
    handed_on(here, there, tmp_path)
    on_two_pages(web)
    outcomes = []
    for hours in (0, 1, 2):
        web.now = NOW + timedelta(hours=hours)
        (result,) = await round_of(web, there, one(), now=web.now)
        outcomes.append(result.outcome)
    assert outcomes == [Outcome.SUSPECT, Outcome.CHANGED, Outcome.UNCHANGED]
    assert len(queries.alerts(there)) == 1


async def test_a_listing_with_a_page_taken_over_announces_only_what_comes_later(
    here: Store, there: Store, tmp_path: Path
) -> None:
    def lists(*numbers: int) -> bytes:
        links = "".join(f'<li><a href="/r/{number}.html">云溪市{number}年政府工作报告</a></li>' for number in numbers)
        return f"<ul>{links}</ul>".encode()

    def portal() -> Source:
        return source(url=None, listing=LISTING, match=r"/r/\d+\.html$", delay=timedelta(0))

    web = Web()
    for year in (2024, 2025, 2026):
        paragraphs = tuple(text.replace("6%", f"{year % 10}.{year % 7}%") for text in PARAGRAPHS)
        web.put(f"https://www.example.org/r/{year}.html", html(paragraphs, f"云溪市{year}年政府工作报告"))
    web.put(LISTING, lists(2024))
    await round_of(web, here, portal())
    handed_on(here, there, tmp_path)
    web.put(LISTING, lists(2024, 2025))
    results = await round_of(web, there, portal())
    assert queries.alerts(there) == []
    assert sorted(result.outcome for result in results if "/r/" in result.url) == [Outcome.NEW, Outcome.UNCHANGED]
    web.put(LISTING, lists(2024, 2025, 2026))
    await round_of(web, there, portal(), now=NOW + DAY)
    assert [alert.type for alert in queries.alerts(there)] == ["page.new"]
    assert maintenance.verify(there) == []
