"""Nodes of a page that attributes or hand-written selectors single out. Knows the parser's nodes, and no other page."""

import re
from typing import NamedTuple

from selectolax.lexbor import LexborHTMLParser, LexborNode, SelectolaxError

from crawler.errors import UsageError
from crawler.model import Selectors

_MARKED = "[hidden], [style]"
_TELLING = re.compile(r"display|: ?0(?![.\d]*[1-9])|: ?-\d{3}|clip|transparent")
"""Few styles need a closer look."""
_DISPLAY = re.compile(r"display\s{0,9}:\s{0,9}(none|block)")
_ZERO, _FAR = r"\s{0,9}0{1,3}(?:\.0{1,3})?(?![\d.])", r"\s{0,9}-\d{3,5}(?:\.\d{1,3})?(?:px|pt|r?em|%)"
_UNSEEN = re.compile(
    rf"(?:^|[;\s])(?:font(?:-size)?\s{{0,9}}:{_ZERO}|(?:left|top|text-indent|margin-left|margin-top)\s{{0,9}}:{_FAR}"
    r"|clip\s{0,9}:\s{0,9}rect\((?:[01](?:px)?[\s,]{0,3}){4}\)|clip-path\s{0,9}:\s{0,9}inset\((?:50|100)%\)"
    r"|color\s{0,9}:\s{0,9}transparent|opacity\s{0,9}:\s{0,9}0(?![\d.]))"
)
_NO_SPACE = re.compile(rf"(?:^|[;\s])(?:width|height)\s{{0,9}}:{_ZERO}")
_CLIPPED = re.compile(r"overflow(?:-[xy])?\s{0,9}:\s{0,9}(?:hidden|clip)|visibility\s{0,9}:\s{0,9}hidden")
"""How words are kept from the eye, against copying or for search engines; elements inside may be shown again."""


_NOTHING = LexborHTMLParser("")


class Marks(NamedTuple):
    """Nodes, by number."""

    wanted: frozenset[int]
    """They hold the body (`select`)."""
    silent: frozenset[int]
    """Hidden, or named by `drop`."""
    blocks: frozenset[int]
    """Shown as blocks, whatever their tag."""

    tags: frozenset[int]
    """Lexbor's numbers of the tags they have: few others need a closer look."""

    def all(self) -> frozenset[int]:
        """All of them."""
        return self.wanted | self.silent | self.blocks


def find_marks(tree: LexborHTMLParser, selectors: Selectors) -> Marks:
    """The nodes singled out; the parser finds them faster than a look at every node would.

    Raises UsageError for a selector that is none.
    """
    wanted = _matching(tree, selectors.select) if selectors.select else []
    silent = [node for selector in selectors.drop for node in _matching(tree, selector)]
    styled = [(node, _display(node)) for node in tree.css(_MARKED)]
    silent += [node for node, display in styled if display == "none"]
    blocks = [node for node, display in styled if display == "block"]
    tags = frozenset([node.tag_id for node in (*wanted, *silent, *blocks)])
    return Marks(_numbers(wanted), _numbers(silent), _numbers(blocks), tags)


def _numbers(nodes: list[LexborNode]) -> frozenset[int]:
    return frozenset([node.mem_id for node in nodes])


def is_selector(text: str) -> bool:
    """Whether a text is a CSS selector that this room takes."""
    try:
        _matching(_NOTHING, text)
    except UsageError:
        return False
    return True


def _display(node: LexborNode) -> str:
    """How a node's own attributes want it shown: none, block or as usual."""
    attributes = node.attributes
    if "hidden" in attributes:
        return "none"
    style = (attributes["style"] or "").lower()
    if _TELLING.search(style) is None:
        return ""
    display = _DISPLAY.search(style)
    shown = display[1] if display else ""
    return "none" if shown != "none" and _is_unseen(style) and _holds_words_only(node) else shown


def _is_unseen(style: str) -> bool:
    if _UNSEEN.search(style):
        return True
    return _NO_SPACE.search(style) is not None and _CLIPPED.search(style) is not None


def _holds_words_only(node: LexborNode) -> bool:
    return all(child.is_text_node for child in node.iter(include_text=True))


def _matching(tree: LexborHTMLParser, selector: str) -> list[LexborNode]:
    try:
        return tree.css(selector)
    except SelectolaxError as error:
        raise UsageError(f"body.select or body.drop is not a CSS selector: {selector!r} ({error})") from error
