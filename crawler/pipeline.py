"""One check from its request to its record: the rules of ring 1 wired to the edges.

    check_page:  discover.article -> fetch -> extract -> find_targets -> diff -> decide -> store.record
    check_host:  the pages of one host, one after another, as the host's politeness asks

Ring 2: imports ring 1 only; network and store come in as the two protocols below. The same functions run behind `once`,
the daemon, and every later door. A page's failure is a value; what is raised here is the store's (`CrawlerError`).
"""

import asyncio
from collections.abc import Awaitable, Callable, Generator, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial
from itertools import islice
from typing import Generic, Protocol, TypeVar
from urllib.parse import urlsplit

import structlog

from crawler import decide, discover, reread
from crawler.checks import (
    Capture,
    Document,
    Due,
    DueListing,
    Health,
    Intent,
    Lesson,
    ListingIntent,
    Observation,
    Outcome,
    Part,
    Result,
)
from crawler.errors import CrawlerError, Damaged, Outrun
from crawler.extract import surroundings_of
from crawler.extract.template import MOST_TAUGHT, Template, marks
from crawler.model import Failure, FailureKind, Fetched, Request, Response, Selectors, Source, Target, value

T = TypeVar("T")

log = structlog.get_logger()

_HUGE = 1_000_000
"""An answer of fewer bytes is read within some tenths of a second."""


class Gate(Protocol):
    """The one door to the network (`crawler.fetch.Fetcher`)."""

    async def fetch(self, request: Request) -> Response:
        """What the server answers, or why there is no answer."""

    def next_allowed(self, host: str) -> datetime | None:
        """From when on the host may be asked again; None: unknown."""

    def set_next_allowed(self, host: str, when: datetime) -> None:
        """Ask the host nothing before that."""


class Book(Protocol):
    """What a check needs of the store (`storage.store.Store`)."""

    @property
    def installation(self) -> str:
        """UUID of this database."""

    def template(self, host: str) -> Template:
        """What the pages of a host share."""

    def captures(self, page: int, urls: Sequence[str]) -> list[Capture]:
        """The bytes from which the newest version was read, of parts at these addresses; empty where unknown."""

    def text(self, page: int, version: int) -> str:
        """A version's text."""

    def targets(self, page: int, version: int) -> tuple[Target, ...]:
        """A version's targets."""

    def has_text(self, source: str, fingerprint: str, page: int) -> bool:
        """Whether another page of the source holds this text."""

    def health(self, source: str, failing_after: int, page: int | None) -> Health:
        """The source but for this page (None: but for its listing)."""

    def due_page(self, page: int, source: Source) -> Due:
        """The page as it is stored now."""

    def record(self, intent: Intent) -> None:
        """Write all of a check, or nothing; raises Outrun where another process was first."""

    def record_listing(self, intent: ListingIntent) -> None:
        """Write all of a listing's reading, or nothing."""

    def reserve_host(self, host: str, now: datetime, delay: timedelta) -> datetime:
        """Book the host's next free moment and keep it free for `delay`; other processes see it."""

    def postpone_host(self, host: str, until: datetime) -> None:
        """Nobody asks the host before `until`."""


@value
class _Returned(Generic[T]):
    """What a flow returned."""

    value: T


@value
class Desk:
    """What every check has at hand."""

    gate: Gate
    book: Book
    now: Callable[[], datetime]
    jitter: Callable[[], float]
    rules: str
    """Names the code by which pages are read (`crawler.reread`)."""
    web_url: str | None = None


def host_of(url: str) -> str:
    """Host of an address in lower case, with its port unless that is the usual one: what politeness counts by."""
    parts = urlsplit(url)
    usual = {"http": 80, "https": 443}.get(parts.scheme)
    host = parts.hostname or ""
    return host if parts.port in (None, usual) else f"{host}:{parts.port}"


async def check_host(
    dues: Sequence[Due | DueListing],
    desk: Desk,
    report: Callable[[Result], None],
    stopping: Callable[[], bool] = lambda: False,
) -> None:
    """Check what is due on one host, one after another, and report each result as it is recorded."""
    for due in dues:
        if stopping():
            return
        if isinstance(due, Due):
            report(await check_page(due, desk))
        elif (failed := await check_listing(due, desk)) is not None:
            report(failed)


