"""What is heard when a passage is read aloud: numbers by their value, no signs."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.compare.spelling import said


@pytest.mark.parametrize(
    "forms",
    [
        ("6%", "６％", "6.0%", "百分之六"),
        ("0.75%", "百分之零点七五"),
        ("3‰", "千分之三"),
        ("3万人", "30000人", "30,000人", "三万人"),
        ("1.2亿元", "12000万元", "一亿二千万元"),
        ("5千亿元", "5000亿元", "五千亿元"),
        ("2万亿元", "20000亿元", "两万亿元"),
        ("一百二十公里", "120公里", "120 公里"),
        ("二〇三一年", "2031年", "２０３１年"),
        ("第十五届", "第15届"),
        ("5%—6%", "5-6%", "5%至6%", "百分之五到六", "百分之五至百分之六"),
        ("（一）加快", "一、加快", "1.加快"),
        ("提质“增效”；", '提质"增效",', "提质 增效。"),
        ("云溪品牌[3]", "云溪品牌", "云溪品牌③"),
        ("GDP（地区）", "GDP 地区"),
    ],
)
def test_ways_to_write_the_same(forms: tuple[str, ...]) -> None:
    assert len({said(form) for form in forms}) == 1


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("5.5%", "55%"),
        ("5-6%", "56%"),
        ("6%", "6‰"),
        ("6%", "6"),
        ("增长0.5%", "增长-0.5%"),
        ("“十四五”", "“十五五”"),
        ("“十五五”", "15"),
        ("3万", "3亿"),
        ("一百零二", "一百二十"),
        ("以上", "以下"),
        ("三千", "三百"),
    ],
)
def test_what_is_not_the_same(one: str, other: str) -> None:
    assert said(one) != said(other)


@pytest.mark.parametrize("text", ["", "，。！", "百姓", "千亿级", "万众", "一二三产业", "三分之一", "零", "1.2.3.4"])
def test_what_is_no_number_stays(text: str) -> None:
    assert "".join(said(text)).replace("⟨", "").replace("⟩", "").count("百") == text.count("百")


@given(st.integers(0, 10**12))
def test_every_whole_number_is_one_word(number: int) -> None:
    assert said(str(number)) == (f"⟨{number}⟩",) == said(f"{number:,}")


@given(st.text(max_size=60))
def test_any_text_has_words(text: str) -> None:
    assert all(said(text))


@pytest.mark.parametrize(
    "text", ["1" * 100_000, "一" * 100_000, "1," * 50_000, "百分之" * 30_000, "⟨" * 100_000, "5-" * 50_000]
)
def test_hostile_texts_come_to_an_end(text: str) -> None:
    assert isinstance(said(text), tuple)
