"""What proves a version: one digest over its record, the bytes it was read from, and the digest of the version before.

So whoever keeps the newest digest of a page (on paper, in a mail) can prove each of its versions: any of them that is
altered, left out, put in or exchanged makes every later digest another one. A digest is over hashes, not over bytes:
it stands though the bytes were thinned. Pure; the form never changes, since every stored digest depends on it.
"""

import hashlib
import json
from collections.abc import Iterable
from datetime import UTC, date, datetime

from sqlalchemy import RowMapping

from crawler.model import Json

RECORDED = ("number", "url", "title", "published", "region", "year", "fetched_at", "sha256", "reread")
"""Columns of a version that are sealed; `sha256` is that of its text."""
CAPTURED = ("url", "headers", "fetched_at", "sha256")
"""Columns of a capture that are sealed; `sha256` is that of the bytes."""


def seal(before: str, version: RowMapping, captures: Iterable[RowMapping]) -> str:
    """The digest (64 hexadecimal digits) of a version as stored, after the one before it ("" for the first).

    `captures` in the order in which they were stored.
    """
    return digest(form(before, version, captures))


def form(before: str, version: RowMapping, captures: Iterable[RowMapping]) -> Json:
    """What is sealed: a list [before, record, captures], times in UTC with microseconds."""
    record = [_plain(version[name]) for name in RECORDED]
    read = [[_plain(capture[name]) for name in CAPTURED] for capture in captures]
    return [before, record, read]


def digest(sealed: Json) -> str:
    """SHA-256 of a `form` as JSON without blanks, in UTF-8."""
    written = json.dumps(sealed, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(written.encode("utf-8", "surrogatepass")).hexdigest()


def exact(moment: datetime) -> str:
    """A time as it is sealed: 2026-11-22T08:00:00.000000+00:00."""
    return moment.astimezone(UTC).isoformat(timespec="microseconds")


def _plain(value: object) -> object:
    if isinstance(value, datetime):
        return exact(value)
    if isinstance(value, date):
        return value.isoformat()
    return value
