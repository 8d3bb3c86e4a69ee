"""Tells whether a page plainly has a pager that cannot be followed: one of scripts, or of addresses of no series.

Nothing is concluded from a word alone: 下一页 often stands dead on the only page. Either its link names what a server
is to be asked for, or numbers beside it do as it does, or a text beside it says that there are more pages.
"""

import re
from collections.abc import Iterable
from itertools import islice
from urllib.parse import urlsplit

from crawler.charset import decode
from crawler.extract.addresses import absolute, base_of, host, key
from crawler.extract.page import Anchor, Page, read
from crawler.extract.pager import read_pager
from crawler.extract.pager_words import Label, Word, is_of_pager, labelled, places_in_lines, total_in_lines
from crawler.extract.phrases import Kind, kind
from crawler.text import fold

_MOST_LINKS = 2_000
_AROUND = 12
"""So many lines before and behind it belong to a pager."""
_DEAD = re.compile(r"\s*(?:javascript:|#)", re.IGNORECASE)
_POSTS_BACK = re.compile(r"__doPostBack\s?\([^()]{3,200}\)|WebForm_DoPostBack", re.IGNORECASE)
"""ASP.NET writes no address for a link that is out of use."""


def leads_on(content: bytes | str, url: str, content_type: str = "") -> bool:
    """Whether the page read from `url` has further pages that no address leads to."""
    page = read(content if isinstance(content, str) else decode(content, content_type)[0])
    if read_pager(page, url):
        return False
    links = list(islice(_links(page), _MOST_LINKS))
    if any(_number(said) > 1 and _POSTS_BACK.search(anchor.href) for anchor, said in links):
        return True
    onward = (anchor for anchor, said in links if said.word is Word.NEXT and "页" in fold(anchor.text))
    return any(_goes_on(anchor, links, page, url) for anchor in onward)


def _links(page: Page) -> Iterable[tuple[Anchor, Label]]:
    """What may be a pager's, but for the links below readers' comments."""
    heading = next((i for i, line in enumerate(page.lines) if kind(line.text) is Kind.COMMENTS), len(page.lines))
    return ((anchor, said) for anchor, said in labelled(page.anchors) if anchor.line <= heading and not said.faint)


def _number(said: Label) -> int:
    return said.number or 0


def _goes_on(following: Anchor, links: Iterable[tuple[Anchor, Label]], page: Page, url: str) -> bool:
    """Whether the link to the next page is one that works."""
    if not _DEAD.match(following.href):
        return _is_another(absolute(base_of(url, page.meta), following.href, host(url)), url)
    if _POSTS_BACK.search(following.href) or _tells_more(page, following.line):
        return True
    beside = (
        anchor for anchor, said in links if abs(anchor.line - following.line) <= _AROUND and (said.number or 0) > 1
    )
    return any(_DEAD.match(anchor.href) for anchor in beside)


def _is_another(leads: str, url: str) -> bool:
    """Whether an address is one that belongs to the page's, and not its own."""
    folder = urlsplit(url).path.rpartition("/")[0]
    return bool(leads) and key(leads) != key(url) and urlsplit(leads).path.rpartition("/")[0] == folder


def _tells_more(page: Page, at: int) -> bool:
    """Whether the lines around say that this is not the last page."""
    around = (fold(line.text) for line in page.lines[max(0, at - _AROUND) : at + _AROUND])
    lines = [text for text in around if is_of_pager(text)]
    place = next(places_in_lines(lines), None)
    return place.part < place.parts if place else (total_in_lines(lines) or 1) > 1
