"""What an alert on a compilation says: each target and edit with its report."""

import json
from dataclasses import replace

from crawler.announce import Event, Subject, alert, summarize
from crawler.diff import diff_texts
from crawler.extract.compilation import find_reports
from crawler.model import Target
from crawler.reports import targets_of
from crawler.targets import compare_targets
from tests.support.values import INSTALLATION, NOW, source

TITLE = "市2031年政府工作报告-3篇"
PLACES = ("云溪市", "松岚市", "北麓县")
BODY = [
    "各位代表：",
    "现在，我代表市人民政府，向大会报告政府工作，请予审议。",
    "今年的主要预期目标是：地区生产总值增长6%左右；固定资产投资增长8%以上。",
    "新建公园10个，改造老旧小区20个，让百姓生活更加舒心。",
]
OLD = "\n".join(line for place in PLACES for line in (f"{place}2031年政府工作报告", *BODY))
SUBJECT = Subject(
    installation=INSTALLATION, source=source(), page=7, url="https://www.example.org/24.html", title=TITLE
)


def edited(place: str, old: str, new: str, text: str = OLD) -> str:
    before, heading, after = text.partition(f"{place}2031年政府工作报告")
    return before + heading + after.replace(old, new, 1)


def targets(text: str) -> tuple[Target, ...]:
    paragraphs = text.split("\n")
    return targets_of(paragraphs, None, find_reports(TITLE, paragraphs))


def payload(new: str, old: str = OLD) -> dict:
    text, diff = diff_texts(old, new), compare_targets(targets(old), targets(new))
    summary = summarize(diff, text, TITLE)
    event = Event(type="page.changed", at=NOW, mark="2", summary=summary, old=1, new=2, targets=diff, text=text)
    return json.loads(json.dumps(alert(SUBJECT, event).payload))


def test_a_changed_target_is_told_with_place_and_year_of_its_report() -> None:
    told = payload(edited("松岚市", "6%左右", "5.5%左右"))
    assert told["summary"] == "松岚市 2031：地区生产总值增长 6%左右 → 5.5%左右"
    assert told["reports"] == [{"title": "松岚市2031年政府工作报告", "region": "松岚市", "year": 2031}]
    (change,) = told["targets"]["changed"]
    assert change["old"]["report"] == change["new"]["report"] == "松岚市2031年政府工作报告"
    assert [hunk["report"] for hunk in told["text"]["hunks"]] == ["松岚市2031年政府工作报告"]


def test_each_report_is_named_once() -> None:
    text = edited("云溪市", "8%以上", "9%以上", edited("云溪市", "6%左右", "5%左右"))
    told = payload(edited("北麓县", "6%左右", "7%左右", text))
    assert told["summary"] == (
        "云溪市 2031：地区生产总值增长 6%左右 → 5%左右；固定资产投资增长 8%以上 → 9%以上；"
        "北麓县 2031：地区生产总值增长 6%左右 → 7%左右"
    )
    assert [report["region"] for report in told["reports"]] == ["云溪市", "北麓县"]


def test_an_edit_of_words_is_told_with_its_report() -> None:
    told = payload(edited("北麓县", "更加舒心", "更加美好"))
    assert told["summary"] == "北麓县 2031：“舒心” → “美好”"
    assert told["targets"] == {"changed": [], "added": [], "removed": []}
    assert [report["region"] for report in told["reports"]] == ["北麓县"]


def test_a_report_that_came_is_the_only_one_told() -> None:
    lines = OLD.split("\n")
    old = "\n".join(lines[:5] + lines[10:])
    told = payload(OLD, old)
    assert told["summary"].startswith("松岚市 2031：新增目标：")
    assert [report["title"] for report in told["reports"]] == ["松岚市2031年政府工作报告"]
    assert not told["targets"]["changed"]
    assert not told["targets"]["removed"]
    assert {target["report"] for target in told["targets"]["added"]} == {"松岚市2031年政府工作报告"}


def test_a_page_of_one_report_names_none() -> None:
    text = "\n".join(OLD.split("\n")[:5])
    told = payload(text.replace("6%", "5%"), text)
    assert told["summary"] == "地区生产总值增长 6%左右 → 5%左右"
    assert told["reports"] == []
    assert [hunk["report"] for hunk in told["text"]["hunks"]] == [""]


def test_what_is_of_no_report_comes_first() -> None:
    diff = compare_targets(targets(OLD), targets(edited("云溪市", "6%左右", "5%左右", edited("松岚市", "6%", "7%"))))
    first, second = diff.changed
    nameless = replace(second, old=replace(second.old, report=""), new=replace(second.new, report=""))
    text = diff_texts("", "")
    assert summarize(replace(diff, changed=(first, nameless)), text) == (
        "地区生产总值增长 6%左右 → 7%左右；云溪市 2031：地区生产总值增长 6%左右 → 5%左右"
    )
