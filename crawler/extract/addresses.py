"""Addresses as a pager sees them: absolute, without fragment, and read as a series with a number slot."""

import re
from typing import NamedTuple
from urllib.parse import SplitResult, parse_qsl, urlencode, urljoin, urlsplit

_LONGEST = 2_000
_PAGE_PARAMETER = re.compile(
    r"(?:cur(?:rent)?_?)?p(?:age|g|n)?(?:_?(?:no|num|number|index|id))?|paged|pageindex", re.IGNORECASE
)
_EXTENSION = r"(?P<extension>\.(?:s?html?|x?html|php|aspx?|jspx?|do|action))?"
_SUFFIX = re.compile(rf"(?P<stem>[^/]*?[^/_-])(?P<mark>[_-]p?)(?P<number>\d{{1,5}}){_EXTENSION}/?", re.IGNORECASE)
_BARE = re.compile(rf"(?P<stem>)(?P<mark>p?)(?P<number>\d{{1,5}}){_EXTENSION}/?", re.IGNORECASE)
_ENDING = re.compile(r"(?:\.(?:s?html?|x?html|php|aspx?|jspx?|do|action)|/)$", re.IGNORECASE)
_INDEX = re.compile(r"/(?:index|default)$", re.IGNORECASE)


class Slot(NamedTuple):
    """One reading of an address as a member of a numbered series."""

    key: str
    """The address without its number: the same for all members, and for a first one that carries none."""
    number: int
    before: str
    after: str
    """The address is `before`, number, `after`."""

    def at(self, number: int) -> str:
        """The member of this number."""
        return f"{self.before}{number}{self.after}"


def absolute(base: str, href: str) -> str:
    """The http(s) address of a link without its fragment; empty where it is none (javascript:, mailto: …)."""
    if len(href) > _LONGEST:
        return ""
    try:
        address = urlsplit(urljoin(base, href.strip()))
    except ValueError:
        return ""
    if address.scheme not in ("http", "https") or not address.netloc:
        return ""
    return address._replace(fragment="").geturl()


def key(url: str) -> str:
    """What an address without a number shares with the numbered members of its series."""
    address = urlsplit(url)
    return _key(address, address.path, parse_qsl(address.query, keep_blank_values=True))


def slots(url: str) -> list[Slot]:
    """Every reading of an address as a numbered one: by its query, or by the end of its path."""
    address = urlsplit(url)
    query = parse_qsl(address.query, keep_blank_values=True)
    found = [
        _query_slot(address, query, position)
        for position, (name, number) in enumerate(query)
        if number.isascii() and number.isdigit() and len(number) <= 5 and _PAGE_PARAMETER.fullmatch(name)
    ]
    head, _, tail = address.path.rstrip("/").rpartition("/")
    tail += "/" if address.path.endswith("/") else ""
    for pattern, parent in ((_SUFFIX, head + "/"), (_BARE, head)):
        match = pattern.fullmatch(tail)
        if match:
            path = parent + match["stem"]
            found.append(_path_slot(address, query, path, f"{head}/{tail}", match))
    return found


def _query_slot(address: SplitResult, query: list[tuple[str, str]], position: int) -> Slot:
    name, number = query[position]
    rest = query[:position] + query[position + 1 :]
    before = urlencode([*query[:position], (name, "")])
    after = urlencode(query[position + 1 :])
    start = address._replace(query="").geturl()
    return Slot(_key(address, address.path, rest), int(number), f"{start}?{before}", f"&{after}" if after else "")


def _path_slot(address: SplitResult, query: list[tuple[str, str]], path: str, whole: str, match: re.Match[str]) -> Slot:
    offset = len(whole) - len(match.string)
    before = address._replace(path=whole[: offset + match.start("number")], query="").geturl()
    after = whole[offset + match.end("number") :] + (f"?{address.query}" if address.query else "")
    return Slot(_key(address, path, query), int(match["number"]), before, after)


def _key(address: SplitResult, path: str, query: list[tuple[str, str]]) -> str:
    path = _INDEX.sub("", _ENDING.sub("", path))
    return f"{address.netloc.lower()}{path}?{urlencode(sorted(query))}"
