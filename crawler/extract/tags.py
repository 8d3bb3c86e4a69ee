"""What the elements of a page mean for the text in them, by their tags alone. Imports nothing of this room."""

from functools import lru_cache

from crawler.model import value

AREA = frozenset(("nav", "footer", "aside", "button", "select", "textarea", "dialog"))
"""Furniture by their meaning."""
PREFORMATTED = frozenset(("pre", "listing", "plaintext", "textarea", "xmp"))
CELLS = frozenset(("td", "th"))
_SKIPPED = frozenset((
    "script", "style", "noscript", "template", "iframe", "svg", "math", "object", "audio", "video", "canvas",
    "noframes", "noembed", "datalist", "rp", "-comment",
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


@value
class Tag:
    """What to do at the start and the end of an element; where all is False, it is text in its line."""

    name: str
    skipped: bool
    """Nobody reads what it holds, nor follows a link in it."""
    meant: bool
    """One of the following holds."""
    breaks: bool
    """Its start ends the line."""
    block: bool
    """Its end does, too, and it is counted among the elements."""
    holder: bool
    """What is inside is to know that it is."""
    link: bool
    """It is a link or an option itself."""
    noted: bool
    """It says something of the page, or of the link around it."""
    silent: bool
    """The text in it is not shown."""
    plain: bool
    """It is a block and nothing else."""
    wanted: bool = False
    """It holds the body, says a hand-written selector."""


@lru_cache(maxsize=1_000)  # more than there are; a page may make up others
def tag_of(name: str) -> Tag:
    """The tag of this name."""
    breaks, block, holder = name in _BLOCK or name == "br", name in _BLOCK, name in _HOLDERS
    link, noted, silent = name in _LINKS, name in _NOTED, name in _SILENT
    meant = breaks or link or noted or silent
    return Tag(
        name=name,
        skipped=name in _SKIPPED,
        meant=meant,
        breaks=breaks,
        block=block,
        holder=holder,
        link=link,
        noted=noted,
        silent=silent,
        plain=block and not (holder or link or noted or silent or name == "h1"),
    )
