"""Bytes as fetched take little room where pages share their furniture, and come back to the byte."""

import hashlib
from pathlib import Path

import pytest

from crawler.checks import Capture
from crawler.errors import Damaged
from storage import maintenance, queries
from storage.store import Store
from tests.support.store import DAY, NOW, alter, capture, changed, document, rows, source, watch

FURNITURE = "".join(f'<li><a href="/zwgk/{n * 7919 % 100_003}.html">栏目{n * 31 % 997}</a></li>' for n in range(400))
"""What pages of one host share."""


def fetched(number: int, host: str = "www.example.org") -> Capture:
    """A page of a portal with much around its report."""
    text = "".join(chr(0x4E00 + (number * 7919 + n * 104_729) % 20_000) for n in range(300))
    return capture(f"<ul>{FURNITURE}</ul><p>{text}</p>".encode(), f"https://{host}/{number}.html")


def record(store: Store, *captures: Capture) -> None:
    """Pages, each read once from such bytes."""
    for due, each in zip(watch(store, *(source(f"s{n}") for n in range(len(captures)))), captures, strict=True):
        store.record(changed(due, read=document("text", captures=(each,))))


def content(store: Store, page: int) -> bytes:
    return queries.captures(store, page, 1)[0].content


def room(path: Path, table: str) -> list[int]:
    """Bytes of each row."""
    return [size for (size,) in rows(path, f"SELECT length(data) FROM {table}")]


def test_pages_of_one_host_are_kept_in_little_room_and_come_back_to_the_byte(store: Store, path: Path) -> None:
    pages = [fetched(number) for number in range(6)]
    record(store, *pages)
    assert [content(store, number + 1) for number in range(6)] == [page.content for page in pages]
    [alone] = room(path, "dictionary")
    assert len(room(path, "content")) == 6
    assert sum(room(path, "content")) < 2 * alone
    assert maintenance.verify(store) == []


def test_a_host_whose_pages_became_others_gets_another_dictionary(store: Store, path: Path) -> None:
    other = [
        capture(each.content.replace("栏目".encode(), b"/x/").swapcase(), each.url) for each in map(fetched, (7, 8))
    ]
    pages = [fetched(1), *other, fetched(2, host="other.example.org")]
    record(store, *pages)
    assert [content(store, number + 1) for number in range(4)] == [page.content for page in pages]
    assert len(room(path, "dictionary")) == 3


def test_a_host_may_have_several_kinds_of_pages(store: Store, path: Path) -> None:
    kinds = [bytes.maketrans(b"/z", bytes([ord("a") + kind, ord("A") + kind])) for kind in range(4)]
    pages = [fetched(number) for number in range(12)]
    pages = [capture(each.content.translate(kinds[n % 4]), each.url) for n, each in enumerate(pages)]
    record(store, *pages)
    assert [content(store, number + 1) for number in range(12)] == [page.content for page in pages]
    assert len(room(path, "dictionary")) <= 4


def test_what_shares_nothing_is_kept_alone(store: Store, path: Path) -> None:
    dense = [b"".join(hashlib.sha256(bytes([seed, n])).digest() for n in range(250)) for seed in (1, 2)]
    pages = [
        capture(b"<p>short</p>"),
        *(capture(each, f"https://www.example.org/{n}.pdf") for n, each in enumerate(dense)),
    ]
    record(store, *pages)
    assert [content(store, number + 1) for number in range(3)] == [page.content for page in pages]
    assert room(path, "dictionary") == []


def test_what_others_need_stays_when_bytes_are_thinned(store: Store, path: Path) -> None:
    record(store, fetched(1), fetched(2))
    alter(path, "DELETE FROM capture WHERE page = 1")
    maintenance.prune(store, now=NOW, keep=DAY)
    assert (len(room(path, "content")), len(room(path, "dictionary"))) == (1, 1)
    assert content(store, 2) == fetched(2).content
    alter(path, "DELETE FROM capture WHERE page = 2")
    maintenance.prune(store, now=NOW, keep=DAY)
    assert (room(path, "content"), room(path, "dictionary")) == ([], [])


def test_a_damaged_dictionary_costs_evidence_alone_and_the_next_bytes_are_whole(store: Store, path: Path) -> None:
    record(store, fetched(1), fetched(2))
    alter(path, "UPDATE dictionary SET data = (SELECT data FROM content LIMIT 1)")
    assert len(maintenance.verify(store)) == 2
    assert store.text(1, 1) == "text"
    with pytest.raises(Damaged):
        content(store, 1)
    [due] = watch(store, source("later"))
    store.record(changed(due, read=document("text", captures=(fetched(3),))))
    assert content(store, due.page) == fetched(3).content
