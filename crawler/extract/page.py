"""Reads markup once, from left to right, into the flat values that the other modules of this room judge.

Lexbor repairs the markup as a browser does; one pass over its tree, without recursion, gives `Line`s (runs of text
between block boundaries), `Anchor`s and the head's metadata. Block elements are numbers, parents before children, so
that a sum over subtrees is one loop backwards. Hidden elements say nothing (`visibility: hidden` does: articles of
WeChat start so). The only importer of selectolax.
"""

import re
from itertools import groupby, takewhile
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
_SKIPPED = frozenset((
    "script", "style", "noscript", "template", "iframe", "svg", "math", "object", "audio", "video", "canvas",
    "noframes", "noembed", "datalist", "rp",
))  # fmt: skip
"""Nobody reads what these hold, nor follows a link in it."""
_SILENT = frozenset(("head", "title", "map"))
_AREA = frozenset(("nav", "footer", "aside", "button", "select", "textarea", "dialog"))
_BLOCK = frozenset((
    "address", "article", "aside", "blockquote", "body", "button", "caption", "center", "dd", "details", "dialog",
    "dir", "div", "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6",
    "header", "hgroup", "hr", "html", "legend", "li", "listing", "main", "menu", "nav", "ol", "optgroup", "option",
    "p", "plaintext", "pre", "section", "select", "summary", "table", "tbody", "td", "textarea", "tfoot", "th",
    "thead", "tr", "ul", "xmp",
))  # fmt: skip
_PREFORMATTED = frozenset(("pre", "listing", "plaintext", "textarea", "xmp"))
_LINKS = frozenset(("a", "option"))
_HEAD = frozenset(("meta", "link", "base", "title"))
_MEANT = _BLOCK | _SILENT | _LINKS | _HEAD | {"br"}
"""The tags that matter; any other is text in its line."""
_MARKED = "[hidden], [style*=display i]"
_DISPLAY = re.compile(r"display\s{0,9}:\s{0,9}(none|block)", re.IGNORECASE)
_NOSCRIPT = re.compile(r"<(/?)(?:noscript|NOSCRIPT|Noscript|NoScript)\b")


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


class _Context(NamedTuple):
    """What an element passes on to all that is inside it."""

    element: int = 0
    row: int = 0
    cell: int = 0
    silent: bool = False
    area: bool = False
    preformatted: bool = False


class _Frame(NamedTuple):
    """An open element."""

    tag: str
    breaks: bool
    """It is a block: its end ends the line."""
    start: int
    """Pieces of text before it in its line."""
    link: bool
    """It is a link or an option itself."""
    context: _Context


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
    tree = LexborHTMLParser(flatten(_as_with_scripts(markup)))
    reader = _Reader(_mark(tree, selectors))
    reader.walk(tree.root)
    selected = frozenset(reader.selected) if selectors.select else None
    return Page(reader.parents, reader.tags, reader.lines, reader.anchors, reader.meta, reader.headings, selected)


def _as_with_scripts(markup: str) -> str:
    """Lexbor reads `noscript` as a browser without scripts does, where it may end the head: nothing of it is shown."""
    return _NOSCRIPT.sub(r"<\1template", markup)


def _mark(tree: LexborHTMLParser, selectors: Selectors) -> _Marks:
    """Nodes that attributes or selectors single out; the parser finds them faster than a look at every node would."""
    wanted = _matching(tree, selectors.select) if selectors.select else []
    silent = [node for selector in selectors.drop for node in _matching(tree, selector)]
    styled = [(node, _display(node)) for node in tree.css(_MARKED)]
    silent += [node for node, display in styled if display == "none"]
    blocks = [node for node, display in styled if display == "block"]
    return _Marks(*(frozenset(node.mem_id for node in nodes) for nodes in (wanted, silent, blocks)))


