"""The finder as a whole: offsets, determinism, hostile text, and the hand-made gold where it is at hand."""

import importlib.util
import json
import re
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.targets import find_targets
from crawler.targets.find import MAX_MENTIONS

SHARED = Path(__file__).resolve().parents[4] / "shared"
KINDS = {"growth", "decline", "increment", "decrement", "level", "rate", "count", "rank", "deadline", "relative"}
RELATIONS = {"eq", "about", "at_least", "more_than", "at_most", "less_than", "range", "outpace"}
_PIECES = """增长 6% 左右 ， 、 。 新增 300家 分别 均 其中 从 到 2031年 “ ” 前 第 三 亿元 以上 与经济增长同步
10月底前 ( ) - １２ 力争 投资 高于全省平均水平 个百分点"""
PIECES = [*_PIECES.split(), "\n", " "]


@given(st.lists(st.sampled_from(PIECES), max_size=40).map("".join))
def test_any_text_gives_well_formed_mentions(text: str) -> None:
    targets = find_targets(text, 2031)
    assert targets == find_targets(text, 2031)
    assert [target.start for target in targets] == sorted(target.start for target in targets)
    for target in targets:
        assert re.sub(r"\s", "", text[target.start : target.end]) == target.text
        assert target.kind in KINDS
        assert target.relation in RELATIONS
        assert target.status in {"target", "achievement", "optional"}
        assert target.low is None or target.high is None or target.low <= target.high or target.relation == "range"


@given(st.text(max_size=200))
def test_no_text_breaks_it(text: str) -> None:
    find_targets(text)


@pytest.mark.parametrize("piece", ["1", "1,", "、", "分别", "十", "亿", "\n", " ", "与同步", "第", "“", "(", "20"])
def test_hostile_text_is_bounded(piece: str) -> None:
    assert find_targets(piece * (60_000 // len(piece)), 2031) == []


def test_more_mentions_than_any_report_has_are_not_read() -> None:
    assert len(find_targets("新增企业1家。" * (MAX_MENTIONS + 10), 2031)) == MAX_MENTIONS


def test_an_empty_text_promises_nothing() -> None:
    assert find_targets("") == []


def _score(gold_name: str, texts: Path) -> dict[str, Any]:
    scorer = SHARED / "targets" / "score.py"
    if not scorer.is_file():
        pytest.skip("../shared is absent")
    spec = importlib.util.spec_from_file_location("score", scorer)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    gold = [json.loads(line) for line in (SHARED / "targets" / gold_name).read_text(encoding="utf-8").splitlines()]
    rows = [row for name in sorted({row["doc"] for row in gold}) for row in _rows(name, texts, gold)]
    result: dict[str, Any] = module.score(rows, gold)
    return result


def _rows(name: str, texts: Path, gold: list[dict[str, Any]]) -> list[dict[str, Any]]:
    named = re.search(r"20\d\d", name[3:]) if name.startswith("r") else None
    years = Counter(row["period"][:4] for row in gold if row["doc"] == name and row["period"])
    year = int(named[0]) if named else int(years.most_common(1)[0][0])
    fields = ("start", "end", "text", "indicator", "kind", "relation", "unit", "period", "status", "low", "high")
    found = find_targets((texts / f"{name}.txt").read_text(encoding="utf-8"), year)
    return [{"doc": name} | {field: getattr(target, field) for field in fields} for target in found]


@pytest.mark.parametrize(
    ("gold", "texts", "precision"), [("seeds.jsonl", "seeds", 0.97), ("passages.jsonl", "targets/passages", 0.95)]
)
def test_the_gold_is_met(gold: str, texts: str, precision: float) -> None:
    result = _score(gold, SHARED / texts)
    fields = result["fields"]
    assert result["P"] >= precision
    assert result["R"] >= precision
    assert result["achievements_called_target"] <= 0.03 * max(1, result["achievements_matched"])
    assert min(fields["value"], fields["unit"]) >= 0.995
    assert fields["relation"] >= 0.98
    assert fields["kind_merged"] >= 0.97
    assert fields["period"] >= 0.95
    assert fields["indicator_soft"] >= 0.90
    assert fields["indicator_exact"] >= 0.75


@pytest.mark.parametrize("text", ["力争出口翻番。", "总量力争跃居全省首位。", "农民增收不低于全省平均水平。"])
def test_a_sentence_whose_only_number_is_a_word(text: str) -> None:
    assert find_targets(text, 2026)
