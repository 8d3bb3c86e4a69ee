"""Nodes of a page that attributes or hand-written selectors single out. Knows the parser's nodes, and no other page."""

import re
from typing import NamedTuple

from selectolax.lexbor import LexborHTMLParser, LexborNode, SelectolaxError

from crawler.errors import UsageError
from crawler.model import Selectors

_MARKED = "[hidden], [style*=display i], [style*=font-size i]"
_DISPLAY = re.compile(r"display\s{0,9}:\s{0,9}(none|block)")
_NO_SIZE = re.compile(r"font-size\s{0,9}:\s{0,9}0{1,3}(?:\.0{1,3})?(?:px|pt|em|rem|%)?\s{0,9}(?:!|;|$)")
"""Words nobody sees, put between others against copying; elements inside may have a size of their own."""


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
    display = _DISPLAY.search(style)
    if display is None and _NO_SIZE.search(style) and _holds_words_only(node):
        return "none"
    return display[1] if display else ""


def _holds_words_only(node: LexborNode) -> bool:
    return all(child.is_text_node for child in node.iter(include_text=True))


def _matching(tree: LexborHTMLParser, selector: str) -> list[LexborNode]:
    try:
        return tree.css(selector)
    except SelectolaxError as error:
        raise UsageError(f"body.select or body.drop is not a CSS selector: {selector!r} ({error})") from error
