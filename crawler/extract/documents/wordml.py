"""WordprocessingML -> lines: what a reader of the printed document sees.

Read: inserted text, list numbers, text boxes (once, though the file holds each twice), tables cell by cell. Left out:
deleted, moved and hidden text, heads and feet, page numbers, the table of contents.
"""

import re
from collections.abc import Iterator
from xml.etree import ElementTree as ET

from crawler.extract.cells import CELLS, are_data
from crawler.extract.documents.fields import Fields, is_furniture
from crawler.extract.documents.numbering import Counter, Lists, child, local, value_of
from crawler.extract.normalize import normalize

_SKIPPED = frozenset((
    "del", "moveFrom", "delText", "delInstrText", "pPr", "rPr", "sectPr", "tblPr", "tblGrid", "trPr",
    "tcPr", "sdtPr", "sdtEndPr", "rt", "comment", "annotation", "hdr", "ftr", "binData", "fonts", "lists", "styles",
    "docPr", "DocumentProperties", "CustomDocumentProperties", "shapeDefaults", "bgPict",
))  # fmt: skip
_SIGNS = {"tab": " ", "ptab": " ", "cr": " ", "noBreakHyphen": "-", "softHyphen": ""}
_LEAVES = frozenset((*_SIGNS, "t", "br", "instrText", "fldChar"))
_ENDS = re.compile(r"[。！？!?：:；;][”’\"')）]?\s*$")
_TAIL = 20
"""So many characters tell how a line ends."""
_DEEPEST = 20


class Reader:
    """One pass over a document: lists go on counting, and fields may begin in one paragraph and end in another."""

    def __init__(self, lists: Lists) -> None:
        self._numbers = Counter(lists)
        self._fields = Fields()

    def lines(self, root: ET.Element, depth: int = 0) -> Iterator[str]:
        """Paragraphs, text boxes behind the paragraph they hang on, and rows of tables. No recursion but for tables."""
        stack = [root]
        while stack:
            element = stack.pop()
            name = local(element.tag)
            if name == "p":
                boxes: list[ET.Element] = []
                yield from self._paragraph(element, boxes)
                stack += reversed(boxes)
            elif name == "tr" and depth < _DEEPEST:
                if child(element, "trPr", "del") is None:
                    yield from self._row(element, depth)
            elif name == "AlternateContent":
                stack += element[:1]
            elif name not in _SKIPPED and not _is_contents(element, name):
                stack += reversed(element)

    def _paragraph(self, paragraph: ET.Element, boxes: list[ET.Element]) -> Iterator[str]:
        properties = child(paragraph, "pPr")
        label = self._numbers.label(properties)
        lines: list[list[str]] = [[]]
        tail = ""
        for piece in self._pieces(paragraph, boxes):
            if piece == "\n" and _ENDS.search(tail):
                lines.append([])
                tail = ""
            else:
                lines[-1].append(piece.replace("\n", " "))
                tail = (tail + lines[-1][-1])[-_TAIL:]
        texts = ["".join(line) for line in lines]
        if any(map(str.strip, texts)):
            texts[0] = f"{label} {texts[0]}"
        yield from texts

    def _pieces(self, paragraph: ET.Element, boxes: list[ET.Element]) -> Iterator[str]:
        """The texts of a paragraph; '\\n' for a line broken by hand. Text boxes are put aside."""
        stack = [*reversed(paragraph)]
        while stack:
            element = stack.pop()
            name = local(element.tag)
            if name == "txbxContent":
                boxes.append(element)
            elif name == "AlternateContent":
                stack += element[:1]
            elif name in _LEAVES:
                yield self._leaf(element, name)
            elif name not in _SKIPPED and not _is_hidden(element, name):
                stack += reversed(element)

    def _leaf(self, element: ET.Element, name: str) -> str:
        """What one element says: a text, a sign, or nothing, as the marks of fields do."""
        if name == "t":
            return "" if self._fields.hidden else element.text or ""
        if name == "br":
            return "\n" if value_of(element, "type") in (None, "textWrapping") else ""
        if name == "instrText":
            self._fields.instruct(element.text or "")
        elif name == "fldChar":
            self._field(value_of(element, "fldCharType"))
        return _SIGNS.get(name, "")

    def _field(self, kind: str | None) -> None:
        if kind == "begin":
            self._fields.begin()
        elif kind == "end":
            self._fields.end()

    def _row(self, row: ET.Element, depth: int) -> Iterator[str]:
        """A row of data as one line; of a row that only lays the page out, each cell's lines."""
        cells = [[*filter(None, map(normalize, self.lines(cell, depth + 1)))] for cell in _cells(row)]
        if len(cells) > 1 and are_data([*map(len, cell)] for cell in cells):
            if any(cells):
                yield CELLS.join(" ".join(cell) for cell in cells)
        else:
            for cell in cells:
                yield from cell


def _cells(row: ET.Element) -> Iterator[ET.Element]:
    """The cells of a row, not those of a table inside it; one that goes on from above is empty there."""
    stack = [*reversed(row)]
    while stack:
        element = stack.pop()
        name = local(element.tag)
        if name == "tc":
            yield element
        elif name not in _SKIPPED:
            stack += reversed(element)


def _is_hidden(element: ET.Element, name: str) -> bool:
    """A run in hidden letters, or a simple field that is no text."""
    if name == "fldSimple":
        return is_furniture(value_of(element, "instr") or "")
    vanish = child(element, "rPr", "vanish") if name == "r" else None
    return vanish is not None and value_of(vanish) not in ("0", "false", "off")


def _is_contents(element: ET.Element, name: str) -> bool:
    gallery = child(element, "sdtPr", "docPartObj", "docPartGallery") if name == "sdt" else None
    return (value_of(gallery) or "").startswith("Table of Contents")
