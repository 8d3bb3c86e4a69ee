"""What the elements of a page mean for the text in them, by their tags alone. Imports nothing of this room."""

from enum import Enum, auto
from functools import lru_cache

from crawler.model import value

AREA = frozenset(("nav", "footer", "aside", "button", "select", "textarea", "dialog"))
"""Furniture by their meaning."""
PREFORMATTED = frozenset(("pre", "listing", "plaintext", "textarea", "xmp"))
CELLS = frozenset(("td", "th"))
_SKIPPED = frozenset((
    "style", "noscript", "template", "iframe", "svg", "math", "object", "audio", "video", "canvas",
    "noframes", "noembed", "datalist", "rp",
))  # fmt: skip
_SILENT = frozenset(("head", "title", "map"))
_BLOCK = frozenset((
    "address", "article", "aside", "blockquote", "body", "button", "caption", "center", "dd", "details", "dialog",
    "dir", "div", "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6",
    "header", "hgroup", "hr", "html", "legend", "li", "listing", "main", "menu", "nav", "ol", "optgroup", "option",
    "p", "plaintext", "pre", "section", "select", "summary", "table", "tbody", "td", "textarea", "tfoot", "th",
    "thead", "tr", "ul", "xmp",
))  # fmt: skip
_LINKS = frozenset(("a", "option"))
_NOTED = frozenset(("meta", "link", "base", "title", "img", "input"))
_HOLDERS = AREA | PREFORMATTED | CELLS | {"tr"}


Holder = tuple[int, int, bool, bool]
"""The innermost row and cell around, and whether what is inside is an area's, or preformatted."""
NOWHERE: Holder = (0, 0, False, False)


class Kind(Enum):
    """How the pass over a page takes an element."""

    TEXT = auto()
    """As text in its line."""
    BLOCK = auto()
    """As a block, and nothing else."""
    LINK = auto()
    """As a link, and nothing else."""
    EMPTY = auto()
    """As something that holds nothing: a line break, an image, what the head says."""
    SCRIPT = auto()
    """Its text is kept, and none of the page's."""
    SKIPPED = auto()
    """Nobody reads what it holds, nor follows a link in it."""
    OTHER = auto()
    """As its tag says in detail."""


_KINDS = {
    **dict.fromkeys(_SILENT | _BLOCK | _LINKS | _NOTED, Kind.OTHER),
    **dict.fromkeys(_BLOCK - _HOLDERS - _LINKS - {"h1"}, Kind.BLOCK),
    **dict.fromkeys(_NOTED - _SILENT | {"br"}, Kind.EMPTY),
    **dict.fromkeys(_SKIPPED, Kind.SKIPPED),
    "script": Kind.SCRIPT,
    "a": Kind.LINK,
}
NAMES = frozenset(_KINDS)
"""Of the tags that mean something."""


@value
class Tag:
    """What to do at the start and the end of an element; where all is False, it is text in its line."""

    name: str
    kind: Kind
    breaks: bool
    """Its start ends the line."""
    block: bool
    """Its end does, too, and it is counted among the elements."""
    holder: bool
    """What is inside is to know that it is."""
    link: bool
    """It is a link or an option itself."""
    noted: bool
    """It says something of the page, or of the link or the line around it."""
    silent: bool
    """The text in it is not shown."""
    wanted: bool
    """It holds the body, says a hand-written selector."""


@lru_cache(maxsize=1_000)  # more than there are; a page may make up others
def tag_of(name: str, *, shown: bool = False, hidden: bool = False, wanted: bool = False, link: bool = True) -> Tag:
    """The tag of this name, at an element that is shown as a block, hidden, wanted or (a link) leads nowhere."""
    block = name in _BLOCK or shown
    return Tag(
        name=name,
        kind=Kind.OTHER if shown or hidden or wanted or not link else _KINDS.get(name, Kind.TEXT),
        breaks=block or name == "br",
        block=block,
        holder=name in _HOLDERS,
        link=link and name in _LINKS,
        noted=name in _NOTED,
        silent=name in _SILENT or hidden,
        wanted=wanted,
    )


def inside(name: str, element: int, outer: Holder) -> Holder:
    """What an element of this name, with this number, passes on to all that is inside it."""
    row, cell, area, preformatted = outer
    return (
        element if name == "tr" else row,
        element if name in CELLS else cell,
        area or name in AREA,
        preformatted or name in PREFORMATTED,
    )
