"""Captures' bytes outside of the database: what keeps them, as `Blobs` (`storage.s3` is one), and the way to them.

Bytes come into the database first, in the transaction of their check, and are moved out later (`storage.moving`): no
check waits for another server, nor can fail with it. Only who needs old bytes asks here.
"""

from collections.abc import Iterator, Sequence
from typing import Any, Protocol

from sqlalchemy import Connection, Row

from crawler.errors import Away, Damaged

SETTING = "CRAWLER_CAPTURES_URL"
"""Names the store in the environment, for messages."""
_MARK = "captures"


class Blobs(Protocol):
    """Bytes under keys. Every method raises Away where the store cannot be asked now."""

    name: str
    """What people call it; no secret is in it."""

    def put(self, key: str, data: bytes) -> None:
        """Keep bytes, whole or not at all, in the place of others under this key."""

    def get(self, key: str) -> bytes | None:
        """The bytes; None: there are none."""

    def delete(self, keys: Sequence[str]) -> None:
        """Forget them; a key that is not there is no error."""

    def keys(self, folder: str) -> Iterator[Sequence[str]]:
        """All keys that begin with 'folder/', in portions."""


def mark(blobs: Blobs, folder: str) -> None:
    """Let a folder be known for what it is, also where it is empty."""
    blobs.put(f"{folder}/{_MARK}", b"bytes as fetched by crawler; the database knows what they are\n")


def is_mark(key: str) -> bool:
    """Whether a key is that of `mark`."""
    return key.endswith(f"/{_MARK}")


def data_of(connection: Connection, row: Row[Any]) -> bytes:
    """The packed bytes of a content (`sha256`, `data`, `blob`) wherever they lie; b"" where they were thinned.

    Raises Damaged where they are lost, Away where that cannot be told now: a wrong bucket must not look like a loss.
    """
    if row.data or row.blob is None:
        return bytes(row.data)
    blobs: Blobs | None = connection.get_execution_options().get("blobs")
    if blobs is None:
        raise Away(f"bytes as fetched lie in an S3 store; name it in {SETTING}")
    data = blobs.get(row.blob)
    if data:
        return data
    if data is None and blobs.get(f"{row.blob.partition('/')[0]}/{_MARK}") is None:
        raise Away(f"{blobs.name} is not where this database keeps its captures; name the right one in {SETTING}")
    how = "missing" if data is None else "damaged"
    raise Damaged(f"the bytes {row.sha256[:12]}… kept as evidence are {how} in {blobs.name}")
