"""A history from a file: every text, time, header, hash and seal recomputed and held against what the file says.

What other records a file may hold (of other tools, say) is passed over; what only repeats, such as the heads of WARC
and HTTP, is not looked at.
"""

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path

from crawler.model import Json
from storage.codec import bytes_text
from storage.evidence import digest
from storage.history import Past, Whose
from storage.warc import claims
from storage.warc.claims import member
from storage.warc.records import LARGEST_RECORD, Archive, Record, Refused, payload
from storage.warc.write import PAGE, TEXT, VERSION

LARGEST_TEXT = 16 * 1024**2
MOST_PENDING = 4 * LARGEST_RECORD
"""So many bytes may have been fetched for one version."""


def whose(path: Path) -> Whose:
    """Whose history the file holds; UsageError where it holds none that this program wrote."""
    archive = Archive(path)
    with archive.explained():
        for record in archive.records():
            if record.content_type == PAGE:
                return claims.whose(claims.document(record.content))
        raise Refused("here it ends, and holds no history that `crawler export history` wrote")


def versions(path: Path, of: Whose) -> Iterator[Past]:
    """The versions, the first one first; UsageError at the first that is not what was sealed, or where some miss."""
    archive = Archive(path)
    with archive.explained():
        gathered, before, number = _Gathered(), "", 0
        for record in archive.records():
            if record.content_type != VERSION:
                gathered.take(record)
                continue
            number += 1
            past = gathered.version(claims.document(record.content), number, before)
            gathered, before = _Gathered(), past.seal
            yield past
        if (number, before) != (of.versions, of.seal):
            raise Refused(f"here it ends, with {number} of {of.versions} versions, or others than it says")


class _Gathered:
    """What the file holds of one version, until it says what was sealed."""

    def __init__(self) -> None:
        self._fetched: dict[str, bytes] = {}
        self._pending = 0
        self._text: bytes | None = None

    def take(self, record: Record) -> None:
        """Keep bytes and text."""
        if record.kind == "response":
            content = payload(record)
            self._pending += len(content)
            if self._pending > MOST_PENDING:
                raise Refused(f"one version has more than {MOST_PENDING // 1024**2} MB of bytes")
            self._fetched[hashlib.sha256(content).hexdigest()] = content
        elif record.kind == "conversion" and record.content_type == TEXT:
            if len(record.content) > LARGEST_TEXT:
                raise Refused(f"the text is larger than {LARGEST_TEXT // 1024**2} MB")
            self._text = record.content

    def version(self, told: Mapping[str, Json], number: int, before: str) -> Past:
        """The version, if it is what was sealed, after the one before."""
        try:
            return self._version(told, number, before)
        except Refused as error:
            raise Refused(f"version {number}: {error}") from None

    def _version(self, told: Mapping[str, Json], number: int, before: str) -> Past:
        sealed = claims.sealed(told.get("sealed"))
        past = Past(
            number=number,
            sealed=sealed,
            seal=member(told, "seal", claims.hexadecimal),
            text=self._text or b"",
            contents=(),
        )
        if past.record["number"] != number or sealed[0] != before:
            raise Refused("it does not follow the version before; one is missing, exchanged or altered")
        if digest(sealed) != past.seal:
            raise Refused("its seal is that of something else; what is noted of it was altered")
        if self._text is None or hashlib.sha256(self._text).hexdigest() != past.record["sha256"]:
            raise Refused("its text is missing, or not the one that was sealed")
        try:
            bytes_text(self._text)
        except UnicodeDecodeError:
            raise Refused("its text is not in UTF-8") from None
        return replace(past, contents=self._contents(past, told))

    def _contents(self, past: Past, told: Mapping[str, Json]) -> tuple[bytes, ...]:
        captures = past.captures
        names = member(told, "bytes", lambda names: claims.listed(names, len(captures), claims.optional(claims.text)))
        if len(names) != len(captures):
            raise Refused("it does not say of all bytes whether they are kept")
        pairs = zip(captures, names, strict=True)
        return tuple(self._content(capture["sha256"], name) for capture, name in pairs)

    def _content(self, sha256: str, name: str | None) -> bytes:
        content = self._fetched.get(sha256, b"")
        if name is not None and not content:
            raise Refused(f"the bytes with SHA-256 {sha256[:12]}… are missing, or were altered")
        return content
