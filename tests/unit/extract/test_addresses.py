import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from crawler.extract.addresses import absolute, key, slots


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
