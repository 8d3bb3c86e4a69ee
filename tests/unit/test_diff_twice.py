"""Which changes are looked at twice, and what two readings of a page say together."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.diff.twice import agreed, folded, moves_paragraphs
from tests.support.diff import edited_pairs, texts

PARAGRAPHS = (
    "全市粮食总产量稳定在三十万吨以上。",
    "新增城镇就业五千人。",
    "新建改建学校四所。",
    "完成造林一万二千亩。",
)
OLD = "\n".join(PARAGRAPHS)


@pytest.mark.parametrize(
    ("new", "moves"),
    [
        (OLD, False),
        (OLD.replace("五千", "六千"), False),
        (OLD.replace("新增城镇就业五千人", "全年新增城镇就业五千人以上"), False),
        (OLD.replace("五千", "六千").replace("一万二千亩", "1.3万亩"), False),
        (OLD + "\n楼盘开盘，首付十万起！", True),
        (OLD.replace("\n新增城镇就业五千人。", ""), True),
        (OLD.replace("新增城镇就业五千人。", "楼盘开盘，首付十万起！"), True),
        (OLD.replace("。", "。\n") * 40, True),
    ],
)
def test_what_comes_and_goes_in_whole_paragraphs_is_looked_at_twice(new: str, moves: bool) -> None:
    assert moves_paragraphs(OLD, new) is moves


def test_an_advert_drawn_anew_each_time_is_in_one_reading_only() -> None:
    one, two = (OLD.replace("人。", f"人。\n招商热线{number}") for number in (1, 2))
    assert agreed(OLD, one, two) == folded(OLD)


def test_what_one_reading_alone_lacks_stands() -> None:
    assert agreed(OLD, OLD.replace("\n新增城镇就业五千人。", ""), OLD) == folded(OLD)
    assert agreed(OLD, OLD, OLD.replace("\n新增城镇就业五千人。", "")) == folded(OLD)


def test_an_edit_stands_whatever_moves_beside_it() -> None:
    edited = OLD.replace("五千人。", "六千人。")
    one, two = edited.replace("四所。", "四所。\n热线一"), edited + "\n热线二"
    assert agreed(OLD, one, two) == folded(edited)
    assert agreed(OLD, one, edited) == agreed(OLD, edited, two) == folded(edited)


@given(edited_pairs() | st.tuples(texts, texts))
def test_two_readings_that_say_the_same_are_believed(pair: tuple[str, str]) -> None:
    old, new = pair
    assert agreed(old, new, new) == folded(new)


LINES = st.lists(st.integers(0, 99).map(lambda number: f"第{number}段"), unique=True, max_size=12)


@given(LINES, st.data())
def test_what_only_one_of_the_readings_did_is_undone(lines: list[str], data: st.DataObject) -> None:
    one = [line for line in lines if data.draw(st.booleans())]
    for number in range(data.draw(st.integers(0, 3))):
        one.insert(data.draw(st.integers(0, len(one))), f"广告{number}")
    old = "\n".join(lines)
    assert agreed(old, "\n".join(one), old) == agreed(old, old, "\n".join(one)) == old


@given(edited_pairs() | st.tuples(texts, texts))
def test_no_change_moves_nothing(pair: tuple[str, str]) -> None:
    old, new = pair
    assert not moves_paragraphs(old, old)
    assert moves_paragraphs(old, new) == moves_paragraphs(new, old)
