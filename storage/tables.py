"""The schema as SQLModel classes, and their Core tables (lower-case names) for the statements of this package.

What moves at every check stands in narrow rows of its own (`page_state`, `listing`, `host`): on PostgreSQL such an
update stays within its memory page as long as no index covers what moved, hence the fill factor and no index on
`next_check`.
Tables never leave the package; a change here needs a migration (a test compares the two).
"""

from datetime import date, datetime
from typing import Any, cast

from sqlalchemy import ForeignKeyConstraint, Index, LargeBinary, MetaData, Table, UniqueConstraint, text
from sqlmodel import Field, SQLModel

from storage.columns import PlainText, UtcTime

_NAMES = {"ix": "%(table_name)s_%(column_0_N_name)s", "uq": "%(table_name)s_%(column_0_N_name)s_key"}
_VOLATILE = {"postgresql_with": {"fillfactor": 70}}


class Base(SQLModel):
    """Our tables alone, whatever else the process maps."""

    metadata = MetaData(naming_convention=_NAMES)


def _text(**more: Any) -> Any:  # noqa: ANN401 (SQLModel's Field returns Any)
    return Field(sa_type=PlainText, **more)


def _time(**more: Any) -> Any:  # noqa: ANN401 (as above)
    return Field(sa_type=UtcTime, **more)


def _blob() -> Any:  # noqa: ANN401 (as above)
    return Field(sa_type=LargeBinary)


class InstallationRow(Base, table=True):
    """One row: the name from which the ids of alerts are derived."""

    __tablename__ = "installation"
    id: str = _text(primary_key=True)
    created_at: datetime = _time()
    folder: str | None = _text()  # of this very database in the store of `blobs`; None: it has none yet


class SourceRow(Base, table=True):
    """A source, once named in sources.yaml; inactive while it is not."""

    __tablename__ = "source"
    id: str = _text(primary_key=True)
    title: str = _text()
    url: str | None = _text()
    listing: str | None = _text()
    match: str = _text()
    max_pages: int
    schedule: str = _text()  # as text, to notice that it changed
    active: bool
    told_failing: bool
    told_partly: datetime | None = _time()


class ListingRow(Base, table=True):
    """The state of a source's listing."""

    __tablename__ = "listing"
    __table_args__ = (_VOLATILE,)
    source: str = _text(primary_key=True, foreign_key="source.id")
    next_check: datetime = _time()
    checked_at: datetime | None = _time()
    succeeded_at: datetime | None = _time()
    outcome: str | None = _text()
    reason: str | None = _text()
    checks: int
    failures: int
    known: bool  # it was read once; what comes now is news


class PageRow(Base, table=True):
    """A page, and what its newest version says."""

    __tablename__ = "page"
    __table_args__ = (UniqueConstraint("source", "key"), Index(None, "region", "year"), Index(None, "year"))
    id: int | None = Field(default=None, primary_key=True)
    source: str = _text(foreign_key="source.id")
    key: str = _text()
    url: str = _text(index=True)
    title: str = _text()
    year: int | None
    region: str = _text()
    announce: bool
    position: int
    first_seen: datetime = _time()
    fingerprint: str = _text()
    rules: str = _text()  # by which the newest version's text was read
    characters: int
    target_count: int
    changed_at: datetime | None = _time()
    published: date | None  # as the newest version says
    edits: int = Field(sa_column_kwargs={"server_default": "0"})  # how often it changed


