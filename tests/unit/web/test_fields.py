"""The form of a source: what was not touched is not written, and what was is written as sources.yaml has it."""

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.web.fields import EMPTY, FIELDS, added, beside, changed, named, shown_of, typed_of, unshown

ODD: dict[str, Any] = {
    "id": "a",
    "url": "https://www.example.org/${X}",
    "title": 2026,
    "every": ["6h"],
    "max_pages": Decimal("2.50"),
    "alert": [],
    "timezone": "Asia/Urumqi",
    "watch": {"targets": ["城镇、农村居民收入"], "added": False},
    "body": "div",
    "enabled": False,
}
typed = st.fixed_dictionaries({name: st.text(max_size=12) for name in FIELDS}).map(typed_of)


@given(typed)
def test_what_was_not_touched_is_not_written(form: dict[str, str]) -> None:
    assert changed(form, form) == {}


@given(typed, typed)
def test_only_what_was_touched_is_written(before: dict[str, str], after: dict[str, str]) -> None:
    keys = changed(before, {**before, "title": after["title"], "body.drop": after["body.drop"]})
    assert set(keys) <= {"title", "body"}
    assert set(keys.get("body", {})) <= {"drop"}  # type: ignore[arg-type] # a mapping


def test_what_no_field_can_show_passes_through() -> None:
    shown = shown_of(ODD)
    assert changed(shown, {**shown, "watch.min_change": "0.5"}) == {"watch": {"min_change": Decimal("0.5")}}
    assert unshown(ODD) == ["timezone", "enabled", "watch.added"]


def test_fields_become_keys() -> None:
    form = EMPTY | {
        "id": " x ",
        "kind": "listing",
        "address": " https://www.example.org/list/ ",
        "max_pages": "20",
        "watch.targets": "地区生产总值，就业, 固定资产投资",
        "watch.min_percent": "2.50",
        "body.drop": "#ad\n\n .more ",
        "told": "chosen",
        "alert": "desk,mail",
    }
    assert added(form) == {
        "id": "x",
        "listing": "https://www.example.org/list/",
        "max_pages": 20,
        "watch": {"targets": ["地区生产总值", "就业", "固定资产投资"], "min_percent": Decimal("2.50")},
        "body": {"drop": ["#ad", ".more"]},
        "alert": ["desk", "mail"],
    }
    assert shown_of(added(form)) == {
        **form,
        "id": "x",
        "address": "https://www.example.org/list/",
        "watch.targets": "地区生产总值, 就业, 固定资产投资",
        "body.drop": "#ad\n.more",
        "alert": "desk, mail",
    }


@pytest.mark.parametrize(
    ("told", "alert", "written"), [("", "desk", None), ("nobody", "desk", []), ("chosen", "", None)]
)
def test_who_is_told(told: str, alert: str, written: list[str] | None) -> None:
    before = EMPTY | {"told": "chosen", "alert": "mail"}
    assert changed(before, {**before, "told": told, "alert": alert}) == {"alert": written}


def test_faults_are_told_beside_their_fields() -> None:
    places = [
        ("sources[1].url", "no address"),
        ("sources[1].body.drop[2]", "no selector"),
        ("sources[1]", 'the key "url" or "listing" is missing'),
        ("sources[1].uri", "unknown key"),
        ("sources[0].url", "of another"),
        ("sources[11].url", "of another"),
        ("channels.desk", "of a channel"),
        ("", "of the file"),
    ]
    assert beside(places, 1) == (
        {"address": ["no address", 'the key "url" or "listing" is missing'], "body.drop": ["no selector"]},
        [3, 4, 5, 6, 7],
    )


@pytest.mark.parametrize("address", ["", "  ", "http://[", "x" * 5_000, "javascript:alert(1)", "\x00"])
def test_an_id_is_made_of_any_address_or_of_none(address: str) -> None:
    made = named(EMPTY | {"address": address}, ["page", "page-2"])["id"]
    assert len(made) <= 62
    assert made not in ("page", "page-2")
