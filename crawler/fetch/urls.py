"""Addresses: which may be asked for, whose turn they are, and where redirects lead. No I/O.

Redirects are followed by hand so that each hop passes the same checks as the first address. A downgrade from https to
http is followed: portals do it, and nothing secret is sent.
"""

import httpx

from crawler.fetch.faults import FetchError, clean
from crawler.model import FailureKind

MAX_REDIRECTS = 5
_LONGEST = 8192
_REDIRECTS = frozenset((301, 302, 303, 307, 308))
_PERMANENT_REDIRECTS = frozenset((301, 308))


def parse(url: str) -> httpx.URL:
    """The address in normal form, without its fragment. Raises `FetchError` where it must not be asked for."""
    try:
        parsed = _parse(url)
    except (httpx.InvalidURL, ValueError) as error:
        raise _bad(f"not a valid address ({clean(str(error), 80)}): {clean(url)}") from error
    if parsed.scheme not in ("http", "https"):
        raise _bad(f"only http and https addresses are fetched, not {clean(url)}")
    if not parsed.raw_host.strip(b"."):
        raise _bad(f"the address names no host: {clean(url)}")
    if parsed.userinfo:
        raise _bad(f"the address for {clean(parsed.host)} holds a user name or password, which is not supported")
    return parsed


def _parse(url: str) -> httpx.URL:
    if len(url) > _LONGEST:
        raise ValueError(f"longer than {_LONGEST} characters")
    if "\\" in url or not url.isprintable():
        raise ValueError("a backslash or a control character")
    parsed = httpx.URL(url).copy_with(fragment=None)
    if parsed.port is not None and not 0 < parsed.port < 65536:
        raise ValueError("no such port")
    if "%" in parsed.host:  # The library escapes what cannot stand in a name; a bad xn-- label raises here.
        raise ValueError("no such host name")
    return parsed


def _bad(reason: str) -> FetchError:
    return FetchError(FailureKind.ADDRESS, reason, permanent=True)


def host_key(url: httpx.URL) -> str:
    """What counts as one host for politeness: lower-case host name, with the port unless it is a usual one."""
    host = url.raw_host.decode("ascii").lower().rstrip(".")
    bracketed = f"[{host}]" if ":" in host else host
    return bracketed if url.port in (None, 80, 443) else f"{bracketed}:{url.port}"


def host_named(host: str) -> str:
    """The same for a host as others write it (`Example.org:443`, `例子.中国`)."""
    try:
        return host_key(parse(f"http://{host}/"))
    except FetchError:
        return host.lower()


def origin(url: httpx.URL) -> str:
    """Scheme, host and port, ending in a slash: the part of an address that holds no secrets."""
    return f"{url.scheme}://{url.netloc.decode('ascii')}/"


class Trail:
    """The addresses of one request, redirect by redirect: `url` is the one to ask next."""

    def __init__(self, url: httpx.URL) -> None:
        self.url = url
        self.permanent_url: str | None = None
        """The address after the leading permanent redirects, if there were any."""
        self._seen = {url}
        self._all_permanent = True

    def follow(self, status: int, location: bytes | None) -> bool:
        """Move on if the answer is a redirect; False: it is not, the trail ends here. Raises `FetchError`."""
        if status not in _REDIRECTS:
            return False
        if not location:
            raise _astray(f"HTTP {status} redirects without saying where to")
        target = self._target(status, location)
        if target in self._seen:
            raise _astray(f"redirects in a loop, back to {clean(str(target))}")
        if len(self._seen) > MAX_REDIRECTS:
            raise _astray(f"more than {MAX_REDIRECTS} redirects")
        self._seen.add(target)
        self._all_permanent = self._all_permanent and status in _PERMANENT_REDIRECTS
        if self._all_permanent:
            self.permanent_url = str(target)
        self.url = target
        return True

    def _target(self, status: int, location: bytes) -> httpx.URL:
        # Bytes beyond ASCII go back as they came, percent-encoded: portals send raw UTF-8 and raw GBK here.
        text = "".join(chr(byte) if byte < 0x80 else f"%{byte:02X}" for byte in location.strip())
        try:
            return parse(str(self.url.join(text)))
        except (FetchError, httpx.InvalidURL, ValueError) as error:
            raise _astray(f"HTTP {status} redirects to an address we do not follow: {clean(text)}") from error


def _astray(reason: str) -> FetchError:
    return FetchError(FailureKind.REDIRECT, reason, permanent=True)
