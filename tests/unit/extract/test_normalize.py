import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.extract.normalize import normalize
from crawler.text import fold


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("以更大力 度、更实作风", "以更大力度、更实作风"),
        ("签下 20 亿元或 2 亿美元以上项目 4 个", "签下20亿元或2亿美元以上项目4个"),
        ("　　一、 回顾", "一、回顾"),
        ("倡导 “ 说了就要做、 做了就做好”", "倡导“说了就要做、做了就做好”"),
        ("定为 C 级的乡镇企业", "定为C级的乡镇企业"),
        ("\u00a0Government Work  Report\n2024\t", "Government Work Report 2024"),
        ("云\u200b溪\ufeff市\u00ad", "云溪市"),
        ("2021 2022 2023", "2021 2022 2023"),
        ("ＧＤＰ增长６％", "ＧＤＰ增长６％"),  # what the page shows, no NFKC
        ("指标 | 目标 | GDP", "指标 | 目标 | GDP"),
        ("| 云溪 | a b | 市 |", "| 云溪 | a b | 市 |"),
        ("云溪\u200b市", "云溪市"),  # one word, but not as it is shown
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
