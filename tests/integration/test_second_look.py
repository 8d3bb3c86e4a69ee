"""A change of whole paragraphs is looked at twice within the check, so that what a server draws anew is never told."""

from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from crawler.checks import Outcome, Result
from crawler.model import Failure, FailureKind, Fetched, Request, Response
from storage.store import Store
from tests.support.store import HOUR, NOW, opened
from tests.support.values import PARAGRAPHS
from tests.support.web import URL, Web, html, one, round_of

ADDED = "全市新建改建农村公路一百二十公里，危桥改造全部完成。"
SIGNERS = ("云溪市人民政府", "云溪市人民食府", "云溪市人民府")
LACKING = (*PARAGRAPHS[:2], *PARAGRAPHS[3:])
ADVERTS = [f"城东{number}号楼盘今日盛大开盘，首付{number}万元起，先到先得。" for number in range(9)]


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with opened(tmp_path / "crawler.db") as open_store:
        yield open_store


class Page:
    """A page that may show something else at each request."""

    def __init__(self, store: Store) -> None:
        self.store, self.web, self.now = store, Web(), NOW

    async def check(self, *shown: Sequence[str] | int) -> Result:
        """A check in which the requests are answered in turn; a number is a status."""
        self.now += HOUR
        self.web.asked.clear()
        turns = iter(shown)
        self.web.answers[URL] = lambda request: self._answer(request, next(turns))
        (result,) = await round_of(self.web, self.store, one(), now=self.now)
        assert next(turns, None) is None, "asked less often than thought"
        return result

    def _answer(self, request: Request, shown: Sequence[str] | int) -> Response:
        if isinstance(shown, int):
            return Failure(
                url=request.url, kind=FailureKind.STATUS, reason=f"HTTP {shown}", permanent=False, status=shown
            )
        return Fetched(url=request.url, status=200, headers={}, content=html(tuple(shown)), fetched_at=self.now)


def with_line(line: str, after: int = 1, paragraphs: Sequence[str] = PARAGRAPHS) -> tuple[str, ...]:
    return (*paragraphs[:after], line, *paragraphs[after:])


def edits(result: Result) -> list[str]:
    """Old and new words of each edit that was told."""
    return [f"{hunk['old']}→{hunk['new']}" for told in result.alerts for hunk in told.payload["text"]["hunks"]]


async def test_an_advert_drawn_anew_for_each_request_is_never_told(store: Store) -> None:
    page = Page(store)
    await page.check(PARAGRAPHS)
    for number in range(0, 8, 2):
        result = await page.check(with_line(ADVERTS[number]), with_line(ADVERTS[number + 1], after=2))
        assert (result.outcome, result.alerts) == (Outcome.UNCHANGED, ())


async def test_a_paragraph_that_one_reading_lacks_is_not_told_as_gone(store: Store) -> None:
    page = Page(store)
    await page.check(PARAGRAPHS)
    result = await page.check(LACKING, PARAGRAPHS)
    assert (result.outcome, result.version, result.alerts) == (Outcome.UNCHANGED, 1, ())
    result = await page.check(LACKING, with_line(ADVERTS[0]))
    assert (result.outcome, result.alerts) == (Outcome.UNCHANGED, ())


async def test_an_edit_beside_an_advert_is_told_in_the_same_check_and_alone(store: Store) -> None:
    page = Page(store)
    await page.check(PARAGRAPHS)
    edited = [text.replace("增长6%", "增长5.5%") for text in PARAGRAPHS]
    result = await page.check(with_line(ADVERTS[0], paragraphs=edited), edited)
    assert (result.outcome, edits(result)) == (Outcome.CHANGED, ["6%→5.5%"])
    assert (await page.check(edited)).outcome is Outcome.UNCHANGED
    result = await page.check(with_line(ADDED, paragraphs=edited), with_line(ADDED, paragraphs=edited))
    assert (result.outcome, edits(result)) == (Outcome.CHANGED, [f"→{ADDED}"])


async def test_an_edit_within_a_paragraph_is_told_at_the_first_look(store: Store) -> None:
    page = Page(store)
    await page.check(PARAGRAPHS)
    result = await page.check([text.replace("增长6%", "增长5.5%") for text in PARAGRAPHS])
    assert edits(result) == ["6%→5.5%"]


@pytest.mark.parametrize("second", [503, ["系统维护中，请稍后再来。"]])
async def test_a_second_look_that_fails_or_is_doubted_holds_nothing_back(
    store: Store, second: Sequence[str] | int
) -> None:
    page = Page(store)
    await page.check(PARAGRAPHS)
    result = await page.check(with_line(ADDED), second)
    assert (result.outcome, edits(result)) == (Outcome.CHANGED, [f"→{ADDED}"])


async def test_what_two_looks_undid_is_read_again_at_the_next_check(store: Store) -> None:
    page = Page(store)
    await page.check(PARAGRAPHS)
    await page.check(with_line(ADDED), PARAGRAPHS)
    result = await page.check(with_line(ADDED), with_line(ADDED))
    assert (result.outcome, edits(result)) == (Outcome.CHANGED, [f"→{ADDED}"])


async def test_what_waited_for_a_second_check_is_not_read_a_third_time(store: Store) -> None:
    page = Page(store)
    long = [*PARAGRAPHS, *(f"第{number}项工作：{ADDED}" for number in range(12))]
    await page.check(long)
    shrunk = await page.check(long[:7])
    assert shrunk.outcome is Outcome.SUSPECT
    assert (await page.check(long[:7])).outcome is Outcome.CHANGED


async def test_a_line_that_an_edit_makes_unlike_a_body_is_told_as_edited_and_stays(store: Store) -> None:
    page = Page(store)
    whole = html(PARAGRAPHS).decode().removesuffix("</div>")
    signed = [f"{whole}<div class=s>{name}</div><div class=x>云溪读书频道</div></div>" for name in SIGNERS]

    async def check(number: int) -> Result:
        page.now += HOUR
        page.web.put(URL, signed[number].encode())
        (result,) = await round_of(page.web, page.store, one(), now=page.now)
        return result

    await check(0)
    assert edits(await check(1)) == ["政→食"]
    assert (await check(1)).outcome is Outcome.UNCHANGED
    assert edits(await check(2)) == ["食→"]
