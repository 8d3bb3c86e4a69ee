"""The process's one httpx client: guarded connections, verified TLS, the proxy of the configuration and no other.

The environment is not trusted (no proxy, .netrc or certificates from there), no cookie is kept, no redirect followed.
"""

import logging
import ssl
from http.cookiejar import CookieJar

import httpx

from crawler import __version__
from crawler.errors import UsageError
from crawler.fetch.coding import ACCEPTED
from crawler.fetch.guard import Dialler, Guard
from crawler.options import Network

_KEEPALIVE = httpx.Limits(max_connections=None, max_keepalive_connections=64, keepalive_expiry=30)


class GuardedTransport(httpx.AsyncHTTPTransport):
    """httpx's own transport over our dialler."""

    def __init__(self, network: Network) -> None:
        proxy = _proxy(network)
        super().__init__(verify=_trust(network.ca_file), trust_env=False, limits=_KEEPALIVE, proxy=proxy)
        self._guard = Guard(allow_private=network.allow_private)
        self._proxied = proxy is not None
        # httpx has no parameter for what its connection pool takes; the pool reads it whenever it connects.
        self._pool._network_backend = Dialler(None if self._proxied else self._guard)  # noqa: SLF001 (see above)

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Send a request; through a proxy, only for hosts that may be asked."""
        if self._proxied:
            port = request.url.port or (443 if request.url.scheme == "https" else 80)
            await self._guard.permit(request.url.raw_host.decode("ascii"), port)
        return await super().handle_async_request(request)


class _NoCookies(CookieJar):
    """Keeps nothing, and does not even parse what hostile servers send."""

    def extract_cookies(self, response: object, request: object) -> None:
        """Do nothing."""


def open_client(network: Network) -> httpx.AsyncClient:
    """The client for these settings. Raises `UsageError` where the proxy or the certificate file is unusable."""
    # The library logs whole addresses at INFO, and those of webhooks hold tokens.
    for name in ("httpx", "httpcore"):
        logging.getLogger(name).setLevel(logging.WARNING)
    return httpx.AsyncClient(
        transport=GuardedTransport(network),
        headers={
            "User-Agent": user_agent(network.contact),
            "Accept": "text/html,application/xhtml+xml,application/pdf;q=0.9,*/*;q=0.8",
            "Accept-Encoding": ACCEPTED,
            "Accept-Language": "zh-CN,zh;q=0.9,en;q=0.5",
        },
        cookies=_NoCookies(),
        timeout=None,  # noqa: S113 (every request runs under a total deadline of its own)
        trust_env=False,
        follow_redirects=False,
    )


def user_agent(contact: str) -> str:
    """Who we are, truthfully, and whom the operator of a portal may write to."""
    shown = "".join(char for char in contact if char.isascii() and char.isprintable() and char not in "()").strip()
    return f"report-crawler/{__version__}" + (f" (+{shown})" if shown else "")


def _trust(ca_file: str | None) -> ssl.SSLContext:
    context = httpx.create_ssl_context(trust_env=False)
    if ca_file is not None:
        try:
            context.load_verify_locations(ca_file)
        except (OSError, ssl.SSLError) as error:
            why = "it holds no certificate in PEM form" if isinstance(error, ssl.SSLError) else error.strerror
            raise UsageError(f"network.ca_file: cannot read {ca_file}: {why}") from error
    return context


def _proxy(network: Network) -> httpx.Proxy | None:
    if network.proxy is None:
        return None
    try:
        return httpx.Proxy(network.proxy.reveal())
    except (httpx.InvalidURL, ValueError) as error:
        # Not the library's text: it may quote the password.
        raise UsageError("network.proxy: expected http://host:port, https://host:port or socks5://host:port") from error
