"""A document that holds many reports is cut into them; one report never is."""

import pytest

from crawler.extract.compilation import Report, find_reports, place_and_year
from tests.support.compilations import NEED_OPENING, STYLES, Case, bodies, compilation, heading, lookalike, opening

CHAPTERS = [
    "一、2022年工作回顾",
    "过去一年，全市上下真抓实干，地区生产总值增长4%，城镇新增就业2万人。",
    "二、2023年工作安排",
    "今年的主要预期目标是：地区生产总值增长6%左右；固定资产投资增长8%以上。",
    "（一）聚焦项目，扩大投资",
    "全年完成投资100亿元，新开工亿元以上项目30个。",
    "各位代表！让我们同心协力、砥砺前行，为建设美丽家园而努力奋斗！",
]
OPENING = opening("市人民政府")
MANY = "市2023年政府工作报告-24篇"
FEW_WORDS = ["今年地区生产总值增长6%左右。"]


def document(*parts: str | list[str]) -> list[str]:
    return [line for part in parts for line in ([part] if isinstance(part, str) else part)]


def told(paragraphs: list[str], title: str = "") -> list[tuple[str, str, int | None]]:
    return [(report.title, report.region, report.year) for report in find_reports(title, paragraphs)]


def starts(paragraphs: list[str], title: str = "") -> list[str]:
    return [paragraphs[report.start] for report in find_reports(title, paragraphs)]


def heads(style: str) -> bool:
    """Whether headings of the style tell by themselves where a report begins."""
    return style not in NEED_OPENING


class TestCompilations:
    def test_each_report_has_title_region_year_and_its_paragraphs(self) -> None:
        first = document("(东原省)云溪市人民政府工作报告(2023年2月1日)", OPENING, CHAPTERS)
        second = document("政府工作报告", "——2022年1月8日在松岚市第十届人民代表大会第二次会议上", OPENING, CHAPTERS)
        assert find_reports("", first + second) == (
            Report(title="(东原省)云溪市人民政府工作报告(2023年2月1日)", region="云溪市", year=2023, start=0, end=10),
            Report(title="松岚市2022年政府工作报告", region="松岚市", year=2022, start=10, end=21),
        )

    @pytest.mark.parametrize(
        ("style", "opened"), [(style, opened) for style in STYLES for opened in (True, False) if opened or heads(style)]
    )
    def test_in_every_style_of_headings(self, style: str, *, opened: bool) -> None:
        places = ("云溪市", "松岚市", "北麓县")
        headings = [heading(style, place, 2023, n, _Fixed()) for n, place in enumerate(places, 1)]
        parts = [document(lines, OPENING if opened else [], CHAPTERS) for lines in headings]
        found = find_reports(MANY, document(*parts))
        assert [report.start for report in found] == [0, len(parts[0]), len(parts[0]) + len(parts[1])]

    @pytest.mark.parametrize("number", ["第{}篇", "【篇{}】", "（{}）"])
    def test_of_more_than_a_hundred_reports(self, number: str) -> None:
        tens = ["", *(f"{ten}十" for ten in ("", *"二三四五六七八九"))]
        hundred = [ten + one for ten in tens for one in ("", *"一二三四五六七八九")][1:]
        more = ["一百", *(f"一百零{one}" for one in "一二三四五六七八九"), "一百一十", "一百一十一", "一百二十"]
        paragraphs = document(
            *([f"{number.format(each)}市2023年政府工作报告", *CHAPTERS] for each in (*hundred, *more))
        )
        assert starts(paragraphs, "政府工作报告-一百零五篇") == paragraphs[:: len(CHAPTERS) + 1]

    def test_of_a_few_words_each(self) -> None:
        paragraphs = document("云溪市2023年政府工作报告", FEW_WORDS, "松岚市2023年政府工作报告", FEW_WORDS)
        assert starts(paragraphs) == ["云溪市2023年政府工作报告", "松岚市2023年政府工作报告"]

    def test_of_one_place_over_the_years(self) -> None:
        paragraphs = document(*(document(f"云溪市{year}年政府工作报告", CHAPTERS) for year in (2021, 2022, 2023)))
        assert [year for _, _, year in told(paragraphs)] == [2021, 2022, 2023]

    def test_reports_of_like_headings_are_counted(self) -> None:
        parts = [document(f"第{n}篇：市2023年政府工作报告", OPENING, CHAPTERS) for n in (1, 2, 3)]
        assert [title for title, _, _ in told(document(*parts), MANY)] == [
            "市2023年政府工作报告",
            "市2023年政府工作报告（2）",
            "市2023年政府工作报告（3）",
        ]

    def test_a_place_that_only_the_opening_names_is_found(self) -> None:
        parts = [
            document(f"第{n}篇", opening(f"{place}人民政府"), CHAPTERS) for n, place in ((1, "云溪市"), (2, "松岚县"))
        ]
        assert [(title, region) for title, region, _ in told(document(*parts), MANY)] == [
            ("云溪市2023年政府工作报告", "云溪市"),
            ("松岚县2023年政府工作报告", "松岚县"),
        ]

    def test_a_table_of_contents_is_of_no_report(self) -> None:
        names = ["云溪市2023年政府工作报告", "松岚市2023年政府工作报告"]
        contents = ["目录", *(f"{n}. {name}" for n, name in enumerate(names, 1))]
        for marks in ("", "……12", "　3"):
            paragraphs = document([line + marks for line in contents], *(document(name, CHAPTERS) for name in names))
            assert starts(paragraphs, MANY) == names

    def test_a_foreword_is_of_no_report(self) -> None:
        words = "下面是小编为大家整理的政府工作报告，供大家参考。"
        paragraphs = document(words, "云溪市2023年政府工作报告", CHAPTERS, "松岚市2023年政府工作报告", CHAPTERS)
        assert [report.start for report in find_reports(MANY, paragraphs)] == [1, 9]

    def test_an_annex_belongs_to_the_report_before(self) -> None:
        annex = ["附件：名词解释", "1. 一号工程：指以数字化改造为主的一批项目。", "《政府工作报告》名词注释"]
        paragraphs = document("云溪市2023年政府工作报告", CHAPTERS, annex, "松岚市2023年政府工作报告", CHAPTERS)
        assert [(report.start, report.end) for report in find_reports("", paragraphs)] == [(0, 11), (11, 19)]

    def test_places_of_one_province_may_share_their_first_characters(self) -> None:
        parts = [document(f"{place}2023年政府工作报告", OPENING, CHAPTERS) for place in ("云溪市", "云溪市松岚区")]
        assert len(find_reports("", document(*parts))) == 2


