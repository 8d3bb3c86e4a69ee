"""What an edit of the text alone said before and says now; of changes stored before, the texts themselves tell."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Without a view over it: none shows it."""
    op.add_column("change", sa.Column("edits", sa.Text(), nullable=True))
