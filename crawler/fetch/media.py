"""Which answers can hold a report: told by the Content-Type, and by the first bytes where that says little. No I/O."""

import re

from crawler.extract.documents import kinds

_REFUSED_TOP = frozenset(("audio", "font", "image", "model", "video"))
_UTF_16 = (b"\xff\xfe", b"\xfe\xff")
"""Its marks; there every other byte may be a zero."""
_CONTROL = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_PAGE = re.compile(
    rb"(?:\xef\xbb\xbf)?[\x00-\x20]{0,64}"
    rb"<(?:!--|(?:!doctype html|\?xml|html|head|title|meta|link|style|script|body|div|table|h1|font|p|br|a|b)"
    rb"[\x00-\x20/>])",
    re.IGNORECASE,
)
"""So begins what browsers take for a page whatever else it holds (after the MIME Sniffing standard)."""
STRAY = 3
"""So many control characters among the first thousand bytes may be slips of an editor."""


def unreadable(content_type: str, content: bytes) -> str | None:
    """What came instead of something to read, as words ('an image (PNG)'); None: it may be read."""
    media_type = content_type.partition(";")[0].strip().lower()
    top = media_type.partition("/")[0]
    word = kinds.unreadable(content)
    if content.startswith((kinds.ZIP, kinds.OLE)) or b"%PDF-" in content[:1024]:
        return word
    if top in _REFUSED_TOP:
        return f"{top} ({media_type})"
    if word:
        return word
    # Whatever the label says (some portals call a page 'application/x-download'): texts hold no control characters,
    # and those within a page are nothing that a browser shows.
    if content.startswith(_UTF_16) or _PAGE.match(content):
        return None
    if len(_CONTROL.findall(content[:1024])) > STRAY:
        return f"binary data ({media_type})" if media_type else "binary data"
    return None