class TestPartsOfCompilations:
    def test_what_stands_before_the_first_heading_is_a_report_of_unknown_heading(self) -> None:
        paragraphs = document(CHAPTERS[3:], "松岚市2023年政府工作报告", OPENING, CHAPTERS)
        assert told(paragraphs, MANY) == [("", "", 2023), ("松岚市2023年政府工作报告", "松岚市", 2023)]

    def test_without_a_salutation_the_chapters_tell_that_a_report_begins(self) -> None:
        paragraphs = document(CHAPTERS[2:], "松岚市2023年政府工作报告", CHAPTERS)
        assert [title for title, _, _ in told(paragraphs)] == ["", "松岚市2023年政府工作报告"]

    def test_a_part_amid_a_report_is_one(self) -> None:
        assert find_reports(MANY + "(第28/145页)", CHAPTERS[3:]) == ()

    def test_the_title_of_the_whole_on_every_part_is_no_heading(self) -> None:
        line = "市2023年政府工作报告"
        paragraphs = document(CHAPTERS[:3], line, CHAPTERS[3:5], line, CHAPTERS[5:])
        assert find_reports(line, paragraphs) == ()
        assert find_reports(MANY, paragraphs) == ()


class TestSingleReports:
    TITLE = "云溪市2023年政府工作报告"
    REPORT = document(TITLE, OPENING, CHAPTERS)

    @pytest.mark.parametrize(
        "line",
        [
            "云溪市2023年政府工作报告",
            "云溪市人民政府工作报告",
            "政府工作报告",
            "2022年政府工作报告",
            "2022年政府工作报告确定的目标任务全面完成。",
            "《松岚市2023年政府工作报告》提出，地区生产总值增长6%左右。",
            "（以上报告已经云溪市人民代表大会审议通过）",
            "延伸阅读：松岚市2023年政府工作报告",
            "第一篇 开启新征程",
            "3. 打造教育强市",
            "附件：2023年政府工作报告名词解释",
            "各位代表：",
        ],
    )
    @pytest.mark.parametrize("place", [3, 4, 6, 8, 10])
    @pytest.mark.parametrize("title", ["", "政府工作报告", TITLE])
    def test_no_line_cuts_a_report(self, line: str, place: int, title: str) -> None:
        paragraphs = [*self.REPORT[:place], line, *self.REPORT[place:]]
        assert find_reports(title, paragraphs) == ()

    @pytest.mark.parametrize("place", [4, 6, 8, 10])
    def test_nor_does_another_reports_title_amid_a_chapter(self, place: int) -> None:
        paragraphs = [*self.REPORT[:place], "松岚市2023年政府工作报告", *self.REPORT[place:]]
        assert find_reports(self.TITLE, paragraphs) == find_reports("", paragraphs) == ()

    def test_neither_its_title_repeated_nor_an_editors_words_before_it_do(self) -> None:
        words = f"2023年2月1日，{self.TITLE}经大会审议通过，现将全文刊发如下。"
        for head in ([self.TITLE], [self.TITLE, "2023年2月10日"], [words], [self.TITLE, words], ["来源：云溪日报"]):
            assert find_reports("", head + self.REPORT) == ()
            assert find_reports(self.TITLE, head + self.REPORT) == ()

    def test_nor_the_opening_repeated_at_its_end(self) -> None:
        assert find_reports("", [*self.REPORT, self.TITLE, "".join(OPENING)]) == ()

    def test_nor_links_to_other_reports_below_it(self) -> None:
        links = ["松岚市2023年政府工作报告", "北麓县2023年政府工作报告"]
        assert find_reports(self.TITLE, [*self.REPORT, "相关链接", *links]) == ()

    def test_nothing_is_no_report(self) -> None:
        assert find_reports("", ()) == find_reports(MANY, [""]) == find_reports("", ["云溪市2023年政府工作报告"]) == ()

    def test_a_plan_in_numbered_books_is_one_document(self) -> None:
        books = [document(f"第{n}篇 谱写新篇章", CHAPTERS[3:4]) for n in "一二三四五"]
        assert find_reports("云溪市国民经济和社会发展第十四个五年规划", document(*books)) == ()


