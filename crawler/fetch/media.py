"""Which answers can hold a report: told by the Content-Type, and by the first bytes where that says little. No I/O."""

import re

_REFUSED_TOP = frozenset(("audio", "font", "image", "model", "video"))
_TEXT_MARKS = (b"\xff\xfe", b"\xfe\xff", b"%PDF")
"""UTF-16, where every other byte is a zero, and the one binary form that can be read besides DOCX."""
_CONTROL = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
STRAY = 3
"""So many control characters among the first thousand bytes may be slips of an editor."""
_MAGIC = (
    (b"\x89PNG\r\n", "an image (PNG)"),
    (b"\xff\xd8\xff", "an image (JPEG)"),
    (b"GIF87a", "an image (GIF)"),
    (b"GIF89a", "an image (GIF)"),
    (b"RIFF", "an image, sound or film (RIFF)"),
    (b"ID3", "sound (MP3)"),
    (b"PK\x03\x04", "an archive (zip)"),
    (b"Rar!\x1a", "an archive (RAR)"),
    (b"7z\xbc\xaf\x27\x1c", "an archive (7z)"),
    (b"\x1f\x8b\x08", "an archive (gzip)"),
    (b"\x7fELF", "a program"),
    (b"MZ\x90\x00", "a program"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Office file (.doc, .xls, .ppt)"),
)
_DOCX_MARK = b"word/document.xml"


def unreadable(content_type: str, content: bytes) -> str | None:
    """What came instead of something to read, as words ('an image (PNG)'); None: it may be read."""
    media_type = content_type.partition(";")[0].strip().lower()
    top = media_type.partition("/")[0]
    if top in _REFUSED_TOP:
        return f"{top} ({media_type})"
    if content.startswith(b"PK\x03\x04") and _DOCX_MARK in content:
        return None
    if word := next((word for magic, word in _MAGIC if content.startswith(magic)), None):
        return word
    # Whatever the label says (some portals call a page 'application/x-download'): texts hold no control characters.
    if not content.startswith(_TEXT_MARKS) and len(_CONTROL.findall(content[:1024])) > STRAY:
        return f"binary data ({media_type})"
    return None
