"""What each single value takes and refuses, seen through a whole file."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest

from crawler.config import parse_config
from tests.support.config import config_of, fault_of, file_of, source_of

LISTING = {"url": None, "listing": "https://www.example.org/"}


@pytest.mark.parametrize("name", ["a", "jinhua-2024", "金华市2024", "_x", "A.b_c-9", "é", "x" * 100])
def test_a_good_id(name: str) -> None:
    assert source_of({"id": name}).id == name


@pytest.mark.parametrize(
    "name", ["", " ", "a b", "a/b", "..", ".a", "-a", "a\n", "a,b", "<b>", "a:b", "x" * 101, 5, True, ["a"]]
)
def test_a_bad_id(name: object) -> None:
    assert "sources[0].id" in fault_of(file_of({"id": name}))


def test_a_missing_id() -> None:
    assert fault_of("sources: [{url: 'http://a/'}]") == 'sources.yaml:1: sources[0]: the key "id" is missing'


@pytest.mark.parametrize(
    ("written", "meaning"),
    [
        ("1s", timedelta(seconds=1)),
        ("30s", timedelta(seconds=30)),
        ("5m", timedelta(minutes=5)),
        ("6h", timedelta(hours=6)),
        ("366d", timedelta(days=366)),
    ],
)
def test_a_good_interval(written: str, meaning: timedelta) -> None:
    assert source_of({"every": written}).schedule.every == meaning


@pytest.mark.parametrize(
    "written",
    ["6 hours", "0s", "-1s", "1.5h", "5", "h", "1w", "1h30m", "367d", "9" * 12 + "d", "６h", "", 5, 1.5, True, [], {}],
)
def test_a_bad_interval(written: object) -> None:
    fault = fault_of(file_of({"every": written}))
    assert "sources[0].every (yunxi): expected a duration such as 30s, 5m, 6h or 1d" in fault


def test_only_the_delay_may_be_nothing() -> None:
    assert source_of({"delay": "0s"}).delay == timedelta(0)
    for key in ("suspect_after", "give_up_after"):
        assert f"sources[0].{key} (yunxi): expected a duration" in fault_of(file_of({key: "0s"}))


@pytest.mark.parametrize(
    "expression", ["30 8 * * mon-fri", "*/5 * * * *", "0 8 1,15 * *", "0 0 L * *", "0 0 * * 1#2", "0 0 29 2 *"]
)
def test_a_good_cron_expression(expression: str) -> None:
    assert source_of({"cron": expression}).schedule.cron == expression


@pytest.mark.parametrize(
    "expression",
    [
        *(
            "61 * * * *",
            "* * * *",
            "* * * * * *",
            "@daily",
            "0 8 * * funday",
            "0 0 30 2 *",
            "5-1 * * * *",
            "*/0 * * * *",
        ),
        *("0 0 LW * */6", "0 0 * * 5L/2", "9" * 90 + " * * * *", "* " * 60, "", 5, ["0 8 * * *"]),
    ],
)
def test_a_bad_cron_expression(expression: object) -> None:
    fault = fault_of(file_of({"cron": expression}))
    assert "sources[0].cron (yunxi): expected a cron expression of five fields" in fault


@pytest.mark.parametrize("zone", ["Asia/Shanghai", "UTC", "America/Argentina/Ushuaia"])
def test_a_good_time_zone(zone: str) -> None:
    assert source_of({"timezone": zone}).schedule.timezone == zone


@pytest.mark.parametrize(
    "zone", ["Asia/Nowhere", "Asia", "", "../../etc/passwd", "/etc/localtime", "GMT+8 ", "北京", "x" * 500, 8]
)
def test_a_bad_time_zone(zone: object) -> None:
    assert "sources[0].timezone (yunxi): expected a time zone such as" in fault_of(file_of({"timezone": zone}))


@pytest.mark.parametrize("expression", [r"/baogao/\d+\.html$", "x", "报告", "a{2}", "(?i)REPORT"])
def test_a_good_pattern(expression: str) -> None:
    assert source_of({**LISTING, "match": expression}).match == expression


@pytest.mark.parametrize(
    "expression", ["(", "[", "*", "[[a]", "a{99999999999}", "(?P<x", r"\p", "x" * 1001, "(" * 500, "", 5]
)
def test_a_bad_pattern(expression: object) -> None:
    fault = fault_of(file_of({**LISTING, "match": expression}))
    assert "sources[0].match (yunxi): expected a regular expression" in fault


@pytest.mark.parametrize(
    ("key", "good", "bad"),
    [
        ("max_pages", [1, 10_000], [0, -1, 10_001, 1.5, "5", True, []]),
        ("failing_after", [1, 1_000], [0, 1_001, "three"]),
        ("enabled", [True, False], ["yes", "true", 1, 0, []]),
        ("title", ["金华市　2024", "a" * 300, "2024"], ["", " ", "a\nb", "a\u202eb", "a" * 301, 2024, True, ["a"]]),
    ],
)
def test_other_values_of_a_source(key: str, good: list[Any], bad: list[Any]) -> None:
    for value in good:
        assert getattr(source_of({key: value}), key) == value
    for value in bad:
        assert f"sources[0].{key} (yunxi): expected " in fault_of(file_of({key: value})), value


@pytest.mark.parametrize("number", ["0", "0.10", "12", "1e2"])
def test_the_smallest_change_is_exact(number: str) -> None:
    text = file_of({"watch": {"min_change": 77}}).replace("77", number)
    (source,) = parse_config(text, {}).sources
    assert str(source.watch.min_change) == str(Decimal(number))


@pytest.mark.parametrize(
    ("section", "where"),
    [
        ({"watch": {"min_change": -0.1}}, "watch.min_change"),
        ({"watch": {"min_change": "1"}}, "watch.min_change"),
        ({"watch": {"min_change": True}}, "watch.min_change"),
        ({"watch": {"targets": "地区生产总值"}}, "watch.targets"),
        ({"watch": {"targets": [5]}}, "watch.targets[0]"),
        ({"watch": {"targets": ["a", ""]}}, "watch.targets[1]"),
        ({"watch": {"targets": ["a", "b", "a"]}}, "watch.targets[2]"),
        ({"watch": {"target": ["a"]}}, "watch.target"),
        ({"watch": ["a"]}, "watch"),
        ({"body": {"select": ["p"]}}, "body.select"),
        ({"body": {"select": " "}}, "body.select"),
        ({"body": {"drop": ".ad"}}, "body.drop"),
        ({"body": {"drop": [None]}}, "body.drop[0]"),
        ({"body": "div"}, "body"),
        ({"alert": "desk"}, "alert"),
        ({"alert": {"desk": True}}, "alert"),
    ],
)
def test_values_of_the_wrong_shape(section: dict[str, Any], where: str) -> None:
    assert f"sources.yaml:1: sources[0].{where} (yunxi): " in fault_of(file_of(section))


@pytest.mark.parametrize(
    ("written", "meaning"), [(1, 1), (20_000_000, 20_000_000), ("500KB", 500_000), ("20 MB", 20_000_000)]
)
def test_a_size_is_bytes_or_has_a_unit(written: object, meaning: int) -> None:
    assert config_of(network={"max_bytes": written}).network.max_bytes == meaning


@pytest.mark.parametrize(
    ("key", "bad"),
    [
        ("max_bytes", [0, -1, "2GB", "20", "20mb", "20MiB", 1.5, True]),
        ("allow_private", ["yes", "on", 1]),
        ("contact", ["", "a\r\nHost: evil", "联系人", "a\x1f", "x" * 201, 5]),
        ("timeout", ["0s", "2h", 60]),
        ("hosts_at_once", [0, 1_001, "16"]),
        ("ca_file", ["", "a\x00b", 5]),
    ],
)
def test_faults_of_the_network(key: str, bad: list[Any]) -> None:
    for value in bad:
        assert f"sources.yaml:1: network.{key}: expected " in fault_of(file_of(network={key: value})), value


@pytest.mark.parametrize(
    ("wrong", "hint"),
    [
        ("evry", 'did you mean "every"?'),
        ("URL", 'did you mean "url"?'),
        ("time_zone", 'did you mean "timezone"?'),
        ("tilte", 'did you mean "title"?'),
        ("interval", "known here: id, title, url, listing, match, every, up_to,"),
        ("<<", "known here: "),
        ("x" * 1_000, "known here: "),
    ],
)
def test_an_unknown_key_names_its_neighbour(wrong: str, hint: str) -> None:
    fault = fault_of(file_of({wrong: 1}))
    assert hint in fault
    assert len(fault) < 400
