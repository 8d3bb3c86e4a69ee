"""Word 97 to 2003 files (.doc, and .wps of WPS Office): text, tables and revisions. After [MS-DOC].

Read here rather than through a program such as catdoc, which guesses block by block whether a text is Unicode and
mistakes Chinese for Latin letters where a block holds no blank.
"""

import re
import struct
from bisect import bisect_right
from collections.abc import Iterator
from itertools import islice, pairwise
from typing import NamedTuple

from crawler.errors import UsageError
from crawler.extract.documents.cells import CELL, ROW, row_of
from crawler.extract.documents.compound import Compound
from crawler.extract.documents.fields import without_fields
from crawler.extract.documents.numbering import Counter
from crawler.extract.documents.oldlists import read_old_lists

_ENCRYPTED, _SECOND_TABLE = 0x0100, 0x0200
_WORD_97 = 0xC1
_LENGTHS = 0x4C
"""Where the header tells the lengths of main text, footnotes, headers, macros, comments, endnotes and text boxes."""
_SPANS, _PARAGRAPHS, _PIECES = 0xFA, 0x102, 0x1A2
"""Where it tells the place and length of the tables of letters, of paragraphs, and of pieces."""
_DELETED, _HIDDEN = 0x0800, 0x083C
_IN_TABLE, _ROW_END, _INNER_ROW_END = 0x2416, 0x2417, 0x244C
_OPERANDS = (1, 1, 2, 4, 2, 2, 0, 3)
_PAGE = 512
_MOST_CHARACTERS = 4_000_000
_MOST_STRETCHES = 200_000
_MATTERING = frozenset((_DELETED, _HIDDEN, _IN_TABLE, _ROW_END, _INNER_ROW_END))
_LIST, _DEPTH = 0x460B, 0x260A
_ITEM = "\ufdd0"
_ITEMS = re.compile(f"{_ITEM}(\\d+),(\\d+)")
"""Marks the end of a list item, with list and depth; the sign is no character of any text."""
_PLAIN = str.maketrans({
    **{chr(sign): "" for sign in (*range(7), 8, 0x0E, 0x0F, *range(0x10, 0x13), *range(0x16, 0x1E), 0x1F, ord(_ITEM))},
    "\x0b": " ",
    "\x0c": "\r",
    "\x1e": "-",
})  # fmt: skip
"""Signs without text (pictures, marks of notes, our own) go; breaks of lines and pages become what they look like."""


class _Piece(NamedTuple):
    """A stretch of text as it lies in the stream."""

    start: int
    """Number of its first character in the document."""
    end: int
    offset: int
    """Of its first byte."""
    wide: bool
    """Two bytes a character; else one, in the Western code page."""


class _Properties(NamedTuple):
    """Those that matter."""

    flags: frozenset[int] = frozenset()
    listed: int = 0
    """Number of the list, from 1."""
    depth: int = 0


class _Stretch(NamedTuple):
    """Bytes of the text with the properties they bear."""

    start: int
    end: int
    properties: _Properties


def read_old_word(content: bytes) -> list[str]:
    """The lines of the document: paragraphs and rows of tables, then notes and text boxes. Raises UsageError."""
    file = Compound(content)
    if "EncryptedPackage" in file:
        raise UsageError("the Office file asks for a password: it is encrypted and cannot be watched")
    stream = file.stream("WordDocument")
    try:
        magic, version, flags = *struct.unpack_from("<HH", stream), *struct.unpack_from("<H", stream, 10)
        if magic != 0xA5EC or version < _WORD_97:
            raise UsageError("a Word file from before Word 97, or a damaged one: save it as .docx to have it read")
        if flags & _ENCRYPTED:
            raise UsageError("the Word file asks for a password: it is encrypted and cannot be watched")
        table = file.stream("1Table" if flags & _SECOND_TABLE else "0Table")
        return [*_lines(stream, table)]
    except (struct.error, IndexError) as error:
        raise UsageError(f"the Word file is damaged or cut short ({error})") from error


def _lines(stream: bytes, table: bytes) -> Iterator[str]:
    main, notes, heads, macros, remarks, endnotes, boxes = struct.unpack_from("<7I", stream, _LENGTHS)
    pieces, counter = [*_pieces(stream, table)], Counter(read_old_lists(stream, table))
    letters, paragraphs = _stretches(stream, table, _SPANS), _stretches(stream, table, _PARAGRAPHS)
    behind = main + notes + heads + macros + remarks
    for start, length in ((0, main), (main, notes), (behind, endnotes), (behind + endnotes, boxes)):
        text = "".join(_texts(stream, pieces, (start, start + length), letters, paragraphs))
        yield from _split(without_fields(text), counter)


def _pieces(stream: bytes, table: bytes) -> Iterator[_Piece]:
    """The stretches of text, in order of reading: text typed later lies further behind in the stream."""
    at, length = struct.unpack_from("<II", stream, _PIECES)
    end = min(at + length, len(table))
    while at < end and table[at] == 1:  # properties of formatting
        at += 3 + struct.unpack_from("<H", table, at + 1)[0]
    if at >= end or table[at] != 2:
        raise UsageError("the Word file is damaged: it does not say where its text lies")
    count = (struct.unpack_from("<I", table, at + 1)[0] - 4) // 12
    places = struct.unpack_from(f"<{count + 1}I", table, at + 5)
    if not 0 < places[-1] <= min(_MOST_CHARACTERS, len(stream)) or any(one > next_ for one, next_ in pairwise(places)):
        raise UsageError("the Word file is damaged: it says its text is longer than the file")
    for number in range(count):
        (offset,) = struct.unpack_from("<I", table, at + 5 + 4 * (count + 1) + 8 * number + 2)
        narrow = bool(offset & 0x40000000)
        offset = (offset & 0x3FFFFFFF) // 2 if narrow else offset
        yield _Piece(places[number], places[number + 1], offset, not narrow)


