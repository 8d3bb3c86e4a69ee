"""Which documents a page leads to instead of saying the report itself: their addresses, to be read as further parts.

A page whose body is `NOTICE` characters or more is taken for the report and follows nothing, whatever it links to, so
that a page watched today stays what it is. A notice (现将……印发给你们) has fewer, a report has thousands. Of its
links and embedded viewers those count that bear the page's own title, or that name nothing but a document (附件, PDF版
下载), if there is only one such. A link in navigation or a footer counts for nothing, nor does one to another year's
report, so what surrounds the page does not decide.
"""

import re
from collections.abc import Iterable, Iterator
from itertools import accumulate, islice
from typing import NamedTuple
from urllib.parse import parse_qsl, unquote, urlsplit

from crawler.extract.addresses import absolute, base_of, settled
from crawler.extract.normalize import normalize
from crawler.extract.page import Anchor, Page
from crawler.text import fold

NOTICE = 400
"""Characters of a body from which on it is the report itself."""

LEAST = 20
"""Characters of a body below which it only names the document (附件下载), and is left out."""

MOST = 4
"""So many documents are followed at most: a report in volumes, with its glossary."""

_KINDS = ("docx", "docm", "doc", "wps", "pdf", "rtf")
"""What can be read, the forms that keep most of the text's structure first."""
_HINT = re.compile(rf"\.(?:{'|'.join(_KINDS)})", re.IGNORECASE)
_ENDING = re.compile(rf"(.*)\.({'|'.join(_KINDS)})", re.IGNORECASE | re.DOTALL)
_EMBEDDED = re.compile(
    r"<(?:iframe|embed|object)\b[^<>]{0,1000}?\b(?:src|data)\s{0,3}=\s{0,3}[\"']?([^\"'\s<>]{1,1000})", re.IGNORECASE
)
_SCRIPTED = re.compile(
    r"(?<!href=)(?<!src=)(?<!alt=)(?<!title=)(?<!value=)[\"']([^\"'<>\s]{1,500}\.(?:pdf|docx?))[\"']", re.IGNORECASE
)
_ATTACHED = re.compile(r"附件\s?\d{0,2}\s?[:：]")
_NAMELESS = re.compile(
    r"(?:附件|附|点击|点此|这里|此处|下载|查看|浏览|阅读|打开|全文|正文|原文|原件|文件|文档|版本|版|格式|链接|地址|文本|电子|完整|在线|预览"
    r"|pdf|word|docx?|wps|[pw](?=\d)|[\d一二三四\W_]){1,20}",
    re.IGNORECASE,
)
_YEAR = re.compile(r"(?:19|20)\d\d|二[〇零○]{1,2}[一二三四五六七八九〇零○]{1,2}")
_GENRE = re.compile(r"(?:..)?工作报告")
_LEAST_NAME = 6


class _Candidate(NamedTuple):
    """A document the page leads to."""

    url: str
    stem: str
    """Address without the kind: the same for one text in several kinds."""
    kind: str
    name: str
    """What the link calls it, folded; empty: nothing but a document."""


def find_attachments(page: Page, url: str, markup: str, title: str, paragraphs: Iterable[str]) -> tuple[str, ...]:
    """The addresses of the documents that say what this page only announces, in page order; empty: none."""
    if not url or says_something(paragraphs, NOTICE):
        return ()
    chosen = _chosen(page, base_of(url, page.meta), markup, fold(title))
    stems = dict.fromkeys(each.stem for each in chosen)
    best = (min((each for each in chosen if each.stem == stem), key=_rank) for stem in islice(stems, MOST))
    return tuple(dict.fromkeys(each.url for each in best))


def _chosen(page: Page, base: str, markup: str, title: str) -> list[_Candidate]:
    """The documents that bear the title; else the one shown in a viewer, or linked as nothing but a document."""
    linked = [*_linked(page, base)]
    named = [each for each in linked if _bears(each.name, title)]
    if named:
        years = {year for each in named for year in _YEAR.findall(each.name)}
        return named if len(years) < 2 else []  # years of reports, under a common title
    nameless = [*_in_viewers(markup, base)] or [each for each in linked if not each.name]
    return nameless if len({each.stem for each in nameless}) == 1 else []


