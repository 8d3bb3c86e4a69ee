import importlib.util
from collections.abc import Iterator
from pathlib import Path

import pytest

from storage.store import Store
from tests.support import store as support
from tests.support.postgresql import Server, programs
from tests.support.s3 import S3Server, s3_server
from tests.support.store import duplicate, opened


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "sqlite: of SQLite alone")
    config.addinivalue_line("markers", "postgresql: of PostgreSQL alone")


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Every test of the store runs on each database, unless it is about one of them."""
    marked = [name for name in ("sqlite", "postgresql") if metafunc.definition.get_closest_marker(name)]
    metafunc.parametrize("server", marked or ["sqlite", "postgresql"], indirect=True)


@pytest.fixture(scope="session")
def postgresql() -> Iterator[Server]:
    """A server for the session."""
    found = programs()
    if found is None:
        pytest.skip("PostgreSQL 15 or newer is not installed (apt-get install postgresql)")
    if importlib.util.find_spec("psycopg") is None:
        pytest.skip("psycopg is not installed")
    server = Server(found)
    try:
        server.start()
        yield server
    finally:
        server.remove()


@pytest.fixture(autouse=True)
def server(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[Server | None]:
    """Where the stores of this test lie: in their files (None), or on the server."""
    if request.param == "sqlite":
        yield None
        return
    running: Server = request.getfixturevalue("postgresql")
    monkeypatch.setattr(support, "SERVER", running)
    yield running
    running.forget()


@pytest.fixture(scope="module")
def s3_running() -> Iterator[S3Server]:
    """An S3 server for the module."""
    with s3_server() as server:
        yield server


@pytest.fixture
def s3(s3_running: S3Server) -> S3Server:
    """The same with nothing in its bucket."""
    s3_running.empty()
    return s3_running


@pytest.fixture(scope="session")
def made() -> set[tuple[bool, Path]]:
    """Where a fresh database is already."""
    return set()


@pytest.fixture
def fresh(server: Server | None, made: set[tuple[bool, Path]], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database just made: copied for each test, since Alembic takes longer than most of them."""
    path = tmp_path_factory.getbasetemp() / "fresh.db"
    if (server is None, path) not in made:
        opened(path).close()
        made.add((server is None, path))
    return path


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "crawler.db"


@pytest.fixture
def store(path: Path, fresh: Path) -> Iterator[Store]:
    duplicate(fresh, path)
    with opened(path) as store:
        yield store


@pytest.fixture
def other(tmp_path: Path, fresh: Path) -> Iterator[Store]:
    """Another store, in `other.db`."""
    duplicate(fresh, tmp_path / "other.db")
    with opened(tmp_path / "other.db") as store:
        yield store
