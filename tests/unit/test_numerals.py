"""Numerals as exact decimals."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.numerals import parse_numeral

DIGITS = "零一二三四五六七八九"


@pytest.mark.parametrize(
    ("word", "value"),
    [
        ("12", "12"),
        ("1,299", "1299"),
        ("2.90", "2.90"),
        ("3千", "3000"),
        ("1.5百", "150"),
        ("十", "10"),
        ("十五", "15"),
        ("三十五", "35"),
        ("两百", "200"),
        ("一千二百", "1200"),
        ("一百零三", "103"),
        ("二〇三一", "2031"),
        ("六点五", "6.5"),
        ("数十", "10"),
        ("几百", "100"),
        ("千", "1000"),
    ],
)
def test_value(word: str, value: str) -> None:
    assert parse_numeral(word) == Decimal(value)


@pytest.mark.parametrize("word", ["", "数", "十万", "三x"])
def test_no_numeral(word: str) -> None:
    assert parse_numeral(word) is None


@given(st.integers(0, 9999))
def test_arabic_round_trip(number: int) -> None:
    assert parse_numeral(str(number)) == number


@given(st.lists(st.integers(0, 9), min_size=2, max_size=6))
def test_digit_by_digit(digits: list[int]) -> None:
    assert parse_numeral("".join(DIGITS[digit] for digit in digits)) == int("".join(map(str, digits)))


@given(st.integers(1, 9), st.integers(1, 9), st.integers(1, 9))
def test_hundreds_tens_and_ones(hundreds: int, tens: int, ones: int) -> None:
    word = f"{DIGITS[hundreds]}百{DIGITS[tens]}十{DIGITS[ones]}"
    assert parse_numeral(word) == 100 * hundreds + 10 * tens + ones
