"""How large a PDF's streams become when they are inflated: told before PDFium reads them, for it has no cap of its own.

One megabyte of deflated operators can hold a gigabyte, which takes PDFium two gigabytes of memory and half a minute.
Streams of an encrypted file, and the rare LZW ones, cannot be told this way.
"""

import re
import zlib

from crawler.errors import UsageError

MAX_CONTENT = 16_000_000
"""Bytes of one stream of operators, of a page or a form: a dense page has 100,000, a map some million."""
MAX_FONT = 64_000_000
MAX_IMAGE = 128_000_000
MAX_WORK = 2_000_000_000
"""Pages times the largest stream of operators: pages may share one."""
_STREAM = re.compile(rb"(?<!end)stream\r?\n")
_HEAD = 1_000
_FONT = re.compile(rb"/Length1\b|/Subtype\s?/(?:Type1C|CIDFontType0C|OpenType)\b")
_IMAGE = re.compile(rb"/Subtype\s?/Image\b")
_CHUNK = 1_000_000


def largest_stream(content: bytes) -> int:
    """Bytes of the largest inflated stream of operators. Raises UsageError for a stream beyond all measure."""
    largest = 0
    for match in _STREAM.finditer(content):
        head = content[max(0, match.start() - _HEAD) : match.start()].rpartition(b"obj")[2]
        if b"/FlateDecode" not in head:
            continue
        if head.count(b"/FlateDecode") > 1:
            raise UsageError("the PDF holds a stream compressed twice: refused")
        cap = MAX_FONT if _FONT.search(head) else MAX_IMAGE if _IMAGE.search(head) else MAX_CONTENT
        end = content.find(b"endstream", match.end())
        size = _inflated(content[match.end() : end if end >= 0 else None], cap)
        if size > cap:
            raise UsageError(f"the PDF holds a stream that unpacks to more than {cap // 1_000_000} MB: refused")
        largest = max(largest, size if cap == MAX_CONTENT else 0)
    return largest


def _inflated(data: bytes, cap: int) -> int:
    """So many bytes it unpacks to, counted up to a little beyond the cap; 0 for what does not unpack."""
    inflater = zlib.decompressobj()
    size = 0
    try:
        while data and size <= cap and not inflater.eof:
            size += len(inflater.decompress(data, _CHUNK))
            data = inflater.unconsumed_tail
    except zlib.error:
        return size
    return size
