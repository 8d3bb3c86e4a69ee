"""Addresses as a pager sees them: absolute, without fragment, and read as a series with a number slot.

What one page is called varies: with and without www, by http and https, in another case, with a session, a tracker or
a number against caches, its parameters in another order, percent-encoded or not. `key` is the same for all of them.
"""

import re
from collections.abc import Mapping
from typing import NamedTuple
from urllib.parse import SplitResult, unquote, urljoin, urlsplit, urlunsplit

_LONGEST = 2_000
_SCHEMES = ("http", "https")
_MANY = 10
"""Ids of articles reach beyond so many; parts of an article seldom do …"""
_PLENTY = 300
"""… and never beyond so many, where a number stands behind an id."""
_MOST_PIECES = 30
"""An address of more parameters is that of no part …"""
_MOST_NUMBERED = 3
"""… and the number of a part is one of the last numbered ones."""
_TYPES = r"(?:s?html?|x?html|jhtml|php|aspx?|jspx?|cfm|do|action)"
_PAGE_PARAMETER = re.compile(
    r"(?:(?:art(?:icle)?|list|news|info|content|curr?(?:ent)?|now|to|go|this|the|[int])_?)?page(?:_?(?:no|num|number|index|idx|[ni]))?"
    r"|p|pg|pn|p_?no|paged|curp|fenye|yema",
    re.IGNORECASE,
)
_PIECE = re.compile(r"(?P<name>[^=]*)=(?P<number>\d{1,5})")
_EXTENSION = rf"(?P<extension>\.{_TYPES})?"
_SUFFIX = re.compile(
    rf"(?P<stem>[^/]*?[^/_-])(?P<mark>[_-](?:p(?:age)?[_-]?)?)(?P<number>\d{{1,5}}){_EXTENSION}/?", re.IGNORECASE
)
_BARE = re.compile(rf"(?P<stem>)(?P<mark>(?:p(?:age)?[_-]?)?)(?P<number>\d{{1,5}}){_EXTENSION}/?", re.IGNORECASE)
_PAGE_FOLDER = re.compile(r"/p(?:age)?$", re.IGNORECASE)
_DATE_FOLDER = re.compile(r"/(?:19|20)\d\d(?:/\d{1,2})?$")
_YEAR = re.compile(r"(?:19|20)\d\d")
_LISTING = re.compile(r"(?:index|list|default|page)$|\d$", re.IGNORECASE)
_ENDING = re.compile(rf"(?:\.{_TYPES}|/)$")
_INDEX = re.compile(r"/(?:index|default)$")
_ALIAS = re.compile(r"^(?:www|wap|m|3g)\.|:(?:80|443)$")
_SESSION_PATH = re.compile(r";jsessionid=[^?#/]*", re.IGNORECASE)
_SESSION = re.compile(
    r"(?:phpsess|jsession|session_?|asp\.net_session|aspsession\w{0,20})id=.*"
    r"|(?:_|t|ts|time|timestamp|rand|random|rnd|r|v)=(?:\d{10,17}|0\.\d{3,20})",
    re.IGNORECASE,
)
_TRACKER = re.compile(r"(?:utm_\w+|from|spm|isappinstalled|tdsourcetag|share\w*|wx\w+)=.*|[^=]*=|", re.IGNORECASE)
_WHOLE = re.compile(rf"[_/-](?:all|full|quanwen)(?=(?:\.{_TYPES})?/?$)", re.IGNORECASE)
_WHOLE_PIECE = re.compile(
    rf"(?:{_PAGE_PARAMETER.pattern})=(?:all|full)|(?:show|view)?_?(?:all|full|whole|quanwen)(?:page|text)?=(?:1|true|yes|all)?",
    re.IGNORECASE,
)


class Slot(NamedTuple):
    """One reading of an address as a member of a numbered series."""

    key: str
    """The address without its number: the same for all members, and for a first one that carries none."""
    number: int
    width: int
    """Numbers are padded with zeros up to so many digits."""
    before: str
    after: str
    """The address is `before`, number, `after`."""
    query: bool
    """The number is a parameter."""
    ids: int
    """From this number on it may as well be an article's id."""
    sum: int = 0
    """Where addresses count down: what number and address add up to."""

    def at(self, number: int) -> str:
        """The member of this number."""
        return f"{self.before}{self.sum - number if self.sum else number:0{self.width}d}{self.after}"

    def counted_down(self, total: int) -> "Slot":
        """The same where the number in the address and that of the page add up to `total`."""
        return self._replace(number=total - self.written, sum=total)

    @property
    def written(self) -> int:
        """The number in the address."""
        return self.sum - self.number if self.sum else self.number


