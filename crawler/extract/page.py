"""Reads markup once, from left to right, into the flat values that the other modules of this room judge.

Lexbor repairs the markup as a browser does; one pass over its tree, without recursion, gives `Line`s (runs of text
between block boundaries), `Anchor`s and the head's metadata. Block elements are numbers, parents before children, so
that a sum over subtrees is one loop backwards. Hidden elements say nothing (`visibility: hidden` does: articles of
WeChat start so). The only importer of selectolax.
"""

import re
from dataclasses import replace
from itertools import accumulate, groupby, takewhile
from typing import NamedTuple

from selectolax.lexbor import LexborDocumentOptions, LexborHTMLParser, LexborNode, SelectolaxError

from crawler.errors import UsageError
from crawler.extract.nesting import flatten
from crawler.extract.normalize import normalize
from crawler.extract.phrases import is_advert
from crawler.extract.tags import AREA, CELLS, PREFORMATTED, Tag, tag_of
from crawler.model import Selectors

MAX_ANCHORS = 50_000
AUTOMATIC = Selectors()
"""No hand-written selector: the extractor finds the body."""

_ADVERT_PIECES = 8
_MOST_HEADINGS = 20
_LONGEST_TITLE = 500
_TEXT = 2  # Lexbor's number for a run of text
_MARKED = "[hidden], [style*=display i]"
_new = tuple.__new__
"""Of a named tuple: it does in a third of the time what its class does when called."""
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


