"""Finders of targets side by side; peers that are not installed here are played by modules of the same shape."""

import json
import subprocess
import sys
import time
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from bench import finder_worker, finders, peers
from bench.finders import Text

TEXT = "今年预期目标是：地区生产总值增长6%左右，完成投资270亿元。新建公园20个以上，物价涨幅控制在2%。"
TEXTS = [Text("one", TEXT, 2026)]


def said(mentions: list[dict[str, Any]], *fields: str) -> list[tuple[Any, ...]]:
    return [tuple(mention[field] for field in fields) for mention in mentions]


def test_ours_gives_every_field_and_reads_spans_alone() -> None:
    ours = finders.ours(TEXTS, ["270亿元", "百分之六到七"])
    growth, *_ = ours.mentions[0]
    assert growth["indicator"] == "地区生产总值"
    assert (growth["low"], growth["high"], growth["relation"], growth["status"]) == ("6", "6", "about", "target")
    assert "预期目标" in growth["rule"]
    assert [said(found, "low", "high", "unit") for found in ours.alone] == [[("270", "270", "亿元")], [("6", "7", "%")]]
    assert ours.seconds > 0


def test_every_number_with_a_unit_is_all_it_says() -> None:
    found = finders.every_number([Text("one", TEXT + "到2026年10月，第3届，5—6万人", 2026)], ["20个"])
    assert said(found.mentions[0], "low", "high", "unit") == [
        ("6", "6", "%"),
        ("270", "270", "亿元"),
        ("20", "20", "个"),
        ("2", "2", "%"),
        ("5", "6", "万人"),
    ]
    assert said(found.alone[0], "start", "end", "low") == [(0, 3, "20")]
    assert found.offers == {"value", "unit"}


def test_noun_verb_number_tells_noun_bound_and_kind() -> None:
    found = finders.cued_numbers(TEXTS, [])
    assert said(found.mentions[0], "indicator", "kind", "relation", "low", "high") == [
        ("地区生产总值", "growth", "about", "6", "6"),
        ("投资", "level", "eq", "270", "270"),
        ("公园", "level", "at_least", "20", ""),
        ("物价涨幅", "rate", "at_most", "", "2"),
    ]


def played(monkeypatch: pytest.MonkeyPatch, **modules: object) -> None:
    monkeypatch.setattr(finder_worker, "import_module", lambda name: modules[name])


def recognized(start: int, text: str, type_name: str, value: str | None) -> SimpleNamespace:
    return SimpleNamespace(
        start=start, end=start + len(text) - 1, type_name=type_name, resolution={"value": value} if value else None
    )


def recognizer(**models: list[SimpleNamespace]) -> object:
    getters = {
        f"get_{name}_model": lambda culture, name=name: SimpleNamespace(parse=lambda text: models.get(name, []))
        for name in ("percentage", "number", "currency", "dimension", "age", "temperature")
    }
    return lambda culture: SimpleNamespace(**getters)


@pytest.mark.parametrize(
    ("units_only", "wanted"),
    [
        (True, [("270亿元", "27000000000", "元"), ("6%", "6", "%")]),
        (False, [("270亿元", "27000000000", "元"), ("6%", "6", "%"), ("20", "20", "")]),
    ],
)
def test_recognizers_units_are_their_words_and_numbers_count_once(
    units_only: bool, wanted: list[tuple[str, ...]], monkeypatch: pytest.MonkeyPatch
) -> None:
    text = "投资270亿元增长6%新建20个一"
    read = {
        "percentage": [recognized(9, "6%", "percentage", "6%")],
        "currency": [recognized(2, "270亿元", "currency", "27000000000")],
        "number": [
            recognized(2, "270亿", "number", "27000000000"),
            recognized(9, "6", "number", "6"),
            recognized(13, "20", "number", "-20"),
            recognized(16, "一", "number", None),
        ],
    }
    made = recognizer(**read)
    played(
        monkeypatch,
        recognizers_number=SimpleNamespace(NumberRecognizer=made),
        recognizers_number_with_unit=SimpleNamespace(NumberWithUnitRecognizer=made),
    )
    found = finder_worker._recognizers(units_only=units_only)(text, 2026)
    assert sorted(said(found, "text", "low", "unit")) == sorted(wanted)


@pytest.mark.parametrize(
    ("words", "number", "definition", "wanted"),
    [
        ("5亿元", "500000000.00", "accurate", ("eq", "500000000.00", "500000000.00")),
        ("约5亿元", "500000000.00", "blur", ("about", "500000000.00", "500000000.00")),
        ("5亿元以上", "500000000.00", "blur+", ("at_least", "500000000.00", "")),
        ("超过5亿元", "500000000.00", "blur+", ("more_than", "500000000.00", "")),
        ("近5亿元", "500000000.00", "blur-", ("about", "500000000.00", "500000000.00")),
        ("5亿元以下", "500000000.00", "blur-", ("at_most", "", "500000000.00")),
        ("不足5亿元", "500000000.00", "blur-", ("less_than", "", "500000000.00")),
        ("5-6元", ["5.00", "6.00"], "blur", ("range", "5.00", "6.00")),
        ("100多元", ["100.00", "200.00"], "blur", ("more_than", "100.00", "")),
    ],
)
def test_jionlp_money_in_the_words_of_the_scorer(
    words: str, number: str | list[str], definition: str, wanted: tuple[str, ...]
) -> None:
    detail = {"num": number, "case": "元", "definition": definition}
    found = finder_worker._money(f"投资{words}。", [2, 2 + len(words)], detail)
    assert (found["relation"], found["low"], found["high"]) == wanted
    assert (found["text"], found["unit"]) == (words, "元")


