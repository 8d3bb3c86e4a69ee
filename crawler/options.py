"""The configuration as values: what `crawler.config` makes of sources.yaml, with every default filled in. Ring 1."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Literal

from crawler.model import Source, value


class Secret:
    """A text that never shows: only `reveal()` gives it, at the one place that sends it."""

    __slots__ = ("_text",)

    def __init__(self, text: str) -> None:
        self._text = text

    def reveal(self) -> str:
        """The secret itself."""
        return self._text

    def __repr__(self) -> str:
        return "Secret('***')"

    __str__ = __repr__

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Secret) and other._text == self._text

    def __hash__(self) -> int:
        return hash(self._text)


@value
class Network:
    """How requests are made, for pages and webhooks alike."""

    allow_private: bool = False
    """Private and loopback addresses may be fetched."""
    proxy: Secret | None = None
    """http(s) or socks5 proxy address, possibly with credentials."""
    contact: str = ""
    """Mail address or link in the User-Agent, for the operators of the portals."""
    timeout: timedelta = timedelta(seconds=60)
    """Total time of one request, redirects included."""
    max_bytes: int = 20_000_000
    """Largest body, before and after content codings are removed."""
    hosts_at_once: int = 16
    """So many hosts are read side by side (each of them one request at a time)."""
    ca_file: str | None = None
    """PEM file of certificate authorities to trust besides the usual ones."""


@value
class WebhookChannel:
    """A JSON POST, signed after the Standard Webhooks specification where a secret is given."""

    name: str
    url: Secret
    """Secret, because chat services put their token into it."""
    secret: Secret | None = None
    timeout: timedelta = timedelta(seconds=15)


@value
class EmailChannel:
    """Mail by SMTP."""

    name: str
    host: str
    port: int
    security: Literal["starttls", "tls", "opportunistic"]
    """starttls: required (smtp:// with a login); tls: from the start (smtps://); opportunistic: where it is offered."""
    sender: str
    recipients: tuple[str, ...]
    user: str = ""
    password: Secret | None = None
    digest: Literal["hourly", "daily"] | None = None
    """Collect alerts into one mail at the next full hour, or at 08:00 of `timezone`; None: one mail an alert."""
    timezone: str = "Asia/Shanghai"
    language: Literal["zh", "en"] = "zh"
    timeout: timedelta = timedelta(seconds=30)


@value
class AppriseChannel:
    """Any service of the Apprise library (Feishu, DingTalk, WeCom, Slack, Telegram …)."""

    name: str
    url: Secret
    language: Literal["zh", "en"] = "zh"


Channel = WebhookChannel | EmailChannel | AppriseChannel


@value
class Limits:
    """Past which `crawler health` complains; the key `health` of the file."""

    tick: timedelta = timedelta(minutes=1)
    """The daemon last went through its schedule so long ago."""
    overdue: timedelta = timedelta(hours=6)
    """A check is late by so much."""
    pending: timedelta = timedelta(hours=1)
    """An alert waits for so long, or a channel fails for so long (which is told through the others)."""
    failing_percent: int = 100
    """So many of the sources fail."""


@value
class Config:
    """All of sources.yaml."""

    network: Network = Network()
    channels: Mapping[str, Channel]
    sources: tuple[Source, ...]
    health: Limits = Limits()
    web_url: str | None = None
    """Where the dashboard is reached, for links in alerts; None: alerts carry no link to it."""
