import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from crawler.extract.addresses import absolute, base_of, host, key, settled, slots, whole


@pytest.mark.parametrize(
    ("base", "href", "address"),
    [
        ("http://a.example/b/c.html", "d.html", "http://a.example/b/d.html"),
        ("http://a.example/b/", "/d.html#top", "http://a.example/d.html"),
        ("http://a.example/b/", " ../d.html\n", "http://a.example/d.html"),
        ("http://a.example/b/?x=1", "?page=2", "http://a.example/b/?page=2"),
        ("https://a.example/", "//c.example/d", "https://c.example/d"),
        ("", "http://a.example/d", "http://a.example/d"),
        ("", "d.html", ""),
        ("http://a.example/", "javascript:go(2)", ""),
        ("http://a.example/", "mailto:a@a.example", ""),
        ("http://a.example/", "data:text/html,x", ""),
        ("http://a.example/", "http://[::1", ""),
        ("http://a.example/", "x" * 3_000, ""),
    ],
)
def test_links_become_absolute_or_nothing(base: str, href: str, address: str) -> None:
    assert absolute(base, href) == address


@pytest.mark.parametrize(
    ("head", "base"),
    [
        ({}, "http://a.example/b/c.html"),
        ({"<base>": "/news/"}, "http://a.example/news/"),
        ({"<base>": "https://c.example/"}, "https://c.example/"),
        ({"<base>": "javascript:void(0)"}, "http://a.example/b/c.html"),
        ({"<base>": ""}, "http://a.example/b/c.html"),
    ],
)
def test_links_are_relative_to_what_the_head_says(head: dict[str, str], base: str) -> None:
    assert base_of("http://a.example/b/c.html", head) == base


@pytest.mark.parametrize(
    ("href", "address"),
    [
        ("d.html", "http://www.a.example/b/d.html"),
        ("//A.example/d.html", "http://A.example/d.html"),
        ("https://m.a.example:443/d.html#x", "https://m.a.example:443/d.html"),
        ("//news.a.example/d.html", ""),
        ("http://c.example/d.html", ""),
    ],
)
def test_links_to_other_hosts_are_left_out_where_one_is_asked_for(href: str, address: str) -> None:
    assert absolute("http://www.a.example/b/c.html", href, "a.example") == address


def test_of_many_numbered_parameters_the_last_are_read() -> None:
    url = "http://a.example/v?" + "&".join(f"page={number}" for number in range(1, 31))
    assert [slot.number for slot in slots(url)] == [28, 29, 30]


def test_an_address_of_very_many_parameters_is_that_of_no_part() -> None:
    many = "&".join(f"x{number}=1" for number in range(29))
    assert [slot.number for slot in slots(f"http://a.example/12_2.html?{many}&page=2")] == [2, 2]
    assert slots(f"http://a.example/12_2.html?{many}&y=1&page=2") == []


def test_one_host_by_several_names() -> None:
    names = ("http://a.example/b", "https://www.A.example:443/", "http://m.a.example/?x=1", "http://3g.a.example:80")
    assert {host(url) for url in names} == {"a.example"}
    assert host("http://news.a.example/") == "news.a.example"
    assert host("") == ""
    assert {key(url).partition("/")[0].partition("?")[0] for url in names} == {"a.example"}


@pytest.mark.parametrize(
    ("first", "second", "number"),
    [
        ("http://a.example/b/12.html", "http://a.example/b/12_2.html", 2),
        ("http://a.example/b/12.html", "http://a.example/b/12-3.html", 3),
        ("http://a.example/b/12.html", "http://a.example/b/12_p4.shtml", 4),
        ("http://a.example/b/", "http://a.example/b/2.html", 2),
        ("http://a.example/b/index.html", "http://a.example/b/index_2.html", 2),
        ("http://a.example/b/", "http://a.example/b/index_2.html", 2),
        ("http://A.EXAMPLE/v?id=9", "http://a.example/v?id=9&page=2", 2),
        ("http://a.example/v?id=9&x=1", "http://a.example/v?x=1&p=3&id=9", 3),
        ("http://a.example/v", "http://a.example/v?pageNo=7", 7),
        ("http://a.example/v", "http://a.example/v?curPage=7", 7),
    ],
)
def test_a_numbered_address_shares_its_key_with_the_first(first: str, second: str, number: int) -> None:
    assert (key(first), number) in [(slot.key, slot.number) for slot in slots(second)]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("http://a.example/b/12.html", "http://c.example/b/12_2.html"),
        ("http://a.example/b/12.html", "http://a.example/b/13_2.html"),
        ("http://a.example/v?id=9", "http://a.example/v?id=8&page=2"),
        ("http://a.example/v?id=9", "http://a.example/w?id=9&page=2"),
        ("http://a.example/b/12.html", "http://a.example/b/12_123456.html"),  # no number of a page
        ("http://a.example/v", "http://a.example/v?year=2024"),
    ],
)
def test_addresses_of_something_else_have_another_key(one: str, other: str) -> None:
    assert key(one) not in [slot.key for slot in slots(other)]


