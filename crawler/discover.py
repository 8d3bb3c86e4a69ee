"""Reading a document of one or many parts, and a listing of documents, as generators without I/O.

Ring 1. Each yields a `Request` and is sent the `Response`; its return value is what was read, or the one failure that
stopped it. Whoever drives it owns network, clock and patience (the idea is httpx's `Auth.auth_flow`).

An article of many parts is one document: if any part cannot be read nothing is concluded, because a partial text
compared with a whole one would report removals that never happened.
"""

import hashlib
from collections.abc import Collection, Generator, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from email.utils import parsedate_to_datetime
from itertools import pairwise

from crawler.checks import Capture, Document, Due, Listed, Observation, Part, Reading
from crawler.errors import CrawlerError
from crawler.extract import extract, extract_with_imprint, is_recognised
from crawler.extract.addresses import key
from crawler.extract.compilation import find_reports, place_and_year
from crawler.extract.listing import read_listing
from crawler.extract.memory import recallable
from crawler.extract.pager_unread import leads_on
from crawler.extract.template import NOTHING_SHARED, Template
from crawler.listed import followed
from crawler.model import (
    Article,
    Failure,
    FailureKind,
    Fetched,
    NotModified,
    Pager,
    Request,
    Response,
    Selectors,
    Source,
    value,
)
from crawler.reading import Reader, here
from crawler.reports import targets_of
from crawler.text import fingerprint

Flow = Generator[Request, Response, "Observation | Failure"]

DISTRUST = 10
"""At every so many checks nothing is asked conditionally, and nothing recognised: a server that wrongly says 304 is
found out, as is an edit that no imprint shows."""

SETTLED = timedelta(seconds=2)
"""A Last-Modified younger than this does not tell a second edit within the same second from the first."""

UNREAD = (
    "the listing has further pages that cannot be followed (a pager by script, or of addresses of no known form):"
    " what only they name is not watched; give those pages as sources of their own"
)
CUT_OFF = (
    "the page seems to have further parts that cannot be followed (a pager by script, or of addresses of no known"
    " form): only this one is watched"
)


@value
class _Known:
    """What parts are read with."""

    parts: Mapping[str, Part]
    """As last read, by address."""
    template: Template
    read: Reader


@value
class Read:
    """One part as read, and where it leads."""

    reading: Reading
    pager: Pager | None
    addresses: frozenset[str]
    """Under which it is known: as asked for, and after redirects."""
    at: datetime

    @property
    def marks(self) -> frozenset[str]:
        """What tells that two parts are the same: their bytes, or what they say."""
        article = self.reading.article
        said = fingerprint(article.body) if article and article.body else ""
        return frozenset(filter(None, (self.reading.part.sha256, said)))


def article(due: Due, template: Template = NOTHING_SHARED, read: Reader = here) -> Flow:
    """Read every part of a page's document, from the first one on, whichever part the source names.

    Parts whose bytes are those of the last check are neither fetched (304) nor parsed again, and those in which only
    furniture moved are recognised. After a failed check all are read anew: a server whose validators or part numbers
    went astray mends itself that way. `template` is what the host's pages share; `read` reads documents.
    """
    known = {} if due.failures else {part.url: part for part in due.parts}
    if due.checks % DISTRUST == DISTRUST - 1:
        known = {url: _unvalidated(part) for url, part in known.items()}
    reads = yield from _chain(due, _Known(parts=known, template=template, read=read))
    return reads if isinstance(reads, Failure) else _observed(reads, due)


