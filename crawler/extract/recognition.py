"""Recognises a page whose report stands still while what surrounds it moves, without reading it.

Nearly every portal draws something anew for each request: what is popular, how often it was read, a token in a script.
So the bytes differ at each check, and the report does not. When a page is read, an imprint of it is kept: where the
smallest element stands that holds all the paragraphs, and a digest of all that could make another reading of it. That
is the markup in this element from the first paragraph to the last, to the last sign; whatever else the element says;
and of the rest sentences that lead nowhere, links and scripts of pagers, documents. Titles of other pages, however many
and however new, count for nothing, nor do numbers beside the report (visits, dates), nor tokens. A page with the same
imprint says the same report; any other is read. Where a report is spread so that no such element is found there is no
imprint, and the page is always read.
"""

import hashlib
import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from itertools import accumulate, islice

from selectolax.lexbor import LexborHTMLParser, LexborNode

from crawler.charset import decode
from crawler.extract.article import extract
from crawler.extract.documents import HTML, media_type_of
from crawler.extract.page import AUTOMATIC, parse
from crawler.extract.template import NOTHING_SHARED, Template
from crawler.model import Article, Selectors
from crawler.text import fold

_ASIDE = ["script", "style", "noscript", "template", "svg", "a", "option"]
"""Tags of what holds no paragraph."""
_SENTENCE = 12
"""A line outside of so many characters may be a paragraph that came."""
_SHORT = 6
"""A link of so few characters may be a pager's (下一页, 3, 余下全文)."""
_MOSTLY = 0.8
"""A text's folded characters are at least so many of those it is written with."""
_DIGITS = re.compile(r"\d+")
_TOKEN = re.compile(r"[0-9A-Fa-f]{16,}")
"""In an address: drawn for each request."""
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
    said = [fold(paragraph) for paragraph in paragraphs]
    holder = _holder(tree, said)
    if holder is None or holder.tag in _ASIDE:
        return ""
    place, (first, last) = _place(tree, holder), _span(holder, said)
    return f"{_digest(tree, markup, holder, first, last)} {place} {first} {last}"


def is_recognised(content: bytes, content_type: str, known: str) -> bool:
    """Whether a page has this imprint."""
    if media_type_of(content, content_type) != HTML:
        return False
    digest, place, first, last = (*known.split(" "), "", "", "")[:4]
    if not last:  # as earlier versions wrote it
        return False
    markup, _ = decode(content, content_type)
    tree = parse(markup)
    holder = _at(tree, place)
    if holder is None or holder.tag in _ASIDE:
        return False
    return _digest(tree, markup, holder, int(first), int(last)) == digest


def _digest(tree: LexborHTMLParser, markup: str, holder: LexborNode, first: int, last: int) -> str:
    """Of the tree, which is used up; the report stands in these children of its holder."""
    report = list(islice(_children(holder), first, last + 1))
    told = hashlib.sha256(repr((holder.tag, holder.attributes)).encode("utf-8", "surrogatepass"))
    for node in report:
        told.update((node.html or "").encode("utf-8", "surrogatepass"))
        node.decompose()
    beside = _lines(holder, least=1)
    holder.decompose()
    for line in (*beside, *_calls(markup), *(node.text() for node in tree.css("title, h1")), *_around(tree)):
        told.update(b"\0" + line.encode("utf-8", "surrogatepass"))
    return told.hexdigest()


def _calls(markup: str) -> Iterator[str]:
    """Scripts of pagers, and documents."""
    for name in _PAGERS:
        at = markup.find(name)  # far faster than an expression
        while at >= 0:
            yield markup[at : at + _CALL]
            at = markup.find(name, at + _CALL)
    yield from (markup[max(0, found.start() - _ADDRESS) : found.end()] for found in _DOCUMENT.finditer(markup))


def _around(tree: LexborHTMLParser) -> list[str]:
    return _lines(tree.root, least=_SENTENCE) if tree.root else []


def _lines(node: LexborNode, least: int) -> list[str]:
    """What could be a pager's or a paragraph of so many characters, out of an element, which loses its links."""
    links = ((_told(link), link.attributes.get("href") or "") for link in node.css("a[href], option[value]"))
    pagers = [text + _TOKEN.sub("", href) for text, href in links if 0 < len(text) <= _SHORT]
    node.strip_tags(_ASIDE)
    lines = (line.strip() for line in node.text(separator="\n").split("\n") if len(line) >= least)
    return [*pagers, *(_DIGITS.sub("0", line) for line in lines if line)]


def _told(link: LexborNode) -> str:
    """What a link says, or an image in its place."""
    text = link.text().strip()
    image = None if text else link.css_first("img")
    said = link.attributes if image is None else image.attributes
    return text or (said.get("alt") or said.get("title") or "").strip()


def _holder(tree: LexborHTMLParser, said: Sequence[str]) -> LexborNode | None:
    """The smallest element that says all of this, one after another."""
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


def _span(holder: LexborNode, said: Sequence[str]) -> tuple[int, int]:
    """Which of its children say that: the first and the last; all of them where that cannot be told."""
    texts = [fold(child.text()) for child in _children(holder)]
    ends, text, at, start = list(accumulate(map(len, texts))), "".join(texts), 0, None
    for each in said:
        found = text.find(each, at)
        if found < 0:
            return 0, len(texts) - 1
        start, at = found if start is None else start, found + len(each)
    return bisect_right(ends, start or 0), bisect_left(ends, at)


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
    return (child for child in _children(node) if child.is_element_node)


def _children(node: LexborNode) -> Iterator[LexborNode]:
    child = node.first_child
    while child is not None:
        yield child
        child = child.next