def says_something(paragraphs: Iterable[str], least: int = LEAST) -> bool:
    """Whether a body has so many characters: enough to be kept beside the documents it leads to.

    Lines that only name what is attached do not count.
    """
    paragraphs = (paragraph for paragraph in paragraphs if not _ATTACHED.match(paragraph))
    return any(size >= least for size in accumulate(len(paragraph) - paragraph.count(" ") for paragraph in paragraphs))


def _rank(candidate: _Candidate) -> int:
    return _KINDS.index(candidate.kind)


def _linked(page: Page, base: str) -> Iterator[_Candidate]:
    """The documents linked from the page, but not from its navigation, footer or margin."""
    hinting = (anchor for anchor in page.anchors if _HINT.search(anchor.href) or _HINT.search(anchor.text))
    own = (anchor for anchor in hinting if anchor.rel != "option" and not _is_aside(page, anchor))
    return filter(None, (_candidate(anchor, base) for anchor in own))


def _candidate(anchor: Anchor, base: str) -> _Candidate | None:
    """The document a link leads to, as its address or its text tells; None: it is none."""
    address = settled(absolute(base, anchor.href))
    text = normalize(anchor.text)
    ending = _ENDING.fullmatch(text)
    stem, kind = _stem_and_kind(address)
    kind = kind or (ending[2].lower() if ending else "")
    return _Candidate(address, stem, kind, _name(ending[1] if ending else text)) if address and kind else None


def _is_aside(page: Page, anchor: Anchor) -> bool:
    return page.lines[min(anchor.line, len(page.lines) - 1)].area if page.lines else False


def _in_viewers(markup: str, base: str) -> Iterator[_Candidate]:
    """The documents that the page shows in a viewer, embedded or made by script."""
    if not _HINT.search(markup):
        return
    sources = [match[1] for pattern in (_EMBEDDED, _SCRIPTED) for match in pattern.finditer(markup)]
    for source in sources:
        address = settled(_asked_for(absolute(base, source.replace("&amp;", "&"))))
        stem, kind = _stem_and_kind(address)
        if kind:
            yield _Candidate(address, stem, kind, "")


def _asked_for(address: str) -> str:
    """What a page for viewing documents is asked to show (viewer.html?file=report.pdf), else the address itself."""
    parts = urlsplit(address)
    if "view" not in parts.path.lower() and not parts.path.lower().endswith((".html", ".htm")):
        return address
    shown = (text for _, text in parse_qsl(parts.query) if _ENDING.fullmatch(text))
    return next((absolute(address, text) for text in shown), address)


def _stem_and_kind(address: str) -> tuple[str, str]:
    """An address without its kind, and that: by the end of its path, or of a parameter (download?name=report.pdf)."""
    parts = urlsplit(address)
    texts = [parts.path, *(text for _, text in parse_qsl(parts.query))]
    found = next((match for text in texts if (match := _ENDING.fullmatch(text))), None)
    if found is None:
        return address, ""
    return f"{parts.netloc}{unquote(found[1])}?{'' if found[0] == parts.path else parts.path}", found[2].lower()


def _name(text: str) -> str:
    """What a link calls its document; empty where it says no more than that there is one."""
    return "" if _NAMELESS.fullmatch(text) or not text else fold(re.sub(r"^附件?\d{0,2}[:：.、\s]{0,2}", "", text))


def _bears(name: str, title: str) -> bool:
    """Whether a document's name is the page's title, or names a report of no other year."""
    if len(name) < _LEAST_NAME:
        return False
    for pattern in (_YEAR, _GENRE):  # another year's report, or another body's
        theirs, ours = set(pattern.findall(name)), set(pattern.findall(title))
        if theirs and ours and not theirs & ours:
            return False
    return _GENRE.search(name) is not None or (len(title) >= _LEAST_NAME and (name in title or title in name))
