"""What the next check of a page rests on: when its report appeared, how often it changed; and why it is then."""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Three narrow columns, filled from what is stored; a page's reasons come with its next check."""
    op.add_column("page", sa.Column("published", sa.Date()))
    op.add_column("page", sa.Column("edits", sa.Integer(), server_default="0", nullable=False))
    op.add_column("page_state", sa.Column("why", sa.Text(), server_default="", nullable=False))
    op.execute("UPDATE page SET edits = (SELECT count(*) FROM change WHERE change.page = page.id)")
    op.execute(
        "UPDATE page SET published = (SELECT published FROM version WHERE version.page = page.id"
        " ORDER BY number DESC LIMIT 1)"
    )
