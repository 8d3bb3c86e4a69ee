"""Targets and edits of a compilation, each by its report."""

import re

import pytest

from crawler import decide
from crawler.checks import Observation, Part, Reading
from crawler.diff import diff_texts
from crawler.discover import stitch, with_targets
from crawler.extract.compilation import find_reports
from crawler.model import Article
from crawler.reports import hunk_reports, label, targets_of
from crawler.targets import find_targets
from tests.support.compilations import opening
from tests.support.values import NOW, document, due, moment

TITLE = "市政府工作报告-3篇"


def report(place: str, year: int, growth: str = "6") -> list[str]:
    return [
        f"{place}{year}年政府工作报告",
        *opening("市人民政府"),
        "一、工作回顾",
        "地区生产总值增长4%，城镇新增就业2万人。",
        "二、今年工作安排",
        f"今年的主要预期目标是：地区生产总值增长{growth}%左右；固定资产投资增长8%以上。",
        "新建公园10个，改造老旧小区20个。",
    ]


PARAGRAPHS = [*report("云溪市", 2021), *report("松岚市", 2022), *report("北麓县", 2023)]
TEXT = "\n".join(PARAGRAPHS)


def found(paragraphs: list[str]) -> list:
    return list(targets_of(paragraphs, None, find_reports(TITLE, paragraphs)))


def test_offsets_are_those_of_the_whole_text() -> None:
    targets = found(["下面是小编整理的三篇报告，供大家参考，共增长3%。", *PARAGRAPHS])
    text = "\n".join(["下面是小编整理的三篇报告，供大家参考，共增长3%。", *PARAGRAPHS])
    assert len(targets) > 12
    for target in targets:
        assert text[target.start : target.end] == target.text
        assert text[target.sent_start :].startswith(target.sentence)
    assert [target.start for target in targets] == sorted(target.start for target in targets)


def test_each_target_names_its_report_and_has_its_year() -> None:
    promised = [target for target in found(PARAGRAPHS) if target.key == "地区生产总值" and target.status == "target"]
    assert [(target.report, target.period) for target in promised] == [
        ("云溪市2021年政府工作报告", "2021"),
        ("松岚市2022年政府工作报告", "2022"),
        ("北麓县2023年政府工作报告", "2023"),
    ]


def test_a_report_without_a_year_is_read_with_that_of_the_document() -> None:
    parts = [line.replace("2022年", "") for line in PARAGRAPHS[:16]]
    targets = targets_of(parts, 2031, find_reports("", parts))
    assert {target.period for target in targets if target.status == "target"} == {"2021", "2031"}


def test_one_report_is_read_as_ever() -> None:
    paragraphs = report("云溪市", 2023)
    assert found(paragraphs) == find_targets("\n".join(paragraphs), None)
    assert {target.report for target in found(paragraphs)} == {""}


def test_a_compilation_is_of_no_place_and_year_unless_its_title_says_so() -> None:
    read = with_targets(document(TEXT, title=TITLE, region="云溪市", year=2021))
    assert (read.region, read.year) == ("", None)
    read = with_targets(document(TEXT, title="东原省各市2023年政府工作报告汇编", region="云溪市", year=2021))
    assert read.year == 2023
    assert {target.report[:3] for target in read.targets} == {"云溪市", "松岚市", "北麓县"}
    single = "\n".join(report("云溪市", 2023))
    assert (with_targets(document(single)).region, with_targets(document(single)).year) == ("云溪市", 2026)


def test_a_compilation_whose_title_is_lost_is_told_by_report_all_the_same() -> None:
    title = "各市2031年政府工作报告汇编"
    lines = [re.sub("20..年政府工作报告", "政府工作报告", line) for line in PARAGRAPHS]
    page = due("\n".join(lines), title=title, region="", year=None)
    edited = tuple(line.replace("公园10个", "公园12个") for line in lines)
    reading = Reading(part=Part(url=page.url, sha256="", paragraphs=len(edited)), article=Article(paragraphs=edited))
    read = with_targets(stitch(Observation(url=page.url, readings=(reading,), fetched_at=NOW), page, ""))
    before = targets_of(lines, None, find_reports(title, lines))
    (told,) = decide.read(page, read, decide.Previous(text="\n".join(lines), targets=before), moment()).alerts
    reports = [f"{place}2031年政府工作报告" for place in ("云溪市", "松岚市", "北麓县")]
    assert told.summary.startswith("云溪市 2031：")
    assert [hunk["report"] for hunk in told.payload["text"]["hunks"]] == reports
    assert [change["new"]["report"] for change in told.payload["targets"]["changed"]] == reports


@pytest.mark.parametrize("place", ["云溪市", "松岚市", "北麓县"])
def test_an_edit_stands_in_its_report(place: str) -> None:
    before, after = TEXT[: TEXT.index(place)], TEXT[TEXT.index(place) :]
    for old, new in (("公园10个", "公园12个"), ("老旧小区", "小区"), ("新建公园", "新建口袋公园")):
        (told,) = hunk_reports(diff_texts(TEXT, before + after.replace(old, new, 1)), TITLE)
        assert told.startswith(place)


def test_a_report_that_came_or_went_is_named_itself() -> None:
    without = "\n".join(PARAGRAPHS[:8] + PARAGRAPHS[16:])
    assert hunk_reports(diff_texts(without, TEXT), TITLE) == ("松岚市2022年政府工作报告",)
    assert hunk_reports(diff_texts(TEXT, without), TITLE) == ("松岚市2022年政府工作报告",)


def test_edits_of_one_report_stand_in_none() -> None:
    text = "\n".join(report("云溪市", 2023))
    assert hunk_reports(diff_texts(text, text.replace("10个", "12个")), TITLE) == ("",)


@pytest.mark.parametrize(
    ("title", "short"),
    [
        ("云溪市2023年政府工作报告", "云溪市 2023"),
        ("(东原省)云溪市人民政府工作报告(2023年2月1日)", "云溪市 2023"),
        ("云溪市政府工作报告", "云溪市"),
        ("市2023年政府工作报告（2）", "市2023年政府工作报告（2）"),
        ("", ""),
    ],
)
def test_a_report_in_few_words(title: str, short: str) -> None:
    assert label(title) == short
