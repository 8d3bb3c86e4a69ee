"""The proof behind `maintenance.verify`: everything is read back and held against what was noted when it was stored."""

import hashlib
from collections.abc import Callable, Generator, Iterable, Iterator, Mapping
from itertools import groupby
from typing import Any, NamedTuple

from sqlalchemy import Connection, Row, func, select

from crawler.errors import Away, Damaged
from crawler.text import fingerprint
from storage import contents
from storage import tables as t
from storage.backends import backend
from storage.codec import bytes_text, load_diff, load_targets
from storage.evidence import CAPTURED, RECORDED, seal
from storage.snapshots import ZstdError, unroll

_CHUNK = 100
_MADE_ANEW = "the next `crawler once`, or the daemon's next start, makes it anew"


def _integrity(connection: Connection) -> Iterator[str]:
    """What the database itself finds."""
    yield from backend(connection).integrity(connection)


class _Newest(NamedTuple):
    """What a page's newest version says."""

    number: int = 0
    fingerprint: str = ""
    targets: int | None = 0
    """How many there are; None: it cannot be restored."""


def _versions(connection: Connection) -> Iterator[str]:
    """Every version restores to the text it was, and the newest one is there, with its targets beside it."""
    query = select(t.version).order_by(t.version.c.page, t.version.c.number).execution_options(yield_per=_CHUNK)
    newest: dict[int, _Newest] = {}
    for page, group in groupby(connection.execute(query), lambda row: int(row.page)):
        rows = list(group)
        targets = yield from _chain(page, rows)
        newest[page] = _Newest(rows[-1].number, rows[-1].fingerprint, targets)
    yield from _heads(connection, newest)
    yield from _shown(connection, newest)


def _chain(page: int, rows: list[Row[Any]]) -> Generator[str, None, int | None]:
    """A page's versions; returns how many targets the newest one has."""
    if [row.number for row in rows] != list(range(1, len(rows) + 1)):
        yield f"page {page}: versions are missing among 1 to {rows[-1].number}"
        return None
    try:
        for row, (_, body) in zip(rows, unroll((row.number, row.body) for row in rows), strict=True):
            if (hashlib.sha256(body).hexdigest(), fingerprint(bytes_text(body))) != (row.sha256, row.fingerprint):
                yield f"page {page}: the text of version {row.number} is not the one that was stored"
        return [len(load_targets(targets)) for _, targets in unroll((row.number, row.targets) for row in rows)][-1]
    except (ZstdError, ValueError, KeyError, TypeError) as error:
        yield f"page {page}: a version cannot be restored ({error})"
        return None


def _heads(connection: Connection, newest: Mapping[int, _Newest]) -> Iterator[str]:
    """Every page has its state, which knows the newest version."""
    pages = select(t.page.c.id, t.page.c.fingerprint, t.state.c.version).outerjoin_from(t.page, t.state)
    for page, known, number in connection.execute(pages.order_by(t.page.c.id)):
        found = newest.get(page, _Newest())
        if number is None:
            yield f"page {page}: its state is missing; {_MADE_ANEW}"
        elif found.number < number:
            yield f"page {page}: its newest version {number} is missing"
        elif found.number > number:
            yield f"page {page}: its state knows version {number} as the newest, but there is version {found.number}"
        elif found.number and found.fingerprint != known:
            yield f"page {page}: its fingerprint is not that of version {number}"


def _listings(connection: Connection) -> Iterator[str]:
    """Every listing has its state."""
    lost = select(t.source.c.id).outerjoin_from(t.source, t.listing)
    lost = lost.where(t.source.c.listing.is_not(None), t.listing.c.source.is_(None))
    for source in connection.execute(lost.order_by(t.source.c.id)).scalars():
        yield f"source {source}: the state of its listing is missing; {_MADE_ANEW}"


def _shown(connection: Connection, newest: Mapping[int, _Newest]) -> Iterator[str]:
    """The targets to search and export are as many as the newest version has."""
    counted = select(t.target.c.page, func.count()).group_by(t.target.c.page)
    shown = {int(page): int(count) for page, count in connection.execute(counted)}
    for page, found in newest.items():
        count = shown.get(page, 0)
        if found.targets not in (None, count):
            yield f"page {page}: version {found.number} has {found.targets} targets, but {count} are listed for export"


def _captures(connection: Connection) -> Iterator[str]:
    """Bytes kept as evidence are those that were fetched, unless they were thinned."""
    query = select(t.content.c.sha256, *contents.PACKED).select_from(contents.BESIDE).where(contents.IS_WHOLE)
    with connection.execute(query.execution_options(yield_per=_CHUNK)) as rows:  # closed also where the bytes are away
        for row in rows:
            try:
                whole = contents.unpacked(connection, row) is not None
            except Away:
                raise
            except Damaged as error:
                yield str(error)
                continue
            if not whole:
                yield f"the bytes {row.sha256[:12]}… kept as evidence are damaged"


def _seals(connection: Connection) -> Iterator[str]:
    """Every version's record and captures are those that were sealed, after the version before it."""
    captures = select(*t.capture.c["page", "version", *CAPTURED]).where(t.capture.c.version.is_not(None))
    captures = captures.order_by(t.capture.c.page, t.capture.c.version, t.capture.c.id)
    versions = select(*t.version.c["page", "seal", *RECORDED]).order_by(t.version.c.page, t.version.c.number)
    taken = groupby(connection.execute(captures).mappings(), lambda row: (row["page"], row["version"]))
    following = next(taken, None)
    page, before = None, ""
    for version in connection.execute(versions).mappings():
        place = version["page"], version["number"]
        before = before if page == version["page"] else ""
        page = version["page"]
        while following and following[0] < place:  # of a version that is missing, which is told elsewhere
            following = next(taken, None)
        read = list(following[1]) if following and following[0] == place else []
        if seal(before, version, read) != version["seal"]:
            yield f"page {page}: what is noted of version {version['number']} or its bytes is not what was sealed"
        before = version["seal"]


def _changes(connection: Connection) -> Iterator[str]:
    """From the second version on each has its change, unless it was only reread; every change can be read."""
    query = select(*t.change.c["page", "version", "targets"]).order_by(t.change.c.page, t.change.c.version)
    for page, version, targets in connection.execute(query.execution_options(yield_per=_CHUNK)):
        try:
            load_diff(page, version, targets)
        except Damaged:
            yield f"page {page}: the change to version {version} is damaged"
    told = t.version.c.number > 1, ~t.version.c.reread
    versions = select(func.count()).select_from(t.version).where(*told).scalar_subquery()
    changes = select(func.count()).select_from(t.change).scalar_subquery()
    versions_count, changes_count = connection.execute(select(versions, changes)).one()
    if versions_count != changes_count:
        yield f"there are {versions_count} versions after the first of their page, but {changes_count} changes"


EXAMINATIONS: tuple[Callable[[Connection], Iterable[str]], ...] = (
    _integrity,
    _versions,
    _listings,
    _captures,
    _seals,
    _changes,
)
