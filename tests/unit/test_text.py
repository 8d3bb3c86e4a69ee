"""What counts as the same text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.text import fingerprint, fold


@given(st.text())
def test_folding_twice_is_folding_once(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(st.lists(st.sampled_from("增长6%左右，固定资产投资２７００亿元。“一号工程”"), min_size=1), st.integers(0, 5))
def test_blanks_and_line_ends_say_nothing(characters: list[str], every: int) -> None:
    text = "".join(characters)
    spaced = (" " * every + "\u3000\u200b\n").join(characters)
    assert fingerprint(spaced) == fingerprint(text)


def test_presentation_is_folded_away() -> None:
    assert fold("增长６％左右，“稳”字当头—— A４") == fold('增长6%左右,"稳"字当头--A4')


@pytest.mark.parametrize("sign", [*"\u2066\u2069\u206a\ue5e5\ue003\u3164\uffa0\ufffc\u034f\u061c"])
def test_signs_nobody_sees_say_nothing(sign: str) -> None:
    text = "地区生产总值增长6%左右"
    assert fingerprint(f"{sign}{text[:7]}{sign}{text[7:]}") == fingerprint(text)


def test_characters_that_pdfs_give_as_radicals_are_the_characters() -> None:
    assert fingerprint("县⻓⻅证⻓江大桥通⻋") == fingerprint("县长见证长江大桥通车")


def test_every_other_character_counts() -> None:
    base = "地区生产总值增长6%左右、投资增长10%以上。"
    for i, character in enumerate(base):
        for other in "7大.；":
            if other != character:
                assert fingerprint(base[:i] + other + base[i + 1 :]) != fingerprint(base)


def test_list_comma_and_comma_are_different_characters() -> None:
    assert fold("稳就业、促增收") != fold("稳就业，促增收")


def test_lone_surrogates_do_not_break_the_fingerprint() -> None:
    assert len(fingerprint("\ud800坏字符")) == 64