def listing(source: Source, read: Reader = here) -> Generator[Request, Response, Listed | Failure]:
    """Read a listing and its further pages (at most `max_pages`); what stood before a failing one is still listed."""
    start, count = source.listing or "", 0
    todo, seen, own = [start], set[str](), {start}
    found: dict[str, str] = {}
    failure, warning = None, None
    while todo and count < source.max_pages:
        response = yield from fresh(Request(url=todo[0], delay=source.delay))
        if isinstance(response, Failure):
            failure = response
            break
        seen |= {todo[0], response.url}
        shown = read(read_listing, response.content, response.url, response.content_type)
        for link, text in read(followed, shown.links, source):
            found.setdefault(link, text)
        if shown.unread:
            warning = UNREAD
        own |= {response.url, *shown.further}
        # What a later page calls the first one (index.html) need not even exist.
        todo = [link for link in dict.fromkeys((*todo, *shown.further)) if link not in seen and key(link) != key(start)]
        count, at = count + 1, response.fetched_at
    pages = tuple((url, text) for url, text in found.items() if url not in own)
    if pages:
        return Listed(urls=pages, fetched_at=at, failure=failure, warning=warning)
    return failure or _nothing_listed(source)


def stitch(observation: Observation, due: Due, old_text: str) -> Document:
    """One document of all parts, those not read anew taken from the old text; its targets are not looked for yet.

    `old_text` may be empty where every part was read anew. Title, place and year that it does not say are the page's.
    """
    kept = shares(due.parts, old_text.split("\n"))
    paragraphs: list[str] = []
    parts: list[Part] = []
    for reading in observation.readings:
        paragraphs += kept[reading.part.url] if reading.article is None else reading.article.paragraphs
        parts.append(reading.part)
    held = Article(title=due.title, region=due.region, year=due.year)
    head, *rest = [reading.article or held for reading in observation.readings]
    told = [head, *(each for each in rest if each.media_type != "text/html")]  # a notice may leave it to its document
    text = "\n".join(paragraphs)
    return Document(
        url=observation.url,
        title=head.title or due.title,
        published=head.published,
        region=next((each.region for each in told if each.region), due.region),
        year=next((each.year for each in told if each.year), due.year),
        paragraphs=tuple(paragraphs),
        targets=(),
        parts=tuple(parts),
        captures=tuple(reading.capture for reading in observation.readings if reading.capture),
        fetched_at=observation.fetched_at,
        fingerprint=fingerprint(text),
        landed=observation.readings[0].landed,
    )


def recalling(
    observation: Observation, source: Source, before: Sequence[str], template: Template, read: Reader = here
) -> Observation:
    """The same, each web page read once more with the paragraphs of the last version in mind."""
    shown = [reading.article.paragraphs if reading.article else () for reading in observation.readings]
    asked = zip(observation.readings, recallable(before, shown), strict=True)
    readings = tuple(_recalling(reading, source.body, own, template, read) for reading, own in asked)
    return replace(observation, readings=readings)


def _recalling(
    reading: Reading, selectors: Selectors, before: Sequence[str], template: Template, read: Reader
) -> Reading:
    capture = reading.capture
    if not before or capture is None or reading.article is None or reading.article.media_type != "text/html":
        return reading
    content_type = capture.headers.get("content-type", "")
    found = read(extract, capture.content, reading.landed or capture.url, content_type, selectors, template, before)
    return replace(reading, article=found, part=replace(reading.part, paragraphs=len(found.paragraphs)))


def is_cut_off(observation: Observation, read: Reader = here) -> bool:
    """Whether the only part of a document plainly leads to others that cannot be followed."""
    first, *others = observation.readings
    if others or first.capture is None or first.article is None or first.article.media_type != "text/html":
        return False
    capture = first.capture
    return read(leads_on, capture.content, capture.url, capture.headers.get("content-type", ""))


def shares(parts: Sequence[Part], paragraphs: Sequence[str]) -> Mapping[str, tuple[str, ...]]:
    """Each part's paragraphs, by address, cut from those of the document they were stitched into."""
    cut, start = {}, 0
    for part in parts:
        cut[part.url] = tuple(paragraphs[start : start + part.paragraphs])
        start += part.paragraphs
    return cut


def with_targets(document: Document) -> Document:
    """The document with the targets its text holds: the dearest step, worth it only for a text that is new.

    A compilation is of no place and year, unless its own title names them.
    """
    reports = find_reports(document.title, document.paragraphs)
    if reports:
        region, year = place_and_year(document.title)
        document = replace(document, region=region, year=year)
    return replace(document, targets=targets_of(document.paragraphs, document.year, reports))


