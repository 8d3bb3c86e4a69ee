"""What may become a version, at once or after a second reading, and what never."""

from dataclasses import replace
from datetime import timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler import plausible
from crawler.checks import Document, Due, Part
from crawler.model import Selectors
from crawler.plausible import Doubt, doubt, is_cut
from tests.support.store import capture
from tests.support.values import PARAGRAPHS, TEXT, document, due

THEMES = ("农业", "工业", "商贸", "教育", "医疗", "交通", "水利", "文旅")
BOT_CHECK = "请完成安全验证后继续访问，您的访问过于频繁。"
ERROR_PAGE = "您访问的页面不存在，可能已被删除，请返回首页重新查找。"


def share(part: int, lines: int = 6) -> list[str]:
    """A part's paragraphs, about 300 characters, none like those of another part."""
    theme = THEMES[part % len(THEMES)]
    return [
        f"{theme}方面第{part}{n}项：{theme}条件改善{part + n}成，{theme}项目开工{part * 7 + n}个，"
        f"{theme}投入{part * 11 + n}亿元，{theme}{chr(0x4E10 + part * 40 + n * 3)}平台建成启用。"
        for n in range(lines)
    ]


def report(count: int = 5) -> dict[str, list[str]]:
    """A report of some parts, the targets in its first."""
    shares = {address(n): share(n) for n in range(1, count + 1)}
    shares[address(1)] = [*PARAGRAPHS, *shares[address(1)]]
    return shares


def address(part: int) -> str:
    return f"https://www.example.org/yunxi_{part}.html"


def parts_of(shares: dict[str, list[str]]) -> tuple[Part, ...]:
    return tuple(Part(url=url, sha256="", paragraphs=len(lines)) for url, lines in shares.items())


def text_of(shares: dict[str, list[str]]) -> str:
    return "\n".join(line for lines in shares.values() for line in lines)


def reading(shares: dict[str, list[str]]) -> Document:
    return document(text_of(shares), parts=parts_of(shares), url=address(1))


def stored(shares: dict[str, list[str]]) -> Due:
    return due(text_of(shares), parts=parts_of(shares))


def first(shares: dict[str, list[str]]) -> Doubt | None:
    """The judgement on a first reading."""
    return doubt(due(version=0), reading(shares), "")


def later(old: dict[str, list[str]], new: dict[str, list[str]]) -> Doubt | None:
    """The judgement on a reading of what was read before."""
    return doubt(stored(old), reading(new), text_of(old))


def edited(changes: dict[int, list[str]], count: int = 5) -> dict[str, list[str]]:
    return {**report(count), **{address(part): lines for part, lines in changes.items()}}