async def check_page(due: Due, desk: Desk) -> Result:
    """Check one page and record what follows; read it anew where another process recorded it meanwhile."""
    log.debug("checking", source=due.source.id, url=due.url)
    intent = await _safely(_conclude(due, desk), due.url)
    if isinstance(intent, Failure):
        intent = decide.failed(due, intent, _moment(due, desk))
    try:
        desk.book.record(intent)
    except Outrun:
        return await check_page(desk.book.due_page(due.page, due.source), desk)
    return _result(intent)


async def check_listing(due: DueListing, desk: Desk) -> Result | None:
    """Read one listing and record the pages it names; a result only where it could not be read, or not wholly."""
    seen = await _safely(_drive(discover.listing(due.source), desk), due.source.listing or "")
    intent = decide.listing(due, seen, _moment(due, desk))
    desk.book.record_listing(intent)
    if intent.outcome is Outcome.UNCHANGED:
        log.info("listing read", source=due.source.id, pages=len(intent.found))
        if intent.reason is None:
            return None
    url = due.source.listing or ""
    return Result(source=due.source.id, url=url, outcome=intent.outcome, reason=intent.reason, alerts=intent.alerts)


async def _safely(work: Awaitable[T], url: str) -> T | Failure:
    """A check's own work, with a bug or a damaged version met on one page turned into that page's failure."""
    try:
        return await work
    except Damaged as error:
        return Failure(url=url, kind=FailureKind.INTERNAL, reason=str(error), permanent=True)
    except CrawlerError:
        raise
    except Exception as error:
        log.exception("a check failed on a bug", url=url)
        reason = f"internal error ({type(error).__name__}); the log has the details"
        return Failure(url=url, kind=FailureKind.INTERNAL, reason=reason, permanent=False)


async def _conclude(due: Due, desk: Desk) -> Intent:
    host = host_of(due.url)
    template = desk.book.template(host)
    rules = reread.stamp(desk.rules, template, due.source.body)
    past = await _aside(partial(_recall, due, rules, template, desk), huge=bool(due.version) and due.rules != rules)
    if not past.legible:
        log.warning("stored bytes cannot be read by today's rules; texts are compared", page=due.page, url=due.url)
    seen = await _drive(discover.article(past.due, template), desk)
    if isinstance(seen, Failure):
        intent = decide.failed(past.due, seen, _moment(due, desk))
    else:
        size = sum(len(reading.capture.content) for reading in seen.readings if reading.capture)
        intent = await _aside(partial(_compared, past, seen, desk), huge=size > _HUGE)
    read = intent.version.document if intent.version else None
    lesson = await asyncio.to_thread(_lesson, host, read, due.source.body) if read else None
    return replace(_as_stored(intent, past), due=due, lesson=lesson)


def _as_stored(intent: Intent, past: reread.Past) -> Intent:
    """With what the rereading itself leaves behind; what was not read by today's rules keeps its old stamp."""
    if not past.legible:
        return replace(intent, rules=past.rules if intent.outcome in _BELIEVED else "")
    parts = past.due.parts if intent.parts is None else intent.parts
    return replace(intent, reread=past.version, rules=past.rules, parts=parts)


_BELIEVED = (Outcome.UNCHANGED, Outcome.CHANGED)


def _recall(due: Due, rules: str, template: Template, desk: Desk) -> reread.Past:
    """The page's newest version as today's rules read it."""
    stored = reread.Stored(
        captures=lambda: desk.book.captures(due.page, [part.url for part in due.parts]),
        targets=lambda: desk.book.targets(due.page, due.version),
    )
    return reread.recall(due, rules, template, stored)


