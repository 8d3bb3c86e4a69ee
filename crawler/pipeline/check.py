"""One check from its request to its record: the rules of ring 1 wired to the edges.

check_page:  discover.article -> fetch -> extract -> find_targets -> diff -> decide -> store.record
check_host:  the pages of one host, one after another, as the host's politeness asks
"""

import asyncio
from collections.abc import Callable, Generator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from functools import partial
from itertools import islice
from typing import Generic, TypeVar
from urllib.parse import urlsplit

import structlog

from crawler import decide, discover, reread
from crawler.checks import (
    Document,
    Due,
    DueListing,
    Intent,
    Lesson,
    Observation,
    Outcome,
    Part,
    Result,
)
from crawler.diff.twice import agreed, folded, moves_paragraphs
from crawler.errors import Abandoned, Outrun
from crawler.extract import surroundings_of
from crawler.extract.template import MOST_TAUGHT, Template, marks
from crawler.impostor import breaks_off
from crawler.model import Failure, Fetched, Request, Response, Source, value
from crawler.pipeline.desk import Desk, safely
from crawler.plausible import is_cut
from crawler.reading import Reader

T = TypeVar("T")

log = structlog.get_logger()

_HUGE = 100_000
"""An answer of fewer bytes is compared, and its targets are found, within some tenths of a second."""
_threads = ThreadPoolExecutor(max_workers=64, thread_name_prefix="checks")
"""Their own, so that checks which wait for a reader hold up nothing else that waits in threads."""


@value
class _Returned(Generic[T]):
    """What a flow returned."""

    value: T


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
    intent = await safely(_conclude(due, desk), due.url)
    if isinstance(intent, Failure):
        intent = decide.failed(due, intent, _moment(due, desk))
    try:
        desk.book.record(intent)
    except Outrun:
        return await check_page(desk.book.due_page(due.page, due.source), desk)
    return _result(intent)


async def check_listing(due: DueListing, desk: Desk) -> Result | None:
    """Read one listing and record the pages it names; a result only where it could not be read, or not wholly."""
    seen = await safely(drive(discover.listing(due.source, desk.read), desk), due.source.listing or "")
    intent = decide.listing(due, seen, _moment(due, desk))
    desk.book.record_listing(intent)
    if intent.outcome is Outcome.UNCHANGED:
        log.info("listing read", source=due.source.id, pages=len(intent.found))
        if intent.reason is None:
            return None
    url = due.source.listing or ""
    return Result(source=due.source.id, url=url, outcome=intent.outcome, reason=intent.reason, alerts=intent.alerts)


async def _conclude(due: Due, desk: Desk) -> Intent:
    host = host_of(due.url)
    template = desk.book.template(host)
    rules = reread.stamp(desk.rules, template, due.source.body)
    past = await _aside(partial(_recall, due, rules, template, desk), huge=bool(due.version) and due.rules != rules)
    if not past.legible:
        log.warning("stored bytes cannot be read by today's rules; texts are compared", page=due.page, url=due.url)
    seen = await drive(discover.article(past.due, template, desk.read), desk)
    if isinstance(seen, Failure):
        intent = decide.failed(past.due, seen, _moment(due, desk))
    else:
        intent = await _judged(past, seen, template, desk)
        if await _moves(past, intent, desk):
            intent = await _looked_at_twice(past, intent, template, desk)
        if intent.outcome is Outcome.NEW and await _aside(partial(discover.is_cut_off, seen, desk.read)):
            intent = replace(intent, reason=discover.CUT_OFF)
    read = intent.version.document if intent.version else None
    lesson = await _aside(partial(_lesson, host, read, due.source, desk.read)) if read else None
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
    return reread.recall(due, rules, template, stored, desk.read)


async def _judged(past: reread.Past, seen: Observation, template: Template, desk: Desk) -> Intent:
    """What the reading means; where paragraphs seem to have gone, read once more with the last version in mind."""
    size = sum(len(reading.capture.content) for reading in seen.readings if reading.capture)
    intent = await _aside(partial(_compared, past, seen, desk), huge=size > _HUGE)
    if intent.outcome is Outcome.SUSPECT or await _moves(past, intent, desk):
        before = _text(past, desk).split("\n") if past.due.version else []
        recalled = await _aside(partial(discover.recalling, seen, past.due.source, before, template, desk.read))
        return await _aside(partial(_compared, past, recalled, desk), huge=size > _HUGE)
    return intent


async def _moves(past: reread.Past, intent: Intent, desk: Desk) -> bool:
    """Whether paragraphs went or came; what stood as a doubt before was read twice already."""
    read, held = intent.version, past.due.suspicion
    if intent.outcome is not Outcome.CHANGED or read is None:
        return False
    if held and held.fingerprint == read.document.fingerprint:
        return False
    return await _aside(partial(moves_paragraphs, _text(past, desk), read.document.text))


