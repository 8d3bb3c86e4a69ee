"""How large a PDF's streams become when they are inflated: told before PDFium reads them, for it has no cap of its own.

One megabyte of deflated operators can hold a gigabyte, which takes PDFium two gigabytes of memory and half a minute.
Streams of an encrypted file, and the rare LZW ones, cannot be told this way.
"""

import re
import zlib
from collections.abc import Iterator

from crawler.errors import UsageError

MAX_CONTENT = 16_000_000
"""Bytes of one stream of operators, of a page or a form: a dense page has 100,000, a map some million."""
MAX_FONT = 64_000_000
MAX_IMAGE = 128_000_000
MAX_WORK = 1_000_000_000
"""Pages times the largest stream of operators: pages may share one."""
MAX_TOTAL, MAX_OPERATORS = 2_000_000_000, 300_000_000
"""Bytes of all streams together, and of those of operators."""
MAX_STREAMS = 200_000
_STREAM = re.compile(rb"(?<!end)stream\r?\n")
_HEAD = 1_000
_FONT = re.compile(rb"/Length1\b|/Subtype\s?/(?:Type1C|CIDFontType0C|OpenType)\b")
_IMAGE = re.compile(rb"/Subtype\s?/Image\b")
_CHUNK, _BITE = 1_000_000, 65_536
"""Bytes that come out and go in at once."""


def largest_stream(content: bytes) -> int:
    """Bytes of the largest inflated stream of operators. Raises UsageError for streams beyond all measure."""
    largest = operators = total = 0
    for cap, data in _streams(content):
        size = _inflated(data, cap)
        if size > cap:
            raise UsageError(f"the PDF holds a stream that unpacks to more than {cap // 1_000_000} MB: refused")
        total += size
        if cap == MAX_CONTENT:
            largest, operators = max(largest, size), operators + size
        if total > MAX_TOTAL or operators > MAX_OPERATORS:
            raise UsageError("the PDF's streams together unpack to more than any report has: refused")
    return largest


def _streams(content: bytes) -> Iterator[tuple[int, memoryview]]:
    """Whatever may be a deflated stream: what it may unpack to, and its bytes. Linear in the file."""
    whole, end = memoryview(content), 0
    for count, match in enumerate(_STREAM.finditer(content)):
        if count == MAX_STREAMS:
            raise UsageError(f"the PDF holds more than {MAX_STREAMS:,} streams: refused")
        head = content[max(0, match.start() - _HEAD) : match.start()].rpartition(b"obj")[2]
        if b"/FlateDecode" not in head:
            continue
        if head.count(b"/FlateDecode") > 1:
            raise UsageError("the PDF holds a stream compressed twice: refused")
        cap = MAX_FONT if _FONT.search(head) else MAX_IMAGE if _IMAGE.search(head) else MAX_CONTENT
        if end < match.end():  # else several begin before one end
            end = content.find(b"endstream", match.end())
            end = end if end >= 0 else len(content)
        yield cap, whole[match.end() : end]


def _inflated(data: memoryview, cap: int) -> int:
    """So many bytes it unpacks to, counted up to a little beyond the cap; 0 for what does not unpack."""
    inflater = zlib.decompressobj()
    size = at = 0
    waiting = b""
    try:
        while size <= cap and not inflater.eof and (waiting or at < len(data)):
            bite, at = (waiting, at) if waiting else (bytes(data[at : at + _BITE]), at + _BITE)
            size += len(inflater.decompress(bite, _CHUNK))
            waiting = inflater.unconsumed_tail
    except zlib.error:
        return size
    return size
