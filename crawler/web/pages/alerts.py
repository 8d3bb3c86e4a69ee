"""The outbox: what was told to whom, trying again, and testing a channel."""

import asyncio
from http import HTTPStatus

from fastapi import APIRouter, Request
from starlette.responses import RedirectResponse, Response

from alerts.deliver import test_channel
from crawler.app import open_gate
from crawler.checks import NotSent, Sent
from crawler.errors import CrawlerError
from crawler.options import Channel, Config
from crawler.web.asked import office_of, text_of
from crawler.web.locale import marked
from crawler.web.refused import Refused
from crawler.web.rendering import page
from storage import queries

router = APIRouter()

PORTION = 50
STATES = ("pending", "delivered", "dead")


@router.get("/alerts")
def alerts(request: Request) -> Response:
    """Alerts and how far they got, the newest first."""
    return _alerts(request)


@router.post("/alerts/retry")
def retry_all(request: Request) -> Response:
    """Make all that was not delivered due at once."""
    office = office_of(request)
    office.store.outbox.retry(None, office.now())
    return RedirectResponse("/alerts?state=pending", HTTPStatus.SEE_OTHER)


@router.post("/alerts/{alert}/retry")
def retry(request: Request, alert: str) -> Response:
    """Make what was not delivered of an alert due at once."""
    office = office_of(request)
    if not office.store.outbox.retry(alert, office.now()):
        raise Refused(404, marked("Nothing of this alert waits or was given up."))
    return RedirectResponse("/alerts", HTTPStatus.SEE_OTHER)


@router.post("/channels/{name}/test")
def test(request: Request, name: str) -> Response:
    """Send a made-up alert, marked as a test, to one channel, and show what came of it."""
    config = office_of(request).config()
    if name not in config.channels:
        raise Refused(404, marked("There is no channel %(name)s."), name=name)
    sent = asyncio.run(_test(config, config.channels[name]))
    return _alerts(request, name, sent.error if isinstance(sent, NotSent) else "")


def _alerts(request: Request, tested: str | None = None, error: str = "") -> Response:
    office, state, channel = office_of(request), text_of(request, "state"), text_of(request, "channel")
    if state is not None and state not in STATES:
        raise Refused(400, marked("%(name)s: not one of %(known)s"), name="state", known=", ".join(STATES))
    source, after = text_of(request, "source"), text_of(request, "after")
    lines = queries.alerts(office.store, source=source, state=state, channel=channel, after=after, limit=PORTION + 1)
    try:
        channels, fault = sorted(office.config().channels), None
    except CrawlerError as broken:
        channels, fault = [], str(broken)
    shown = {
        "lines": lines[:PORTION],
        "following": lines[PORTION - 1].id if len(lines) > PORTION else None,
        "filters": {"state": state, "channel": channel, "source": source},
        "after": after,
        "states": STATES,
        "channels": channels,
        "standings": {each.channel: each for each in office.store.standings()},
        "counts": office.store.outbox.counts(),
        "tested": tested,
        "error": error,
        "fault": fault,
    }
    return page(request, "alerts.html", shown)


async def _test(config: Config, channel: Channel) -> Sent | NotSent:
    async with open_gate(config) as gate:
        return await test_channel(channel, gate.post, ca_file=config.network.ca_file)
