"""Reads markup once, from left to right, into the flat values that the other modules of this room judge.

Lexbor repairs the markup as a browser does; one pass over its tree, without recursion, gives `Line`s (runs of text
between block boundaries), `Anchor`s and the head's metadata. Block elements are numbers, parents before children, so
that a sum over subtrees is one loop backwards. Hidden elements say nothing (`visibility: hidden` does: articles of
WeChat start so). The only importer of selectolax.
"""

import re
from itertools import takewhile
from typing import NamedTuple

from selectolax.lexbor import LexborHTMLParser, LexborNode, SelectolaxError

from crawler.errors import UsageError
from crawler.extract.nesting import flatten
from crawler.extract.normalize import normalize
from crawler.extract.phrases import is_advert
from crawler.model import Selectors

MAX_ANCHORS = 50_000
AUTOMATIC = Selectors()
"""No hand-written selector: the extractor finds the body."""

_ADVERT_PIECES = 8
_MOST_HEADINGS = 20
_LONGEST_TITLE = 500
_TEXT, _COMMENT = 2, 4  # Lexbor's numbers for nodes that are no elements
_SILENT = frozenset(
    [
        "script",
        "style",
        "noscript",
        "template",
        "iframe",
        "svg",
        "math",
        "object",
        "audio",
        "video",
        "canvas",
        "map",
        "noframes",
        "noembed",
        "title",
        "head",
    ]
)
_AREA = frozenset(["nav", "footer", "aside", "button", "select", "textarea", "dialog"])
_BLOCK = frozenset(
    [
        "address",
        "article",
        "aside",
        "blockquote",
        "body",
        "caption",
        "center",
        "dd",
        "details",
        "dialog",
        "dir",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figcaption",
        "figure",
        "footer",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hgroup",
        "hr",
        "html",
        "legend",
        "li",
        "main",
        "menu",
        "nav",
        "ol",
        "optgroup",
        "option",
        "p",
        "pre",
        "section",
        "select",
        "summary",
        "table",
        "tbody",
        "td",
        "textarea",
        "tfoot",
        "th",
        "thead",
        "tr",
        "ul",
        "button",
    ]
)
_LINKS = frozenset(("a", "option"))
_HEAD = frozenset(("meta", "link", "base", "title"))
_DISPLAY = re.compile(r"display\s{0,9}:\s{0,9}(none|block)", re.IGNORECASE)


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


class Anchor(NamedTuple):
    """A link, or an option of a list of pages, as written."""

    href: str
    text: str
    rel: str
    """In lower case; 'option' for an option."""


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


class _Frame(NamedTuple):
    """An open element."""

    node: int
    tag: str
    breaks: bool
    """It is a block: its end ends the line."""
    start: int
    """Pieces of text before it in its line."""
    element: int
    row: int
    cell: int
    silent: bool
    area: bool
    linked: bool
    link: bool
    """It is a link or an option itself."""


class _Marks(NamedTuple):
    """Nodes, by number."""

    wanted: frozenset[int]
    """They hold the body (`select`)."""
    silent: frozenset[int]
    """Hidden, or named by `drop`."""
    blocks: frozenset[int]
    """Inline elements shown as blocks."""


def read(markup: str, selectors: Selectors = AUTOMATIC) -> Page:
    """Read a document. Raises UsageError for a selector that is none."""
    tree = LexborHTMLParser(flatten(markup))
    reader = _Reader(_mark(tree, selectors))
    if tree.root is not None:
        reader.walk(tree.root)
    selected = frozenset(reader.selected) if selectors.select else None
    return Page(reader.parents, reader.tags, reader.lines, reader.anchors, reader.meta, reader.headings, selected)


def _mark(tree: LexborHTMLParser, selectors: Selectors) -> _Marks:
    """Nodes that attributes or selectors single out; the parser finds them faster than a look at every node would."""
    wanted = _matching(tree, selectors.select) if selectors.select else []
    silent = tree.css("[hidden]") + [node for selector in selectors.drop for node in _matching(tree, selector)]
    blocks: list[LexborNode] = []
    for node in tree.css("[style*=display i]"):
        display = _DISPLAY.search(node.attributes.get("style") or "")
        if display is not None:
            (silent if display[1].lower() == "none" else blocks).append(node)
    return _Marks(*(frozenset(node.mem_id for node in nodes) for nodes in (wanted, silent, blocks)))


def _matching(tree: LexborHTMLParser, selector: str) -> list[LexborNode]:
    try:
        return tree.css(selector)
    except SelectolaxError as error:
        raise UsageError(f"body.select or body.drop is not a CSS selector: {selector!r} ({error})") from error


