"""Real servers on loopback that take alerts and can be told to misbehave: for alert tests and end-to-end tests.

    with WebhookSink() as sink:
        sink.answers += [500, Answer(429, {"retry-after": "7"}), HANG]
        ... sink.url ...
        assert sink.requests[-1].json["type"] == "page.changed"

    with MailSink(tls="starttls", login=("user", "password")) as sink:
        sink.refuse["b@example.org"] += ["450 later", "550 no such user"]
        sink.data += ["451 greylisted", DROP]
        ... sink.host, sink.port, sink.ca_file ...
        assert "6%左右 → 5.5%左右" in sink.messages[-1]["Subject"]

Answers are used up in order; afterwards everything is taken (204; 250), and answered after `pause` seconds, in which
its sender may be killed. Each sink runs in a thread of its own, so it
works in tests with and without an event loop, and for programs in other processes. `wait_for(count)` waits until so
many requests or messages have come, for programs that deliver in the background; it fails after ten seconds.
"""

import asyncio
import email
import email.policy
import json
import ssl
import threading
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from email.message import EmailMessage
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from tempfile import TemporaryDirectory
from types import TracebackType
from typing import Any, Literal, Self

import trustme
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

from crawler.model import Json

DROP = "DROP"
"""Take the message, then cut the connection instead of saying so."""
RESET = "RESET"
"""Cut the connection without taking anything."""
HANG = "HANG"
"""Say nothing until the sink is closed."""


class _Sink:
    """What both sinks share: starting, stopping and waiting for something to come."""

    def __init__(self) -> None:
        self.arrived = threading.Condition()
        self.pause = 0.0
        self.closing = threading.Event()

    def _count(self) -> int:
        raise NotImplementedError

    def wait_for(self, count: int, seconds: float = 10) -> None:
        """Return as soon as `count` requests or messages have come; fail if they do not."""
        with self.arrived:
            if not self.arrived.wait_for(lambda: self._count() >= count, seconds):
                raise AssertionError(f"{self._count()} of {count} came within {seconds} s")

    def close(self) -> None:
        raise NotImplementedError

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, _: TracebackType | None) -> None:
        self.close()


# --- webhooks --------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Answer:
    """A status with headers; `RESET` and `HANG` may stand for an answer too."""

    status: int
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""


@dataclass(frozen=True)
class Received:
    """One POST as it came."""

    path: str
    headers: Mapping[str, str]
    """Names in lower case."""
    body: bytes
    answer: int | str

    @property
    def json(self) -> Json:
        return json.loads(self.body)


