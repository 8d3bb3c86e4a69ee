"""What a file from elsewhere claims, held against what the tables may hold: nothing of it may break what reads them."""

import json
import re
from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import TypeVar

from crawler.checks import Part
from crawler.model import Json
from storage.codec import dump
from storage.columns import plain
from storage.evidence import CAPTURED, RECORDED, exact
from storage.history import Whose
from storage.warc.records import Refused
from storage.warc.write import FORM

T = TypeVar("T")

LARGEST_DOCUMENT = 16 * 1024**2
LONGEST = 10_000
"""Characters of an address or a title."""
LONGEST_HEADERS = 256 * 1024
MOST_CAPTURES = MOST_PARTS = 10_000
MOST_VERSIONS = 10_000
YEARS = range(1970, 2200)
"""In which something can have been fetched."""

_SOURCE = re.compile(r"\w[\w.-]{0,99}")
_URL = re.compile(r"(?i:https?)://[^\x00-\x20\x7f]+")
_HEX = re.compile(r"[0-9a-f]{64}")


def document(content: bytes) -> Mapping[str, Json]:
    """A JSON object."""
    if len(content) > LARGEST_DOCUMENT:
        raise Refused(f"a description is larger than {LARGEST_DOCUMENT // 1024**2} MB")
    try:
        return mapping(json.loads(content))
    except (ValueError, RecursionError):
        raise Refused("a description is no JSON object") from None


def mapping(given: Json) -> Mapping[str, Json]:
    """An object."""
    if not isinstance(given, dict):
        raise Refused("is no JSON object")
    return given


def listed(given: Json, most: int, each: Callable[[Json], T]) -> list[T]:
    """A list of such things."""
    if not isinstance(given, list) or len(given) > most:
        raise Refused(f"is no list of at most {most}")
    return [each(item) for item in given]


def member(given: Mapping[str, Json], name: str, read: Callable[[Json], T]) -> T:
    """A member of an object; what is wrong with it names it."""
    try:
        return read(given.get(name))
    except (ValueError, OverflowError) as error:
        raise Refused(f"{name!r} {error if isinstance(error, Refused) else 'is not what it has to be'}") from None


def text(given: Json, longest: int = LONGEST) -> str:
    """A text of bounded length that a database can hold."""
    if not isinstance(given, str) or len(given) > longest or plain(given) != given:
        raise Refused(f"is no text of at most {longest} characters")
    return given


def optional(read: Callable[[Json], T]) -> Callable[[Json], T | None]:
    """The same, or null."""
    return lambda given: None if given is None else read(given)


def number(most: int) -> Callable[[Json], int]:
    """A whole number from 0 on."""

    def read(given: Json) -> int:
        if type(given) is not int or not 0 <= given <= most:
            raise Refused(f"is no whole number from 0 to {most}")
        return given

    return read


def flag(given: Json) -> bool:
    """True or false."""
    if not isinstance(given, bool):
        raise Refused("is neither true nor false")
    return given


def matching(pattern: re.Pattern[str], otherwise: str) -> Callable[[Json], str]:
    """A text of a form."""

    def read(given: Json) -> str:
        if not pattern.fullmatch(text(given)):
            raise Refused(otherwise)
        return str(given)

    return read


url = matching(_URL, "is no address (http or https)")
hexadecimal = matching(_HEX, "is no SHA-256")


def moment(given: Json) -> str:
    """A time as it is sealed."""
    found = datetime.fromisoformat(text(given, 40))
    if found.tzinfo is None or found.year not in YEARS or exact(found) != given:
        raise Refused("is no time as it is sealed")
    return exact(found)


def day(given: Json) -> str:
    """A date."""
    if date.fromisoformat(text(given, 10)).isoformat() != given:
        raise Refused("is no date")
    return str(given)


def headers(given: Json) -> str:
    """Headers of an answer, as the JSON text that is stored."""
    try:
        told = json.loads(text(given, LONGEST_HEADERS))
    except RecursionError:
        told = None
    if not isinstance(told, dict) or not all(isinstance(said, str) for said in told.values()) or dump(told) != given:
        raise Refused("is no JSON object of texts as it is stored")
    return str(given)


_RECORD: Mapping[str, Callable[[Json], object]] = {
    "number": number(MOST_VERSIONS),
    "url": url,
    "title": text,
    "published": optional(day),
    "region": text,
    "year": optional(number(9999)),
    "fetched_at": moment,
    "sha256": hexadecimal,
    "reread": flag,
}
_CAPTURE: Mapping[str, Callable[[Json], object]] = {
    "url": url,
    "headers": headers,
    "fetched_at": moment,
    "sha256": hexadecimal,
}


_SEALED = ("the seal before", "record", "captures")


def sealed(given: Json) -> Json:
    """[seal before, record, captures] of `storage.evidence`."""
    if not isinstance(given, list) or len(given) != len(_SEALED):
        raise Refused("'sealed' is no list of the seal before, the record and the captures")
    parts = dict(zip(_SEALED, given, strict=True))
    member(parts, "the seal before", lambda before: before == "" or hexadecimal(before))
    _row(parts["record"], RECORDED, _RECORD)
    member(parts, "captures", lambda captures: listed(captures, MOST_CAPTURES, lambda _: None))
    for capture in parts["captures"]:
        _row(capture, CAPTURED, _CAPTURE)
    return given


def _row(given: Json, names: tuple[str, ...], reads: Mapping[str, Callable[[Json], object]]) -> None:
    if not isinstance(given, list) or len(given) != len(names):
        raise Refused(f"'sealed' holds no list of {', '.join(names)}")
    row = dict(zip(names, given, strict=True))
    for name in names:
        member(row, name, reads[name])


def whose(told: Mapping[str, Json]) -> Whose:
    """Whose history a file holds."""
    if told.get("form") != FORM:
        raise Refused(f"it is written in another form than this version of crawler reads ({FORM})")
    source = member(told, "source", mapping)
    address, listing = (member(source, name, optional(url)) for name in ("url", "listing"))
    if (address is None) == (listing is None):
        raise Refused("its source has no address, or two")
    return Whose(
        source=member(source, "id", matching(_SOURCE, "is no id of a source")),
        title=member(source, "title", text),
        url=address,
        listing=listing,
        match=member(source, "match", text),
        max_pages=member(source, "max_pages", number(1_000_000)),
        key=member(told, "key", lambda key: key if key == "" else url(key)),
        parts=tuple(member(told, "parts", lambda parts: listed(parts, MOST_PARTS, _part))),
        versions=member(told, "versions", number(MOST_VERSIONS)),
        seal=member(told, "seal", hexadecimal),
    )


def _part(given: Json) -> Part:
    told = mapping(given)
    return Part(url=member(told, "url", url), sha256="", paragraphs=member(told, "paragraphs", number(10**7)))
