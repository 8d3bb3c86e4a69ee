"""When a page or a listing was last read as it should be."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Of what fails it is not known; of all else the last check is it."""
    for table, well in (("page_state", ("new", "changed", "unchanged")), ("listing", ("unchanged",))):
        op.add_column(table, sa.Column("succeeded_at", sa.DateTime(timezone=True), nullable=True))
        moved = sa.table(table, *map(sa.column, ("succeeded_at", "checked_at", "outcome")))
        op.execute(moved.update().where(moved.c.outcome.in_(well)).values(succeeded_at=moved.c.checked_at))
