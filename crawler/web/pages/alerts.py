"""The outbox: what was told to whom, trying again, and testing a channel."""

import asyncio
from http import HTTPStatus

from fastapi import APIRouter, Request
from starlette.exceptions import HTTPException
from starlette.responses import RedirectResponse, Response

from alerts.deliver import test_channel
from crawler.app import open_gate
from crawler.checks import NotSent, Sent
from crawler.errors import CrawlerError
from crawler.options import Channel, Config
from crawler.web.asked import number_of, office_of, text_of
from crawler.web.rendering import page
from storage import queries

router = APIRouter()

PORTION = 50
STATES = ("pending", "delivered", "dead")


@router.get("/alerts")
def alerts(request: Request) -> Response:
    """Alerts and how far they got, the newest first."""
    return _alerts(request)


@router.post("/alerts/{alert}/retry")
def retry(request: Request, alert: str) -> Response:
    """Make what was not delivered of an alert due at once."""
    office = office_of(request)
    if not office.store.outbox.retry(alert, office.now()):
        raise HTTPException(HTTPStatus.NOT_FOUND, "nothing of this alert waits or was given up")
    return RedirectResponse("/alerts", HTTPStatus.SEE_OTHER)


@router.post("/channels/{name}/test")
def test(request: Request, name: str) -> Response:
    """Send a made-up alert, marked as a test, to one channel, and show what came of it."""
    config = office_of(request).config()
    if name not in config.channels:
        raise HTTPException(HTTPStatus.NOT_FOUND, f"no channel {name!r}")
    sent = asyncio.run(_test(config, config.channels[name]))
    return _alerts(request, name, sent.error if isinstance(sent, NotSent) else "")


def _alerts(request: Request, tested: str | None = None, error: str = "") -> Response:
    office, state = office_of(request), text_of(request, "state")
    if state is not None and state not in STATES:
        raise HTTPException(HTTPStatus.BAD_REQUEST, f"state: one of {', '.join(STATES)}")
    skip = number_of(request, "skip") or 0
    lines = queries.alerts(office.store, state=state, limit=PORTION + 1, skip=skip)
    try:
        channels = sorted(office.config().channels)
    except CrawlerError:
        channels = []
    shown = {
        "lines": lines[:PORTION],
        "more": len(lines) > PORTION,
        "skip": skip,
        "portion": PORTION,
        "state": state,
        "states": STATES,
        "channels": channels,
        "standings": {each.channel: each for each in office.store.standings()},
        "tested": tested,
        "error": error,
    }
    return page(request, "alerts.html", shown)


async def _test(config: Config, channel: Channel) -> Sent | NotSent:
    async with open_gate(config) as gate:
        return await test_channel(channel, gate.post, ca_file=config.network.ca_file)
