"""What is found becomes sources whose ids stay the same, and nothing is added twice."""

from datetime import timedelta
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.config import parse_config
from crawler.config.editing import add_sources
from crawler.importing import Form, Plan, Reading, plan
from crawler.importing.found import Found, Refused
from crawler.model import Source
from tests.support.imports import planned_file, sources

URLS = st.builds(
    "http://{}.example/{}{}".format,
    st.sampled_from(["a", "b", "www.a"]),
    st.sampled_from(["", "x.html", "1/x.html", "2/x.html", "x.htm", "云溪.html", "%E4%BA%91", "index.html", "x?id=1"]),
    st.sampled_from(["", "#part"]),
)
FOUND = st.builds(
    lambda url, title, select, name: Found(where=url, url=url, title=title, select=select, id=name),
    URLS,
    st.text(max_size=10),
    st.sampled_from(["", "p", "div.text", "[["]),
    st.sampled_from(["", "", "a.example-x", "mine", "-no"]),
)


def planned(each: list[Found], there: list[Source] | None = None) -> Plan:
    return plan(Reading(form=Form.URLS, each=tuple(each)), there or [])


def ids(each: list[Found]) -> dict[tuple[str, str], str]:
    """The id that each page got, by address and selector."""
    keys = [one.source.keys for one in planned(each).planned]
    return {(str(key.get("url")), str(key.get("body"))): str(key["id"]) for key in keys}


@given(st.lists(FOUND, max_size=8))
def test_whatever_is_found_makes_a_valid_file(each: list[Found]) -> None:
    text = add_sources("", [one.source for one in planned(each).planned], {})
    if text:
        config = parse_config(text, {})
        assert len({source.id for source in config.sources}) == len(config.sources) > 0
        again = planned(each, list(config.sources))
        assert not again.planned
        assert len(again.duplicates) == len(each)


@given(st.lists(FOUND, max_size=8), st.randoms(use_true_random=False))
def test_the_order_of_the_file_makes_no_difference(each: list[Found], random: Random) -> None:
    unique = list({(found.url.partition("#")[0], found.select.strip("[")): found for found in each}.values())
    mixed = random.sample(unique, len(unique))
    assert ids(unique) == ids(mixed)


def test_pages_that_want_one_name_get_a_mark_each() -> None:
    one, other = (Found(where=url, url=url) for url in ("http://a.example/1/x.html", "http://a.example/2/x.html"))
    first, second = ids([one, other]).values()
    assert first.startswith("a.example-x-")
    assert second.startswith("a.example-x-")
    assert first != second
    assert list(ids([one]).values()) == ["a.example-x"]


def test_a_name_that_a_source_has_already_gets_a_mark() -> None:
    there = [Source(id="a.example-x", title="x", url="http://elsewhere.example/")]
    (new,) = planned([Found(where="", url="http://a.example/x.html")], there).planned
    assert str(new.source.keys["id"]).startswith("a.example-x-")


@pytest.mark.parametrize("there", [{"url": "http://a.example/x.html"}, {"listing": "http://a.example/x.html"}])
def test_what_is_watched_already_is_told_and_left_out(there: dict[str, str]) -> None:
    source = Source(id="mine", title="mine", **there)  # type: ignore[arg-type]
    made = planned([Found(where="line 1", url="http://a.example/x.html#top", select="p")], [source])
    assert not made.planned
    assert [(each.where, each.of) for each in made.duplicates] == [("line 1", "mine")]


def test_one_page_read_in_two_ways_stays_two_sources() -> None:
    url = "http://a.example/x.html"
    made = planned([Found(where="1", url=url, select="p"), Found(where="2", url=url, select="b")])
    assert len(made.planned) == 2


@pytest.mark.parametrize(
    ("every", "written"),
    [
        (timedelta(days=7), "7d"),
        (timedelta(hours=36), "36h"),
        (timedelta(minutes=90), "90m"),
        (timedelta(seconds=61), "61s"),
        (timedelta(days=367), None),
    ],
)
def test_intervals_are_written_in_the_largest_whole_unit(every: timedelta, written: str | None) -> None:
    (made,) = planned([Found(where="", url="http://a.example/", every=every)]).planned
    assert made.source.keys.get("every") == written
    assert bool(made.lost) is (written is None)


@pytest.mark.parametrize(
    ("title", "kept"),
    [
        ("  云溪\n 市 ", "云溪 市"),
        ("a\x1b[31mb\u202e", "a [31mb"),
        ("${HOME}", None),
        ("x" * 999, "x" * 300),
        (" ", None),
    ],
)
def test_titles_are_cleaned(title: str, kept: str | None) -> None:
    (made,) = planned([Found(where="", url="http://a.example/", title=title)]).planned
    assert made.source.keys.get("title") == kept


@pytest.mark.parametrize(
    "url", ["http://a.example/${HOME}", "javascript:alert(1)", "http://", "http://a b/", "http://[::1"]
)
def test_addresses_that_cannot_be_used_are_refused(url: str) -> None:
    made = planned([Found(where="line 1", url=url)])
    assert not made.planned
    assert made.refused[0].reason.startswith("its address cannot be used")


def test_what_is_shown_is_cut_escaped_and_without_logins() -> None:
    what = "https://user:hunter2@a.example/\x1b" + "x" * 500
    reading = Reading(form=Form.URLS, each=(Refused(where="", what=what, reason=""),))
    shown = plan(reading, []).refused[0].what
    assert "hunter2" not in shown
    assert len(shown) < 80
    assert shown.isprintable()


def test_two_files_with_the_same_page_give_it_the_same_id() -> None:
    page = "https://www.yunxi.example/report.html"
    made = [sources(planned_file(name)) for name in ("jobs.yaml", "table.csv", "outline.opml", "url-watches.json")]
    assert {name for found in made for name, keys in found.items() if keys["url"] == page} == {"yunxi.example-report"}
