"""A page's history taken over from elsewhere: whole or not at all, and only where the page is not known yet.

Nothing is believed that is not sealed. Targets, and what became of them, are found in the texts anew; the rules by
which the newest text was read count as unknown, so that its bytes are read again before it is compared with anything;
nothing is known of how the page or its listing was last met. So whatever is told later was seen here, and no alert
comes of the import itself.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, select

from crawler.checks import Capture, Document, NewVersion
from crawler.discover import with_targets
from crawler.errors import UsageError
from crawler.model import Target, TargetDiff, value
from crawler.targets import compare_targets
from crawler.text import fingerprint
from crawler.wire import target_fields
from storage import sync, versions
from storage import tables as t
from storage.codec import bytes_text, dump_targets, load, load_targets
from storage.columns import plain
from storage.history import Past, Whose
from storage.snapshots import keyframe, pack, unroll
from storage.store import Store


@value
class Found:
    """What a version's text holds, found before the database is asked to wait; `targets` as stored, compressed."""

    targets: bytes
    diff: TargetDiff


@value
class Adopted:
    """What became of a history; not `fresh`: it was here already, and nothing was touched."""

    page: int
    source: str
    url: str
    versions: int
    seal: str
    fresh: bool


def find(history: Iterable[Past]) -> list[Found]:
    """The targets of each version and what became of them: by far the most work, and little to keep."""
    found: list[Found] = []
    stored = b""
    before: tuple[Target, ...] = ()
    for past in history:
        document = _document(past)
        targets = with_targets(document).targets
        told = past.number > 1 and not past.record["reread"]
        diff = compare_targets(before, targets) if told else TargetDiff()
        data = dump_targets([target_fields(target) for target in targets])
        found.append(Found(targets=pack(data, stored if keyframe(past.number) < past.number else b""), diff=diff))
        stored, before = data, targets
    return found


def adopt(store: Store, whose: Whose, history: Iterable[Past], found: Sequence[Found], now: datetime) -> Adopted:
    """Take a history over with what was found in it (`find`); its source rests until sources.yaml names it.

    Raises UsageError where the page is here with another history, or where what was stored bears another seal.
    """
    with store.database.write() as connection:
        mine = t.page.c.source == whose.source, t.page.c.key == plain(whose.key)
        page = connection.execute(select(t.page.c.id).where(*mine)).scalar()
        fresh = page is None
        if page is None:
            _add_source(connection, whose, now)
            sync.add_pages(connection, whose.source, [(whose.key, "", whose.title, 0)], now, announce=False)
            page = connection.execute(select(t.page.c.id).where(*mine)).scalar_one()
            _fill(connection, page, whose, history, found)
        else:
            _require_the_same(connection, page, whose)
        url = connection.execute(select(t.page.c.url).where(t.page.c.id == page)).scalar_one()
    return Adopted(page=page, source=whose.source, url=url, versions=whose.versions, seal=whose.seal, fresh=fresh)


def _require_the_same(connection: Connection, page: int, whose: Whose) -> None:
    """It may have gone on since, but up to there it must be that one."""
    seals = select(t.version.c.seal).where(t.version.c.page == page).order_by(t.version.c.number)
    here = connection.execute(seals).scalars().all()
    if whose.seal not in here[whose.versions - 1 : whose.versions]:
        raise UsageError(
            f"page {page} of source {whose.source} is here already, with {len(here)} version(s) of its own; nothing "
            "was taken over: import into another database (--database)"
        )


def _add_source(connection: Connection, whose: Whose, now: datetime) -> None:
    if connection.execute(select(t.source.c.id).where(t.source.c.id == whose.source)).first() is not None:
        return
    given = {name: getattr(whose, name) for name in ("title", "url", "listing", "match", "max_pages")}
    row = {"id": whose.source, **given, "schedule": "", "active": False, "told_failing": False}
    connection.execute(t.source.insert(), row)
    if whose.listing is not None:
        state = {"source": whose.source, "next_check": now, "checks": 0, "failures": 0, "known": False}
        connection.execute(t.listing.insert(), state)


def _fill(connection: Connection, page: int, whose: Whose, history: Iterable[Past], found: Sequence[Found]) -> None:
    told: list[datetime] = []
    addresses: set[str] = set()
    targets = unroll((number, each.targets) for number, each in enumerate(found, 1))
    for past, each, (_, stored) in zip(history, found, targets, strict=True):
        document = replace(_document(past), targets=load_targets(stored))
        reread = bool(past.record["reread"])
        versions.add(
            connection, page, NewVersion(number=past.number, document=document, targets=each.diff, reread=reread)
        )
        _require_sealed(connection, page, past)
        addresses.update(capture.url for capture in document.captures)
        if past.number == 1 or not reread:
            told.append(document.fetched_at)
    values: dict[str, Any] = {
        **{name: getattr(document, name) for name in ("title", "region", "year", "fingerprint")},
        "url": whose.key or whose.url or document.url,
        "characters": len(document.text),
        "target_count": sum(target.status == "target" for target in document.targets),
        "first_seen": told[0],
        "changed_at": told[-1] if len(told) > 1 else None,
        "published": document.published,
        "edits": len(told) - 1,
    }
    connection.execute(t.page.update().where(t.page.c.id == page).values(values))
    connection.execute(t.state.update().where(t.state.c.page == page).values(version=whose.versions))
    _add_parts(connection, page, whose, document, addresses)


def _require_sealed(connection: Connection, page: int, past: Past) -> None:
    mine = t.version.c.page == page, t.version.c.number == past.number
    if connection.execute(select(t.version.c.seal).where(*mine)).scalar() != past.seal:
        raise UsageError(f"version {past.number} cannot be stored as it was sealed; nothing was taken over")


def _document(past: Past) -> Document:
    """The version without its targets."""
    record, text = past.record, bytes_text(past.text)
    return Document(
        **{name: record[name] for name in ("url", "title", "region", "year")},
        published=None if record["published"] is None else date.fromisoformat(record["published"]),
        paragraphs=tuple(text.split("\n")),
        targets=(),
        parts=(),
        captures=tuple(_captures(past)),
        fetched_at=datetime.fromisoformat(record["fetched_at"]),
        fingerprint=fingerprint(text),
    )


def _captures(past: Past) -> Iterable[Capture]:
    for capture, content in zip(past.captures, past.contents, strict=True):
        yield Capture(
            url=capture["url"],
            content=content,
            headers=load(capture["headers"]),
            fetched_at=datetime.fromisoformat(capture["fetched_at"]),
            sha256=capture["sha256"],
        )


def _add_parts(connection: Connection, page: int, whose: Whose, document: Document, addresses: set[str]) -> None:
    """Where each part of the newest text is, so that it can be read again; only if sealed bytes came from there."""
    made_up = sum(part.paragraphs for part in whose.parts) == len(document.paragraphs)
    if not made_up or not {part.url for part in whose.parts} <= addresses:
        return
    rows = [
        {"page": page, "position": position, "url": part.url, "sha256": "", "paragraphs": part.paragraphs}
        for position, part in enumerate(whose.parts)
    ]
    connection.execute(t.part.insert(), rows)
