"""Web pages saved as one file (.mht, often named .doc): the HTML in it.

Read here rather than by the standard library's parser of mails, which decodes every picture and recurses as deep as
parts lie in one another.
"""

import re
from binascii import Error, a2b_base64, a2b_qp
from collections.abc import Iterator
from string import ascii_letters, digits

from crawler.errors import UsageError

_HEAD = 8_192
"""Bytes of the head of a part."""
_DEEPEST, _MOST_PARTS = 8, 2_000
_END_OF_HEAD = re.compile(rb"\r?\n\r?\n")
_FOLD = re.compile(rb"\r?\n[ \t]+")
_TYPE = re.compile(rb"^content-type[ \t]*:[ \t]*([\w.+-]{1,40}/[\w.+-]{1,80})(.*)$", re.IGNORECASE | re.MULTILINE)
_CODING = re.compile(rb"^content-transfer-encoding[ \t]*:[ \t]*\"?([\w-]{1,40})", re.IGNORECASE | re.MULTILINE)
_VALUE = rb"=[ \t]*(?:\"([^\"]{1,200})\"|([^\s;\"]{1,200}))"
_BOUNDARY = re.compile(rb"boundary[ \t]*" + _VALUE, re.IGNORECASE)
_CHARSET = re.compile(rb"charset[ \t]*" + _VALUE, re.IGNORECASE)
_NO_BASE64 = bytes(set(range(256)) - set((ascii_letters + digits + "+/").encode()))


def read_mhtml(content: bytes) -> tuple[bytes, str]:
    """The HTML part and its Content-Type. Raises UsageError where there is none."""
    for media_type, values, coding, body in _parts(content, _DEEPEST):
        if media_type == b"text/html":
            charset = _value(_CHARSET, values).decode("ascii", "ignore")
            return _decoded(body, coding), f"text/html; charset={charset}" if charset else "text/html"
    raise UsageError("the saved web page (MHTML) holds no HTML: it is damaged or cut short")


def _parts(part: bytes, deep: int) -> Iterator[tuple[bytes, bytes, bytes, bytes]]:
    """Of each part that holds no others: type, the type's parameters, encoding and body."""
    end = _END_OF_HEAD.search(part, 0, _HEAD)
    if end is None:
        return
    head = _FOLD.sub(b" ", part[: end.start()].strip())
    kind, coding = _TYPE.search(head), _CODING.search(head)
    media_type, values = (kind[1].lower(), kind[2]) if kind else (b"", b"")
    if not media_type.startswith(b"multipart/"):
        yield media_type, values, coding[1].lower() if coding else b"", part[end.end() :]
    elif deep and (boundary := _value(_BOUNDARY, values)):
        for inner in part.split(b"\n--" + boundary, _MOST_PARTS)[1:-1]:  # what has no end was cut short
            yield from _parts(inner.lstrip(b" \t").removeprefix(b"\r").removeprefix(b"\n"), deep - 1)


def _value(pattern: re.Pattern[bytes], values: bytes) -> bytes:
    found = pattern.search(values)
    return (found[1] or found[2]) if found else b""


def _decoded(body: bytes, coding: bytes) -> bytes:
    if coding == b"quoted-printable":
        return a2b_qp(body)
    if coding != b"base64":
        return body
    figures = body.translate(None, _NO_BASE64)
    try:
        return a2b_base64(figures + b"=" * (-len(figures) % 4))
    except Error:  # one figure too many, where the file was cut
        return a2b_base64(figures[: len(figures) // 4 * 4])
