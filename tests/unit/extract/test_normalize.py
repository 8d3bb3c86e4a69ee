import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.extract.normalize import normalize
from crawler.text import fold


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("以非常举 措、超常力度", "以非常举措、超常力度"),
        ("总投资 50 亿元或 5 亿美元以上项目 3 个", "总投资50亿元或5亿美元以上项目3个"),
        ("　　一、 回顾", "一、回顾"),
        ("坚持 “ 一切围着项目转、 一切盯着项目干”", "坚持“一切围着项目转、一切盯着项目干”"),
        ("评价 D 类的工业企业", "评价D类的工业企业"),
        ("\u00a0Government Work  Report\n2024\t", "Government Work Report 2024"),
        ("云\u200b溪\ufeff市\u00ad", "云溪市"),
        ("2021 2022 2023", "2021 2022 2023"),
        ("ＧＤＰ增长６％", "ＧＤＰ增长６％"),  # what the page shows, no NFKC
        ("指标 | 目标 | GDP", "指标 | 目标 | GDP"),
        (" \u3000 ", ""),
    ],
)
def test_layout_blanks_go_and_words_stay_apart(written: str, shown: str) -> None:
    assert normalize(written) == shown


@given(st.text())
def test_normalizing_twice_changes_nothing(text: str) -> None:
    assert normalize(normalize(text)) == normalize(text)


@given(st.text(alphabet="云溪市增长6%GDP,。“” \u3000\u00a0\n\u200b"))
def test_what_the_text_says_stays(text: str) -> None:
    assert fold(normalize(text)) == fold(text)


@given(st.lists(st.sampled_from("云溪市增长左右"), min_size=1), st.data())
def test_respacing_chinese_is_no_change(characters: list[str], data: st.DataObject) -> None:
    blanks = data.draw(st.lists(st.sampled_from(["", " ", "\u3000", "\n  "]), min_size=len(characters)))
    spaced = "".join(map("".join, zip(characters, blanks, strict=False)))
    assert normalize(spaced) == "".join(characters)
