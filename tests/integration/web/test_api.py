"""The API as developers meet it: the commands' values, portions that miss and repeat nothing, errors of one shape."""

import base64
import json
from pathlib import Path
from typing import Any

import pytest

from crawler.checks import Outcome
from crawler.errors import StorageError
from crawler.web.api import status
from crawler.web.api.parameters import LARGEST, MOST
from crawler.web.pages import sources as sources_page
from storage.access import add_token
from storage.store import Store
from tests.support.api import program, walk
from tests.support.cli import crawl
from tests.support.dashboard import Clock, Dashboard, office_of, running
from tests.support.http_server import HttpServer, page
from tests.support.store import (
    DAY,
    HOUR,
    NOW,
    alert,
    changed,
    document,
    listed,
    listing,
    raised,
    source,
    stock,
    target,
    unchanged,
    watch,
)

HTML = "<html><body><h1>河川市2027年政府工作报告</h1>" + "<p>粮食产量稳定在320万吨以上，城镇新增就业3万人。</p>" * 9
HOSTILE = "</script><b>\u202e\u2028\x07\x1b[31m\"'&"


def more_changes(store: Store, *names: str, at: Any = NOW) -> None:
    """One more version of each of these pages."""
    for due in store.due({name: source(name) for name in names}, None):
        read = document(f"河川市政府工作报告\n第{due.version}版。", fetched_at=at)
        store.record(changed(due, read=read, at=at, targets=raised()))


class TestValues:
    """What the commands print as JSON is what the API answers."""

    @pytest.fixture(autouse=True)
    def some(self, store: Store) -> None:
        stock(store, versions=3)
        other = {each.source.id: each for each in watch(store, source(), source("other"))}["other"]
        store.record(unchanged(other, outcome=Outcome.FAILED, reason=HOSTILE, failures=4))
        more_changes(store, "hechuan", at=NOW + HOUR)

    @pytest.mark.parametrize(
        ("path", "command", "backwards"),
        [
            ("sources", ("sources",), False),
            ("pages", ("pages",), False),
            ("pages?source=other&outcome=failed", ("pages", "--source", "other"), False),
            ("pages/1/versions", ("versions", "1"), True),
            ("changes", ("changes",), False),
            ("changes?source=hechuan", ("changes", "--source", "hechuan"), False),
            ("alerts", ("alerts",), False),
            ("alerts?state=pending", ("alerts", "--state", "pending"), False),
        ],
    )
    def test_a_list(
        self, dashboard: Dashboard, tmp_path: Path, path: str, command: tuple[str, ...], backwards: bool
    ) -> None:
        told = crawl(tmp_path, *command, "--json").json
        with program(dashboard) as asking:
            found = asking.get(path).json()
        assert told
        assert found == {"items": told[::-1] if backwards else told, "next": None}

    @pytest.mark.parametrize(
        ("path", "command"),
        [
            ("pages/1/versions/2", ("show", "1", "--version", "2")),
            ("pages/1/diff", ("changes", "1")),
            ("pages/1/diff?new=2", ("changes", "1", "--version", "2")),
            ("pages/1/diff?old=1&new=2", ("changes", "1", "--version", "2")),
        ],
    )
    def test_a_document(self, dashboard: Dashboard, tmp_path: Path, path: str, command: tuple[str, ...]) -> None:
        with program(dashboard) as asking:
            assert asking.get(path).json() == crawl(tmp_path, *command, "--json").json

    def test_one_of_a_list(self, dashboard: Dashboard) -> None:
        with program(dashboard) as asking:
            for path, key in (("sources", "source"), ("pages", "page"), ("alerts", "id")):
                for each in asking.get(path).json()["items"]:
                    assert asking.get(f"{path}/{each[key]}").json() == each

    def test_the_status(self, dashboard: Dashboard, tmp_path: Path) -> None:
        told = crawl(tmp_path, "health", "--json").json
        with program(dashboard) as asking:
            found = asking.get("status").json()
        assert found.keys() == told.keys()
        for same in ("last_tick", "deliveries", "sources", "channels"):
            assert found[same] == told[same]

    def test_targets_are_those_of_the_export(self, dashboard: Dashboard, tmp_path: Path) -> None:
        told = crawl(tmp_path, "export", "targets", "--format", "json").json
        with program(dashboard) as asking:
            found = asking.get("targets").json()["items"]
        named = (
            "page",
            "source",
            "title",
            "region",
            "year",
            "indicator",
            "key",
            "relation",
            "unit",
            "text",
            "sentence",
        )
        assert [{name: each[name] for name in named} for each in found] == [
            {name: each[name] for name in named} for each in told
        ]

    def test_two_versions_are_compared_either_way(self, dashboard: Dashboard) -> None:
        with program(dashboard) as asking:
            there, back = (asking.get(f"pages/1/diff?old={old}&new={new}").json() for old, new in ((1, 3), (3, 1)))
            assert [(each["old"], each["new"]) for each in there["hunks"]] == [("320", "340")]
            assert [(each["old"], each["new"]) for each in back["hunks"]] == [("340", "320")]
            assert asking.get("pages/1/diff?old=2&new=2").json()["changed"] is False
            for nowhere in ("old=1&new=9", "old=9", "new=1", "new=9"):
                assert asking.get(f"pages/1/diff?{nowhere}").status_code == 404, nowhere
            assert asking.get("pages/2/diff").status_code == 404


