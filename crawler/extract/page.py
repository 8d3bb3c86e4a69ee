"""Reads markup once, from left to right, into the flat values that the other modules of this room judge.

Lexbor repairs the markup as a browser does; one pass over its tree, without recursion, gives `Line`s (runs of text
between block boundaries), `Anchor`s and the head's metadata. Block elements are numbers, parents before children, so
that a sum over subtrees is one loop backwards. Hidden elements say nothing (`visibility: hidden` does: articles of
WeChat start so). Only this module, `marks` and `recognition` import
selectolax.
"""

from collections.abc import Callable
from itertools import takewhile

from selectolax.lexbor import LexborDocumentOptions, LexborHTMLParser, LexborNode

from crawler.extract.adverts import is_advert
from crawler.extract.leads import Lead, cut, linked, runs, without_calls
from crawler.extract.lines import Anchor as Anchor
from crawler.extract.lines import Line as Line
from crawler.extract.lines import Page as Page
from crawler.extract.marks import Marks, find_marks
from crawler.extract.nesting import flatten
from crawler.extract.normalize import normalize
from crawler.extract.tags import NAMES, NOWHERE, Holder, Kind, Tag, inside, tag_of
from crawler.model import Selectors

MAX_ANCHORS = 50_000
AUTOMATIC = Selectors()
"""No hand-written selector: the extractor finds the body."""

_ADVERT_PIECES = 8
_MOST_HEADINGS = 20
_LONGEST_TITLE = 500
_TEXT, _COMMENT = 2, 4  # Lexbor's numbers for a run of text, and for a comment
_new = tuple.__new__
"""Of a named tuple: it does in a third of the time what its class does when called."""


def read(markup: str, selectors: Selectors = AUTOMATIC) -> Page:
    """Read a document. Raises UsageError for a selector that is none."""
    tree = parse(markup)
    reader = _Reader(find_marks(tree, selectors))
    reader.walk(tree.root)
    selected = frozenset(reader.selected) if selectors.select else None
    found = reader.parents, reader.tags, reader.lines, reader.anchors, reader.meta, reader.headings
    return Page(*found, selected, "\n".join(reader.scripts))


def parse(markup: str) -> LexborHTMLParser:
    """The tree of a document, made in linear time whatever it holds."""
    # Without scripting a `noscript` may end the head; with events a list of n options takes n * n steps.
    return LexborHTMLParser(flatten(markup), options=LexborDocumentOptions.WO_EVENTS, scripting=True)


