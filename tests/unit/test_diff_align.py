"""Anchors between any two sequences."""

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crawler.diff.align import Block, Budget, align, gaps_between, increasing
from crawler.diff.spans import Region

rows = st.lists(st.sampled_from("abcdef"), max_size=30)


@given(rows, rows)
@settings(deadline=None)
def test_blocks_are_equal_runs_in_one_order(old: list[str], new: list[str]) -> None:
    blocks = align(old, new)
    for a, b, size in blocks:
        assert size > 0
        assert old[a : a + size] == new[b : b + size]
    for first, second in pairwise(blocks):
        assert first.old + first.size <= second.old
        assert first.new + first.size <= second.new


@given(rows, rows)
@settings(deadline=None)
def test_something_common_is_always_found(old: list[str], new: list[str]) -> None:
    assert bool(align(old, new)) == bool(set(old) & set(new))


@given(rows)
@settings(deadline=None)
def test_a_sequence_and_itself_are_one_block(row: list[str]) -> None:
    assert align(row, row) == ([Block(0, 0, len(row))] if row else [])


@given(rows, rows)
@settings(deadline=None)
def test_blocks_and_gaps_cover_both_sequences(old: list[str], new: list[str]) -> None:
    blocks = align(old, new)
    gaps = gaps_between(blocks, len(old), len(new))
    assert sum(gap.size for gap in gaps) + 2 * sum(block.size for block in blocks) == len(old) + len(new)
    assert all(gap.size for gap in gaps)


@pytest.mark.parametrize(
    ("old", "new", "blocks"),
    [
        ("abcde", "abxde", [(0, 0, 2), (3, 3, 2)]),
        ("xaybz", "paqbr", [(1, 1, 1), (3, 3, 1)]),
        ("xaaybb", "paaqbb", [(1, 1, 2), (4, 4, 2)]),  # nothing stands once on each side: the rarest are paired
        ("ab", "cd", []),
        ("", "ab", []),
    ],
)
def test_small_sequences(old: str, new: str, blocks: list[tuple[int, int, int]]) -> None:
    assert align(old, new) == blocks


def test_an_element_that_stands_once_is_an_anchor_among_repeated_ones() -> None:
    old, new = list("}}}A}}}B}}}"), list("}A}B}}}}}}}")
    blocks = align(old, new)
    assert any(a <= 3 < a + size and 3 - a + b == 1 for a, b, size in blocks)
    assert any(a <= 7 < a + size and 7 - a + b == 3 for a, b, size in blocks)


@given(st.permutations(range(12)))
@settings(deadline=None)
def test_the_longest_rising_choice(order: list[int]) -> None:
    chain = increasing(list(enumerate(order)))
    assert all(first < second for (_, first), (_, second) in pairwise(chain))
    longest = [1] * len(order)
    for i, value in enumerate(order):
        longest[i] += max((longest[j] for j in range(i) if order[j] < value), default=0)
    assert len(chain) == max(longest)


def test_no_pairs_no_chain() -> None:
    assert increasing([]) == []


def test_regions() -> None:
    assert Region(0, 2, 5, 5).one_sided
    assert not Region(0, 2, 5, 6).one_sided
    assert Region(0, 2, 5, 6).size == 3
    assert Region(0, 2, 5, 6).to(Region(4, 8, 9, 9)) == (0, 8, 5, 9)
    assert Region(0, 2, 5, 6).shifted(10, 20) == (10, 12, 25, 26)


def test_a_budget_counts_what_is_spent() -> None:
    budget = Budget(10)
    assert budget.covers(10)
    budget.spend(4)
    assert not budget.covers(7)
    assert budget.left == 6
