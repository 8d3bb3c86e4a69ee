"""PDF files through PDFium: characters and ruling lines of each page, turned upright. The only importer of pypdfium2.

The order of characters in a file is no promise, so only their places are taken from it: `rows`, `columns` and
`paragraphs` make text of them.
"""

import ctypes
import math
import unicodedata
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import NamedTuple

from crawler.errors import UsageError
from crawler.extract.documents.inflation import MAX_WORK, largest_stream
from crawler.extract.documents.sheets import Rule, Run, Sheet

try:
    import pypdfium2
    import pypdfium2.raw as pdfium
except ImportError:  # the extra `documents` is not installed
    pypdfium2 = None

MAX_PAGES = 2_000
MAX_CHARACTERS = 1_000_000
MAX_OBJECTS = 5_000_000
"""On all pages; a dense page has 3,000."""
MAX_TEXTS = 50_000
"""Pieces of text on a page, if there were no other: PDFium compares each with those of its line, so squares add up."""
_MAX_RULES, _MAX_DRAWN = 5_000, 20_000
"""Of a page: ruling lines, and objects among which they are looked for."""
_MAX_ALL_RULES, _MAX_SEGMENTS = 50_000, 1_000_000
"""Of the document: what is drawn beyond them divides no table."""
_SPACE, _HYPHENS = 0x20, (0x02, 0xFFFE)
_BLANKS = frozenset((_SPACE, 0xA0, *range(0x2000, 0x200C), 0x202F, 0x205F, 0x3000))
_LEAST_GAP = 0.25
"""In sizes of the font: a gap from which on two letters are two words."""
_DIGITS_GAP = 0.7
_WIDEST_GAP = 0.35
"""In sizes of the font: beyond it begins another run."""
_RADICALS = str.maketrans(
    "⺁⺄⺆⺈⺊⺌⺍⺎⺗⺝⺟⺠⺢⺣⺩⺪⺬⺮⺶⺷⺻⺼⻁⻄⻅⻆⻈⻉⻋⻍⻎⻏⻑⻒⻓⻔⻖⻗⻘⻙⻚⻛⻜⻝⻢⻣⻤⻥⻦⻧⻨⻩⻬⻮⻰⻳",
    "厂乙冂刀卜小小兀心月母民水火王疋示竹羊羊聿肉虎西见角讠贝车辶辶阝長镸长门阝雨青韦页风飞食马骨鬼鱼鸟卤麦黄齐齿龙龟",
)
"""Radicals that PDF printers write for the characters they look like, as far as NFKC leaves them."""


@dataclass
class _Left:
    """What a document may still hold."""

    characters: int
    objects: int
    compared: int
    rules: int
    segments: int


class _Glyph(NamedTuple):
    """A character and its box, y upwards as in the file."""

    text: str
    left: float
    bottom: float
    right: float
    top: float


class _Piece(NamedTuple):
    """A run as read, y upwards, with the direction of its writing in quarters of a turn (None: aslant)."""

    run: Run
    turn: int | None


def read_sheets(content: bytes) -> list[Sheet]:
    """Every page of the file. Raises UsageError where it cannot be read, and says why."""
    if pypdfium2 is None:
        raise UsageError("reading PDF needs the extra 'documents': pip install 'report-crawler[documents]'")
    largest = largest_stream(content)
    document = _opened(content)
    try:
        if not 0 < len(document) <= MAX_PAGES:
            raise UsageError(f"the PDF has {len(document):,} pages: between 1 and {MAX_PAGES:,} are read")
        if len(document) * largest > MAX_WORK:
            raise UsageError("the PDF holds more drawing than text can be found in: refused")
        left = _Left(MAX_CHARACTERS, MAX_OBJECTS, MAX_TEXTS**2, _MAX_ALL_RULES, _MAX_SEGMENTS)
        return [_sheet(document, number, left) for number in range(len(document))]
    finally:
        document.close()


def _opened(content: bytes) -> "pypdfium2.PdfDocument":
    try:
        return pypdfium2.PdfDocument(content)
    except pypdfium2.PdfiumError as error:
        if getattr(error, "err_code", None) == pdfium.FPDF_ERR_PASSWORD:
            raise UsageError("the PDF asks for a password: it is encrypted and cannot be watched") from error
        if getattr(error, "err_code", None) == pdfium.FPDF_ERR_SECURITY:
            raise UsageError("the PDF is encrypted in a way that PDFium does not know") from error
        raise UsageError(f"the PDF cannot be opened: it is damaged or cut short ({error})") from error


