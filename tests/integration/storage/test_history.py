"""One page's history written out and taken over elsewhere: the same to the character, or nothing at all."""

import gzip
import io
import json
import tracemalloc
from collections.abc import Callable, Iterator
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
from storage.warc import records as fences
from storage.warc.write import PAGE, VERSION
from tests.support.evidence import (
    FIRST,
    SECOND,
    START,
    Edit,
    edited,
    exported,
    read_as,
    records,
    sealed,
    taken,
    told,
    version,
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
    listing,
    opened,
    rows,
    source,
    stock,
    unchanged,
    watch,
)


@pytest.fixture
def other(tmp_path: Path) -> Iterator[Store]:
    with opened(tmp_path / "other.db") as open_store:
        yield open_store


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
        for file in tmp_path.glob(f"{name}*"):
            file.unlink()
        (tmp_path / name).write_bytes(fresh.read_bytes())
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


# --- files from strangers


def refused(store: Store, file: Path) -> str:
    """What is said of a file that is refused; nothing of it is stored."""
    with pytest.raises(UsageError) as told_so:
        taken(store, file)
    said = str(told_so.value)
    assert "\n" not in said
    assert said.startswith(f"{file}: ")
    assert "nothing was taken over" in said
    for table in ("source", "page", "version", "capture", "content", "change", "target", "part", "alert"):
        with store.database.read() as connection:
            assert connection.exec_driver_sql(f"SELECT count(*) FROM {table}").scalar() == 0
    return said


@pytest.fixture
def content(tmp_path: Path, fresh: Path) -> bytes:
    (tmp_path / "mine.db").write_bytes(fresh.read_bytes())
    with opened(tmp_path / "mine.db") as store:
        told(store)
        return exported(store)


def complaint(store: Store, file: Path) -> str | None:
    """What is said of a file; None: it was taken over."""
    try:
        taken(store, file)
    except UsageError as error:
        return str(error)
    return None


def test_one_byte_altered_in_bytes_text_or_record_is_refused(other: Store, tmp_path: Path, content: bytes) -> None:
    """Heads of WARC and HTTP, and targets, only repeat what is sealed or follows from it."""
    kinds = [(kind, content_type) for kind, content_type, _ in records(content)]
    for place, (kind, content_type) in enumerate(kinds):
        if kind == "warcinfo" or content_type == PAGE:
            continue

        def flip(number: int, kind: str, content_type: str, block: Any, place: int = place) -> Any:
            if number != place:
                return block
            if content_type == VERSION:
                before, row, read = block["sealed"]
                return block | {"sealed": [before, [*row[:2], "x", *row[3:]], read]}
            return block[:-1] + bytes([block[-1] ^ 1])

        said = refused(other, written(tmp_path, edited(content, flip)))
        assert f"record {place + (kind == 'conversion') + 1}: " in said or kind == "response", (kind, said)
        assert "altered" in said or "not the one that was sealed" in said, (kind, said)


def test_a_record_that_is_left_out_is_missed(other: Store, tmp_path: Path, content: bytes) -> None:
    def without(place: int) -> Edit:
        return lambda number, _kind, _content_type, block: None if number == place else block

    for place in range(1, len(list(records(content)))):
        refused(other, written(tmp_path, edited(content, without(place))))
    adopted = taken(other, written(tmp_path, edited(content, without(0))))  # the note of the program that wrote it
    assert adopted.versions == 6


def test_records_in_another_order_are_refused(other: Store, tmp_path: Path, content: bytes) -> None:
    plain = gzip.decompress(content).split(b"WARC/1.1\r\n")
    for place in range(3, len(plain) - 1):
        swapped = [*plain[:place], plain[place + 1], plain[place], *plain[place + 2 :]]
        if plain[place].count(b"type=response") and plain[place + 1].count(b"type=response"):
            continue  # of one version, in any order
        if b"WARC-Type: response" in plain[place] and b"WARC-Type: conversion" in plain[place + 1]:
            continue
        refused(other, written(tmp_path, b"WARC/1.1\r\n".join(swapped)))


