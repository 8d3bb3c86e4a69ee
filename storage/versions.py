"""Versions of a page and the bytes they were read from, written and read back."""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, Select, bindparam, exists, func, select

from crawler.checks import Capture, NewVersion, Stood
from crawler.errors import Away, Damaged
from crawler.model import Json, Target
from crawler.wire import target_fields
from storage import contents
from storage import tables as t
from storage.codec import MEND, bytes_text, dump, dump_diff, dump_edits, dump_targets, load, load_targets, text_bytes
from storage.columns import plain
from storage.evidence import CAPTURED, RECORDED, seal
from storage.snapshots import ZstdError, keyframe, pack, unroll

SHOWN = (
    "report",
    "indicator",
    "key",
    "kind",
    "relation",
    "low",
    "high",
    "unit",
    "period",
    "scope",
    "status",
    "text",
    "sentence",
)


def _chain(*columns: str) -> Select[Any]:
    return (
        select(*t.version.c["number", *columns])
        .where(
            t.version.c.page == bindparam("of_page"),
            t.version.c.number.between(bindparam("first"), bindparam("last")),
        )
        .order_by(t.version.c.number)
    )


_CHAINS = {column: _chain(column) for column in ("body", "targets")}
_TEXTS = _chain("title", "body")


def add(connection: Connection, page: int, version: NewVersion, severity: str | None = None) -> None:
    """Store a version with its captures, its targets and, from the second on, its change (unless it is reread).

    `severity` is that of the alert which tells of the change; None: none does.
    """
    document = version.document
    found = [target_fields(target) for target in document.targets]
    body, targets = text_bytes(document.text), dump_targets(found)
    before_body, before_targets = _before(connection, page, version.number)
    record = {
        "page": page,
        "number": version.number,
        "url": document.url,
        "title": document.title,
        "published": document.published,
        "region": document.region,
        "year": document.year,
        "fetched_at": document.fetched_at,
        "sha256": hashlib.sha256(body).hexdigest(),
        "fingerprint": document.fingerprint,
        "characters": len(document.text),
        "reread": version.reread,
        "body": pack(body, before_body),
        "targets": pack(targets, before_targets),
    }
    connection.execute(t.version.insert(), record)
    connection.execute(t.unindexed.insert(), {"page": page, "number": version.number})
    add_captures(connection, page, version.number, document.captures)
    _seal(connection, page, version.number)
    _replace_targets(connection, page, found)
    if version.number > 1 and not version.reread:
        _add_change(connection, page, version, severity)


def _add_change(connection: Connection, page: int, version: NewVersion, severity: str | None) -> None:
    """What changed, and the marks to find it by."""
    diff, at = version.targets, version.document.fetched_at
    row = {
        "page": page,
        "version": version.number,
        "at": at,
        "targets": dump_diff(diff),
        "severity": severity,
        "changed": len(diff.changed),
        "added": len(diff.added),
        "removed": len(diff.removed),
        "edits": dump_edits(version.edits),
    }
    connection.execute(t.change.insert(), row)
    keys = {target.key for target in (*(change.new for change in diff.changed), *diff.added, *diff.removed)}
    if keys:
        mine = {"page": page, "version": version.number, "at": at}
        connection.execute(t.changed_target.insert(), [{**mine, "key": key} for key in sorted(keys)])


def _seal(connection: Connection, page: int, number: int) -> None:
    """Seal a version with its captures as they are stored, after the version before it."""
    here = t.version.c.page == page, t.version.c.number == number
    [stored] = connection.execute(select(*t.version.c[RECORDED]).where(*here)).mappings()
    earlier = t.version.c.page == page, t.version.c.number == number - 1
    before = connection.execute(select(t.version.c.seal).where(*earlier)).scalar()
    mine = t.capture.c.page == page, t.capture.c.version == number
    read = connection.execute(select(*t.capture.c[CAPTURED]).where(*mine).order_by(t.capture.c.id)).mappings()
    connection.execute(t.version.update().where(*here).values(seal=seal(before or "", stored, read)))


