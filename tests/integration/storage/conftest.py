from collections.abc import Iterator
from pathlib import Path

import pytest

from storage.store import Store
from tests.support.store import opened


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "crawler.db"


@pytest.fixture
def store(path: Path) -> Iterator[Store]:
    with opened(path) as store:
        yield store
