"""Records of a WARC file from a stranger, one at a time, in bounded memory; warcio caps nothing and parses heads."""

import gzip
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from io import BufferedReader
from pathlib import Path
from typing import IO, cast

from warcio.statusandheaders import StatusAndHeadersParser, StatusAndHeadersParserException

from crawler.errors import UsageError
from crawler.model import value

MOST_BYTES = 4 * 1024**3
"""A file holds so much at most, uncompressed,"""
MOST_RECORDS = 100_000
"""and so many records."""
LARGEST_RECORD = 64 * 1024**2
LONGEST_HEAD = 256 * 1024
_GZIP = b"\x1f\x8b"
_ENDS = b"\r\n\r\n"
_PARSER = StatusAndHeadersParser(["WARC/1.0", "WARC/1.1"])


class Refused(ValueError):  # noqa: N818 (the outcome's name)
    """What is wrong with a file, in words that go on after its name."""


@value
class Record:
    """One record."""

    kind: str
    content_type: str
    content: bytes


class Archive:
    """A file of records, compressed or not."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._number = 0

    def records(self) -> Iterator[Record]:
        """The records from the first one on; Refused at what is none, or too large."""
        self._number = 0
        if not self._path.is_file():
            raise Refused("there is no such file")
        with self._path.open("rb") as file, _plain(file) as stream:
            fence = _Fence(stream)
            while self._next() and (record := _record(fence)) is not None:
                yield record

    @contextmanager
    def explained(self) -> Iterator[None]:
        """Whatever is wrong with the file as one line."""
        place = ""
        try:
            yield
        except Refused as error:
            place = f"record {self._number}: " if self._number else ""
            reason = str(error)
        except (OSError, EOFError, zlib.error) as error:
            place = f"after record {self._number - 1}: " if self._number else ""
            reason = f"cannot be read: {error}"
        else:
            return
        raise UsageError(
            f"{self._path}: {place}{reason}; nothing was taken over: have it exported anew (crawler export history)"
        )

    def _next(self) -> bool:
        self._number += 1
        if self._number > MOST_RECORDS:
            raise Refused(f"it holds more than {MOST_RECORDS:,} records")
        return True


def _plain(file: BufferedReader) -> IO[bytes]:
    return cast("IO[bytes]", gzip.GzipFile(fileobj=file)) if file.peek(2)[:2] == _GZIP else file


class _Fence:
    """A stream that is refused where it is larger than an honest one."""

    def __init__(self, stream: IO[bytes]) -> None:
        self._stream = stream
        self._left = MOST_BYTES
        self.head = LONGEST_HEAD
        """So many bytes may follow in this head."""

    def readline(self) -> bytes:
        """A line of a head, for warcio."""
        line = self._stream.readline(self.head + 1)
        self.head -= len(line)
        if self.head < 0:
            raise Refused(f"its head is larger than {LONGEST_HEAD // 1024} KB")
        self._spend(len(line))
        return line

    def read(self, size: int) -> bytes:
        """So many bytes."""
        content = self._stream.read(size)
        self._spend(len(content))
        if len(content) < size:
            raise Refused("the file ends amid it")
        return content

    def _spend(self, size: int) -> None:
        self._left -= size
        if self._left < 0:
            raise Refused(f"the file holds more than {MOST_BYTES / 1024**3:g} GB")


def _record(fence: _Fence) -> Record | None:
    """The next record; None at the end."""
    fence.head = LONGEST_HEAD
    while (line := fence.readline()) and not line.strip():
        pass
    if not line:
        return None
    try:
        parsed = _PARSER.parse(fence, line)
    except StatusAndHeadersParserException:
        raise Refused("this is no WARC file, or it is damaged") from None
    head = {name.lower(): text for name, text in parsed.headers}
    length = head.get("content-length", "")
    if not (length.isascii() and length.isdigit() and len(length) <= len(str(LARGEST_RECORD)) + 2):
        raise Refused("it does not say how long it is, or is far too long")
    if int(length) > LARGEST_RECORD:
        raise Refused(f"it is larger than {LARGEST_RECORD // 1024**2} MB")
    content = fence.read(int(length))
    return Record(kind=head.get("warc-type", ""), content_type=head.get("content-type", ""), content=content)


def payload(record: Record) -> bytes:
    """What came with an HTTP answer, without its head."""
    head, end, content = record.content.partition(_ENDS)
    if not end or not head.startswith(b"HTTP/"):
        raise Refused("it should hold an HTTP answer")
    return content
