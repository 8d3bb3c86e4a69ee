"""Reading the webhook's document for people."""

from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from alerts.message import mail, short_text
from alerts.notice import EDITS, ROWS, Row, read
from tests.support.alerting import change, hunk, payload, target

JSON: st.SearchStrategy[Any] = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=12,
)
KEYS = (
    *("type", "id", "occurred_at", "source", "page", "versions", "summary"),
    *("reason", "reference", "targets", "text", "links"),
)


def test_a_whole_document_is_read() -> None:
    notice = read(payload())
    assert (notice.region, notice.year, notice.source) == ("云溪市", "2026", "云溪市政府工作报告")
    assert notice.rows == (Row(indicator="地区生产总值", kind="growth", old="6%左右", new="5.5%左右"),)
    assert [(edit.old, edit.new) for edit in notice.edits] == [("6%", "5.5%")]
    assert notice.versions == "1 → 2"
    assert notice.diff_link == "https://watch.example.org/pages/1/versions/2"
    assert (notice.rows_left, notice.edits_left, notice.cut) == (0, 0, False)


def test_added_and_removed_targets_have_only_one_side() -> None:
    targets = {"changed": [], "added": [target("3", indicator="粮食产量")], "removed": [target("9", indicator="外贸")]}
    assert read(payload(targets=targets)).rows == (
        Row(indicator="粮食产量", kind="growth", old="", new="3%左右"),
        Row(indicator="外贸", kind="growth", old="9%左右", new=""),
    )


def test_a_target_without_words_is_shown_as_written_or_as_its_number() -> None:
    written = {"indicator": "粮食产量", "text": "1300 亿斤"}
    bare = {"indicator": "研发强度", "low": None, "high": "2.5", "unit": "%"}
    nothing = {"indicator": "外贸"}
    rows = read(payload(targets={"added": [written, bare, nothing]})).rows
    assert [row.new for row in rows] == ["1300 亿斤", "2.5%", "—"]


@pytest.mark.parametrize("key", KEYS)
def test_any_part_may_be_missing(key: str) -> None:
    document = payload()
    document.pop(key, None)
    for language in ("zh", "en"):
        sent = mail([document], language)
        assert sent.subject
        assert "<html" in sent.html
        assert sent.text


@settings(suppress_health_check=[HealthCheck.too_slow], max_examples=150)
@given(
    st.dictionaries(st.sampled_from(KEYS), JSON) | st.dictionaries(st.sampled_from(KEYS), JSON.map(lambda x: {"a": x}))
)
def test_whatever_the_document_holds_a_mail_comes_of_it(document: dict[str, Any]) -> None:
    sent = mail([document], "zh")
    assert "\n" not in sent.subject
    assert len(sent.subject) <= 120
    (sent.text + sent.html).encode()
    title, body = short_text(document, "en")
    assert "\n" not in title
    assert len(body) <= 900


@given(st.fixed_dictionaries({"targets": JSON, "text": st.fixed_dictionaries({"hunks": st.lists(JSON, max_size=5)})}))
def test_odd_differences_are_shown_as_far_as_they_can_be(parts: dict[str, Any]) -> None:
    assert mail([payload(**parts)], "zh").html


def test_many_targets_are_counted_not_hidden() -> None:
    changed = [change(f"指标{number}") for number in range(ROWS + 25)]
    notice = read(payload(targets={"changed": changed}))
    assert (len(notice.rows), notice.rows_left) == (ROWS, 25)


def test_many_edits_are_counted_not_hidden() -> None:
    notice = read(payload(text={"hunks": [hunk() for _ in range(EDITS + 12)]}))
    assert (len(notice.edits), notice.edits_left) == (EDITS, 12)


def test_long_edits_are_shortened_and_few_fit() -> None:
    notice = read(payload(text={"hunks": [hunk(old="旧" * 5_000, new="新" * 5_000) for _ in range(20)]}))
    assert notice.cut
    assert all(len(edit.old) == len(edit.new) == 600 for edit in notice.edits)
    assert len(notice.edits) + notice.edits_left == 20
    assert sum(len(edit.old) + len(edit.new) for edit in notice.edits) <= 8_000


def test_a_document_that_says_it_is_cut_is_shown_as_cut() -> None:
    assert read(payload(text={"hunks": [hunk()], "truncated": True})).cut


def test_without_a_link_to_the_change_the_page_itself_is_linked() -> None:
    assert read(payload(links={})).page_link == "https://www.example.org/yunxi.html"
    assert read(payload(links={"page": "javascript:alert(1)"})).page_link == "https://www.example.org/yunxi.html"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("2026-11-22T08:00:00Z", "2026-11-22 16:00+08:00"),
        ("2026-11-22T08:00:00", "2026-11-22T08:00:00"),
        ("0001-01-01T00:00:00+14:00", "0001-01-01T00:00:00+14:00"),
        ("yesterday", "yesterday"),
        (None, ""),
    ],
)
def test_times_are_shown_in_the_readers_zone(text: str | None, shown: str) -> None:
    assert read(payload(occurred_at=text), ZoneInfo("Asia/Shanghai")).occurred_at == shown
