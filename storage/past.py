"""A page as its readers browse it: how it stands, its versions and promises by portions, the changes beside one."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, RowMapping, Select, and_, func, select

from crawler.checks import Part
from crawler.freshness import Reason
from crawler.model import Target, value
from crawler.wire import instant, target_of
from storage import tables as t
from storage import versions
from storage.codec import load_diff, load_reasons
from storage.lines import VersionLine
from storage.store import Store

PORTION = 30
LARGEST = 2**63 - 1
"""Of the numbers that a database holds."""


@value
class Standing:
    """A page, and how its checks fare."""

    page: int
    source: str
    source_title: str
    active: bool
    url: str
    title: str
    region: str
    year: int | None
    first_seen: datetime
    version: int
    """Number of the newest one; 0: there is none."""
    changed_at: datetime | None
    checked_at: datetime | None
    next_check: datetime
    why: tuple[Reason, ...]
    """It is then."""
    outcome: str | None
    reason: str | None
    checks: int
    failures: int
    """In a row, up to the last check."""
    missing: int
    """So often in a row the server said that it has no such page."""
    gone: bool
    suspect_since: datetime | None
    suspect_reason: str | None
    parts: tuple[Part, ...]
    """The addresses of the newest version, in order."""


@value
class Promise:
    """A target of a page's newest version; its offsets are not told."""

    position: int
    """Among all targets of the version."""
    target: Target


def standing(store: Store, page: int) -> Standing | None:
    """How a page stands; None where there is none of this number."""
    with store.database.read() as connection:
        row = connection.execute(_standings().where(t.page.c.id == min(page, LARGEST))).mappings().one_or_none()
        return _standing(row, tuple(_parts(connection, page))) if row else None


def timeline(
    store: Store, page: int, *, below: int | None = None, numbers: Sequence[int] = (), limit: int | None = None
) -> list[VersionLine]:
    """The versions of a page, the newest one first: all, those below a number, those of some numbers, so many."""
    same = and_(t.change.c.page == t.version.c.page, t.change.c.version == t.version.c.number)
    columns = t.version.c["number", "fetched_at", "sha256", "seal", "title", "characters", "reread"]
    query = select(*columns, t.change.c.targets).outerjoin(t.change, same).where(t.version.c.page == page)
    if below is not None:
        query = query.where(t.version.c.number < min(below, LARGEST))
    if numbers:
        query = query.where(t.version.c.number.in_([min(number, LARGEST) for number in numbers]))
    with store.database.read() as connection:
        rows = connection.execute(query.order_by(t.version.c.number.desc()).limit(limit))
        return [_line(page, row) for row in rows]


def beside(store: Store, page: int, version: int) -> tuple[int | None, int | None]:
    """The version with the change before this one, and with the one after it."""
    mine = t.change.c.page == page
    earlier = select(func.max(t.change.c.version)).where(mine, t.change.c.version < version)
    later = select(func.min(t.change.c.version)).where(mine, t.change.c.version > version)
    with store.database.read() as connection:
        return connection.execute(earlier).scalar(), connection.execute(later).scalar()


def promised(store: Store, page: int, report: str | None, *, limit: int, skip: int = 0) -> list[Promise]:
    """What a page's newest version promises, in its order; of a compilation what one report of it does."""
    columns = ("position", *versions.SHOWN)
    query = select(*t.target.c[columns]).where(*_promises(page)).order_by(t.target.c.position)
    if report is not None:
        query = query.where(t.target.c.report == report)
    with store.database.read() as connection:
        rows = connection.execute(query.limit(limit).offset(min(skip, LARGEST))).mappings()
        return [_promise(dict(row)) for row in rows]


def promises(store: Store, page: int) -> list[tuple[str, int]]:
    """The reports of a page's newest version, in its order, each with how much it promises."""
    query = (
        select(t.target.c.report, func.count().label("promised")).where(*_promises(page)).group_by(t.target.c.report)
    )
    with store.database.read() as connection:
        rows = connection.execute(query.order_by(func.min(t.target.c.position)))
        return [(row.report, row.promised) for row in rows]


def kin(store: Store, page: int, limit: int = PORTION) -> list[Standing]:
    """Other pages of the region, the newest year first; none where it is unknown."""
    mine = select(t.page.c.region).where(t.page.c.id == page).scalar_subquery()
    wanted = t.page.c.region == mine, t.page.c.region != "", t.page.c.id != page, t.state.c.version > 0
    query = _standings().where(*wanted).order_by(t.page.c.year.is_(None), t.page.c.year.desc(), t.page.c.id)
    with store.database.read() as connection:
        return [_standing(row, ()) for row in connection.execute(query.limit(limit)).mappings()]


def _standings() -> Select[Any]:
    return (
        select(
            t.page.c.id.label("page"),
            *t.page.c["source", "url", "title", "region", "year", "first_seen", "changed_at"],
            *t.state.c[
                "version", "checked_at", "next_check", "why", "outcome", "reason", "checks", "failures", "missing"
            ],
            *t.state.c["gone", "suspect_since", "suspect_reason"],
            t.source.c.title.label("source_title"),
            t.source.c.active,
        )
        .join_from(t.page, t.state, t.state.c.page == t.page.c.id)
        .join(t.source, t.source.c.id == t.page.c.source)
    )


def _standing(row: RowMapping, parts: tuple[Part, ...]) -> Standing:
    return Standing(parts=parts, **{**row, "why": load_reasons(row["why"])})


def _promises(page: int) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    return t.target.c.page == page, t.target.c.status == "target"


def _promise(row: dict[str, Any]) -> Promise:
    position = row.pop("position")
    return Promise(position=position, target=target_of({**row, "start": 0, "end": 0, "sent_start": 0, "rule": ""}))


def _line(page: int, row: Any) -> VersionLine:  # noqa: ANN401 (a row; its type says no more)
    return VersionLine(
        version=row.number,
        fetched_at=instant(row.fetched_at),
        sha256=row.sha256,
        seal=row.seal,
        changes=None if row.targets is None else load_diff(page, row.number, row.targets),
        title=row.title,
        characters=row.characters,
        note="reread" if row.reread else None,
    )


def _parts(connection: Connection, page: int) -> list[Part]:
    rows = connection.execute(select(t.part).where(t.part.c.page == page).order_by(t.part.c.position))
    return [Part(url=row.url, sha256=row.sha256, paragraphs=row.paragraphs) for row in rows]
