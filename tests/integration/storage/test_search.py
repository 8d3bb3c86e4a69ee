"""Search over all versions: what is stored is found once it is indexed, and nothing else that happens to it is."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from crawler.checks import Due
from crawler.errors import Outrun, UsageError
from crawler.search import parse_query
from storage import maintenance
from storage.search import finding, indexing
from storage.search.finding import Findings, Where, search
from storage.search.indexing import waiting, work_off
from storage.store import Store
from tests.support.evidence import exported, taken, written
from tests.support.store import NOW, alter, changed, document, opened, source, stock, watch

ANY = Where(any_version=True)


def indexed(store: Store) -> Store:
    while work_off(store):
        pass
    return store


def asked(store: Store, query: str, where: Where = Where(), **place: object) -> Findings:  # noqa: B008 (a frozen value)
    return search(store, parse_query(query), where, **place)  # type: ignore[arg-type] # `after` and `limit`


def places(store: Store, query: str, where: Where = Where()) -> list[tuple[int, int]]:  # noqa: B008 (as above)
    return [(each.page, each.version) for each in asked(store, query, where).found]


def store_text(store: Store, name: str, *texts: str, **fields: object) -> Due:
    """The versions of a page."""
    [due] = watch(store, source(name))
    for text in texts:
        store.record(changed(due, read=document(text, **fields)))
        due = store.due_page(due.page, due.source)
    return due


def test_what_is_stored_is_found_once_it_is_indexed(store: Store) -> None:
    stock(store, versions=3)
    assert waiting(store) == 3
    assert places(store, "粮食") == []
    assert work_off(store) == 3
    assert (waiting(store), work_off(store)) == (0, 0)
    [found] = asked(store, "粮食 产量").found
    assert (found.page, found.version, found.newest, found.source, found.at) == (1, 3, 3, "hechuan", NOW)
    [snippet] = found.snippets
    assert snippet.text == "粮食产量稳定在340万吨以上。"
    assert [snippet.text[start:end] for start, end in snippet.hits] == ["粮食", "产量"]


def test_the_newest_texts_are_searched_or_all_that_ever_stood(store: Store) -> None:
    store_text(store, "one", "粮食320万吨。\n就业稳定。", "粮食330万吨。\n就业稳定。", "粮食340万吨。")
    indexed(store)
    assert places(store, "320万吨") == []
    assert places(store, "320万吨", ANY) == [(1, 1)]
    assert places(store, "就业", ANY) == [(1, 1)], "where it came in"
    assert places(store, "340万吨", ANY) == places(store, "340万吨") == [(1, 3)]
    assert places(store, "320万吨 330万吨", ANY) == [], "no text says both"
    assert places(store, "就业 340万吨", ANY) == []
    assert places(store, "就业 330万吨", ANY) == [(1, 2)]


def test_what_comes_back_is_found_again(store: Store) -> None:
    store_text(store, "one", "粮食。", "就业。", "粮食。")
    indexed(store)
    assert (places(store, "粮食"), places(store, "就业")) == ([(1, 3)], [])


def test_one_character_titles_numbers_and_latin_words_are_found(store: Store) -> None:
    store_text(store, "one", "人均ＧＤＰ增长６.5％，粮。", title="河川市政府工作报告")
    indexed(store)
    for query in ("粮", "长", "gdp", "6.5%", "河川", "“增长6.5%”", "作报 人均"):
        assert places(store, query) == [(1, 1)], query
    for query in ("5%", "gd", "长增", "河川粮", "~粮", "NOT", "marks:粮 OR 粮*"):
        assert places(store, query) == [], query


@pytest.mark.parametrize(
    "query",
    [
        "",
        " ",
        '"',
        "'",
        "*",
        "粮*)(\"'",
        "NEAR(粮 食, 2)",
        "^粮",
        "{marks}:粮",
        "\0粮",
        "\ud800粮",
        "~",
        "--",
        "%",
        "粮" * 10_000,
    ],
)
def test_no_query_is_syntax(store: Store, query: str) -> None:
    store_text(store, "one", "就业。")
    indexed(store)
    assert places(store, query) == places(store, query, ANY) == []


def test_filters_hold_for_the_newest_version(store: Store) -> None:
    store_text(store, "one", "粮食。", region="河川市", year=2026)
    store_text(store, "two", "粮食。", region="云溪县", year=2027)
    store_text(store, "three", "粮食。", region="河川市", year=2027)
    indexed(store)
    assert places(store, "粮食") == [(3, 1), (2, 1), (1, 1)]
    assert places(store, "粮食", Where(region="河川市")) == [(3, 1), (1, 1)]
    assert places(store, "粮食", Where(year=2027)) == [(3, 1), (2, 1)]
    assert places(store, "粮食", Where(source="one")) == [(1, 1)]
    assert places(store, "粮食", Where(source="one", year=2027)) == []
    assert places(store, "粮食", Where(source="nowhere")) == []


def test_a_cursor_leads_through_all_that_is_found(store: Store) -> None:
    for name in ("one", "two", "three"):
        store_text(store, name, "粮食。")
    indexed(store)
    seen, after = [], None
    for _ in range(5):
        part = asked(store, "粮食", after=after, limit=1)
        seen += [each.page for each in part.found]
        after = part.after
        if after is None:
            break
    assert seen == [3, 2, 1]
    for absurd in ("x", "-1", "9" * 50, "1.5", "²", "\0"):
        with pytest.raises(UsageError):
            asked(store, "粮食", after=absurd)


def test_many_texts_without_a_hit_end_a_portion_and_not_the_list(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(finding, "MOST_READ", 1)
    store_text(store, "one", "粮，食粮食。")
    for name in ("two", "three"):
        store_text(store, name, "粮食，食品，品粮。")
    indexed(store)
    first = asked(store, "粮食品粮")
    assert (first.found, first.after) == ((), "3")
    assert asked(store, "粮食品粮", after=first.after).found == ()


def test_a_check_that_was_outrun_leaves_nothing_to_index(store: Store) -> None:
    [due] = watch(store, source())
    store.record(changed(due, read=document("粮食。")))
    with pytest.raises(Outrun):
        store.record(changed(due, read=document("就业。")))
    assert waiting(store) == 1
    indexed(store)
    assert (places(store, "粮食"), places(store, "就业", ANY)) == ([(1, 1)], [])


def test_portions_are_small_and_two_at_work_do_nothing_twice(
    store: Store, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(indexing, "PORTION", 2)
    stock(store, versions=5)
    with opened(path) as second:
        read_portion = indexing._portion

        def overtaken(connection: object) -> object:
            entries = list(read_portion(connection))  # type: ignore[arg-type] # the connection it was given
            monkeypatch.setattr(indexing, "_portion", read_portion)
            assert work_off(second) == 2
            return entries

        monkeypatch.setattr(indexing, "_portion", overtaken)
        assert work_off(store) == 2
    assert waiting(store) == 3
    indexed(store)
    assert places(store, "320万吨", ANY) == [(1, 1)]


def test_a_version_with_very_many_marks_is_a_portion_of_its_own(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(indexing, "MOST_MARKS", 1)
    stock(store, versions=3)
    assert [work_off(store) for _ in range(4)] == [1, 1, 1, 0]
    assert places(store, "320万吨", ANY) == [(1, 1)]


@pytest.mark.parametrize(
    "happens",
    [
        lambda store: maintenance.prune(store, now=NOW + timedelta(days=900), keep=timedelta(0), vacuum=True),
        lambda store: store.sync([], NOW),
        lambda store: store.database.close(),
    ],
    ids=["pruned and rewritten", "no longer watched", "closed"],
)
def test_what_happens_to_bytes_and_sources_changes_nothing_that_is_found(
    store: Store, happens: Callable[[Store], object]
) -> None:
    stock(store, versions=3)
    work_off(store)
    store_text(store, "two", "粮食。")
    happens(store)
    assert waiting(store) == 1
    assert places(store, "320万吨", ANY) == [(1, 1)]
    indexed(store)
    assert places(store, "粮食") == [(2, 1), (1, 3)]


def test_a_history_that_was_taken_over_can_be_searched(store: Store, other: Store, tmp_path: Path) -> None:
    stock(store, versions=3)
    taken(other, written(tmp_path, exported(store)))
    assert waiting(other) == 3
    indexed(other)
    assert places(other, "320万吨", ANY) == [(1, 1)]
    taken(other, written(tmp_path, exported(store)))
    assert waiting(other) == 0


def test_a_copy_can_be_searched_like_the_original(store: Store, tmp_path: Path) -> None:
    stock(store, versions=3)
    indexed(store)
    maintenance.backup(store, tmp_path / "copy.db")
    with opened(tmp_path / "copy.db") as copy:
        assert places(copy, "320万吨", ANY) == [(1, 1)]
        assert maintenance.verify(copy) == []


def test_damage_hides_what_it_hit_and_holds_up_nothing(store: Store, path: Path) -> None:
    stock(store, versions=2)
    store_text(store, "two", "粮食。")
    alter(path, "UPDATE version SET body = x'00' WHERE page = 1 AND number = 2")
    indexed(store)
    assert waiting(store) == 0
    assert places(store, "粮食", ANY) == [(2, 1), (1, 1)]
    assert places(store, "粮食") == [(2, 1)]


def test_pages_without_a_version_are_no_trouble(store: Store) -> None:
    store.sync([source("one"), replace(source("two"), url="https://www.example.org/other.html")], NOW)
    assert places(indexed(store), "粮食") == []
