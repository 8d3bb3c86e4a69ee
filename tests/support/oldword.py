"""Old Word files (.doc, Word 97) made by hand: just enough of the compound file and of the streams in it.

doc("各位代表：", "增长6%左右。")                       # paragraphs
doc(("指标", "目标"), hidden=[(3, 5)])                # a tuple is a row of a table; characters 3 and 4 are hidden
"""

import struct
from collections.abc import Iterable, Mapping, Sequence

_SECTOR = 512
_END, _FREE, _FAT = 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFD
_TEXT_AT = 0x600
_HIDDEN, _IN_TABLE, _ROW_END = b"\x3c\x08\x01", b"\x16\x24\x01", b"\x17\x24\x01"


def doc(
    *blocks: str | tuple[str, ...],
    flags: int = 0,
    hidden: Iterable[tuple[int, int]] = (),
    notes: str = "",
    listed: Mapping[int, int] | None = None,
    levels: Sequence[tuple[int, str]] = (),
) -> bytes:
    """A file of these paragraphs and rows; `listed` are depths by number of the block, `levels` formats and texts."""
    text, paragraphs = "", list[tuple[int, int, bytes]]()
    for number, block in enumerate(blocks):
        start = len(text)
        if isinstance(block, str):
            text += block + "\r"
            depth = (listed or {}).get(number)
            item = b"" if depth is None else b"\x0a\x26" + bytes([depth]) + b"\x0b\x46\x01\0"
            paragraphs.append((start, len(text), item))
        else:
            text += "".join(f"{cell}\x07" for cell in block) + "\x07"
            paragraphs.append((start, len(text) - 1, _IN_TABLE))
            paragraphs.append((len(text) - 1, len(text), _IN_TABLE + _ROW_END))
    main, text = len(text), text + notes
    raw = text.encode("utf-16-le")
    at = _TEXT_AT + len(raw) + -len(raw) % _SECTOR
    head = bytearray(_TEXT_AT)
    struct.pack_into("<HHHHHH", head, 0, 0xA5EC, 0xC1, 0, 0x0804, 0, 0x1200 | flags)
    struct.pack_into("<II", head, 0x18, _TEXT_AT, _TEXT_AT + len(raw))
    struct.pack_into("<II", head, 0x4C, main, len(notes))
    pieces = b"\x02" + struct.pack("<III2xI2x", 16, 0, len(text), _TEXT_AT)
    tables = (struct.pack("<III", 0, 0xFFFF, at // _SECTOR), struct.pack("<III", 0, 0xFFFF, at // _SECTOR + 1))
    struct.pack_into("<IIII", head, 0xFA, len(pieces), 12, len(pieces) + 12, 12)
    struct.pack_into("<II", head, 0x1A2, 0, len(pieces))
    room = pieces + b"".join(tables)
    form, numbered = _list(levels)
    struct.pack_into("<IIII", head, 0x2E2, len(room), 2 + 28, len(room) + len(form), len(numbered))
    spans = _filled([(start, end, _HIDDEN) for start, end in hidden], len(text))
    body = bytes(head) + raw + bytes(-len(raw) % _SECTOR) + _page(spans, 1) + _page(_filled(paragraphs, len(text)), 13)
    return compound(WordDocument=body, **{"1Table": room + form + numbered})


def _list(levels: Sequence[tuple[int, str]]) -> tuple[bytes, bytes]:
    """The form of one list of nine levels, and the list."""
    form = struct.pack("<HiI18xBB", 1, 7, 0, 0, 0)
    for style, text in [*levels, *[(0, "")] * (9 - len(levels))]:
        form += struct.pack("<iB23x", 1, style) + struct.pack("<H", len(text)) + text.encode("utf-16-le")
    return form, struct.pack("<Ii12x", 1, 7)


def _filled(spans: Sequence[tuple[int, int, bytes]], size: int) -> list[tuple[int, int, bytes]]:
    """Stretches from the first character to the last, without properties between those given."""
    whole, at = list[tuple[int, int, bytes]](), 0
    for start, end, properties in [*spans, (size, size, b"")]:
        if start > at:
            whole.append((at, start, b""))
        if end > start:
            whole.append((start, end, properties))
        at = end
    return whole


def _page(spans: list[tuple[int, int, bytes]], size: int) -> bytes:
    """A page of properties: of letters (size 1) or paragraphs (13)."""
    page = bytearray(_SECTOR)
    places = [_TEXT_AT + 2 * start for start, _, _ in spans] + [_TEXT_AT + 2 * spans[-1][1]]
    struct.pack_into(f"<{len(places)}I", page, 0, *places)
    free = _SECTOR - 2
    for number, (_, _, properties) in enumerate(spans):
        if not properties:
            continue
        if size == 1:
            record = bytes([len(properties)]) + properties
        else:
            filled = b"\0\0" + properties + b"\0" * (len(properties) % 2)
            record = b"\0" + bytes([len(filled) // 2]) + filled
        free -= len(record) + (len(record) + free) % 2
        free -= free % 2
        page[free : free + len(record)] = record
        page[4 * len(places) + size * number] = free // 2
    page[-1] = len(spans)
    return bytes(page)


def compound(**streams: bytes) -> bytes:
    """A compound file of these streams; short ones are filled up to 4096 bytes, so that none is a small one."""
    sectors, entries, fat = b"", list[tuple[str, int, int]](), list[int]()
    for name, stream in streams.items():
        stream += bytes(max(0, 4096 - len(stream)))
        stream += bytes(-len(stream) % _SECTOR)
        entries.append((name, len(fat), len(stream)))
        fat += [*range(len(fat) + 1, len(fat) + len(stream) // _SECTOR), _END]
        sectors += stream
    directory = _entry("Root Entry", 5, _END, 0) + b"".join(_entry(name, 2, *rest) for name, *rest in entries)
    directory += bytes(-len(directory) % _SECTOR)
    first = len(fat)
    fat += [*range(first + 1, first + len(directory) // _SECTOR), _END]
    tables = -(-(len(fat) + len(fat) // 127 + 1) // 128)
    start = len(fat)
    fat += [_FAT] * tables
    fat += [_FREE] * (128 * tables - len(fat))
    header = struct.pack(
        "<8s16xHHHHH6xIIIIIIIII",
        *(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", 0x3E, 3, 0xFFFE, 9, 6),
        *(0, tables, first, 0, 4096, _END, 0, _END, 0),
    )
    header += struct.pack("<109I", *range(start, start + tables), *[_FREE] * (109 - tables))
    return header + sectors + directory + struct.pack(f"<{len(fat)}I", *fat)


def _entry(name: str, kind: int, start: int, size: int) -> bytes:
    shown = name.encode("utf-16-le")
    return struct.pack("<64sHBBIII16x4x16xIII", shown, len(shown) + 2, kind, 1, _FREE, _FREE, _FREE, start, size, 0)
