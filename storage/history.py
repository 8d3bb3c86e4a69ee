"""One page's history as values, as a file holds it (`storage.warc`), read from a database, all seals recomputed."""

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Connection, Row, select

from crawler.checks import Part
from crawler.errors import Damaged, UsageError
from crawler.model import Json, value
from storage import tables as t
from storage import versions
from storage.codec import MEND, bytes_text, load
from storage.evidence import CAPTURED, RECORDED, digest, form
from storage.snapshots import ZstdError, unroll
from storage.store import Store


@value
class Whose:
    """The page, as sources.yaml names it, and how far its history goes. Nothing of this is sealed but the seal."""

    source: str
    title: str
    url: str | None
    listing: str | None
    match: str
    max_pages: int
    key: str
    """Its address, for a page of a listing; else empty."""
    parts: tuple[Part, ...]
    """Address and share of each part of the newest version."""
    versions: int
    seal: str
    """Of the newest version."""


@value
class Past:
    """A version with all that proves it."""

    number: int
    sealed: Json
    """[seal of the version before, record, captures], see `storage.evidence`."""
    seal: str
    text: bytes
    contents: tuple[bytes, ...]
    """The bytes of each capture, b"" where they were thinned."""
    targets: Json = ()
    """As found when it was stored; they follow from the text and are not sealed."""

    @property
    def record(self) -> dict[str, Any]:
        """What is sealed of the version itself, by name."""
        return dict(zip(RECORDED, self.sealed[1], strict=True))

    @property
    def captures(self) -> list[dict[str, Any]]:
        """What is sealed of the bytes it was read from, by name."""
        return [dict(zip(CAPTURED, capture, strict=True)) for capture in self.sealed[2]]


@contextmanager
def opened(store: Store, page: int) -> Iterator[tuple[Whose, Iterator[Past]]]:
    """A page's history as of one moment, the first version first.

    Raises UsageError where there is no version yet; reading on raises Damaged at one that is not what was sealed.
    """
    with store.database.read() as connection:
        whose = _whose(connection, page)
        yield whose, _versions(connection, page, whose.versions)


def _whose(connection: Connection, page: int) -> Whose:
    of_source = t.source.c["id", "title", "url", "listing", "match", "max_pages"]
    row = connection.execute(select(*of_source, t.page.c.key).join_from(t.page, t.source).where(t.page.c.id == page))
    found = row.mappings().one()
    newest = select(*t.version.c["number", "seal"]).where(t.version.c.page == page)
    last = connection.execute(newest.order_by(t.version.c.number.desc()).limit(1)).one_or_none()
    if last is None:
        raise UsageError(f"page {page} has no version yet, so there is no history to export")
    parts = connection.execute(select(t.part).where(t.part.c.page == page).order_by(t.part.c.position))
    return Whose(
        source=found["id"],
        **{name: found[name] for name in ("title", "url", "listing", "match", "max_pages", "key")},
        parts=tuple(Part(url=part.url, sha256="", paragraphs=part.paragraphs) for part in parts),
        versions=last.number,
        seal=last.seal,
    )


def _versions(connection: Connection, page: int, count: int) -> Iterator[Past]:
    number, before = 1, ""
    try:
        rows = connection.execute(select(t.version).where(t.version.c.page == page).order_by(t.version.c.number)).all()
        bodies = unroll((row.number, row.body) for row in rows)
        targets = unroll((row.number, row.targets) for row in rows)
        for number in range(1, count + 1):
            row, (_, body), (_, found) = rows[number - 1], next(bodies), next(targets)
            past = _past(connection, row, before, body, load(bytes_text(found)))
            if past is None or row.number != number:
                raise _broken(page, number)
            yield past
            before = past.seal
    except (ZstdError, ValueError, TypeError, IndexError) as error:
        raise _broken(page, number) from error


def _past(connection: Connection, row: Row[Any], before: str, body: bytes, targets: Json) -> Past | None:
    """The version, if it is what was sealed."""
    mine = t.capture.c.page == row.page, t.capture.c.version == row.number
    captures = connection.execute(select(*t.capture.c[CAPTURED]).where(*mine).order_by(t.capture.c.id)).mappings()
    sealed = form(before, row._mapping, captures)  # noqa: SLF001 (SQLAlchemy's public name)
    if (digest(sealed), hashlib.sha256(body).hexdigest()) != (row.seal, row.sha256):
        return None
    contents = tuple(each.content for each in versions.captures(connection, row.page, row.number))
    return Past(number=row.number, sealed=sealed, seal=row.seal, text=body, contents=contents, targets=targets)


def _broken(page: int, number: int) -> Damaged:
    return Damaged(f"version {number} of page {page} is not what was sealed, so its history proves nothing; {MEND}")
