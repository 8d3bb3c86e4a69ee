"""Captures' bytes may lie outside of the database."""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """All lie in it so far."""
    op.add_column("content", sa.Column("blob", sa.Text()))
    op.add_column("installation", sa.Column("folder", sa.Text()))
