"""Which lines may head a report, which open one, and what they say of its place, year and number."""

import pytest

from crawler.extract.headings import other_place, read_line, same_place, without_number


@pytest.mark.parametrize(
    ("line", "number", "place", "year"),
    [
        ("云溪市2023年政府工作报告", None, "云溪市", 2023),
        ("2023年云溪市政府工作报告", None, "云溪市", 2023),
        ("云溪市人民政府2023年政府工作报告", None, "云溪市", 2023),
        ("云溪市政府2023年工作报告", None, "云溪市", 2023),
        ("2023年度云溪市人民政府工作报告（全文）", None, "云溪市", 2023),
        ("(东原省)云溪市人民政府工作报告(2023年2月1日)", None, "云溪市", 2023),
        ("（东原省）云溪市松岚区人民政府工作报告（2023年2月1日）", None, "云溪市松岚区", 2023),
        ("政府工作报告", None, "", None),
        ("政 府 工 作 报 告", None, "", None),
        ("市2023年政府工作报告", None, "", 2023),
        ("XX县2023年政府工作报告", None, "", 2023),
        ("云溪镇2023政府工作报告", None, "云溪镇", 2023),
        ("在云溪市第十届人民代表大会第二次会议上的政府工作报告", None, "云溪市", None),
        ("——2023年1月8日某某市长在云溪市第十届人民代表大会第二次会议的政府工作报告", None, "云溪市", 2023),
        ("政府工作报告——2023年1月8日在云溪市第十届人民代表大会第二次会议上　市长　某某", None, "云溪市", 2023),
        ("政府工作报告（2023年1月8日在云溪市第十届人民代表大会第二次会议上）", None, "云溪市", 2023),
        ("2023年政府工作报告（云溪市）", None, "云溪市", 2023),
        ("云溪市：2023年政府工作报告", None, "云溪市", 2023),
        ("【云溪市】2023年政府工作报告", None, "云溪市", 2023),
        ("政府工作报告——2023年3月5日在第十四届全国人民代表大会第一次会议上", None, "", 2023),
        ("1. 云溪市2023年政府工作报告", 1, "云溪市", 2023),
        ("12、云溪市2023年政府工作报告", 12, "云溪市", 2023),
        ("（三）云溪市2023年政府工作报告", 3, "云溪市", 2023),
        ("第3篇：云溪市2023年政府工作报告", 3, "云溪市", 2023),
        ("第十二篇 市2023年政府工作报告", 12, "", 2023),
        ("【篇二十一】市2023年政府工作报告", 21, "", 2023),
        ("范文一：县2023年政府工作报告", 1, "", 2023),
        ("市2023年政府工作报告7", 7, "", 2023),
        ("市2023年政府工作报告（7）", 7, "", 2023),
        ("市2023年政府工作报告篇七", 7, "", 2023),
        ("第三篇", 3, "", None),
        ("1. 云溪市", 1, "云溪市", None),
        ("【云溪市】", None, "云溪市", None),
    ],
)
def test_a_heading_says_number_place_and_year(line: str, number: int | None, place: str, year: int | None) -> None:
    read = read_line(line)
    assert (read.kind, read.number, read.place, read.year) == ("heading", number, place, year)


@pytest.mark.parametrize(
    "line",
    [
        "2022年政府工作报告确定的目标任务全面完成。",
        "《云溪市2023年政府工作报告》提出，地区生产总值增长6%。",
        "关于2023年政府工作报告的决议",
        "一图读懂云溪市2023年政府工作报告",
        "学习贯彻云溪市2023年政府工作报告",
        "附件：2023年政府工作报告名词解释",
        "《政府工作报告》名词解释",
        "2023年政府工作报告任务分解",
        "（以上报告已经云溪市人民代表大会审议通过）",
        "下一篇:区2023年政府工作报告-39篇",
        "市2023年政府工作报告-24篇",
        "市2023年政府工作报告-24篇(第28/145页)",
        "相关阅读：松岚市2023年政府工作报告",
        "云溪市长某某作政府工作报告",
        "一、2023年工作回顾",
        "二、2024年工作安排",
        "（一）聚焦项目，扩大投资",
        "第一章 总则",
        "第一部分 2023年工作回顾",
        "云溪市2023年政府工作报告………………12",
        "报告2022年完成投资120亿元",
    ],
)
def test_what_names_a_report_or_a_chapter_is_no_heading_of_one(line: str) -> None:
    assert read_line(line).kind != "heading"