class TestPortions:
    def test_a_walk_meets_everything_once_while_changes_come_in(self, dashboard: Dashboard, store: Store) -> None:
        names = [f"s{number:02}" for number in range(7)]
        watch(store, *(source(name) for name in names))
        for round_ in range(4):
            more_changes(store, *names, at=NOW + round_ * HOUR)
        with program(dashboard) as asking:
            before = {
                (each["page"], each["version"])
                for each in asking.get("changes", params={"limit": MOST}).json()["items"]
            }
            assert len(before) == 21
            met, cursor, added = [], None, 0
            while True:
                document = asking.get("changes", params={"limit": 2, **({"cursor": cursor} if cursor else {})}).json()
                met += [(each["page"], each["version"]) for each in document["items"]]
                cursor = document["next"]
                if cursor is None:
                    break
                more_changes(store, names[added % 7], at=NOW + DAY + added * HOUR)
                added += 1
        assert added > 5
        assert len(met) == len(set(met))
        assert set(met) == before

    @pytest.mark.parametrize(
        ("path", "key"),
        [("sources", "source"), ("pages", "page"), ("pages/1/versions", "version"), ("alerts", "id")],
    )
    def test_each_list_is_walked_whole(self, dashboard: Dashboard, store: Store, path: str, key: str) -> None:
        names = ["hechuan", *(f"s{number}" for number in range(5))]
        watch(store, *(source(name) for name in names), listing("portal"))
        for number in range(6):
            for due in store.due({name: source(name) for name in names}, None):
                told = (alert(f"a{number}{due.page}", page=due.page, source=due.source.id),)
                store.record(changed(due, read=document(f"第{number}版"), alerts=told))
        with program(dashboard) as asking:
            whole = [each[key] for each in asking.get(path, params={"limit": MOST}).json()["items"]]
            assert len(whole) > 5
            for limit in (1, 2, 5):
                assert [each[key] for each in walk(asking, path, limit=limit)] == whole

    @pytest.mark.parametrize("order", ["newest", "largest", "smallest"])
    def test_targets_are_walked_whole_in_every_order(self, dashboard: Dashboard, store: Store, order: str) -> None:
        names = [f"s{number}" for number in range(4)]
        values = ["5", "0.1", None, "5", "-2", "1e30", "0.30000000000000004"]
        for number, due in enumerate(watch(store, *(source(name) for name in names))):
            said = tuple(target(f"指标{place}", low) for place, low in enumerate(values[number:]))
            year = None if number == 1 else 2024 + number
            store.record(changed(due, read=document(f"第{number}版", targets=said, year=year)))
        with program(dashboard) as asking:
            whole = asking.get("targets", params={"order": order}).json()["items"]
            assert len(whole) == 7 + 6 + 5 + 4
            assert walk(asking, "targets", order=order, limit=3) == whole
            numbers = [float(each["low"]) for each in whole if each["low"]]
            if order != "newest":
                assert numbers == sorted(numbers, reverse=order == "largest")

    def test_a_cursor_of_another_list_or_none_at_all_leads_nowhere(self, dashboard: Dashboard, store: Store) -> None:
        watch(store, source("a"), source("b"))
        with program(dashboard) as asking:
            given = asking.get("sources", params={"limit": 1}).json()["next"]
            assert asking.get("sources", params={"cursor": given}).status_code == 200
            for path in ("pages", "changes", "alerts", "targets"):
                assert asking.get(path, params={"cursor": given}).status_code == 404, path
            for odd in ("x", "ü", given[:-3], given + "A", "=" * 8):
                problem(asking.get("sources", params={"cursor": odd}), 404)

    @pytest.mark.parametrize(
        ("path", "place"),
        [
            ("sources", []),
            ("sources", None),
            ("sources", ["sources", 1]),
            ("pages", ["pages", -1]),
            ("pages", ["pages", 2**63]),
            ("pages/1/versions", ["versions", 1e300]),
            ("changes", ["changes", "x", 1, 1]),
            ("changes", ["changes", "2026-11-22T08:00:00", 1, 1]),
            ("changes", ["changes", "2026-11-22T08:00:00Z", 1, 2**70]),
            ("alerts", ["alerts", "\ud800"]),
            ("targets", ["newest", [2**70, 1, 1, 1]]),
            ("targets", ["odd", [0, 1, 1, 1]]),
        ],
    )
    def test_a_cursor_that_somebody_made_up_breaks_nothing(
        self, dashboard: Dashboard, store: Store, path: str, place: Any
    ) -> None:
        stock(store)
        with program(dashboard) as asking:
            problem(asking.get(path, params={"cursor": cursor_of(place)}), 404)

    @pytest.mark.parametrize(
        ("path", "place"),
        [
            ("changes", ["changes", "0001-01-01T00:00:00+23:59", 1, 1]),
            ("changes", ["changes", "9999-12-31T23:59:59-23:59", 2**63 - 1, 1]),
            ("targets", ["newest", [1, float("nan"), 1, 1]]),
            ("targets", ["smallest", [0, float("inf"), 1, 1]]),
            ("sources", ["sources", "\x00\U0010ffff"]),
            ("pages", ["pages", 2**63 - 1]),
            ("pages/1/versions", ["versions", 0]),
        ],
    )
    def test_a_cursor_at_the_end_of_everything_is_a_place(
        self, dashboard: Dashboard, store: Store, path: str, place: Any
    ) -> None:
        stock(store)
        with program(dashboard) as asking:
            assert asking.get(path, params={"cursor": cursor_of(place)}).status_code == 200

    def test_a_cursor_of_an_alert_that_was_pruned_does_not_pass_for_the_end(
        self, dashboard: Dashboard, store: Store
    ) -> None:
        stock(store)
        with program(dashboard) as asking:
            problem(asking.get("alerts", params={"cursor": cursor_of(["alerts", "pruned"])}), 404)


