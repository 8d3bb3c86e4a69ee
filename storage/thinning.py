"""Which bytes as fetched stay, and the thinning of the others: their hash, address, headers and time remain.

Of each address of a page these stay, however old: the first bytes, and the last ones of every year (or month), hence
the newest, which may be read again; of the page all bytes of so many newest versions that have any of their own. Text
and seal of every version stay anyway.
"""

from collections.abc import Sequence
from datetime import UTC, datetime
from enum import StrEnum
from itertools import groupby

from sqlalchemy import Connection, Row, exists, select

from crawler.model import value
from storage import tables as t
from storage.versions import IS_WHOLE

_CHUNK = 500
_COLUMNS = t.capture.c["id", "page", "version", "url", "fetched_at", "sha256"]


class Period(StrEnum):
    """Of which the last bytes stay (as the calendar has it in UTC)."""

    YEAR = "year"
    MONTH = "month"


@value
class Policy:
    """What stays besides the first bytes of each address."""

    before: datetime
    """Only what was fetched earlier may go."""
    versions: int = 2
    """So many newest versions with bytes of their own keep them."""
    period: Period = Period.YEAR


def thin(connection: Connection, policy: Policy) -> tuple[int, int]:
    """Empty the bytes that no capture needs any more; how many captures and contents lost theirs."""
    query = select(*_COLUMNS).join_from(t.capture, t.content).where(IS_WHOLE).order_by(*_COLUMNS["page", "id"])
    may_go: dict[str, int] = {}
    needed: set[str] = set()
    for _, group in groupby(connection.execute(query), lambda row: int(row.page)):
        fetched = list(group)
        staying = kept(fetched, policy)
        for row in fetched:
            if row.id in staying:
                needed.add(row.sha256)
            else:
                may_go[row.sha256] = may_go.get(row.sha256, 0) + 1
    gone = sorted(may_go.keys() - needed)  # in one order for all, so that two processes never wait for each other
    for start in range(0, len(gone), _CHUNK):
        mine = t.content.c.sha256.in_(gone[start : start + _CHUNK])
        connection.execute(t.content.update().where(mine).values(data=b"", blob=None))
    unused = ~exists().where(t.capture.c.sha256 == t.content.c.sha256)
    connection.execute(t.content.delete().where(unused))
    return sum(may_go[sha256] for sha256 in gone), len(gone)


def kept(fetched: Sequence[Row[tuple[object, ...]]], policy: Policy) -> set[int]:
    """The ids of those captures of one page, given in their order, whose bytes stay.

    Those held aside are among them: they go as a whole, once the suspicion clears.
    """
    told = [row for row in fetched if row.version is not None]
    first = {row.url: row.id for row in reversed(told)}
    last = {(row.url, _period(row.fetched_at, policy.period)): row.id for row in told}
    newest = sorted({row.version for row in told})[-policy.versions :]
    others = {
        row.id for row in fetched if row.version is None or row.version in newest or row.fetched_at >= policy.before
    }
    return {*first.values(), *last.values(), *others}


def _period(moment: datetime, period: Period) -> tuple[int, int]:
    at = moment.astimezone(UTC)
    return at.year, at.month if period is Period.MONTH else 0
