"""What a server's answer means: a page, 'not modified', or why not. No I/O."""

import re
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from http import HTTPStatus

from crawler.fetch.faults import FetchError, clean
from crawler.fetch.media import unreadable
from crawler.model import FailureKind, Fetched, NotModified, value

MAX_RETRY_AFTER = timedelta(days=1)
_SECONDS = re.compile(r"[0-9]+")
_TRANSIENT = frozenset((408, 425, 429))
PHRASES = {status.value: status.phrase for status in HTTPStatus}


@value
class Reply:
    """One answer, read as far as it was wanted."""

    url: str
    status: int
    headers: Mapping[str, str]
    """Names in lower case; repeated ones joined by ', '; without Set-Cookie, because cookies are never kept."""
    location: bytes | None = None
    content: bytes = b""


def conclude(reply: Reply, *, conditional: bool, permanent_url: str | None, now: datetime) -> Fetched | NotModified:
    """The answer as a value. `conditional`: validators were sent, so that 304 is an answer to our question.

    Raises `FetchError` unless it is a whole page with something to read in it.
    """
    if reply.status == HTTPStatus.NOT_MODIFIED and conditional:
        return NotModified(url=reply.url, fetched_at=now)
    require_success(reply, now)
    if reply.status == HTTPStatus.PARTIAL_CONTENT:
        raise FetchError(FailureKind.PROTOCOL, "HTTP 206: only a part of the page came, though all of it was asked for")
    if not reply.content.strip():
        raise FetchError(FailureKind.CONTENT, f"empty body (HTTP {reply.status})")
    if what := unreadable(reply.headers.get("content-type", ""), reply.content):
        raise FetchError(FailureKind.CONTENT, f"{clean(what)} came instead of a page", permanent=True)
    return Fetched(
        url=reply.url,
        status=reply.status,
        headers=reply.headers,
        content=reply.content,
        fetched_at=now,
        permanent_url=permanent_url,
    )


def require_success(reply: Reply, now: datetime) -> None:
    """Raise `FetchError` unless the status is 2xx, telling when the server wants to be asked again."""
    if 200 <= reply.status < 300:
        return
    wait = retry_after(reply, now)
    later = f", retry after {wait.total_seconds():.0f} s" if wait else ""
    raise FetchError(
        FailureKind.STATUS,
        f"HTTP {reply.status} {PHRASES.get(reply.status, '')}".rstrip() + later,
        permanent=reply.status < 500 and reply.status not in _TRANSIENT,
        status=reply.status,
        retry_after=wait,
    )


def retry_after(reply: Reply, now: datetime) -> timedelta | None:
    """The wait a Retry-After header asks for, at most a day; None: none, or none that makes sense."""
    text = reply.headers.get("retry-after", "").strip()[:64]
    if _SECONDS.fullmatch(text):
        wait = timedelta(seconds=min(int(text), MAX_RETRY_AFTER.total_seconds()))
    elif when := _http_date(text):
        wait = min(when - now, MAX_RETRY_AFTER)
    else:
        return None
    return wait if wait > timedelta(0) else None


def _http_date(text: str) -> datetime | None:
    try:
        when = parsedate_to_datetime(text)
    except (ValueError, TypeError, IndexError, OverflowError):  # what the parser raises on hostile text
        return None
    return when if when.tzinfo else when.replace(tzinfo=UTC)
