import pytest

from crawler.demo.reports import Report, load_report
from crawler.targets import find_targets

NAMES = ("yunxi", "qinghe", "songlan", "chenghu", "beilu")


@pytest.mark.parametrize("name", NAMES)
def test_each_report_has_a_title_and_paragraphs_without_stray_white_space(name: str) -> None:
    report = load_report(name)
    assert "2026年" in report.title or "工作报告" in report.title
    assert len(report.paragraphs) >= 12
    assert all(paragraph == paragraph.strip() for paragraph in report.paragraphs)


@pytest.mark.parametrize("name", NAMES)
def test_each_report_promises_a_growth_of_the_gross_product(name: str) -> None:
    targets = find_targets("\n".join(load_report(name).paragraphs), 2026)
    assert any("生产总值" in target.indicator and target.unit == "%" for target in targets if target.status == "target")


def test_editing_replaces_one_passage_and_leaves_the_original() -> None:
    report = Report(title="报告", paragraphs=("增长6%左右。", "路修好了。"))
    assert report.edited("6%", "5.5%").paragraphs == ("增长5.5%左右。", "路修好了。")
    assert report.paragraphs[0] == "增长6%左右。"


@pytest.mark.parametrize("passage", ["增长7%", "的"])
def test_editing_what_is_absent_or_ambiguous_is_refused(passage: str) -> None:
    with pytest.raises(KeyError):
        Report(title="报告", paragraphs=("城市的路，乡村的桥。",)).edited(passage, "x")
