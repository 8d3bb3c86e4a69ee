"""One page's history written out and taken over elsewhere: the same to the character, or nothing at all."""

import gzip
import json
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from warcio.checker import Checker

from crawler.checks import NewVersion
from crawler.errors import Damaged, UsageError
from crawler.targets import compare_targets
from storage import maintenance, queries
from storage.store import Store
from storage.sync import add_pages
from tests.support.evidence import (
    FIRST,
    SECOND,
    START,
    exported,
    read_as,
    records,
    taken,
    told,
    with_headers,
    written,
)
from tests.support.store import (
    DAY,
    NOW,
    alter,
    capture,
    changed,
    document,
    duplicate,
    listing,
    opened,
    rows,
    source,
    stock,
    unchanged,
    watch,
)

EVERYTHING = (
    "SELECT number, url, title, year, fetched_at, sha256, characters, reread, seal FROM version ORDER BY number",
    "SELECT version, at, targets FROM change ORDER BY version",
    "SELECT version, url, headers, fetched_at, sha256 FROM capture ORDER BY id",
    "SELECT sha256, data FROM content ORDER BY sha256",
    "SELECT * FROM target ORDER BY position",
    "SELECT title, url, region, year, fingerprint, characters, target_count FROM page",
)


# --- the same elsewhere


def test_everything_is_the_same_elsewhere(store: Store, path: Path, other: Store, tmp_path: Path) -> None:
    told(store, count=20)
    adopted = taken(other, written(tmp_path, exported(store)))
    assert (adopted.page, adopted.versions, adopted.fresh) == (1, 20, True)
    for query in EVERYTHING:
        assert rows(tmp_path / "other.db", query) == rows(path, query)
    assert len(rows(path, "SELECT * FROM target")) > 0
    for number in range(1, 21):
        assert other.text(1, number) == store.text(1, number)
        assert other.targets(1, number) == store.targets(1, number)
        assert queries.captures(other, 1, number) == queries.captures(store, 1, number)
    assert maintenance.verify(other) == []
    assert queries.alerts(other) == []


def test_what_was_taken_over_is_written_out_as_the_very_same_file(store: Store, other: Store, tmp_path: Path) -> None:
    told(store)
    content = exported(store)
    taken(other, written(tmp_path, content))
    assert exported(other) == content == exported(store)


def test_what_was_thinned_stays_known_as_such(store: Store, other: Store, tmp_path: Path) -> None:
    told(store, count=14, days=5)
    assert maintenance.prune(store, now=NOW, keep=DAY).captures > 0
    content = exported(store)
    taken(other, written(tmp_path, content))
    assert (maintenance.verify(other), exported(other)) == ([], content)
    assert queries.captures(other, 1, 3) == queries.captures(store, 1, 3)
    assert queries.captures(other, 1, 3)[0].content == b""


def test_bytes_known_only_as_thinned_are_kept_when_they_come_again(store: Store, other: Store, tmp_path: Path) -> None:
    told(store, count=14, days=5)
    maintenance.prune(store, now=NOW, keep=DAY)
    taken(other, written(tmp_path, exported(store)))
    [due] = watch(other, source())
    other.record(changed(due, read=document("anew", captures=(capture(b"<p>first 3", FIRST),))))
    assert queries.captures(other, 1, 3)[0].content == b"<p>first 3"
    assert maintenance.verify(other) == []


def test_the_watch_goes_on_from_what_was_taken_over(store: Store, other: Store, tmp_path: Path) -> None:
    known = told(store)
    taken(other, written(tmp_path, exported(store)))
    assert other.due({"hechuan": source()}, None) == [], "nothing is watched that sources.yaml does not name"
    assert rows(tmp_path / "other.db", "SELECT * FROM unpaired") == []
    [due] = watch(other, source())
    assert (due.version, due.fingerprint, due.rules) == (6, known.fingerprint, "")
    assert [(part.url, part.paragraphs, part.sha256) for part in due.parts] == [(FIRST, 2, ""), (SECOND, 1, "")]
    other.record(changed(due))
    assert maintenance.verify(other) == []
    seals = rows(tmp_path / "other.db", "SELECT seal FROM version ORDER BY number")
    assert len({seal for (seal,) in seals}) == 7


def test_a_page_of_a_listing_comes_with_its_listing(store: Store, other: Store, tmp_path: Path) -> None:
    watch(store, listing())
    with store.database.write() as connection:
        add_pages(connection, "portal", [("https://www.example.org/a.html", FIRST, "", 0)], NOW, announce=False)
    store.record(changed(store.due_page(1, listing())))
    taken(other, written(tmp_path, exported(store)))
    assert maintenance.verify(other) == []
    assert [(each.key, each.announce) for each in watch(other, listing())] == [
        ("https://www.example.org/a.html", False)
    ]
    assert [each.first for each in other.due_listings({"portal": listing()}, None)] == [True], "its baseline is silent"


def test_the_same_history_again_changes_nothing(store: Store, other: Store, path: Path, tmp_path: Path) -> None:
    told(store)
    file = written(tmp_path, exported(store))
    taken(other, file)
    before = [rows(tmp_path / "other.db", query) for query in EVERYTHING]
    assert taken(other, file).fresh is False
    assert taken(store, file).fresh is False
    assert [rows(tmp_path / "other.db", query) for query in EVERYTHING] == before
    store.record(changed(store.due_page(1, source())))
    assert taken(store, file).fresh is False, "it has only gone on since"


