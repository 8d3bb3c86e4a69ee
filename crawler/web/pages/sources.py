"""Sources: how each stands, checking one now, and pausing one: that is said in sources.yaml, which stays the truth."""

import asyncio
import os
import threading
from collections.abc import Callable, Iterator, Mapping
from http import HTTPStatus
from typing import Literal
from urllib.parse import urlencode

import structlog
from fastapi import APIRouter, Request
from starlette.exceptions import HTTPException
from starlette.responses import RedirectResponse, Response

from crawler import sourcefile
from crawler.app import chosen_sources, load_config, run_once
from crawler.config.editing import pause_source, resume_source
from crawler.errors import CrawlerError, UsageError
from crawler.model import Source, value
from crawler.web.asked import number_of, office_of, text_of
from crawler.web.locale import marked
from crawler.web.office import Office
from crawler.web.refused import Refused
from crawler.web.rendering import page
from storage.lines import SourceState
from storage.watched import source_states, sources

router = APIRouter()

PORTION = 50
STATES = ("failing", "trouble", "new", "well", "paused", "rest")
"""Worst first: told to fail; a check failed; not read yet; well; switched off in the file; no longer in it."""

log = structlog.get_logger()
_at_work = threading.Lock()


@value
class Standing:
    """A source of the file, of the store, or of both."""

    id: str
    title: str
    state: str


@router.get("/sources")
def listed(request: Request) -> Response:
    """Health at a glance, what fails first."""
    office, state, words = office_of(request), text_of(request, "state"), text_of(request, "words")
    if state is not None and state not in STATES:
        raise Refused(400, marked("%(name)s: not one of %(known)s"), name="state", known=", ".join(STATES))
    watched = source_states(office.store)
    configured, fault = _configured(office, begun=bool(watched))
    every = sorted(_standings(configured, watched), key=_rank)
    fitting = [each for each in every if (not state or each.state == state) and _has(each, words)]
    skip = number_of(request, "skip") or 0
    portion = fitting[skip : skip + PORTION]
    stored = {line.source: line for line in sources(office.store, [each.id for each in portion])}
    shown = {
        "rows": [(each, stored.get(each.id)) for each in portion],
        "known": bool(every),
        "count": len(fitting),
        "counts": {name: sum(each.state == name for each in every) for name in STATES},
        "states": STATES,
        "state": state,
        "words": words,
        "skip": skip,
        "portion": PORTION,
        "fault": fault,
        "daemon": office.is_at_work(),
        "asked": text_of(request, "asked"),
        "saved": next((each for each in every if each.id == text_of(request, "saved")), None),
        "removed": text_of(request, "removed"),
        "config_path": office.config_path,
    }
    return page(request, "sources.html", shown)


@router.post("/sources/{source}/check")
def check(request: Request, source: str) -> Response:
    """Check a source now: the daemon does within a second; where none is at work, this program does."""
    begin_check(office_of(request), source)
    return _back({"asked": source})


@router.post("/sources/{source}/pause")
def pause(request: Request, source: str) -> Response:
    """Switch a source off in sources.yaml: nothing of it is checked, its history stays."""
    edit_source(office_of(request), source, pause_source)
    return _back({})


@router.post("/sources/{source}/resume")
def resume(request: Request, source: str) -> Response:
    """Switch it on again."""
    edit_source(office_of(request), source, resume_source)
    return _back({})


def begin_check(office: Office, source: str, page: int | None = None) -> Literal["daemon", "server"]:
    """Have all that is watched of a source, or one page of it, checked now; who does it."""
    chosen_sources(office.config(), [source])
    if office.is_at_work():
        office.store.hasten(source, office.now(), page)
        return "daemon"
    if not _at_work.acquire(blocking=False):
        raise Refused(409, marked("Another round is under way. Try again when it has ended."))
    threading.Thread(target=_round, args=(office, source, page), daemon=True).start()
    return "server"


def edit_source(office: Office, source: str, edit: Callable[[str, str, Mapping[str, str], str], str]) -> None:
    """Edit sources.yaml, in which the source stands; 409 where that cannot be done."""
    path = office.config_path
    try:
        seen = sourcefile.read(path)
        sourcefile.replace(path, edit(seen.text, source, os.environ, path), seen.digest)
    except UsageError as error:
        raise HTTPException(HTTPStatus.CONFLICT, str(error)) from None


def _back(more: Mapping[str, str]) -> Response:
    return RedirectResponse("/sources" + (f"?{urlencode(more)}" if more else ""), HTTPStatus.SEE_OTHER)


def _round(office: Office, source: str, page: int | None) -> None:
    """What `crawler once --source` does."""
    try:
        asyncio.run(run_once(office.config(), office.store, sources=[source], page=page))
    except CrawlerError as error:
        log.error("a round asked for in the dashboard failed", source=source, error=str(error))
    finally:
        _at_work.release()


def _configured(office: Office, *, begun: bool) -> tuple[Mapping[str, Source] | None, str | None]:
    """The sources of the file by id; None, and why, where it cannot be read, or lost all its sources since we began."""
    try:
        config = office.config()
        if begun and not config.sources:
            config = load_config(office.config_path)
        return {source.id: source for source in config.sources}, None
    except CrawlerError as error:
        return None, str(error)


def _standings(configured: Mapping[str, Source] | None, stored: list[SourceState]) -> Iterator[Standing]:
    for each in stored:
        source = configured.get(each.source) if configured is not None else None
        title = source.title if source else each.title
        yield Standing(id=each.source, title=title, state=_state(each, source, known=configured is not None))
    known = {each.source for each in stored}
    for source in (configured or {}).values():
        if source.id not in known:
            yield Standing(id=source.id, title=source.title, state="new" if source.enabled else "paused")


def _state(stored: SourceState, source: Source | None, *, known: bool) -> str:
    if source is None and (known or not stored.active):
        return "rest"
    if source is not None and not source.enabled:
        return "paused"
    return "failing" if stored.failing else "trouble" if stored.troubled else "well"


def _rank(each: Standing) -> tuple[int, str]:
    return STATES.index(each.state), each.id


def _has(each: Standing, words: str | None) -> bool:
    return words is None or words.casefold() in f"{each.id}\n{each.title}".casefold()
