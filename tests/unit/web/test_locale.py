"""The reader's language and zone; every message of the dashboard stands in every catalogue."""

import re
from collections.abc import Iterator
from datetime import datetime
from io import BytesIO
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

import crawler.web
from crawler.reasons import SAID
from crawler.web.locale import LANGUAGES, ZONE, messages, taste_of, translated
from tests.support.store import NOW

WEB = Path(crawler.web.__file__).parent
KEYWORDS = {"_": None, "gettext": None, "ngettext": (1, 2), "marked": None}
METHODS = [("**.py", "python"), ("templates/**.html", "jinja2")]
PLACE = re.compile(r"%\((\w+)\)[sd]")


def said() -> Iterator[str | tuple[str, ...]]:
    """Every message in code and templates."""
    for name, _, message, *_ in extract_from_dir(WEB, METHODS, keywords=KEYWORDS, callback=None):
        assert message, name
        yield message
    yield from SAID.values()


def catalogue(language: str) -> Catalog:
    return read_po(BytesIO((WEB / "locale" / language / "LC_MESSAGES" / "messages.po").read_bytes()))


@pytest.mark.parametrize("language", [each for each in LANGUAGES if each != "en"])
def test_every_message_is_translated_and_nothing_else_is(language: str) -> None:
    entries = {entry.id: entry for entry in catalogue(language) if entry.id}
    wanted = set(said())
    assert len(wanted) > 50
    assert wanted - set(entries) == set(), "not in the catalogue"
    assert set(entries) - wanted == set(), "in the catalogue, said nowhere"
    for entry in entries.values():
        strings = entry.string if isinstance(entry.string, tuple) else (entry.string,)
        assert all(strings), entry.id
        assert not entry.fuzzy, entry.id
        for string in strings:
            one = entry.id[-1] if isinstance(entry.id, tuple) else entry.id
            assert set(PLACE.findall(string)) == set(PLACE.findall(one)), entry.id


def test_there_is_a_catalogue_for_each_language_but_that_of_the_messages() -> None:
    assert {path.name for path in (WEB / "locale").iterdir()} == set(LANGUAGES) - {"en"}
    assert messages("en").gettext("Sources") == "Sources"
    assert translated("zh", "") == ""


@pytest.mark.parametrize(
    ("accepted", "language"),
    [
        ("zh-CN,zh;q=0.9,en;q=0.8", "zh"),
        ("en-GB,en;q=0.9,zh;q=0.8", "en"),
        ("zh-Hant-TW", "zh"),
        ("ZH", "zh"),
        ("fr;q=0.9, zh;q=0.5, en;q=0.6", "en"),
        ("fr", "en"),
        ("zh;q=0, en", "en"),
        ("", "en"),
        ("*", "en"),
        (";q=,,;;q=x,zh;q=nan", "en"),
        ("zh;q=inf" * 10_000, "en"),
        ("e" * 100_000, "en"),
    ],
)
def test_the_language_is_what_the_browser_asks_for(accepted: str, language: str) -> None:
    assert taste_of({}, accepted).language == language


def test_what_was_chosen_goes_before_what_the_browser_asks_for() -> None:
    chosen = taste_of({"lang": "zh", "theme": "dark", "zone": "America%2FSao_Paulo"}, "en")
    assert (chosen.language, chosen.theme, chosen.zone) == ("zh", "dark", "America/Sao_Paulo")


@pytest.mark.parametrize(
    "zone", ["", "../../etc/passwd", "%00", "Mars/Olympus", "x" * 10_000, "Asia", "%ff", "/etc/passwd"]
)
def test_a_zone_that_makes_no_sense_is_that_of_the_configuration(zone: str) -> None:
    assert taste_of({"lang": "xx", "theme": "<", "zone": zone}, "").zone == ZONE
    taste = taste_of({"zone": zone}, "", "Asia/Urumqi")
    assert taste.zone == "Asia/Urumqi"
    assert taste.local(NOW).strftime("%H:%M %z") == "14:00 +0600"


def test_a_day_begins_where_the_reader_is() -> None:
    day = datetime(2026, 11, 22)  # noqa: DTZ001 (as a form gives it)
    assert taste_of({"zone": "Asia/Tokyo"}, "").zoned(day).isoformat() == "2026-11-22T00:00:00+09:00"
