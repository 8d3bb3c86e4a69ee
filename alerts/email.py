"""Alerts by mail: one message an alert, or one for a whole digest.

The Message-ID follows from the alerts' ids, so that a repeated mail is the same mail to every mail program. Recipients
whom a server refuses cost the others nothing: those have the mail, and further attempts go to the refused ones only.
Who has it is kept with the delivery: a mail is repeated (with its Message-ID) only if the program died, or the
connection broke, between the server's taking it and our noting it.
"""

import asyncio
import base64
import hashlib
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


async def send(channel: EmailChannel, attempt: Attempt) -> Sent | NotSent:
    """Mail the alerts to the recipients of the attempt."""
    session = Session(channel, attempt.ca_file)
    try:
        async with asyncio.timeout(channel.timeout.total_seconds()):
            refused = await in_thread(session.send, compose(channel, attempt), attempt.recipients)
    except (OSError, UnicodeError, UnsafeError) as error:
        return NotSent(error=_without_login(f"{channel.host}:{channel.port}: {explain(error)}", channel))
    finally:
        session.abort()
    if not refused:
        return Sent()
    said = f"{channel.host}:{channel.port}: refused: {explain_refusals(refused)}; the others have it"
    reached = tuple(recipient for recipient in attempt.recipients if recipient not in refused)
    return NotSent(error=_without_login(said, channel), reached=reached)


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


def _without_login(text: str, channel: EmailChannel) -> str:
    """A server may repeat what it was sent: the password, plain or as SMTP encodes it."""
    password = channel.password.reveal() if channel.password else ""
    if not password:
        return text
    for sent in (password, f"\0{channel.user}\0{password}"):
        text = text.replace(sent, "***").replace(base64.b64encode(sent.encode()).decode(), "***")
    return text
