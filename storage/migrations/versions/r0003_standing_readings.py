"""Since when a page held back reads as it does, and how often it swung back and forth between two versions."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add columns: what is held back now is taken to stand since it was first doubted."""
    op.add_column("page_state", sa.Column("suspect_stands", sa.DateTime(timezone=True), nullable=True))
    op.add_column("page_state", sa.Column("swings", sa.Integer(), nullable=False, server_default="0"))
    op.add_column("page_state", sa.Column("swung_at", sa.DateTime(timezone=True), nullable=True))
    op.execute("UPDATE page_state SET suspect_stands = suspect_since")
