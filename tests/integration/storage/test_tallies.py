"""What metrics tell from the store, on every database."""

from pathlib import Path

import pytest

from storage import tallies
from storage.store import Store
from tests.support.store import stock


def test_the_database_has_a_size(store: Store) -> None:
    stock(store, versions=3)
    size = tallies.size(store)
    assert size is not None
    assert size > 10_000


@pytest.mark.sqlite
def test_a_file_that_is_gone_has_none(store: Store, path: Path) -> None:
    path.unlink()
    assert tallies.size(store) is None


def test_totals_add_up(store: Store) -> None:
    for amount in (1, 2.5):
        tallies.add(store, {("checks", "new"): amount})
    assert tallies.totals(store) == {("checks", "new"): 3.5}
