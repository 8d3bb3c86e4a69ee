"""One conversation with a mail server, blocking: to be run in a thread. The only importer of smtplib.

TLS is verified always. A login is never sent without TLS, except to this machine itself. Once the server has taken the
mail, nothing that follows (a QUIT without answer) makes it count as refused.
"""

import contextlib
import ipaddress
import smtplib
import socket
import ssl
from collections.abc import Callable, Mapping, Sequence
from email.message import EmailMessage
from email.utils import parseaddr

from alerts.clean import line
from crawler.errors import CrawlerError
from crawler.options import EmailChannel

Refusals = Mapping[str, tuple[int, bytes]]
"""Recipients the server did not take, with its code and text for each."""

NO_ANSWER = "no answer in time"
HELO = "[127.0.0.1]"
"""Name in EHLO where the machine has none with a dot; asking DNS for one can take longer than the mail."""


class UnsafeError(CrawlerError):
    """Going on would send a password or a mail without the protection asked for."""


class Session:
    """One connection to the channel's server, for one mail."""

    def __init__(self, channel: EmailChannel, ca_file: str | None = None) -> None:
        self._channel = channel
        self._ca_file = ca_file
        self._client: smtplib.SMTP | None = None

    def send(self, message: EmailMessage, recipients: Sequence[str]) -> Refusals:
        """Mail to all whom the server takes; the others are returned. Raises OSError, UnicodeError, UnsafeError."""
        self._client = client = self._connect()
        try:
            self._secure(client)
            self._login(client)
            refused: Refusals = client.send_message(message, parseaddr(self._channel.sender)[1], list(recipients))
            with contextlib.suppress(OSError):
                client.quit()
            return refused
        finally:
            client.close()

    def abort(self) -> None:
        """Cut the connection, so that a thread that waits for an answer ends. Safe to call at any time."""
        sock = self._client.sock if self._client else None
        if sock:
            with contextlib.suppress(OSError):
                sock.shutdown(socket.SHUT_RDWR)

    def _connect(self) -> smtplib.SMTP:
        channel, name = self._channel, socket.gethostname()
        helo, seconds = name if "." in name else HELO, channel.timeout.total_seconds()
        if channel.security == "tls":
            return smtplib.SMTP_SSL(channel.host, channel.port, helo, timeout=seconds, context=self._context())
        return smtplib.SMTP(channel.host, channel.port, helo, timeout=seconds)

    def _context(self) -> ssl.SSLContext:
        context = ssl.create_default_context()
        if self._ca_file:
            context.load_verify_locations(self._ca_file)
        return context

    def _secure(self, client: smtplib.SMTP) -> None:
        """STARTTLS as the channel asks; on loopback an opportunistic one would only trip over local certificates."""
        client.ehlo_or_helo_if_needed()
        security, offered = self._channel.security, client.has_extn("starttls")
        if security == "starttls" and not offered:
            raise UnsafeError("the server offers no STARTTLS: nothing was sent (smtps:// is TLS from the start)")
        if offered and (
            security == "starttls" or (security == "opportunistic" and not is_loopback(self._channel.host))
        ):
            client.starttls(context=self._context())

    def _login(self, client: smtplib.SMTP) -> None:
        if not self._channel.user:
            return
        if not isinstance(client.sock, ssl.SSLSocket) and not is_loopback(self._channel.host):
            raise UnsafeError("the server offers no TLS: the password was not sent")
        password = self._channel.password.reveal() if self._channel.password else ""
        client.login(self._channel.user, password)


def is_loopback(host: str) -> bool:
    """The host is this machine by its very name or number; what DNS says does not count."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host.lower() == "localhost"


def explain(error: Exception) -> str:
    """What went wrong, in one line for a person."""
    for kind, words in _EXPLANATIONS:
        if isinstance(error, kind):
            return words(error)
    return line(getattr(error, "strerror", None) or str(error)) or type(error).__name__


def explain_refusals(refused: Refusals) -> str:
    """Who was refused, and what the server said to each."""
    return line(", ".join(f"{who} ({code} {_said(text)})" for who, (code, text) in refused.items()), 500)


def _said(text: object) -> str:
    return line(text.decode("utf-8", "replace") if isinstance(text, bytes) else text, 120)


def _ended(error: smtplib.SMTPServerDisconnected) -> str:
    """The library reports a time-out as a lost connection."""
    in_time = not isinstance(error.__context__, TimeoutError)
    return "the connection ended before the mail was taken" if in_time else NO_ANSWER


def _answer(error: smtplib.SMTPResponseException) -> str:
    return f"{error.smtp_code} {_said(error.smtp_error)}"


_EXPLANATIONS: tuple[tuple[type[Exception], Callable[..., str]], ...] = (
    (UnsafeError, str),
    (smtplib.SMTPRecipientsRefused, lambda error: f"every recipient was refused: {explain_refusals(error.recipients)}"),
    (smtplib.SMTPAuthenticationError, lambda error: f"login refused: {_answer(error)}: check user and password"),
    (smtplib.SMTPSenderRefused, lambda error: f"sender {error.sender} refused: {_answer(error)}"),
    (smtplib.SMTPResponseException, lambda error: f"the server answered {_answer(error)}"),
    (smtplib.SMTPServerDisconnected, _ended),
    (smtplib.SMTPException, lambda error: line(str(error))),
    (ssl.SSLCertVerificationError, lambda error: f"the certificate is not trusted: {line(error.verify_message)}"),
    (ssl.SSLError, lambda error: f"TLS failed: {line(error.reason) or 'no valid answer'}"),
    (TimeoutError, lambda _: NO_ANSWER),
    (socket.gaierror, lambda _: "there is no such host"),
    (ConnectionRefusedError, lambda _: "nothing listens there (connection refused)"),
    (UnicodeError, lambda _: "user name and password must be plain ASCII"),
)