def _chain(due: Due, known: _Known) -> Generator[Request, Response, list[Read] | Failure]:
    """Every part from the first one on, as far as each leads to a next that is new."""
    first = yield from _first(due, known)
    if isinstance(first, Failure):
        return first
    reads, seen, met = [first], set(first.addresses), set(first.marks)
    while (following := _following(reads, due.parts)) and following not in seen:
        if len(reads) >= due.source.max_pages:
            return _incomplete(following, f"more than {due.source.max_pages} parts (max_pages)")
        part = yield from _part(following, known, due.source)
        if isinstance(part, Failure):
            return _missing(part)
        # Some servers answer a part number beyond the last one with the last one again, or with the first.
        if not met.isdisjoint(marks := part.marks):
            if _is_foreign(reads, due):
                return [_unsettled(replace(first, pager=None))]
            if len(reads) < _told(reads) or following in {old.url for old in due.parts}:
                return _incomplete(following, "it repeats another part")
            return [*reads[:-1], _unsettled(reads[-1])]
        reads.append(part)
        seen |= part.addresses
        met |= marks
    return reads


def _is_foreign(reads: Sequence[Read], due: Due) -> bool:
    """Whether a second part that repeats the first shows that the pager is none of the article's, but of its comments.

    It does where the document has always been one part, and where no parts are known (at the first reading, or at
    another address) only when it did so before: a server may ignore part numbers for a while.
    """
    return len(reads) == 1 and (len(due.parts) == 1 or (not due.parts and due.failures > 0))


def _observed(reads: Sequence[Read], due: Due) -> Observation | Failure:
    """The whole document, unless the pages tell of more parts than were found."""
    if len(reads) < (told := _told(reads)):
        return _incomplete(reads[-1].reading.part.url, f"{len(reads)} of {told} parts found")
    readings = tuple(read.reading for read in reads)
    if len(readings) != len(due.parts) and all(reading.article is None for reading in readings):
        return _incomplete(due.url, "the chain of known parts broke")
    return Observation(url=readings[0].part.url, readings=readings, fetched_at=reads[-1].at)


def _told(reads: Sequence[Read]) -> int:
    """How many parts the pages say there are; 0: they do not say."""
    return max((read.pager.parts or 0 for read in reads if read.pager), default=0)


def fresh(request: Request) -> Generator[Request, Response, Fetched | Failure]:
    """What an unconditional request gives; a 304, which nobody asked for, is a failure."""
    response = yield request
    if isinstance(response, NotModified):
        reason = "304 (not modified) to an unconditional request"
        return Failure(url=request.url, kind=FailureKind.PROTOCOL, reason=reason, permanent=False)
    return response


def _first(due: Due, known: _Known) -> Generator[Request, Response, Read | Failure]:
    """The first part: where the pager of the named one says it is."""
    url = due.parts[0].url if due.parts else due.url
    tried: set[str] = set()
    while True:
        read = yield from _part(url, known, due.source)
        if isinstance(read, Failure):
            return _missing(read) if tried else read
        tried |= read.addresses
        pager = read.pager
        if pager is None or not pager.urls or pager.urls[0] in tried or len(tried) > due.source.max_pages:
            return read
        url = pager.urls[0]


def _part(url: str, known: _Known, source: Source) -> Generator[Request, Response, Read | Failure]:
    """One part: fetched with the validators we hold, parsed only if its bytes are new."""
    held = known.parts.get(url)
    if held and (held.etag or held.last_modified):
        response: Response = yield Request(
            url=url, etag=held.etag, last_modified=held.last_modified, delay=source.delay
        )
    else:
        response = yield from fresh(Request(url=url, delay=source.delay))
    if isinstance(response, Failure):
        return response
    if held and isinstance(response, NotModified):
        return Read(reading=Reading(part=held), pager=None, addresses=frozenset({url}), at=response.fetched_at)
    assert isinstance(response, Fetched)  # noqa: S101 (`fresh` gives no NotModified)
    digest = hashlib.sha256(response.content).hexdigest()
    addresses = frozenset({url, response.url})
    if held and held.sha256 == digest:
        part = _validated(url, digest, held.paragraphs, response)
        return Read(reading=Reading(part=part), pager=None, addresses=addresses, at=response.fetched_at)
    if held and held.imprint and known.read(is_recognised, response.content, response.content_type, held.imprint):
        # The hash is none of these bytes: they were not read, so that better rules must not believe their validators.
        part = replace(_validated(url, "", held.paragraphs, response), imprint=held.imprint)
        return Read(reading=Reading(part=part), pager=None, addresses=addresses, at=response.fetched_at)
    return _parsed(url, digest, response, source.body, known)