@pytest.mark.parametrize("versions", [0, 2, 6])
def test_another_history_of_a_page_that_is_here_is_refused(
    store: Store, other: Store, tmp_path: Path, versions: int
) -> None:
    told(store)
    stock(other, versions)
    before = [rows(tmp_path / "other.db", query) for query in EVERYTHING]
    with pytest.raises(UsageError, match=rf"page 1 of source hechuan is here already, with {versions} version\(s\)"):
        taken(other, written(tmp_path, exported(store)))
    assert [rows(tmp_path / "other.db", query) for query in EVERYTHING] == before


def test_a_history_that_went_on_elsewhere_is_another_one(store: Store, other: Store, tmp_path: Path) -> None:
    told(store)
    taken(other, written(tmp_path, exported(store)))
    store.record(changed(store.due_page(1, source())))
    with pytest.raises(UsageError, match="here already"):
        taken(other, written(tmp_path, exported(store)))


versions_of_anything = st.lists(
    st.tuples(
        st.text(max_size=40),
        st.text(max_size=12),
        st.lists(st.binary(min_size=1, max_size=60), max_size=3),
        st.dictionaries(
            st.from_regex(r"[a-z][a-z-]{0,12}", fullmatch=True), st.text(st.characters(), max_size=20), max_size=3
        ),
        st.integers(0, 10**15),
        st.booleans(),
    ),
    min_size=1,
    max_size=6,
)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(versions_of_anything)
def test_whatever_was_recorded_comes_over_as_it_was(tmp_path: Path, fresh: Path, steps: list[Any]) -> None:
    """The law of it: texts, titles, bytes, headers and times of any kind, edits and rereadings in any order."""
    for name in ("a.db", "b.db"):
        duplicate(fresh, tmp_path / name)
    with opened(tmp_path / "a.db") as one, opened(tmp_path / "b.db") as two:
        [due] = watch(one, source())
        targets = ()
        for number, (text, title, contents, headers, microseconds, reread) in enumerate(steps, 1):
            at = START + timedelta(microseconds=microseconds)
            fetched = tuple(replace(capture(each, FIRST, at), headers=headers) for each in contents)
            read = read_as(text, title=title, captures=fetched, parts=(), fetched_at=at)
            if reread and number > 1:
                again = NewVersion(number=number, document=read, reread=True)
                one.record(unchanged(due, reread=again))
            else:
                one.record(changed(due, read=read, targets=compare_targets(targets, read.targets), at=at))
            targets, due = read.targets, one.due_page(1, source())
        content = exported(one)
        adopted = taken(two, written(tmp_path, content))
        assert (adopted.versions, exported(two)) == (len(steps), content)
        assert maintenance.verify(two) == []
        for number in range(1, len(steps) + 1):
            assert two.text(1, number) == one.text(1, number)
        for query in EVERYTHING:
            assert rows(tmp_path / "a.db", query) == rows(tmp_path / "b.db", query)


# --- for other tools


def test_other_tools_find_bytes_text_and_digests_in_it(store: Store, tmp_path: Path, capsys: Any) -> None:
    told(store)
    content = exported(store)
    found = list(records(content))
    kinds = [kind for kind, _, _ in found]
    assert kinds[:6] == ["warcinfo", "metadata", "response", "response", "conversion", "metadata"]
    assert [said for kind, _, said in found if kind == "response"][:2] == [b"<p>first 1", b"<p>second 1"]
    texts = [said.decode() for kind, _, said in found if kind == "conversion"]
    assert texts == [store.text(1, number) for number in range(1, 7)]
    assert json.loads(found[-1][2])["seal"] == queries.versions(store, 1)[-1].seal
    checker = Checker(type("Asked", (), {"inputs": [str(written(tmp_path, content))], "verbose": True}))
    checker.process_all()
    assert (checker.exit_value, "digest pass" in capsys.readouterr().out) == (0, True)


def test_answers_say_no_more_how_they_were_coded(store: Store) -> None:
    [due] = watch(store, source())
    coded = with_headers(
        capture(b"<p>long"),
        content_encoding="gzip",
        transfer_encoding="chunked",
        content_length="3",
        x="a\x1b[31m\r\nb",
    )
    store.record(changed(due, read=document(captures=(coded,))))
    content = exported(store)
    assert [said for kind, _, said in records(content) if kind == "response"] == [b"<p>long"]
    raw = gzip.decompress(content)
    assert b"\r\nX-Archive-Orig-content-encoding: gzip\r\n" in raw
    assert b"\r\nContent-Length: 7\r\n\r\n<p>long\r\n" in raw
    assert b"\x1b" not in raw
    assert b"\r\ncontent-encoding" not in raw


def test_a_page_without_a_version_has_no_history(store: Store) -> None:
    watch(store, source())
    with pytest.raises(UsageError, match="page 1 has no version yet"):
        exported(store)


@pytest.mark.parametrize(
    "damage",
    [
        "UPDATE version SET title = 'another' WHERE number = 3",
        "UPDATE version SET seal = '' WHERE number = 3",
        "UPDATE version SET body = zeroblob(9) WHERE number = 3",
        "UPDATE version SET fetched_at = 'yesterday' WHERE number = 3",
        "UPDATE capture SET headers = '{}' WHERE version = 3",
        "DELETE FROM version WHERE number = 3",
    ],
)
def test_what_proves_nothing_is_not_exported(store: Store, path: Path, damage: str) -> None:
    told(store)
    alter(path, damage)
    with pytest.raises(Damaged, match=r"page 1 is not what was sealed, so its history proves nothing; run `crawler db"):
        exported(store)
