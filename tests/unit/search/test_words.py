"""What counts as saying a word, and that the marks of a text never miss one."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.search import parse_query
from crawler.search.query import LONGEST as LONGEST_QUERY
from crawler.search.query import MOST_WORDS
from crawler.search.units import LONGEST, marks, needed, occurrences, pieces, says, seen

TEXTS = st.text(st.sampled_from("地区生产总值增长年6509.,%‰ aAbＧ５，。、“”-（）\u3000\u200b\n\0é"), max_size=60)


@pytest.mark.parametrize(
    ("query", "text"),
    [
        ("增长", "预期增长6%左右"),
        ("年", "今年"),
        ("6%左右", "增长６％ 左右"),
        ("gdp", "人均ＧＤＰ增长"),
        ('"belt and road"', "the Belt  and Road"),
        ("AI", "5G AI"),
        ("5 6", "5 ,6"),
        ("5.5", "增长5.5%"),
        ("“十五五”规划", "“十五五”规划"),
        ("1,000", "1,000户"),
        ("国内生产总值", "国内 生产 总值"),
    ],
)
def test_a_text_says_a_word_however_it_is_presented(query: str, text: str) -> None:
    assert all(says(word, seen(text)) for word in parse_query(query).words)


@pytest.mark.parametrize(
    ("query", "text"),
    [
        ("5%", "增长6.5%"),
        ("6", "增长6.5%"),
        ("6.", "增长6.5%"),
        ("000", "1,000户"),
        ("art", "party"),
        ("par", "party"),
        ("AI", "aid"),
        ("长增", "增长"),
        ("增长 下降", "增长"),
        ("beltand", "belt and road"),
    ],
)
def test_a_text_does_not_say_what_only_its_characters_hold(query: str, text: str) -> None:
    assert not all(says(word, seen(text)) for word in parse_query(query).words)


@given(text=TEXTS, data=st.data())
def test_where_a_text_says_a_word_its_marks_hold_those_of_the_word(text: str, data: st.DataObject) -> None:
    whole = seen(text)
    start = data.draw(st.integers(0, len(whole)))
    word = whole[start : data.draw(st.integers(start, len(whole)))]
    if word and says(word, whole):
        assert needed(word) <= marks([whole])


@given(text=TEXTS.map(lambda text: text.replace("“", "").replace("”", "")))
def test_a_text_says_each_of_its_own_words(text: str) -> None:
    assert all(says(word, seen(text)) for word in parse_query(text).words)


@given(text=TEXTS, word=TEXTS)
def test_hits_are_the_word_and_do_not_overlap(text: str, word: str) -> None:
    whole, wanted = seen(text), seen(word)
    if needed(wanted):
        hits = list(occurrences(wanted, whole))
        assert all(whole[start:end] == wanted for start, end in hits)
        assert all(one[1] <= other[0] for one, other in pairwise(hits))


@given(text=TEXTS)
def test_what_was_seen_is_seen_the_same_again(text: str) -> None:
    assert seen(seen(text)) == seen(text)


@pytest.mark.parametrize("query", ["", "   ", '"', '""', "，。%", "()*^:", "\0", "\ud800", "。" * 10_000, '"' * 300])
def test_what_is_no_word_is_nothing_to_look_for(query: str) -> None:
    words = parse_query(query).words
    assert all(needed(word) for word in words)
    assert not words or query == "，。%"


@given(query=st.text())
def test_any_text_is_a_query(query: str) -> None:
    words = parse_query(query).words
    assert len(words) == len(set(words)) <= MOST_WORDS
    assert sum(map(len, words)) <= 20 * LONGEST_QUERY
    assert all(needed(word) for word in words)


def test_words_stand_between_blanks_and_phrases_between_quotes() -> None:
    assert parse_query("增长 “稳中 求进” GDP 增长").words == ("增长", "稳中求进", "gdp")
    assert parse_query('增长"稳中 求进').words == ("增长", "稳中求进")


def test_a_paragraph_without_end_is_cut_where_a_sentence_ends() -> None:
    sentence = "粮食产量稳定在320万吨以上。"
    found = list(pieces("title", sentence * 400))
    assert found[0] == "title"
    assert "".join(found[1:]) == sentence * 400
    assert all(len(piece) <= LONGEST and piece.endswith("。") for piece in found[1:])
    assert [len(piece) for piece in pieces("", "吨" * (LONGEST + 1))] == [0, LONGEST, 1]
