"""Files of a history from strangers: damaged, forged, cut short or huge. One clear line, and nothing is stored."""

import gzip
import io
import json
import tracemalloc
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from crawler.errors import UsageError
from storage import maintenance, queries
from storage.store import Store
from storage.warc import records as fences
from storage.warc.write import PAGE, VERSION
from tests.support.evidence import (
    FIRST,
    SECOND,
    Edit,
    edited,
    exported,
    read_as,
    records,
    sealed,
    taken,
    told,
    version,
    written,
)
from tests.support.store import (
    duplicate,
    opened,
    rows,
)


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
    duplicate(fresh, tmp_path / "mine.db")
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
def test_a_file_with_any_byte_altered_is_refused_or_says_the_same(
    tmp_path: Path, fresh: Path, content: bytes, data: Any
) -> None:
    """Whatever becomes of a file: one clear line and nothing stored, or the very same sealed history."""
    plain = bytearray(gzip.decompress(content) if data.draw(st.booleans()) else content)
    for _ in range(data.draw(st.integers(1, 3))):
        plain[data.draw(st.integers(0, len(plain) - 1))] = data.draw(st.integers(0, 255))
    duplicate(fresh, tmp_path / "any.db")
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
