"""Two texts side by side: nothing is lost, what differs is marked, paragraphs stand beside their own."""

import re
from itertools import pairwise

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from crawler.diff import diff_texts
from crawler.diff.beside import Row, row_at, rows
from crawler.diff.tiles import LONG
from crawler.text import fold
from tests.support.diff import combining_texts, edited_pairs, made_up_report, reports, restyled, steps, texts

pairs = st.tuples(texts, texts) | edited_pairs() | st.tuples(combining_texts, combining_texts)


def beside(old: str, new: str) -> list[str]:
    """The rows as a reader sees them: [what differs], ¶ for a line end, ↳ for the rest of a paragraph."""
    return [f"{_side(row, 0)} | {_side(row, 1)}" for row in rows(diff_texts(old, new))]


def _side(row: Row, side: int) -> str:
    place = (row.old, row.new)[side]
    text = "".join(f"[{tile[side]}]" if tile.changed and tile[side] else tile[side] for tile in row.tiles)
    return f"{'' if place.starts else '↳'}{place.paragraph} {text}".replace("\n", "¶") if place else "–"


def check(old: str, new: str) -> tuple[Row, ...]:
    """Every law at once, for one pair of texts."""
    diff = diff_texts(old, new)
    found = rows(diff)
    tiles = [tile for row in found for tile in row.tiles]
    assert ("".join(row.before for row in found), "".join(row.after for row in found)) == (old, new)
    assert "".join(tile.old for tile in tiles if tile.changed) == "".join(hunk.old for hunk in diff.hunks)
    assert "".join(tile.new for tile in tiles if tile.changed) == "".join(hunk.new for hunk in diff.hunks)
    kept = ["".join(tile[side] for tile in tiles if not tile.changed) for side in (0, 1)]
    assert fold(kept[0]) == fold(kept[1])
    for row in found:
        assert row.before or row.after
        assert new[row.follows :].startswith(row.after)
        assert not row.old or old[row.old.offset :].startswith(row.before)
        assert not row.new or row.new.offset == row.follows
        assert all(one.changed != other.changed for one, other in pairwise(row.tiles))
    numbers = [row.change for row in found if row.change]
    assert numbers == list(range(1, len(numbers) + 1))
    assert bool(numbers) == diff.changed
    return found


@given(pairs)
@settings(max_examples=300, deadline=None)
@example(("é", "e\u0301"))
@example(("e\u0301", "e\n\u0301"))
@example(("a\nb\na", "ab\na\n"))
@example(("\n", "\n\n\n"))
@example(("甲。\n乙。", "甲。。"))
def test_any_two_texts(pair: tuple[str, str]) -> None:
    check(*pair)


@given(edited_pairs().flatmap(lambda pair: st.tuples(st.just(pair[0]), restyled(pair[1]))))
@settings(max_examples=200, deadline=None)
def test_a_report_edited_and_restyled(pair: tuple[str, str]) -> None:
    check(*pair)


@given(reports.flatmap(lambda text: st.tuples(st.just(text), restyled(text))))
@settings(deadline=None)
def test_another_style_marks_nothing(pair: tuple[str, str]) -> None:
    assert not any(tile.changed for row in check(*pair) for tile in row.tiles)


@given(reports)
@settings(deadline=None)
def test_a_text_beside_itself_is_a_row_a_paragraph(text: str) -> None:
    found = check(text, text)
    assert [row.before for row in found] == text.splitlines(keepends=True)
    assert all(row.old == row.new for row in found)


@given(edited_pairs())
@settings(deadline=None)
def test_paragraphs_are_counted_and_begin_where_they_begin(pair: tuple[str, str]) -> None:
    found = check(*pair)
    for side, text in enumerate(pair):
        places = [place for row in found if (place := (row.old, row.new)[side])]
        begun = [place.paragraph for place in places if place.starts]
        assert begun == list(range(1, len(text.splitlines()) + 1))


OLD = "蓝湖市工作报告\n一、总体要求\n地区生产总值增长6%左右。固定资产投资2700亿元。\n二、重点任务\n办好幼儿园。\n结束。"


def test_an_edited_paragraph_stands_beside_what_it_was() -> None:
    assert beside(OLD, OLD.replace("6%", "5.5%"))[1:4] == [
        "2 一、总体要求¶ | 2 一、总体要求¶",
        "3 地区生产总值增长[6%]左右。固定资产投资2700亿元。¶ | 3 地区生产总值增长[5.5%]左右。固定资产投资2700亿元。¶",
        "4 二、重点任务¶ | 4 二、重点任务¶",
    ]


def test_a_paragraph_that_came_or_went_stands_alone() -> None:
    assert beside("甲段。\n丙段。", "甲段。\n乙段。\n丙段。") == [
        "1 甲段。¶ | 1 甲段。¶",
        "– | 2 [乙段。]¶",
        "2 丙段。 | 3 丙段。",
    ]
    assert beside("甲段。\n乙段。", "甲段。") == ["1 甲段。¶ | 1 甲段。", "2 [乙段。] | –"]


