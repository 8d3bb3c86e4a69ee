"""Metrics as Prometheus reads them: by its own parser, over a real round, closed to whoever shows no token."""

import asyncio

import pytest
from prometheus_client.parser import text_string_to_metric_families

from crawler.app import keep_totals, run_once
from crawler.config import parse_config
from crawler.tally import Tally
from storage.access import add_token
from storage.store import Store
from storage.tallies import totals
from tests.support.dashboard import Dashboard
from tests.support.http_server import HttpServer, page
from tests.support.store import NOW, alert, alter, changed, source, watch
from tests.support.web import html

SECRET = "a-token-for-a-machine-that-measures"


@pytest.fixture
def token(dashboard: Dashboard) -> str:
    add_token(dashboard.store, "prometheus", SECRET, ["read"], NOW)
    return SECRET


def told(dashboard: Dashboard, token: str) -> dict[tuple[str, ...], float]:
    """Each sample by its name and labels."""
    with dashboard.stranger() as machine:
        answer = machine.get("/metrics", headers={"authorization": f"Bearer {token}"})
    assert answer.status_code == 200
    assert answer.headers["content-type"].startswith("text/plain; version=")
    families = list(text_string_to_metric_families(answer.text))
    assert len({family.name for family in families}) == len(families)
    return {
        (sample.name, *(each for _, each in sorted(sample.labels.items()))): sample.value
        for family in families
        for sample in family.samples
    }


def test_a_round_is_counted_and_goes_on_being_counted(dashboard: Dashboard, token: str) -> None:
    with HttpServer({"/yunxi.html": page(html().decode())}) as portal:
        there, gone = portal.url("/yunxi.html"), portal.url("/gone.html")
        config = parse_config(
            f"defaults: {{delay: 0s}}\nnetwork: {{allow_private: true}}\n"
            f"sources:\n  - {{id: there, url: {there!r}}}\n  - {{id: gone, url: {gone!r}}}\n",
            {},
        )
        for rounds in (1, 2):
            asyncio.run(run_once(config, dashboard.store))
            found = told(dashboard, token)
            assert found["crawler_checks_total", "failed"] == rounds
            assert found["crawler_requests_total", "2xx", "other"] == rounds
            answers = sum(value for key, value in found.items() if key[0] == "crawler_requests_total")
            assert found["crawler_request_seconds_count", "other"] == answers
            assert found["crawler_request_seconds_bucket", "other", "+Inf"] == answers
            assert found["crawler_received_bytes_total", "other"] >= rounds * len(html())
    assert found["crawler_checks_total", "new"] == found["crawler_checks_total", "unchanged"] == 1
    assert found["crawler_pages", "unchanged"] == found["crawler_pages", "failed"] == 1
    assert found["crawler_versions_total",] == 1
    assert found["crawler_sources",] == 2
    assert found["crawler_targets",] > 0
    assert found["crawler_database_bytes",] > 0
    assert ("crawler_tick_age_seconds",) not in found, "no daemon was ever at work"


def test_what_waits_and_what_was_given_up_is_told_by_channel(dashboard: Dashboard, token: str) -> None:
    [due] = watch(dashboard.store, source())
    dashboard.store.record(changed(due, alerts=(alert("one"), alert("two"))))
    found = told(dashboard, token)
    waiting = {key[1]: value for key, value in found.items() if key[0] == "crawler_outbox_pending"}
    assert waiting
    assert set(waiting.values()) == {2}
    assert {key[1] for key in found if key[0] == "crawler_outbox_oldest_seconds"} == set(waiting)
    kept = {key[1:]: value for key, value in found.items() if key[0] == "crawler_outbox_deliveries"}
    assert kept == {(channel, "pending"): 2 for channel in waiting}
    assert found["crawler_outbox_dead",] == 0
    assert sum(value for key, value in found.items() if key[0] == "crawler_alerts_total") == 2


def test_nothing_stored_is_told_too(dashboard: Dashboard, token: str) -> None:
    found = told(dashboard, token)
    assert found["crawler_versions_total",] == found["crawler_overdue_checks",] == 0
    assert found["crawler_build_info", "0.1.0"] == 1


def test_no_address_title_or_secret_is_in_it(dashboard: Dashboard, token: str) -> None:
    [due] = watch(dashboard.store, source(title="A-TITLE"))
    dashboard.store.record(changed(due))
    with dashboard.stranger() as machine:
        answer = machine.get("/metrics", headers={"authorization": f"Bearer {token}"}).text
    for private in (due.url, "example", "A-TITLE", "hechuan", SECRET, "河川"):
        assert private not in answer


@pytest.mark.parametrize("header", [{}, {"authorization": "Bearer wrong-and-long-enough"}])
def test_without_a_token_it_is_closed(dashboard: Dashboard, header: dict[str, str]) -> None:
    with dashboard.stranger() as stranger:
        answer = stranger.get("/metrics", headers=header)
    assert answer.status_code == 401
    assert "crawler_" not in answer.text


def test_totals_that_cannot_be_stored_now_are_stored_later(store: Store) -> None:
    tally = Tally()
    tally.add("checks", "new")
    alter(store.database.path, "ALTER TABLE tally RENAME TO elsewhere")
    keep_totals(store, tally)
    alter(store.database.path, "ALTER TABLE elsewhere RENAME TO tally")
    keep_totals(store, tally)
    keep_totals(store, tally)
    assert totals(store) == {("checks", "new"): 1}
