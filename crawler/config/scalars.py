"""Single values of the file: texts, numbers, durations, schedules. Ring 1.

Each function takes a `Node` and gives the value or raises `MismatchError`; those with limits are made by a function of
their limits.
"""

import re
import warnings
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from functools import lru_cache
from zoneinfo import ZoneInfo

from cronsim import CronSim, CronSimError

from crawler.config.kinds import MismatchError, Reader, takes, written_as
from crawler.config.node import Node
from crawler.extract.marks import is_selector
from crawler.options import Secret

_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")
_UNITS = {"s": "seconds", "m": "minutes", "h": "hours", "d": "days"}
_DURATION = re.compile(r"([0-9]{1,9})([smhd])")
_BASE64 = re.compile(r"(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{4}|[A-Za-z0-9+/]{3}=?|[A-Za-z0-9+/]{2}={0,2})")
_SIZE = re.compile(r"([0-9]{1,12}) ?(KB|MB|GB)")
_BYTES = {"KB": 1_000, "MB": 1_000_000, "GB": 1_000_000_000}
_NAME = re.compile(r"\w[\w.-]{0,99}")


def text(what: str, longest: int = 1_000) -> Reader[str]:
    """A text on one line that is not empty."""

    @takes({"type": "string", "pattern": r"\S", "maxLength": longest})
    def read(node: Node) -> str:
        if not isinstance(node.value, str):
            raise MismatchError(what, "put it in quotes to make it a text" if node.written else "")
        if not node.value.strip():
            raise MismatchError(what, "it is empty")
        if len(node.value) > longest:
            raise MismatchError(what, f"it is longer than {longest} characters")
        if _CONTROL.search(node.value):
            raise MismatchError(what, "it contains a control character or line break")
        return node.value

    return read


@takes(written_as(r"^(?!whsec_)[\s\S]*\S|^whsec_[A-Za-z0-9+/]*={0,2}$"))
def signing_secret(node: Node) -> Secret:
    """The key of a webhook's signature: any text; one that starts as Standard Webhooks writes keys must be one."""
    what = "a text that the receiver knows as well, such as whsec_ followed by base64"
    found = text(what)(node)
    if found.startswith("whsec_") and not _BASE64.fullmatch(found, 6):
        raise MismatchError(what, "what follows whsec_ is not base64: copy it again")
    return Secret(found)


@takes(written_as(r"^[\p{L}\p{N}_][\p{L}\p{N}_.-]{0,99}$"))
def name(node: Node) -> str:
    """A source's id or a channel's name: it stands in commands, addresses and file names."""
    what = "1 to 100 letters, digits, '.', '_' or '-', the first a letter, digit or '_'"
    found = text(what)(node)
    if not _NAME.fullmatch(found):
        raise MismatchError(what)
    return found


@takes(written_as("^[ -~]*[!-~][ -~]*$", maxLength=200))
def header(node: Node) -> str:
    """A text that may stand in a request header."""
    what = "a mail address or link in printable ASCII characters"
    found = text(what, longest=200)(node)
    if not found.isascii():
        raise MismatchError(what)
    return found


@takes({"type": "boolean"})
def flag(node: Node) -> bool:
    """Only true and false: what looks like another word for them is a text."""
    if not isinstance(node.value, bool):
        raise MismatchError("true or false")
    return node.value


def whole(low: int, high: int) -> Reader[int]:
    """A whole number between two limits, both included."""

    @takes({"type": "integer", "minimum": low, "maximum": high})
    def read(node: Node) -> int:
        number = node.value
        if not isinstance(number, int) or isinstance(number, bool) or not low <= number <= high:
            raise MismatchError(f"a whole number from {low} to {high}")
        return number

    return read


@takes({"type": "number", "minimum": 0})
def amount(node: Node) -> Decimal:
    """A number that is not negative, exactly as written."""
    number = node.value
    if isinstance(number, bool) or not isinstance(number, int | Decimal) or number < 0:
        raise MismatchError("a number of 0 or more such as 0.5")
    return Decimal(number)


