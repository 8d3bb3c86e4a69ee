"""What SQLite does not do by itself."""

import sqlite3

import pytest

from storage import sqlite


class Busy:
    """A cursor on a file that another process is making: it refuses so many times."""

    def __init__(self, refusals: int, name: str = "SQLITE_BUSY") -> None:
        self.refusals, self.name, self.asked = refusals, name, 0

    def execute(self, statement: str) -> object:
        self.asked += 1
        if self.asked > self.refusals:
            return None
        error = sqlite3.OperationalError("database is locked")
        error.sqlite_errorname = self.name
        raise error


@pytest.fixture
def no_pause(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sqlite, "_PAUSE", 0)


@pytest.mark.usefixtures("no_pause")
def test_a_file_that_another_process_is_making_is_asked_again() -> None:
    cursor = Busy(3)
    sqlite._write_ahead(cursor)
    assert cursor.asked == 4


@pytest.mark.usefixtures("no_pause")
def test_patience_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sqlite, "BUSY_SECONDS", 0.0)
    with pytest.raises(sqlite3.OperationalError, match="locked"):
        sqlite._write_ahead(Busy(1_000_000))


def test_any_other_refusal_is_final() -> None:
    cursor = Busy(9, "SQLITE_READONLY")
    with pytest.raises(sqlite3.OperationalError):
        sqlite._write_ahead(cursor)
    assert cursor.asked == 1
