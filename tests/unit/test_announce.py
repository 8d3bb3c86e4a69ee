"""What an alert says, as the webhook's receiver reads it."""

import json
from dataclasses import replace
from datetime import timedelta
from typing import Any
from urllib.parse import unquote

from hypothesis import given, settings
from hypothesis import strategies as st

from crawler.announce import (
    CONTEXT,
    HUNK_CHARACTERS,
    HUNKS,
    TARGETS,
    UNIFIED_CHARACTERS,
    Event,
    Subject,
    alert,
    summarize,
)
from crawler.diff import diff_texts
from crawler.model import TargetDiff
from crawler.targets import compare_targets, find_targets
from tests.support.diff import edited_pairs
from tests.support.values import INSTALLATION, NOW, TEXT, source

NEW = TEXT.replace("增长6%左右", "增长5.5%左右")
SUBJECT = Subject(
    installation=INSTALLATION,
    source=source(),
    page=7,
    url="https://www.example.org/yunxi.html#top",
    title="云溪市2026年政府工作报告",
    region="云溪市",
    year=2026,
)


def changed(old: str = TEXT, new: str = NEW, **fields: object) -> Event:
    text = diff_texts(old, new)
    targets = compare_targets(find_targets(old, 2026), find_targets(new, 2026))
    plain = {"mark": "2", "summary": summarize(targets, text), "old": 1, "new": 2, "targets": targets, "text": text}
    return Event(type="page.changed", at=NOW, **{**plain, **fields})


def payload(event: Event, subject: Subject = SUBJECT) -> dict:
    return json.loads(json.dumps(alert(subject, event).payload))


def test_the_document_is_the_contracts() -> None:
    told = payload(changed())
    assert {"type", "id", "occurred_at", "source", "page", "versions", "summary", "targets", "text", "links"} <= set(
        told
    )
    assert told["occurred_at"] == "2026-03-06T01:00:00Z"
    assert told["source"] == {"id": "yunxi", "title": "云溪市政府工作报告"}
    assert told["page"] == {
        "url": SUBJECT.url,
        "title": "云溪市2026年政府工作报告",
        "region": "云溪市",
        "year": 2026,
    }
    (hunk,) = told["text"]["hunks"]
    assert (hunk["op"], hunk["old"], hunk["new"]) == ("replace", "6%", "5.5%")
    assert told["text"]["unified"].count("\n-") == 1
    (change,) = told["targets"]["changed"]
    assert (change["old"]["words"], change["new"]["words"]) == ("6%左右", "5.5%左右")


def test_context_stays_within_its_paragraph_and_says_where_it_was_cut() -> None:
    (hunk,) = payload(changed())["text"]["hunks"]
    assert hunk["before"] == "今年发展的主要预期目标是：地区生产总值增长"
    assert hunk["after"].startswith("左右；")
    short = payload(changed("甲乙丙，增长6%。\n丁", "甲乙丙，增长5%。\n丁"))["text"]["hunks"][0]
    assert (short["before"], short["after"]) == ("甲乙丙，增长", "。")
    long = payload(changed("前" * 90 + "6%" + "后" * 90, "前" * 90 + "5%" + "后" * 90))["text"]["hunks"][0]
    assert long["before"] == "…" + "前" * 40
    assert long["after"] == "后" * 40 + "…"


def test_the_page_link_scrolls_to_the_change() -> None:
    link = payload(changed())["links"]["page"]
    address, _, fragment = link.partition(":~:text=")
    assert address == "https://www.example.org/yunxi.html#top"
    assert unquote(fragment) in NEW
    assert "5.5%" in unquote(fragment)
    assert not set(fragment) & set("&,-# ")


def test_the_diff_link_needs_a_dashboard() -> None:
    assert payload(changed())["links"]["diff"] is None
    subject = Subject(installation=INSTALLATION, source=source(), page=7, web_url="https://crawler.example.org/")
    assert payload(changed(), subject)["links"]["diff"] == "https://crawler.example.org/pages/7/versions/2"


def test_an_enormous_change_is_capped_and_says_so() -> None:
    old = "\n".join(f"第{i}段没有什么变化。今年新增学位{i}个。" for i in range(2000))
    new = "\n".join(f"第{i}段没有什么变化。今年新增学位{i + 1}个。" for i in range(2000))
    told = payload(changed(old, new, targets=TargetDiff()))
    assert told["text"]["truncated"] is True
    assert len(told["text"]["hunks"]) == HUNKS
    assert len(json.dumps(told, ensure_ascii=False)) < 300_000