class _Holder(NamedTuple):
    """What a block element passes on to all that is inside it."""

    row: int = 0
    cell: int = 0
    area: bool = False
    preformatted: bool = False


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
    # Without scripting a `noscript` may end the head; with events a list of n options takes n * n steps.
    tree = LexborHTMLParser(flatten(markup), options=LexborDocumentOptions.WO_EVENTS, scripting=True)
    reader = _Reader(_mark(tree, selectors))
    reader.walk(tree.root)
    selected = frozenset(reader.selected) if selectors.select else None
    return Page(reader.parents, reader.tags, reader.lines, reader.anchors, reader.meta, reader.headings, selected)


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
        self._known: dict[int, Tag] = {}
        """Lexbor's number for a tag -> what the tag means."""
        self._element = 0
        """The innermost open block."""
        self._holder = _Holder()
        self._holders: list[_Holder] = []
        """What it stands in, and what the open holders stand in."""
        self._silent = 0
        """So many open elements show no text."""
        self._pieces: list[str] = []
        """Of the line being read."""
        self._leads: list[tuple[int, int, str]] = []
        """From which piece to which before it is link text, and where it leads."""
        self._hrefs: list[str | None] = []
        """Where each line leads."""
        self._image = self._asks = False
        """An image stands behind the last line; a field in the line being read."""
        self._links: list[tuple[str, str, str, list[str], int]] = []
        """The open ones: address, rel, title, text before this line, and the piece of this line it goes on with."""

    def walk(self, root: LexborNode | None) -> None:
        """Visit every node in document order."""
        pieces, known, marked = self._pieces, self._known, self._marked
        above: list[tuple[LexborNode, Tag, int]] = []
        node = root
        while node is not None or above:
            if node is None:  # behind the last child
                node, tag, start = above.pop()
                if tag.meant:
                    self._leave(tag, start)
                elif 0 < len(pieces) - start < _ADVERT_PIECES:
                    self._drop_advert(start, link=False)
            elif (number := node.tag_id) == _TEXT:
                text = node.text_content or ""
                if pieces or not text.isspace():
                    self._say(text)
            elif not (tag := known.get(number) or self._learn(node)).skipped:
                if marked and node.mem_id in marked:
                    tag = self._as_marked(node.mem_id, tag)
                if tag.meant:
                    tag = self._enter(node, tag)
                above.append((node, tag, len(pieces)))
                node = node.first_child
                continue
            node = node.next
        self._end_line()
        self._free_paragraphs()

    def _free_paragraphs(self) -> None:
        """Take paragraphs that lead to one place for what they are: text behind a link that was never closed."""
        start = 0
        for href, run in groupby(self._hrefs):
            end = start + sum(1 for _ in run)
            if href is not None and end - start > 1 and all("。" in line.text for line in self.lines[start:end]):
                self.lines[start:end] = [line._replace(linked=0, links=()) for line in self.lines[start:end]]
            start = end

    # --- elements ----------------------------------------------------------------------------------------------------

    def _learn(self, node: LexborNode) -> Tag:
        tag = self._known[node.tag_id] = tag_of(node.tag or "")
        return tag

    def _as_marked(self, node: int, tag: Tag) -> Tag:
        """What a tag means at a node singled out."""
        marks = self._marks
        block = tag.block or node in marks.blocks
        silent = tag.silent or node in marks.silent
        breaks = tag.breaks or block
        return replace(
            tag, meant=True, plain=False, breaks=breaks, block=block, silent=silent, wanted=node in marks.wanted
        )

    def _enter(self, node: LexborNode, tag: Tag) -> Tag:
        """Do what the start of an element asks for; gives what its end does."""
        if tag.breaks and self._pieces:
            self._end_line()
        if tag.block:
            self.parents.append(self._element)
            self._element = len(self.tags)
            self.tags.append(tag.name)
        if tag.plain:
            return tag
        if tag.holder:
            self._hold(tag)
        if tag.noted:
            self._note(node, tag)
        if tag.link and not self._opens_link(node, tag.name):
            tag = replace(tag, link=False)
        if tag.wanted:
            self.selected.append(self._element)
        if tag.silent:
            self._silent += 1
        return tag

    def _leave(self, tag: Tag, start: int) -> None:
        """Do what the end of an element asks for; so many pieces of its line stand before it."""
        if tag.link:
            self._close_link()
        if tag.block:
            if self._pieces:
                self._end_line()
            if not tag.plain:
                self._end_holder(tag)
            self._element = self.parents[self._element]
        elif 0 < len(self._pieces) - start < _ADVERT_PIECES:
            self._drop_advert(start, link=tag.link)
        if tag.silent:
            self._silent -= 1

    def _hold(self, tag: Tag) -> None:
        """Let what is inside a block know what it stands in."""
        element, name, outer = self._element, tag.name, self._holder
        self._holders.append(outer)
        self._holder = _Holder(
            element if name == "tr" else outer.row,
            element if name in CELLS else outer.cell,
            outer.area or name in AREA,
            outer.preformatted or name in PREFORMATTED,
        )

    def _end_holder(self, tag: Tag) -> None:
        if tag.holder:
            self._holder = self._holders.pop()
        if tag.name == "h1":
            self._end_heading()

    def _end_heading(self) -> None:
        within = takewhile(lambda line: line.element >= self._element, reversed(self.lines))
        self.headings = [*self.headings[:_MOST_HEADINGS], "".join(line.text for line in [*within][::-1])]

    def _note(self, node: LexborNode, tag: Tag) -> None:
        """Keep what an element of the head says, or an image in a link."""
        if tag.name == "img":
            self._image = True
            if tag.silent or not self._links:
                return
        said = node.attributes
        if tag.name == "img":
            self._show(said.get("alt") or said.get("title") or "")
        elif tag.name == "input":
            self._ask(said.get("type") or "")
        elif tag.name == "meta":
            name = said.get("name") or said.get("property") or said.get("itemprop") or ""
            self.meta.setdefault(name.lower(), said.get("content") or "")
        elif tag.name == "link":
            rel = (said.get("rel") or "").lower()
            if rel in ("next", "prev"):
                self._add_anchor(said.get("href") or "", "", rel)
        else:
            text = node.text() if tag.name == "title" else said.get("href") or ""
            self.meta.setdefault(f"<{tag.name}>", " ".join(text[:_LONGEST_TITLE].split()))

    def _ask(self, kind: str) -> None:
        """Note a field at the line it stands in, or behind."""
        if kind.lower() == "hidden":
            return
        if any(not piece.isspace() for piece in self._pieces):
            self._asks = True
        elif self.lines and self.lines[-1].element == self._element:
            self.lines[-1] = self.lines[-1]._replace(asks=True)

    # --- links -------------------------------------------------------------------------------------------------------

    def _opens_link(self, node: LexborNode, tag: str) -> bool:
        attributes = node.attributes
        if tag == "a" and "href" not in attributes:
            return False
        if self._links:
            self._hear_link(len(self._pieces))
        href = attributes.get("value" if tag == "option" else "href") or ""
        rel = tag if tag == "option" else (attributes.get("rel") or "").lower()
        self._links.append((href, rel, attributes.get("title") or "", [], len(self._pieces)))
        return True

    def _show(self, words: str) -> None:
        """Let an image in a link speak for it, unless its title or text does."""
        href, rel, title, texts, start = self._links[-1]
        self._links[-1] = (href, rel, title or words, texts, start)

    def _hear_link(self, start: int) -> None:
        """Take what the innermost link said in this line; it goes on with piece `start`."""
        href, rel, title, texts, since = self._links[-1]
        pieces = self._pieces
        if since < len(pieces):
            self._leads.append((since, len(pieces), href))
            texts += pieces[since:]
        self._links[-1] = (href, rel, title, texts, start)

    def _close_link(self) -> None:
        self._hear_link(0)
        href, rel, title, texts, _ = self._links.pop()
        text = "".join(texts)
        self._add_anchor(href, title if title and not text.strip() else text, rel)
        if self._links:
            self._links[-1] = (*self._links[-1][:-1], len(self._pieces))

    def _add_anchor(self, href: str, text: str, rel: str) -> None:
        if len(self.anchors) < MAX_ANCHORS:
            self.anchors.append(_new(Anchor, (href, text, rel, len(self.lines))))

    # --- lines -------------------------------------------------------------------------------------------------------

    def _say(self, text: str) -> None:
        if self._silent:
            return
        if "\n" in text and self._holder.preformatted:
            *whole, text = text.split("\n")
            for line in whole:
                self._say(line)
                self._end_line()
        self._pieces.append(text)

    def _drop_advert(self, start: int, *, link: bool) -> None:
        """Take back what an inline element said, if that is an advert."""
        pieces = self._pieces
        if is_advert(pieces[start] if start + 1 == len(pieces) else "".join(pieces[start:]), link=link):
            if self._links:
                self._hear_link(start)
            del pieces[start:]
            self._leads = [(first, min(end, start), href) for first, end, href in self._leads if first < start]

    def _end_line(self) -> None:
        pieces = self._pieces
        if self._links:
            self._hear_link(0)
        text = normalize("".join(pieces))
        if text:
            row, cell, area, _ = self._holder
            linked, href, links = self._linked() if self._leads else (0, None, ())
            self._hrefs.append(href)
            at = self._element
            line = (text, linked, at, row, cell, area, False, links, self._image, self._asks)
            self.lines.append(_new(Line, line))
            self._image = False
        self._asks = False
        pieces.clear()
        self._leads.clear()

    def _linked(self) -> tuple[int, str, tuple[tuple[int, int], ...]]:
        """How much of the line is link text, where its first link leads, and the links' reaches (`Line.links`)."""
        pieces, leads = self._pieces, self._leads
        first, end, where = leads[0]
        if end - first == len(pieces):
            return _size(pieces), where, ()
        behind = [0, *accumulate(len("".join(piece.split())) for piece in pieces)]
        reaches: list[tuple[int, int]] = []
        last = ""
        for first, end, href in leads:
            start, stop = behind[first], behind[end]
            if start < stop:
                goes_on = reaches and reaches[-1][1] == start and href == last
                reaches.append((reaches.pop()[0] if goes_on else start, stop))
                last = href
        linked = sum(stop - start for start, stop in reaches)
        whole = sum(end - first for first, end, _ in leads) == len(pieces)
        return linked, where, () if whole else tuple(reaches)


def _size(pieces: list[str]) -> int:
    """So many characters, white space aside."""
    return len("".join("".join(pieces).split()))