class TestFilters:
    @pytest.mark.parametrize(
        ("wanted", "count"),
        [
            ("indicator=粮食产量", 1),
            ("indicator=GDP", 0),
            ("region=河川市&year=2027", 1),
            ("year=2020", 0),
            ("kind=changed", 1),
            ("kind=text", 0),
            ("severity=high", 0),
            ("since=2026-11-22T08:00:00Z", 1),
            ("since=2026-11-22T16:00:00%2B08:00", 1),
            ("since=2026-11-22T08:00:01Z", 0),
            ("until=2026-11-22T08:00:00Z", 0),
            ("until=9999-12-31T23:59:59-23:59", 1),
            ("since=0001-01-01T00:00:00%2B23:59", 1),
        ],
    )
    def test_changes(self, dashboard: Dashboard, store: Store, wanted: str, count: int) -> None:
        stock(store)
        with program(dashboard) as asking:
            assert len(asking.get(f"changes?{wanted}").json()["items"]) == count

    @pytest.mark.parametrize(
        ("wanted", "count"),
        [
            ("indicator=粮食产量", 1),
            ("indicator=GDP", 0),
            ("region=河川市", 1),
            ("year=2026", 0),
            ("source=hechuan", 1),
        ],
    )
    def test_targets(self, dashboard: Dashboard, store: Store, wanted: str, count: int) -> None:
        stock(store)
        with program(dashboard) as asking:
            assert len(asking.get(f"targets?{wanted}").json()["items"]) == count

    @pytest.mark.parametrize("path", ["pages", "targets", "changes", "alerts"])
    def test_an_unknown_source_is_told(self, dashboard: Dashboard, path: str) -> None:
        with program(dashboard) as asking:
            assert asking.get(path, params={"source": "nowhere"}).status_code == 404


