"""Bounds instead of an interval, as a user meets them: what was edited comes soon, what is old late; both say why."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.support.cli import crawl
from tests.support.http_server import HttpServer, page, reply
from tests.support.values import PARAGRAPHS
from tests.support.web import html

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
OLD = page(html().decode().replace("<div>", "<p>发布时间：2015-02-03 来源：云溪市人民政府</p><div>"))
EDITED = page(html((PARAGRAPHS[0], PARAGRAPHS[1].replace("6%", "5.5%"), *PARAGRAPHS[2:])).decode())


@pytest.fixture
def site(tmp_path: Path) -> Iterator[HttpServer]:
    with HttpServer({"/yunxi.html": OLD}) as server:
        (tmp_path / "sources.yaml").write_text(
            "network: {allow_private: true}\ndefaults: {every: 1h, up_to: 2d, delay: 0s, timezone: UTC}\n"
            f"sources: [{{id: yunxi, url: '{server.url('/yunxi.html')}'}}]\n",
            "utf-8",
        )
        yield server


def checked(folder: Path) -> tuple[dict[str, Any], timedelta]:
    """The page's line after another check, and how far off the next one is."""
    crawl(folder, "once")
    [line] = crawl(folder, "pages", "--json").json
    return line, datetime.fromisoformat(line["next_check"]) - datetime.fromisoformat(line["checked_at"])


def test_what_was_edited_comes_soon_and_what_is_old_late(site: HttpServer, tmp_path: Path) -> None:
    line, wait = checked(tmp_path)
    why = {each["reason"]: each["amount"] for each in line["why"]}
    assert wait > 4 * HOUR
    assert why["age"] > (datetime.now(UTC) - datetime(2015, 2, 4, tzinfo=UTC)).total_seconds()
    site.routes["/yunxi.html"] = EDITED
    line, wait = checked(tmp_path)
    why = {each["reason"]: each["amount"] for each in line["why"]}
    assert (line["outcome"], why["edits"], why["edited"]) == ("changed", 1, 0)
    assert HOUR <= wait < 3 * HOUR
    printed = " ".join(crawl(tmp_path, "pages", COLUMNS="400").out.split())
    assert "0 s after its last edit; edits seen: 1" in printed


def test_a_failed_check_waits_as_long_as_the_server_asks(site: HttpServer, tmp_path: Path) -> None:
    checked(tmp_path)
    site.routes["/yunxi.html"] = reply(status=503, headers={"Retry-After": "7200"})
    line, wait = checked(tmp_path)
    assert (line["outcome"], line["why"]) == ("failed", [{"reason": "retry_after", "amount": 7200}])
    assert wait == 2 * HOUR
    site.routes["/yunxi.html"] = reply(status=503)
    line, wait = checked(tmp_path)
    assert line["why"] == [{"reason": "backoff", "amount": 2}]


def test_a_listing_is_read_at_its_interval_whatever_its_pages_wait_for(tmp_path: Path) -> None:
    links = page(
        "<ul>" + "".join(f"<li><a href='/list/{n}.html'>云溪市政府工作报告{n}</a></li>" for n in range(3)) + "</ul>"
    )
    with HttpServer({"/list/": links, **{f"/list/{n}.html": OLD for n in range(3)}}) as server:
        (tmp_path / "sources.yaml").write_text(
            "network: {allow_private: true}\ndefaults: {every: 1h, up_to: 2d, delay: 0s}\n"
            f"sources: [{{id: list, listing: '{server.url('/list/')}'}}]\n",
            "utf-8",
        )
        before = datetime.now(UTC)
        crawl(tmp_path, "once")
        [source] = crawl(tmp_path, "sources", "--json").json
        pages = crawl(tmp_path, "pages", "--json").json
    assert len(pages) == 3
    assert datetime.fromisoformat(source["next_check"]) <= before + 1.1 * HOUR
    assert all(datetime.fromisoformat(line["next_check"]) > before + 4 * HOUR for line in pages)
