"""Documents made to be slow or large to read, by name: functions of a size. Each says SENTENCE, or is REFUSED."""

import base64
import io
import struct
import zipfile
import zlib
from collections.abc import Callable

from bench.hostile import SENTENCE
from tests.support.oldword import compound
from tests.support.oldword import doc as old_word
from tests.support.printed import FONT, Drawn, assembled, pdf

Shape = Callable[[float], bytes]

_FEW, _SOME, _MANY = 1_000, 10_000, 50_000
"""So many things of a kind has a document of the size 1: large ones, others, and small ones."""


# --- old Word ---------------------------------------------------------------------------------------------------------


def _said(piece: str, count: int = _MANY) -> Shape:
    """An old Word file that says so many pieces before its sentence."""
    return lambda size: old_word(piece * int(size * count), SENTENCE)


def _table_of_one_sector(size: float) -> bytes:
    """The parts of its table are all one sector, and their list goes on with itself."""
    sectors = 4 * int(size * _FEW)
    body = bytearray(512 * sectors)
    struct.pack_into("<128I", body, 0, *[1] * 127, 0)
    struct.pack_into("<128I", body, 512, *range(1_000, 1_128))
    head = bytearray(512)
    head[:8] = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
    struct.pack_into("<HH", head, 30, 9, 6)
    struct.pack_into("<I4xII", head, 48, 0xFFFFFFFE, 4096, 0xFFFFFFFE)
    struct.pack_into("<II109I", head, 68, 0, sectors, *[0xFFFFFFFF] * 109)
    return bytes(head + body) + "WordDocument".encode("utf-16-le") + bytes(2)


def _small_chain_of_itself(size: float) -> bytes:
    """Its text is a short stream of 4 GB, whose one sector follows itself."""
    file = bytearray(compound(WordDocument=bytes(int(size * _FEW) * 512)))
    first = struct.unpack_from("<I", file, 48)[0]
    struct.pack_into("<I", file, 56, 0xFFFFFFFF)  # streams below this size are small
    struct.pack_into("<I", file, 60, 0)  # their table is the stream's own zeros
    entry = 512 * (first + 1)
    struct.pack_into("<II", file, entry + 116, 0, 64)
    struct.pack_into("<II", file, entry + 128 + 116, 0, 0xFFFFFF00)
    return bytes(file)


def _backward_stretches(size: float) -> bytes:
    """Stretches of properties end before they begin, so that each seems to leave the whole text to be read."""
    text = SENTENCE + "一" * 200_000 + "\r"
    raw = text.encode("utf-16-le")
    start, end = 0x600, 0x600 + len(raw)
    pages = [_page_of_properties(start + 80 * number, end) for number in range(int(size * _FEW))]
    stream = bytearray(start) + raw + bytes(-len(raw) % 512)
    at = len(stream) // 512
    stream += b"".join(pages)
    struct.pack_into("<HHHHHH", stream, 0, 0xA5EC, 0xC1, 0, 0x0804, 0, 0x1200)
    struct.pack_into("<I", stream, 0x4C, len(text))
    pieces = b"\x02" + struct.pack("<III2xI2x", 16, 0, len(text), start)
    places = struct.pack(f"<{len(pages) + 1}I", *range(len(pages) + 1))
    table = places + struct.pack(f"<{len(pages)}I", *range(at, at + len(pages)))
    struct.pack_into("<II", stream, 0xFA, len(pieces), len(table))
    struct.pack_into("<II", stream, 0x1A2, 0, len(pieces))
    return compound(WordDocument=bytes(stream), **{"1Table": pieces + table})


def _page_of_properties(start: int, end: int) -> bytes:
    """Forty stretches from the end of the text to its start, each ending a character behind the one before."""
    page, item = bytearray(512), b"\x04\x0b\x46\x01\0"
    places = [place for number in range(40) for place in (end - 2, start + 2 * number + 2)]
    struct.pack_into("<81I", page, 0, *places, end - 2)
    page[4 * 81 : 4 * 81 + 80] = bytes([250, 0]) * 40
    page[500 : 500 + len(item)] = item
    page[-1] = 80
    return bytes(page)


# --- Word -------------------------------------------------------------------------------------------------------------


