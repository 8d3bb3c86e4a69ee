"""What a file is, by its first bytes before its label; and the names of what cannot be read. No I/O."""

import re

HTML, PLAIN, PDF = "text/html", "text/plain", "application/pdf"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
DOC, RTF = "application/msword", "application/rtf"
MHTML = "multipart/related"
OTHER = "application/octet-stream"
"""A picture, an archive, a program."""

ZIP, OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_HEAD = 4096
_MARKUP = re.compile(r"<(?:!doctype|html|head|body|meta|p|div|table|br|a)\b", re.IGNORECASE)
_WORD_XML = re.compile(rb"<(?:w:wordDocument|pkg:package|w:document)\b")
_MIME = re.compile(rb"(?:\A|\n)content-type\s*:\s*multipart/related", re.IGNORECASE)
_FIELD = re.compile(rb"[a-z][a-z-]{1,40}[ \t]*:", re.IGNORECASE)
"""So begins a saved web page: Word writes MIME-Version first, browsers From."""
_MAGIC = (
    (b"\x89PNG\r\n", "an image (PNG)"),
    (b"\xff\xd8\xff", "an image (JPEG)"),
    (b"GIF87a", "an image (GIF)"),
    (b"GIF89a", "an image (GIF)"),
    (b"II*\x00", "an image (TIFF)"),
    (b"MM\x00*", "an image (TIFF)"),
    (b"RIFF", "an image, sound or film (RIFF)"),
    (b"ID3", "sound (MP3)"),
    (b"PK\x05\x06", "an archive (zip) with nothing in it"),
    (b"Rar!\x1a", "an archive (RAR)"),
    (b"7z\xbc\xaf\x27\x1c", "an archive (7z)"),
    (b"\x1f\x8b\x08", "an archive (gzip)"),
    (b"\x7fELF", "a program"),
    (b"MZ\x90\x00", "a program"),
    (b"CEBX", "a CEB file (方正)"),
    (b"Founder CEB", "a CEB file (方正)"),
    (b"KDH ", "a CAJ file"),
    (b"CAJ\0", "a CAJ file"),
)
_ZIPPED = (
    (b"word/", ""),
    (b"OFD.xml", "an OFD file (版式文档)"),
    (b"xl/workbook", "a spreadsheet (.xlsx)"),
    (b"ppt/presentation", "slides (.pptx)"),
    (b"mimetypeapplication/vnd.oasis.opendocument", "an OpenDocument file (.odt, .ods)"),
    (b"mimetypeapplication/epub", "an e-book (.epub)"),
)
_OLE_STREAMS = (
    ("WordDocument", ""),
    ("EncryptedPackage", ""),
    ("Workbook", "an old spreadsheet (.xls)"),
    ("Book", "an old spreadsheet (.xls)"),
    ("PowerPoint Document", "old slides (.ppt)"),
    ("WpsDocument", "a WPS file (.wps)"),
    ("CONTENTS", "a WPS file (.wps)"),
    ("\x01Ole10Native", "an embedded object"),
)


def media_type_of(content: bytes | str, content_type: str = "") -> str:
    """What a document is, by its first bytes before its label."""
    if isinstance(content, bytes) and (binary := _binary(content)):
        return binary
    label = content_type.partition(";")[0].strip().lower()
    head = content[:_HEAD]
    markup = _MARKUP.search(head if isinstance(head, str) else _readable(head))
    return PLAIN if label == PLAIN and not markup else HTML


def _binary(content: bytes) -> str:
    start = content[:_HEAD].lstrip(b"\xef\xbb\xbf \t\r\n")
    if b"%PDF-" in content[:1024]:
        return PDF
    if content.startswith(ZIP) or _WORD_XML.search(start):
        return DOCX
    if content.startswith(OLE):
        return DOC
    if start.startswith(b"{\\rtf"):
        return RTF
    if _FIELD.match(start) and _MIME.search(start):
        return MHTML
    return OTHER if any(content.startswith(magic) for magic, _ in _MAGIC) else ""


def _readable(head: bytes) -> str:
    return head.decode("utf-16", "ignore") if head[:2] in (b"\xff\xfe", b"\xfe\xff") else head.decode("latin-1")


def unreadable(content: bytes) -> str | None:
    """What a file is that holds no report we can read, as words ('an archive (RAR)'); None: it may hold one."""
    if content.startswith(OLE):
        names = ((name.encode("utf-16-le") + b"\0\0", word) for name, word in _OLE_STREAMS)
        return next(
            (word or None for mark, word in names if mark in content),
            "an old Office file of an unknown kind, or one cut short",
        )
    if content.startswith(ZIP):
        return next((word or None for mark, word in _ZIPPED if mark in content), "an archive (zip)")
    return next((word for magic, word in _MAGIC if content.startswith(magic)), None)
