"""Histories to write out, to tamper with and to take over; made-up places and sentences."""

import gzip
import io
import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from warcio.archiveiterator import ArchiveIterator

from crawler.checks import Capture, Document, Due, NewVersion, Part
from crawler.discover import with_targets
from crawler.targets import compare_targets
from storage import history
from storage.adoption import Adopted, adopt, find
from storage.evidence import digest
from storage.store import Store
from storage.warc.read import versions, whose
from storage.warc.write import VERSION, write
from tests.support.store import DAY, NOW, capture, changed, document, source, unchanged, watch

START = datetime(2026, 1, 5, 8, 0, 0, 123456, tzinfo=UTC)
FIRST, SECOND = "https://www.example.org/hechuan.html", "https://www.example.org/hechuan_2.html"


def read_as(text: str, **fields: object) -> Document:
    """A document with the targets its text really holds."""
    return with_targets(document(text, **fields))


def told(store: Store, count: int = 6, days: int = 10) -> Due:
    """A page of two parts, the second of which changes at every third version; the last version is a reread."""
    [due] = watch(store, source())
    targets, parts = (), (Part(url=FIRST, sha256="1", paragraphs=2), Part(url=SECOND, sha256="2", paragraphs=1))
    for number in range(1, count):
        at = START + (number - 1) * days * DAY
        fetched: tuple[Capture, ...] = (capture(f"<p>first {number}".encode(), FIRST, at),)
        if number % 3 == 1:
            fetched += (capture(f"<p>second {number}".encode(), SECOND, at),)
        text = f"河川市政府工作报告\n今年的目标是：粮食产量稳定在{310 + 10 * number}万吨以上。\n第{number}稿"
        read = read_as(text, captures=fetched, parts=parts, fetched_at=at)
        diff = compare_targets(targets, read.targets)
        targets = read.targets
        store.record(changed(due, read=read, targets=diff, at=at))
        due = store.due_page(due.page, due.source)
    again = read_as(text.replace("第", "又一"), captures=(), fetched_at=at)
    store.record(unchanged(due, reread=NewVersion(number=count, document=again, reread=True)))
    return store.due_page(due.page, due.source)


def exported(store: Store, page: int = 1) -> bytes:
    """A page's history as a file."""
    file = io.BytesIO()
    with history.opened(store, page) as (of, past):
        write(file, of, past)
    return file.getvalue()


def taken(store: Store, file: Path) -> Adopted:
    """Take over what a file holds."""
    of = whose(file)
    return adopt(store, of, versions(file, of), find(versions(file, of)), NOW)


def records(content: bytes) -> Iterator[tuple[str, str, bytes]]:
    """Type, content type and content of each record, as another reader of WARC finds them."""
    for record in ArchiveIterator(io.BytesIO(content), check_digests="raise"):
        yield record.rec_type, record.content_type, record.content_stream().read()


Edit = Callable[[int, str, str, Any], Any]
"""Of number, type and content type of a record and its content (JSON as document, else bytes): the new one, or None."""


def edited(content: bytes, edit: Edit) -> bytes:
    """The file with its records changed, their lengths right again."""
    file = io.BytesIO()
    for number, record in enumerate(ArchiveIterator(io.BytesIO(content), no_record_parse=True)):
        block = record.content_stream().read()
        is_json = record.content_type.endswith("json")
        found = edit(number, record.rec_type, record.content_type, json.loads(block) if is_json else block)
        if found is None:
            continue
        block = json.dumps(found).encode() if is_json and not isinstance(found, bytes) else found
        head = (
            f"WARC/1.1\r\nWARC-Type: {record.rec_type}\r\nContent-Type: {record.content_type}\r\n"
            f"Content-Length: {len(block)}\r\n\r\n"
        )
        file.write(gzip.compress(head.encode() + block + b"\r\n\r\n", 1))
    return file.getvalue()


def version(change: Callable[[Any], Any]) -> Edit:
    """What is said of each version, changed."""
    return lambda _number, _kind, content_type, block: change(block) if content_type == VERSION else block


def sealed(record: dict[int, Any] | None = None, captures: dict[int, Any] | None = None) -> Edit:
    """What is sealed of each version or its captures, changed by place; the seals made to fit."""

    def change(block: Any) -> Any:
        before, row, read = block["sealed"]
        row = [(record or {}).get(place, said) for place, said in enumerate(row)]
        read = [[(captures or {}).get(place, said) for place, said in enumerate(each)] for each in read]
        return block | {"sealed": [before, row, read], "seal": digest([before, row, read])}

    return version(change)


def written(folder: Path, content: bytes, name: str = "history.warc.gz") -> Path:
    """The content as a file."""
    path = folder / name
    path.write_bytes(content)
    return path


def with_headers(fetched: Capture, **headers: str) -> Capture:
    """Bytes as another server would have sent them."""
    return replace(fetched, headers={name.replace("_", "-"): text for name, text in headers.items()})
