from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Dialect, create_engine, insert
from sqlalchemy.dialects import postgresql, sqlite

from storage import tables as t
from storage.columns import UtcTime, insert_new, plain

NOW = datetime(2026, 11, 22, tzinfo=UTC)
TIMES = st.datetimes(timezones=st.sampled_from([UTC, timezone(timedelta(hours=8)), timezone(-timedelta(hours=5))]))


@given(TIMES)
def test_a_time_comes_back_in_utc(moment: datetime) -> None:
    kept = UtcTime().process_bind_param(moment, sqlite.dialect())
    back = UtcTime().process_result_value(kept, sqlite.dialect())
    assert back == moment
    assert back.tzinfo is UTC


@given(TIMES)
def test_postgresql_is_given_aware_times(moment: datetime) -> None:
    kept = UtcTime().process_bind_param(moment, postgresql.dialect())
    assert kept == moment
    assert kept.tzinfo is UTC


@pytest.mark.parametrize("dialect", [sqlite.dialect(), postgresql.dialect()])
def test_no_time_stays_no_time(dialect: Dialect) -> None:
    assert UtcTime().process_bind_param(None, dialect) is None
    assert UtcTime().process_result_value(None, dialect) is None


def test_a_time_without_its_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="without its zone"):
        UtcTime().process_bind_param(datetime(2026, 1, 1), sqlite.dialect())  # noqa: DTZ001 (that is the point)


@given(st.text(st.characters(exclude_categories=())))
def test_plain_text_can_be_stored_anywhere_and_is_stable(text: str) -> None:
    kept = plain(text)
    kept.encode()
    assert "\0" not in kept
    assert plain(kept) == kept


@given(st.text().filter(lambda text: "\0" not in text))
def test_plain_text_leaves_good_text_alone(text: str) -> None:
    assert plain(text) == text


def test_what_cannot_be_stored_is_shown_as_such() -> None:
    assert plain("河\0川") == "河�川"
    assert "\ud800" not in plain("河\ud800川")


def test_inserting_what_is_there_changes_nothing() -> None:
    engine = create_engine("sqlite://")
    with engine.begin() as connection:
        t.host.create(connection)
        connection.execute(insert(t.host), {"host": "a", "next_allowed": NOW})
        again = connection.execute(
            insert_new(connection, t.host), {"host": "a", "next_allowed": NOW + timedelta(days=1)}
        )
        assert again.rowcount == 0
        assert connection.execute(t.host.select()).one().next_allowed == NOW
    engine.dispose()