async def _looked_at_twice(past: reread.Past, first: Intent, template: Template, desk: Desk) -> Intent:
    """What the check means after a second reading: what both say, whichever of the two readings is that.

    A second reading that fails, or is doubted, says nothing.
    """
    again = await drive(discover.article(past.due, template, desk.read), desk)
    if isinstance(again, Failure):
        return first
    second = await _judged(past, again, template, desk)
    return await _aside(partial(_agreed, past, (first, second), desk))


def _agreed(past: reread.Past, intents: tuple[Intent, Intent], desk: Desk) -> Intent:
    first, second = intents
    if second.outcome is Outcome.UNCHANGED:
        log.info("a change was gone at a second look", page=past.due.page, url=past.due.url)
        return second
    if first.version is None or second.version is None:
        return first
    old, one, two = _text(past, desk), first.version.document.text, second.version.document.text
    text = agreed(old, one, two)
    if text == folded(old):
        log.info("two looks agree on no change", page=past.due.page, url=past.due.url)
        return _unchanged(past.due, _moment(past.due, desk), None, desk)
    return second if text == folded(two) else first


def _compared(past: reread.Past, seen: Observation, desk: Desk) -> Intent:
    """What the reading means, held against the newest version."""
    due, moment = past.due, _moment(past.due, desk)
    parts = tuple(reading.part for reading in seen.readings)
    if seen.untouched:
        return _unchanged(due, moment, parts, desk)
    partly = any(reading.article is None for reading in seen.readings)
    document = discover.stitch(seen, due, _text(past, desk) if partly else "")
    same = document.fingerprint == due.fingerprint
    if same and past.legible:
        fit = _same_shares(parts, due.parts) or document.text == _text(past, desk)
        return _unchanged(due, moment, parts if fit else None, desk)
    document = discover.with_targets(document)
    if same:
        return decide.adopted(due, document, moment)
    return decide.read(due, document, _previous(past, document, desk), moment)


def _unchanged(due: Due, moment: decide.Moment, parts: tuple[Part, ...] | None, desk: Desk) -> Intent:
    """The newest text is there, after a reading held back perhaps: of an earlier version's text it swung back."""
    held = due.suspicion
    swung = desk.book.stood(due.page, held.fingerprint) if held and held.fingerprint else None
    return decide.unchanged(due, moment, parts, swung)


def _previous(past: reread.Past, document: Document, desk: Desk) -> decide.Previous:
    """What the reading is compared with."""
    due = past.due
    if not due.version:
        return decide.Previous(twin=desk.book.has_text(due.source.id, document.fingerprint, due.page))
    newest = past.version.document if past.version else None
    return decide.Previous(
        text=_text(past, desk),
        targets=newest.targets if newest else desk.book.targets(due.page, due.version),
        by_other_rules=not past.legible,
        stood=desk.book.stood(due.page, document.fingerprint),
        cut=is_cut(document) and _was_closed(due, desk),
    )


def _was_closed(due: Due, desk: Desk) -> bool:
    """Whether the newest version was read from pages that were closed; some sites never close theirs."""
    kept = desk.book.captures(due.page, [part.url for part in due.parts])
    return bool(kept) and not any(breaks_off(capture.content) for capture in kept)


def _text(past: reread.Past, desk: Desk) -> str:
    if past.version:
        return past.version.document.text
    return desk.book.text(past.due.page, past.due.version)


def _lesson(host: str, document: Document, source: Source, read: Reader) -> Lesson | None:
    """What the pages of a document teach about their host; nothing where they cannot be read once more."""
    try:
        taught = [
            place
            for capture in document.captures
            for place in read(surroundings_of, capture.content, capture.headers.get("content-type", ""), source.body)
        ]
    except Abandoned as error:
        log.warning("nothing is learnt of a page", url=document.url, reason=str(error))
        return None
    places = tuple(islice(dict.fromkeys(taught), MOST_TAUGHT))
    return Lesson(host=host, places=places, marks=marks(document.paragraphs, places))


def _same_shares(parts: Sequence[Part], stored: Sequence[Part]) -> bool:
    """Whether the parts cut the stored text where the stored ones do."""
    sizes, before = ([part.paragraphs for part in each] for each in (parts, stored))
    return sizes == before or len(sizes) == 1 == len(before)


async def drive(flow: Generator[Request, Response, T], desk: Desk) -> T:
    """Answer a flow's requests through the gate until it returns."""
    step = _next(flow, None)
    while isinstance(step, Request):
        answer = await _fetch(step, desk)
        step = await _aside(partial(_next, flow, answer), huge=isinstance(answer, Fetched))
    return step.value


async def _aside(work: Callable[[], T], *, huge: bool = True) -> T:
    """Do work that is huge, or done elsewhere, in a thread: deliveries and the sign of life go on meanwhile."""
    return await asyncio.get_running_loop().run_in_executor(_threads, work) if huge else work()


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
