"""The table of promises and results over a folder of reports."""

from pathlib import Path

import pytest

import bench.years as bench

BEFORE = "二、2025年工作安排\n今年的主要预期目标是：地区生产总值增长6%左右；栽种桂花树300棵。"
AFTER = (
    "一、2025年工作回顾\n过去一年，地区生产总值增长5.6%。\n"
    "二、2026年工作安排\n今年的主要预期目标是：地区生产总值增长5.5%左右。"
)


def test_a_table_for_each_place_with_both_years(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, text in (("2025/云溪2025", BEFORE), ("2026/云溪2026", AFTER), ("2026/石桥2026", AFTER)):
        file = tmp_path / f"{name}.txt"
        file.parent.mkdir(exist_ok=True)
        file.write_text(text, "utf-8")
    monkeypatch.setattr("sys.argv", ["years.py", str(tmp_path)])
    assert bench.main() == 0
    said = capsys.readouterr().out
    assert "## 云溪: 1 rows, 1 promised twice, 1 with a result" in said
    assert "| 地区生产总值 | 增长6%左右 | 增长5.6% | below | -0.4 | 增长5.5%左右 | -0.5 |" in said
    assert "石桥" not in said


def test_without_reports_it_says_so(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.argv", ["years.py", str(tmp_path / "none")])
    assert bench.main() == 0
    assert "absent" in capsys.readouterr().out