class TestErrors:
    @pytest.mark.parametrize(
        ("method", "path", "code"),
        [
            ("GET", "pages/99", 404),
            ("GET", f"pages/{LARGEST}", 404),
            ("GET", "pages/1/versions/9", 404),
            ("GET", "sources/nowhere", 404),
            ("GET", "alerts/nowhere", 404),
            ("GET", "nowhere", 404),
            ("GET", "pages/", 404),
            ("GET", "pages/1%0A2", 404),
            ("POST", "sources/nowhere/pause", 404),
            ("POST", "sources/nowhere/check", 404),
            ("POST", "alerts/nowhere/retry", 404),
            ("PUT", "pages", 405),
            ("DELETE", "pages/1", 405),
            ("GET", "pages/x", 422),
            ("GET", "pages/0", 422),
            ("GET", "pages/-1", 422),
            ("GET", f"pages/{2**64}", 422),
            ("GET", "pages?limit=0", 422),
            ("GET", "pages?limit=-5", 422),
            ("GET", f"pages?limit={MOST + 1}", 422),
            ("GET", "pages?limit=1e9", 422),
            ("GET", "pages?limit=" + "9" * 5000, 422),
            ("GET", "pages?limit=", 422),
            ("GET", "pages?limit=1&limit=2", 422),
            ("GET", "pages?outcome=odd", 422),
            ("GET", "pages?sourec=hechuan", 422),
            ("GET", "pages?lang=zh", 422),
            ("GET", "changes?since=2026-11-22", 422),
            ("GET", "changes?since=2026-02-30T00:00:00Z", 422),
            ("GET", "changes?region=a%00b", 422),
            ("GET", f"changes?region={'x' * 501}", 422),
            ("POST", "pages/1/check?page=2", 422),
        ],
    )
    def test_each_is_a_problem(self, dashboard: Dashboard, store: Store, method: str, path: str, code: int) -> None:
        stock(store)
        with program(dashboard) as asking:
            problem(asking.request(method, path), code)

    def test_parameters_that_make_no_sense_are_all_named(self, dashboard: Dashboard) -> None:
        with program(dashboard) as asking:
            told = problem(asking.get("changes?limit=x&year=y"), 422)
        assert [(each["in"], each["name"]) for each in told["errors"]] == [("query", "year"), ("query", "limit")]

    def test_a_body_that_is_too_large(self, dashboard: Dashboard) -> None:
        with program(dashboard) as asking:
            problem(asking.post("alerts/retry", content=b"x" * 1_000_001), 413)

    def test_another_name_for_this_server(self, dashboard: Dashboard) -> None:
        with program(dashboard) as asking:
            problem(asking.get("pages", headers={"Host": "evil.example"}), 421)

    @pytest.mark.parametrize(("error", "code"), [(RuntimeError("a secret"), 500), (StorageError("a secret"), 503)])
    def test_a_fault_tells_nothing_of_itself(
        self, dashboard: Dashboard, monkeypatch: pytest.MonkeyPatch, error: Exception, code: int
    ) -> None:
        def broken(*_: object) -> None:
            raise error

        monkeypatch.setattr(status, "vitals_of", broken)
        with program(dashboard) as asking:
            assert "secret" not in problem(asking.get("status"), code)["detail"]

    def test_a_configuration_with_faults(self, dashboard: Dashboard, config: Path, store: Store) -> None:
        stock(store)
        config.write_text("sources: [{id: a, uri: x}]\n")
        with program(dashboard) as asking:
            assert "sources.yaml:1" in problem(asking.get("status"), 409)["detail"]
            for order in ("sources/hechuan/check", "sources/hechuan/pause", "pages/1/check"):
                problem(asking.post(order), 409)
            assert asking.get("pages").status_code == 200