def _compared(past: reread.Past, seen: Observation, desk: Desk) -> Intent:
    """What the reading means, held against the newest version."""
    due, moment = past.due, _moment(past.due, desk)
    parts = tuple(reading.part for reading in seen.readings)
    if seen.untouched:
        return decide.unchanged(due, moment, parts)
    partly = any(reading.article is None for reading in seen.readings)
    document = discover.stitch(seen, due, _text(past, desk) if partly else "")
    same = document.fingerprint == due.fingerprint
    if same and past.legible:
        fit = _same_shares(parts, due.parts) or document.text == _text(past, desk)
        return decide.unchanged(due, moment, parts if fit else None)
    document = discover.with_targets(document)
    if same:
        return decide.adopted(due, document, moment)
    intent = decide.read(due, document, _previous(past, document, desk), moment)
    told = intent.outcome is Outcome.NEW and discover.is_cut_off(seen)
    return replace(intent, reason=discover.CUT_OFF) if told else intent


def _previous(past: reread.Past, document: Document, desk: Desk) -> decide.Previous:
    """What the reading is compared with."""
    due = past.due
    if not due.version:
        return decide.Previous(twin=desk.book.has_text(due.source.id, document.fingerprint, due.page))
    if past.version:
        return decide.Previous(text=past.version.document.text, targets=past.version.document.targets)
    targets = desk.book.targets(due.page, due.version)
    return decide.Previous(text=_text(past, desk), targets=targets, by_other_rules=not past.legible)


def _text(past: reread.Past, desk: Desk) -> str:
    if past.version:
        return past.version.document.text
    return desk.book.text(past.due.page, past.due.version)


def _lesson(host: str, document: Document, selectors: Selectors) -> Lesson:
    """What the pages of a document teach about their host."""
    taught = (
        place
        for capture in document.captures
        for place in surroundings_of(capture.content, capture.headers.get("content-type", ""), selectors)
    )
    places = tuple(islice(dict.fromkeys(taught), MOST_TAUGHT))
    return Lesson(host=host, places=places, marks=marks(document.paragraphs, places))


def _same_shares(parts: Sequence[Part], stored: Sequence[Part]) -> bool:
    """Whether the parts cut the stored text where the stored ones do."""
    sizes, before = ([part.paragraphs for part in each] for each in (parts, stored))
    return sizes == before or len(sizes) == 1 == len(before)


async def _drive(flow: Generator[Request, Response, T], desk: Desk) -> T:
    """Answer a flow's requests through the gate until it returns."""
    step = _next(flow, None)
    while isinstance(step, Request):
        answer = await _fetch(step, desk)
        huge = isinstance(answer, Fetched) and len(answer.content) > _HUGE
        step = await _aside(partial(_next, flow, answer), huge=huge)
    return step.value


async def _aside(work: Callable[[], T], *, huge: bool) -> T:
    """Do huge work in a thread of its own: deliveries and the sign of life go on meanwhile."""
    return await asyncio.to_thread(work) if huge else work()


def _next(flow: Generator[Request, Response, T], answer: Response | None) -> "Request | _Returned[T]":
    """A flow's next request, or what it returns: no StopIteration can leave a thread's future."""
    try:
        return next(flow) if answer is None else flow.send(answer)
    except StopIteration as end:
        return _Returned(value=end.value)


async def _fetch(request: Request, desk: Desk) -> Response:
    """One request; where the host wants pauses, its next free moment is booked in the store, for all processes."""
    if not request.delay:
        return await desk.gate.fetch(request)
    host = host_of(request.url)
    booked = desk.book.reserve_host(host, desk.now(), request.delay)
    desk.gate.set_next_allowed(host, booked)
    response = await desk.gate.fetch(request)
    if (later := desk.gate.next_allowed(host)) is not None:
        desk.book.postpone_host(host, later)
    return response


def _moment(due: Due | DueListing, desk: Desk) -> decide.Moment:
    source = due.source
    return decide.Moment(
        now=desk.now(),
        jitter=desk.jitter(),
        installation=desk.book.installation,
        health=desk.book.health(source.id, source.failing_after, due.page if isinstance(due, Due) else None),
        web_url=desk.web_url,
    )


def _result(intent: Intent) -> Result:
    newest = intent.version or intent.reread
    version = newest.number if newest else intent.due.version
    return Result(
        source=intent.due.source.id,
        url=intent.url,
        outcome=intent.outcome,
        version=version or None,
        reason=intent.reason,
        alerts=intent.alerts,
    )
