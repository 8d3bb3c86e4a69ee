"""Subjects: whose report, and what became of it."""

import pytest

from alerts.headline import headline, subject
from alerts.notice import read
from alerts.words import EN, WORDS, ZH
from tests.support.alerting import change, payload, quiet, target

NO_TARGETS: dict[str, list[str]] = {"changed": [], "added": [], "removed": []}


def test_the_subject_names_region_year_and_change() -> None:
    assert headline(read(payload()), ZH) == "云溪市 2026：地区生产总值 6%左右 → 5.5%左右"
    assert headline(read(payload()), EN) == "云溪市 2026: 地区生产总值 6%左右 → 5.5%左右"


def test_without_a_region_the_page_is_named_then_the_source() -> None:
    page = {"title": "某报告", "url": "https://www.example.org/"}
    assert headline(read(payload(page=page)), ZH).startswith("某报告：")
    assert headline(read(payload(page={})), ZH).startswith("云溪市政府工作报告：")
    assert headline(read(payload(page={}, source={"id": "yunxi-2026"})), ZH).startswith("yunxi-2026：")


def test_without_a_year_the_region_stands_alone() -> None:
    assert headline(read(payload(page={"region": "云溪市", "year": None})), ZH).startswith("云溪市：")


def test_many_targets_are_counted() -> None:
    changed = [change("地区生产总值"), change("固定资产投资", "8", "7"), change("外贸", "3", "2")]
    said = headline(read(payload(targets={"changed": changed})), ZH)
    assert said == "云溪市 2026：地区生产总值 6%左右 → 5.5%左右；固定资产投资 8%左右 → 7%左右 等3项"


def test_added_and_removed_targets_are_named() -> None:
    targets = {"added": [target("3", indicator="粮食产量")], "removed": [target("9", indicator="外贸")]}
    assert headline(read(payload(targets=targets)), ZH) == "云溪市 2026：新增目标 粮食产量 3%左右；删去目标 外贸 9%左右"
    assert (
        headline(read(payload(targets=targets)), EN)
        == "云溪市 2026: new target 粮食产量 3%左右; dropped target 外贸 9%左右"
    )


def test_an_edit_without_targets_is_summarised() -> None:
    document = payload(targets=NO_TARGETS, summary="“更有看头” → “更有奔头”")
    assert headline(read(document), ZH) == "云溪市 2026：“更有看头” → “更有奔头”"
    assert headline(read(document | {"summary": ""}), ZH) == "云溪市 2026：正文有改动"


@pytest.mark.parametrize(
    ("kind", "chinese", "english"),
    [
        ("page.gone", "云溪市 2026：页面已被撤下", "云溪市 2026: Page removed"),
        ("page.suspect", "云溪市 2026：页面异常，暂不采信", "云溪市 2026: Page looks broken, held back"),
        ("source.failing", "云溪市政府工作报告：连续抓取失败", "云溪市政府工作报告: Checks keep failing"),
        ("source.recovered", "云溪市政府工作报告：恢复正常", "云溪市政府工作报告: Back to normal"),
        ("page.differs", "云溪市 2026：不同网站的文本不一致", "云溪市 2026: Portals disagree"),
        ("page.unheard-of", "云溪市 2026：提醒", "云溪市 2026: Alert"),
    ],
)
def test_every_type_has_its_words(kind: str, chinese: str, english: str) -> None:
    assert headline(read(quiet(kind)), ZH) == chinese
    assert headline(read(quiet(kind)), EN) == english


def test_a_new_report_is_named_by_its_title() -> None:
    document = payload(type="page.new", targets={"added": [target()]}, text={"hunks": []})
    assert headline(read(document), ZH) == "云溪市 2026：发现新报告：云溪市2026年政府工作报告"


def test_portals_that_disagree_name_the_targets() -> None:
    said = headline(read(payload(type="page.differs")), ZH)
    assert said == "云溪市 2026：不同网站的文本不一致：地区生产总值 6%左右 → 5.5%左右"


def test_a_digest_says_how_many_and_begins_with_the_first() -> None:
    notices = [read(payload()), read(quiet("page.gone")), read(payload())]
    said = subject(notices, ZH)
    assert said == "3条提醒：云溪市 2026：地区生产总值 6%左右 → 5.5%左右；云溪市 2026：页面已被撤下"
    assert subject(notices, EN).startswith("3 alerts: ")


def test_subjects_are_short_and_cannot_carry_a_header() -> None:
    evil = "云溪\r\nBcc: victim@example.org\r\n\r\n<html>" + "长" * 500
    document = payload(page={"region": evil, "title": evil, "year": evil}, summary=evil, targets=NO_TARGETS)
    for said in (headline(read(document), ZH), subject([read(document)] * 3, EN)):
        assert len(said) <= 120
        assert not set("\r\n") & set(said)


def test_both_languages_say_everything() -> None:
    assert ZH.labels.keys() == EN.labels.keys() == ZH.meanings.keys() == EN.meanings.keys()
    assert ZH.kinds.keys() == EN.kinds.keys()
    assert set(WORDS) == {"zh", "en"}
