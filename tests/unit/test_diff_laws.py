"""What holds for any two texts."""

import unicodedata
from itertools import pairwise

from hypothesis import example, given, settings
from hypothesis import strategies as st

from crawler.diff import TextDiff, diff_texts
from crawler.diff.words import words
from crawler.text import fold
from tests.support.diff import (
    CJK,
    combining_texts,
    composing_characters,
    covered,
    edited_pairs,
    rebuilt,
    reports,
    restyled,
    texts,
)

pairs = st.tuples(texts, texts) | edited_pairs() | st.tuples(combining_texts, combining_texts)


def check(old: str, new: str) -> TextDiff:
    """Every law at once, for one pair of texts."""
    diff = diff_texts(old, new)
    assert diff.apply(old) == new
    assert covered(diff.spans)
    assert rebuilt(diff) == (old, new)
    assert diff.changed == (fold(old) != fold(new))
    assert diff.changed == bool(diff.hunks) == diff_texts(new, old).changed
    return diff


@given(pairs)
@settings(max_examples=300, deadline=None)
@example(("é", "e\u0301"))
@example(("e\u0301", "e\n\u0301"))
@example(("ｶﾞ", "ガ"))
@example(("3㎡", "3m2"))
@example(("한", "\u1112\u1161\u11ab"))
@example(("a\nb\na", "ab\na\n"))
@example(("", "\n"))
def test_any_two_texts(pair: tuple[str, str]) -> None:
    check(*pair)


@given(edited_pairs().flatmap(lambda pair: st.tuples(st.just(pair[0]), restyled(pair[1]))))
@settings(max_examples=100, deadline=None)
def test_a_report_edited_and_restyled(pair: tuple[str, str]) -> None:
    check(*pair)


@given(reports.flatmap(lambda text: st.tuples(st.just(text), restyled(text))))
@settings(deadline=None)
def test_another_style_is_no_change(pair: tuple[str, str]) -> None:
    diff = check(*pair)
    assert diff.hunks == ()
    assert diff.unified() == ""
    assert diff.inline() == ()
    assert diff.inline_html() == ""


@given(texts | reports)
@settings(deadline=None)
def test_a_text_and_itself(text: str) -> None:
    diff = check(text, text)
    assert not diff.changed
    assert [span.kind for span in diff.spans] == (["equal"] if text else [])


@given(reports.filter(bool), st.data())
@settings(deadline=None)
def test_one_character_anywhere_is_seen(text: str, data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(text) - 1))
    other = data.draw(st.sampled_from(CJK))
    diff = check(text, text[:place] + other + text[place + 1 :])
    assert len(diff.hunks) <= 1
    for hunk in diff.hunks:
        assert hunk.old_start <= place <= hunk.old_end


@given(edited_pairs())
@settings(deadline=None)
def test_hunks_are_in_order_and_say_what_they_are(pair: tuple[str, str]) -> None:
    diff = diff_texts(*pair)
    for hunk in diff.hunks:
        assert hunk.old == diff.old[hunk.old_start : hunk.old_end]
        assert hunk.new == diff.new[hunk.new_start : hunk.new_end]
        assert hunk.op == ("replace" if hunk.old and hunk.new else "insert" if hunk.new else "delete")
        assert fold(hunk.old) != fold(hunk.new)
    for first, second in pairwise(diff.hunks):
        assert (first.old_end, first.new_end) < (second.old_start, second.new_start)


@given(edited_pairs())
@settings(deadline=None)
def test_no_hunk_begins_or_ends_inside_a_number(pair: tuple[str, str]) -> None:
    diff = diff_texts(*pair)
    for hunk in diff.hunks:
        for text, edges in ((diff.old, (hunk.old_start, hunk.old_end)), (diff.new, (hunk.new_start, hunk.new_end))):
            for edge in edges:
                assert not (text[edge - 1 : edge].isdecimal() and text[edge : edge + 1].isdecimal())


@given(texts)
@settings(deadline=None)
def test_words_joined_are_the_fold(text: str) -> None:
    found = words(text, 0, len(text))
    assert "".join(word.text for word in found) == fold(text)
    assert all(first.end <= second.start for first, second in pairwise(found))


@given(texts, st.integers(0, 10), st.integers(0, 10))
@settings(deadline=None)
def test_words_of_a_stretch_have_their_places_in_the_whole(text: str, start: int, cut: int) -> None:
    end = max(start, len(text) - cut)
    for word in words(text, start, end):
        assert start <= word.start < word.end <= max(end, start)


def test_every_character_that_composes_is_kept_with_the_one_before() -> None:
    composing = composing_characters()
    assert len(composing) > 50
    for char in composing:
        text = f"甲{unicodedata.normalize('NFD', 'é')[0]}{char}乙"
        assert "".join(word.text for word in words(text, 0, len(text))) == fold(text)
