"""Pages compared as prints of one report; all those of a known region and year are to be compared once."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables, and put every page that has a text in line."""
    op.create_index("page_region_year", "page", ["region", "year"])
    op.create_table(
        "comparison",
        sa.Column("page", sa.Integer(), nullable=False),
        sa.Column("other", sa.Integer(), nullable=False),
        sa.Column("page_version", sa.Integer(), nullable=False),
        sa.Column("other_version", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("prints", sa.Boolean(), nullable=False),
        sa.Column("share", sa.Float(), nullable=False),
        sa.Column("targets", sa.Integer(), nullable=False),
        sa.Column("places", sa.Integer(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("summary", sa.Text(), nullable=False),
        sa.Column("alert", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["page"], ["page.id"], ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["other"], ["page.id"], ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["alert"], ["alert.id"], ondelete="SET NULL"),
        sa.PrimaryKeyConstraint("page", "other"),
    )
    op.create_index("comparison_other", "comparison", ["other"])
    op.create_table(
        "unpaired",
        sa.Column("page", sa.Integer(), nullable=False, autoincrement=False),
        sa.ForeignKeyConstraint(["page"], ["page.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("page"),
    )
    op.execute(
        "INSERT INTO unpaired (page) SELECT id FROM page WHERE characters > 0 AND year IS NOT NULL "
        "AND (region <> '' OR title LIKE '%工作报告%')"
    )