def body(connection: Connection, page: int, number: int) -> str:
    """The text of a version, to the character."""
    return bytes_text(_restore(connection, page, number, "body"))


def targets(connection: Connection, page: int, number: int) -> tuple[Target, ...]:
    """The targets of a version as found when it was stored."""
    return load_targets(_restore(connection, page, number, "targets"))


def has_text(connection: Connection, source: str, text: str, page: int) -> bool:
    """Whether any version of another page of the source has this fingerprint."""
    others = t.page.c.source == source, t.page.c.id != page, t.version.c.fingerprint == text
    found = select(t.version.c.page).join_from(t.page, t.version).where(*others).limit(1)
    return connection.execute(found).first() is not None


def stood(connection: Connection, page: int, text: str) -> Stood | None:
    """The latest version with this fingerprint that an edit replaced, and when; better rules are no edit."""
    after = t.version.alias()
    found = connection.execute(
        select(t.version.c.number, after.c.fetched_at)
        .join_from(t.version, after, (after.c.page == t.version.c.page) & (after.c.number == t.version.c.number + 1))
        .where(t.version.c.page == page, t.version.c.fingerprint == text, ~after.c.reread)
        .order_by(t.version.c.number.desc())
        .limit(1)
    ).first()
    return Stood(number=found.number, until=found.fetched_at) if found else None


def add_captures(connection: Connection, page: int, number: int | None, captures: Sequence[Capture]) -> None:
    """Keep bytes as evidence of a version, or held aside (without a number); equal bytes are stored once."""
    if not captures:
        return
    for capture in {each.sha256: each for each in captures}.values():
        contents.keep(connection, capture)
    rows = [
        {
            "page": page,
            "version": number,
            "url": capture.url,
            "headers": dump(dict(capture.headers)),
            "fetched_at": capture.fetched_at,
            "sha256": capture.sha256,
        }
        for capture in captures
    ]
    connection.execute(t.capture.insert(), rows)


def captures(connection: Connection, page: int, number: int | None) -> list[Capture]:
    """The bytes a version was read from, in part order (without a number: those held aside); b"" where thinned.

    Raises Damaged where they are no longer those that were fetched.
    """
    wanted = t.capture.c.page == page, t.capture.c.version.is_not_distinct_from(number)
    return [_capture(connection, row) for row in _capture_rows(connection, *wanted)]


def read_from(connection: Connection, page: int, number: int) -> int:
    """Which version's bytes a version was read from: its own, or (where it was reread) those of one before."""
    bytes_of_its_own = exists().where(t.capture.c.page == page, t.capture.c.version == t.version.c.number)
    told = t.version.c.page == page, t.version.c.number <= number, ~t.version.c.reread | bytes_of_its_own
    return connection.execute(select(func.max(t.version.c.number)).where(*told)).scalar() or number


def newest_captures(connection: Connection, page: int, urls: Sequence[str]) -> list[Capture]:
    """The bytes from which the newest version was read, in part order, its parts being at these addresses.

    Of each address the newest count. Where its addresses are others now, all of the page's past will do if they were
    read for one version. Empty where it is not known which bytes they are, or some are damaged: they are evidence, and
    the watch goes on without it. Raises Away where they cannot be had now.
    """
    newest = (
        select(func.max(t.capture.c.id))
        .where(t.capture.c.page == page, t.capture.c.version.is_not(None))
        .group_by(t.capture.c.url)
    )
    query = select(*t.capture.c["id", "url", "version"]).where(t.capture.c.id.in_(newest)).order_by(t.capture.c.id)
    by_url = {row.url: row for row in connection.execute(query)}
    found = _of_newest_version(by_url, [plain(url) for url in urls])
    try:
        rows = _capture_rows(connection, t.capture.c.id.in_(found), contents.IS_WHOLE)
        captures = {row.id: _capture(connection, row) for row in rows}
    except Away:  # without them a check might take for an edit what is none
        raise
    except Damaged:
        return []
    return [captures[number] for number in found] if len(captures) == len(found) else []


