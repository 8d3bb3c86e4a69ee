"""The schema and the statements of hot paths can be said in PostgreSQL's words too."""

import pytest
from sqlalchemy import Table
from sqlalchemy.dialects import postgresql
from sqlalchemy.schema import CreateIndex, CreateTable
from sqlalchemy.sql import ClauseElement

from storage import comparisons, due, politeness, record, sync, versions
from storage.tables import Base

TABLES = Base.metadata.sorted_tables
STATEMENTS = {
    f"{module.__name__}.{name}": value
    for module in (comparisons, due, politeness, record, sync, versions)
    for name, value in vars(module).items()
    if isinstance(value, ClauseElement)
}


def said(element: ClauseElement) -> str:
    return str(element.compile(dialect=postgresql.dialect()))


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_every_table_and_index(table: Table) -> None:
    assert said(CreateTable(table)).strip().startswith(f"CREATE TABLE {table.name}")
    for index in table.indexes:
        assert f" {index.name} ON {table.name} " in said(CreateIndex(index))


def test_rows_that_every_check_moves_have_room_to_move() -> None:
    roomy = [table.name for table in TABLES if "WITH (fillfactor = 70)" in said(CreateTable(table))]
    assert sorted(roomy) == ["host", "listing", "page_state"]


def test_no_index_covers_what_every_check_moves() -> None:
    moved = {"next_check", "checked_at", "checks", "version", "next_allowed", "leased_until", "outcome", "reason"}
    for name in ("host", "listing", "page_state"):
        for index in Base.metadata.tables[name].indexes:
            assert not moved & set(index.columns.keys())


def test_times_carry_their_zone() -> None:
    assert "TIMESTAMP WITH TIME ZONE" in said(CreateTable(Base.metadata.tables["page_state"]))


@pytest.mark.parametrize("name", STATEMENTS)
def test_statements_made_once(name: str) -> None:
    assert said(STATEMENTS[name])