def absolute(base: str, href: str, only: str = "") -> str:
    """The http(s) address of a link without its fragment; empty where it is none (javascript:, mailto: …).

    Links to other hosts than `only`, if it is given, are none either.
    """
    if len(href) > _LONGEST:
        return ""
    try:
        address = urlsplit(href.strip(), urlsplit(base).scheme)
        if address.scheme in _SCHEMES and not address.netloc:  # joining is dear
            address = urlsplit(urljoin(base, href.strip()))
    except ValueError:
        return ""
    leads = address.scheme in _SCHEMES and address.netloc and only in ("", _host(address))
    return urlunsplit((*address[:4], "")) if leads else ""


def base_of(url: str, meta: Mapping[str, str]) -> str:
    """What the links of a page read from `url` are relative to, as its head says."""
    told = meta.get("<base>", "")
    return (absolute(url, told) if told else "") or url


def host(url: str) -> str:
    """The host of an address, in the form that `key` begins with."""
    return _host(urlsplit(url))


def settled(url: str) -> str:
    """An address without what changes from visit to visit: the session, a number against caches."""
    address = urlsplit(url)
    pieces = [piece for piece in address.query.split("&") if not _SESSION.fullmatch(piece)]
    return address._replace(path=_SESSION_PATH.sub("", address.path), query="&".join(pieces)).geturl()


def key(url: str) -> str:
    """What an address without a number shares with the numbered members of its series."""
    address = urlsplit(url)
    return _key(address, address.path, address.query.split("&"))


def slots(url: str) -> list[Slot]:
    """The readings of an address as a numbered one: by its query, or by the end of its path."""
    address = urlsplit(url)
    pieces = address.query.split("&", _MOST_PIECES)
    if len(pieces) > _MOST_PIECES:
        return []
    numbered = [position for position, piece in enumerate(pieces) if _numbers(piece)]
    found = [_query_slot(address, pieces, position) for position in numbered[-_MOST_NUMBERED:]]
    head, _, tail = address.path.rstrip("/").rpartition("/")
    tail += "/" if address.path.endswith("/") else ""
    matches = filter(None, (pattern.fullmatch(tail) for pattern in (_SUFFIX, _BARE)))
    return found + [_path_slot(address, pieces, head, match) for match in matches if not _dates(head, match)]


def whole(url: str) -> str:
    """Where an address is that of an article's whole text on one page: the `key` of the article; else empty."""
    address = urlsplit(url)
    pieces = address.query.split("&")
    rest = [piece for piece in pieces if not _WHOLE_PIECE.fullmatch(piece)]
    path = _WHOLE.sub("", address.path)
    return _key(address, path, rest) if (path, rest) != (address.path, pieces) else ""


def _numbers(piece: str) -> bool:
    """Whether a parameter says which page this is."""
    match = _PIECE.fullmatch(piece)
    return match is not None and _PAGE_PARAMETER.fullmatch(match["name"]) is not None


def _dates(head: str, match: re.Match[str]) -> bool:
    """Whether the number at the end of a path is a year, or a day or month in a folder of dates."""
    return bool(_YEAR.fullmatch(match["number"]) or (not match["stem"] + match["mark"] and _DATE_FOLDER.search(head)))


def _query_slot(address: SplitResult, pieces: list[str], position: int) -> Slot:
    name, _, number = pieces[position].partition("=")
    start = address._replace(query="").geturl()
    before = "&".join([*pieces[:position], f"{name}="])
    after = "".join(f"&{piece}" for piece in pieces[position + 1 :])
    rest = pieces[:position] + pieces[position + 1 :]
    ids = _MANY if name.lower() == "p" else 100_000
    return Slot(
        _key(address, address.path, rest), int(number), _width(number), f"{start}?{before}", after, query=True, ids=ids
    )


def _path_slot(address: SplitResult, pieces: list[str], head: str, match: re.Match[str]) -> Slot:
    stem, number, marked = match["stem"], match["number"], match["mark"].strip("_-") != ""
    base = f"{head}/{stem}" if stem else _PAGE_FOLDER.sub("", head)
    part = marked or (_LISTING.search(stem) is not None if stem else base != head)
    before = address._replace(path=f"{head}/{match.string[: match.start('number')]}", query="").geturl()
    after = match.string[match.end("number") :] + (f"?{address.query}" if address.query else "")
    ids = _PLENTY if part else _MANY
    return Slot(_key(address, base, pieces), int(number), _width(number), before, after, query=False, ids=ids)


def _width(number: str) -> int:
    return len(number) if number.startswith("0") else 1


def _host(address: SplitResult) -> str:
    return _ALIAS.sub("", address.netloc.lower())


def _key(address: SplitResult, path: str, pieces: list[str]) -> str:
    path = unquote(_SESSION_PATH.sub("", path), errors="surrogateescape").lower()
    path = _INDEX.sub("", _ENDING.sub("", path))
    kept = (piece for piece in pieces if not (_SESSION.fullmatch(piece) or _TRACKER.fullmatch(piece)))
    query = "&".join(sorted(unquote(piece.replace("+", " "), errors="surrogateescape").lower() for piece in kept))
    return f"{_host(address)}{path}?{query}"
