"""What a comparison costs, counted in lines of Python executed, so that the result is the same on every machine."""

import random
from collections.abc import Callable
from itertools import product

import pytest

from crawler.diff import diff_texts
from crawler.diff.align import Budget
from crawler.diff.coarse import FINE_LIMIT
from crawler.diff.edits import edits
from crawler.diff.fine import changes
from crawler.diff.spans import Region
from tests.support.diff import made_up_report, steps


def edited(text: str, count: int) -> str:
    """The text with so many characters replaced, evenly spread."""
    chars = list(text)
    for k in range(count):
        chars[(2 * k + 1) * len(chars) // (2 * count)] = "變"
    return "".join(chars)


def cost(old: str, new: str) -> int:
    """Steps of one comparison; its result is right."""
    assert diff_texts(old, new).apply(old) == new
    return steps(lambda: diff_texts(old, new))


def several_paragraphs(size: int) -> tuple[str, str]:
    text = "\n".join(made_up_report(size // 25))
    return text, edited(text, 20)


def one_paragraph(size: int) -> tuple[str, str]:
    text = "".join(made_up_report(size // 25))
    return text, edited(text, 20)


def no_punctuation(size: int) -> tuple[str, str]:
    text = "".join(random.Random(1).choices("甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未申酉戌亥", k=size))
    return text, edited(text, 20)


def repeated_lines(size: int) -> tuple[str, str]:
    return "x\n" * size, "x\ny\n" * (size // 2)


def two_lines_in_turn(size: int) -> tuple[str, str]:
    return "x\ny\n" * (size // 2), "y\nx\n" * (size // 2) + "y\n"


def all_lines_different(size: int) -> tuple[str, str]:
    return "".join(f"甲{k}。\n" for k in range(size // 4)), "".join(f"乙{k}。\n" for k in range(size // 4))


def one_letter_and_another(size: int) -> tuple[str, str]:
    return "a" * size, "b" * size


def one_character_more_often(size: int) -> tuple[str, str]:
    return "国" * size, "国" * (size // 2) + "人" + "国" * size


def few_characters(size: int) -> tuple[str, str]:
    return "".join(random.Random(1).choices("国人", k=size)), "".join(random.Random(2).choices("国人", k=size))


def reversed_order(size: int) -> tuple[str, str]:
    lines = [f"第{k}行" for k in range(size // 5)]
    return "\n".join(lines), "\n".join(reversed(lines))


def de_bruijn(letters: str, length: int) -> str:
    """Every word of `length` letters once, as the lexicographically least cycle of Lyndon words."""
    words = ("".join(word) for n in range(1, length + 1) if length % n == 0 for word in product(letters, repeat=n))
    lyndon = [word for word in words if all(word < word[k:] + word[:k] for k in range(1, len(word)))]
    return "".join(sorted(lyndon))


SHAPES = [
    several_paragraphs, one_paragraph, no_punctuation, repeated_lines, two_lines_in_turn, all_lines_different,
    one_letter_and_another, one_character_more_often, few_characters, reversed_order,
]  # fmt: skip


@pytest.mark.parametrize("shape", SHAPES, ids=lambda shape: shape.__name__)
def test_twice_the_text_costs_about_twice_as_much(shape: Callable[[int], tuple[str, str]]) -> None:
    small, large = cost(*shape(3_000)), cost(*shape(12_000))
    assert large <= 4 * small * 1.5 + 2_000


@pytest.mark.parametrize("shape", SHAPES, ids=lambda shape: shape.__name__)
def test_no_text_costs_more_than_so_many_steps_a_character(shape: Callable[[int], tuple[str, str]]) -> None:
    old, new = shape(8_000)
    assert cost(old, new) <= 100 * (len(old) + len(new))


def test_edits_of_a_long_report_cost_less_than_reading_it_once() -> None:
    text = "\n".join(made_up_report(16_000))
    new = edited(text, 20)
    assert len(text) > 400_000
    assert len(diff_texts(text, new).hunks) == 20
    assert steps(lambda: diff_texts(text, new)) < len(text)


def test_edits_in_a_de_bruijn_sequence_are_found() -> None:
    text = de_bruijn("甲乙丙丁", 6)
    diff = diff_texts(text, edited(text, 5))
    assert len(diff.hunks) == 5
    assert steps(lambda: diff_texts(text, edited(text, 5))) < 100 * len(text)


def test_two_de_bruijn_sequences_of_the_same_words() -> None:
    old, new = de_bruijn("甲乙丙丁", 6), de_bruijn("丁甲丙乙", 6)[::-1]
    assert cost(old, new) < 500 * (len(old) + len(new))


def test_a_dear_gap_is_one_replacement() -> None:
    old, new = few_characters(3_000)
    row = Region(0, len(old), 0, len(new))
    budget = Budget(1_000_000)
    cheap, exact = edits(list(old), list(new), row, budget), edits(list(old), list(new), row, Budget(10**9))
    assert 0 <= budget.left < 1_000_000
    assert len(cheap) <= len(exact)
    assert edits(list("国人" * 50), list("人人国" * 50), Region(0, 100, 0, 150), Budget(0)) == [Region(0, 100, 0, 150)]


def test_a_spent_budget_leaves_regions_whole_but_right() -> None:
    old, new = "  投资2700亿元。 ", "\n投资2800亿元。"
    region = Region(0, len(old), 0, len(new))
    spans = list(changes(old, new, region, Budget(0)))
    assert [(span.kind, old[span.region[0] : span.region[1]]) for span in spans] == [
        ("format", "  "),
        ("change", "投资2700亿元。"),
        ("format", " "),
    ]


def test_a_region_too_large_for_words_is_cut_into_clauses() -> None:
    text = "".join(sentence[:-1] + "，" for sentence in made_up_report(FINE_LIMIT // 20))
    assert len(text) > FINE_LIMIT
    diff = diff_texts(text, edited(text, 3))
    assert len(diff.hunks) == 3
    assert all(len(hunk.old) < 10 for hunk in diff.hunks)


def test_a_region_too_large_that_nothing_cuts_is_replaced() -> None:
    old, new = one_letter_and_another(FINE_LIMIT)
    (hunk,) = diff_texts(old, new).hunks
    assert (hunk.old, hunk.new) == (old, new)
