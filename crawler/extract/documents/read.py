"""The door of this room: a document that is no HTML -> its paragraphs."""

from collections.abc import Iterable

from crawler.charset import decode
from crawler.errors import UsageError
from crawler.extract.documents.kinds import DOC, PDF, PLAIN, RTF, unreadable
from crawler.extract.documents.oldword import read_old_word
from crawler.extract.documents.pdf import read_sheets
from crawler.extract.documents.printed import read_printed
from crawler.extract.documents.rtf import read_rtf
from crawler.extract.documents.word import read_word
from crawler.extract.normalize import normalize


def read_document(content: bytes | str, content_type: str, media_type: str) -> tuple[tuple[str, ...], str]:
    """Paragraphs and encoding of a document that is no HTML. Raises UsageError where it cannot be read."""
    if media_type == PLAIN or isinstance(content, str):
        text, encoding = (content, "") if isinstance(content, str) else decode(content, content_type)
        return _paragraphs(text.splitlines()), encoding
    if media_type == PDF:
        return read_printed(read_sheets(content)), ""
    if (what := unreadable(content)) is not None:
        raise UsageError(f"{what}: neither HTML, PDF, Word nor text, so no report can be read from it")
    read = {DOC: read_old_word, RTF: read_rtf}.get(media_type, read_word)
    return _paragraphs(read(content)), ""


def _paragraphs(lines: Iterable[str]) -> tuple[str, ...]:
    return tuple(filter(None, map(normalize, lines)))