def test_a_paragraph_cut_in_two_stands_beside_its_halves_unmarked() -> None:
    assert beside("前半句话。后半句话。\n末段。", "前半句话。\n后半句话。\n末段。") == [
        "1 前半句话。 | 1 前半句话。¶",
        "↳1 后半句话。¶ | 2 后半句话。¶",
        "2 末段。 | 3 末段。",
    ]


def test_a_sentence_added_at_the_end_stands_in_its_paragraph() -> None:
    assert beside("修好公路。\n末段。", "修好公路。新建公园。\n末段。") == [
        "1 修好公路。¶ | 1 修好公路。[新建公园。]¶",
        "2 末段。 | 2 末段。",
    ]
    assert (
        beside("修好公路。新建公园。\n末段。", "修好公路。\n末段。")[0] == "1 修好公路。[新建公园。]¶ | 1 修好公路。¶"
    )


def test_a_list_renumbered_stands_item_beside_item() -> None:
    assert beside("一、加快建设。\n二、全面推进。\n三、提高质量。", "一、全面推进。\n二、提高质量。") == [
        "1 [一、加快建设。¶] | –",
        "2 [二]、全面推进。¶ | 1 [一]、全面推进。¶",
        "3 [三]、提高质量。 | 2 [二]、提高质量。",
    ]


def test_no_row_shows_a_full_stop_alone() -> None:
    new = OLD.replace("办好幼儿园。\n", "办好幼儿园和小学。新增学位三千个。\n建好医院。\n")
    assert beside(OLD, new)[4:] == [
        "5 办好幼儿园。¶ | 5 办好幼儿园[和小学。新增学位三千个。¶]",
        "– | 6 [建好医院]。¶",
        "6 结束。 | 7 结束。",
    ]


def test_paragraphs_written_anew_in_their_place_stand_side_by_side() -> None:
    old = "不变的一段。\n工业提质增效。\n农业稳产保供。\n不变的末段。"
    new = "不变的一段。\n教育优先发展。\n医疗服务下沉。\n不变的末段。"
    assert [row.change for row in rows(diff_texts(old, new))] == [0, 1, 2, 0]


def test_a_change_knows_its_place_in_the_new_text() -> None:
    new = OLD.replace("6%", "5.5%").replace("二、重点任务\n", "")
    edited, dropped = (row for row in rows(diff_texts(OLD, new)) if row.change)
    assert new[slice(*edited.place)] == "5.5%"
    assert new[: dropped.place[0]].endswith("亿元。\n")
    assert dropped.place[0] == dropped.place[1]


@given(edited_pairs().filter(lambda pair: bool(pair[1])), st.data())
@settings(deadline=None)
def test_the_row_of_a_place(pair: tuple[str, str], data: st.DataObject) -> None:
    found = rows(diff_texts(*pair))
    offset = data.draw(st.integers(0, len(pair[1]) - 1))
    row = found[row_at(found, offset)]
    assert row.follows <= offset < row.follows + len(row.after)


def test_many_paragraphs_written_anew_are_paired_by_likeness() -> None:
    sentences = made_up_report(12)
    old = [f"{one}{two}" for one, two in zip(sentences[::2], sentences[1::2], strict=True)]
    new = ["全新的开头。", *(each.replace("项工作", "件民生实事") for each in old)]
    for row in rows(diff_texts("\n".join(old), "\n".join(new)))[1:]:
        assert row.old
        assert row.new
        assert row.new.paragraph == row.old.paragraph + 1


@pytest.mark.parametrize("old", ["", "甲段。\n" * 3])
def test_a_long_paragraph_is_shown_in_slices(old: str) -> None:
    long = "".join(made_up_report(800))
    for other in (old + long, old + long.replace("第400项", "第四百项"), old + "改" + long[:-1], old + long[::-1]):
        for row in check(old + long, other):
            assert row.size <= 3 * LONG


@pytest.mark.parametrize("text", ["国" * 30_000, "。" * 30_000, "x\n" * 5_000, "国。\n\n" * 3_000, " \u3000" * 9_000])
def test_any_text_is_shown_in_rows_of_bounded_length(text: str) -> None:
    for other in ("", text[::-1], "人" + text, re.sub("[国。]", "，", text), text.replace("\n", "")):
        assert max(row.size for row in check(text, other)) <= 3 * LONG


def test_twice_the_text_costs_about_twice_as_much() -> None:
    def cost(size: int) -> int:
        old = "\n".join(made_up_report(size))
        diff = diff_texts(old, old.replace("9%", "8%").replace("。", "。 ").replace("幼儿园第", "小学\n第"))
        return steps(lambda: rows(diff))

    assert cost(2_000) <= 4 * cost(500) * 1.3
