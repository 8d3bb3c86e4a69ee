import pytest
from selectolax.lexbor import LexborHTMLParser

from crawler.errors import UsageError
from crawler.extract.marks import find_marks
from crawler.model import Selectors


def names(markup: str, selectors: Selectors = Selectors()) -> dict[str, str]:  # noqa: B008 - a frozen value
    """Which marks each element with an id has: w(anted), s(ilent), b(lock)."""
    tree = LexborHTMLParser(markup)
    marks = find_marks(tree, selectors)
    nodes = {node.id or "": node.mem_id for node in tree.css("[id]")}
    kinds = {"w": marks.wanted, "s": marks.silent, "b": marks.blocks}
    return {name: "".join(kind for kind, found in kinds.items() if node in found) for name, node in nodes.items()}


@pytest.mark.parametrize(
    ("attributes", "mark"),
    [
        ("hidden", "s"), ("hidden style='display:block'", "s"), ("style='color:red; DISPLAY : None'", "s"),
        ("style='display:block'", "b"), ("style='display:inline'", ""), ("style=display", ""), ("class=hidden", ""),
        ("style", ""), ("style='visibility:hidden'", ""),
    ],
)  # fmt: skip
def test_attributes_hide_an_element_or_make_it_a_block(attributes: str, mark: str) -> None:
    assert names(f"<p><span id=x {attributes}>一</span></p>") == {"x": mark}


def test_selectors_single_out_too() -> None:
    markup = "<div id=a><p id=b class=ad hidden>一</p><p id=c>二</p></div>"
    assert names(markup, Selectors(select="div", drop=("p.ad", "#c"))) == {"a": "w", "b": "s", "c": "s"}


def test_what_is_no_selector_is_said_to_be_none() -> None:
    with pytest.raises(UsageError, match="CSS selector"):
        find_marks(LexborHTMLParser("<p>"), Selectors(drop=("p[",)))
