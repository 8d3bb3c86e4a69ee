import contextlib

import httpx
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from crawler.fetch.faults import FetchError
from crawler.fetch.urls import MAX_REDIRECTS, Trail, host_key, host_named, origin, parse
from crawler.model import FailureKind


@pytest.mark.parametrize(
    ("given_url", "asked"),
    [
        ("http://Example.ORG", "http://example.org/"),
        ("https://example.org:443/a#part", "https://example.org/a"),
        ("http://example.org/报告.html", "http://example.org/%E6%8A%A5%E5%91%8A.html"),
        ("http://example.org/a b?q=1 2", "http://example.org/a%20b?q=1%202"),
        ("http://例子.中国/", "http://xn--fsqu00a.xn--fiqs8s/"),
    ],
)
def test_addresses_come_in_normal_form(given_url: str, asked: str) -> None:
    url = parse(given_url)
    assert f"{url.scheme}://{url.netloc.decode()}{url.raw_path.decode()}" == asked


@pytest.mark.parametrize(
    "url",
    [
        "",
        "example.org/a",
        "//example.org/a",
        "ftp://example.org/",
        "file:///etc/passwd",
        "javascript:alert(1)",
        "http://",
        "http:///path",
        "http://user@example.org/",
        "http://user:secret@example.org/",
        "http://example.org\\@evil.example/",
        "http://example.org/\r\nX: y",
        "http://example.org:0/",
        "http://example.org:99999/",
        "http://example.org:abc/",
        "http://[::1/",
        "http://a b/",
        "http://xn--a.example/",
        "http://example.org/" + "a" * 9000,
    ],
)
def test_what_must_not_be_asked_for_is_refused(url: str) -> None:
    with pytest.raises(FetchError) as caught:
        parse(url)
    assert caught.value.kind is FailureKind.ADDRESS
    assert caught.value.permanent
    assert "secret" not in caught.value.reason
    assert len(caught.value.reason) < 400


@example(".", b"")
@settings(deadline=None)
@given(st.text(max_size=80), st.binary(max_size=80))
def test_any_text_is_an_address_or_a_fetch_error(text: str, location: bytes) -> None:
    for attempt in (text, "http://" + text, "http://example.org/" + text):
        try:
            url = parse(attempt)
        except FetchError:
            continue
        assert url.scheme in ("http", "https")
        assert host_key(url)
    with contextlib.suppress(FetchError):
        assert Trail(parse("http://example.org/")).follow(302, location)


@pytest.mark.parametrize(
    ("url", "key", "start"),
    [
        ("http://Example.org/a", "example.org", "http://example.org/"),
        ("https://example.org.:443/a", "example.org", "https://example.org./"),
        ("https://example.org:8443/a?token=1", "example.org:8443", "https://example.org:8443/"),
        ("http://[::1]:8080/", "[::1]:8080", "http://[::1]:8080/"),
    ],
)
def test_what_counts_as_one_host(url: str, key: str, start: str) -> None:
    assert host_key(parse(url)) == key
    assert origin(parse(url)) == start


@pytest.mark.parametrize(
    ("written", "key"),
    [
        ("Example.org", "example.org"),
        ("example.org:443", "example.org"),
        ("例子.中国:8080", "xn--fsqu00a.xn--fiqs8s:8080"),
        ("[::1]:81", "[::1]:81"),
        ("", ""),
        ("No Host", "no host"),
    ],
)
def test_hosts_are_known_however_others_write_them(written: str, key: str) -> None:
    assert host_named(written) == key


def trail() -> Trail:
    return Trail(parse("http://example.org/news/1.html"))


@pytest.mark.parametrize(
    ("location", "target"),
    [
        (b"2.html", "http://example.org/news/2.html"),
        (b" /a/ ", "http://example.org/a/"),
        (b"//other.example/x", "http://other.example/x"),
        (b"https://example.org/news/1.html#top", "https://example.org/news/1.html"),
        (b"?page=2", "http://example.org/news/1.html?page=2"),
        ("/报告".encode("gbk"), "http://example.org/%B1%A8%B8%E6"),
        ("/报告".encode(), "http://example.org/%E6%8A%A5%E5%91%8A"),
    ],
)
def test_redirects_are_resolved_as_browsers_do(location: bytes, target: str) -> None:
    followed = trail()
    assert followed.follow(302, location)
    assert followed.url == httpx.URL(target)


@pytest.mark.parametrize("status", [200, 300, 304, 305, 404, 503])
def test_other_answers_are_no_redirects(status: int) -> None:
    assert not trail().follow(status, b"/elsewhere")


@pytest.mark.parametrize(
    "location", [None, b"", b"ftp://example.org/", b"file:///etc/passwd", b"http://u:p@example.org/", b"http://a\\b/"]
)
def test_redirects_to_nowhere_are_refused(location: bytes | None) -> None:
    with pytest.raises(FetchError) as caught:
        trail().follow(302, location)
    assert caught.value.kind is FailureKind.REDIRECT


def test_five_redirects_are_followed_and_no_more() -> None:
    followed = trail()
    for number in range(MAX_REDIRECTS):
        assert followed.follow(302, b"/%d" % number)
    with pytest.raises(FetchError, match="more than 5 redirects"):
        followed.follow(302, b"/6")


def test_a_loop_is_named_as_such() -> None:
    followed = trail()
    followed.follow(301, b"/a")
    with pytest.raises(FetchError, match=r"loop, back to http://example\.org/news/1\.html"):
        followed.follow(302, b"/news/1.html")


@pytest.mark.parametrize(
    ("statuses", "permanent"),
    [
        ((301,), "http://example.org/0"),
        ((308, 301), "http://example.org/1"),
        ((302, 301), None),
        ((301, 307), "http://example.org/0"),
    ],
)
def test_only_leading_permanent_redirects_move_a_page(statuses: tuple[int, ...], permanent: str | None) -> None:
    followed = trail()
    for number, status in enumerate(statuses):
        followed.follow(status, b"/%d" % number)
    assert followed.permanent_url == permanent
