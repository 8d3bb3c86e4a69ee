import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from storage.store import Store
from tests.support.store import opened


@pytest.fixture(scope="session")
def fresh(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database just made: copied for each test, since Alembic takes longer than most of them."""
    path = tmp_path_factory.mktemp("fresh") / "crawler.db"
    opened(path).close()
    return path


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "crawler.db"


@pytest.fixture
def store(path: Path, fresh: Path) -> Iterator[Store]:
    shutil.copyfile(fresh, path)
    with opened(path) as store:
        yield store


@pytest.fixture
def other(tmp_path: Path, fresh: Path) -> Iterator[Store]:
    """Another store, in `other.db`."""
    shutil.copyfile(fresh, tmp_path / "other.db")
    with opened(tmp_path / "other.db") as store:
        yield store