def _display(node: LexborNode) -> str:
    """How a node's own attributes want it shown: none, block or as usual."""
    attributes = node.attributes
    display = _DISPLAY.search(attributes.get("style") or "")
    return "none" if "hidden" in attributes else display[1].lower() if display else ""


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
        self._marks, self._marked = marks, marks.wanted | marks.silent | marks.blocks
        self._hrefs: list[str | None] = []
        """Where each line leads."""
        self._pieces: list[tuple[str, str | None]] = []
        self._links: list[tuple[str, str, str, list[str]]] = []
        """The open ones: address, rel, title and pieces of text."""

    def walk(self, root: LexborNode | None) -> None:
        """Visit every node in document order."""
        frame = _Frame("", True, 0, False, _Context())
        above: list[tuple[LexborNode, _Frame]] = []
        node = root
        while node is not None or above:
            if node is None:  # behind the last child
                self._leave(frame)
                node, frame = above.pop()
            elif (kind := node.tag_id) == _TEXT:
                self._say(node.text_content or "", frame.context)
            elif kind != _COMMENT and (tag := node.tag or "") not in _SKIPPED:
                above.append((node, frame))
                frame = self._enter(node, tag, frame.context)
                node = node.child
                continue
            node = node.next
        self._end_line(frame.context)
        self._free_paragraphs()

    def _free_paragraphs(self) -> None:
        """Take paragraphs that lead to one place for what they are: text behind a link that was never closed."""
        start = 0
        for href, run in groupby(self._hrefs):
            end = start + sum(1 for _ in run)
            if href is not None and end - start > 1 and all("。" in line.text for line in self.lines[start:end]):
                self.lines[start:end] = [line._replace(linked=0) for line in self.lines[start:end]]
            start = end

    def _say(self, text: str, context: _Context) -> None:
        if context.silent:
            return
        if context.preformatted and "\n" in text:
            *whole, text = text.split("\n")
            for part in whole:
                self._pieces.append((part, self._href()))
                self._end_line(context)
        if not self._pieces and text.isspace():
            return
        self._pieces.append((text, self._href()))
        if self._links:
            self._links[-1][-1].append(text)

    def _href(self) -> str | None:
        """Where the text being read leads; None: nowhere."""
        return self._links[-1][0] if self._links else None

    def _enter(self, node: LexborNode, tag: str, outer: _Context) -> _Frame:
        marked = node.mem_id in self._marked
        if tag not in _MEANT and not marked:
            if tag == "img" and self._links:
                self._show(node)
            return _Frame(tag, False, len(self._pieces), False, outer)
        breaks = tag in _BLOCK or (marked and node.mem_id in self._marks.blocks)
        if breaks or tag == "br":
            self._end_line(outer)
        if tag in _HEAD:
            self._note(node, tag)
        link = tag in _LINKS and self._opens_link(node, tag)
        context = self._block(tag, outer) if breaks else outer
        if marked and node.mem_id in self._marks.wanted:
            self.selected.append(context.element)
        if tag in _SILENT or (marked and node.mem_id in self._marks.silent):
            context = context._replace(silent=True)
        return _Frame(tag, breaks, len(self._pieces), link, context)

    def _block(self, tag: str, outer: _Context) -> _Context:
        """Number a block element."""
        element = len(self.tags)
        self.parents.append(outer.element)
        self.tags.append(tag)
        return _Context(
            element,
            element if tag == "tr" else outer.row,
            element if tag in ("td", "th") else outer.cell,
            outer.silent,
            outer.area or tag in _AREA,
            outer.preformatted or tag in _PREFORMATTED,
        )

    def _opens_link(self, node: LexborNode, tag: str) -> bool:
        attributes = node.attributes
        if tag == "a" and "href" not in attributes:
            return False
        href = attributes.get("value" if tag == "option" else "href") or ""
        rel = tag if tag == "option" else attributes.get("rel") or ""
        self._links.append((href, rel, attributes.get("title") or "", []))
        return True

    def _show(self, image: LexborNode) -> None:
        """Let an image in a link speak for it, unless its title or text does."""
        href, rel, title, pieces = self._links[-1]
        if not title:
            said = image.attributes
            self._links[-1] = (href, rel, said.get("alt") or said.get("title") or "", pieces)

    def _note(self, node: LexborNode, tag: str) -> None:
        """Keep what an element of the head says."""
        said = {name: text or "" for name, text in node.attributes.items()}
        if tag == "meta":
            name = said.get("name") or said.get("property") or said.get("itemprop", "")
            self.meta.setdefault(name.lower(), said.get("content", ""))
        elif tag == "link":
            if said.get("rel", "").lower() in ("next", "prev"):
                self._add_anchor(said.get("href", ""), "", said["rel"])
        else:
            text = node.text() if tag == "title" else said.get("href", "")
            self.meta.setdefault(f"<{tag}>", " ".join(text[:_LONGEST_TITLE].split()))

    def _add_anchor(self, href: str, text: str, rel: str) -> None:
        if len(self.anchors) < MAX_ANCHORS:
            self.anchors.append(Anchor(href, text, rel.lower(), len(self.lines)))

    def _leave(self, frame: _Frame) -> None:
        if frame.link:
            href, rel, title, pieces = self._links.pop()
            text = "".join(pieces)
            self._add_anchor(href, title if title and not text.strip() else text, rel)
        if frame.breaks:
            self._end_line(frame.context)
            if frame.tag == "h1":
                self._end_heading(frame.context.element)
        elif 0 < len(self._pieces) - frame.start < _ADVERT_PIECES:
            self._drop_advert(frame)

    def _drop_advert(self, frame: _Frame) -> None:
        """Take back what an inline element said, if that is an advert."""
        if is_advert("".join(text for text, _ in self._pieces[frame.start :]), link=frame.link):
            del self._pieces[frame.start :]

    def _end_heading(self, element: int) -> None:
        within = takewhile(lambda line: line.element >= element, reversed(self.lines))
        self.headings = [*self.headings[:_MOST_HEADINGS], "".join(line.text for line in [*within][::-1])]

    def _end_line(self, context: _Context) -> None:
        if not self._pieces:
            return
        text = normalize("".join(text for text, _ in self._pieces))
        if text:
            hrefs = [href for _, href in self._pieces if href is not None]
            linked = (
                sum(len("".join(piece.split())) for piece, href in self._pieces if href is not None) if hrefs else 0
            )
            self._hrefs.append(hrefs[0] if hrefs else None)
            self.lines.append(Line(text, linked, context.element, context.row, context.cell, context.area))
        self._pieces.clear()
