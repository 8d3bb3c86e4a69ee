"""What a listing shows: links to documents, and its own further pages."""

from crawler.extract.article import find_pager, list_links
from crawler.extract.pager_unread import leads_on
from crawler.model import value


@value
class Listing:
    """One page of a listing."""

    links: tuple[tuple[str, str], ...]
    """Address and text of each link, in page order."""
    further: tuple[str, ...]
    """Its further pages, as far as it tells."""
    unread: bool
    """It has further pages to which no address leads."""


def read_listing(content: bytes, url: str, content_type: str = "") -> Listing:
    """The listing read from `url`."""
    pager = find_pager(content, url, content_type)
    further = tuple(dict.fromkeys((*pager.urls, *([pager.next] if pager.next else [])))) if pager else ()
    return Listing(
        links=list_links(content, url, content_type),
        further=further,
        unread=not further and leads_on(content, url, content_type),
    )