@pytest.mark.parametrize(
    ("url", "third"),
    [
        ("http://a.example/b/12_2.html", "http://a.example/b/12_3.html"),
        ("http://a.example/b/12-2.html?x=1", "http://a.example/b/12-3.html?x=1"),
        ("http://a.example/v?id=9&page=2&x=1", "http://a.example/v?id=9&page=3&x=1"),
        ("http://a.example/v?page=2", "http://a.example/v?page=3"),
        ("http://a.example/b/2/", "http://a.example/b/3/"),
        ("http://a.example/b/p2.html", "http://a.example/b/p3.html"),
    ],
)
def test_a_slot_makes_the_other_members(url: str, third: str) -> None:
    assert third in [slot.at(3) for slot in slots(url)]


@given(
    st.integers(0, 99_999), st.sampled_from(["/a/12_{}.html", "/a/{}.html", "/a/{}", "/v?x=1&page={}", "/v?p={}&x=1"])
)
def test_a_slot_gives_its_own_address_back(number: int, form: str) -> None:
    assume("=" in form or not 1900 <= number < 2100)  # a year
    url = "http://a.example" + form.format(number)
    assert url in [slot.at(slot.number) for slot in slots(url)]


@given(st.text(max_size=60))
def test_no_address_is_too_odd(text: str) -> None:
    address = absolute("http://a.example/b/", text)
    assert address == "" or address.startswith(("http://", "https://"))
    if address:
        assert all(slot.number >= 0 for slot in slots(address))
        assert key(address)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("http://a.example/b/12.html", "https://www.a.example/b/12.html"),
        ("http://m.a.example/b/12.html", "http://a.example:80/b/12.html"),
        ("http://a.example/B/12.HTML", "http://a.example/b/12.html"),
        ("http://a.example/v?ID=9&Type=2", "http://a.example/v?type=2&id=9"),
        ("http://a.example/v?id=9", "http://a.example/v?id=9&from=timeline&utm_source=x&extra="),
        ("http://a.example/v?id=9", "http://a.example/v;jsessionid=AB12?id=9&PHPSESSID=ab12&t=1706000000123"),
        ("http://a.example/%E6%8A%A5/1.html", "http://a.example/报/1.html"),
        ("http://a.example/b/", "http://a.example/b/index.html"),
    ],
)
def test_what_one_page_is_called_varies(one: str, other: str) -> None:
    assert key(one) == key(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("http://a.example/v?id=9", "http://a.example/v?id=8"),
        ("http://a.example/v?12", "http://a.example/v?13"),
        ("http://a.example/v?t=12", "http://a.example/v?t=13"),  # too short for a number against caches
        ("http://a.example/%B1%A8/1.html", "http://a.example/%B1%A9/1.html"),  # GBK
        ("http://a.example/b/12.html", "http://b.example/b/12.html"),
    ],
)
def test_two_pages_have_two_keys(one: str, other: str) -> None:
    assert key(one) != key(other)


def test_a_settled_address_is_the_same_at_every_visit() -> None:
    assert settled("http://a.example/v;jsessionid=AB?id=9&PHPSESSID=x&_=1706000000123") == "http://a.example/v?id=9"
    assert settled("http://a.example/v?id=9&t=3") == "http://a.example/v?id=9&t=3"
    assert settled("http://a.example/报.html?k=%C8%F4") == "http://a.example/报.html?k=%C8%F4"


@pytest.mark.parametrize(
    ("url", "article"),
    [
        ("http://a.example/b/12_all.html", "http://a.example/b/12.html"),
        ("http://a.example/v?id=9&page=all", "http://a.example/v?id=9"),
        ("http://a.example/v?id=9&all=1", "http://a.example/v?id=9"),
        ("http://a.example/b/12/full/", "http://a.example/b/12/"),
    ],
)
def test_the_whole_text_of_an_article_shares_its_key(url: str, article: str) -> None:
    assert whole(url) == key(article)


@pytest.mark.parametrize(
    "url", ["http://a.example/b/12.html", "http://a.example/v?id=9&page=2", "http://a.example/small.html?q=1"]
)
def test_other_addresses_are_of_no_whole_text(url: str) -> None:
    assert whole(url) == ""


@pytest.mark.parametrize(
    ("url", "third"),
    [
        ("http://a.example/b/12_02.html", "http://a.example/b/12_03.html"),
        ("http://a.example/v?k=%C8%F4&page=2&x=%B1", "http://a.example/v?k=%C8%F4&page=3&x=%B1"),
        ("http://a.example/b/page/2/", "http://a.example/b/page/3/"),
    ],
)
def test_the_members_are_written_as_the_one_seen(url: str, third: str) -> None:
    assert third in [slot.at(3) for slot in slots(url)]


@pytest.mark.parametrize(
    "url",
    [
        "http://a.example/2024/01/23",
        "http://a.example/b_2024.html",
        "http://a.example/2024/3.html",
        "http://a.example/v?pid=3",
    ],
)
def test_dates_and_ids_are_no_numbers_of_pages(url: str) -> None:
    assert slots(url) == []


def test_a_series_may_count_down() -> None:
    (slot,) = slots("http://a.example/b/44.htm")
    turned = slot.counted_down(46)
    assert (turned.number, turned.at(3)) == (2, "http://a.example/b/43.htm")
