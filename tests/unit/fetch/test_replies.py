from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.fetch.faults import FetchError, clean
from crawler.fetch.replies import Reply, conclude, retry_after
from crawler.model import FailureKind, Fetched, NotModified

NOW = datetime(2026, 3, 6, 1, 0, tzinfo=UTC)
URL = "http://example.org/report.html"


def reply(status: int = 200, content: bytes = b"<p>x</p>", **headers: str) -> Reply:
    named = {name.replace("_", "-"): text for name, text in headers.items()}
    return Reply(url=URL, status=status, headers=named, content=content)


def outcome(answer: Reply, *, conditional: bool = False) -> Fetched | NotModified:
    return conclude(answer, conditional=conditional, permanent_url=None, now=NOW)


def fault(answer: Reply, *, conditional: bool = False) -> FetchError:
    with pytest.raises(FetchError) as caught:
        outcome(answer, conditional=conditional)
    return caught.value


@pytest.mark.parametrize("status", [200, 201, 202, 203])
def test_a_body_under_2xx_is_a_page(status: int) -> None:
    page = outcome(reply(status))
    assert page == Fetched(url=URL, status=status, headers={}, content=b"<p>x</p>", fetched_at=NOW)


def test_not_modified_is_an_answer_only_to_who_asked() -> None:
    assert outcome(reply(304, b""), conditional=True) == NotModified(url=URL, fetched_at=NOW)
    assert fault(reply(304, b"")).status == 304


@pytest.mark.parametrize(
    ("status", "permanent"),
    [(s, True) for s in (101, 300, 305, 400, 401, 403, 404, 407, 410, 412, 451, 499)]
    + [(s, False) for s in (408, 425, 429, 500, 502, 503, 504, 521, 999)],
)
def test_each_status_is_permanent_or_transient(status: int, permanent: bool) -> None:
    error = fault(reply(status))
    assert (error.kind, error.status, error.permanent) == (FailureKind.STATUS, status, permanent)
    assert error.reason.startswith(f"HTTP {status}")
    assert error.failure(URL).gone is (status in (404, 410))


def test_a_status_is_told_in_words() -> None:
    assert fault(reply(404)).reason == "HTTP 404 Not Found"
    assert fault(reply(521)).reason == "HTTP 521"
    assert fault(reply(503, retry_after="120")).reason == "HTTP 503 Service Unavailable, retry after 120 s"


@pytest.mark.parametrize(("status", "content"), [(200, b""), (200, b" \r\n\t"), (204, b""), (205, b"")])
def test_an_empty_body_is_a_passing_failure(status: int, content: bytes) -> None:
    error = fault(reply(status, content))
    assert (error.kind, error.permanent) == (FailureKind.CONTENT, False)
    assert "empty body" in error.reason


def test_a_part_of_a_page_is_no_page() -> None:
    assert fault(reply(206)).kind is FailureKind.PROTOCOL


def test_a_picture_is_no_page() -> None:
    error = fault(reply(content_type="image/png"))
    assert (error.kind, error.permanent) == (FailureKind.CONTENT, True)
    assert error.reason == "image (image/png) came instead of a page"


@pytest.mark.parametrize(
    ("header", "seconds"),
    [
        ("120", 120),
        (" 7 ", 7),
        ("99999999", 86400),
        ("9" * 64, 86400),
        ("Fri, 06 Mar 2026 01:02:00 GMT", 120),
        ("Friday, 06-Mar-26 01:02:00 GMT", 120),
        ("Fri, 06 Mar 2026 09:02:00 +0800", 120),
        ("Fri Mar  6 01:02:00 2026", 120),
        ("Fri, 06 Mar 2126 01:02:00 GMT", 86400),
    ],
)
def test_retry_after_in_seconds_and_dates(header: str, seconds: int) -> None:
    assert retry_after(reply(429, retry_after=header), NOW) == timedelta(seconds=seconds)


@pytest.mark.parametrize(
    "header", ["", "0", "-5", "1.5", "soon", "٣", "Fri, 06 Mar 2020 01:02:00 GMT", "Mon, 99 Zzz 2026"]
)
def test_retry_after_that_makes_no_sense_is_ignored(header: str) -> None:
    assert retry_after(reply(503, retry_after=header), NOW) is None


@given(st.text(max_size=80))
def test_any_retry_after_is_between_nothing_and_a_day(header: str) -> None:
    wait = retry_after(reply(503, retry_after=header), NOW)
    assert wait is None or timedelta(0) < wait <= timedelta(days=1)


@given(st.text(max_size=500))
def test_foreign_text_is_one_short_printable_line(text: str) -> None:
    line = clean(text)
    assert line.isprintable()
    assert len(line) <= 201
    assert clean("a\r\nb\x1b[31m\u202ec") == "a b [31m c"
