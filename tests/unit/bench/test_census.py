"""Counts and samples over a folder of reports."""

from pathlib import Path

from bench import census

TEXT = (
    "一、2025年工作回顾\n过去一年，云溪新建公园12座，第3届、4A级景区7处。\n"
    "二、2026年工作安排\n今年的主要预期目标是：地区生产总值增长6%左右；新建学校5所。5G和12345热线办好。到2027年1月8日。"
)


def folder(path: Path) -> Path:
    for name in ("云溪2026", "石桥2026"):
        (path / f"{name}.txt").write_text(TEXT, "utf-8")
    return path


def test_mentions_other_numbers_and_the_calendar_are_counted_apart() -> None:
    found = census.count([("云溪2026", TEXT)])
    targets = [number.text for number in found.mentions if number.target and number.target.status == "target"]
    assert targets == ["6%", "5所"]
    assert [number.text for number in found.others] == ["3", "4", "5", "12345"]
    assert found.others[-1].sentence == "5G和12345热线办好。"
    assert found.calendar == 4


def test_a_years_figure_is_taken_from_the_name() -> None:
    found = census.count([("云溪2030", "今年新建学校5所。")])
    assert [number.target.period for number in found.mentions if number.target] == ["2030"]


def test_the_table_by_kind_and_status(tmp_path: Path) -> None:
    said = census.report(folder(tmp_path))
    assert said.startswith("2 reports, 8 mentions; beside them 8 numbers that are no mention and 8 years and days")
    lines = ["".join(line.split()) for line in said.splitlines()]
    assert "|kind|target|achievement|optional|all|" in lines
    assert "|count|2|4|0|6|" in lines
    assert "|growth|2|0|0|2|" in lines
    assert "|all|4|4|0|8|" in lines
    assert "seed" not in said


def test_a_sample_is_the_same_for_a_seed_and_shows_what_a_judge_needs(tmp_path: Path) -> None:
    reports = folder(tmp_path)
    said = census.report(reports, 4, 7)
    assert said == census.report(reports, 4, 7)
    assert said != census.report(reports, 4, 8)
    assert "4 of 4 targets, seed 7" in said
    assert "4 of 12 rejected numbers, seed 7" in said
    assert "云溪2026 · 6% · target · growth · 地区生产总值 [地区生产总值] · about 6..6 % · 2026 · " in said
    everything = census.report(reports, 100, 7)
    assert "12345 · no mention\n   5G和12345热线办好。" in everything
    assert "12座 · achievement · count · " in everything
