"""Hits in their context: where the text itself says the words, whatever its presentation."""

from hypothesis import given
from hypothesis import strategies as st

from crawler.search import Searched, Snippet, parse_query
from crawler.search.snippets import CONTEXT, snippet
from crawler.search.units import seen

FILLING = "坚持稳中求进，" * 30


def marked(shown: Snippet) -> str:
    text = shown.text
    for start, end in reversed(shown.hits):
        text = f"{text[:start]}[{text[start:end]}]{text[end:]}"
    return text


def of(query: str, *pieces: str, most: int = 3) -> list[str]:
    return [marked(each) for each in Searched(pieces, parse_query(query).words).snippets(most)]


def test_hits_are_marked_where_the_text_says_them() -> None:
    assert of("增长 gdp", "人均ＧＤＰ 预期增长６％，增 长。") == ["人均[ＧＤＰ] 预期[增长]６％，[增 长]。"]
    assert of("AI", "5G  AI，AID") == ["5G  [AI]，AID"]
    assert of('"g ai"', "5G  AI") == ["5[G  AI]"]


def test_context_is_cut_and_said_to_be() -> None:
    [shown] = Searched([FILLING + "粮食产量" + FILLING], ("粮食",)).snippets(3)
    assert shown.text == FILLING[-CONTEXT:] + "粮食产量" + FILLING[: CONTEXT - 2]
    assert (shown.cut_before, shown.cut_after) == (True, True)
    [shown] = Searched(["粮食产量"], ("粮食",)).snippets(3)
    assert (shown.text, shown.cut_before, shown.cut_after) == ("粮食产量", False, False)


def test_hits_far_apart_are_not_shown_together() -> None:
    [shown] = of("粮食", "粮食" + FILLING + "粮食")
    assert shown.count("[粮食]") == 1
    [shown] = of("粮食", "粮食" + FILLING[:CONTEXT] + "粮食")
    assert shown.count("[粮食]") == 2


def test_a_paragraph_full_of_hits_is_shown_in_part() -> None:
    [shown] = Searched(["粮食，" * 500], ("粮食",)).snippets(3)
    assert shown.text.startswith("粮食，粮食")
    assert len(shown.text) < 300
    assert (shown.cut_before, shown.cut_after) == (False, True)


def test_each_word_is_shown_before_any_is_shown_twice() -> None:
    pieces = ("粮食一", "粮食二", "粮食三", "就业")
    assert of("粮食 就业", *pieces, most=2) == ["[粮食]一", "[就业]"]
    assert of("粮食 就业", *pieces, most=3) == ["[粮食]一", "[粮食]二", "[就业]"]


def test_hits_that_overlap_are_one() -> None:
    assert of("地区生产 生产总值", "地区生产总值") == ["[地区生产总值]"]


@given(text=st.text(st.sampled_from("增长6.5% aé\u0301\u200bＧ한\u1100\u1161ﬁ①，"), max_size=40), data=st.data())
def test_what_is_marked_says_the_word(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    for word in parse_query(text[start : start + 3]).words:
        shown = snippet(text, (word,))
        assert all(word in seen(shown.text[first:last]) for first, last in shown.hits)


def test_characters_that_melt_into_others_cost_the_marks_at_most() -> None:
    assert snippet("\u1100\u1161\u11a8" + FILLING, ("求进",)).text
