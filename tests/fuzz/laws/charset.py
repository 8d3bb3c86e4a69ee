"""Bytes with any label: a text, the same each time, that can be stored."""

import codecs

from crawler.charset import decode

LABELS = (
    "", "text/html; charset=utf-8", "text/html; charset=gb2312", "text/html; charset=big5", "charset=ISO-8859-1",
    "text/html; charset=shift_jis", "text/html; charset=utf-16", "text/html; charset=no-such", "charset=base64",
)  # fmt: skip
PIECES = (
    "<meta charset=gbk>", "<meta charset='big5'>", '<?xml version="1.0" encoding="utf-16"?>', "<meta charset=rot13>",
    '<meta http-equiv=Content-Type content="text/html; charset=gb2312">', "\ufeff", "的一是了全市经济", "é",
)  # fmt: skip


def check(data: bytes) -> None:
    """The first byte chooses the label of the header, the others are the document."""
    label, content = LABELS[data[0] % len(LABELS)] if data else "", data[1:]
    text, encoding = decode(content, label)
    assert (text, encoding) == decode(content, label), "the same bytes were read otherwise"
    assert codecs.lookup(encoding)
    assert text.encode("utf-8").decode("utf-8") == text, "half a character could not be stored"
    assert len(text) <= len(content), "a text of more characters than bytes"
    if not content.startswith((codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) and _is_utf8(content):
        assert text == content.decode(), "valid UTF-8 was not read as such"


def _is_utf8(content: bytes) -> bool:
    try:
        content.decode()
    except UnicodeDecodeError:
        return False
    return True
