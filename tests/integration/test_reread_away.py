"""Better rules while the store of captures is away: the check fails and is done later, and nothing false is told."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from crawler.checks import Outcome
from storage import queries
from tests.support.portal import outcomes
from tests.support.rereading import improve
from tests.support.s3 import S3Server, move_all, s3_server
from tests.support.store import opened
from tests.support.values import PARAGRAPHS
from tests.support.web import URL, Web, html, one, round_of


@pytest.fixture
def s3() -> Iterator[S3Server]:
    with s3_server() as server:
        yield server


async def test_a_page_whose_bytes_are_away_is_checked_again_once_they_are_back(
    tmp_path: Path, s3: S3Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    web = Web()
    web.put(URL, html())
    with opened(tmp_path / "crawler.db", captures=s3.url()) as store:
        await round_of(web, store, one())
        assert move_all(store) == 1
    improve(monkeypatch, lambda article: replace(article, paragraphs=article.paragraphs[:-1]))
    lower = tuple(text.replace("6%左右", "5.5%左右") for text in PARAGRAPHS)
    web.put(URL, html(lower))
    with opened(tmp_path / "crawler.db", captures="s3://evidence/captures?endpoint=http://127.0.0.1:9") as store:
        (result,) = await round_of(web, store, one(), rules="newer")
        assert (result.outcome, result.alerts) == (Outcome.FAILED, ())
        assert "cannot be asked now" in (result.reason or "")
        assert len(queries.versions(store, 1)) == 1
    with opened(tmp_path / "crawler.db", captures=s3.url()) as store:
        (result,) = await round_of(web, store, one(), rules="newer")
        assert outcomes([result]) == {Outcome.CHANGED}
        (alert,) = result.alerts
        assert [(each["old"], each["new"]) for each in alert.payload["text"]["hunks"]] == [("6%", "5.5%")]
