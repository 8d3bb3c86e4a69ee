"""The dashboard: crawler serve, crawler tokens, crawler readers."""

import getpass
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Annotated

import typer

import crawler.cli.command as command
from crawler.app import new_secret, utc_now
from crawler.cli.health import last_tick
from crawler.cli.output import out, table
from crawler.errors import UsageError
from storage import access

if TYPE_CHECKING:
    import socket

    from crawler.web.office import Office
    from storage.store import Store

TOKEN = "CRAWLER_WEB_TOKEN"  # noqa: S105 (the variable's name)
SHORTEST = 8
"""Of a token or password that somebody chose, in characters."""

Host = Annotated[str, typer.Option(metavar="H", help="where to listen; beyond this machine only with readers")]
Port = Annotated[int, typer.Option(metavar="P", min=0, max=65535, help="0: any that is free")]

tokens_app = typer.Typer(help="Tokens for programs and feed readers.")
readers_app = typer.Typer(help="Who may log in to the dashboard.")


def serve(context: typer.Context, host: Host = "127.0.0.1", port: Port = 8000) -> None:
    """Serve the dashboard; what is due is checked by the daemon (`crawler run --web` is both)."""
    command.set_up_logging(context, daemon=True)
    with command.store(context) as store, ready(context, store, host, port) as at:
        from crawler.web.server import serve as serving  # noqa: PLC0415 (as in `ready`)

        serving(*at)


@contextmanager
def ready(context: typer.Context, store: "Store", host: str, port: int) -> "Iterator[tuple[Office, socket.socket]]":
    """All that a server needs, once its address has been printed."""
    with _extra():
        from crawler.web import server  # noqa: PLC0415 (a web framework, for nobody who does not serve)
    given = os.environ.get(TOKEN) or None
    if given is not None and len(given) < SHORTEST:
        raise UsageError(f"{TOKEN}: a token has {SHORTEST} characters or more")
    token = given or (new_secret() if server.is_loopback(host) else None)
    url = command.database_url(context)
    office = server.office_at(host, store, command.config_path(context), lambda: last_tick(url), token)
    listening = server.bind(host, port)
    try:
        name, number = listening.getsockname()[:2]
        address = f"http://{f'[{name}]' if ':' in name else name}:{number}/"
        sys.stdout.write(f"{address}?token={token}\n" if office.is_local and given is None else f"{address}\n")
        sys.stdout.flush()
        yield office, listening
    finally:
        listening.close()


@tokens_app.callback(invoke_without_command=True)
@command.command
def tokens(context: typer.Context) -> None:
    """List the tokens; what opens the door is never shown again."""
    if context.invoked_subcommand:
        return
    with command.stored(context) as store:
        lines = access.tokens(store)
    rows = [(line.name, " ".join(line.scopes), line.created_at.isoformat(timespec="seconds")) for line in lines]
    out().print(table(None, ("name", "scopes", "made"), rows))


@tokens_app.command("add")
@command.command
def add_token(
    context: typer.Context,
    name: Annotated[str, typer.Argument(metavar="NAME", help="what it is for")],
    scope: Annotated[list[str], typer.Option(help="read, write or feed (may be repeated)")],
) -> None:
    """Make a token and print it, this once."""
    if wrong := [each for each in scope if each not in access.SCOPES]:
        raise UsageError(f"no scope {wrong[0]!r}; there are: {', '.join(access.SCOPES)}")
    secret = new_secret()
    with command.store(context) as store:
        access.add_token(store, _named(name), secret, scope, utc_now())
    out().print(secret, soft_wrap=True)


@tokens_app.command("remove")
@command.command
def remove_token(
    context: typer.Context, name: Annotated[str, typer.Argument(metavar="NAME", help="the token's name")]
) -> None:
    """End a token at once."""
    with command.stored(context) as store:
        access.remove_token(store, name)


@readers_app.callback(invoke_without_command=True)
@command.command
def readers(context: typer.Context) -> None:
    """List who may log in."""
    if context.invoked_subcommand:
        return
    with command.stored(context) as store:
        names = access.readers(store)
    out().print(table(None, ("name",), [(name,) for name in names]))


@readers_app.command("add")
@command.command
def add_reader(
    context: typer.Context, name: Annotated[str, typer.Argument(metavar="NAME", help="to log in with")]
) -> None:
    """Let somebody log in, or give him another password: asked for, or read from standard input."""
    with _extra():
        from argon2 import PasswordHasher  # noqa: PLC0415 (as in `ready`)

    password = getpass.getpass(f"password for {name}: ") if sys.stdin.isatty() else sys.stdin.readline().rstrip("\n")
    if len(password) < SHORTEST:
        raise UsageError(f"a password has {SHORTEST} characters or more")
    with command.store(context) as store:
        access.set_password(store, _named(name), PasswordHasher().hash(password), utc_now())


@readers_app.command("remove")
@command.command
def remove_reader(
    context: typer.Context, name: Annotated[str, typer.Argument(metavar="NAME", help="the reader's name")]
) -> None:
    """Let somebody in no longer; his sessions end at once."""
    with command.stored(context) as store:
        access.remove_reader(store, name)


@contextmanager
def _extra() -> "Iterator[None]":
    """Say what is missing where something is imported that not everybody has installed."""
    try:
        yield
    except ModuleNotFoundError as error:
        raise UsageError(f"the dashboard needs the extra `web`: pip install 'report-crawler[web]' ({error})") from None


def _named(name: str) -> str:
    if not (0 < len(name) <= 100 and name.isprintable() and name.strip() == name):
        raise UsageError("a name has 1 to 100 visible characters")
    return name
