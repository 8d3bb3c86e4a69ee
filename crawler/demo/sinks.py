"""Where the demo's alerts arrive: a webhook receiver and a mail server, both on loopback, both keeping what they got.

Ring 3. The receiver checks the signature as any receiver should (Standard Webhooks), with code of its own.
"""

import asyncio
import base64
import hashlib
import hmac
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from email import message_from_bytes, policy
from email.message import EmailMessage

from aiosmtpd.smtp import SMTP, Envelope, Session

from crawler.demo.loopback import Answer, Call, Loopback


class WebhookSink(Loopback):
    """Takes correctly signed POSTs (204) and refuses all else (401); `received` has those it took."""

    def __init__(self, key: bytes) -> None:
        super().__init__(self._answer)
        self._key = key
        self.received: list[Call] = []

    @property
    def secret(self) -> str:
        """The key as sources.yaml takes it."""
        return "whsec_" + base64.b64encode(self._key).decode()

    def _answer(self, call: Call) -> Answer:
        signed = f"{call.headers.get('webhook-id')}.{call.headers.get('webhook-timestamp')}.".encode() + call.body
        digest = base64.b64encode(hmac.digest(self._key, signed, hashlib.sha256)).decode()
        given = call.headers.get("webhook-signature", "").split()
        if call.method != "POST" or not any(hmac.compare_digest(f"v1,{digest}", one) for one in given):
            return Answer(status=401)
        self.received.append(call)
        return Answer(status=204)


class MailSink:
    """Keeps every mail it is handed; made by `mail_sink`."""

    def __init__(self) -> None:
        self.port = 0
        self.raw: list[bytes] = []

    @property
    def received(self) -> list[EmailMessage]:
        """The mails, parsed."""
        return [message_from_bytes(raw, policy=policy.default) for raw in self.raw]

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802, ARG002 (aiosmtpd's name and arguments)
        """Take one mail."""
        self.raw.append(envelope.original_content or b"")
        return "250 Message accepted"


@asynccontextmanager
async def mail_sink() -> AsyncIterator[MailSink]:
    """A mail server in the running event loop, on a port of the system's choice."""
    sink = MailSink()
    server = await asyncio.get_running_loop().create_server(lambda: SMTP(sink, hostname="localhost"), "127.0.0.1", 0)
    sink.port = server.sockets[0].getsockname()[1]
    try:
        yield sink
    finally:
        server.close()
        await server.wait_closed()
