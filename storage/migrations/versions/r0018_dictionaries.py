"""Bytes of pages are compressed with those of an earlier page of their host."""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """What is stored stays as it is."""
    op.create_table(
        "dictionary",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("host", sa.Text(), nullable=False),
        sa.Column("data", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("dictionary_host", "dictionary", ["host"])
    op.execute("ALTER TABLE content ADD COLUMN dictionary INTEGER REFERENCES dictionary (id)")
    op.create_index("content_dictionary", "content", ["dictionary"])
