from datetime import date
from pathlib import Path

import pytest

from crawler.extract import extract
from crawler.extract.meta import find_region, find_year
from tests.support.meta import Report, regions

REPORTS = Path(__file__).parents[4] / "shared" / "reports"


def test_the_table_is_large() -> None:
    assert len(regions()) >= 100


@pytest.mark.parametrize("report", regions(), ids=str)
def test_region_and_year(report: Report) -> None:
    assert find_region(report.title, report.lines) == report.region
    assert find_year(report.title, report.lines, None) == report.year


@pytest.mark.parametrize("report", [each for each in regions() if each.region], ids=str)
def test_a_body_behind_it_changes_nothing(report: Report) -> None:
    body = (
        "今年以来,全市上下奋力拼搏,北陆县、青岚区实现了较快增长。",
        "支持霞浦湾市建设省域副中心城市,东湖街道等单位受到表彰。",
    )
    assert find_region(report.title, (*report.lines, *body)) == report.region


def test_real_reports_say_whose_they_are() -> None:
    if not REPORTS.is_dir():
        pytest.skip("../shared/reports absent")
    cities = {"上海": "上海市", "北京": "北京市", "天津": "天津市", "重庆": "重庆市"}
    for path in sorted(REPORTS.glob("20*/*.txt")):
        place, year = path.stem[:-4], int(path.stem[-4:])
        article = extract(path.read_bytes(), content_type="text/plain")
        assert (article.region, article.year) == (cities.get(place, f"{place}省"), year), path.name


def test_real_reports_of_the_state_council_have_a_year_and_no_region() -> None:
    if not REPORTS.is_dir():
        pytest.skip("../shared/reports absent")
    for path in sorted(REPORTS.glob("national/*.txt")):
        article = extract(path.read_bytes(), content_type="text/plain")
        assert (article.region, article.year) == ("", int(path.stem)), path.name


def test_odd_texts_are_read_in_linear_time() -> None:
    for text in ("市" * 200, "市2024年" * 40, "在" * 200 + "市2024年", "二〇二四年" * 40, "自治州" * 70 + "政府"):
        assert isinstance(find_region(text, (text[:80],) * 20), str)
        assert find_year(text * 100, (text,) * 100, None) in (None, 2024)


@pytest.mark.parametrize(
    ("text", "region", "year"),
    [
        ("(云溪省)霞浦湾市人民政府工作报告(2023年2月1日)", "霞浦湾市", 2023),
        ("金华市2024年政府工作报告", "金华市", 2024),
        ("市2023年政府工作报告-24篇", "", 2023),
        ("2024年北京市政府工作报告", "北京市", 2024),
        ("政府工作报告——2023年1月12日在云溪省第十四届人民代表大会第一次会议上", "云溪省", 2023),
        ("2024年工作总体要求和目标任务", "", 2024),
        ("关于青岚县2022年国民经济和社会发展计划执行情况与2023年计划草案的报告", "青岚县", 2023),
        ("内蒙古自治区政府工作报告", "内蒙古自治区", None),
        ("延边朝鲜族自治州2024年政府工作报告", "延边朝鲜族自治州", 2024),
        ("全市2024年政府工作报告", "", 2024),
        ("霞浦湾县政府工作报告(2022年12月28日)", "霞浦湾县", 2023),  # given in December for the next year
    ],
)
def test_region_and_year_of_a_title(text: str, region: str, year: int | None) -> None:
    assert find_region(text, ()) == region
    assert find_year(text, (), None) == year


def test_region_and_year_of_the_lines_below_the_title() -> None:
    lines = ("——2024年1月10日在云溪市第十六届人民代表大会第二次会议上", "市长 样本", "各位代表:")
    assert find_region("政府工作报告", lines) == "云溪市"
    assert find_year("政府工作报告", lines, None) == 2024


def test_year_of_the_aims_and_of_the_publication() -> None:
    aims = ("2025年政府工作的总体要求是:稳中求进。",)
    assert find_year("政府工作报告", aims, None) == 2025
    assert find_year("政府工作报告", (), date(2024, 2, 3)) == 2024
    assert find_year("领导调研企业", (), date(2024, 2, 3)) is None


@pytest.mark.parametrize(
    ("title", "region"),
    [
        ("各县区2024年政府工作报告汇编", ""),
        ("关于云溪市2024年国民经济和社会发展计划的报告", "云溪市"),
        ("云溪市青岚区人民政府工作报告", "云溪市青岚区"),
        ("云溪省霞浦湾市青岚区人民政府工作报告", "云溪省霞浦湾市青岚区"),
        ("云溪新区政府工作报告", "云溪新区"),
        ("领导在企业调研", ""),
        ("", ""),
    ],
)
def test_the_region_is_whose_government_reports(title: str, region: str) -> None:
    assert find_region(title, ()) == region


@pytest.mark.parametrize(
    ("title", "paragraphs", "year"),
    [
        ("政府工作报告(2023年11月30日)", (), 2024),  # given early: for the next year
        ("政府工作报告(2023年10月30日)", (), 2023),
        ("政府工作报告", ("——2024年1月10日在大会上",), 2024),
        ("2024年政府工作报告", ("——2023年12月28日在大会上",), 2024),
        ("政府工作报告", ("各位代表:",) + ("正文。",) * 20 + ("2025年经济社会发展主要预期目标是:",), 2025),
        ("政府工作报告", ("各位代表:", "回顾2023年,成绩来之不易。"), None),
        ("２０２４年政府工作报告", (), 2024),
        ("十四五规划(2021—2025年)", (), 2025),
    ],
)
def test_the_year_is_that_of_the_targets(title: str, paragraphs: tuple[str, ...], year: int | None) -> None:
    assert find_year(title, paragraphs, None) == year


def test_a_publication_in_december_is_for_the_next_year() -> None:
    assert find_year("云溪市政府工作报告", (), date(2023, 12, 28)) == 2024
