"""What was found against what is there -> which sources to add, under which ids. Ring 1."""

import hashlib
import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any
from urllib.parse import unquote, urlsplit

from crawler.config.addresses import page_address
from crawler.config.editing import NewSource
from crawler.config.kinds import MismatchError
from crawler.config.node import Node, clean, shown
from crawler.config.scalars import name as source_name
from crawler.config.scalars import selector
from crawler.importing.found import Form, Found, Reading, Refused
from crawler.model import Source, value

_TITLE = 300
_ID = 60
_SHORTEST, _LONGEST = timedelta(seconds=1), timedelta(days=366)
_UNFIT = re.compile(r"[^\w.-]+")
_SUFFIX = re.compile(r"\.(?:s?html?|php|aspx?|jsp|do)$", re.IGNORECASE)
_SPANS = {"d": timedelta(days=1), "h": timedelta(hours=1), "m": timedelta(minutes=1), "s": timedelta(seconds=1)}


@value
class Planned:
    """A source to add."""

    where: str
    source: NewSource
    lost: tuple[str, ...]


@value
class Duplicate:
    """A page that is watched already, or that stands in the file twice."""

    where: str
    url: str
    of: str
    """A source's id, or the place in the file."""


@value
class Plan:
    """What an import comes to."""

    form: Form
    planned: tuple[Planned, ...]
    duplicates: tuple[Duplicate, ...]
    refused: tuple[Refused, ...]
    remarks: tuple[str, ...]


def plan(reading: Reading, sources: Sequence[Source]) -> Plan:
    """Which sources to add to those there are; the same file gives the same ids every time."""
    watched = {url: source.id for source in sources for url in (source.url, source.listing) if url}
    refused, fresh, duplicates = list[Refused](), list[Found](), list[Duplicate]()
    seen: dict[tuple[object, ...], str] = {}
    for each in reading.each:
        checked = _checked(each) if isinstance(each, Found) else each
        if isinstance(checked, Refused):
            refused.append(checked)
            continue
        of = watched.get(checked.url) or seen.get(_identity(checked))
        if of is not None:
            duplicates.append(Duplicate(where=checked.where, url=checked.url, of=of))
        else:
            seen[_identity(checked)] = checked.where
            fresh.append(checked)
    names = _names(fresh, {source.id for source in sources})
    planned = tuple(_planned(found, identity) for found, identity in zip(fresh, names, strict=True))
    return Plan(
        form=reading.form,
        planned=planned,
        duplicates=tuple(duplicates),
        refused=tuple(replace(each, what=shown(each.what)[1:-1]) for each in refused),
        remarks=reading.remarks,
    )


def _identity(found: Found) -> tuple[object, ...]:
    return found.url, found.select, found.drop


# --- what may stand in sources.yaml


def _checked(found: Found) -> Found | Refused:
    """What was found with an address as we write it, and nothing that sources.yaml would not take."""
    try:
        url = _read(page_address, found.url)
    except MismatchError as error:
        reason = error.why or f"expected {error.expected}"
        return Refused(where=found.where, what=found.title or found.url, reason=f"its address cannot be used: {reason}")
    lost = list(found.lost)
    drop = [each for each in dict.fromkeys(found.drop) if _takes(selector, each, "body.drop", lost)]
    select = found.select if found.select and _takes(selector, found.select, "body.select", lost) else ""
    if found.every and not _SHORTEST <= found.every <= _LONGEST:
        lost.append("every: an interval is from 1s to 366d")
    if found.id and not _takes(source_name, found.id, "id", lost):
        found = replace(found, id="")
    every = found.every if found.every and _SHORTEST <= found.every <= _LONGEST else None
    return replace(
        found, url=url, title=_title(found.title), select=select, drop=tuple(drop), every=every, lost=tuple(lost)
    )


def _takes(reader: Callable[[Node], Any], text: str, key: str, lost: list[str]) -> bool:
    """Whether a value is taken; if not, that is told."""
    try:
        _read(reader, text)
    except MismatchError as error:
        lost.append(f"{key}: expected {error.expected}, found {clean(text)}")
        return False
    return True


def _read(reader: Callable[[Node], Any], text: str) -> Any:  # noqa: ANN401 (what the reader gives)
    if "${" in text:
        raise MismatchError("a value without ${…}", "it contains ${")
    return reader(Node(line=0, path="", value=text, written=text))


def _title(text: str) -> str:
    words = "".join(char if char.isprintable() else " " for char in text).split()
    return "" if "${" in text else " ".join(words)[:_TITLE]


# --- ids


def _names(fresh: Sequence[Found], taken: set[str]) -> list[str]:
    """An id for each: its own wish, else host and last word of the address; with a mark where several want the same.

    The mark comes of the page itself, so that neither the order of the file nor what else it holds makes a difference.
    """
    wished = [found.id or slug(found.url) for found in fresh]
    counts = Counter(wished)
    marked = [
        name if counts[name] == 1 and name not in taken else f"{name}-{_mark(found)}"
        for name, found in zip(wished, fresh, strict=True)
    ]
    again = Counter(marked)
    return [
        name if again[name] == 1 and name not in taken else f"{name}-{_mark(found, 16)}"
        for name, found in zip(marked, fresh, strict=True)
    ]


def slug(url: str) -> str:
    """An id made of an address: www.example.org/a/report.html?id=3 -> example.org-report-id-3"""
    parts = urlsplit(url)
    words = [unquote(word) for word in parts.path.split("/") if word]
    last = _SUFFIX.sub("", words[-1]) if words else ""
    if last in ("index", "default") and len(words) > 1:
        last = words[-2]
    slug = _UNFIT.sub(
        "-", "-".join(filter(None, ((parts.hostname or "").removeprefix("www."), last, unquote(parts.query))))
    )
    return slug[:_ID].strip("-.") or "page"


def _mark(found: Found, digits: int = 6) -> str:
    said = "\n".join((found.url, found.select, *found.drop))
    return hashlib.sha256(said.encode("utf-8", "surrogatepass")).hexdigest()[:digits]


# --- as sources.yaml writes it


def _planned(found: Found, identity: str) -> Planned:
    body = {key: item for key, item in (("select", found.select), ("drop", list(found.drop))) if item}
    keys = {
        "id": identity,
        "title": found.title or None,
        "listing" if found.listing else "url": found.url,
        "every": _span(found.every) if found.every else None,
        "body": body or None,
        "enabled": None if found.enabled else False,
    }
    return Planned(
        where=found.where,
        source=NewSource(keys={key: item for key, item in keys.items() if item is not None}, note=found.note),
        lost=found.lost,
    )


def _span(every: timedelta) -> str:
    """A time in the largest unit that holds it whole."""
    unit = next(unit for unit, span in _SPANS.items() if not every % span)
    return f"{every // _SPANS[unit]}{unit}"
