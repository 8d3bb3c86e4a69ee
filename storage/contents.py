"""Bytes as fetched, each once however often they were served, in little room.

Pages of a host share most of their markup. So a page's bytes are compressed with those of an earlier page of its host
as their dictionary: of 61 KB 3 to 4 stay instead of 17, and 1 where the page itself was that one. Dictionaries are rows
of their own, which thinning leaves alone for as long as any bytes need them; a host gets another one where the last
ones are of no help. A damaged dictionary costs the evidence of its host's pages, never a text, a target or an alert.
"""

import hashlib
from collections.abc import Collection, Iterator
from functools import lru_cache
from typing import Any
from urllib.parse import urlsplit

from sqlalchemy import Connection, Row, exists, func, or_, select

from crawler.checks import Capture
from storage import tables as t
from storage.blobs import data_of
from storage.columns import insert_new
from storage.snapshots import ZstdError, pack, unpack

IS_WHOLE = or_(func.length(t.content.c.data) > 0, t.content.c.blob.is_not(None))
"""The bytes were not thinned."""
PACKED = (*t.content.c["data", "blob"], t.dictionary.c.data.label("dictionary"))
"""What `unpacked` takes, beside `sha256`."""
BESIDE = t.content.outerjoin(t.dictionary, t.dictionary.c.id == t.content.c.dictionary)
"""Where these stand."""

_LEAST, _MOST = 4_096, 2_000_000
"""Bytes of what becomes a dictionary."""
_DENSE = 0.6
"""What compresses to no less than this share of itself (a PDF) shares nothing with others."""
_HELPFUL = 0.5
"""A dictionary saves so much, or it is left alone."""
_TRIED = 8
"""So many newest dictionaries of a host: more than most portals have kinds of pages."""


def keep(connection: Connection, capture: Capture) -> None:
    """Store bytes (b"": thinned ones) that are not stored here yet, or anew where those stored are damaged."""
    mine = t.content.c.sha256 == capture.sha256
    columns = t.content.c.sha256, *PACKED
    stored = connection.execute(select(*columns).select_from(BESIDE).where(mine)).one_or_none()
    if stored is not None and (not capture.content or (stored.data and unpacked(connection, stored))):
        return
    data, dictionary = _packed(connection, capture) if capture.content else (b"", None)
    if stored is None:
        row = {"sha256": capture.sha256, "size": len(capture.content), "data": data, "dictionary": dictionary}
        connection.execute(insert_new(connection, t.content), row)
    else:
        connection.execute(t.content.update().where(mine).values(data=data, dictionary=dictionary))


def unpacked(connection: Connection, row: Row[Any]) -> bytes | None:
    """The bytes that were kept; None where they are others by now, b"" where they were thinned.

    Raises Damaged where they are lost, Away where they cannot be had now.
    """
    data = data_of(connection, row)
    if not data:
        return b""
    try:
        content = unpack(data, _opened(row.dictionary) if row.dictionary else b"")
    except ZstdError:
        return None
    return content if hashlib.sha256(content).hexdigest() == row.sha256 else None


def thin(connection: Connection, sha256: Collection[str]) -> None:
    """Empty these bytes."""
    mine = t.content.c.sha256.in_(sha256)
    connection.execute(t.content.update().where(mine).values(data=b"", dictionary=None, blob=None))


def forget_unused(connection: Connection) -> None:
    """Delete the bytes that no capture names any more, and the dictionaries that no bytes need."""
    connection.execute(t.content.delete().where(~_IS_CAPTURED))
    connection.execute(t.dictionary.delete().where(~exists().where(t.content.c.dictionary == t.dictionary.c.id)))


def forget(connection: Connection, sha256: Collection[str]) -> None:
    """Delete those of these bytes that no capture names any more."""
    connection.execute(t.content.delete().where(t.content.c.sha256.in_(sha256), ~_IS_CAPTURED))


_IS_CAPTURED = exists().where(t.capture.c.sha256 == t.content.c.sha256)


def _packed(connection: Connection, capture: Capture) -> tuple[bytes, int | None]:
    """The bytes compressed, and by which dictionary."""
    content, alone = capture.content, pack(capture.content)
    if not _LEAST <= len(content) <= _MOST or len(alone) > _DENSE * len(content):
        return alone, None
    host = urlsplit(capture.url).netloc.lower()
    for number, dictionary in _dictionaries(connection, host):
        if len(data := pack(content, dictionary)) < _HELPFUL * len(alone):
            return data, number
    added = connection.execute(t.dictionary.insert(), {"host": host, "data": alone})
    [number] = added.inserted_primary_key or [None]
    return pack(content, content), number


def _dictionaries(connection: Connection, host: str) -> Iterator[tuple[int, bytes]]:
    """Those of a host that are whole, the newest first."""
    query = select(*t.dictionary.c["id", "data"]).where(t.dictionary.c.host == host)
    for number, data in connection.execute(query.order_by(t.dictionary.c.id.desc()).limit(_TRIED)).all():
        try:
            yield number, _opened(data)
        except ZstdError:
            continue


@lru_cache(maxsize=16)
def _opened(dictionary: bytes) -> bytes:
    return unpack(dictionary)