class PageStateRow(Base, table=True):
    """What every check of a page moves; `version` and `checks` guard against two processes recording one check."""

    __tablename__ = "page_state"
    __table_args__ = (
        Index(
            "page_state_failing",
            "source",
            sqlite_where=text("failures > 0"),
            postgresql_where=text("failures > 0"),
        ),
        _VOLATILE,
    )
    page: int = Field(primary_key=True, foreign_key="page.id", sa_column_kwargs={"autoincrement": False})
    source: str = _text()
    version: int
    next_check: datetime = _time()
    checked_at: datetime | None = _time()
    succeeded_at: datetime | None = _time()  # its last check that read the report
    outcome: str | None = _text()
    reason: str | None = _text()
    checks: int
    failures: int
    missing: int
    gone: bool
    suspect_fingerprint: str | None = _text()
    suspect_reason: str | None = _text()
    suspect_since: datetime | None = _time()
    suspect_told: bool
    suspect_stands: datetime | None = _time()
    swings: int = Field(sa_column_kwargs={"server_default": "0"})
    swung_at: datetime | None = _time()
    why: str = _text(sa_column_kwargs={"server_default": ""})  # the next check is then: `codec.dump_reasons`


class EpisodeRow(Base, table=True):
    """From this check on, every check of a page ended so; a page that is always read has none (`storage.episodes`)."""

    __tablename__ = "episode"
    page: int = Field(primary_key=True, foreign_key="page.id", ondelete="CASCADE")
    number: int = Field(primary_key=True)  # of the check
    at: datetime = _time()
    outcome: str = _text()
    reason: str | None = _text()


class PartRow(Base, table=True):
    """The validators of one address of a page's document."""

    __tablename__ = "part"
    page: int = Field(primary_key=True, foreign_key="page.id")
    position: int = Field(primary_key=True)
    url: str = _text()
    sha256: str = _text()
    paragraphs: int
    etag: str | None = _text()
    last_modified: str | None = _text()
    imprint: str = _text(sa_column_kwargs={"server_default": ""})


class VersionRow(Base, table=True):
    """A text as it once was; `body` and `targets` are compressed against the version before (`snapshots`).

    One that is `reread` is no change of the page: better rules read the bytes of the version before in another way.
    """

    __tablename__ = "version"
    page: int = Field(primary_key=True, foreign_key="page.id")
    number: int = Field(primary_key=True)
    url: str = _text()
    title: str = _text()
    published: date | None
    region: str = _text()
    year: int | None
    fetched_at: datetime = _time()
    sha256: str = _text()
    fingerprint: str = _text()
    characters: int
    reread: bool
    seal: str = _text(sa_column_kwargs={"server_default": ""})  # `evidence`
    body: bytes = _blob()
    targets: bytes = _blob()


class DictionaryRow(Base, table=True):
    """A page of a host, compressed: others are compressed with it (`contents`)."""

    __tablename__ = "dictionary"
    id: int | None = Field(default=None, primary_key=True)
    host: str = _text(index=True)
    data: bytes = _blob()


class ContentRow(Base, table=True):
    """Bytes as fetched, compressed, once however often they were served; empty once thinned (`maintenance.prune`).

    With a `blob` they lie, or are about to, in another store under this key (`blobs`), and here while they do not.
    """

    __tablename__ = "content"
    sha256: str = _text(primary_key=True)
    size: int
    data: bytes = _blob()
    dictionary: int | None = Field(default=None, foreign_key="dictionary.id", index=True)
    blob: str | None = _text()


class CaptureRow(Base, table=True):
    """Where and when bytes were served; without a version they are held aside until a suspicion clears."""

    __tablename__ = "capture"
    __table_args__ = (Index(None, "page", "version"),)
    id: int | None = Field(default=None, primary_key=True)
    page: int = Field(foreign_key="page.id")
    version: int | None
    url: str = _text()
    headers: str = _text()
    fetched_at: datetime = _time()
    sha256: str = _text(foreign_key="content.sha256", index=True)


class TargetRow(Base, table=True):
    """The targets of each page's newest version, to search and export; those of all versions stand in `version`."""

    __tablename__ = "target"
    __table_args__ = (
        Index("target_key", "key", "status", "page", "position", "low", "high"),
    )  # all that lists look at
    page: int = Field(primary_key=True, foreign_key="page.id")
    position: int = Field(primary_key=True)
    report: str = _text()  # of a compilation; empty where the page is one report
    indicator: str = _text()
    key: str = _text()
    kind: str = _text()
    relation: str = _text()
    low: str | None = _text()  # exact decimals, as text
    high: str | None = _text()
    unit: str = _text()
    period: str = _text()
    scope: str = _text()
    status: str = _text()
    text: str = _text()
    sentence: str = _text()


