"""Keeps markup within what the parser reads in linear time: nesting, formatting left open, attributes.

Tree builders need quadratic time for thousands of open elements, for formatting that is left open (it is opened again
in each paragraph), and for thousands of attributes of one element. No real page comes near; the text stays.
"""

import re
from collections import Counter

MAX_DEPTH = 200
"""Browsers stop at 512; real pages stay below 100."""
_MOST_PIECES = 1_000
"""Of a start tag: that many make some hundred attributes; real ones have ten."""
_MOST_FORMATS = 5
"""So many elements of a name that only formats may be left open."""
_MOST_HIDING = 50
"""So many levels more are left to what is not shown: without its tag it would be."""
_LONGEST_HIDING = 300
_MOST_ROOTS = 10
"""The attributes of a second `<body>` go to the first one."""

_MOST_TAGS = 10_000
_MOST_WORK = 4_000_000
"""A page of fewer tags costs the parser some milliseconds, unless it leaves so many of them open that the product of
both, which bounds the elements opened again in each paragraph, is greater; below that it is a second at most."""
_MOST_IN_TAG = 250_000
"""So many characters of one start tag hold no more attributes than the parser reads in a second."""
_MOST_IN_ROOTS = 100_000
"""So many of several hold no more than it takes over into the first of them in three."""

# What stands in comments, scripts, styles and titles is no tag; one that does not end takes the rest, as in a browser.
# A name reaches to the next blank, slash or `>`: `</p<b>` is one tag, and ends nothing.
_TAG = re.compile(
    r"<!--.*?(?:-->|\Z)"
    r"|<(?P<raw>script|style|noscript|title|textarea|xmp|iframe|noembed|noframes)(?=[\s/>]).*?(?:</(?P=raw)(?=[\s/>])|\Z)"
    r"|<plaintext(?=[\s/>]).*\Z"
    r"|<(?P<closes>/?)(?P<name>[a-z][^\s/>]*)",
    re.IGNORECASE | re.DOTALL,
)
_LONG = re.compile(r"<[a-zA-Z][^>]{3000}")
# Names and values, blanks, quoted values: none of them holds the end of a script.
_PIECE = r"""(?:[^<>"'\s/]++|[\s/]++|"(?:[^"<]++|<(?!/))*+"|'(?:[^'<]++|<(?!/))*+')"""
_CROWDED = re.compile(rf"(<[a-zA-Z]{_PIECE}{{{_MOST_PIECES}}}){_PIECE}++")
_ROOT = re.compile(r"<[hHbB](?:[tT][mM][lL]|[oO][dD][yY])\b")  # a flag would cost a quarter more
# Void elements, and those that the next of their kind closes, or that hold none of their kind: they do not nest.
_NOT_COUNTED = frozenset((
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr",
    "p", "li", "dd", "dt", "td", "th", "tr", "tbody", "thead", "tfoot", "rp", "rt", "html", "head", "body", "script",
    "style", "noscript", "title", "textarea", "option", "form", "button", "select",
))  # fmt: skip
_UNSEEN = frozenset((
    "template", "svg", "math", "object", "audio", "video", "canvas", "datalist", "map",
))  # fmt: skip
_FOREIGN = ("svg", "math")
_HOLDS_HTML = frozenset(("annotation", "desc", "foreignobject", "mi", "mn", "mo", "ms", "mtext", "title"))
# Tags at which a parser leaves a drawing or a formula that was left open.
_LEAVES_FOREIGN = frozenset((
    "b", "big", "blockquote", "body", "br", "center", "code", "dd", "div", "dl", "dt", "em", "embed", "h1", "h2", "h3",
    "h4", "h5", "h6", "head", "hr", "i", "img", "li", "listing", "menu", "meta", "nobr", "ol", "p", "pre", "ruby", "s",
    "small", "span", "strike", "strong", "sub", "sup", "table", "tt", "u", "ul", "var",
))  # fmt: skip
_FORMATS = frozenset(("b", "big", "code", "em", "font", "i", "s", "small", "strike", "strong", "tt", "u"))


def flatten(markup: str) -> str:
    """The markup without what would take the parser more than linear time: see above. Linear time itself."""
    if len(markup) > _MOST_IN_TAG:
        markup = _without_crowds(markup)
    if len(markup) > _MOST_IN_ROOTS:
        markup = _without_roots(markup)
    return _shallow(markup) if _is_suspicious(markup) else markup


