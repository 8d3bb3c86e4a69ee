"""A digest over each version and all before it."""

from collections import defaultdict

import sqlalchemy as sa
from alembic import op

from storage import tables as t
from storage.evidence import CAPTURED, RECORDED, seal

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the column and seal what is stored, as it is now."""
    op.add_column("version", sa.Column("seal", sa.Text(), nullable=False, server_default=""))
    connection = op.get_bind()
    pages = connection.execute(sa.select(t.version.c.page).distinct()).scalars().all()
    for page in pages:
        read: defaultdict[int | None, list[sa.RowMapping]] = defaultdict(list)
        mine = t.capture.c.page == page
        captures = sa.select(*t.capture.c["version", *CAPTURED]).where(mine).order_by(t.capture.c.id)
        for row in connection.execute(captures):
            read[row.version].append(row._mapping)  # noqa: SLF001 (SQLAlchemy's public name)
        mine = t.version.c.page == page
        before = ""
        for row in connection.execute(sa.select(*t.version.c[RECORDED]).where(mine).order_by(t.version.c.number)).all():
            before = seal(before, row._mapping, read[row.number])  # noqa: SLF001 (as above)
            here = sa.and_(mine, t.version.c.number == row.number)
            connection.execute(sa.update(t.version).where(here).values(seal=before))