def test_jionlp_durations_and_deadlines(monkeypatch: pytest.MonkeyPatch) -> None:
    text = "压缩到5小时以上,6月底前完工,今天"
    times = [
        {"offset": [3, 8], "detail": {"type": "time_delta", "time": {"hour": 5.0}}},
        {"offset": [9, 13], "detail": {"type": "time_span", "time": ["2026-01-15 00:00:00", "2026-06-30 23:59:59"]}},
        {"offset": [16, 18], "detail": {"type": "time_point", "time": ["2026-01-15", "2026-01-15"]}},
    ]
    given: list[float] = []

    def extract_time(text: str, *, time_base: float, with_parsing: bool) -> list[dict[str, Any]]:
        given.append(time_base)
        return times

    ner = SimpleNamespace(extract_money=lambda text: [], extract_time=extract_time)
    played(monkeypatch, jionlp=SimpleNamespace(ner=ner))
    found = finder_worker._jionlp()(text, 2026)
    assert said(found, "text", "low", "unit") == [("5小时以上", "5.0", "小时"), ("6月底前", "2026-06", "date")]
    assert found[1]["kind"] == "deadline"
    assert time.localtime(given[0])[:2] == (2026, 1)


def test_chinese2digits_numbers_are_looked_up_clause_by_clause(monkeypatch: pytest.MonkeyPatch) -> None:
    taken = {
        "增长6%": (["6%"], ["0.06"]),
        "新建2个、2处": (["2", "-2", "九"], ["2", "-2", "9"]),
        "约2万": (["2万"], ["20000"]),
    }

    def take(text: str) -> dict[str, list[str]]:
        return dict(zip(("CHNumberStringList", "digitsStringList"), taken[text], strict=True))

    played(monkeypatch, chinese2digits=SimpleNamespace(takeNumberFromString=take))
    found = finder_worker._chinese2digits()("增长6%，新建2个、2处。约2万", 2026)
    assert said(found, "start", "text", "low", "unit") == [
        (2, "6%", "6.00", "%"),
        (7, "2", "2", ""),
        (14, "2万", "20000", ""),
    ]


def test_a_text_on_which_a_peer_raises_has_no_mentions_and_is_counted() -> None:
    def broken(text: str, year: int) -> list[dict[str, Any]]:
        raise ValueError(f"{text} of {year}")

    row = {"text": "x", "year": 2026}
    assert finder_worker._guarded(broken, row) == {"mentions": [], "error": "ValueError: x of 2026"}


def test_the_worker_answers_a_line_a_text_whatever_the_peer_prints(tmp_path: Path) -> None:
    """jionlp greets on stdout when it is imported."""
    (tmp_path / "chinese2digits.py").write_text(
        "print('hello')\n"
        "def takeNumberFromString(text):\n"
        "    print('working')\n"
        "    return {'CHNumberStringList': ['6'], 'digitsStringList': ['6']}\n"
    )
    meta = tmp_path / "chinese2digits-1.2.dist-info"
    meta.mkdir()
    (meta / "METADATA").write_text("Metadata-Version: 2.1\nName: chinese2digits\nVersion: 1.2\n")
    rows = [{"text": "新建6个", "year": 2026, "timed": True}, {"text": "6", "year": 2026, "timed": False}]
    done = subprocess.run(
        [sys.executable, finder_worker.__file__, "chinese2digits", "2"],
        input="".join(json.dumps(row) + "\n" for row in rows),
        env={"PYTHONPATH": str(tmp_path)},
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    *answers, last = map(json.loads, done.stdout.splitlines())
    assert [said(answer["mentions"], "start", "low") for answer in answers] == [[(2, "6")], [(0, "6")]]
    assert last["version"] == "1.2"
    assert "hello" in done.stderr


def test_a_peer_that_is_absent_is_said_and_the_others_go_on() -> None:
    environment = peers.Environment(Path(sys.executable), {"jionlp": "ERROR: No matching distribution"})
    found, absent = finders.all_finders(TEXTS, ["6%"], environment)
    assert [finder.name for finder in found] == ["ours", "every number with a unit", "noun, verb, number"]
    reasons = dict(absent)
    assert list(reasons) == list(finder_worker.PEERS)
    assert reasons["jionlp"] == "not installed: ERROR: No matching distribution"
    assert "ModuleNotFoundError" in reasons["recognizers-text"]


def test_requirements_are_pinned_and_hold_every_peer() -> None:
    lines = peers._requirements(finders.REQUIREMENTS)
    assert all("==" in line for line in lines)
    packages = {line.partition("==")[0] for line in lines}
    assert {peer.package for peer in finder_worker.PEERS.values()} <= packages
