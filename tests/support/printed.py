"""PDF files drawn by hand, Chinese ones too, in a font of boxes of their own: the machine needs none.

pdf(page("云溪市2026年政府工作报告", …))            # lines from the top, 20 points apart
pdf(Drawn().say(72, 700, "左栏").say(320, 700, "右栏", size=11).rule(72, 690, 540, 690))
"""

import io
import struct
import zlib
from collections.abc import Iterable, Sequence

WIDTHS = {1: 1000, 2: 500}
"""Of the font's glyphs, which are mere boxes: one for Chinese, one for letters and digits."""


def box_font() -> bytes:
    """A TrueType font of boxes: PDFium drops letters whose font is neither embedded nor on the machine."""
    glyphs = b""
    for width in WIDTHS.values():
        corners = struct.pack(">8h", 0, width, 0, -width, -120, 0, 1000, 0)
        glyphs += struct.pack(">5hHH4s", 1, 0, -120, width, 880, 3, 0, b"\1\1\1\1") + corners + bytes(2)
    head = struct.pack(">IIIIHH16x4hHHhhh", 0x10000, 0x10000, 0, 0x5F0F3CF5, 0, 1000, 0, -120, 1000, 880, 0, 8, 2, 0, 0)
    tables = {
        b"glyf": glyphs,
        b"head": head,
        b"hhea": struct.pack(">I3hH3h3h8xhH", 0x10000, 880, -120, 0, 1000, 0, 0, 1000, 1, 0, 0, 0, 3),
        b"hmtx": b"".join(struct.pack(">Hh", width, 0) for width in (1000, *WIDTHS.values())),
        b"loca": struct.pack(">4H", 0, 0, len(glyphs) // 4, len(glyphs) // 2),
        b"maxp": struct.pack(">I14H", 0x10000, 3, 4, 1, 0, 0, 2, 0, 0, 0, 0, 0, 0, 0, 0),
    }
    file = struct.pack(">I4H", 0x10000, len(tables), 64, 2, 32)
    at, body = len(file) + 16 * len(tables), b""
    for name, table in tables.items():
        file += struct.pack(">4sIII", name, 0, at + len(body), len(table))
        body += table + bytes(-len(table) % 4)
    return file + body


def _stream(content: bytes, more: bytes = b"") -> bytes:
    packed = zlib.compress(content)
    return b"<</Length %d/Filter/FlateDecode%s>>stream\n%s\nendstream" % (len(packed), more, packed)


def _font() -> list[bytes]:
    """The font's objects, from number 3 on: codes are those of Unicode."""
    ranges = "".join(f"<{high:02x}00> <{high:02x}ff> <{high:02x}00>\n" for high in range(256))
    blocks = (ranges.splitlines()[start : start + 100] for start in range(0, 256, 100))
    shown = "".join(f"{len(block)} beginbfrange\n{chr(10).join(block)}\nendbfrange\n" for block in blocks)
    unicode = f"begincmap\n1 begincodespacerange <0000> <ffff> endcodespacerange\n{shown}endcmap"
    glyph_of = b"".join(struct.pack(">H", 2 if code < 0x80 else 1) for code in range(0x10000))
    font = box_font()
    glyphs = (
        b"<</Type/Font/Subtype/CIDFontType2/BaseFont/Boxes/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)"
        b"/Supplement 0>>/FontDescriptor 5 0 R/DW 1000/W[32 126 500]/CIDToGIDMap 8 0 R>>"
    )
    metrics = (
        b"<</Type/FontDescriptor/FontName/Boxes/Flags 4/FontBBox[0 -120 1000 880]/ItalicAngle 0/Ascent 880"
        b"/Descent -120/CapHeight 880/StemV 93/FontFile2 6 0 R>>"
    )
    return [
        b"<</Type/Font/Subtype/Type0/BaseFont/Boxes/Encoding/Identity-H/DescendantFonts[4 0 R]/ToUnicode 7 0 R>>",
        glyphs,
        metrics,
        _stream(font, b"/Length1 %d" % len(font)),
        _stream(unicode.encode()),
        _stream(glyph_of),
    ]


FONT = _font()
WIDTH, HEIGHT = 595, 842


class Drawn:
    """What stands on one page; places in points from the lower left corner."""

    def __init__(self, width: float = WIDTH, height: float = HEIGHT, rotate: int = 0) -> None:
        self.box, self.rotate = (width, height), rotate
        self.operators: list[str] = []

    def say(self, x: float, y: float, text: str, size: float = 12, matrix: str = "1 0 0 1") -> "Drawn":
        """Set a text with its lower left corner there."""
        code = text.encode("utf-16-be").hex()
        self.operators.append(f"BT /F1 {size} Tf {matrix} {x:.2f} {y:.2f} Tm <{code}> Tj ET")
        return self

    def lines(self, x: float, y: float, texts: Iterable[str], size: float = 12, step: float = 20) -> "Drawn":
        """Set texts below one another."""
        for row, text in enumerate(texts):
            self.say(x, y - row * step, text, size)
        return self

    def rule(self, x0: float, y0: float, x1: float, y1: float) -> "Drawn":
        """Draw a line."""
        self.operators.append(f"{x0} {y0} m {x1} {y1} l S")
        return self

    def grid(self, xs: Sequence[float], ys: Sequence[float]) -> "Drawn":
        """Rule a table."""
        for x in xs:
            self.rule(x, min(ys), x, max(ys))
        for y in ys:
            self.rule(min(xs), y, max(xs), y)
        return self

    def picture(self) -> "Drawn":
        """Fill the page with an image."""
        self.operators.append(f"q {self.box[0]} 0 0 {self.box[1]} 0 0 cm BI /W 1 /H 1 /CS /G /BPC 8 ID \x80 EI Q")
        return self


def page(*texts: str, x: float = 72, y: float = 760, size: float = 12, step: float = 20) -> Drawn:
    """Lines from the top."""
    return Drawn().lines(x, y, texts, size, step)


def column(text: str, width: int, indent: int = 2) -> list[str]:
    """A paragraph of Chinese as lines of so many characters, the first indented by blanks of full width."""
    text = "　" * indent + text
    return [text[start : start + width] for start in range(0, len(text), width)]


def pdf(*pages: Drawn, compress: bool = False, trailer: bytes = b"") -> bytes:
    """The file."""
    objects = [b"<</Type/Catalog/Pages 2 0 R>>", b"", *FONT]
    kids = []
    for drawn in pages:
        stream = "\n".join(drawn.operators).encode("latin-1")
        filters = b""
        if compress:
            stream, filters = zlib.compress(stream), b"/Filter/FlateDecode"
        objects.append(b"<</Length %d%s>>stream\n%s\nendstream" % (len(stream), filters, stream))
        objects.append(
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 %g %g]/Rotate %d/Resources<</Font<</F1 3 0 R>>>>/Contents %d 0 R>>"
            % (*drawn.box, drawn.rotate, len(objects))
        )
        kids.append(b"%d 0 R" % len(objects))
    objects[1] = b"<</Type/Pages/Count %d/Kids[%s]>>" % (len(kids), b" ".join(kids))
    return assembled(objects, trailer)


def assembled(objects: Sequence[bytes], trailer: bytes = b"") -> bytes:
    """Objects, numbered from 1, as a file; the first is its catalogue."""
    out, offsets = io.BytesIO(b"%PDF-1.4\n"), []
    out.seek(0, io.SEEK_END)
    for number, content in enumerate(objects, 1):
        offsets.append(out.tell())
        out.write(b"%d 0 obj\n%s\nendobj\n" % (number, content))
    start = out.tell()
    entries = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    out.write(b"xref\n0 %d\n0000000000 65535 f \n%s" % (len(objects) + 1, entries))
    out.write(b"trailer<</Size %d/Root 1 0 R%s>>\nstartxref\n%d\n%%%%EOF" % (len(objects) + 1, trailer, start))
    return out.getvalue()
