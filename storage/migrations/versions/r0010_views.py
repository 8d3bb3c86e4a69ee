"""Views for people who read the database with SQL: `storage.views` makes them after every upgrade."""

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Nothing moves; there is an upgrade, that is all it takes."""
