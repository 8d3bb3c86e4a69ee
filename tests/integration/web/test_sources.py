"""The sources: how each stands, worst first; checking one now; pausing one in the file, comments kept."""

import re
from pathlib import Path

import pytest

from crawler.app import load_config
from crawler.checks import Outcome
from crawler.web.pages.sources import PORTION
from storage.store import Store
from tests.support.dashboard import Clock, Dashboard, office_of, running
from tests.support.store import HOUR, NOW, source, unchanged, watch

FILE = """\
# Our watch list; keep it in order.
defaults: {every: 6h}
sources:
  - {id: well, title: 甲县政府工作报告, url: "https://www.example.org/well.html"}   # fine so far
  - {id: failing, title: <b>乙县</b>, url: "https://www.example.org/failing.html"}
  - id: paused      # until the portal is back
    url: https://www.example.org/paused.html
    enabled: false
  - {id: fresh, url: "https://www.example.org/fresh.html"}
"""


@pytest.fixture
def config(tmp_path: Path) -> Path:
    path = tmp_path / "sources.yaml"
    path.write_text(FILE, "utf-8")
    return path


@pytest.fixture(autouse=True)
def stood(store: Store) -> None:
    """One that is well, one that fails, one that is no longer in the file."""
    well, failing, _ = watch(store, *(source(name) for name in ("well", "failing", "gone")))
    store.record(unchanged(well))
    store.record(unchanged(failing))
    failing = store.due_page(failing.page, failing.source)
    failed = {"outcome": Outcome.FAILED, "reason": "HTTP <500>", "failures": 4, "told_failing": True}
    store.record(unchanged(failing, at=NOW + HOUR, **failed))
    store.sync([source("well"), source("failing")], NOW)


def rows(page: str) -> dict[str, str]:
    """The text of each row of the table by the source's id, without markup."""
    found = {}
    for row in re.findall(r"<tr>\n(.*?)</tr>", page, re.DOTALL):
        text = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", row))
        found[re.findall(r"<small>([\w-]+)</small></th>", row)[0]] = text
    return found


def test_what_fails_comes_first_and_every_source_says_how_it_stands(dashboard: Dashboard) -> None:
    with dashboard.browser() as browser:
        page = browser.get("/sources").text
    found = rows(page)
    assert list(found) == ["failing", "fresh", "well", "paused", "gone"]
    assert "failing" in found["failing"]
    assert "4 failures in a row" in found["failing"]
    assert "2026-11-22 16:00" in found["failing"], "when it was last read as it should be"
    assert "not read yet" in found["fresh"]
    assert "at rest" in found["gone"]
    assert ("Check now" in found["well"], "Pause" in found["well"]) == (True, True)
    assert ("Check now" in found["paused"], "Resume" in found["paused"]) == (False, True)
    assert "Check now" not in found["gone"]
    assert "<b>乙县" not in page


def test_sources_are_found_by_words_and_by_state(dashboard: Dashboard) -> None:
    with dashboard.browser() as browser:
        assert list(rows(browser.get("/sources", params={"words": "甲县"}).text)) == ["well"]
        assert list(rows(browser.get("/sources?state=paused").text)) == ["paused"]
        assert "No source fits." in browser.get("/sources?state=paused&words=well").text
        for absurd in ("state=<b>", "skip=-1", "skip=x", f"skip={2**63}", f"words={'x' * 501}"):
            answer = browser.get(f"/sources?{absurd}")
            assert answer.status_code == 400
            assert "<b>" not in answer.text
        assert browser.get(f"/sources?skip={2**63 - 1}").status_code == 200


def test_a_source_that_is_new_in_the_file_has_a_page_that_says_so(dashboard: Dashboard) -> None:
    with dashboard.browser() as browser:
        answer = browser.get("/pages?source=fresh")
        assert (answer.status_code, "it has not been read yet" in answer.text) == (200, True)
        assert browser.get("/pages?source=nowhere").status_code == 404


def test_many_sources_come_in_portions(dashboard: Dashboard, store: Store, config: Path) -> None:
    config.write_text(
        "sources:\n" + "".join(f"  - {{id: s{n:03}, url: 'https://www.example.org/{n}'}}\n" for n in range(120))
    )
    with dashboard.browser() as browser:
        first = browser.get("/sources")
        assert len(rows(first.text)) == PORTION
        following = re.findall(r'rel="next" href="([^"]+)"', first.text)
        assert set(rows(browser.get(following[0]).text)).isdisjoint(rows(first.text))


def test_a_check_asked_for_is_made_by_the_daemon_at_once(store: Store, config: Path, clock: Clock) -> None:
    office = office_of(store, config, clock, ticked_at=clock)
    with running(office) as dashboard, dashboard.browser() as browser:
        assert store.due({"well": source("well")}, NOW) == []
        answer = browser.send_form("/sources/well/check")
        assert (answer.status_code, answer.headers["location"]) == (303, "/sources?asked=well")
        assert "well is checked now" in browser.get(answer.headers["location"]).text
        assert [due.source.id for due in store.due({"well": source("well")}, NOW)] == ["well"]


@pytest.mark.parametrize("name", ["paused", "gone", "nowhere", "<b>"])
def test_what_is_not_watched_is_not_checked(dashboard: Dashboard, name: str) -> None:
    with dashboard.browser() as browser:
        answer = browser.send_form(f"/sources/{name}/check")
        assert answer.status_code == 404
        assert "<b>" not in answer.text


def test_pausing_and_resuming_are_written_into_the_file_and_nothing_else_is(dashboard: Dashboard, config: Path) -> None:
    with dashboard.browser() as browser:
        assert browser.send_form("/sources/well/pause").status_code == 303
        assert "paused" in rows(browser.get("/sources").text)["well"]
        enabled = {each.id for each in load_config(str(config)).sources if each.enabled}
        assert enabled == {"failing", "fresh"}
        assert "# fine so far" in config.read_text("utf-8")
        assert browser.send_form("/sources/well/resume").status_code == 303
        assert config.read_text("utf-8") == FILE
        assert browser.send_form("/sources/nowhere/pause").status_code == 409
        assert config.read_text("utf-8") == FILE


def test_a_file_that_cannot_be_edited_or_read_is_said(dashboard: Dashboard, config: Path) -> None:
    with dashboard.browser() as browser:
        config.write_text("sources: [{id: a, uri: x}]\n")
        page = browser.get("/sources")
        assert "sources.yaml:1" in page.text
        assert {"failing", "well"} <= set(rows(page.text)), "what is stored is shown all the same"
        for form in ("/sources/a/pause", "/sources/a/check"):
            answer = browser.send_form(form)
            assert answer.status_code == 409
            assert "sources.yaml" in answer.text
        config.unlink()
        assert "no such file" in browser.get("/sources").text


def test_a_change_of_the_file_is_seen_at_once(dashboard: Dashboard, config: Path) -> None:
    with dashboard.browser() as browser:
        assert "fresh" in rows(browser.get("/sources").text)
        config.write_text(FILE.replace("id: fresh", "id: other"), "utf-8")
        assert "other" in rows(browser.get("/sources").text)
