from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.extract.leads import Lead, Spans, cut, linked, runs
from crawler.extract.normalize import normalize


@pytest.mark.parametrize(
    ("pieces", "leads", "size", "href", "reaches"),
    [
        (["数字 经济", " "], [(0, 2, "/1")], 4, "/1", ()),
        (["一", "二"], [(0, 1, "/1"), (1, 2, "/2")], 2, "/1", ()),
        (["一", " 甲乙 ", "。"], [(1, 2, "/1")], 2, "/1", ((1, 3),)),
        (["甲", "乙", "。"], [(0, 1, "/1"), (1, 2, "/1")], 2, "/1", ((0, 2),)),
        (["甲", " ", "乙", "。"], [(0, 1, "/1"), (2, 3, "/1")], 2, "/1", ((0, 2),)),
        (["甲", "|", "乙"], [(0, 1, "/1"), (2, 3, "/1")], 2, "/1", ((0, 1), (2, 3))),
        (["甲", "乙", "。"], [(0, 1, "/1"), (1, 2, "/2")], 2, "/1", ((0, 1), (1, 2))),
        ([" ", "一"], [(0, 1, "/1")], 0, "/1", ()),
        (["一\u200b\0", "二\ufeff\u200b三", "四"], [(1, 2, "/1")], 2, "/1", ((1, 3),)),
    ],
)
def test_where_link_text_stands(
    pieces: list[str], leads: list[Lead], size: int, href: str | None, reaches: Spans
) -> None:
    assert linked(normalize("".join(pieces)), pieces, leads) == (size, href, reaches)


def test_lines_in_a_row_that_lead_to_one_place() -> None:
    assert runs(["/1", "/1", None, None, "/2", "/3", "/3", "/3"]) == [(0, 2), (5, 8)]
    assert runs([]) == runs([None]) == runs(["/1"]) == runs(["/1", "/2", "/1"]) == []


@pytest.mark.parametrize(
    ("start", "left"),
    [
        (9, [(0, 1, "/1"), (2, 5, "/2")]),
        (4, [(0, 1, "/1"), (2, 4, "/2")]),
        (2, [(0, 1, "/1")]),
        (1, [(0, 1, "/1")]),
        (0, []),
    ],
)
def test_link_text_taken_back(start: int, left: list[Lead]) -> None:
    leads: list[Lead] = [(0, 1, "/1"), (2, 5, "/2")]
    cut(leads, start)
    assert leads == left


@given(st.lists(st.text("甲乙 a|\n\0\u200b\u3000\ufeff", max_size=4), min_size=1, max_size=6), st.data())
def test_links_reach_no_farther_than_their_line(pieces: list[str], data: st.DataObject) -> None:
    bounds = sorted(data.draw(st.sets(st.integers(0, len(pieces)), min_size=2, max_size=4)))
    leads = [(start, end, f"/{start}") for start, end in pairwise(bounds)]
    text = normalize("".join(pieces))
    size, _, reaches = linked(text, pieces, leads)
    shown = text.replace(" ", "")
    assert 0 <= size <= len(shown)
    assert all(0 <= start < end <= len(shown) for start, end in reaches)
    for start, end, _ in leads if reaches else ():
        said = normalize("".join(pieces[start:end])).replace(" ", "")
        assert not said or any(said in shown[first:last] for first, last in reaches)
