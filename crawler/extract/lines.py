"""What a document reads as: its lines, its links, and all of it. Values; imports nothing of this room."""

from typing import NamedTuple


class Line(NamedTuple):
    """A run of text between two block boundaries."""

    text: str
    """Normalised, never empty."""
    linked: int
    """So many of its characters, white space aside, are link text."""
    element: int
    """The innermost block element around it."""
    row: int
    """The innermost table row around it, 0: none."""
    cell: int
    """The innermost table cell around it, 0: none."""
    area: bool
    """It stands in an element that is furniture by its meaning (nav, footer, aside, button …)."""
    data: bool = False
    """It is a row of a table of data."""
    links: tuple[tuple[int, int], ...] = ()
    """From where to where its links reach, white space not counted, where it is not all link."""
    image: bool = False
    """An image stands in it, or between it and the line before."""
    asks: bool = False
    """A field to fill in stands in it, or right behind it in its element."""


class Anchor(NamedTuple):
    """A link, or an option of a list of pages, as written."""

    href: str
    text: str
    """What a link without text shows instead: its title, an image's alternative text."""
    rel: str
    """In lower case; 'option' for an option."""
    line: int = 0
    """So many lines stand before it."""


class Page(NamedTuple):
    """One document, flat."""

    parents: list[int]
    """Of each block element; element 0 is the document, its own parent."""
    tags: list[str]
    lines: list[Line]
    anchors: list[Anchor]
    meta: dict[str, str]
    """Names and properties in lower case -> content; also `<title>` and `<base>`."""
    headings: list[str]
    """Texts of the h1 elements."""
    selected: frozenset[int] | None
    """Block elements the `select` selector names; None: no selector was given."""
    scripts: str = ""
    """Texts of the script elements, a line feed between them."""
