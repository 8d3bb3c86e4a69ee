"""Raw captures of the dashboard whose bytes lie in an S3 store."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.dashboard import Clock, office_of, running
from tests.support.s3 import S3Server, move_all, s3_server
from tests.support.store import opened, stock

RAW = "/pages/1/versions/1/raw/1"
AWAY = "s3://evidence/captures?endpoint=http://127.0.0.1:9"


@pytest.fixture
def s3() -> Iterator[S3Server]:
    with s3_server() as server:
        yield server


def test_they_are_shown_from_there_and_while_it_is_away_only_they_are_not(
    tmp_path: Path, config: Path, clock: Clock, s3: S3Server
) -> None:
    path = tmp_path / "crawler.db"
    with opened(path, captures=s3.url()) as store:
        stock(store)
        with running(office_of(store, config, clock)) as dashboard, dashboard.browser() as browser:
            before = browser.get(RAW)
            assert move_all(store) == 2
            after = browser.get(RAW)
            assert (after.status_code, after.content) == (200, before.content)
    with (
        opened(path, captures=AWAY) as store,
        running(office_of(store, config, clock)) as dashboard,
        dashboard.browser() as browser,
    ):
        refused = browser.get(RAW)
        assert refused.status_code == 503
        assert "evidence/captures" not in refused.text
        shown = browser.get("/pages/1/versions/1/text")
        assert shown.status_code == 200
        assert "320万吨" in shown.text
