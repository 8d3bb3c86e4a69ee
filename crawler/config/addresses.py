"""Addresses of the file: pages, proxies, mail servers, mailboxes, chat services. Ring 1.

Functions as in `crawler.config.scalars`. The checks are about the text alone; where an address leads is checked when
it is dialled (`crawler.fetch`).
"""

import re
from ipaddress import IPv6Address
from typing import Any
from urllib.parse import SplitResult, quote, unquote, urlsplit

from crawler.config.environment import fill
from crawler.config.kinds import MismatchError, takes, written_as
from crawler.config.node import Node
from crawler.config.scalars import text
from crawler.options import Secret

LONGEST = 4_000

_LABEL = r"[A-Za-z0-9_\-\u00a1-\U0010ffff]{1,63}"
_HOST = re.compile(rf"(?=.{{1,253}}\Z){_LABEL}(?:\.{_LABEL})*\.?")
_MAILBOX = re.compile(
    r"(?=.{3,254}\Z)[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63})*"
)
_SERVICE = re.compile(r"[a-z][a-z0-9+.-]*://.+")


@takes(written_as(r"^[Hh][Tt][Tt][Pp][Ss]?://[^\s\\@/?#]+(?:[/?#][^\s\\]*)?$"))
def page_address(node: Node) -> str:
    """An http(s) address; its fragment, which no server sees, is left out."""
    what = "an http or https address such as https://www.example.org/report.html"
    parts = _split(text(what, LONGEST)(node), what, ("http", "https"))
    if "@" in parts.netloc:
        raise MismatchError(what, "user and password are not allowed in it")
    return parts._replace(fragment="").geturl()


@takes(page_address.schema)
def secret_address(node: Node) -> Secret:
    """An http(s) address that never shows, because services put their token into it."""
    return Secret(page_address(node))


@takes(written_as(r"^(?:[Hh][Tt][Tt][Pp][Ss]?|[Ss][Oo][Cc][Kk][Ss]5)://[^\s\\/?#]+/?$"))
def proxy(node: Node) -> Secret:
    """The address of a proxy, with or without a login."""
    what = "the address of a proxy such as http://proxy.example.org:3128 or socks5://proxy.example.org"
    return Secret(_server(node, what, ("http", "https", "socks5")).geturl())


@takes(written_as(r"^[Ss][Mm][Tt][Pp][Ss]?://[^\s\\/?#]+/?$"))
def smtp(node: Node) -> dict[str, Any]:
    """A mail server: host, port, security, user and password of `EmailChannel`."""
    what = "the address of a mail server such as smtp://user:password@mail.example.org:587 or smtps://…"
    parts = _server(node, what, ("smtp", "smtps"))
    server: dict[str, Any] = {"host": parts.hostname, "security": "opportunistic"}
    usual = 25
    if parts.username:
        server |= {"user": unquote(parts.username), "password": Secret(unquote(parts.password or ""))}
        server["security"], usual = "starttls", 587
    if parts.scheme == "smtps":
        server["security"], usual = "tls", 465
    return {**server, "port": parts.port or usual}


@takes(written_as(r"^[^\s@]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*$"))
def mailbox(node: Node) -> str:
    """A plain mail address."""
    what = "a mail address such as someone@example.org"
    found = text(what)(node)
    if not _MAILBOX.fullmatch(found):
        raise MismatchError(what)
    return found


@takes(written_as("^[a-z][a-z0-9+.-]*://."))
def service(node: Node) -> Secret:
    """The address of a service as Apprise writes it; which schemes are allowed is for `alerts` to say."""
    what = "the address of a service such as feishu://token"
    found = text(what, LONGEST)(node)
    if not _SERVICE.fullmatch(found):
        raise MismatchError(what)
    return Secret(found)


def _server(node: Node, what: str, schemes: tuple[str, ...]) -> SplitResult:
    """The address of a server, with or without a login, and nothing after host and port."""
    parts = _split(_with_login(node, what), what, schemes)
    if parts.path not in ("", "/") or parts.query or parts.fragment:
        raise MismatchError(what, "nothing may follow host and port; a password takes %2F, %3F and %23 for /, ? and #")
    if bool(parts.username) != bool(parts.password):
        raise MismatchError(what, "a login takes both user and password")
    return parts


def _with_login(node: Node, what: str) -> str:
    """The address with variables in its login percent-encoded: a password may hold any character."""
    filled = text(what, LONGEST)(node)
    login, _at, _host = node.written.rpartition("@")
    if node.environment is None or "://" not in login:
        return filled
    host = fill(node.written[len(login) :], node.environment)
    return fill(login, node.environment, lambda part: quote(part, safe=":")) + host


def _split(address: str, what: str, schemes: tuple[str, ...]) -> SplitResult:
    """The parts of an address that is safe to hand on; the reasons given never quote it."""
    if not address.isprintable() or set(address) & {" ", "\\"}:
        raise MismatchError(what, "it contains a blank, a backslash or something invisible")
    try:
        parts = urlsplit(address)
        host, port = parts.hostname, parts.port
    except ValueError:
        raise MismatchError(what, "its host or port cannot be read") from None
    if parts.scheme not in schemes or not address[len(parts.scheme) :].startswith("://"):
        raise MismatchError(what, f"it must start with {' or '.join(f'{scheme}://' for scheme in schemes)}")
    if not host or port == 0 or not _is_host(host, literal="]" in parts.netloc):
        raise MismatchError(what, "its host or port cannot be read" if host else "it has no host")
    return parts


def _is_host(host: str, *, literal: bool) -> bool:
    if not literal:
        return _HOST.fullmatch(host) is not None
    try:
        return IPv6Address(host).scope_id is None
    except ValueError:
        return False
