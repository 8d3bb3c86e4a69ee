from datetime import timedelta

import httpx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crawler.fetch import robots
from crawler.fetch.faults import FetchError
from crawler.fetch.replies import Reply
from crawler.fetch.robots import Robots
from crawler.model import FailureKind

URL = httpx.URL("https://example.org/reports/1.html?a=b")
DELAY = timedelta(seconds=2)


class Site:
    """Answers for robots.txt with what `answer` is at the time, and counts."""

    def __init__(self, answer: bytes | int | FetchError) -> None:
        self.answer = answer
        self.asked: list[str] = []

    async def ask(self, url: httpx.URL, delay: timedelta) -> Reply:
        assert delay == DELAY
        self.asked.append(str(url))
        if isinstance(self.answer, FetchError):
            raise self.answer
        if isinstance(self.answer, int):
            return Reply(url=str(url), status=self.answer, headers={})
        return Reply(url=str(url), status=200, headers={}, content=self.answer)


class Hours:
    """A monotonic clock to be set forward by hand."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.seconds = 0.0
        monkeypatch.setattr("crawler.fetch.robots.monotonic", lambda: self.seconds)


async def verdict(answer: bytes | int | FetchError, url: httpx.URL = URL) -> FetchError | timedelta:
    try:
        return await Robots(Site(answer).ask).check(url, DELAY)
    except FetchError as error:
        return error


@pytest.mark.parametrize(
    "text",
    [
        b"",
        b"User-agent: *\nDisallow:",
        b"User-agent: *\nDisallow: /admin/",
        b"User-agent: *\nDisallow: /\nAllow: /reports/",
        b"User-agent: otherbot\nDisallow: /",
        b"User-agent: *\nDisallow: /\n\nUser-agent: report-crawler\nDisallow: /private/",
        b"\xef\xbb\xbfUser-agent: report-crawler\nAllow: /\n\nUser-agent: *\nDisallow: /",
        b"<!DOCTYPE html><html><body>404</body></html>",
        "User-agent: *\nDisallow: /后台/".encode("gbk"),
        401,
        403,
        404,
        410,
    ],
)
async def test_allowed(text: bytes | int) -> None:
    assert await verdict(text) == DELAY


@pytest.mark.parametrize(
    "text",
    [
        b"User-agent: *\nDisallow: /",
        b"User-agent: *\r\nDisallow: /reports/",
        b"User-agent: *\nDisallow: /*?a=",
        b"User-agent: Report-Crawler\nDisallow: /",
        b"\xef\xbb\xbfUser-agent: *\nDisallow: /",
    ],
)
async def test_disallowed_is_permanent_and_says_whose_rule_it_is(text: bytes) -> None:
    error = await verdict(text)
    assert isinstance(error, FetchError)
    assert (error.kind, error.permanent) == (FailureKind.ROBOTS, True)
    assert "robots.txt of https://example.org/ disallows" in error.reason


@pytest.mark.parametrize("status", [429, 500, 503, 304])
async def test_unreadable_rules_allow_nothing_for_now(status: int) -> None:
    error = await verdict(status)
    assert isinstance(error, FetchError)
    assert (error.kind, error.permanent) == (FailureKind.ROBOTS, False)
    assert f"robots.txt could not be read (HTTP {status})" in error.reason


@pytest.mark.parametrize("kind", [FailureKind.TIMEOUT, FailureKind.PROTOCOL, FailureKind.STATUS])
async def test_a_broken_answer_is_unreadable_too(kind: FailureKind) -> None:
    error = await verdict(FetchError(kind, "why", retry_after=timedelta(seconds=9)))
    assert isinstance(error, FetchError)
    assert (error.kind, error.permanent, error.retry_after) == (FailureKind.ROBOTS, False, timedelta(seconds=9))


@pytest.mark.parametrize("kind", [FailureKind.DNS, FailureKind.CONNECT, FailureKind.TLS, FailureKind.ADDRESS])
async def test_an_unreachable_host_fails_with_its_own_reason(kind: FailureKind) -> None:
    failure = FetchError(kind, "DNS: no address for example.org")
    assert await verdict(failure) is failure


async def test_endless_redirects_mean_no_rules() -> None:
    assert await verdict(FetchError(FailureKind.REDIRECT, "more than 5 redirects")) == DELAY


@pytest.mark.parametrize(
    ("line", "seconds"),
    [("5", 5), ("0.5", 2), ("1", 2), ("3600", 120), ("inf", 2), ("nan", 2), ("-5", 2), ("soon", 2), ("1e400", 2)],
)
async def test_crawl_delay_is_honoured_within_reason(line: str, seconds: float) -> None:
    assert await verdict(f"User-agent: *\nCrawl-delay: {line}\n".encode()) == timedelta(seconds=seconds)


async def test_rules_are_kept_for_a_day_per_origin(monkeypatch: pytest.MonkeyPatch) -> None:
    hours, site = Hours(monkeypatch), Site(404)
    robots_ = Robots(site.ask)
    for url in (URL, URL.join("/other"), URL.copy_with(port=8443), URL.copy_with(scheme="http"), URL):
        await robots_.check(url, DELAY)
    first = ["https://example.org/robots.txt", "https://example.org:8443/robots.txt", "http://example.org/robots.txt"]
    assert site.asked == first
    hours.seconds = 24 * 3600
    await robots_.check(URL, DELAY)
    assert site.asked == [*first, first[0]]


async def test_failures_are_kept_for_a_minute_only(monkeypatch: pytest.MonkeyPatch) -> None:
    hours, site = Hours(monkeypatch), Site(503)
    robots_ = Robots(site.ask)
    for seconds in (0, 59):
        hours.seconds = seconds
        with pytest.raises(FetchError):
            await robots_.check(URL, DELAY)
    assert len(site.asked) == 1
    hours.seconds, site.answer = 60, b""
    assert await robots_.check(URL, DELAY) == DELAY


async def test_an_earlier_copy_serves_while_the_site_is_down(monkeypatch: pytest.MonkeyPatch) -> None:
    hours, site = Hours(monkeypatch), Site(b"User-agent: *\nDisallow: /private/")
    robots_ = Robots(site.ask)
    await robots_.check(URL, DELAY)
    hours.seconds, site.answer = 25 * 3600, 500
    assert await robots_.check(URL, DELAY) == DELAY
    with pytest.raises(FetchError, match="disallows"):
        await robots_.check(URL.join("/private/1"), DELAY)
    assert len(site.asked) == 2


async def test_memory_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(robots, "_ORIGINS", 3)
    robots_ = Robots(Site(404).ask)
    for port in range(1, 50):
        await robots_.check(URL.copy_with(port=port), DELAY)
    assert len(robots_._origins) == 3


words = st.sampled_from(
    ["User-agent: *", "Disallow: ", "Allow: ", "Crawl-delay: ", "Request-rate: ", "Sitemap:", "\n", "/*$", "%"]
)


@settings(deadline=None)
@given(st.lists(words | st.text(max_size=9), max_size=30), st.binary(max_size=40))
async def test_hostile_rules_never_break_a_check(parts: list[str], tail: bytes) -> None:
    await verdict("".join(parts).encode("utf-8", "replace") + tail)