class ChangeRow(Base, table=True):
    """What became of the targets from the version before to this one; a version that is `reread` has none."""

    __tablename__ = "change"
    __table_args__ = (Index("change_at", "at", "severity", "changed", "added", "removed"),)  # all that filters look at
    page: int = Field(primary_key=True, foreign_key="page.id")
    version: int = Field(primary_key=True)
    at: datetime = _time()
    targets: str = _text()
    severity: str | None = _text()  # of the alert that told of it; None: none did
    changed: int = Field(sa_column_kwargs={"server_default": "0"})  # so many targets
    added: int = Field(sa_column_kwargs={"server_default": "0"})
    removed: int = Field(sa_column_kwargs={"server_default": "0"})
    edits: str | None = _text()  # of the text, where no target was touched; None: stored before edits were noted


class ChangedTargetRow(Base, table=True):
    """An indicator whose targets a change touched, to find the change by."""

    __tablename__ = "changed_target"
    __table_args__ = (
        ForeignKeyConstraint(["page", "version"], ["change.page", "change.version"], ondelete="CASCADE"),
        Index("changed_target_key", "key", "at"),
    )
    page: int = Field(primary_key=True)
    version: int = Field(primary_key=True)
    key: str = _text(primary_key=True)
    at: datetime = _time()


class AlertRow(Base, table=True):
    """Something to tell."""

    __tablename__ = "alert"
    id: str = _text(primary_key=True)
    type: str = _text()
    source: str = _text()
    page: int | None = Field(default=None, index=True)
    raised_at: datetime = _time(index=True)
    summary: str = _text()
    payload: str = _text()
    channels: str = _text()


class DeliveryRow(Base, table=True):
    """An alert on its way to one channel; `subject` names what it is about, within which order holds."""

    __tablename__ = "delivery"
    __table_args__ = (
        UniqueConstraint("alert", "channel"),
        Index("delivery_state", "state", "channel", "alert"),
        Index(
            "delivery_pending",
            "channel",
            "subject",
            "id",
            sqlite_where=text("state = 'pending'"),
            postgresql_where=text("state = 'pending'"),
        ),
    )
    id: int | None = Field(default=None, primary_key=True)
    alert: str = _text(foreign_key="alert.id")
    channel: str = _text()
    subject: str = _text()
    raised_at: datetime = _time()
    state: str = _text()
    attempts: int
    next_attempt: datetime | None = _time()  # None: at once
    leased_until: datetime | None = _time()
    settled_at: datetime | None = _time()
    give_up_at: datetime = _time()
    error: str | None = _text()
    reached: str | None = _text()  # recipients who have it, as JSON, where others do not; None: nobody


class ChannelRow(Base, table=True):
    """How a channel stands that ever failed (`crawler.channels.Standing`)."""

    __tablename__ = "channel"
    name: str = _text(primary_key=True)
    failing_since: datetime | None = _time()
    error: str | None = _text()
    gave_up: int
    told: bool
    told_at: datetime | None = _time()


class ComparisonRow(Base, table=True):
    """Two pages of one region and year as last compared; `page` was stored first."""

    __tablename__ = "comparison"
    page: int = Field(primary_key=True, foreign_key="page.id", ondelete="CASCADE")
    other: int = Field(primary_key=True, foreign_key="page.id", ondelete="CASCADE", index=True)
    page_version: int
    other_version: int
    at: datetime = _time()
    prints: bool  # of one report
    share: float
    targets: int  # so many differ
    places: int  # in so many the texts differ
    words: str = _text()  # what one of them says, or the other, in these places
    summary: str = _text()
    alert: str | None = _text(foreign_key="alert.id", ondelete="SET NULL")


class UnpairedRow(Base, table=True):
    """A page with a version that is still to be compared with other prints of its report."""

    __tablename__ = "unpaired"
    page: int = Field(
        primary_key=True, foreign_key="page.id", ondelete="CASCADE", sa_column_kwargs={"autoincrement": False}
    )


