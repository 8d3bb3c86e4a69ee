"""What may become a version, at once or after a second reading, and what never."""

from dataclasses import replace
from itertools import pairwise

import pytest

from crawler import plausible
from crawler.checks import Document, Due, Part
from crawler.model import Selectors
from crawler.plausible import Doubt, doubt
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
        assert not found.hard

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
