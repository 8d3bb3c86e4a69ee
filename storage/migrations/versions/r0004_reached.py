"""Which recipients have a mail that others were refused."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the column: of deliveries under way nobody is known to have them."""
    op.add_column("delivery", sa.Column("reached", sa.Text(), nullable=True))