class TestTokens:
    @pytest.mark.parametrize(
        ("scope", "read", "written"), [("read", 200, 403), ("write", 403, 200), ("feed", 403, 403)]
    )
    def test_scopes(self, dashboard: Dashboard, store: Store, scope: str, read: int, written: int) -> None:
        add_token(store, "program", "its-secret", [scope], NOW)
        with program(dashboard, "its-secret") as asking:
            for answer, code in ((asking.get("pages"), read), (asking.post("alerts/retry"), written)):
                assert answer.status_code == code
                if code == 403:
                    problem(answer, 403)
                assert "set-cookie" not in answer.headers

    def test_without_a_token_or_with_a_wrong_one(self, dashboard: Dashboard) -> None:
        with dashboard.stranger() as stranger:
            for path in ("pages", "openapi.json", "", "nowhere", "pages?token=the-token-of-these-tests"):
                answer = stranger.get(f"/api/v1/{path}")
                problem(answer, 401)
                assert answer.headers["www-authenticate"] == "Bearer"
        with program(dashboard, "wrong") as asking:
            for _ in range(10):
                problem(asking.get("pages"), 401)
            answer = asking.get("pages")
            problem(answer, 429)
            assert 0 < int(answer.headers["retry-after"]) <= 301

    def test_who_is_logged_in_reads_but_orders_nothing(self, dashboard: Dashboard, store: Store) -> None:
        stock(store)
        with dashboard.browser() as browser:
            assert browser.get("/api/v1/pages").json()["items"]
            problem(browser.send_form("/api/v1/alerts/retry"), 401)
            problem(browser.post("/api/v1/alerts/retry"), 401)
            problem(browser.post("/api/v1/alerts/x%0A/retry"), 401)
            foreign = {"sec-fetch-site": "cross-site", "sec-fetch-mode": "no-cors"}
            problem(browser.get("/api/v1/pages", headers=foreign), 403)


def test_hostile_texts_stand_in_it_as_escapes(dashboard: Dashboard, store: Store) -> None:
    [due] = watch(store, source())
    read = document(f"{HOSTILE}\n正文", title=HOSTILE, region=HOSTILE, targets=(target(indicator=HOSTILE),))
    store.record(changed(due, read=read))
    with program(dashboard) as asking:
        for path in ("pages", "pages/1", "pages/1/versions", "pages/1/versions/1", "targets"):
            answer = asking.get(path)
            assert answer.headers["content-type"] == "application/json"
            assert answer.headers["x-content-type-options"] == "nosniff"
            assert not set("\u202e\u2028\x07\x1b") & set(answer.text), path
            assert "\\u202e" in answer.text
        assert asking.get("pages/1").json()["title"] == HOSTILE


