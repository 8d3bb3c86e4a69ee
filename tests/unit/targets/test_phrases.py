"""What stands before and after a number, taken apart; and the look-ups of words it rests on."""

import pytest

from crawler.targets.phrases import LONGEST_NOUN, after, before, placed, speed_at, without_time
from crawler.targets.words import CHANGES, GENERIC, KEPT, LONGEST, NO_HEADS, OBJECT_VERBS, STATES, word_at, word_before

WORDS = {"新", "新增", "新增盘活"}


@pytest.mark.parametrize(
    ("text", "noun"),
    [
        ("出口增长", "出口"),
        ("出口达到", "出口"),
        ("力争出口", "出口"),
        ("全年完成水利投资", "水利投资"),
        ("新建公园", "新建公园"),
        ("确保实现出口", "出口"),
        ("到2035年出口达到", "出口"),
        ("低保标准提高到", "低保标准"),
        ("经济总量居全省", "经济总量"),
        ("项目开工率上半年", "项目开工率"),
        ("建设用地供应", "建设用地供应"),
        ("持续实施公园", "公园"),
        ("完善机制实现出口", "出口"),
        ("出口、新建公园", "新建公园"),
        ("增长", ""),
        ("", ""),
    ],
)
def test_the_noun_before_a_number(text: str, noun: str) -> None:
    phrase = before(text, 0, len(text))
    assert text[phrase.start : phrase.end] == noun


@pytest.mark.parametrize(
    ("text", "change"),
    [
        ("出口增长", "growth"),
        ("出口增速", "growth"),
        ("低保标准提高", "raise"),
        ("能耗下降", "decline"),
        ("能耗累计下降", "decline"),
        ("公园新增", "increment"),
        ("新增公园", "increment"),
        ("出口达到", ""),
        ("出口增长到", ""),
        ("能耗下降到", ""),
        ("出口增速达到", "growth"),
    ],
)
def test_what_the_predicate_says_of_the_number(text: str, change: str) -> None:
    assert before(text, 0, len(text)).change == change


@pytest.mark.parametrize(
    ("text", "verb", "tail"),
    [
        ("新建公园", "新建", ""),
        ("力争引进企业", "引进", ""),
        ("建设", "", "建设"),
        ("改造", "改造", "改造"),
        ("新增", "新增", "新增"),
        ("公园", "", ""),
    ],
)
def test_the_verb_that_belongs_to_the_noun_and_the_one_that_takes_an_object(text: str, verb: str, tail: str) -> None:
    phrase = before(text, 0, len(text))
    assert (phrase.verb, phrase.tail) == (verb, tail)


@pytest.mark.parametrize(
    ("text", "among", "respectively", "each", "reached"),
    [
        ("出口", False, False, False, False),
        ("出口达到", False, False, False, True),
        ("出口分别增长", False, True, False, True),
        ("出口均增长", False, False, True, True),
        ("出口都达到", False, False, True, True),
        ("出口各为", False, False, True, True),
        ("出口双双增长", False, False, True, True),
        ("其中出口", True, False, False, False),
        ("、其中出口分别达到", True, True, False, True),
    ],
)
def test_the_marks_of_a_list(text: str, among: bool, respectively: bool, each: bool, reached: bool) -> None:
    phrase = before(text, 0, len(text))
    assert (phrase.among, phrase.respectively, phrase.each, phrase.reached) == (among, respectively, each, reached)


def test_the_owner_is_the_noun_before_the_verb_of_doing() -> None:
    text = "教育工程完成投资"
    phrase = before(text, 0, len(text))
    assert (text[slice(*phrase.owner)], text[phrase.start : phrase.end]) == ("教育工程", "投资")


def test_only_the_stretch_asked_for_is_read() -> None:
    text = "出口增长7%进口增长"
    phrase = before(text, 6, len(text))
    assert text[phrase.start : phrase.end] == "进口"


@pytest.mark.parametrize(
    ("rest", "noun"),
    [
        ("农房,", "农房"),
        ("的农房。", "农房"),
        ("村庄全部完成改造。", "村庄"),
        ("街区(含集镇)、", "街区(含集镇)"),
        ("河道达到标准。", "河道"),
        (",农房", ""),
        ("。", ""),
        ("", ""),
        ("长" * (LONGEST_NOUN + 1), ""),
    ],
)
def test_the_noun_after_a_number(rest: str, noun: str) -> None:
    text = "改造30个" + rest
    assert text[slice(*after(text, 5, len(text)))] == noun


def test_the_noun_after_a_number_ends_before_the_next_one() -> None:
    text = "改造30个公园和40个广场"
    assert text[slice(*after(text, 5, text.index("4")))] == "公园"


def test_a_level_takes_one_noun_only() -> None:
    text = "百亿级企业和平台"
    assert text[slice(*after(text, 3, len(text), single=True))] == "企业"
    assert text[slice(*after(text, 3, len(text)))] == "企业和平台"


@pytest.mark.parametrize(
    ("rest", "told"),
    [
        ("引入物业服务", "引入物业服务小区"),
        ("配备门禁,", "配备门禁小区"),
        ("提供上门服务", "小区上门服务"),
        ("开展巡检。", "小区巡检"),
        ("很好", "小区"),
    ],
)
def test_what_is_done_to_the_noun(rest: str, told: str) -> None:
    text = "小区" + rest
    assert placed(text, text, (0, 2)) == told


@pytest.mark.parametrize(
    ("text", "word"), [("出口增速高于", "增速"), ("出口涨幅", "涨幅"), ("出口增长", ""), ("出口", "")]
)
def test_the_word_a_compared_series_is_named_by(text: str, word: str) -> None:
    assert speed_at(text, 2) == word


@pytest.mark.parametrize(
    ("name", "rest"), [("项目一季度开工率", "项目开工率"), ("上半年开工率", "开工率"), ("上半年", "上半年"), ("", "")]
)
def test_a_period_is_no_part_of_a_name(name: str, rest: str) -> None:
    assert without_time(name) == rest


# --- look-ups --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "begin", "word"),
    [
        ("新增盘活土地", 0, "新增盘活"),
        ("新增土地", 0, "新增"),
        ("新土地", 0, "新"),
        ("土地新增", 2, "新增"),
        ("土地", 0, ""),
        ("", 0, ""),
    ],
)
def test_the_longest_word_at_a_place(text: str, begin: int, word: str) -> None:
    assert word_at(text, begin, WORDS) == word


@pytest.mark.parametrize(
    ("text", "begin", "word"),
    [
        ("土地新增盘活", 0, "新增盘活"),
        ("土地新增", 0, "新增"),
        ("土地新增", 3, ""),
        ("土地新", 2, "新"),
        ("土地", 0, ""),
        ("", 0, ""),
    ],
)
def test_the_longest_word_before_a_place(text: str, begin: int, word: str) -> None:
    assert word_before(text, begin, len(text), WORDS) == word


@pytest.mark.parametrize("table", [KEPT, GENERIC, NO_HEADS, OBJECT_VERBS, STATES, CHANGES])
def test_no_word_is_longer_than_is_looked_for(table: frozenset[str]) -> None:
    assert max(map(len, table)) <= LONGEST
    assert "" not in table