def _without_crowds(markup: str) -> str:
    """Start tags without their attributes behind the first few hundred."""
    kept, start = [], 0
    for long in _LONG.finditer(markup):
        crowd = _CROWDED.match(markup, long.start()) if long.start() >= start else None
        if crowd:
            kept.append(markup[start : crowd.end(1)])
            start = crowd.end()
    return "".join([*kept, markup[start:]])


def _without_roots(markup: str) -> str:
    """Only the first few tags `<html>` and `<body>` of a page; the others become comments."""
    for number, match in enumerate(_ROOT.finditer(markup), 1):
        if number > _MOST_ROOTS:
            return markup[: match.start()] + _ROOT.sub("</!", markup[match.start() :])
    return markup


def _is_suspicious(markup: str) -> bool:
    tags = markup.count("<")
    if tags * tags < _MOST_WORK:
        return False
    return tags > _MOST_TAGS or tags * (tags - 2 * markup.count("</")) > _MOST_WORK


def _shallow(markup: str) -> str:
    """The markup without the tags that would nest deeper than `MAX_DEPTH`, or leave too much formatting open."""
    kept, start, depth = [], 0, _Depth()
    for match in _TAG.finditer(markup):
        name = (match["name"] or "").lower()
        if match.start() < start:
            continue
        if not name or name in _NOT_COUNTED:
            if name in _LEAVES_FOREIGN and not match["closes"]:
                depth.leave_foreign()
            continue
        fits = depth.close(name) if match["closes"] else depth.open(name, hides=_hides(name, markup, match.end()))
        if not fits:
            kept.append(markup[start : match.start()])
            end = markup.find(">", match.end())
            start = len(markup) if end < 0 else end + 1
    kept.append(markup[start:])
    return "".join(kept)


def _hides(name: str, markup: str, end: int) -> bool:
    """Whether an element may keep what is in it from the eye; `end` is where its name ends."""
    if name in _UNSEEN:
        return True
    attributes = markup[end : end + _LONGEST_HIDING].partition(">")[0].lower()
    return "hidden" in attributes or "display" in attributes


class _Depth:
    """The open elements, as far as tags tell: the end of one ends all inside it that were left open."""

    def __init__(self) -> None:
        self._open: list[str] = []
        self._count: Counter[str] = Counter()
        self._formats: Counter[str] = Counter()
        """What only its own end tag closes: the parser opens it again behind the end of another element."""
        self._dropped: Counter[str] = Counter()
        """Open elements below the deepest one kept."""

    def open(self, name: str, *, hides: bool) -> bool:
        """Whether an element may open here; one that hides what is in it may a little deeper."""
        deepest = MAX_DEPTH + _MOST_HIDING * hides
        depth = self._foreign() if name in _LEAVES_FOREIGN else len(self._open)
        fits = depth <= deepest and self._formats[name] < _MOST_FORMATS
        if fits:
            self._cut(depth)
            self._open.append(name)
            self._formats[name] += name in _FORMATS
        (self._count if fits else self._dropped)[name] += 1
        return fits

    def leave_foreign(self) -> None:
        """End the drawing or formula that is open, with all in it; what it holds of HTML in turn stays in it."""
        self._cut(self._foreign())

    def _foreign(self) -> int:
        """So many elements stay open where the drawing or formula is left that is open; all where none is."""
        if not any(self._count[name] for name in _FOREIGN):
            return len(self._open)
        within = max((at + 1 for at, name in enumerate(self._open) if name in _HOLDS_HTML), default=0)
        return next((at for at in range(within, len(self._open)) if self._open[at] in _FOREIGN), len(self._open))

    def _cut(self, depth: int) -> None:
        for name in self._open[depth:]:
            self._count[name] -= 1
        del self._open[depth:]

    def close(self, name: str) -> bool:
        """Whether an end tag is to stay: that of an element that was dropped goes too."""
        if self._dropped[name]:
            self._dropped[name] -= 1
            return False
        self._formats[name] -= self._formats[name] > 0
        while self._count[name]:
            self._dropped.clear()
            last = self._open.pop()
            self._count[last] -= 1
            if last == name:
                break
        return True
