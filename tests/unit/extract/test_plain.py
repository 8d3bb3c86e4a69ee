import pytest

from crawler.extract.plain import plain
from crawler.text import fold

TEXTS = ["（第１页）　共 2 页", "“青岚”——发布", "Word 版：ＡＢＣ", "上一篇：无…", "·相关阅读›", "增长6%，完成", ""]


@pytest.mark.parametrize("text", TEXTS)
def test_it_is_the_folded_text_in_lower_case(text: str) -> None:
    assert plain(text) == fold(text).lower()


def test_signs_are_of_half_width_and_blanks_are_gone() -> None:
    assert plain("（甲）： 乙，Ｃ！") == "(甲):乙,c!"