class TestOrders:
    @pytest.fixture
    def config(self, tmp_path: Path) -> Path:
        path = tmp_path / "sources.yaml"
        path.write_text(
            "sources:\n  - {id: one, url: 'https://www.example.org/one.html'}  # kept\n"
            "  - {id: portal, listing: 'https://www.example.org/portal/'}\n"
        )
        return path

    def test_a_check_is_made_by_the_daemon(self, store: Store, config: Path, clock: Clock) -> None:
        one = source("one")
        [due] = watch(store, one, source("two"))[:1]
        for each in watch(store, one, source("two")):
            store.record(unchanged(each))
        with running(office_of(store, config, clock, ticked_at=clock)) as dashboard, program(dashboard) as asking:
            assert store.due({"one": one, "two": source("two")}, NOW) == []
            answer = asking.post("sources/one/check")
            assert (answer.status_code, answer.json()) == (202, {"source": "one", "page": None, "by": "daemon"})
            assert [each.page for each in store.due({"one": one, "two": source("two")}, NOW)] == [due.page]
            problem(asking.post("pages/2/check"), 404)

    def test_of_a_listing_one_page_alone_is_checked(self, store: Store, config: Path, clock: Clock) -> None:
        portal = {"portal": listing("portal")}
        watch(store, listing("portal"))
        [reading] = store.due_listings(portal, None)
        store.record_listing(listed(reading, *((f"https://www.example.org/portal/{n}.html", "") for n in (1, 2))))
        first, second = store.due(portal, None)
        for each in (first, second):
            store.record(unchanged(each))
        with running(office_of(store, config, clock, ticked_at=clock)) as dashboard, program(dashboard) as asking:
            answer = asking.post(f"pages/{second.page}/check")
            assert answer.json() == {"source": "portal", "page": second.page, "by": "daemon"}
        assert [each.page for each in store.due(portal, NOW)] == [second.page]
        assert store.due_listings(portal, NOW) == []

    def test_where_no_daemon_is_at_work_the_server_checks_that_page_alone(
        self, store: Store, config: Path, clock: Clock
    ) -> None:
        with HttpServer({f"/{name}.html": page(HTML) for name in ("one", "two")}) as site:
            listed_at = {"url": None, "listing": site.url("/"), "match": "html"}
            config.write_text(
                "defaults: {delay: 0s}\nnetwork: {allow_private: true}\n"
                f"sources:\n  - {{id: one, listing: '{site.url('/')}'}}\n"
            )
            one = source("one", **listed_at)
            watch(store, one)
            [reading] = store.due_listings({"one": one}, None)
            store.record_listing(listed(reading, *((site.url(f"/{name}.html"), "") for name in ("one", "two"))))
            with running(office_of(store, config, clock)) as dashboard, program(dashboard) as asking:
                answer = asking.post("pages/2/check")
                assert answer.json() == {"source": "one", "page": 2, "by": "server"}
                with sources_page._at_work:  # until that round has ended
                    found = {each["page"]: each["version"] for each in asking.get("pages").json()["items"]}
        assert found == {1: 0, 2: 1}

    def test_pausing_is_written_into_the_file(self, dashboard: Dashboard, config: Path) -> None:
        before = config.read_text()
        with program(dashboard) as asking:
            assert asking.post("sources/one/pause").json() == {"source": "one", "enabled": False}
            assert "enabled: false" in config.read_text()
            assert "# kept" in config.read_text()
            problem(asking.post("sources/one/check"), 404)
            assert asking.post("sources/one/resume").json() == {"source": "one", "enabled": True}
        assert config.read_text() == before

    def test_alerts_are_tried_again(self, dashboard: Dashboard, store: Store) -> None:
        stock(store)
        with program(dashboard) as asking:
            assert asking.post("alerts/v2/retry").json() == {"deliveries": 2}
            assert asking.post("alerts/retry").json() == {"deliveries": 2}


def cursor_of(place: Any) -> str:
    return base64.urlsafe_b64encode(json.dumps(place).encode()).decode()


def problem(answer: Any, code: int) -> Any:
    """The one shape of every error."""
    assert answer.status_code == code, answer.text
    assert answer.headers["content-type"] == "application/problem+json"
    told = answer.json()
    assert told.keys() - {"errors"} == {"type", "title", "status", "detail"}
    assert (told["type"], told["status"], bool(told["detail"])) == ("about:blank", code, True)
    assert ("errors" in told) == (code == 422)
    return told