def test_a_file_cut_anywhere_is_refused(other: Store, tmp_path: Path, content: bytes) -> None:
    plain = gzip.decompress(content)
    for whole in (content, plain):
        for end in range(0, len(whole) - 8, max(1, len(whole) // 60)):
            refused(other, written(tmp_path, whole[:end]))
    assert taken(other, written(tmp_path, plain)).versions == 6


@settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_a_file_with_any_byte_altered_is_refused_or_says_the_same(tmp_path: Path, content: bytes, data: Any) -> None:
    """Whatever becomes of a file: one clear line and nothing stored, or the very same sealed history."""
    plain = bytearray(gzip.decompress(content) if data.draw(st.booleans()) else content)
    for _ in range(data.draw(st.integers(1, 3))):
        plain[data.draw(st.integers(0, len(plain) - 1))] = data.draw(st.integers(0, 255))
    for file in tmp_path.glob("any.db*"):
        file.unlink()
    with opened(tmp_path / "mine.db") as mine, opened(tmp_path / "any.db") as store:
        if said := complaint(store, written(tmp_path, bytes(plain))):
            assert "\n" not in said
            assert rows(tmp_path / "any.db", "SELECT * FROM source") == []
        else:
            assert [line.seal for line in queries.versions(store, 1)] == [
                line.seal for line in queries.versions(mine, 1)
            ]
            assert maintenance.verify(store) == []


def test_targets_are_found_anew_whatever_a_file_says(other: Store, tmp_path: Path, content: bytes) -> None:
    """They are not sealed, so nothing a forger writes there is taken over."""
    forged = edited(content, version(lambda block: block | {"targets": [{"indicator": "粮食产量", "low": "9"}]}))
    taken(other, written(tmp_path, forged))
    assert other.targets(1, 5) == read_as(other.text(1, 5)).targets
    assert maintenance.verify(other) == []


def page(**fields: Any) -> Edit:
    return lambda _number, _kind, content_type, block: block | fields if content_type == PAGE else block


def its_source(**fields: Any) -> Edit:
    def change(_number: int, _kind: str, content_type: str, block: Any) -> Any:
        return block | {"source": block["source"] | fields} if content_type == PAGE else block

    return change


HOSTILE: dict[str, tuple[Callable[[int, str, str, Any], Any], str]] = {
    "no object": (version(lambda block: [block]), "record 6: a description is no JSON object"),
    "deep": (version(lambda _: b"[" * 200_000), "record 6: a description is no JSON object"),
    "no text": (version(lambda _: b"\xff\xfe"), "no JSON object"),
    "huge number": (version(lambda _: b'{"seal": ' + b"9" * 10_000 + b"}"), "no JSON object"),
    "a large description": (version(lambda _: b" " * (16 * 1024**2 + 1)), "a description is larger than 16 MB"),
    "a seal that is none": (version(lambda block: block | {"seal": "x"}), "version 1: 'seal' is no SHA-256"),
    "a seal that is a list": (version(lambda block: block | {"seal": []}), "'seal' is no text"),
    "nothing sealed": (version(lambda block: block | {"sealed": []}), "'sealed' is no list of the seal before"),
    "half a record": (version(lambda block: block | {"sealed": ["", [1], []]}), "holds no list of number, url"),
    "a number that is none": (sealed({0: True}), "'number' is no whole number"),
    "another number": (sealed({0: 2}), "does not follow the version before"),
    "a year beyond all": (sealed({5: 2**70}), "'year' is no whole number"),
    "no time": (sealed({6: "yesterday"}), "'fetched_at' is not what it has to be"),
    "a time without zone": (sealed({6: "2026-01-01T00:00:00.000000"}), "'fetched_at' is no time as it is sealed"),
    "a time of another zone": (sealed({6: "2026-01-01T00:00:00.000000+08:00"}), "is no time as it is sealed"),
    "before all time": (sealed({6: "0001-01-01T00:00:00+23:59"}), "'fetched_at' is no"),
    "after all time": (sealed({6: "9999-12-31T23:59:59.000000+00:00"}), "'fetched_at' is no"),
    "an address of a file": (sealed({1: "file:///etc/passwd"}), "'url' is no address"),
    "an address of two lines": (sealed({1: "https://a.example.org/\r\nx: y"}), "'url' is no address"),
    "a title without end": (sealed({2: "长" * 20_000}), "'title' is no text of at most"),
    "a title no database holds": (sealed({2: "a\0"}), "'title' is no text of at most"),
    "half a character": (sealed({2: "\ud800"}), "'title' is no text of at most"),
    "reread perhaps": (sealed({8: 1}), "'reread' is neither true nor false"),
    "a date that is none": (sealed({3: "20260101"}), "'published' is no"),
    "another text": (sealed({7: "0" * 64}), "its text is missing, or not the one that was sealed"),
    "bytes that are not there": (sealed({}, {3: "0" * 64}), "are missing, or were altered"),
    "headers that are none": (sealed({}, {1: "[]"}), "'headers' is no JSON object"),
    "headers in another form": (sealed({}, {1: '{"a": "b"}'}), "'headers' is no JSON object of texts as it is stored"),
    "headers of numbers": (sealed({}, {1: '{"a":1}'}), "'headers' is no JSON object of texts"),
    "a seal in between": (sealed({}, {2: "x"}), "'fetched_at' is not what it has to be"),
    "less said than sealed": (version(lambda block: block | {"bytes": []}), "whether they are kept"),
    "more said than sealed": (version(lambda block: block | {"bytes": [None] * 9}), "'bytes' is no list of at most 2"),
    "another form": (page(form="report-crawler history 9"), "record 2: it is written in another form"),
    "no source": (page(source=None), "'source' is no JSON object"),
    "a source named oddly": (its_source(id="../x"), "'id' is no id of a source"),
    "a source without address": (its_source(url=None), "no address, or two"),
    "a source of two": (its_source(listing=FIRST), "no address, or two"),
    "a key that is none": (page(key="x"), "'key' is no address"),
    "more versions than there are": (page(versions=7), "here it ends, with 6 of 7 versions"),
    "fewer versions": (page(versions=5), "here it ends, with 6 of 5 versions"),
    "versions beyond all": (page(versions=10**9), "'versions' is no whole number from 0 to 10000"),
    "another seal": (page(seal="0" * 64), "with 6 of 6 versions, or others than it says"),
    "parts that are none": (page(parts=[1]), "'parts' is no JSON object"),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_what_is_not_so_is_named(other: Store, tmp_path: Path, content: bytes, name: str) -> None:
    edit, said = HOSTILE[name]
    assert said in refused(other, written(tmp_path, edited(content, edit)))


def test_a_chain_forged_as_a_whole_bears_another_seal(other: Store, tmp_path: Path, content: bytes) -> None:
    """What a seal kept elsewhere is for: a file may be whole, and yet not the history that was noted down."""
    before = ""

    def forge(_number: int, _kind: str, content_type: str, block: Any) -> Any:
        nonlocal before
        if content_type != VERSION:
            return block
        row, read = block["sealed"][1:]
        forged = sealed({2: "another title"})(0, "", VERSION, block | {"sealed": [before, row, read]})
        before = forged["seal"]
        return forged

    forged = edited(content, forge)
    forged = edited(forged, page(seal=before))
    assert taken(other, written(tmp_path, forged)).seal == before
    assert before != json.loads(list(records(content))[-1][2])["seal"]


@pytest.mark.parametrize(
    "parts",
    [
        [{"url": FIRST, "paragraphs": 2}, {"url": SECOND, "paragraphs": 9_999}],
        [{"url": FIRST, "paragraphs": 2}, {"url": "https://elsewhere.example.org/", "paragraphs": 1}],
    ],
)
def test_parts_that_nothing_sealed_speaks_of_are_left_out(
    other: Store, tmp_path: Path, content: bytes, parts: Any
) -> None:
    taken(other, written(tmp_path, edited(content, page(parts=parts))))
    assert rows(tmp_path / "other.db", "SELECT * FROM part") == []


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (b"", "holds no history"),
        (b"hello\n", "record 1: this is no WARC file, or it is damaged"),
        (b"\x1f\x8bnot gzip at all", "cannot be read"),
        (b"WARC/1.1\r\nWARC-Type: metadata\r\n\r\n", "does not say how long it is"),
        (b"WARC/1.1\r\nContent-Length: -5\r\n\r\n", "does not say how long it is"),
        (b"WARC/1.1\r\nContent-Length: \xc2\xb2\r\n\r\n", "does not say how long it is"),
        (b"WARC/1.1\r\nContent-Length: 99999999999999999999\r\n\r\n", "or is far too long"),
        (b"WARC/1.1\r\nContent-Length: 999999999\r\n\r\n", "it is larger than 64 MB"),
        (b"WARC/1.1\r\nContent-Length: 9\r\n\r\nshort", "record 1: the file ends amid it"),
        (b"WARC/1.1\r\nContent-Length: 0\r\n\r\n\r\n\r\n" * 3, "record 4: here it ends, and holds no history"),
    ],
)
def test_what_is_no_such_file(other: Store, tmp_path: Path, given: bytes, said: str) -> None:
    assert said in refused(other, written(tmp_path, given))


def test_no_file_at_all(other: Store, tmp_path: Path) -> None:
    for path in (tmp_path / "nothing.warc", tmp_path, Path("/dev/zero")):
        assert "there is no such file" in refused(other, path)


def bomb(start: bytes, filler: bytes, megabytes: int) -> bytes:
    """So many megabytes of filler in a few kilobytes."""
    file = io.BytesIO()
    with gzip.GzipFile(fileobj=file, mode="wb") as packed:
        packed.write(start)
        for _ in range(megabytes):
            packed.write(filler * (1024**2 // len(filler)))
    return file.getvalue()


@pytest.mark.parametrize(
    ("start", "filler", "said"),
    [
        (b"", b"a", "its head is larger than 256 KB"),
        (b"WARC/1.1\r\n", b"a: b\r\n", "its head is larger than 256 KB"),
        (b"WARC/1.1\r\nx: y\r\n", b" z\r\n", "its head is larger than 256 KB"),
        (b"", b"\r\n", "its head is larger than 256 KB"),
        (b"", b"WARC/1.1\r\nContent-Length: 0\r\n\r\n", "it holds more than 1,000 records"),
        (b"", b"WARC/1.1\r\nContent-Length: 99000\r\n\r\n" + b"\r" * 99_000, "the file holds more than 0.0078125 GB"),
    ],
)
def test_a_bomb_costs_little_memory(
    other: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, start: bytes, filler: bytes, said: str
) -> None:
    monkeypatch.setattr(fences, "MOST_BYTES", 8 * 1024**2)
    monkeypatch.setattr(fences, "MOST_RECORDS", 1_000)
    file = written(tmp_path, bomb(start, filler, 16))
    tracemalloc.start()
    try:
        assert said in refused(other, file)
        assert tracemalloc.get_traced_memory()[1] < 8 * 1024**2
    finally:
        tracemalloc.stop()


def test_a_version_with_bytes_or_text_beyond_measure(
    other: Store, tmp_path: Path, content: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as small:
        small.setattr("storage.warc.read.MOST_PENDING", 15)
        assert "of bytes" in refused(other, written(tmp_path, content))
    monkeypatch.setattr("storage.warc.read.LARGEST_TEXT", 15)
    assert "the text is larger" in refused(other, written(tmp_path, content))