@takes(
    {
        "anyOf": [
            {"type": "integer", "minimum": 1, "maximum": _BYTES["GB"]},
            written_as("^0*(?:[1-9][0-9]{0,5}|1000000) ?KB$|^0*(?:[1-9][0-9]{0,2}|1000) ?MB$|^0*1 ?GB$"),
        ]
    }
)
def size(node: Node) -> int:
    """Bytes, as a number or with a unit."""
    what = "a size from 1 byte to 1 GB such as 20MB or 20000000"
    match = _SIZE.fullmatch(node.value) if isinstance(node.value, str) else None
    number = int(match[1]) * _BYTES[match[2]] if match else node.value
    if not isinstance(number, int) or isinstance(number, bool) or not 1 <= number <= _BYTES["GB"]:
        raise MismatchError(what)
    return number


def duration(shortest: str, longest: str) -> Reader[timedelta]:
    """A whole number of seconds, minutes, hours or days between two limits, both included."""
    low, high = span(shortest), span(longest)

    @takes(written_as(f"^{'' if low == timedelta(0) else '(?!0+[smhd])'}[0-9]{{1,9}}[smhd]$"))
    def read(node: Node) -> timedelta:
        what = "a duration such as 30s, 5m, 6h or 1d"
        found = span(node.value) if isinstance(node.value, str) else None
        if found is None:
            raise MismatchError(what)
        if low is not None and high is not None and not low <= found <= high:
            raise MismatchError(f"{what}, from {shortest} to {longest}")
        return found

    return read


def span(written: str) -> timedelta | None:
    """The time that a text such as 6h says; None where it says none."""
    match = _DURATION.fullmatch(written)
    return timedelta(**{_UNITS[match[2]]: int(match[1])}) if match else None


def choice(*words: str) -> Reader[str]:
    """One of the words."""

    @takes({"anyOf": [{"enum": list(words)}, {"type": "string", "pattern": r"\$\{"}]})
    def read(node: Node) -> str:
        if not isinstance(node.value, str) or node.value not in words:
            raise MismatchError(" or ".join(words))
        return node.value

    return read


@takes({"type": "string", "pattern": r"\S", "examples": ["Asia/Shanghai"]})
def timezone(node: Node) -> str:
    """A name of the IANA time zone database."""
    what = "a time zone such as Asia/Shanghai"
    found = text(what, longest=100)(node)
    if not _known_zone(found):
        raise MismatchError(what)
    return found


@lru_cache(maxsize=1000)
def _known_zone(key: str) -> bool:
    try:
        ZoneInfo(key)
    except (KeyError, ValueError, OSError):  # unknown; no name of a zone; a directory of zones
        return False
    return True


@takes(written_as("^(?!/|\\(/|\\./)[\\s\\S]*\\S"))
def selector(node: Node) -> str:
    """A CSS selector, as the extractor takes them."""
    what = "a CSS selector such as div.content"
    found = text(what)(node)
    if not is_selector(found):
        raise MismatchError(what, "XPath is not supported" if found.startswith(("/", "(/", "./")) else "")
    return found


@takes(written_as(r"^\s*(?:\S+\s+){4}\S+\s*$", maxLength=100))
def cron(node: Node) -> str:
    """A cron expression of five fields that comes due at some time."""
    what = 'a cron expression of five fields such as "30 8 * * mon-fri"'
    found = text(what, longest=100)(node)
    if why := _cron_fault(found):
        raise MismatchError(what, why)
    return found


@lru_cache(maxsize=1000)
def _cron_fault(expression: str) -> str:
    fields = len(expression.split())
    if fields != 5:
        return f"it has {fields}"
    try:
        next(CronSim(expression, datetime(2026, 1, 1, tzinfo=UTC)))
    except CronSimError as error:
        return str(error)
    except StopIteration:
        return "it never comes due"
    return ""


@takes({"type": "string", "pattern": r"\S"})
def pattern(node: Node) -> str:
    """A regular expression of Python's `re`."""
    what = r"a regular expression such as '/baogao/\d+\.html$'"
    found = text(what)(node)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            re.compile(found)
    except re.error as error:
        raise MismatchError(what, "" if node.environment is not None else str(error)) from None
    except (Warning, OverflowError, RecursionError):
        raise MismatchError(what, "ambiguous or too large") from None
    return found