def _word(*parts: str, numbering: str = "", name: str = "x") -> bytes:
    """A .docx of paragraphs, the sentence last."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        said = f"<w:p><w:r><w:t>{SENTENCE}</w:t></w:r></w:p>"
        head = f'<w:document xmlns:w="{name}"><w:body>'
        archive.writestr("word/document.xml", f"{head}{''.join(parts)}{said}</w:body></w:document>")
        if numbering:
            archive.writestr("word/numbering.xml", f'<w:numbering xmlns:w="x">{numbering}</w:numbering>')
    return file.getvalue()


_BEGIN = '<w:fldChar w:fldCharType="begin"/>'


def _runs(piece: str, count: int = _MANY) -> Shape:
    """A paragraph of so many runs."""
    return lambda size: _word("<w:p>" + f"<w:r>{piece}</w:r>" * int(size * count) + "</w:p>")


def _instructed(size: float) -> bytes:
    """A field whose instruction is in many pieces."""
    pieces = "<w:instrText>甲乙丙丁甲乙丙丁甲乙丙丁</w:instrText>" * int(size * 4 * _MANY)
    return _word(f"<w:p><w:r>{_BEGIN}{pieces}{_BEGIN.replace('begin', 'end')}</w:r></w:p>")


def _nested(tags: str, count: int = _SOME) -> Shape:
    names = tags.split()

    def make(size: float) -> bytes:
        depth = int(size * count)
        ends = "".join(f"</w:{name}>" for name in reversed(names))
        return _word("".join(f"<w:{name}>" for name in names) * depth, "<w:p/>", ends * depth)

    return make


def _labelled(size: float) -> bytes:
    level = f'<w:lvl w:ilvl="0"><w:numFmt w:val="decimal"/><w:lvlText w:val="{"号" * 1_000_000}"/></w:lvl>'
    numbering = f'<w:abstractNum w:abstractNumId="1">{level}</w:abstractNum><w:num w:numId="1">'
    item = '<w:p><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr><w:r><w:t>一</w:t></w:r></w:p>'
    return _word(item * int(size * _SOME), numbering=f'{numbering}<w:abstractNumId w:val="1"/></w:num>')


def _unpacked(piece: str, size: float) -> bytes:
    """A .docx whose text is 60 MB in a few bytes."""
    return _word(f"<w:p>{piece * int(15_000_000 * size / len(piece))}</w:p>")


# --- RTF --------------------------------------------------------------------------------------------------------------


def _rich(piece: bytes, count: int = _MANY, start: bytes = b"", end: bytes = b"") -> Shape:
    return lambda size: (
        b"{\\rtf1\\ansi\\ansicpg936 "
        + start
        + piece * int(size * count)
        + end
        + b"\\par "
        + b"".join(b"\\'%02x" % byte for byte in SENTENCE.encode("gb18030"))
        + b"\\par}"
    )


# --- web pages in one file --------------------------------------------------------------------------------------------


def _mail(parts: bytes, html: bytes = f"<p>{SENTENCE * 4}</p>".encode()) -> bytes:
    head = b'MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary="b0"\r\n\r\n'
    return head + b"--b0\r\nContent-Type: text/html; charset=utf-8\r\n\r\n" + html + b"\r\n" + parts + b"\r\n--b0--\r\n"


def _mails_within_one_another(size: float) -> bytes:
    inner = (b"\r\n--b%d\r\nContent-Type: multipart/related; boundary=b%d\r\n\r\n" % (n, n + 1)
             for n in range(int(size * _FEW)))  # fmt: skip
    return b"MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=b0\r\n" + b"".join(inner)


def _pictures(size: float) -> bytes:
    data = base64.encodebytes(bytes(2_000_000))
    part = b"--b0\r\nContent-Type: image/png\r\nContent-Transfer-Encoding: base64\r\n\r\n" + data
    return _mail(part * int(size * 4))


# --- PDF --------------------------------------------------------------------------------------------------------------


def _printed(draw: Callable[[Drawn, float], object], height: float = 12) -> Shape:
    """A page of 14,400 points each way, the sentence at its foot."""

    def make(size: float) -> bytes:
        drawn = Drawn(14_400, 14_400).say(72, 40, SENTENCE, height)
        draw(drawn, size)
        return pdf(drawn, compress=True)

    return make


def _scattered(drawn: Drawn, size: float) -> None:
    count = int(size * _SOME / 3)
    for number in range(count):
        drawn.say(number * 13_000 / count, 14_000 - number * 13_000 / count, "甲", 1)


def _rows_of_parts(drawn: Drawn, size: float) -> None:
    count = int(size * _FEW)
    for row in range(4):
        for number in range(count):
            drawn.say(number * 14_000 / count + 3 * (row % 2), 9_000 - 30 * row, "甲", 2)


def _backward_row(drawn: Drawn, size: float) -> None:
    count = int(size * _SOME)
    for number in reversed(range(count)):
        drawn.say(number * 14_000 / count, 9_000, "甲", 14_000 / count)


def _ruled(drawn: Drawn, size: float) -> None:
    places = [100 + 50 * number for number in range(int(100 * min(size, 1)))]
    drawn.grid(places, [place + 1_000 for place in places])
    for number in range(int(size * _SOME)):
        drawn.say(100 + number % 100 * 50, 1_000 + number // 100 * 12, "12", 6)


def _lines(drawn: Drawn, size: float) -> None:
    count = int(size * _SOME)
    for number in range(count):
        drawn.say(72, 14_000 - number * 13_900 / count, "做好工作" * 8, 0.3)


def _starts(piece: bytes, count: int = _MANY) -> Shape:
    """Before a page, so many beginnings of streams."""
    said = pdf(Drawn().say(72, 700, SENTENCE))
    return lambda size: said.replace(b"\n", b"\n%" + piece * int(size * count) + b"\n", 1)


def _inflating(size: float) -> bytes:
    """Streams of 15 MB each."""
    packed = zlib.compress(bytes(15_000_000), 9)
    stream = b"<</Length %d/Filter/FlateDecode>>stream\n%s\nendstream" % (len(packed), packed)
    return assembled([b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Count 0/Kids[]>>", *[stream] * int(size * 10)])


def forms_in_forms(size: float) -> bytes:
    """Forms within forms, each drawn three times by the one before: three to the power of their number in all.

    PDFium has no cap of its own, and nothing ends it: not among DOCUMENTS.
    """
    head = b"<</Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</X %d 0 R>>>>/Length %d>>stream\n%s\nendstream"
    calls = b"/X Do " * 3
    count, first = int(size * 15), 3 + len(FONT) + 2
    forms = [head % (first + number + 1, len(calls), calls) for number in range(count - 1)]
    page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<</XObject<</X %d 0 R>>>>/Contents %d 0 R>>"
    contents = b"<</Length %d>>stream\n%s\nendstream" % (len(calls), calls)
    kids = b"<</Type/Pages/Count 1/Kids[%d 0 R]>>" % (first - 1)
    return assembled([b"<</Type/Catalog/Pages 2 0 R>>", kids, *FONT, contents, page % (first, first - 2), *forms])


DOCUMENTS: dict[str, Shape] = {
    "doc: a table of one sector": _table_of_one_sector,
    "doc: a small stream without end": _small_chain_of_itself,
    "doc: stretches that run backwards": _backward_stretches,
    "doc: fields in fields": _said("\x13TOC\x14a\x15\x13\x14a"),
    "doc: cells": _said("一\x07"),
    "docx: texts of a paragraph": _runs("<w:t>做好工作做好工作</w:t>", 4 * _MANY),
    "docx: line breaks": _runs("<w:t>工作</w:t><w:br/>"),
    "docx: fields in fields": _runs(_BEGIN + "<w:t>一</w:t>"),
    "docx: an instruction": _instructed,
    "docx: tables in tables": _nested("tbl tr tc"),
    "docx: boxes in boxes": _nested("p r txbxContent"),
    "docx: labels of lists": _labelled,
    "docx: a long namespace": lambda size: _word("<w:a/>" * int(size * _MANY), name="x" * 400_000),
    "docx: attributes": lambda size: _word("<w:p a='1' b='2' c='3' d='4' e='5'/>" * int(size * _MANY)),
    "docx: sixty megabytes": lambda size: _unpacked("<w:r/>", size),
    "docx: a text of sixty megabytes": lambda size: _unpacked("<w:r><w:t>" + "工作" * 1_000_000 + "</w:t></w:r>", size),
    "rtf: an instruction": _rich(b"abcdefgh\\b ", 6 * _MANY, b"{\\field{\\*\\fldinst ", b"}}"),
    "rtf: groups": _rich(b"{"),
    "rtf: cells": _rich(b"\\intbl a\\cell "),
    "rtf: signs in Unicode": _rich(b"\\u-10187?\\u-8960?"),
    "mhtml: parts in parts": _mails_within_one_another,
    "mhtml: parts": lambda size: _mail(b"--b0\r\nContent-Type: image/png\r\n\r\nx\r\n" * int(size * _SOME)),
    "mhtml: pictures": _pictures,
    "mhtml: quotation marks": lambda size: _mail(b"--b0\r\nContent-Type: a/b" + b';";' * int(size * _MANY) + b"\r\n"),
    "pdf: lines of a paragraph": _printed(_lines, 0.3),
    "pdf: scattered characters": _printed(_scattered),
    "pdf: rows of many parts": _printed(_rows_of_parts),
    "pdf: a row set backwards": _printed(_backward_row),
    "pdf: a ruled page": _printed(_ruled),
    "pdf: beginnings of streams": _starts(b"obj/FlateDecode stream\r\n"),
    "pdf: streams of 15 MB": _inflating,
}  # fmt: skip
REFUSED = frozenset((
    "doc: a table of one sector", "doc: a small stream without end", "docx: sixty megabytes", "mhtml: parts in parts",
    "pdf: streams of 15 MB",
))  # fmt: skip
"""At any size; others are from some size on."""