class _Fixed:
    """Dice that always fall on the same side."""

    def randint(self, low: int, high: int) -> int:
        del high
        return low

    def choice(self, items: list[str]) -> str:
        return items[0]


def test_a_title_of_ours_tells_place_and_year_by_itself() -> None:
    for seed in range(160):
        case = compilation([CHAPTERS], seed)
        for report in find_reports(case.title, case.paragraphs):
            if report.title:
                assert place_and_year(report.title) == (report.region, report.year)


def test_reports_follow_one_another_to_the_end() -> None:
    for seed in range(160):
        case = compilation([CHAPTERS], seed)
        found = find_reports(case.title, case.paragraphs)
        assert [report.end for report in found] == [report.start for report in found[1:]] + [len(case.paragraphs)]


@pytest.fixture(scope="module")
def texts() -> list[list[str]]:
    return bodies() or pytest.skip("the reports beside the repository are absent")


def test_real_reports_put_together_are_taken_apart_again(texts: list[list[str]]) -> None:
    right = found = true = 0
    for seed in range(320):
        case = compilation(texts, seed)
        cuts = {report.start for report in find_reports(case.title, case.paragraphs)}
        right, found, true = right + len(cuts & set(case.starts)), found + len(cuts), true + len(case.starts)
    assert right / found >= 0.99
    assert right / true >= 0.99


def test_real_reports_alone_stay_whole(texts: list[list[str]]) -> None:
    def cut(case: Case) -> bool:
        return bool(find_reports(case.title, case.paragraphs))

    assert not any(find_reports(title, text) for text in texts for title in ("", "政府工作报告", MANY))
    assert sum(cut(lookalike(texts, seed)) for seed in range(320)) <= 3
