"""Reports published as PDF, Word or plain text: paragraphs out of lines.

PDF through PDFium (the extra `documents`), whose order is right on Chinese files; DOCX through the standard library,
with caps against archives that unpack to gigabytes and without entities, so that no document grows while it is read.
"""

import io
import re
import zipfile
import zlib
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from xml.etree import ElementTree as ET

from crawler.charset import decode
from crawler.errors import UsageError
from crawler.extract.normalize import normalize

try:
    import pypdfium2
except ImportError:  # the extra `documents` is not installed
    pypdfium2 = None

HTML, PLAIN, PDF = "text/html", "text/plain", "application/pdf"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"

MAX_XML = 50_000_000
MAX_PAGES = 2_000
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_PAGE_NUMBER = re.compile(r"[-—–·\s]{0,4}(?:第\s?)?\d{1,4}(?:\s?/\s?\d{1,4})?(?:\s?页)?[-—–·\s]{0,4}")
_ENDS = re.compile(r"[。！？!?：:；;]['\"”’」』）)]?$")
_STARTS = re.compile(
    r"(?:[（(]?[一二三四五六七八九十]{1,3}[)）、]|第[一二三四五六七八九十百]{1,4}[章节条部]|[（(]?\d{1,3}[)）、．.](?!\d)|[●■◆▲])"
)


def media_type_of(content: bytes | str, content_type: str = "") -> str:
    """What a document is, by its first bytes before its label."""
    if isinstance(content, bytes):
        if b"%PDF-" in content[:1024]:
            return PDF
        if content.startswith(b"PK\x03\x04"):
            return DOCX
    label = content_type.partition(";")[0].strip().lower()
    head = content[:4096]
    markup = re.search(
        r"<(?:!doctype|html|head|body|meta|p|div|table|br|a)\b",
        head if isinstance(head, str) else head.decode("latin-1"),
        re.IGNORECASE,
    )
    return PLAIN if label == PLAIN and not markup else HTML


def read_document(content: bytes | str, content_type: str, media_type: str) -> tuple[tuple[str, ...], str]:
    """Paragraphs and encoding of a document that is no HTML. Raises UsageError where it cannot be read."""
    if media_type == PLAIN or isinstance(content, str):
        text, encoding = (content, "") if isinstance(content, str) else decode(content, content_type)
        return _paragraphs(text.splitlines()), encoding
    if media_type == PDF:
        return _join_lines(_pdf_pages(content)), ""
    return _paragraphs(_docx_lines(content)), ""


def _paragraphs(lines: Iterable[str]) -> tuple[str, ...]:
    return tuple(filter(None, map(normalize, lines)))


def _pdf_pages(content: bytes) -> list[list[str]]:
    """The lines of each page."""
    if pypdfium2 is None:
        raise UsageError("reading PDF needs the extra 'documents': pip install 'report-crawler[documents]'")
    try:
        document = pypdfium2.PdfDocument(content)
    except pypdfium2.PdfiumError as error:
        raise UsageError(f"the PDF cannot be opened: it is damaged or asks for a password ({error})") from error
    try:
        pages = [_pdf_lines(document, number) for number in range(min(len(document), MAX_PAGES))]
    finally:
        document.close()
    if not any(pages):
        raise UsageError("the PDF has no text layer: it was scanned, and needs OCR before it can be watched")
    return pages


def _pdf_lines(document: "pypdfium2.PdfDocument", number: int) -> list[str]:
    page = document[number]
    text_page = page.get_textpage()
    lines = text_page.get_text_bounded().splitlines()
    text_page.close()
    page.close()
    return list(filter(None, map(normalize, lines)))


def _join_lines(pages: Sequence[Sequence[str]]) -> tuple[str, ...]:
    """Paragraphs from printed lines: without running heads and page numbers, lines joined up to a full stop."""
    width = max((len(line) for page in pages for line in page), default=0)
    paragraphs: list[str] = []
    ended = True
    for line in _body_lines(pages, _running_heads(pages)):
        if ended or _STARTS.match(line):
            paragraphs.append(line)
        else:
            paragraphs[-1] = normalize(f"{paragraphs[-1]} {line}")
        ended = len(line) < 0.8 * width and (_ENDS.search(line) is not None or len(line) < 0.6 * width)
    return tuple(paragraphs)


def _running_heads(pages: Sequence[Sequence[str]]) -> set[str]:
    """Lines that open or close more than half of three pages or more."""
    edges = Counter(line for page in pages for line in {*page[:1], *page[-1:]})
    return {line for line, count in edges.items() if len(pages) > 2 and count > len(pages) / 2}


def _body_lines(pages: Sequence[Sequence[str]], running: set[str]) -> Iterator[str]:
    for page in pages:
        last = len(page) - 1
        for position, line in enumerate(page):
            if position in (0, 1, last - 1, last) and (line in running or _PAGE_NUMBER.fullmatch(line)):
                continue
            yield line


def _docx_lines(content: bytes) -> list[str]:
    """Paragraphs and table rows of a Word document, in order."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            part = archive.getinfo("word/document.xml")
            with archive.open(part) as stream:
                xml = stream.read(MAX_XML + 1)
    except KeyError as error:
        raise UsageError("the archive is no Word document (it has no word/document.xml)") from error
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError, OSError, ValueError) as error:
        raise UsageError(
            f"the Word document cannot be opened: it is damaged or asks for a password ({error})"
        ) from error
    if len(xml) > MAX_XML:
        raise UsageError(f"the Word document holds more than {MAX_XML // 1_000_000} MB of text: refused")
    return list(_docx_blocks(_parse(xml)))


def _parse(xml: bytes) -> ET.Element:
    """Word writes no document type; whoever does wants entities expanded."""
    if b"<!DOCTYPE" in xml or b"<!ENTITY" in xml or xml[:2] in (b"\xff\xfe", b"\xfe\xff"):
        raise UsageError("the Word document declares entities or an odd encoding: refused")
    try:
        return ET.fromstring(xml)  # noqa: S314 (entities were refused above)
    except ET.ParseError as error:
        raise UsageError(f"the Word document is damaged ({error})") from error


def _docx_blocks(root: ET.Element) -> Iterator[str]:
    """One line a paragraph outside tables, one line a row of each outermost table. No recursion."""
    stack = [root]
    while stack:
        element = stack.pop()
        if element.tag == f"{_W}p":
            yield _text(element)
        elif element.tag == f"{_W}tr":
            cells = (
                " ".join(_text(paragraph) for paragraph in cell.iter(f"{_W}p")) for cell in element.iter(f"{_W}tc")
            )
            yield " | ".join(filter(None, map(normalize, cells)))
        elif element.tag not in (f"{_W}del", f"{_W}moveFrom"):
            stack.extend(reversed(element))


def _text(paragraph: ET.Element) -> str:
    pieces = {f"{_W}t": None, f"{_W}tab": " ", f"{_W}br": " ", f"{_W}cr": " "}
    return "".join(pieces[node.tag] or node.text or "" for node in paragraph.iter() if node.tag in pieces)