def _parsed(url: str, digest: str, response: Fetched, selectors: Selectors, known: _Known) -> Read | Failure:
    try:
        content_type = response.content_type
        found, imprint = known.read(
            extract_with_imprint, response.content, response.url, content_type, selectors, known.template
        )
    except CrawlerError as error:
        return Failure(url=url, kind=FailureKind.CONTENT, reason=str(error), permanent=True)
    capture = Capture(
        url=url,
        content=response.content,
        headers=response.headers,
        fetched_at=response.fetched_at,
        sha256=digest,
    )
    part = replace(_validated(url, digest, len(found.paragraphs), response), imprint=imprint)
    return Read(
        reading=Reading(part=part, article=found, capture=capture, landed=response.url),
        pager=found.pager,
        addresses=frozenset({url, response.url}),
        at=response.fetched_at,
    )


def _validated(url: str, digest: str, paragraphs: int, response: Fetched) -> Part:
    return Part(
        url=url,
        sha256=digest,
        paragraphs=paragraphs,
        etag=response.headers.get("etag"),
        last_modified=_settled(response.headers),
    )


def _unvalidated(part: Part) -> Part:
    return replace(part, etag=None, last_modified=None, imprint="")


def _unsettled(read: Read) -> Read:
    """A last part behind which there was only a repetition: parsed at every check, so that the next is asked for."""
    part = replace(_unvalidated(read.reading.part), sha256="")
    return replace(read, reading=replace(read.reading, part=part))


def _settled(headers: Mapping[str, str]) -> str | None:
    """The Last-Modified, unless the page may be written once more before that changes."""
    modified = headers.get("last-modified")
    try:
        age = parsedate_to_datetime(headers.get("date", "")) - parsedate_to_datetime(modified or "")
    except (ValueError, TypeError, IndexError, OverflowError):  # what the parser raises, and naive against aware
        return modified
    return modified if abs(age) > SETTLED else None


def _following(reads: Sequence[Read], known: tuple[Part, ...]) -> str | None:
    """The next part's address: from the pager of a parsed part, from the last check for an unchanged one.

    Documents that a notice leads to know nothing of one another: the notice's own list tells, where it was parsed.
    """
    read, first = reads[-1], reads[0]
    if len(reads) > 1 and read.pager is None and first.pager and first.pager.parts == len(first.pager.urls):
        return _behind(first.pager.urls, read.addresses)
    if read.reading.article is None or read.reading.article.media_type != "text/html":
        return _behind([part.url for part in known], {read.reading.part.url})
    if read.pager is None:
        return None
    return read.pager.next or _behind(read.pager.urls, read.addresses)


def _behind(urls: Iterable[str], addresses: Collection[str]) -> str | None:
    """What a list names behind a part known by these addresses."""
    return next((following for url, following in pairwise(urls) if url in addresses), None)


def _incomplete(url: str, reason: str) -> Failure:
    return Failure(url=url, kind=FailureKind.INCOMPLETE, reason=f"incomplete article: {reason}", permanent=False)


def _missing(failure: Failure) -> Failure:
    """A part other than the first could not be read: the article is incomplete, but never gone."""
    return replace(failure, reason=f"incomplete article: {failure.reason}", status=None)


def _nothing_listed(source: Source) -> Failure:
    what = f"no link on the listing matches '{source.match}'" if source.match else "no report links on the listing"
    return Failure(url=source.listing or "", kind=FailureKind.CONTENT, reason=what, permanent=False)