class _Reader:
    """The state of one pass: a stack mirrors the open elements, and leaving a block ends the line."""

    def __init__(self, marks: Marks) -> None:
        self.parents, self.tags = [0], [""]
        self.lines: list[Line] = []
        self.anchors: list[Anchor] = []
        self.meta: dict[str, str] = {}
        self.headings: list[str] = []
        self.selected: list[int] = []
        self.scripts: list[str] = []
        self._marks = marks
        self._element = 0
        """The innermost open block."""
        self._holder = NOWHERE
        self._holders: list[Holder] = []
        """What it stands in, and what the open holders stand in."""
        self._silent = 0
        """So many open elements show no text."""
        self._pieces: list[str] = []
        """Of the line being read."""
        self._leads: list[Lead] = []
        """Of the links in it, as far as they are closed."""
        self._hrefs: list[str | None] = []
        """Where each line leads."""
        self._advert = 0
        """So many pieces at the start of the line being read are an advert."""
        self._choice = -1
        """The block a field stands in whose words follow it: one of several to choose."""
        self._image = self._asks = False
        """An image stands behind the last line; a field in the line being read."""
        self._links: list[tuple[str, str, str, list[str], int]] = []
        """The open ones: address, rel, title, text before this line, and the piece of this line it goes on with."""

    def walk(self, root: LexborNode | None) -> None:  # noqa: C901 - some thousand nodes a page: each call tells
        """Visit every node in document order."""
        pieces, ways, textual = self._pieces, _WAYS, _TEXTUAL
        marked, markable = self._marks.all(), self._marks.tags
        parents, tags = self.parents, self.tags
        above: list[tuple[LexborNode, _Leave | None, Tag, int]] = []
        node = root
        while True:
            if node is None:  # behind the last child
                if not above:
                    break
                node, leave, tag, start = above.pop()
                if leave is not None:
                    leave(self, tag, start)
                    node = node.next
                    continue
                if pieces:
                    self._end_line()
                self._element = parents[self._element]
            elif (number := node.tag_id) == _TEXT:
                if (pieces or not node.is_empty_text_node) and not self._silent:
                    text = node.text_content or ""
                    if self._holder[-1] and "\n" in text:
                        text = self._say_lines(text)
                    if pieces or not text.isspace():
                        pieces.append(text)
            else:
                enter, leave, tag = ways.get(number, textual)
                if number in markable and node.mem_id in marked:
                    enter, leave, tag = self._as_marked(node, tag)
                if leave is None:  # a block, and nothing else
                    if pieces:
                        self._end_line()
                    parents.append(self._element)
                    self._element = len(tags)
                    tags.append(tag.name)
                    above.append((node, None, tag, 0))
                    node = node.first_child
                    continue
                entered = enter(self, node, tag)
                if entered:
                    above.append((node, leave, entered, len(pieces)))
                    node = node.first_child
                    continue
            node = node.next
        self._end_line()
        self._free_paragraphs()

    def _free_paragraphs(self) -> None:
        """Take paragraphs that lead to one place for what they are: text behind a link that was never closed."""
        for start, end in runs(self._hrefs):
            if all("。" in line.text for line in self.lines[start:end]):
                self.lines[start:end] = [line._replace(linked=0, links=()) for line in self.lines[start:end]]

    # --- elements ----------------------------------------------------------------------------------------------------

    # A way to take an element is two methods: that of its start gives the tag its end is to go by, or None where what
    # it holds is not to be visited; that of its end gets this tag and how many pieces of the line stood before it.

    def _as_marked(self, node: LexborNode, tag: Tag) -> "_Way":
        """How to take a node that is singled out."""
        if tag.kind in (Kind.SKIPPED, Kind.SCRIPT):
            return (*_PAIRS[tag.kind], tag)
        number, marks = node.mem_id, self._marks
        shown, hidden, wanted = number in marks.blocks, number in marks.silent, number in marks.wanted
        return (*_PAIRS[Kind.OTHER], tag_of(node.tag or "", shown=shown, hidden=hidden, wanted=wanted))

    def skip(self, _node: LexborNode, _tag: Tag) -> None:
        """Read nothing of it."""

    def keep_script(self, node: LexborNode, _tag: Tag) -> None:
        """Keep a script as it is written."""
        text = node.first_child
        if text is not None:
            self.scripts.append(text.text_content or "")

    def enter_text(self, _node: LexborNode, tag: Tag) -> Tag:
        """Do nothing at the start of an inline element."""
        return tag

    def leave_text(self, tag: Tag, start: int) -> None:
        """Take back what an inline element said, if that is an advert."""
        pieces = self._pieces
        if 0 < len(pieces) - start < _ADVERT_PIECES:
            text = pieces[start] if start + 1 == len(pieces) else "".join(pieces[start:])
            if is_advert(text, link=tag.link):
                if start or tag.link or self._links:
                    self._drop(start)
                else:
                    self._advert = len(pieces)

    def enter_block(self, _node: LexborNode, tag: Tag) -> Tag:
        """End the line before a block, and number the block."""
        if self._pieces:
            self._end_line()
        self.parents.append(self._element)
        self._element = len(self.tags)
        self.tags.append(tag.name)
        return tag

    def take_empty(self, node: LexborNode, tag: Tag) -> None:
        """Do what an element that holds nothing asks for."""
        if tag.noted:
            self._note(node, tag)
        elif self._pieces:
            self._end_line()

    def enter(self, node: LexborNode, tag: Tag) -> Tag:
        """Do all that the start of an element may ask for."""
        if tag.block:
            self.enter_block(node, tag)
        elif tag.breaks and self._pieces:
            self._end_line()
        if tag.holder:
            self._holders.append(self._holder)
            self._holder = inside(tag.name, self._element, self._holder)
        if tag.noted:
            self._note(node, tag)
        if tag.link:
            tag = self._open_link(node.attributes, tag)
        if tag.wanted:
            self.selected.append(self._element)
        if tag.silent:
            self._silent += 1
        return tag

    def leave(self, tag: Tag, start: int) -> None:
        """Do all that the end of an element may ask for."""
        if tag.link:
            self._close_link()
        if tag.block:
            if self._pieces:
                self._end_line()
            if tag.name == "h1":
                self._end_heading()
            if tag.holder:
                self._holder = self._holders.pop()
            self._element = self.parents[self._element]
        else:
            self.leave_text(tag, start)
        if tag.silent:
            self._silent -= 1

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
        if kind.lower() in ("radio", "checkbox"):
            self._choice = self._element
        if any(not piece.isspace() for piece in self._pieces):
            self._asks = True
        elif self.lines and self.lines[-1].element == self._element:
            self.lines[-1] = self.lines[-1]._replace(asks=True)

    # --- links -------------------------------------------------------------------------------------------------------

    def enter_link(self, node: LexborNode, tag: Tag) -> Tag | None:
        """Take a link that holds one text and nothing else at once, as most do; open any other."""
        attributes, child = node.attributes, node.first_child
        simple = child is not None and child.tag_id == _TEXT and child.next is None and "href" in attributes
        if child is None or not simple or self._links or self._silent or self._holder[-1]:
            return self._open_link(attributes, tag)
        pieces, text, href = self._pieces, child.text_content or "", attributes["href"] or ""
        if not pieces and text.isspace():
            text = ""
        self._add_anchor(href, text, (attributes.get("rel") or "").lower(), attributes.get("title") or "")
        if text and not is_advert(text, link=True):
            self._leads.append((len(pieces), len(pieces) + 1, href))
            pieces.append(text)
        return None

    def _open_link(self, attributes: dict[str, str | None], tag: Tag) -> Tag:
        """Open a link, if it leads somewhere."""
        option = tag.name == "option"
        if not option and "href" not in attributes:
            return tag_of(tag.name, shown=tag.block, hidden=tag.silent, wanted=tag.wanted, link=False)
        if self._links:
            self._links.append((*self._heard(), 0))
        href = attributes.get("value" if option else "href") or ""
        rel = "option" if option else (attributes.get("rel") or "").lower()
        self._links.append((href, rel, attributes.get("title") or "", [], len(self._pieces)))
        return tag

    def _show(self, words: str) -> None:
        """Let an image in a link speak for it, unless its title or text does."""
        href, rel, title, texts, start = self._links[-1]
        self._links[-1] = (href, rel, title or words, texts, start)

    def _heard(self) -> tuple[str, str, str, list[str]]:
        """The innermost link, no longer open, with all it said."""
        href, rel, title, texts, start = self._links.pop()
        pieces = self._pieces
        if start < len(pieces):
            self._leads.append((start, len(pieces), href))
            texts += pieces[start:]
        return href, rel, title, texts

    def _close_link(self) -> None:
        href, rel, title, texts = self._heard()
        self._add_anchor(href, "".join(texts), rel, title)
        if self._links:
            self._links[-1] = (*self._links[-1][:-1], len(self._pieces))

    def _add_anchor(self, href: str, text: str, rel: str, title: str = "") -> None:
        if title and not text.strip():
            text = title
        if len(self.anchors) < MAX_ANCHORS:
            self.anchors.append(_new(Anchor, (href, text, rel, len(self.lines))))

    # --- lines -------------------------------------------------------------------------------------------------------

    def _say_lines(self, text: str) -> str:
        """Say the lines of a preformatted text; the last one, which goes on, is returned."""
        *whole, last = text.split("\n")
        for line in whole:
            self._pieces.append(line)
            self._end_line()
        return last

    def _drop(self, start: int) -> None:
        """Take back the pieces of the line from `start` on; a link they stand in keeps them."""
        if self._links:
            self._links.append((*self._heard(), start))
        del self._pieces[start:]
        cut(self._leads, start)

    def _pass_advert(self) -> None:
        """Take back the mark of an advert before other words of a line; alone it tells of what is around it."""
        end, self._advert = self._advert, 0
        if any(not piece.isspace() for piece in self._pieces[end:]):
            del self._pieces[:end]
            self._leads[:] = [(first - end, last - end, href) for first, last, href in self._leads if first >= end]

    def _end_line(self) -> None:
        pieces = self._pieces
        if self._links:
            self._links.append((*self._heard(), 0))
        if self._advert:
            self._pass_advert()
        if self._leads and len(pieces) > 2:
            self._leads = without_calls(pieces, self._leads)
        text = normalize("".join(pieces))
        if text:
            size, href, links = linked(text, pieces, self._leads) if self._leads else (0, None, ())
            self._hrefs.append(href)
            row, cell, area, _ = self._holder
            asks = self._asks or self._choice == self._element
            self._choice = -1
            line = (text, size, self._element, row, cell, area, False, links, self._image, asks)
            self.lines.append(_new(Line, line))
            self._image = False
        self._asks = False
        pieces.clear()
        self._leads.clear()