def _texts(
    stream: bytes, pieces: list[_Piece], span: tuple[int, int], letters: list[_Stretch], paragraphs: list[_Stretch]
) -> Iterator[str]:
    """The text between two characters, without what is not seen; ends of rows are told from ends of cells."""
    for piece in pieces:
        start, end = max(piece.start, span[0]), min(piece.end, span[1])
        if start >= end:
            continue
        width = 2 if piece.wide else 1
        first = piece.offset + (start - piece.start) * width
        last = first + (end - start) * width
        for cut, until, unseen in _cut(first, last, letters):
            for from_, to, properties in _cut(cut, until, paragraphs) if not unseen.flags else ():
                text = stream[from_:to].decode("utf-16-le" if piece.wide else "cp1252", "replace")
                yield _marked(text.translate(_PLAIN), properties)


def _marked(text: str, properties: _Properties) -> str:
    """The text with marks that tell cells from rows (the file has one for both), and list items from paragraphs."""
    flags = properties.flags
    if properties.listed:
        text = text.replace("\r", f"{_ITEM}{properties.listed},{properties.depth}\r")
    if flags & {_ROW_END, _INNER_ROW_END}:
        return text.replace("\x07", ROW).replace("\r", ROW)
    if flags:
        return text.replace("\r", " ").replace("\x07", CELL)
    return text.replace("\x07\x07", CELL + ROW).replace("\x07", CELL)


def _cut(first: int, last: int, marked: list[_Stretch]) -> Iterator[tuple[int, int, _Properties]]:
    """A stretch of bytes cut where the properties change."""
    at = max(0, bisect_right(marked, first, key=lambda stretch: stretch.start) - 1)
    while first < last:
        while at < len(marked) and marked[at].end <= first:
            at += 1
        if at == len(marked) or marked[at].start >= last:
            yield first, last, _Properties()
            return
        stretch = marked[at]
        if first < stretch.start:
            yield first, stretch.start, _Properties()
        yield max(first, stretch.start), min(last, stretch.end), stretch.properties
        first = min(last, stretch.end)


def _stretches(stream: bytes, table: bytes, where: int) -> list[_Stretch]:
    """What properties the bytes of the text bear, by one of the two tables of pages of properties: each byte once."""
    at, length = struct.unpack_from("<II", stream, where)
    count = max(0, min(length, len(table) - at) - 4) // 8
    pages = struct.unpack_from(f"<{count}I", table, at + 4 * (count + 1)) if count else ()
    letters = where == _SPANS
    found = (
        each for page in dict.fromkeys(pages) for each in _page(stream[page * _PAGE : (page + 1) * _PAGE], letters)
    )
    mattering = (each for each in islice(found, _MOST_STRETCHES) if each.properties != _Properties())
    apart: list[_Stretch] = []
    for each in sorted(mattering, key=lambda each: each.start):
        start = max(each.start, apart[-1].end if apart else 0)
        if start < each.end:
            apart.append(each._replace(start=start))
    return apart


def _page(page: bytes, letters: bool) -> Iterator[_Stretch]:
    if len(page) < _PAGE:
        return
    count = page[-1]
    size = 1 if letters else 13
    if 4 * (count + 1) + size * count > _PAGE:
        return
    places = struct.unpack_from(f"<{count + 1}I", page)
    for number in range(count):
        at = 2 * page[4 * (count + 1) + size * number]
        properties = b""
        if at and letters:
            properties = page[at + 1 : at + 1 + page[at]]
        elif at:  # a length in words; 0: it stands in the next byte. A number of a style comes first
            start = at + 1 if page[at] else at + 2
            properties = page[start + 2 : start + (2 * page[at] - 1 if page[at] else 2 * page[at + 1])]
        yield _Stretch(places[number], places[number + 1], _read(properties))


def _read(properties: bytes) -> _Properties:
    """A run of changes of properties: each a code, which tells how long its operand is, and that."""
    flags, numbers, at = set[int](), {_LIST: 0, _DEPTH: 0}, 0
    while at + 2 < len(properties):
        (code,) = struct.unpack_from("<H", properties, at)
        at += 2
        if code in _MATTERING and properties[at] in (1, 0x81):
            flags.add(code)
        size = _OPERANDS[code >> 13]
        if code in numbers:
            numbers[code] = int.from_bytes(properties[at : at + size], "little")
        if not size:
            size = 1 + properties[at] if code != 0xD608 else 1 + struct.unpack_from("<H", properties, at)[0]
        at += size
    return _Properties(frozenset(flags), numbers[_LIST], numbers[_DEPTH])


def _split(text: str, counter: Counter) -> Iterator[str]:
    """Paragraphs, list items with their numbers; the cells of a row, each ended by a mark, as one line."""
    for line in text.replace(ROW, "\r").split("\r"):
        row, said = row_of(line)
        if row:
            yield _ITEMS.sub("", row)
        if item := _ITEMS.search(said):
            said = said[: item.start()]
            label = counter.number(item[1], int(item[2]))
            yield f"{label} {said}" if said.strip() else ""
        else:
            yield said