class WebhookSink(_Sink):
    """An HTTP server that keeps every POST in `requests`, whatever it answers; those it answered 2xx in `accepted`."""

    def __init__(self) -> None:
        super().__init__()
        self.requests: list[Received] = []
        self.answers: list[int | str | Answer] = []
        """What to answer next; when used up, 204."""
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self._server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self._server.server_port}/hook"
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        self._thread.start()

    @property
    def accepted(self) -> list[Received]:
        return [request for request in self.requests if isinstance(request.answer, int) and request.answer // 100 == 2]

    def close(self) -> None:
        self.closing.set()
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    def _count(self) -> int:
        return len(self.requests)

    def _take(self, path: str, headers: Mapping[str, str], body: bytes) -> Answer | str:
        """Keep the request and say how it is to be answered."""
        with self.arrived:
            answer = self.answers.pop(0) if self.answers else 204
            answer = Answer(answer) if isinstance(answer, int) else answer
            said = answer.status if isinstance(answer, Answer) else answer
            self.requests.append(Received(path, headers, body, said))
            self.arrived.notify_all()
        return answer

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        sink = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                length = int(self.headers.get("content-length", 0))
                body = self.rfile.read(length)
                if len(body) < length:  # whoever sent it was killed amid it: no server takes half a request
                    self.close_connection = True
                    return
                answer = sink._take(self.path, {name.lower(): text for name, text in self.headers.items()}, body)
                if isinstance(answer, str):
                    sink.closing.wait(60 if answer == HANG else 0)
                    self.close_connection = True
                    return
                sink.closing.wait(sink.pause)
                self.send_response(answer.status)
                for name, text in answer.headers.items():
                    self.send_header(name, text)
                if answer.status != 204:
                    self.send_header("content-length", str(len(answer.body)))
                self.end_headers()
                self.wfile.write(answer.body)

            def log_message(self, format: str, *arguments: object) -> None:  # noqa: A002 (the library's name)
                pass

        return Handler


# --- mail ------------------------------------------------------------------------------------------------------------


class MailSink(_Sink):
    """An SMTP server that keeps what it took in `messages`, and to whom in `recipients` (same order).

    `tls`: None, "starttls" (required before mail is taken) or "tls" (from the start), with a certificate of `ca_file`
    for 127.0.0.1, localhost and mail.example.test. `login`: user and password that must be given.
    """

    def __init__(self, *, tls: Literal["starttls", "tls"] | None = None, login: tuple[str, str] | None = None) -> None:
        super().__init__()
        self.host = "127.0.0.1"
        self.messages: list[EmailMessage] = []
        self.recipients: list[list[str]] = []
        self.refuse: dict[str, list[str]] = defaultdict(list)
        """Answers to RCPT for an address, used up in order."""
        self.data: list[str] = []
        """Answers to DATA (`DROP`, `RESET` and `HANG` too), used up in order."""
        self.login = login
        self.logins: list[tuple[str, str]] = []
        """User and password of each attempt to log in."""
        self.over_tls: list[bool] = []
        """For each message, whether it came through TLS."""
        self._tls = tls
        self._folder = TemporaryDirectory()
        self.ca_file = str(Path(self._folder.name) / "ca.pem")
        self._context = self._certify()
        self._transports: list[asyncio.Transport] = []
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        self._thread.start()
        self._server = asyncio.run_coroutine_threadsafe(self._listen(), self._loop).result(10)
        self.port: int = self._server.sockets[0].getsockname()[1]

    def close(self) -> None:
        self.closing.set()
        self._loop.call_soon_threadsafe(self._server.close)
        asyncio.run_coroutine_threadsafe(self._cancel_connections(), self._loop).result(10)
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()
        self._folder.cleanup()

    def _count(self) -> int:
        return len(self.messages)

    async def _cancel_connections(self) -> None:
        await self._turns()  # what was accepted becomes a connection, which can be cut
        tasks = asyncio.all_tasks() - {asyncio.current_task()}
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        for transport in self._transports:
            if not transport.is_closing():  # Python 3.11.2 stumbles over one that the client has closed
                transport.abort()
        await self._turns()

    async def _turns(self) -> None:
        """Let the loop do what it has put off."""
        for _ in range(5):
            await asyncio.sleep(0)

    def _certify(self) -> ssl.SSLContext:
        authority = trustme.CA()
        authority.cert_pem.write_to_path(self.ca_file)
        context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        authority.issue_cert("127.0.0.1", "localhost", "mail.example.test").configure_cert(context)
        return context

    async def _listen(self) -> asyncio.Server:
        context = self._context if self._tls == "tls" else None
        return await self._loop.create_server(self._protocol, self.host, 0, ssl=context)

    def _protocol(self) -> SMTP:
        starttls = self._tls == "starttls"
        return _Smtp(
            self._transports,
            _Handler(self),
            hostname="sink.example.test",
            tls_context=self._context if starttls else None,
            require_starttls=starttls,
            authenticator=self._authenticate if self.login else None,
            auth_require_tls=False,
            loop=self._loop,
        )

    def _authenticate(
        self, server: SMTP, session: Session, envelope: Envelope, mechanism: str, data: LoginPassword
    ) -> AuthResult:
        given = data.login.decode(), data.password.decode()
        self.logins.append(given)
        return AuthResult(success=given == self.login, handled=False)

    def _take(self, envelope: Envelope, secure: bool) -> None:
        content = envelope.content
        assert isinstance(content, bytes)
        message = email.message_from_bytes(content, policy=email.policy.default)
        with self.arrived:
            self.messages.append(message)
            self.recipients.append(list(envelope.rcpt_tos))
            self.over_tls.append(secure)
            self.arrived.notify_all()


class _Smtp(SMTP):
    """Remembers its connections, so that those that hang can be cut when the sink is closed."""

    def __init__(self, transports: list[asyncio.Transport], *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self._transports = transports

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transports.append(transport)
        super().connection_made(transport)


class _Handler:
    """aiosmtpd's hooks: what the sink answers to each command."""

    def __init__(self, sink: MailSink) -> None:
        self._sink = sink

    async def handle_MAIL(  # noqa: N802 (the library's name)
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if self._sink.login and not session.authenticated:
            return "530 5.7.0 authentication required"
        envelope.mail_from = address
        return "250 OK"

    async def handle_RCPT(  # noqa: N802 (the library's name)
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if self._sink.refuse[address]:
            return self._sink.refuse[address].pop(0)
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802 (as above)
        answer = self._sink.data.pop(0) if self._sink.data else "250 OK"
        if answer == HANG:
            await asyncio.get_running_loop().create_future()
        if answer == DROP or answer.startswith("250"):
            self._sink._take(envelope, session.ssl is not None or self._sink._tls == "tls")
            await asyncio.sleep(self._sink.pause)
        if answer in (DROP, RESET):
            assert isinstance(server.transport, asyncio.WriteTransport)
            server.transport.abort()
        return answer
