"""What a change is about, to find it by: its severity, how many targets it touched, and which indicators."""

import json

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

_COUNTS = ("changed", "added", "removed")


def upgrade() -> None:
    """Told from the targets of each change, and the severity from the alert that told of it."""
    with op.batch_alter_table("change") as change:
        change.add_column(sa.Column("severity", sa.Text(), nullable=True))
        for name in _COUNTS:
            change.add_column(sa.Column(name, sa.Integer(), nullable=False, server_default="0"))
    op.create_table(
        "changed_target",
        sa.Column("page", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["page", "version"], ["change.page", "change.version"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("page", "version", "key"),
    )
    op.create_index("changed_target_key", "changed_target", ["key", "at"])
    connection = op.get_bind()
    for page, version, targets in connection.execute(sa.text("SELECT page, version, targets FROM change")).fetchall():
        _mark(connection, page, version, targets)
    for page, payload in connection.execute(
        sa.text("SELECT page, payload FROM alert WHERE type = 'page.changed' AND page IS NOT NULL")
    ).fetchall():
        _grade(connection, page, payload)


def _mark(connection: sa.Connection, page: int, version: int, targets: str) -> None:
    """Counts and indicators of one change; one whose record is damaged stays without (`db verify` tells)."""
    try:
        diff = json.loads(targets)
        counts = {name: len(diff[name]) for name in _COUNTS}
        touched = [*(change["new"] for change in diff["changed"]), *diff["added"], *diff["removed"]]
        keys = sorted({str(each["key"]) for each in touched})
    except (ValueError, TypeError, KeyError):
        return
    mine = {"page": page, "version": version}
    connection.execute(
        sa.text(
            "UPDATE change SET changed = :changed, added = :added, removed = :removed "
            "WHERE page = :page AND version = :version"
        ),
        {**counts, **mine},
    )
    rows = [{**mine, "key": key} for key in keys]
    if rows:
        connection.execute(
            sa.text(
                "INSERT INTO changed_target (page, version, key, at) "
                "SELECT page, version, :key, at FROM change WHERE page = :page AND version = :version"
            ),
            rows,
        )


def _grade(connection: sa.Connection, page: int, payload: str) -> None:
    try:
        told = json.loads(payload)
        values = {"page": page, "version": int(told["versions"]["new"]), "severity": str(told["severity"])}
    except (ValueError, TypeError, KeyError):
        return
    connection.execute(
        sa.text("UPDATE change SET severity = :severity WHERE page = :page AND version = :version"), values
    )