class UnindexedRow(Base, table=True):
    """A version whose text cannot be searched yet (`storage.search`; the index itself is no table of ours)."""

    __tablename__ = "unindexed"
    __table_args__ = (ForeignKeyConstraint(["page", "number"], ["version.page", "version.number"], ondelete="CASCADE"),)
    page: int = Field(primary_key=True)
    number: int = Field(primary_key=True)


class TallyRow(Base, table=True):
    """A running total of what was done, for metrics (`crawler.tally`)."""

    __tablename__ = "tally"
    name: str = _text(primary_key=True)
    labels: str = _text(primary_key=True)
    amount: float


class HostRow(Base, table=True):
    """From when on a host may be asked."""

    __tablename__ = "host"
    __table_args__ = (_VOLATILE,)
    host: str = _text(primary_key=True)
    next_allowed: datetime | None = _time()


class SharedLineRow(Base, table=True):
    """A line met beside the bodies of a host's pages; on `crawler.extract.template.ENOUGH` of them it is the host's."""

    __tablename__ = "shared_line"
    host: str = _text(primary_key=True)
    path: str = _text(primary_key=True)
    text: str = _text(primary_key=True)
    met: int
    marks: str = _text()  # those pages' numbers and marks, each between blanks
    seen: int  # in which lesson of its host it was last met


class ReaderRow(Base, table=True):
    """Somebody who may log in to the dashboard, with his password as argon2 keeps it."""

    __tablename__ = "reader"
    name: str = _text(primary_key=True)
    password: str = _text()
    created_at: datetime = _time()


class TokenRow(Base, table=True):
    """What programs and feed readers show instead of a password; only its hash is kept."""

    __tablename__ = "token"
    name: str = _text(primary_key=True)
    sha256: str = _text(unique=True)
    scopes: str = _text()  # between blanks
    created_at: datetime = _time()


class SessionRow(Base, table=True):
    """A browser that is logged in; only the hash of its cookie is kept."""

    __tablename__ = "session"
    sha256: str = _text(primary_key=True)
    reader: str = _text(index=True)
    expires_at: datetime = _time()


class ReadMarkRow(Base, table=True):
    """A change that a reader has read."""

    __tablename__ = "read_mark"
    __table_args__ = (ForeignKeyConstraint(["page", "version"], ["change.page", "change.version"], ondelete="CASCADE"),)
    reader: str = _text(primary_key=True)
    page: int = Field(primary_key=True)
    version: int = Field(primary_key=True)


class ReadUntilRow(Base, table=True):
    """All that changed up to this moment a reader has read."""

    __tablename__ = "read_until"
    reader: str = _text(primary_key=True)
    at: datetime = _time()


def _table(model: type[Base]) -> Table:
    return cast("Table", vars(model)["__table__"])


installation = _table(InstallationRow)
source = _table(SourceRow)
listing = _table(ListingRow)
page = _table(PageRow)
state = _table(PageStateRow)
episode = _table(EpisodeRow)
part = _table(PartRow)
version = _table(VersionRow)
dictionary = _table(DictionaryRow)
content = _table(ContentRow)
capture = _table(CaptureRow)
target = _table(TargetRow)
change = _table(ChangeRow)
changed_target = _table(ChangedTargetRow)
alert = _table(AlertRow)
delivery = _table(DeliveryRow)
channel = _table(ChannelRow)
comparison = _table(ComparisonRow)
unpaired = _table(UnpairedRow)
unindexed = _table(UnindexedRow)
tally = _table(TallyRow)
host = _table(HostRow)
shared_line = _table(SharedLineRow)
reader = _table(ReaderRow)
token = _table(TokenRow)
session = _table(SessionRow)
read_mark = _table(ReadMarkRow)
read_until = _table(ReadUntilRow)

IS_FAILING = text("failures > 0")
"""As in the index `page_state_failing`: literal, so that the planner sees that it may use it."""