class TestSummary:
    def test_targets_come_first(self) -> None:
        text = TEXT.replace("奔头", "盼头").replace("增长6%左右", "增长5.5%左右")
        assert changed(TEXT, text).summary == "地区生产总值增长 6%左右 → 5.5%左右"

    def test_an_edit_of_words_is_quoted(self) -> None:
        assert "奔" in changed(TEXT, TEXT.replace("奔头", "盼头")).summary
        assert "盼" in changed(TEXT, TEXT.replace("奔头", "盼头")).summary

    def test_added_and_removed_targets_are_named(self) -> None:
        added = changed(TEXT, TEXT + "\n今年居民消费价格涨幅控制在2%左右。").summary
        assert added.startswith("新增目标：居民消费价格")
        removed = changed(TEXT, TEXT.replace("；固定资产投资增长8%以上", "")).summary
        assert removed.startswith("删去目标：固定资产投资")

    def test_many_changes_are_counted(self) -> None:
        text = TEXT.replace("6%", "7%").replace("5%", "4%").replace("8%", "9%").replace("3万亩", "4万亩")
        assert changed(TEXT, text).summary.endswith("等4处")

    def test_a_long_edit_is_shortened(self) -> None:
        summary = changed(TEXT, TEXT + "\n" + "新增一段很长的话，" * 40).summary
        assert len(summary) < 80
        assert "…" in summary


def test_ids_tell_installations_pages_and_events_apart() -> None:
    first = alert(SUBJECT, changed())
    assert alert(SUBJECT, changed()).id == first.id
    elsewhere = Subject(installation="0" * 32, source=source())
    other_page = Subject(installation=INSTALLATION, source=source(), key="https://www.example.org/2.html")
    ids = {
        first.id,
        alert(elsewhere, changed()).id,
        alert(other_page, changed()).id,
        alert(SUBJECT, changed(mark="3")).id,
    }
    assert len(ids) == 4


NAMES = st.sampled_from(["a", "b", "a b", "page.gone", "1"])
HAPPENED = st.fixed_dictionaries(
    {
        "installation": st.sampled_from([INSTALLATION, "11111111-1111-4111-8111-111111111111"]),
        "source": NAMES,
        "key": NAMES,
        "type": st.sampled_from(["page.changed", "page.gone", "page.suspect"]),
        "mark": NAMES,
    }
)


def concluded(happened: dict[str, Any], later: timedelta = timedelta(0), summary: str = "") -> str:
    named = {"installation": happened["installation"], "source": source(id=happened["source"]), "key": happened["key"]}
    event = Event(type=happened["type"], at=NOW + later, mark=happened["mark"], summary=summary)
    told = alert(replace(SUBJECT, **named), event)
    assert told.payload["id"] == told.id
    return told.id


@given(HAPPENED, HAPPENED, st.timedeltas(timedelta(0), timedelta(days=900)), st.text(max_size=5))
def test_the_same_event_has_the_same_id_whenever_it_is_concluded_and_no_other_has_it(
    one: dict[str, Any], other: dict[str, Any], later: timedelta, summary: str
) -> None:
    assert concluded(one) == concluded(one, later, summary)
    assert (concluded(one) == concluded(other)) == (one == other)


@settings(max_examples=20)
@given(
    edited_pairs().flatmap(
        lambda pair: st.tuples(st.just(pair[0]), st.integers(1, 200).map(lambda times: pair[1] * times))
    )
)
def test_whatever_changed_every_part_of_the_document_is_capped(pair: tuple[str, str]) -> None:
    old, new = pair
    diff = diff_texts(old, new[:100_000])
    told = payload(changed(text=diff, targets=TargetDiff(), summary=summarize(TargetDiff(), diff)))
    shown = told["text"]["hunks"]
    assert len(shown) == min(HUNKS, len(diff.hunks))
    assert all(len(hunk[side]) <= HUNK_CHARACTERS for hunk in shown for side in ("old", "new"))
    assert all(len(hunk[side]) <= CONTEXT + 1 for hunk in shown for side in ("before", "after"))
    assert len(told["text"]["unified"]) <= UNIFIED_CHARACTERS + 60
    whole = [(hunk["old"], hunk["new"]) for hunk in shown] == [(hunk.old, hunk.new) for hunk in diff.hunks]
    assert told["text"]["truncated"] == (not whole)
    assert len(told["summary"]) <= 400
    assert "\n" not in told["summary"]


@given(st.integers(0, 2 * TARGETS))
def test_no_more_targets_are_told_than_a_document_bears(count: int) -> None:
    added = tuple(find_targets(TEXT, 2026))[:1] * count
    told = payload(changed(targets=TargetDiff(added=added)))["targets"]
    assert [len(told[kind]) for kind in ("changed", "added", "removed")] == [0, min(count, TARGETS), 0]
