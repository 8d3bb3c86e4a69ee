"""When a page's checks began to end otherwise than before."""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """What fails now begins with its last check."""
    op.create_table(
        "episode",
        sa.Column("page", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("outcome", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text()),
        sa.ForeignKeyConstraint(["page"], ["page.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("page", "number"),
    )
    op.execute(
        "INSERT INTO episode (page, number, at, outcome, reason)"
        " SELECT page, checks - 1, checked_at, outcome, reason FROM page_state"
        " WHERE checks > 0 AND checked_at IS NOT NULL AND outcome NOT IN ('new', 'changed', 'unchanged')"
    )