def _sheet(document: "pypdfium2.PdfDocument", number: int, left: _Left) -> Sheet:
    try:
        page = document[number]
        _count(page.raw, left)
        text = page.get_textpage()
    except pypdfium2.PdfiumError as error:
        raise UsageError(f"page {number + 1} of the PDF cannot be read: the file is damaged ({error})") from error
    try:
        left.characters -= pdfium.FPDFText_CountChars(text.raw)
        if left.characters < 0:
            raise UsageError(f"the PDF holds more than {MAX_CHARACTERS:,} characters: refused")
        pieces = list(_pieces(text.raw, page.get_cropbox()))
        turns = Counter[int]()
        for piece in pieces:
            if piece.turn is not None:
                turns[piece.turn] += len(piece.run.text)
        turn = max(turns, key=lambda each: turns[each], default=0)
        runs = [_turned(piece.run, turn) for piece in pieces if piece.turn == turn and _is_somewhere(piece.run)]
        rules, pictures = _drawn(page.raw, turn, left)
        return Sheet(runs, rules, pictures)
    finally:
        text.close()
        page.close()


def _count(page: "pdfium.FPDF_PAGE", left: _Left) -> None:
    """Refuse a page with more on it than its document may still hold, before PDFium makes text of it."""
    texts, forms = 0, [(pdfium.FPDFPage_GetObject, page, pdfium.FPDFPage_CountObjects(page))]
    while forms:
        get, holder, count = forms.pop()
        left.objects -= count
        if left.objects < 0:
            raise UsageError(f"the PDF holds more than {MAX_OBJECTS:,} drawn objects: refused")
        for drawn in (get(holder, index) for index in range(count)):
            kind = pdfium.FPDFPageObj_GetType(drawn)
            texts += kind == pdfium.FPDF_PAGEOBJ_TEXT
            if kind == pdfium.FPDF_PAGEOBJ_FORM:
                forms.append((pdfium.FPDFFormObj_GetObject, drawn, pdfium.FPDFFormObj_CountObjects(drawn)))
    left.compared -= texts**2
    if left.compared < 0:
        raise UsageError("the PDF's text is in more pieces than any printed page has: refused")


def _pieces(text: "pdfium.FPDF_TEXTPAGE", bounds: tuple[float, float, float, float]) -> Iterator[_Piece]:
    """The runs in the order of the file; invisible and outlying characters left out."""
    glyphs: list[_Glyph] = []
    first, blank = 0, False
    for index, glyph in _glyphs(text, bounds):
        if glyph is None:
            blank = True
            continue
        if glyphs and not _follows(glyphs[-1], glyph):
            yield _piece(text, first, glyphs, blank)
            glyphs = []
        elif glyphs and (blank or _parted(glyphs[-1], glyph)):
            glyphs[-1] = glyphs[-1]._replace(text=glyphs[-1].text + " ")
        first = first if glyphs else index
        glyphs.append(glyph)
        blank = False
    if glyphs:
        yield _piece(text, first, glyphs, blank)


def _glyphs(
    text: "pdfium.FPDF_TEXTPAGE", bounds: tuple[float, float, float, float]
) -> Iterator[tuple[int, _Glyph | None]]:
    """Each character with its number; None for a blank. Blanks and line ends that PDFium guesses are left out."""
    box = pdfium.FS_RECTF()
    place = ctypes.byref(box)
    (left, right), (bottom, top) = sorted(bounds[::2]), sorted(bounds[1::2])  # some files name the corners otherwise
    unicode_of, box_of = pdfium.FPDFText_GetUnicode, pdfium.FPDFText_GetLooseCharBox
    for index in range(pdfium.FPDFText_CountChars(text)):
        code = unicode_of(text, index)
        if code in _BLANKS:
            if not pdfium.FPDFText_IsGenerated(text, index):
                yield index, None
        elif (code > _SPACE or code in _HYPHENS) and box_of(text, index, place):
            x0, x1 = box.left, box.right
            if left <= (x0 + x1) / 2 <= right and bottom <= (box.bottom + box.top) / 2 <= top:
                yield index, _Glyph("-" if code in _HYPHENS else chr(code), x0, box.bottom, x1, box.top)


def _follows(before: _Glyph, glyph: _Glyph) -> bool:
    """Whether a character goes on where the one before ended, in whatever direction the page is turned."""
    size = max(before.top - before.bottom, glyph.top - glyph.bottom, before.right - before.left)
    across = abs(glyph.bottom + glyph.top - before.bottom - before.top) / 2
    along = glyph.left - before.right
    if across < 0.35 * size:
        return -0.6 * size < along < _WIDEST_GAP * size
    return False


def _parted(before: _Glyph, glyph: _Glyph) -> bool:
    """Whether the gap between two characters is a blank."""
    figures = before.text[-1].isdigit() and (glyph.text.isdigit() or glyph.text in ".,%")
    figures = figures or (before.text[-1] in ".," and glyph.text.isdigit())
    least = _DIGITS_GAP if figures else _LEAST_GAP
    return glyph.left - before.right > least * (glyph.top - glyph.bottom)