@pytest.mark.parametrize(
    ("line", "place"),
    [
        ("现在，我代表云溪市人民政府，向大会报告政府工作，请予审议，并请市政协委员提出意见。", "云溪市"),
        ("各位代表：现在，我代表市人民政府，向大会报告工作，请予审议。", ""),
        ("现在，我代表县人民政府向大会作政府工作报告，请予审议，并请列席人员提出意见。", ""),
        ("我代表云溪镇人民政府，向大会报告工作，请予审查。", "云溪镇"),
        (
            "　　现在，我代表云溪市人民政府，向大会报告工作，请各位代表审议，" + "并请列席人员提出宝贵意见。" * 9,
            "云溪市",
        ),
    ],
)
def test_an_opening_says_whose_report_it_is(line: str, place: str) -> None:
    read = read_line(line)
    assert (read.kind, read.opens, read.place) == ("text", True, place)


@pytest.mark.parametrize(
    "line",
    [
        "各位代表，过去一年的成绩来之不易，这是全市人民团结奋斗的结果。",
        "我代表市人民政府，向全市人民致以崇高的敬意！",
        "会议听取了市长代表市人民政府所作的报告，并予以审议。",
    ],
)
def test_other_addresses_open_nothing(line: str) -> None:
    assert not read_line(line).opens


def test_a_dateline_says_where_and_when() -> None:
    read = read_line("——2023年1月8日在云溪市第十届人民代表大会第二次会议上")
    assert (read.kind, read.dated, read.place, read.year) == ("other", True, "云溪市", 2023)
    assert read_line("（2023年1月8日云溪市第十届人民代表大会第二次会议通过）").place == "云溪市"
    assert read_line("——2023年3月5日在第十四届全国人民代表大会第一次会议上").place == ""
    assert not read_line("2023年1月8日，我们在云溪市召开了会议，部署了上半年的工作。").dated


@pytest.mark.parametrize(
    ("line", "chapter"),
    [
        ("一、工作回顾", (1, 1)),
        ("（十一）办好实事", (2, 11)),
        ("十、" + "加快发展。" * 30, (1, 10)),
        ("1.加快发展", (0, 0)),
    ],
)
def test_chapters_are_counted(line: str, chapter: tuple[int, int]) -> None:
    assert read_line(line).chapter == chapter


@pytest.mark.parametrize(
    ("shown", "title"),
    [
        ("第3篇：云溪市2023年政府工作报告", "云溪市2023年政府工作报告"),
        ("【篇三】 云溪市2023年政府工作报告", "云溪市2023年政府工作报告"),
        ("3．云溪市2023年政府工作报告", "云溪市2023年政府工作报告"),
        ("第一百二十三篇 云溪市2023年政府工作报告", "云溪市2023年政府工作报告"),
        ("（三）云溪市2023年政府工作报告", "云溪市2023年政府工作报告"),
        ("(东原省)云溪市人民政府工作报告(2023年2月1日)", "(东原省)云溪市人民政府工作报告(2023年2月1日)"),
        ("2023年云溪市政府工作报告", "2023年云溪市政府工作报告"),
        ("第三篇", "第三篇"),
    ],
)
def test_the_number_is_no_part_of_the_title(shown: str, title: str) -> None:
    assert without_number(shown) == title


@pytest.mark.parametrize(
    ("one", "other", "same", "differ"),
    [
        ("云溪市", "东原省云溪市", True, False),
        ("云溪", "云溪市", True, False),
        ("云溪市", "松岚市", False, True),
        ("云溪市", "云溪市松岚区", False, False),
        ("黔山州", "黔山苗族自治州", False, False),
        ("云溪市", "", True, False),
    ],
)
def test_places_are_told_apart_only_where_that_is_sure(one: str, other: str, *, same: bool, differ: bool) -> None:
    if other:
        assert same_place(one, other) is same_place(other, one) is same
    assert other_place(one, other) is other_place(other, one) is differ


@pytest.mark.parametrize("mark", ["在", "在会议上", "第", "政府", "（", "1.", "一、", "现在我代表", "各位代表："])
def test_lines_of_what_headings_are_made_of_are_none(mark: str) -> None:
    for line in ((mark * 100)[:100], mark * 200, (mark * 100)[:90] + "工作报告"):
        assert read_line(line).kind != "heading"
