"""Two prints as rows: each paragraph of both once, in the order of the second, numbered as in its own text."""

from hypothesis import given, settings
from hypothesis import strategies as st

from crawler.compare.beside import passage_rows
from crawler.compare.passages import passages
from crawler.diff.beside import Row
from crawler.text import fold
from tests.support.diff import edited_pairs, made_up_report


def beside(old: str, new: str) -> list[Row]:
    return [row for row, _ in passage_rows(passages(old, new))]


@given(edited_pairs() | st.tuples(st.permutations(made_up_report(6)), st.permutations(made_up_report(7))).map(
    lambda pair: ("\n".join(pair[0]), "\n".join(pair[1]))
))  # fmt: skip
@settings(deadline=None)
def test_every_paragraph_of_both_is_shown_once(pair: tuple[str, str]) -> None:
    old, new = pair
    found = beside(old, new)
    said = [[line for line in text.split("\n") if fold(line)] for text in pair]
    assert "".join(row.after for row in found).replace("\n", "") == "".join(said[1])
    assert sorted("".join(row.before for row in found).replace("\n", "")) == sorted("".join(said[0]))
    assert [row.change for row in found if row.change] == list(range(1, 1 + sum(bool(row.change) for row in found)))
    for row in found:
        if row.new:
            assert new[row.new.offset :].startswith(row.after.removesuffix("\n"))
            assert row.new.paragraph == sum(1 for line in new[: row.new.offset].split("\n")[:-1] if fold(line)) + 1
        if row.old:
            assert old[row.old.offset :].startswith(row.before.removesuffix("\n"))


def test_what_moved_stands_where_the_second_has_it() -> None:
    first, second, third = made_up_report(3)
    found = list(passage_rows(passages("\n".join([first, second, third]), "\n".join([second, third, first]))))
    assert [(row.old and row.old.paragraph, row.new and row.new.paragraph) for row, _ in found] == [
        (2, 1),
        (3, 2),
        (1, 3),
    ]
    assert [passage.moved for _, passage in found].count(True) == 1
    assert not any(row.change for row, _ in found)


def test_a_paragraph_that_only_one_has_stands_alone() -> None:
    first, second, third = made_up_report(3)
    found = beside("\n".join([first, second]), "\n".join([third, first, second]))
    assert [(row.old is not None, row.new is not None, row.change) for row in found] == [
        (False, True, 1),
        (True, True, 0),
        (True, True, 0),
    ]