_Enter = Callable[[_Reader, LexborNode, Tag], Tag | None]
_Leave = Callable[[_Reader, Tag, int], None]
_Way = tuple[_Enter, _Leave | None, Tag]
_PAIRS: dict[Kind, tuple[_Enter, _Leave | None]] = {
    Kind.SKIPPED: (_Reader.skip, _Reader.leave),
    Kind.SCRIPT: (_Reader.keep_script, _Reader.leave),
    Kind.TEXT: (_Reader.enter_text, _Reader.leave_text),
    Kind.BLOCK: (_Reader.enter_block, None),
    Kind.LINK: (_Reader.enter_link, _Reader.leave),
    Kind.EMPTY: (_Reader.take_empty, _Reader.leave),
    Kind.OTHER: (_Reader.enter, _Reader.leave),
}
_PARSER = LexborHTMLParser("")
_WAYS: dict[int, _Way] = {
    _COMMENT: (*_PAIRS[Kind.SKIPPED], tag_of("")),
    **{_PARSER.create_node(name).tag_id: (*_PAIRS[tag_of(name).kind], tag_of(name)) for name in NAMES},
}
"""Lexbor's number for a tag -> how to take its elements; those of other tags:"""
_TEXTUAL: _Way = (*_PAIRS[Kind.TEXT], tag_of(""))
