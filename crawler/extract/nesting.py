"""Keeps nesting shallow before the parser sees it: tree builders need quadratic time on thousands of open elements."""

import re
from collections import Counter

MAX_DEPTH = 200
"""Browsers stop at 512; real pages stay below 100."""
_MOST_TAGS = 10_000
_MOST_WORK = 1_500_000
"""A page of fewer tags costs the parser some milliseconds at most, unless it leaves so many of them open that the
product of both, which bounds the elements that may be opened again in each paragraph, is greater."""

# What stands in comments, scripts and styles is no tag; one that does not end takes the rest, as in a browser.
_TAG = re.compile(
    r"<!--.*?(?:-->|\Z)|<(?P<raw>script|style)\b.*?(?:</(?P=raw)\b|\Z)|<(?P<closes>/?)(?P<name>[a-z][a-z0-9]*)",
    re.IGNORECASE | re.DOTALL,
)
# Void elements, and those that the next of their kind closes: they do not nest.
_NOT_COUNTED = frozenset((
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr",
    "p", "li", "dd", "dt", "td", "th", "tr", "tbody", "thead", "tfoot", "rp", "rt", "html", "head", "body", "script",
    "style", "title", "textarea", "option",
))  # fmt: skip


def flatten(markup: str) -> str:
    """The markup without the tags that would nest deeper than `MAX_DEPTH`; the text stays. Linear time."""
    if not _is_suspicious(markup):
        return markup
    kept, start, depth = [], 0, _Depth()
    for match in _TAG.finditer(markup):
        name = (match["name"] or "").lower()
        if not name or name in _NOT_COUNTED or match.start() < start:
            continue
        fits = depth.close(name) if match["closes"] else depth.open(name)
        if not fits:
            kept.append(markup[start : match.start()])
            end = markup.find(">", match.end())
            start = len(markup) if end < 0 else end + 1
    kept.append(markup[start:])
    return "".join(kept)


def _is_suspicious(markup: str) -> bool:
    tags = markup.count("<")
    if tags * tags < _MOST_WORK:
        return False
    return tags > _MOST_TAGS or tags * (tags - 2 * markup.count("</")) > _MOST_WORK


class _Depth:
    """The open elements, as far as tags tell: the end of one ends all inside it that were left open."""

    def __init__(self) -> None:
        self._open: list[str] = []
        self._count: Counter[str] = Counter()
        self._dropped: Counter[str] = Counter()
        """Open elements below the deepest one kept."""

    def open(self, name: str) -> bool:
        """Whether an element may open here."""
        fits = len(self._open) <= MAX_DEPTH
        if fits:
            self._open.append(name)
        (self._count if fits else self._dropped)[name] += 1
        return fits

    def close(self, name: str) -> bool:
        """Whether an end tag is to stay: that of an element that was dropped goes too."""
        if self._dropped[name]:
            self._dropped[name] -= 1
            return False
        while self._count[name]:
            self._dropped.clear()
            last = self._open.pop()
            self._count[last] -= 1
            if last == name:
                break
        return True
