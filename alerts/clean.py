"""Text of strangers made harmless before it is shown: no control, invisible or direction-turning characters, capped.

Pure. What escapes a medium (HTML, a header) is added by the one who writes it; this is what every medium needs.
"""

import re
from urllib.parse import quote, urlsplit

from crawler.harmless import HARMFUL

_BREAKS = re.compile("\r\n?|[\v\f\u0085\u2028\u2029]")
_BLANK_LINES = re.compile(r"\n{3,}")
_LONGEST_LINK = 2_000


def line(text: object, most: int = 200) -> str:
    """One line of at most `most` characters; anything but text and whole numbers gives an empty one."""
    if isinstance(text, bool) or not isinstance(text, str | int):
        return ""
    raw = str(text)[: 4 * most]
    # A control character separates (ESC, CR) more often than it joins; the split takes the blanks away again.
    shown = " ".join(HARMFUL.sub("", _BREAKS.sub(" ", raw.replace("\x1b", " "))).split())
    return shown if len(shown) <= most else shown[: most - 1] + "…"


def block(text: object, most: int = 2_000) -> str:
    """Lines of text of at most `most` characters together, without leading and trailing empty ones."""
    if not isinstance(text, str):
        return ""
    shown = _BLANK_LINES.sub("\n\n", HARMFUL.sub("", _BREAKS.sub("\n", text[: 2 * most])))
    shown = shown.strip("\n")
    return shown if len(shown) <= most else shown[: most - 1] + "…"


def link(url: object) -> str:
    """An address that may be followed from a mail: http(s) with a host and no user-info; anything else is empty."""
    if not isinstance(url, str) or len(url) > _LONGEST_LINK or HARMFUL.search(url):
        return ""
    try:
        parts = urlsplit(url)
    except ValueError:
        return ""
    if parts.scheme not in ("http", "https") or not parts.hostname or "@" in parts.netloc:
        return ""
    return quote(url, safe="!#$%&'()*+,/:;=?[]~")
