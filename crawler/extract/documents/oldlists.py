"""The lists of Word 97 to 2003 files, in the terms of `numbering`. After [MS-DOC], 2.9.131 (LSTF) and 2.9.150 (LVL)."""

import struct
from collections.abc import Iterator, Mapping

from crawler.extract.documents.numbering import Level, Lists

_FORMS, _LISTS = 0x2E2, 0x2EA
"""Where the header tells the place and length of the tables of forms and of lists."""
_FORM, _LEVEL, _LIST = 28, 28, 16
_MOST = 2_000
_STYLES = {
    0: "decimal", 1: "upperRoman", 2: "lowerRoman", 3: "upperLetter", 4: "lowerLetter", 10: "ideographDigital",
    11: "japaneseCounting", 14: "decimalFullWidth", 18: "decimalEnclosedCircle", 19: "decimalFullWidth",
    22: "decimalZero", 23: "bullet", 26: "decimalEnclosedFullstop", 27: "decimalEnclosedParen",
    28: "decimalEnclosedCircleChinese", 30: "ideographTraditional", 31: "ideographZodiac", 33: "taiwaneseCounting",
    34: "ideographLegalTraditional", 35: "taiwaneseCountingThousand", 36: "taiwaneseDigital", 37: "chineseCounting",
    38: "chineseLegalSimplified", 39: "chineseCountingThousand", 255: "none",
}  # fmt: skip


def read_old_lists(stream: bytes, table: bytes) -> Lists:
    """What the file says of its lists; none where it says nothing sensible."""
    try:
        return Lists(dict(_forms(stream, table)), {name: (form, {}) for name, form in _lists(stream, table)}, {})
    except (struct.error, IndexError):
        return Lists({}, {}, {})


def _forms(stream: bytes, table: bytes) -> Iterator[tuple[str, Mapping[int, Level]]]:
    at, length = struct.unpack_from("<II", stream, _FORMS)
    if not length:
        return
    count = min(struct.unpack_from("<H", table, at)[0], _MOST)
    heads = [table[at + 2 + number * _FORM : at + 2 + (number + 1) * _FORM] for number in range(count)]
    at += 2 + count * _FORM
    for head in heads:
        levels = {}
        for depth in range(1 if head[26] & 1 else 9):
            levels[depth], at = _level(table, at)
        yield str(struct.unpack_from("<i", head)[0]), levels


def _level(table: bytes, at: int) -> tuple[Level, int]:
    """One level, and where the next begins: its text stands behind two runs of properties."""
    start, style = struct.unpack_from("<iB", table, at)
    letters, paragraph = table[at + 24], table[at + 25]
    at += _LEVEL + letters + paragraph
    (size,) = struct.unpack_from("<H", table, at)
    text = table[at + 2 : at + 2 + 2 * size].decode("utf-16-le", "replace")
    shown = "".join(f"%{ord(sign) + 1}" if ord(sign) < 9 else sign for sign in text)
    return Level(_STYLES.get(style, "decimal"), shown, start), at + 2 + 2 * size


def _lists(stream: bytes, table: bytes) -> Iterator[tuple[str, str]]:
    at, length = struct.unpack_from("<II", stream, _LISTS)
    if length:
        for number in range(min(struct.unpack_from("<I", table, at)[0], _MOST)):
            yield str(number + 1), str(struct.unpack_from("<i", table, at + 4 + number * _LIST)[0])
