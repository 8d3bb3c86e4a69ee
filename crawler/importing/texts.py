"""Bytes of a text file -> text, or a clear refusal; small texts in other programs' files. Ring 1."""

import codecs
import re
from datetime import timedelta

from crawler.errors import UsageError

LARGEST = 10_000_000
"""Bytes of a text file, which is a hundred thousand addresses."""

_WIDE = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_NO_TEXT = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
_BREAK = re.compile(r"\r\n|\n|\r")
_DURATION = re.compile(r"([0-9]{1,9}) ?(s|m|h|d|w)")
_SECONDS = {"s": 1, "m": 60, "h": 3_600, "d": 86_400, "w": 604_800}


def decoded(content: bytes) -> str:
    """The text: UTF-8, UTF-16 with its mark, or GB18030 as spreadsheets in China write it."""
    if len(content) > LARGEST:
        raise UsageError(f"larger than {LARGEST // 1_000_000} MB, which is more than a list of pages holds")
    for encoding in ("utf-16",) if content.startswith(_WIDE) else ("utf-8-sig", "gb18030"):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if odd := _NO_TEXT.search(text):
            line = text.count("\n", 0, odd.start()) + 1
            raise UsageError(
                f"line {line}: this is not a text file: it contains the character U+{ord(odd.group()):04X}"
            )
        return text
    raise UsageError("this is neither UTF-8 nor GB18030 text: save it with the encoding UTF-8")


def lines_of(text: str) -> list[str]:
    """The lines as editors count them."""
    return _BREAK.split(text)


def duration(written: str) -> timedelta | None:
    """A number and a unit as time."""
    match = _DURATION.fullmatch(written.strip().lower())
    return timedelta(seconds=int(match[1]) * _SECONDS[match[2]]) if match else None


def as_text(item: object) -> str:
    """A scalar of another program's file as a text; anything else is none."""
    return item.strip() if isinstance(item, str) else ""


def texts(item: object) -> list[str]:
    """A text, or a list of texts, as a list without the empty ones."""
    each = item if isinstance(item, list) else [item]
    return [text for text in map(as_text, each) if text]
