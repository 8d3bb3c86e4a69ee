"""Sentences of a text, and where they stand in it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.targets import find_targets
from crawler.targets.reading import MAX_SENTENCE, sentences
from crawler.text import INVISIBLE


def texts(text: str) -> list[str]:
    return [sentence.raw for sentence in sentences(text)]


def test_sentences_end_at_full_stops_and_lines() -> None:
    assert texts("一句；还是一句。两句！\n三句\n") == ["一句；还是一句。", "两句！", "三句"]


def test_text_is_half_width_and_without_blanks() -> None:
    (sentence,) = sentences("　 增长 ６．５％ ，\u200b很好。")
    assert (sentence.text, sentence.raw) == ("增长6.5%,很好。", "增长６．５％，很好。")


def test_the_first_of_a_line_is_known() -> None:
    assert [sentence.first for sentence in sentences("甲。乙。\n丙。")] == [True, False, True]


def test_a_hard_wrapped_paragraph_is_read_as_one() -> None:
    line = "坚持稳中求进推动高质量发展迈出新的步伐"
    assert texts(f"{line}\n{line}\n{line}\n{line}。\n另起一段。") == [line * 4 + "。", "另起一段。"]


def test_list_items_and_headings_stay_apart() -> None:
    assert texts("一、总体要求\n二、主要目标\n三、重点任务") == ["一、总体要求", "二、主要目标", "三、重点任务"]


@pytest.mark.parametrize("text", ["增长\n，很好", "投资27\n00亿元", "投资2700亿\n元"])
def test_a_line_that_cannot_begin_here_goes_on(text: str) -> None:
    assert texts(text) == [text.replace("\n", "")]


def test_endless_sentences_are_cut() -> None:
    assert max(map(len, texts("长" * 10 * MAX_SENTENCE))) <= MAX_SENTENCE + 1


@given(st.text(alphabet="甲乙12．％ 　\n\u200b，。；“”a(\u3000\ufeff", max_size=80))
def test_offsets_lead_back_to_the_text_given(text: str) -> None:
    for sentence in sentences(text):
        assert len(sentence.text) == len(sentence.raw) == len(sentence.offsets)
        given = [text[offset] for offset in sentence.offsets]
        assert ["|" if char.isspace() else char for char in given] == list(sentence.raw), "a gap between cells is a bar"
        assert sentence.start <= sentence.offsets[0] <= sentence.offsets[-1] < sentence.end


PROMISE = "今年的目标：地区生产总值增长6.5%左右，固定资产投资2700亿元以上，粮食产量30.6亿斤。"
UNSEEN = sorted({*INVISIBLE, "\0", "\x08", "\x1b", "\x7f"} - {"\n"})


@given(st.lists(st.tuples(st.integers(0, len(PROMISE)), st.sampled_from(UNSEEN)), max_size=5))
def test_what_nobody_sees_hides_no_target_wherever_it_stands(inserted: list[tuple[int, str]]) -> None:
    text = PROMISE
    for place, sign in sorted(inserted, reverse=True):
        text = text[:place] + sign + text[place:]
    plain, found = find_targets(PROMISE, 2026), find_targets(text, 2026)
    assert [(each.indicator, each.low, each.high) for each in found] == [
        (each.indicator, each.low, each.high) for each in plain
    ]
    for target in found:
        written = text[target.start : target.end]
        assert "".join(char for char in written if char not in UNSEEN) == target.text
        assert not {written[0], written[-1]}.intersection(UNSEEN), "the offsets are those of what is seen"


@given(st.sampled_from([sign for sign in UNSEEN if not sign.isspace()]), st.booleans())
def test_what_nobody_sees_parts_no_lines(sign: str, before: bool) -> None:
    text = f"投资27{sign}\n00亿元" if before else f"投资27\n{sign}00亿元"
    assert texts(text) == ["投资2700亿元"]


PAGE = """    （二）综合考虑，建议地区生产总值增长 6.5
%左右，固定资产投资增长 5%以上，外贸进出口总额突
破 1 200 亿元，一般公共预算收入增长 3.5%；居民消
费价格涨幅 2%左右；粮食产量稳定在 3 0.6 亿斤以上。
12
名词解释
"""


def test_lines_of_uneven_width_are_joined_but_not_the_number_of_a_page() -> None:
    joined = [sentence.text for sentence in sentences(PAGE)]
    assert "外贸进出口总额突破1200亿元" in joined[0]
    assert "粮食产量稳定在30.6亿斤以上" in joined[0]
    assert joined[1:] == ["12", "名词解释"]
