"""One document in, one article out: the door of this room."""

from collections.abc import Sequence

from crawler.charset import decode
from crawler.extract.addresses import absolute, base_of, settled
from crawler.extract.attachments import find_attachments, says_something
from crawler.extract.body import find_body
from crawler.extract.compilation import find_reports, place_and_year
from crawler.extract.documents import HTML, MHTML, media_type_of, read_document, read_mhtml
from crawler.extract.meta import find_region, find_year
from crawler.extract.normalize import normalize
from crawler.extract.page import AUTOMATIC, Page, read
from crawler.extract.pager import read_pager
from crawler.extract.published import find_published
from crawler.extract.template import NOTHING_SHARED, Template
from crawler.extract.titles import below_title, find_title, title_forms, title_of_text
from crawler.model import Article, Pager, Selectors


def extract(
    content: bytes | str,
    url: str = "",
    content_type: str = "",
    selectors: Selectors = AUTOMATIC,
    template: Template = NOTHING_SHARED,
    before: Sequence[str] = (),
) -> Article:
    """The article of a document read from `url`: HTML, MHTML, PDF, Word (.docx, .doc), RTF or plain text.

    `template` is what other pages of its host share (`crawler.extract.template`); `before` are the paragraphs of the
    last version, where they are to be recalled (`crawler.extract.memory`).

    Raises UsageError for a document that cannot be opened, and for a selector that is none. A page without a body
    gives an article without paragraphs.
    """
    media_type = media_type_of(content, content_type)
    if media_type == MHTML and isinstance(content, bytes):
        (content, content_type), media_type = read_mhtml(content), HTML
    if media_type != HTML:
        return _of_document(read_document(content, content_type, media_type), media_type)
    markup, encoding = (content, "") if isinstance(content, str) else decode(content, content_type)
    page = read(markup, selectors)
    body = find_body(page, title_forms(page), template, before)
    paragraphs, above = body.paragraphs, body.above(page)
    title = find_title(page, above)
    published = find_published(page, above, url)
    head = (*below_title(title, page.lines[: len(above)]), *paragraphs)
    pager = read_pager(page, url)
    if pager is None and (documents := find_attachments(page, url, markup, title, paragraphs)):
        pager = Pager(part=1, parts=1 + len(documents), next=documents[0], urls=(url, *documents))
        paragraphs = paragraphs if says_something(paragraphs) else ()
    return Article(
        title=title,
        published=published,
        region=find_region(title, head),
        year=find_year(title, head, published),
        paragraphs=paragraphs,
        pager=pager,
        encoding=encoding,
        media_type=media_type,
    )


def _of_document(read: tuple[tuple[str, ...], str], media_type: str) -> Article:
    paragraphs, encoding = read
    title = title_of_text(paragraphs)
    reports = find_reports(title, paragraphs)
    region, year = find_region(title, paragraphs), find_year(title, paragraphs, None)
    if reports:  # what is said of the first one is not said of the document
        title = title if title == title_of_text(paragraphs[: reports[0].start]) else ""
        region, year = place_and_year(title)
    return Article(
        title=title,
        region=region,
        year=year,
        paragraphs=paragraphs,
        encoding=encoding,
        media_type=media_type,
    )


def list_links(content: bytes | str, url: str, content_type: str = "") -> tuple[tuple[str, str], ...]:
    """Address and text of each link of a page, in page order: absolute http(s), no fragment, at most 50,000.

    Without session ids and numbers against caches, which would make another page of each at every visit.
    """
    page = _read_links(content, content_type)
    base = base_of(url, page.meta)
    addresses = ((absolute(base, anchor.href), anchor) for anchor in page.anchors if anchor.rel != "option")
    return tuple((settled(address), normalize(anchor.text)) for address, anchor in addresses if address)


def find_pager(content: bytes | str, url: str, content_type: str = "") -> Pager | None:
    """The pager of a page whose body does not matter: a listing; `next` leads to its next page."""
    return read_pager(_read_links(content, content_type), url)


def _read_links(content: bytes | str, content_type: str) -> Page:
    return read(content if isinstance(content, str) else decode(content, content_type)[0])
