import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from storage.store import Store
from tests.support.dashboard import Clock, Dashboard, office_of, running
from tests.support.store import opened

CONFIG = """\
defaults: {every: 6h, timezone: Asia/Urumqi}
channels:
  desk: {type: webhook, url: "https://hooks.example.org/secret-path"}
sources:
  - {id: hechuan, title: 河川市政府工作报告, url: "https://www.example.org/hechuan.html"}
"""


@pytest.fixture(scope="session")
def fresh(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database just made: copied for each test, since Alembic takes longer than most of them."""
    path = tmp_path_factory.mktemp("fresh") / "crawler.db"
    opened(path).close()
    return path


@pytest.fixture
def store(tmp_path: Path, fresh: Path) -> Iterator[Store]:
    shutil.copyfile(fresh, tmp_path / "crawler.db")
    with opened(tmp_path / "crawler.db") as store:
        yield store


@pytest.fixture
def config(tmp_path: Path) -> Path:
    path = tmp_path / "sources.yaml"
    path.write_text(CONFIG, "utf-8")
    return path


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def dashboard(store: Store, config: Path, clock: Clock) -> Iterator[Dashboard]:
    with running(office_of(store, config, clock)) as dashboard:
        yield dashboard
