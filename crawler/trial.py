"""What one address gives, what is left out and why, and what a first check would make of it. Ring 1.

    trial:   Source -> Request … Response -> Trial | Links | Failure
    judged:  the same for a document that is at hand

Behind `crawler try` and the dashboard's preview. Generators without I/O, as those of `crawler.discover`; nothing is
stored, and of an article of several parts, or a listing of several pages, one is asked for.
"""

from collections.abc import Generator, Sequence
from dataclasses import replace
from datetime import datetime

from crawler.checks import Document, Due
from crawler.discover import fresh, with_targets
from crawler.errors import CrawlerError
from crawler.extract import explain, extract, find_pager
from crawler.extract.compilation import Report, find_reports, place_and_year
from crawler.extract.documents import HTML
from crawler.extract.explain import Dropped
from crawler.extract.listing import read_listing
from crawler.extract.pager_unread import leads_on
from crawler.extract.template import NOTHING_SHARED, Template
from crawler.listed import Link, followed
from crawler.model import Article, Failure, FailureKind, Fetched, Request, Response, Source, Target, value
from crawler.plausible import doubt
from crawler.reading import Reader
from crawler.reports import targets_of
from crawler.text import fingerprint


@value
class Attached:
    """A document that a notice leads to."""

    url: str
    article: Article = Article()
    targets: tuple[Target, ...] = ()
    fault: str | None = None
    """Why it cannot be read."""


@value
class Trial:
    """What a page gives."""

    url: str
    """After redirects; empty: it came from a file."""
    article: Article
    """Of no place and year where it is one of many reports, unless its own title names them."""
    reports: tuple[Report, ...]
    """Of a compilation."""
    targets: tuple[Target, ...]
    dropped: tuple[Dropped, ...]
    attached: tuple[Attached, ...]
    cut_off: bool
    """It seems to have further parts that cannot be followed."""
    incomplete: str | None
    """Why a check would fail."""
    doubted: str | None
    """Why a first check would hold the page back as suspect."""


@value
class Links:
    """What the first page of a listing gives."""

    url: str
    """After redirects."""
    followed: tuple[Link, ...]
    passed_over: tuple[Link, ...]
    further: tuple[str, ...]
    """Its further pages, as far as it tells."""
    unread: bool
    """It has further pages to which no address leads."""


def trial(source: Source, template: Template, read: Reader) -> Generator[Request, Response, Trial | Links | Failure]:
    """Ask for what a source watches, and tell what comes of it."""
    given = yield from fresh(Request(url=source.listing or source.url or "", delay=source.delay))
    if isinstance(given, Failure):
        return given
    if source.listing is None:
        return (yield from judged(given, source, template, read))
    try:
        return _links(given, source, read)
    except CrawlerError as error:
        return _unreadable(given, error)


def judged(
    given: Fetched, source: Source, template: Template, read: Reader
) -> Generator[Request, Response, Trial | Failure]:
    """Tell what a page of a source gives; documents that it leads to are asked for."""
    try:
        article = _article(given, source, template, read)
        dropped = read(explain, given.content, given.content_type, source.body, template)
        leads_to = _documents(given, article, read)
        cut_off = article.pager is None and article.media_type == HTML and _leads_on(given, read)
    except CrawlerError as error:
        return _unreadable(given, error)
    attached = []
    for url in leads_to:
        attached.append((yield from _attached(url, source, read)))  # noqa: PERF401 (no comprehension may yield)
    lines = [*article.paragraphs, *(line for each in attached for line in each.article.paragraphs)]
    whole = with_targets(_document(given.url or source.url or "", article, lines, given.fetched_at))
    incomplete = next((f"incomplete article: {each.url}: {each.fault}" for each in attached if each.fault), None)
    doubted = None if incomplete else doubt(Due(page=0, source=source, url=given.url or source.url or ""), whole, "")
    return Trial(
        url=given.url,
        article=article,
        reports=find_reports(article.title, article.paragraphs),
        targets=_targets(article) if attached else whole.targets,
        dropped=dropped,
        attached=tuple(attached),
        cut_off=cut_off,
        incomplete=incomplete,
        doubted=doubted.reason if doubted else None,
    )


def _links(given: Fetched, source: Source, read: Reader) -> Links:
    shown = read(read_listing, given.content, given.url, given.content_type)
    pages = {given.url, source.listing, *shown.further}
    found: dict[str, str] = {}
    for url, text in shown.links:
        if url not in pages:
            found.setdefault(url, text)
    links = tuple(found.items())
    wanted = read(followed, links, source)
    return Links(
        url=given.url,
        followed=wanted,
        passed_over=tuple(link for link in links if link not in wanted),
        further=shown.further,
        unread=shown.unread,
    )


def _article(given: Fetched, source: Source, template: Template, read: Reader) -> Article:
    found = read(extract, given.content, given.url, given.content_type, source.body, template)
    if not find_reports(found.title, found.paragraphs):
        return found
    region, year = place_and_year(found.title)
    return replace(found, region=region, year=year)


def _targets(article: Article) -> tuple[Target, ...]:
    return targets_of(article.paragraphs, article.year, find_reports(article.title, article.paragraphs))


def _documents(given: Fetched, article: Article, read: Reader) -> tuple[str, ...]:
    """The addresses of the documents that a notice leads to; none where its pager leads to parts of a page."""
    if article.pager is None or read(find_pager, given.content, given.url, given.content_type):
        return ()
    return article.pager.urls[1:]


def _leads_on(given: Fetched, read: Reader) -> bool:
    return read(leads_on, given.content, given.url, given.content_type)


def _attached(url: str, source: Source, read: Reader) -> Generator[Request, Response, Attached]:
    given = yield from fresh(Request(url=url, delay=source.delay))
    if isinstance(given, Failure):
        return Attached(url=url, fault=given.reason)
    try:
        article = _article(given, source, NOTHING_SHARED, read)
    except CrawlerError as error:
        return Attached(url=url, fault=str(error))
    return Attached(url=url, article=article, targets=_targets(article))


def _document(url: str, article: Article, paragraphs: Sequence[str], fetched_at: datetime) -> Document:
    return Document(
        url=url,
        title=article.title,
        published=article.published,
        region=article.region,
        year=article.year,
        paragraphs=tuple(paragraphs),
        targets=(),
        parts=(),
        captures=(),
        fetched_at=fetched_at,
        fingerprint=fingerprint("\n".join(paragraphs)),
    )


def _unreadable(given: Fetched, error: CrawlerError) -> Failure:
    return Failure(url=given.url, kind=FailureKind.CONTENT, reason=str(error), permanent=True)
