"""Who may use the dashboard and its API: readers with passwords, tokens with scopes, sessions of browsers.

Tokens and sessions are random, so that a plain SHA-256 hides them; only that is stored. Passwords come here as argon2
keeps them. Secrets and times are made at the door.
"""

import hashlib
from collections.abc import Collection
from datetime import datetime, timedelta

from sqlalchemy import Connection, select

from crawler.errors import UsageError
from crawler.model import value
from storage import tables as t
from storage.columns import insert_new
from storage.store import Store

SCOPES = ("read", "write", "feed")
"""What a token may do: read everything, change anything, read feeds alone."""
LASTS = timedelta(days=30)
"""A session since it was last used."""
_RENEWED = timedelta(days=1)
"""A session is written again at most so often."""


@value
class Visitor:
    """Who asks."""

    name: str
    scopes: frozenset[str]


@value
class TokenLine:
    """A token, without what opens the door."""

    name: str
    scopes: tuple[str, ...]
    created_at: datetime


def add_token(store: Store, name: str, secret: str, scopes: Collection[str], now: datetime) -> None:
    """Let whoever shows the secret do what the scopes say; UsageError where the name is taken."""
    row = {"name": name, "sha256": _hash(secret), "scopes": " ".join(sorted(set(scopes))), "created_at": now}
    with store.database.write() as connection:
        if not connection.execute(insert_new(connection, t.token), row).rowcount:
            raise UsageError(f"there is a token {name!r} already; `crawler tokens remove` ends it")


def tokens(store: Store) -> list[TokenLine]:
    """All tokens, by name."""
    with store.database.read() as connection:
        rows = connection.execute(select(*t.token.c["name", "scopes", "created_at"]).order_by(t.token.c.name))
        return [TokenLine(name=row.name, scopes=tuple(row.scopes.split()), created_at=row.created_at) for row in rows]


def remove_token(store: Store, name: str) -> None:
    """End a token at once; UsageError where there is none."""
    with store.database.write() as connection:
        if not connection.execute(t.token.delete().where(t.token.c.name == name)).rowcount:
            raise UsageError(f"no token {name!r}; `crawler tokens` lists them")


def token_visitor(store: Store, secret: str) -> Visitor | None:
    """Who shows this token."""
    with store.database.read() as connection:
        row = connection.execute(select(t.token).where(t.token.c.sha256 == _hash(secret))).one_or_none()
    return Visitor(name=f"token {row.name}", scopes=frozenset(row.scopes.split())) if row else None


def set_password(store: Store, name: str, password: str, now: datetime) -> None:
    """Let a reader log in with this password, given as argon2 keeps it; his sessions end."""
    with store.database.write() as connection:
        connection.execute(insert_new(connection, t.reader), {"name": name, "password": password, "created_at": now})
        connection.execute(t.reader.update().where(t.reader.c.name == name).values(password=password))
        connection.execute(t.session.delete().where(t.session.c.reader == name))


def password_of(store: Store, name: str) -> str | None:
    """A reader's password as argon2 keeps it; None: no such reader."""
    with store.database.read() as connection:
        return connection.execute(select(t.reader.c.password).where(t.reader.c.name == name)).scalar()


def readers(store: Store) -> list[str]:
    """Who may log in, by name."""
    with store.database.read() as connection:
        return list(connection.execute(select(t.reader.c.name).order_by(t.reader.c.name)).scalars())


def remove_reader(store: Store, name: str) -> None:
    """Let a reader in no longer; UsageError where there is none."""
    with store.database.write() as connection:
        if not connection.execute(t.reader.delete().where(t.reader.c.name == name)).rowcount:
            raise UsageError(f"no reader {name!r}; `crawler readers` lists them")
        connection.execute(t.session.delete().where(t.session.c.reader == name))


def begin_session(store: Store, secret: str, reader: str, now: datetime) -> None:
    """Let the browser with this cookie in as the reader; sessions that ran out are forgotten."""
    with store.database.write() as connection:
        connection.execute(t.session.delete().where(t.session.c.expires_at < now))
        row = {"sha256": _hash(secret), "reader": reader, "expires_at": now + LASTS}
        connection.execute(t.session.insert(), row)


def session_visitor(store: Store, secret: str, now: datetime) -> Visitor | None:
    """Who shows this cookie."""
    with store.database.read() as connection:
        reader, expires_at = _session(connection, secret) or ("", now)
    if expires_at <= now:
        return None
    if expires_at - now < LASTS - _RENEWED:
        with store.database.write() as connection:
            mine = t.session.update().where(t.session.c.sha256 == _hash(secret))
            connection.execute(mine.values(expires_at=now + LASTS))
    return Visitor(name=reader, scopes=frozenset(SCOPES))


def end_session(store: Store, secret: str) -> None:
    """Let the browser with this cookie in no longer."""
    with store.database.write() as connection:
        connection.execute(t.session.delete().where(t.session.c.sha256 == _hash(secret)))


def _session(connection: Connection, secret: str) -> tuple[str, datetime] | None:
    row = connection.execute(
        select(*t.session.c["reader", "expires_at"]).where(t.session.c.sha256 == _hash(secret))
    ).one_or_none()
    return (row.reader, row.expires_at) if row else None


def _hash(secret: str) -> str:
    return hashlib.sha256(secret.encode("utf-8", "surrogatepass")).hexdigest()