class TestOnePage:
    def test_a_report_is_plausible_and_so_is_an_edit(self) -> None:
        assert doubt(due(version=0), document(), "") is None
        assert doubt(due(), document(TEXT.replace("6%左右", "5%左右")), TEXT) is None
        assert doubt(due(), document(TEXT + "\n会议号召全县上下团结奋斗，为完成全年目标任务而努力。"), TEXT) is None

    @pytest.mark.parametrize("version", [0, 1])
    @pytest.mark.parametrize(
        "text", ["", "　", "加载中", BOT_CHECK, ERROR_PAGE, "Just a moment... checking your browser"]
    )
    def test_a_shell_or_a_block_page_never_is(self, version: int, text: str) -> None:
        found = doubt(due(version=version), document(text), TEXT if version else "")
        assert found
        assert found.hard

    def test_a_text_that_shrank_or_is_another_may_be_an_edit(self) -> None:
        for text in (PARAGRAPHS[0], "\n".join(share(3, 20))):
            found = doubt(due(), document(text), TEXT)
            assert found
            assert not found.hard

    def test_a_text_without_its_targets_may_be_broken_but_for_an_edit_of_a_word(self) -> None:
        known, edited = due(target_count=8), TEXT.replace("今年发展", "年发展")
        assert doubt(known, document(edited, targets=()), TEXT) is None
        rewritten = TEXT.replace("增长", "").replace("%", "").replace("万", "").replace("项", "")
        broken = "\n".join(line[: len(line) * 3 // 4] + "。" for line in rewritten.split("\n"))
        told = doubt(known, document(broken, targets=()), TEXT)
        assert told == Doubt(reason="all 8 targets are missing")

    @pytest.mark.parametrize("length", [0.65, 0.8, 0.95])
    def test_a_text_that_ends_too_early_may_be_cut_short(self, length: float) -> None:
        old = text_of(report())
        found = doubt(due(old), document(old[: int(length * len(old))]), old)
        assert found
        assert not found.hard
        assert "cut short" in found.reason

    def test_a_last_line_removed_or_a_text_shortened_within_is_an_edit(self) -> None:
        old = text_of(report())
        assert doubt(due(old), document(old[: int(0.99 * len(old))]), old) is None
        within = old.split("\n")
        assert doubt(due(old), document("\n".join(within[:5] + within[8:])), old) is None

    @pytest.mark.parametrize("version", [0, 1])
    def test_a_text_that_ends_within_a_character_may_be_cut_short(self, version: int) -> None:
        old = text_of(report())
        found = doubt(due(old, version=version), document(old[:-3] + "\ufffd"), old if version else "")
        assert found
        assert not found.hard

    def test_a_broken_character_elsewhere_or_since_ever_is_no_cut(self) -> None:
        old = text_of(report())
        assert doubt(due(old), document("\ufffd" + old[1:]), old) is None
        torn = old + "\ufffd"
        assert doubt(due(torn), document(torn.replace("6%左右", "5%左右")), torn) is None


class TestManyParts:
    def test_a_report_is_plausible_and_so_are_edits_in_any_part(self) -> None:
        assert first(report()) is None
        for part in range(1, 6):
            url, lines = address(part), report()[address(part)]
            assert later(report(), {**report(), url: [*lines[:-1], lines[-1] + "另有安排。"]}) is None
            assert later(report(), {**report(), url: [*lines[:2], *lines[3:]]}) is None

    def test_a_report_that_grew_is_plausible(self) -> None:
        assert later(report(5), report(6)) is None
        assert later(report(5), edited({6: ["云溪市人民政府"]}, 6)) is None

    @pytest.mark.parametrize("page", [BOT_CHECK, ERROR_PAGE, "网站维护中，请稍后再来。给您带来不便，敬请谅解。"])
    @pytest.mark.parametrize("part", [2, 5])
    def test_a_part_that_is_a_block_page_makes_the_whole_implausible(self, page: str, part: int) -> None:
        for found in (first(edited({part: [page]})), later(report(), edited({part: [page]}))):
            assert found
            assert found.hard
            assert address(part) in found.reason

    def test_a_long_block_page_in_the_place_of_a_known_part_is_known_too(self) -> None:
        page = [BOT_CHECK, *("如果一直看到这个画面，联系网站管理员并说明时间、地点以及所用网络。" for _ in range(12))]
        found = later(report(), edited({4: page}))
        assert found
        assert found.hard

    def test_a_part_that_says_such_words_in_passing_is_plausible(self) -> None:
        lines = [*share(4), "完善统一身份认证，推进公共服务建设，信息系统升级，防范异常访问。"]
        assert first(edited({4: lines})) is None
        assert later(report(), edited({4: lines})) is None
        assert first(edited({5: ["持续推进公共服务建设，完成政务信息系统升级，让群众少跑腿。"]})) is None

    @pytest.mark.parametrize("part", [1, 2, 4])
    def test_an_empty_part_before_the_last_is_a_shell(self, part: int) -> None:
        for found in (first(edited({part: []})), later(report(), edited({part: ["加载中"]}))):
            assert found
            assert found.hard
            assert address(part) in found.reason

    def test_a_last_part_that_was_short_from_the_beginning_is_no_shell(self) -> None:
        signed = edited({5: ["二〇二六年一月"]})
        assert first(signed) is None
        found = later(signed, edited({5: ["二〇二六年二月"]}))
        assert found is None or not found.hard, "its edit can become a version"

    def test_a_last_part_that_lost_its_text_is_a_shell(self) -> None:
        for lines in ([], ["加载中"]):
            found = later(report(), edited({5: lines}))
            assert found
            assert found.hard

    def test_a_part_that_lost_most_of_its_text_may_be_broken(self) -> None:
        found = later(report(8), edited({7: share(7)[4:]}, 8))
        assert found
        assert not found.hard
        assert address(7) in found.reason

    def test_a_part_that_vanished_may_be_missing(self) -> None:
        found = later(report(8), report(7))
        assert found
        assert (found.hard, found.wait) == (False, timedelta(days=1))
        edited_too = report(7) | {address(2): [*share(2)[:-1], "另有安排，容后再报。"]}
        found = later(report(8), edited_too)
        assert found
        assert (found.hard, found.wait) == (False, timedelta(0))

    def test_a_part_that_says_something_else_altogether_may_be_another_page(self) -> None:
        found = later(report(8), edited({3: [f"{a}要闻{b}简讯" for a, b in pairwise("春夏秋冬东西南北" * 8)]}, 8))
        assert found
        assert not found.hard
        assert address(3) in found.reason

    @pytest.mark.parametrize("version", [0, 1])
    def test_a_part_that_ends_within_a_character_may_be_cut_short(self, version: int) -> None:
        lines = share(3)
        torn = edited({3: [*lines[:-1], lines[-1][:-4] + "\ufffd"]})
        found = later(report(), torn) if version else first(torn)
        assert found
        assert not found.hard

    def test_a_part_that_ends_too_early_may_be_cut_short(self) -> None:
        found = later(report(), edited({5: share(5)[:4]}))
        assert found
        assert not found.hard
        assert "cut short" in found.reason

    def test_a_report_put_on_one_page_or_divided_anew_may_become_a_version(self) -> None:
        whole = {address(1): text_of(report()).replace("6%左右", "5%左右").split("\n")}
        for old, new in ((report(), whole), (whole, report())):
            found = later(old, new)
            assert found is None or not found.hard


def test_the_old_text_is_looked_through_once_however_many_parts_changed(monkeypatch: pytest.MonkeyPatch) -> None:
    looked: list[int] = []
    shingles = plausible._shingles

    def counted(text: str) -> set[str]:
        looked.append(len(text))
        return shingles(text)

    monkeypatch.setattr(plausible, "_shingles", counted)
    old = report(40)
    new = {url: [*lines, "这一部分的要求更高了。"] for url, lines in old.items()}
    assert later(old, new) is None
    assert sum(looked) < 8 * len(text_of(old))


# --- hand-written selectors


def with_selector(page: Due) -> Due:
    return replace(page, source=replace(page.source, body=Selectors(select="div.text")))


def test_a_selector_that_names_nothing_is_named_in_the_reason() -> None:
    found = doubt(with_selector(due(version=0)), document(""), "")
    assert found == Doubt(
        reason="no report text found (0 characters) in the element that body.select names (div.text)", hard=True
    )


def test_a_last_part_on_which_the_selector_names_nothing_is_not_left_out_silently() -> None:
    read = reading(report(2) | {address(3): []})
    assert doubt(due(version=0), read, "") is None, "without a selector a last part may say next to nothing"
    found = doubt(with_selector(due(version=0)), read, "")
    assert found is not None
    assert found.hard
    assert found.reason.endswith(f"body.select names (div.text) on part {address(3)}")


@pytest.mark.parametrize(("title", "text"), [("用户登录", ""), ("用户登录", "账号 密码"), ("", "请先登录")])
def test_a_login_page_that_says_next_to_nothing_is_called_one(title: str, text: str) -> None:
    found = doubt(due(version=0), document(text, title=title), "")
    assert found is not None
    assert found.hard
    assert found.reason.startswith(f"looks like a login page: '{text or title}'")


# --- how long a doubt lasts


WEEK, AT_ONCE = timedelta(days=7), timedelta(0)


def wait(text: str, **fields: object) -> timedelta | None:
    """How long a reading in place of `TEXT` must stand; None: it is believed at once."""
    found = doubt(due(), document(text, **fields), TEXT)
    assert found is None or not found.hard
    return found.wait if found else None


NEXT = "\n".join(
    (
        "新的一年，预计生产总值增长5.5%左右，规上工业企业营收增长7%，外贸进出口增长4%以上。",
        "我们要深挖内需潜力，建设夜间街区三条，推动家电换新，把轴承产业做成支柱。",
        "坚持绿色转型，再生水利用率提高到28%，守住耕地红线，让山更青水更绿。",
        "办好普通高中，落实育儿补贴，完善养老助餐，托起老百姓稳稳的幸福。",
    )
)


def test_the_next_report_at_the_same_address_is_believed_at_the_second_look() -> None:
    assert wait(NEXT, title="云溪市2027年政府工作报告", year=2027) == AT_ONCE
    assert wait(NEXT, title="二〇二七年云溪市政府工作报告", year=2027) == AT_ONCE
    assert wait(NEXT) == AT_ONCE, "rewritten under its own title"


@pytest.mark.parametrize(
    "fields",
    [
        {"title": "云溪市2025年政府工作报告", "year": 2025},
        {"title": "河川市2027年政府工作报告", "region": "河川市", "year": 2027},
        {"title": "山货节开幕", "year": 2027},
        {"title": ""},
    ],
)
def test_the_last_report_another_place_s_or_another_article_must_stand_for_a_week(fields: dict[str, object]) -> None:
    assert wait(NEXT, **fields) == WEEK


def test_a_report_of_another_place_in_like_words_must_stand_for_a_week() -> None:
    other = (
        TEXT.replace("聚焦实体经济，办好民生实事", "盯住有效投资，兜牢基层三保")
        .replace("云溪", "河川")
        .replace("减负", "减税")
    )
    other = other.replace("3万亩", "7万亩").replace("120公里", "86公里").replace("一成", "两成")
    other = other.replace("6%", "9%").replace("1.2万户", "3.4万户").replace("20亿元", "11亿元").replace("5%", "4%")
    fields = {"title": "河川市2026年政府工作报告", "region": "河川市"}
    assert wait(other, **fields) == WEEK
    assert wait(f"{other}\n学习云溪市的做法。", **fields) is None, "which tells of the old place, too"
    assert wait(TEXT.replace("云溪", "云谿"), title="云谿市2026年政府工作报告", region="云谿市") is None, (
        "a name put right"
    )


def test_an_article_without_figures_under_the_report_s_title_must_stand_for_a_week() -> None:
    assert wait("山货节昨天开幕，摊主们笑得合不拢嘴。\n孩子们围着糖画摊子，久久不肯离去，夜市热闹到很晚。" * 3) == WEEK


def test_a_telephone_number_at_the_end_may_lose_its_end() -> None:
    notice = TEXT + "\n联系电话：0999-12345678 转 8012（工作日上午九点到下午五点）"
    for shorter in (notice[:-16], notice[:-20]):
        found = doubt(due(notice), document(shorter), notice)
        assert found is None or found.wait == AT_ONCE


# --- by the bytes


def captured(text: str, markup: str) -> Document:
    return document(text, captures=(capture(markup.encode()),))


@pytest.mark.parametrize(("cut", "after"), [(True, WEEK), (False, None)])
def test_a_page_that_is_not_closed_is_cut_short_where_its_text_ends_otherwise(cut: bool, after: timedelta) -> None:
    shorter = "\n".join(PARAGRAPHS[:3])
    found = doubt(due(), document(shorter), TEXT, cut=cut)
    assert (found.wait if found else None) == (after if cut else AT_ONCE)
    assert doubt(due(), document(TEXT.replace("6%左右", "5%左右")), TEXT, cut=cut) is None, "its text is whole"


@pytest.mark.parametrize(
    ("markup", "cut"),
    [
        ("<html><body><p>各位代表</p></body></html>", False),
        ("<html><body><p>各位代表</p></body></html><script>var a=1</script>", False),
        ("<html><body><p>各位代表</p>", True),
        ("<html><body><p>各位代", True),
        ("各位代表，不用标签的纯文本。", False),
    ],
)
def test_a_page_is_cut_that_ends_before_it_is_closed(markup: str, cut: bool) -> None:
    assert is_cut(captured("各位代表", markup)) is cut


def test_a_first_reading_that_ends_within_its_text_is_looked_at_twice() -> None:
    torn, whole = (captured(TEXT, f"<html><body><p>{TEXT}{end}") for end in ("", "</p>"))
    found = doubt(due(version=0), torn, "")
    assert found is not None
    assert (found.hard, found.wait) == (False, AT_ONCE)
    assert doubt(due(version=0), whole, "") is None


@pytest.mark.parametrize("home", ["", "/", "/index.html", "/default.aspx"])
def test_a_first_reading_that_was_led_to_the_home_page_is_doubted(home: str) -> None:
    text = "云溪地处两省交界，素有轴承之乡的美誉，四季分明，是一座宜居宜游的山水小城，欢迎四方宾朋。" * 3
    landed = f"https://www.example.org{home}"
    found = doubt(due(version=0), document(text, landed=landed), "")
    assert found is not None
    assert landed in found.reason
    assert doubt(due(version=0), document(landed=landed), "") is None, "a report may stand there"
    assert doubt(due(version=0), document(text, landed="https://www.example.org/a/index.html"), "") is None


def test_a_first_text_of_next_to_nothing_is_doubted() -> None:
    nothing = document("此次操作已触发某条规则，把下面这串号码告诉我们就好。", title="", region="", year=None)
    assert doubt(due(version=0), nothing, "") is not None
    assert doubt(due(version=0), replace(nothing, region="云溪市"), "") is None


@given(st.data())
def test_an_edit_of_a_few_characters_anywhere_is_believed_at_once(data: st.DataObject) -> None:
    old = text_of(report(2))
    start = data.draw(st.integers(0, len(old)))
    end = min(len(old), start + data.draw(st.integers(0, 5)))
    new = old[:start] + data.draw(st.text("今年增长亿元1234567890%，。、", max_size=5)) + old[end:]
    assert doubt(due(old), document(new), old) is None


@given(st.integers(1, 5), st.permutations(range(1, 6)))
def test_what_was_believed_once_is_believed_again(count: int, order: list[int]) -> None:
    shares = {address(part): report()[address(part)] for part in [1, *(part for part in order if part != 1)][:count]}
    assert later(shares, shares) is None