class _Reader:
    """The state of one pass: a stack mirrors the open elements, and leaving a block ends the line."""

    def __init__(self, marks: _Marks) -> None:
        self.parents, self.tags = [0], [""]
        self.lines: list[Line] = []
        self.anchors: list[Anchor] = []
        self.meta: dict[str, str] = {}
        self.headings: list[str] = []
        self.selected: list[int] = []
        self._marks = marks
        self._pieces: list[tuple[str, bool]] = []
        self._links: list[tuple[str, str, list[str]]] = []

    def walk(self, root: LexborNode) -> None:
        """Visit every node in document order."""
        stack = [_Frame(root.mem_id, "", True, 0, 0, 0, 0, False, False, False, False)]
        for node in root.traverse(include_text=True):
            parent = node.parent
            if parent is None:
                continue
            above = parent.mem_id
            while stack[-1].node != above and len(stack) > 1:
                self._leave(stack.pop())
            kind = node.tag_id
            if kind == _TEXT:
                self._say(node, stack[-1])
            elif kind != _COMMENT:
                self._enter(node, stack)
        while len(stack) > 1:
            self._leave(stack.pop())
        self._end_line(stack[0])

    def _say(self, node: LexborNode, frame: _Frame) -> None:
        if frame.silent:
            return
        text = node.text_content or ""
        if frame.tag == "pre" and "\n" in text:
            for part in text.split("\n"):
                self._pieces.append((part, frame.linked))
                self._end_line(frame)
            return
        if not self._pieces and text.isspace():
            return
        self._pieces.append((text, frame.linked))
        if self._links:
            self._links[-1][2].append(text)

    def _enter(self, node: LexborNode, stack: list[_Frame]) -> None:
        above, tag, number = stack[-1], node.tag or "", node.mem_id
        breaks = tag in _BLOCK or number in self._marks.blocks
        if breaks or tag == "br":
            self._end_line(above)
        element = self._number(tag, above) if breaks else above.element
        if number in self._marks.wanted:
            self.selected.append(element)
        silent = above.silent or tag in _SILENT or number in self._marks.silent
        link = tag in _LINKS and self._opens_link(node, tag)
        if tag in _HEAD:
            self._note(node, tag, node.attributes)
        stack.append(
            _Frame(
                number, tag, breaks, len(self._pieces), element,
                element if tag == "tr" else above.row,
                element if tag in ("td", "th") else above.cell,
                silent, above.area or tag in _AREA, above.linked or link, link,
            )
        )  # fmt: skip

    def _opens_link(self, node: LexborNode, tag: str) -> bool:
        attributes = node.attributes
        if tag == "a" and "href" not in attributes:
            return False
        href = attributes.get("value" if tag == "option" else "href") or ""
        self._links.append((href, tag if tag == "option" else attributes.get("rel") or "", []))
        return True

    def _number(self, tag: str, above: _Frame) -> int:
        self.parents.append(above.element)
        self.tags.append(tag)
        return len(self.tags) - 1

    def _note(self, node: LexborNode, tag: str, attributes: dict[str, str | None]) -> None:
        """Keep what an element of the head says."""
        if tag == "meta":
            name = attributes.get("name") or attributes.get("property") or attributes.get("itemprop") or ""
            self.meta.setdefault(name.lower(), attributes.get("content") or "")
        elif tag in ("base", "title"):
            said = attributes.get("href") if tag == "base" else node.text()
            self.meta.setdefault(f"<{tag}>", normalize((said or "")[:_LONGEST_TITLE]))
        elif (attributes.get("rel") or "").lower() in ("next", "prev"):
            self._add_anchor(attributes.get("href") or "", "", attributes["rel"] or "")

    def _add_anchor(self, href: str, text: str, rel: str) -> None:
        if len(self.anchors) < MAX_ANCHORS:
            self.anchors.append(Anchor(href, text, rel.lower()))

    def _leave(self, frame: _Frame) -> None:
        if frame.link:
            href, rel, pieces = self._links.pop()
            self._add_anchor(href, "".join(pieces), rel)
        if frame.breaks:
            self._end_line(frame)
            if frame.tag == "h1":
                within = takewhile(lambda line: line.element >= frame.element, reversed(self.lines))
                self.headings = [*self.headings[:_MOST_HEADINGS], "".join(line.text for line in [*within][::-1])]
        elif 0 < len(self._pieces) - frame.start < _ADVERT_PIECES and is_advert(
            "".join(text for text, _ in self._pieces[frame.start :]), link=frame.link
        ):
            del self._pieces[frame.start :]

    def _end_line(self, frame: _Frame) -> None:
        if not self._pieces:
            return
        text = normalize("".join(text for text, _ in self._pieces))
        if text:
            linked = sum(len("".join(piece.split())) for piece, is_link in self._pieces if is_link)
            self.lines.append(Line(text, linked, frame.element, frame.row, frame.cell, frame.area))
        self._pieces.clear()
