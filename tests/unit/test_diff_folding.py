"""What is folded away between changes, and how a long display is dealt out to parts."""

from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from crawler.diff import diff_texts
from crawler.diff.beside import Row, rows
from crawler.diff.folding import PRICE, folded, parts
from tests.support.diff import edited_pairs, made_up_report

ranges = st.builds(lambda start, size: range(start, start + size), st.integers(-3, 30), st.integers(0, 30))


def display(*numbers: int, size: int = 30) -> tuple[Row, ...]:
    """Rows of so many paragraphs, those of the given numbers (from 1) edited."""
    old = made_up_report(size)
    new = [line.replace("项工作", "件实事") if at in numbers else line for at, line in enumerate(old, 1)]
    return rows(diff_texts("\n".join(old), "\n".join(new)))


@given(edited_pairs(), st.integers(0, 3), st.lists(ranges, max_size=3))
@settings(deadline=None)
def test_folding_loses_nothing(pair: tuple[str, str], context: int, opened: list[range]) -> None:
    found = rows(diff_texts(*pair))
    stretches = folded(found, context, opened)
    assert [at for each in stretches for at in range(each.start, each.stop)] == list(range(len(found)))
    assert all(one.shown != other.shown for one, other in pairwise(stretches))
    shown = {at for each in stretches if each.shown for at in range(each.start, each.stop)}
    for at, row in enumerate(found):
        if row.change:
            assert set(range(max(0, at - context), min(len(found), at + context + 1))) <= shown
    assert all(at in shown for some in opened for at in some if 0 <= at < len(found))
    begun = sum(1 for row in found if row.new and row.new.starts)
    assert sum(each.paragraphs for each in stretches) == begun


@given(edited_pairs(), st.integers(1, 200))
@settings(deadline=None)
def test_parts_are_small_and_lose_nothing(pair: tuple[str, str], most: int) -> None:
    found = rows(diff_texts(*pair))
    stretches = folded(found)
    dealt = parts(found, stretches, most)
    told = [(at, each.shown) for part in dealt for each in part for at in range(each.start, each.stop)]
    assert told == [(at, each.shown) for each in stretches for at in range(each.start, each.stop)]
    for part in dealt:
        sizes = [row.size + PRICE for each in part if each.shown for row in found[each.start : each.stop]]
        assert sum(sizes) <= most or len(sizes) == 1


def test_a_change_is_shown_with_its_neighbours() -> None:
    stretches = folded(display(10))
    assert [(each.start, each.stop, each.shown, each.paragraphs) for each in stretches] == [
        (0, 7, False, 7),
        (7, 12, True, 5),
        (12, 30, False, 18),
    ]


def test_two_changes_near_each_other_are_shown_together() -> None:
    assert [each.shown for each in folded(display(10, 14))] == [False, True, False]
    assert [each.shown for each in folded(display(10, 16))] == [False, True, False]
    assert [each.shown for each in folded(display(10, 17))] == [False, True, False, True, False]


def test_a_fold_may_be_opened_in_part() -> None:
    stretches = folded(display(10), opened=[range(4)])
    assert [(each.start, each.stop, each.shown) for each in stretches] == [
        (0, 4, True),
        (4, 7, False),
        (7, 12, True),
        (12, 30, False),
    ]


def test_two_texts_alike_are_one_fold() -> None:
    assert [(each.shown, each.paragraphs) for each in folded(display())] == [(False, 30)]
    assert folded(()) == []
    assert parts((), [], 100) == [[]]


def test_a_part_begins_where_the_one_before_is_full() -> None:
    found = display(1, 2, 15, 29)
    dealt = parts(found, folded(found), 3 * (PRICE + max(row.size for row in found)))
    assert len(dealt) > 2
    assert [len([each for each in part if each.shown]) > 0 for part in dealt] == [True] * len(dealt)
