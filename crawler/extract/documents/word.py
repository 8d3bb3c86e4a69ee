"""Word files: the zip archive of a .docx or .docm, and the two flat forms that are one XML file.

By the standard library, with caps against archives that unpack to gigabytes, without entities, and with names as they
are written (a namespace's address would be copied into each), so that no document grows while it is read.
"""

import io
import re
import zipfile
import zlib
from collections.abc import Mapping
from xml.etree import ElementTree as ET
from xml.parsers import expat

from crawler.errors import UsageError
from crawler.extract.documents.kinds import ZIP
from crawler.extract.documents.numbering import child, local, read_lists, value_of
from crawler.extract.documents.wordml import Reader

MAX_XML = 50_000_000
"""Bytes of all parts of the archive that are read, as they are when unpacked."""
MAX_TAGS = 2_500_000
"""Tags and attributes of all of them."""
_DOCUMENT = re.compile(r"word/document\d{0,3}\.xml", re.IGNORECASE)
_PARTS = ("numbering", "styles", "footnotes", "endnotes")


def read_word(content: bytes) -> list[str]:
    """The lines of a Word file: paragraphs and rows of tables in order, notes at the end. Raises UsageError."""
    parts = _zipped(content) if content.startswith(ZIP) else _flat(_parsed({"": content})[""])
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
            texts = _unpacked(archive, {part: name for part, name in wanted.items() if name in names})
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError, OSError, ValueError) as error:
        raise UsageError(
            f"the Word document cannot be opened: it is damaged or asks for a password ({error})"
        ) from error
    return _parsed(texts)


def _unpacked(archive: zipfile.ZipFile, names: Mapping[str, str]) -> dict[str, bytes]:
    """The parts, by what really comes out: the sizes an archive declares may lie."""
    texts: dict[str, bytes] = {}
    left = MAX_XML
    for part, name in names.items():
        with archive.open(name) as stream:
            texts[part] = stream.read(left + 1)
        left -= len(texts[part])
        if left < 0:
            raise UsageError(f"the Word document holds more than {MAX_XML // 1_000_000} MB of text: refused")
    return texts


def _parsed(texts: Mapping[str, bytes]) -> dict[str, ET.Element]:
    if sum(xml.count(b"<") + xml.count(b"=") for xml in texts.values()) > MAX_TAGS:
        raise UsageError(f"the Word document has more than {MAX_TAGS:,} tags and attributes: refused")
    return {part: _parse(xml) for part, xml in texts.items()}


def _parse(xml: bytes) -> ET.Element:
    builder, parser = ET.TreeBuilder(), expat.ParserCreate()
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = _refuse
    parser.StartElementHandler, parser.EndElementHandler = builder.start, builder.end
    parser.CharacterDataHandler = builder.data
    try:
        parser.Parse(xml, True)
    except (expat.ExpatError, ValueError, LookupError) as error:
        raise UsageError(f"the Word document is damaged ({error})") from error
    return builder.close()


def _refuse(*_: object) -> None:
    """Word writes no document type; whoever does wants entities expanded."""
    raise UsageError("the Word document declares entities: refused")


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
