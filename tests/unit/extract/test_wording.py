"""What the judge of wording says of lines nobody told it about."""

import pytest

from crawler.extract.plain import plain
from crawler.extract.wording import LONGEST, SHORTEST, UNLIKE, features, furniture_odds

FURNITURE = (
    "扫一扫，用手机看这篇报告",
    "您还可以在客户端里收听本文",
    "注册成为会员后可下载全部文档",
    "本站文章来自网友上传，如有侵权请联系删除",
    "点击订阅，每天收到最新消息",
    "评论前请先登录",
)
BODY = (
    "全年完成造林八千亩，新建农村公路一百二十公里。",
    "我们始终把群众的事当作自己的事，一件一件办好。",
    "网上办事大厅全年受理业务三十万件，群众满意度不断提高。",
    "加快建设客户端、小程序等便民平台，推动更多事项扫码可办。",
    "过去一年的成绩来之不易，是全县人民共同奋斗的结果。",
    "坚决守住粮食安全底线，稳定播种面积；",
)


@pytest.mark.parametrize("text", FURNITURE)
def test_words_to_readers_and_about_the_page_sound_like_furniture(text: str) -> None:
    assert furniture_odds(text) > 0.7


@pytest.mark.parametrize("text", BODY)
def test_sentences_of_reports_do_not_even_when_they_name_what_portals_have(text: str) -> None:
    assert furniture_odds(text) < 0


@pytest.mark.parametrize("text", ["", "更多", "点击扫码", "点击扫码登录，" * 40])
def test_lines_too_short_or_too_long_are_not_judged(text: str) -> None:
    assert furniture_odds(text) == UNLIKE


def test_the_limits_count_characters_as_compared() -> None:
    assert furniture_odds("登 录 后 看 全 文" + " " * 200) != UNLIKE
    assert furniture_odds("登" * (SHORTEST - 1)) == furniture_odds("登" * (LONGEST + 1)) == UNLIKE


def test_presentation_does_not_matter() -> None:
    assert furniture_odds("请先登录，再发表评论！") == furniture_odds("请先 登录,再发表评论!")


def test_numbers_and_latin_words_are_alike_whatever_they_say() -> None:
    assert furniture_odds("已有12人下载pdf") == furniture_odds("已有3,456人下载docx")
    assert features(plain("共20页")) == features(plain("共3页"))


def test_features_are_characters_pairs_clauses_and_the_end() -> None:
    assert features("好,走!") == {"好", ",", "走", "!", "^好", "好,", ",走", "走!", "!$", "C1", "E!"}


def test_a_megabyte_is_not_read() -> None:
    assert furniture_odds("登录" * 500_000) == UNLIKE
