"""Mails and messages about a page that holds many reports: everything under the name of its report."""

from collections.abc import Sequence

import pytest

from alerts.message import mail, short_text
from crawler.model import Json
from tests.support.alerting import change, hunk, payload, target

YUNXI, SONGLAN, NAMELESS = "云溪市2031年政府工作报告", "松岚市2031年政府工作报告", "市2031年政府工作报告（3）"
NAMES = {YUNXI: ("云溪市", 2031), SONGLAN: ("松岚市", 2031), NAMELESS: ("", 2031)}
PAGE = {"url": "https://www.example.org/24.html", "title": "市2031年政府工作报告-24篇", "region": "", "year": 2031}


def of(report: str, said: dict[str, Json]) -> dict[str, Json]:
    return {name: {**part, "report": report} if name in ("old", "new") else part for name, part in said.items()}


def compilation(
    *, changed: Sequence[Json] = (), added: Sequence[Json] = (), hunks: Sequence[Json] = (), summary: str = ""
) -> dict[str, Json]:
    reports = [{"title": title, "region": region, "year": year} for title, (region, year) in NAMES.items()]
    return payload(
        page=PAGE,
        summary=summary,
        reports=reports,
        targets={"changed": list(changed), "added": list(added), "removed": []},
        text={"hunks": list(hunks), "unified": "", "truncated": False},
    )


ONE = compilation(changed=[of(SONGLAN, change())], hunks=[{**hunk(), "report": SONGLAN}])
TWO = compilation(
    changed=[of(YUNXI, change()), of(SONGLAN, change("粮食产量", "7", "8"))],
    added=[{**target("9", indicator="工业投资"), "report": YUNXI}],
    hunks=[{**hunk(), "report": YUNXI}, {**hunk("7%", "8%"), "report": SONGLAN}],
)


def in_order(text: str, *words: str) -> bool:
    places = [text.find(word) for word in words]
    return -1 not in places and places == sorted(places)


def test_the_subject_names_the_one_report_that_changed() -> None:
    assert mail([ONE], "zh").subject == "松岚市 2031：地区生产总值 6%左右 → 5.5%左右"
    assert short_text(ONE, "zh")[0] == "松岚市 2031：地区生产总值 6%左右 → 5.5%左右"


def test_one_report_needs_no_headings() -> None:
    letter = mail([ONE], "zh")
    assert letter.text.count("松岚市 2031") == 1
    assert "【松岚市 2031】" not in letter.text + short_text(ONE, "zh")[1]
    assert "云溪市 2" not in letter.text + letter.html


def test_the_subject_names_each_report_before_its_targets() -> None:
    subject = mail([TWO], "zh").subject
    assert subject.startswith(
        "市2031年政府工作报告-24篇：云溪市 2031：地区生产总值 6%左右 → 5.5%左右；云溪市 2031：新增目标"
    )
    assert subject.endswith("等3项")


def test_both_parts_of_a_mail_group_targets_and_edits_by_report() -> None:
    letter = mail([TWO], "zh")
    words = (
        "云溪市 2031",
        "地区生产总值",
        "工业投资",
        "松岚市 2031",
        "粮食产量",
        "正文改动",
        "云溪市 2031",
        "松岚市 2031",
    )
    assert in_order(letter.text.partition("\n目标\n")[2], "【云溪市 2031】", "工业投资", "【松岚市 2031】", "粮食产量")
    assert in_order(letter.text.partition("正文改动")[2], "【云溪市 2031】", "5.5%", "【松岚市 2031】", "8%")
    assert in_order(letter.html.partition("<table")[2], *words[:6])
    assert '<th colspan="3"' in letter.html


def test_messages_group_by_report() -> None:
    _, body = short_text(TWO, "en")
    assert in_order(body, "【云溪市 2031】", "地区生产总值", "【松岚市 2031】", "粮食产量")
    assert body.count("【云溪市 2031】") == 2  # targets, edits


def test_a_report_without_a_place_is_called_by_its_title() -> None:
    letter = mail([compilation(changed=[of(NAMELESS, change()), of(YUNXI, change())])], "zh")
    assert f"【{NAMELESS}】" in letter.text


def test_an_edit_of_words_is_not_named_twice() -> None:
    told = compilation(hunks=[{**hunk("舒心", "美好"), "report": YUNXI}], summary="云溪市 2031：“舒心” → “美好”")
    assert mail([told], "zh").subject == "云溪市 2031：“舒心” → “美好”"


@pytest.mark.parametrize("report", [None, 7, ["x"], {"title": "x"}])
def test_names_of_a_wrong_type_are_no_names(report: Json) -> None:
    told = payload(
        reports=[report, {"title": report, "region": report}], text={"hunks": [{**hunk(), "report": report}]}
    )
    assert mail([told], "zh").subject.startswith("云溪市 2026：")


def test_hostile_names_stay_text() -> None:
    evil = "<script>alert(1)</script>\r\nBcc: v@example.org"
    reports = [{"title": evil, "region": evil, "year": evil}, {"title": YUNXI, "region": "云溪市", "year": 2031}]
    rows = {"changed": [of(evil, change()), of(YUNXI, change())], "added": [], "removed": []}
    letter = mail([payload(reports=reports, targets=rows)], "zh")
    assert "<script" not in letter.html
    assert "\n" not in letter.subject
