"""The door of this room: a document that is no HTML -> its paragraphs."""

from collections.abc import Callable, Iterable

from crawler.charset import decode
from crawler.errors import UsageError
from crawler.extract.documents.kinds import DOC, OLE, PDF, PLAIN, RTF, unreadable
from crawler.extract.documents.pdf import read_sheets
from crawler.extract.documents.printed import read_printed
from crawler.extract.documents.tables import CELLS
from crawler.extract.documents.word import read_word
from crawler.extract.normalize import normalize

_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")

Converter = Callable[[bytes], str]
"""The text of an old Word or RTF file, one paragraph a line, cells parted by tabs. Raises UsageError."""


def no_converter(_content: bytes) -> str:
    """Refuse an old Word file, which only a program outside can read."""
    raise UsageError("an old Word file (.doc) or RTF: it is read through the program catdoc (apt-get install catdoc)")


def read_document(
    content: bytes | str, content_type: str, media_type: str, convert: Converter = no_converter
) -> tuple[tuple[str, ...], str]:
    """Paragraphs and encoding of a document that is no HTML. Raises UsageError where it cannot be read."""
    if media_type == PLAIN or isinstance(content, str):
        text, encoding = (content, "") if isinstance(content, str) else decode(content, content_type)
        return _paragraphs(text.splitlines()), encoding
    if media_type == PDF:
        return read_printed(read_sheets(content)), ""
    if (what := unreadable(content)) is not None:
        raise UsageError(f"{what}: neither HTML, PDF, Word nor text, so no report can be read from it")
    if media_type in (DOC, RTF):
        return _paragraphs(map(_cells, _converted(content, convert).splitlines())), ""
    return _paragraphs(read_word(content)), ""


def _converted(content: bytes, convert: Converter) -> str:
    if content.startswith(OLE) and _ENCRYPTED in content:
        raise UsageError("the Office file asks for a password: it is encrypted and cannot be watched")
    return convert(content)


def _cells(line: str) -> str:
    """A row of a table, which old Word files part by tabs; a line's indent is none."""
    return line.strip().replace("\t", CELLS) if "\t" in line.strip() else line


def _paragraphs(lines: Iterable[str]) -> tuple[str, ...]:
    return tuple(filter(None, map(normalize, lines)))
