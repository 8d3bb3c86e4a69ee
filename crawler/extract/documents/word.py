"""Word files: the zip archive of a .docx or .docm, and the two flat forms that are one XML file.

By the standard library, with caps against archives that unpack to gigabytes and without entities, so that no document
grows while it is read.
"""

import io
import re
import zipfile
import zlib
from collections.abc import Mapping
from xml.etree import ElementTree as ET

from crawler.errors import UsageError
from crawler.extract.documents.kinds import ZIP
from crawler.extract.documents.numbering import child, local, read_lists, value_of
from crawler.extract.documents.wordml import Reader

MAX_XML = 50_000_000
"""Bytes of one part of the archive, as they are when unpacked."""
MAX_TAGS = 1_500_000
_DOCUMENT = re.compile(r"word/document\d{0,3}\.xml", re.IGNORECASE)
_PARTS = ("numbering", "styles", "footnotes", "endnotes")


def read_word(content: bytes) -> list[str]:
    """The lines of a Word file: paragraphs and rows of tables in order, notes at the end. Raises UsageError."""
    parts = _zipped(content) if content.startswith(ZIP) else _flat(_parse(content))
    reader = Reader(read_lists(parts.get("numbering"), parts.get("styles")))
    return [
        line for name in ("document", "footnotes", "endnotes") if name in parts for line in reader.lines(parts[name])
    ]


def _zipped(content: bytes) -> Mapping[str, ET.Element]:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            names = {name: name for name in archive.namelist()}
            document = next(filter(_DOCUMENT.fullmatch, names), None)
            if document is None:
                raise UsageError("the archive is no Word document (it has no word/document.xml)")
            wanted = {"document": document, **{part: f"word/{part}.xml" for part in _PARTS}}
            texts = {part: _unpacked(archive, name) for part, name in wanted.items() if name in names}
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError, OSError, ValueError) as error:
        raise UsageError(
            f"the Word document cannot be opened: it is damaged or asks for a password ({error})"
        ) from error
    return {part: _parse(text) for part, text in texts.items()}


def _unpacked(archive: zipfile.ZipFile, name: str) -> bytes:
    """One part, by what really comes out: the size an archive declares may lie."""
    with archive.open(name) as stream:
        text = stream.read(MAX_XML + 1)
    if len(text) > MAX_XML:
        raise UsageError(f"the Word document holds more than {MAX_XML // 1_000_000} MB of text: refused")
    return text


def _parse(xml: bytes) -> ET.Element:
    """Word writes no document type; whoever does wants entities expanded."""
    if b"<!DOCTYPE" in xml or b"<!ENTITY" in xml or xml[:2] in (b"\xff\xfe", b"\xfe\xff"):
        raise UsageError("the Word document declares entities or an odd encoding: refused")
    if xml.count(b"<") > MAX_TAGS:
        raise UsageError(f"the Word document has more than {MAX_TAGS:,} tags: refused")
    try:
        return ET.fromstring(xml)  # noqa: S314 (entities were refused above)
    except ET.ParseError as error:
        raise UsageError(f"the Word document is damaged ({error})") from error


def _flat(root: ET.Element) -> Mapping[str, ET.Element]:
    """The parts of a file that is one XML document: Word 2003's, or a package written flat."""
    if local(root.tag) != "package":
        return {"document": root}
    parts = {}
    for part in root:
        name = (value_of(part, "name") or "").rpartition("/")[2].removesuffix(".xml")
        data = child(part, "xmlData")
        if data is not None and len(data) and name in ("document", *_PARTS):
            parts[name] = data[0]
    if "document" not in parts:
        raise UsageError("the XML file is no Word document (it has no word/document.xml)")
    return parts
