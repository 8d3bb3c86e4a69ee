"""By what a page is recognised whose furniture moves."""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Empty at first: the next reading of a page fills it."""
    op.add_column("part", sa.Column("imprint", sa.Text(), nullable=False, server_default=""))
