"""Indexes by which the dashboard's lists are read without looking at every row."""

from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Two indexes say more than before, two are new."""
    op.drop_index("change_at", "change")
    op.create_index("change_at", "change", ["at", "severity", "changed", "added", "removed"])
    op.drop_index("target_key", "target")
    op.create_index("target_key", "target", ["key", "status", "page", "position", "low", "high"])
    op.create_index("page_year", "page", ["year"])
    op.create_index("delivery_state", "delivery", ["state", "channel", "alert"])