def _piece(text: "pdfium.FPDF_TEXTPAGE", first: int, glyphs: list[_Glyph], blank: bool) -> _Piece:
    matrix = pdfium.FS_MATRIX()
    pdfium.FPDFText_GetMatrix(text, first, ctypes.byref(matrix))
    angle = math.atan2(matrix.b, matrix.a) / (math.pi / 2)
    turn = round(angle) % 4 if abs(angle - round(angle)) < 0.05 else None
    size = pdfium.FPDFText_GetFontSize(text, first) * math.hypot(matrix.c, matrix.d)
    letters = "".join(glyph.text for glyph in glyphs) + " " * blank
    run = Run(
        _common(letters),
        min(glyph.left for glyph in glyphs),
        min(glyph.bottom for glyph in glyphs),
        max(glyph.right for glyph in glyphs),
        max(glyph.top for glyph in glyphs),
        size,
        _font(text, first),
    )
    return _Piece(run, turn)


def _font(text: "pdfium.FPDF_TEXTPAGE", index: int) -> str:
    name = ctypes.create_string_buffer(64)
    pdfium.FPDFText_GetFontInfo(text, index, name, len(name), None)
    return name.value.decode("latin-1")


def _common(letters: str) -> str:
    """The text with radicals as the characters they stand for, and halves of characters put together."""
    if letters.isascii():
        return letters
    letters = letters.encode("utf-16", "surrogatepass").decode("utf-16", "replace").translate(_RADICALS)
    return "".join(unicodedata.normalize("NFKC", sign) if "⼀" <= sign <= "⿕" else sign for sign in letters)


def _is_somewhere(run: Run) -> bool:
    return all(map(math.isfinite, (run.x0, run.y0, run.x1, run.y1, run.size)))


def _turned(run: Run, turn: int) -> Run:
    x0, y0, x1, y1 = _upright(run.x0, run.y0, run.x1, run.y1, turn)
    return run._replace(x0=x0, y0=y0, x1=x1, y1=y1)


def _upright(left: float, bottom: float, right: float, top: float, turn: int) -> tuple[float, float, float, float]:
    """A box of the file (y upwards), turned so that the writing runs to the right and y downwards."""
    return {
        0: (left, -top, right, -bottom),
        1: (bottom, left, top, right),
        2: (-right, bottom, -left, top),
        3: (-top, -right, -bottom, -left),
    }[turn]


def _drawn(page: "pdfium.FPDF_PAGE", turn: int, left: _Left) -> tuple[list[Rule], int]:
    """The horizontal and vertical lines drawn on a page, and how many images stand on it."""
    rules: list[Rule] = []
    pictures = 0
    most = min(_MAX_RULES, left.rules)
    for index in range(min(pdfium.FPDFPage_CountObjects(page), _MAX_DRAWN)):
        drawn = pdfium.FPDFPage_GetObject(page, index)
        kind = pdfium.FPDFPageObj_GetType(drawn)
        pictures += kind == pdfium.FPDF_PAGEOBJ_IMAGE
        if kind == pdfium.FPDF_PAGEOBJ_PATH and len(rules) < most:
            rules += islice(_path(drawn, turn, left), most - len(rules))
    left.rules -= len(rules)
    return rules, pictures


def _path(drawn: "pdfium.FPDF_PAGEOBJECT", turn: int, left: _Left) -> Iterator[Rule]:
    matrix, x, y = pdfium.FS_MATRIX(), ctypes.c_float(), ctypes.c_float()
    pdfium.FPDFPageObj_GetMatrix(drawn, ctypes.byref(matrix))
    points: list[tuple[float, float]] = []
    count = min(pdfium.FPDFPath_CountSegments(drawn), _MAX_RULES, left.segments)
    left.segments -= count
    for index in range(count):
        segment = pdfium.FPDFPath_GetPathSegment(drawn, index)
        pdfium.FPDFPathSegment_GetPoint(segment, ctypes.byref(x), ctypes.byref(y))
        here = matrix.a * x.value + matrix.c * y.value + matrix.e, matrix.b * x.value + matrix.d * y.value + matrix.f
        if pdfium.FPDFPathSegment_GetType(segment) == pdfium.FPDF_SEGMENT_MOVETO:
            points.clear()
        points.append(here)
        if len(points) > 1:
            yield from _rule(points[-2], here, turn)
        if pdfium.FPDFPathSegment_GetClose(segment):
            yield from _rule(here, points[0], turn)


def _rule(start: tuple[float, float], end: tuple[float, float], turn: int) -> Iterator[Rule]:
    (x0, y0), (x1, y1) = start, end
    box = _upright(min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1), turn)
    short, long = sorted((box[2] - box[0], box[3] - box[1]))
    if 0 <= short < 1 and 5 < long < math.inf:
        yield Rule(*box)