def _of_newest_version(by_url: Mapping[str, Row[Any]], urls: Sequence[str]) -> list[int]:
    """Which of each address's newest bytes make up the newest version; some of them were read for it, maybe not all."""
    versions = {row.version for row in by_url.values()}
    asked = [by_url[url] for url in urls if url in by_url]
    if len(asked) == len(urls) and max(versions, default=0) in {row.version for row in asked}:
        return [row.id for row in asked]
    return [row.id for row in by_url.values()] if len(versions) == 1 else []


def _capture_rows(connection: Connection, *wanted: ColumnElement[bool]) -> Sequence[Row[Any]]:
    stored = t.capture.join(contents.BESIDE, t.content.c.sha256 == t.capture.c.sha256)
    query = select(t.capture, *contents.PACKED).select_from(stored).where(*wanted)
    return connection.execute(query.order_by(t.capture.c.id)).all()


def _capture(connection: Connection, row: Row[Any]) -> Capture:
    content = contents.unpacked(connection, row)
    if content is None:
        raise Damaged(f"the bytes of {row.url} are damaged in the database; {MEND}")
    return Capture(
        url=row.url, content=content, headers=load(row.headers), fetched_at=row.fetched_at, sha256=row.sha256
    )


def drop_held(connection: Connection, page: int) -> None:
    """Forget the bytes held aside for a page."""
    mine = t.capture.c.page == page, t.capture.c.version.is_(None)
    held = list(connection.execute(select(t.capture.c.sha256).where(*mine)).scalars())
    if not held:
        return
    connection.execute(t.capture.delete().where(*mine))
    contents.forget(connection, held)


def texts(connection: Connection, page: int, first: int, last: int) -> Iterator[tuple[int, str, str]]:
    """Number, title and text of each version of a page from one to another; Damaged where one cannot be restored."""
    rows = connection.execute(_TEXTS, {"of_page": page, "first": keyframe(max(first, 1)), "last": last})
    titles: dict[int, str] = {}

    def chain() -> Iterator[tuple[int, bytes]]:
        for row in rows:
            titles[row.number] = row.title
            yield row.number, row.body

    try:
        for number, body in unroll(chain()):
            title = titles.pop(number)
            if number >= first:
                yield number, title, bytes_text(body)
    except ZstdError as error:
        raise Damaged(f"page {page} has a version that is damaged in the database ({error}); {MEND}") from error


def _before(connection: Connection, page: int, number: int) -> tuple[bytes, bytes]:
    """Body and targets of the version before, as dictionaries; nothing where `number` is to be stored alone."""
    if keyframe(number) == number:
        return b"", b""
    return _restore(connection, page, number - 1, "body"), _restore(connection, page, number - 1, "targets")


def _restore(connection: Connection, page: int, number: int, column: str) -> bytes:
    chain = {"of_page": page, "first": keyframe(number), "last": number}
    rows = connection.execute(_CHAINS[column], chain).all()
    if not rows or rows[-1].number != number:
        raise Damaged(f"page {page} has no version {number} in the database; {MEND}")
    try:
        *_, (_, restored) = unroll((row[0], row[1]) for row in rows)
    except ZstdError as error:
        raise Damaged(f"version {number} of page {page} is damaged in the database ({error}); {MEND}") from error
    return restored


def _replace_targets(connection: Connection, page: int, found: Sequence[Mapping[str, Json]]) -> None:
    connection.execute(t.target.delete().where(t.target.c.page == page))
    rows = [
        {"page": page, "position": position, **{name: target[name] for name in SHOWN}}
        for position, target in enumerate(found)
    ]
    if rows:
        connection.execute(t.target.insert(), rows)
