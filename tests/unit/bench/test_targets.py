"""The command that scores finders of targets, on made-up gold with the scorer beside the repository."""

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from bench import peers, targets
from bench.finders import Finder

SCORER = targets.SHARED / "targets" / "score.py"
TEXT = "今年主要预期目标是：地区生产总值增长6%左右，投资270亿元，新建公园20个以上。"


def gold(doc: str, said: str, **fields: Any) -> dict[str, Any]:
    start = TEXT.index(said)
    row = {"doc": doc, "start": start, "end": start + len(said), "text": said, "sentence": TEXT, "rel_alt": None}
    return row | {"period": "2026", "scope": "", "status": "target"} | fields


def rows(doc: str) -> list[dict[str, Any]]:
    return [
        gold(doc, "6%", indicator="地区生产总值", low="6", high="6", unit="%", relation="about", kind="growth"),
        gold(doc, "20个", indicator="新建公园", low="20", high="", unit="个", relation="at_least", kind="count"),
        gold(doc, "270亿元", indicator="投资", low="270", high="270", unit="亿元", relation="eq", kind="level")
        | {"status": "achievement"},
    ]


@pytest.fixture
def shared(tmp_path: Path) -> Path:
    if not SCORER.is_file():
        pytest.skip("the scorer beside the repository is absent")
    for name, doc, folder in (("seeds", "000", "seeds"), ("passages", "r01_a2026", "targets/passages")):
        (tmp_path / folder).mkdir(parents=True)
        (tmp_path / folder / f"{doc}.txt").write_text(TEXT, "utf-8")
        lines = "".join(json.dumps(row) + "\n" for row in rows(doc))
        (tmp_path / "targets" / f"{name}.jsonl").parent.mkdir(exist_ok=True)
        (tmp_path / "targets" / f"{name}.jsonl").write_text(lines, "utf-8")
    shutil.copy(SCORER, tmp_path / "targets" / "score.py")
    (tmp_path / "reports").mkdir()
    (tmp_path / "reports" / "云溪2026.txt").write_text(TEXT, "utf-8")
    return tmp_path


def cells(out: str, *start: str) -> list[str]:
    lines = ([cell.strip() for cell in line.strip("|").split("|")] for line in out.splitlines() if line[:1] == "|")
    return next(line for line in lines if line[: len(start)] == list(start))


def test_ours_and_the_plain_expressions_side_by_side(shared: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert targets.main([str(shared), "-v"]) == 0
    out = capsys.readouterr().out
    head = cells(out, "texts")
    ours = dict(zip(head, cells(out, "passages", "ours"), strict=True))
    assert (ours["targets"], ours["R"], ours["value"], ours["relation"]) == ("2", "1.000", "1.000", "1.000")
    plain = dict(zip(head, cells(out, "seeds", "every number with a unit"), strict=True))
    assert (plain["P"], plain["R"], plain["results called targets"]) == ("0.667", "1.000", "1 of 1")
    assert (plain["value"], plain["relation"], plain["period"]) == ("1.000", "–", "–")
    assert cells(out, "every number with a unit")[2:7] == ["1.000"] * 5
    assert cells(out, "ours")[7] == "1.00 x"
    assert "seeds.jsonl FALSE result called a target · 000 · 270亿元 · achievement · target: " in out
    assert "1 reports, " in out


def test_peers_that_cannot_be_run_stand_in_the_table(
    shared: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    failed = dict.fromkeys(("jionlp", "chinese2digits", "recognizers-text-number-with-unit"), "ERROR: no such thing")
    monkeypatch.setattr(peers, "prepare", lambda python, requirements: peers.Environment(Path(python), failed))
    assert targets.main([str(shared), "--peers", "--python", "python"]) == 0
    assert cells(capsys.readouterr().out, "jionlp")[1] == "not installed: ERROR: no such thing"


def test_who_tells_no_relation_is_not_held_to_the_open_side() -> None:
    start = TEXT.index("20个")
    mention = {"doc": "a", "start": start, "end": start + 3, "low": "20", "high": "20"}
    assert targets._sided(mention, rows("a")) == mention | {"high": ""}
    assert targets._sided(mention, rows("b")) == mention


@pytest.mark.parametrize(
    ("label", "why", "read", "wanted"),
    [
        ("FALSE", "achievement", [], "result called a target"),
        ("FALSE", "spurious", [], "not annotated"),
        ("MISS", "status", [], "target called something else"),
        ("MISS", "今年新建公园", [{}], "read otherwise"),
        ("MISS", "今年新建公园", [], "not read"),
    ],
)
def test_classes_of_errors(label: str, why: str, read: list[dict[str, Any]], wanted: str) -> None:
    assert targets._class(label, why, read) == wanted


def test_a_miss_is_listed_with_what_was_read() -> None:
    mention = {"text": "20个", "status": "achievement", "indicator": "公园", "rule": "object; 过去一年"}
    finder = Finder("ours", "1", [[mention]], [], 1.0, frozenset())
    texts = [targets.Text("a", TEXT, 2026)]
    [line] = targets._listed("seeds.jsonl", finder, texts, {"_fn": [("a", "20个", "status")], "_fp": []})
    assert line.startswith("seeds.jsonl MISS target called something else · a · 20个")
    assert line.endswith("achievement: 公园 [object; 过去一年]")


def test_without_a_scorer_it_says_so(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert targets.main([str(tmp_path)]) == 2
    assert "absent" in capsys.readouterr().out


def test_the_census_is_one_of_its_tables(shared: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert targets.main([str(shared), "--census", "--sample", "2"]) == 0
    out = capsys.readouterr().out
    assert out.startswith("1 reports, 3 mentions")
    assert "2 of 3 targets, seed 1" in out
