"""The first schema."""

from datetime import date, datetime

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

# For rows that every check moves: room for the next state in the same memory page.
_VOLATILE = {"fillfactor": 70}


def upgrade() -> None:
    """Make the tables; those that others refer to come first."""
    _make_sources()
    _make_pages()
    _make_versions()
    _make_captures()
    _make_alerts()
    _make_installation()


def _make_sources() -> None:
    op.create_table(
        "source",
        _text("id"),
        _text("title"),
        _text("url", null=True),
        _text("listing", null=True),
        _text("match"),
        _number("max_pages"),
        _text("schedule"),
        _flag("active"),
        _flag("told_failing"),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_table(
        "listing",
        _text("source"),
        _time("next_check"),
        _time("checked_at", null=True),
        _text("outcome", null=True),
        _text("reason", null=True),
        _number("checks"),
        _number("failures"),
        _flag("known"),
        sa.ForeignKeyConstraint(["source"], ["source.id"]),
        sa.PrimaryKeyConstraint("source"),
        postgresql_with=_VOLATILE,
    )


def _make_pages() -> None:
    op.create_table(
        "page",
        _number("id"),
        _text("source"),
        _text("key"),
        _text("url"),
        _text("title"),
        _number("year", null=True),
        _text("region"),
        _flag("announce"),
        _number("position"),
        _time("first_seen"),
        _text("fingerprint"),
        _text("rules"),
        _number("characters"),
        _number("target_count"),
        _time("changed_at", null=True),
        sa.ForeignKeyConstraint(["source"], ["source.id"]),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("source", "key", name="page_source_key_key"),
    )
    op.create_index("page_url", "page", ["url"])
    op.create_table(
        "page_state",
        _number("page", autoincrement=False),
        _text("source"),
        _number("version"),
        _time("next_check"),
        _time("checked_at", null=True),
        _text("outcome", null=True),
        _text("reason", null=True),
        _number("checks"),
        _number("failures"),
        _number("missing"),
        _flag("gone"),
        _text("suspect_fingerprint", null=True),
        _text("suspect_reason", null=True),
        _time("suspect_since", null=True),
        _flag("suspect_told"),
        sa.ForeignKeyConstraint(["page"], ["page.id"]),
        sa.PrimaryKeyConstraint("page"),
        postgresql_with=_VOLATILE,
    )
    where = sa.text("failures > 0")
    op.create_index("page_state_failing", "page_state", ["source"], sqlite_where=where, postgresql_where=where)
    op.create_table(
        "part",
        _number("page"),
        _number("position"),
        _text("url"),
        _text("sha256"),
        _number("paragraphs"),
        _text("etag", null=True),
        _text("last_modified", null=True),
        sa.ForeignKeyConstraint(["page"], ["page.id"]),
        sa.PrimaryKeyConstraint("page", "position"),
    )


def _make_versions() -> None:
    op.create_table(
        "version",
        _number("page"),
        _number("number"),
        _text("url"),
        _text("title"),
        _date("published", null=True),
        _text("region"),
        _number("year", null=True),
        _time("fetched_at"),
        _text("sha256"),
        _text("fingerprint"),
        _number("characters"),
        _flag("reread"),
        _bytes("body"),
        _bytes("targets"),
        sa.ForeignKeyConstraint(["page"], ["page.id"]),
        sa.PrimaryKeyConstraint("page", "number"),
    )
    op.create_table(
        "target",
        _number("page"),
        _number("position"),
        _text("report"),
        _text("indicator"),
        _text("key"),
        _text("kind"),
        _text("relation"),
        _text("low", null=True),
        _text("high", null=True),
        _text("unit"),
        _text("period"),
        _text("scope"),
        _text("status"),
        _text("text"),
        _text("sentence"),
        sa.ForeignKeyConstraint(["page"], ["page.id"]),
        sa.PrimaryKeyConstraint("page", "position"),
    )
    op.create_index("target_key", "target", ["key"])
    op.create_table(
        "change",
        _number("page"),
        _number("version"),
        _time("at"),
        _text("targets"),
        sa.ForeignKeyConstraint(["page"], ["page.id"]),
        sa.PrimaryKeyConstraint("page", "version"),
    )
    op.create_index("change_at", "change", ["at"])


def _make_captures() -> None:
    op.create_table(
        "content",
        _text("sha256"),
        _number("size"),
        _bytes("data"),
        sa.PrimaryKeyConstraint("sha256"),
    )
    op.create_table(
        "capture",
        _number("id"),
        _number("page"),
        _number("version", null=True),
        _text("url"),
        _text("headers"),
        _time("fetched_at"),
        _text("sha256"),
        sa.ForeignKeyConstraint(["page"], ["page.id"]),
        sa.ForeignKeyConstraint(["sha256"], ["content.sha256"]),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("capture_page_version", "capture", ["page", "version"])
    op.create_index("capture_sha256", "capture", ["sha256"])


def _make_alerts() -> None:
    op.create_table(
        "alert",
        _text("id"),
        _text("type"),
        _text("source"),
        _number("page", null=True),
        _time("raised_at"),
        _text("summary"),
        _text("payload"),
        _text("channels"),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("alert_page", "alert", ["page"])
    op.create_index("alert_raised_at", "alert", ["raised_at"])
    op.create_table(
        "delivery",
        _number("id"),
        _text("alert"),
        _text("channel"),
        _text("subject"),
        _time("raised_at"),
        _text("state"),
        _number("attempts"),
        _time("next_attempt", null=True),
        _time("leased_until", null=True),
        _time("settled_at", null=True),
        _time("give_up_at"),
        _text("error", null=True),
        sa.ForeignKeyConstraint(["alert"], ["alert.id"]),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("alert", "channel", name="delivery_alert_channel_key"),
    )
    where = sa.text("state = 'pending'")
    op.create_index(
        "delivery_pending", "delivery", ["channel", "subject", "id"], sqlite_where=where, postgresql_where=where
    )


def _make_installation() -> None:
    op.create_table(
        "installation",
        _text("id"),
        _time("created_at"),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_table(
        "host",
        _text("host"),
        _time("next_allowed", null=True),
        sa.PrimaryKeyConstraint("host"),
        postgresql_with=_VOLATILE,
    )
    op.create_table(
        "shared_line",
        _text("host"),
        _text("path"),
        _text("text"),
        _number("met"),
        _text("marks"),
        _number("seen"),
        sa.PrimaryKeyConstraint("host", "path", "text"),
    )


def _text(name: str, *, null: bool = False) -> sa.Column[str]:
    return sa.Column(name, sa.Text(), nullable=null)


def _time(name: str, *, null: bool = False) -> sa.Column[datetime]:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=null)


def _date(name: str, *, null: bool = False) -> sa.Column[date]:
    return sa.Column(name, sa.Date(), nullable=null)


def _number(name: str, *, null: bool = False, autoincrement: bool = True) -> sa.Column[int]:
    return sa.Column(name, sa.Integer(), nullable=null, autoincrement="auto" if autoincrement else False)


def _flag(name: str) -> sa.Column[bool]:
    return sa.Column(name, sa.Boolean(), nullable=False)


def _bytes(name: str) -> sa.Column[bytes]:
    return sa.Column(name, sa.LargeBinary(), nullable=False)
