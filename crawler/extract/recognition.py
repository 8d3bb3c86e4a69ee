"""Recognises a page whose report stands still while what surrounds it moves, without reading it.

Nearly every portal draws something anew for each request: what is popular, how often it was read, a token in a script.
So the bytes differ at each check, and the report does not. When a page is read, an imprint of it is kept: where the
smallest element stands that holds all the paragraphs, and a digest of all that could make another reading of it. That
is the markup of this element to the last sign, and of the rest: sentences that lead nowhere, links and scripts of
pagers, documents. Titles of other pages, however many and however new, count for nothing, nor do numbers outside
(visits, dates). A page with the same imprint says the same report; any other is read. Where a report is spread so that
no such element is found there is no imprint, and the page is always read.
"""

import hashlib
import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

from selectolax.lexbor import LexborHTMLParser, LexborNode

from crawler.charset import decode
from crawler.extract.article import extract
from crawler.extract.documents import HTML, media_type_of
from crawler.extract.page import AUTOMATIC, parse
from crawler.extract.template import NOTHING_SHARED, Template
from crawler.model import Article, Selectors
from crawler.text import fold

_SILENT = ["script", "style", "noscript", "template", "svg"]
_LINKS = ["a", "option"]
_SENTENCE = 12
"""A line outside of so many characters may be a paragraph that came."""
_SHORT = 6
"""A link of so few characters may be a pager's (下一页, 3, 余下全文)."""
_MOSTLY = 0.8
"""A text's folded characters are at least so many of those it is written with."""
_DIGITS = re.compile(r"\d+")
_PAGERS = ("createPage", "ountPage", "urrentPage")
_CALL = 200
"""Characters from such a name on tell how many parts there are."""
_DOCUMENT = re.compile(r"\.(?:pdf|docx?|docm|wps|rtf)\b", re.IGNORECASE)
_ADDRESS = 100
"""So many characters before it tell one document from another."""
_NAME = re.compile(r"[A-Za-z][\w-]{0,60}")
_LEVELS = 200


def extract_with_imprint(
    content: bytes, url: str, content_type: str, selectors: Selectors = AUTOMATIC, template: Template = NOTHING_SHARED
) -> tuple[Article, str]:
    """The article of a document (`article.extract`), and its imprint."""
    article = extract(content, url, content_type, selectors, template)
    return article, imprint(content, content_type, article.paragraphs)


def imprint(content: bytes, content_type: str, paragraphs: Sequence[str]) -> str:
    """A digest, and the place of what it is of; empty where no element holds all paragraphs, or no HTML is read."""
    if not paragraphs or media_type_of(content, content_type) != HTML:
        return ""
    markup, _ = decode(content, content_type)
    tree = parse(markup)
    holder = _holder(tree, paragraphs)
    if holder is None:
        return ""
    place = _place(tree, holder)
    return f"{_digest(tree, markup, holder)} {place}"


def is_recognised(content: bytes, content_type: str, known: str) -> bool:
    """Whether a page has this imprint."""
    if media_type_of(content, content_type) != HTML:
        return False
    digest, _, place = known.partition(" ")
    markup, _ = decode(content, content_type)
    tree = parse(markup)
    holder = _at(tree, place)
    return holder is not None and _digest(tree, markup, holder) == digest


def _digest(tree: LexborHTMLParser, markup: str, holder: LexborNode) -> str:
    """Of the tree, which is used up."""
    told = hashlib.sha256((holder.html or "").encode("utf-8", "surrogatepass"))
    holder.decompose()
    for line in _around(tree, markup):
        told.update(b"\0" + line.encode("utf-8", "surrogatepass"))
    return told.hexdigest()


def _around(tree: LexborHTMLParser, markup: str) -> Iterator[str]:
    """What else counts."""
    for name in _PAGERS:
        at = markup.find(name)  # far faster than an expression
        while at >= 0:
            yield markup[at : at + _CALL]
            at = markup.find(name, at + _CALL)
    yield from (markup[max(0, found.start() - _ADDRESS) : found.end()] for found in _DOCUMENT.finditer(markup))
    yield from (node.text() for node in tree.css("title, h1"))
    for link in tree.css("a[href], option[value]"):
        if 0 < len(text := _told(link)) <= _SHORT:
            yield text + (link.attributes.get("href") or "")
    tree.strip_tags([*_SILENT, *_LINKS])
    text = tree.root.text(separator="\n") if tree.root else ""
    for line in text.split("\n"):
        if len(line) >= _SENTENCE and not line.isspace():
            yield _DIGITS.sub("0", line.strip())


def _told(link: LexborNode) -> str:
    """What a link says, or an image in its place."""
    text = link.text().strip()
    image = None if text else link.css_first("img")
    said = link.attributes if image is None else image.attributes
    return text or (said.get("alt") or said.get("title") or "").strip()


def _holder(tree: LexborHTMLParser, paragraphs: Iterable[str]) -> LexborNode | None:
    """The smallest element that says all paragraphs, one after another."""
    said = [fold(paragraph) for paragraph in paragraphs]
    least = _MOSTLY * sum(map(len, said))
    node, path = tree.body, list[LexborNode]()
    while node is not None and len(path) < _LEVELS:
        path.append(node)
        node = next((each for each in node.iter() if len(each.text()) >= least), None)
    return next((each for each in reversed(path) if _says(each, said)), None)


def _says(node: LexborNode, said: Sequence[str]) -> bool:
    text, at = fold(node.text()), 0
    for each in said:
        start = text.find(each, at)
        if start < 0:
            return False
        at = start + len(each)
    return True


def _place(tree: LexborHTMLParser, node: LexborNode) -> str:
    """Where it stands, counted from the nearest element that has a name of its own: `zoom/2/1`, `/2/3`."""
    steps: list[str] = []
    while node.parent is not None and node.tag != "html":
        name = node.attributes.get("id") or ""
        if _NAME.fullmatch(name) and len(tree.css(f"#{name}")) == 1:
            return "/".join((name, *reversed(steps)))
        number, before = 1, node.prev
        while before is not None:
            number += before.is_element_node
            before = before.prev
        steps.append(str(number))
        node = node.parent
    return "/".join(("", *reversed(steps)))


def _at(tree: LexborHTMLParser, place: str) -> LexborNode | None:
    """What stands there. Counted here: the parser would count all siblings again for each of them."""
    name, *steps = place.split("/")
    node = tree.css_first(f"#{name}") if name else tree.root
    for step in steps:
        if node is not None:
            node = next(islice(_elements(node), int(step) - 1, None), None)
    return node


def _elements(node: LexborNode) -> Iterator[LexborNode]:
    child = node.first_child
    while child is not None:
        if child.is_element_node:
            yield child
        child = child.next
