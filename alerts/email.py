"""Alerts by mail: one message an alert, or one for a whole digest.

The Message-ID follows from the alerts' ids, so that a repeated mail is the same mail to every mail program. Recipients
whom a server refuses cost the others nothing: those have the mail, and further attempts go to the refused ones only.
Who has it is remembered in this process; after a restart a mail may be repeated (with its Message-ID), never lost.
"""

import asyncio
import hashlib
from collections import OrderedDict
from collections.abc import Sequence
from email.message import EmailMessage
from email.utils import format_datetime, parseaddr
from zoneinfo import ZoneInfo

from alerts.attempt import Attempt
from alerts.message import mail
from alerts.smtp import Session, UnsafeError, explain, explain_refusals
from alerts.threads import in_thread
from crawler.checks import Alert, NotSent, Sent
from crawler.options import EmailChannel


class Memory:
    """Who has which mail already, of mails that some recipients were refused; the oldest are forgotten."""

    def __init__(self, most: int = 1_000) -> None:
        self._reached: OrderedDict[tuple[str, str], frozenset[str]] = OrderedDict()
        self._most = most

    def missing(self, channel: EmailChannel, message_id: str) -> tuple[str, ...]:
        """The recipients not known to have it."""
        reached = self._reached.get((channel.name, message_id), frozenset())
        return tuple(recipient for recipient in channel.recipients if recipient not in reached)

    def keep(self, channel: EmailChannel, message_id: str, missing: Sequence[str]) -> None:
        """All recipients but the missing ones have it."""
        key = (channel.name, message_id)
        self._reached.pop(key, None)
        if missing:
            self._reached[key] = frozenset(channel.recipients) - frozenset(missing)
        while len(self._reached) > self._most:
            self._reached.popitem(last=False)


_memory = Memory()


async def send(channel: EmailChannel, attempt: Attempt) -> Sent | NotSent:
    """Mail the alerts to every recipient who does not have them yet."""
    message = compose(channel, attempt)
    message_id = str(message["Message-ID"])
    missing = _memory.missing(channel, message_id)
    session = Session(channel, attempt.ca_file)
    try:
        async with asyncio.timeout(channel.timeout.total_seconds()):
            refused = await in_thread(session.send, message, missing) if missing else {}
    except (OSError, UnicodeError, UnsafeError) as error:
        return NotSent(error=_without_password(f"{channel.host}:{channel.port}: {explain(error)}", channel))
    finally:
        session.abort()
    _memory.keep(channel, message_id, tuple(refused))
    if refused:
        return NotSent(error=f"{channel.host}:{channel.port}: refused: {explain_refusals(refused)}; the others have it")
    return Sent()


def compose(channel: EmailChannel, attempt: Attempt) -> EmailMessage:
    """The message, text and HTML, with headers that filters and out-of-office programs understand."""
    parts = mail([alert.payload for alert in attempt.alerts], channel.language, ZoneInfo(channel.timezone))
    domain = parseaddr(channel.sender)[1].rpartition("@")[2] or "localhost"
    message = EmailMessage()
    message["Subject"] = parts.subject
    message["From"] = channel.sender
    message["To"] = ", ".join(channel.recipients)
    message["Date"] = format_datetime(attempt.at)
    message["Message-ID"] = f"<{_identity(attempt.alerts)}@{domain}>"
    message["List-Id"] = f"<report-crawler.{domain}>"
    message["Auto-Submitted"] = "auto-generated"
    for alert in attempt.alerts:
        message["X-Report-Crawler-Alert"] = alert.id
    # base64, because a server without 8BITMIME may take nothing else of Chinese text.
    message.set_content(parts.text, cte="base64")
    message.add_alternative(parts.html, subtype="html", cte="base64")
    return message


def _identity(alerts: Sequence[Alert]) -> str:
    """The alert's id; for a digest the hash of all of them."""
    ids = sorted(alert.id for alert in alerts)
    return ids[0] if len(ids) == 1 else hashlib.sha256("\n".join(ids).encode()).hexdigest()[:40]


def _without_password(text: str, channel: EmailChannel) -> str:
    """A server may repeat what it was sent."""
    password = channel.password.reveal() if channel.password else ""
    return text.replace(password, "***") if password else text
