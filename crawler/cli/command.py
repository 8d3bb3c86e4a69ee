"""What every command shares: the options --config, --database and --verbose in any place, and how errors end it."""

import asyncio
import inspect
import logging
import os
import sys
from collections.abc import Callable, Coroutine, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import wraps
from pathlib import Path
from typing import Annotated, Any, TypeVar

import structlog
import typer

from crawler.app import load_config, utc_now
from crawler.cli.output import complain, safe
from crawler.errors import CrawlerError, UsageError
from crawler.harmless import json_text
from crawler.options import Config, Network
from storage.blobs import SETTING
from storage.store import Store, open_store

T = TypeVar("T")


_SHARED: dict[str, Any] = {
    "config": Annotated[
        str | None,
        typer.Option(metavar="PATH", help="sources.yaml to use (also CRAWLER_CONFIG)", rich_help_panel="Common"),
    ],
    "database": Annotated[
        str | None,
        typer.Option(metavar="URL", help="database to use (also CRAWLER_DATABASE_URL)", rich_help_panel="Common"),
    ],
    "verbose": Annotated[
        bool | None,
        typer.Option("--verbose", "-v", help="log every step on stderr", rich_help_panel="Common"),
    ],
}


def command(function: Callable[..., None]) -> Callable[..., None]:
    """Give a command the shared options, and a clear line instead of a traceback for what it raises on purpose.

    The function takes `typer.Context` first and finds the shared options there; given both before and after the
    command's name, the later one wins.
    """

    @wraps(function)
    def wrapped(context: typer.Context, **given: Any) -> None:  # noqa: ANN401 (whatever the command takes)
        shared = settings(context)
        shared |= {name: item for name in _SHARED if (item := given.pop(name)) is not None}
        set_up_logging(context)
        with _exit_codes():
            function(context, **given)

    kind, signature = inspect.Parameter.KEYWORD_ONLY, inspect.signature(function)
    options = [inspect.Parameter(name, kind, default=None, annotation=what) for name, what in _SHARED.items()]
    vars(wrapped)["__signature__"] = signature.replace(parameters=[*signature.parameters.values(), *options])
    return wrapped


@contextmanager
def _exit_codes() -> Iterator[None]:
    try:
        yield
    except CrawlerError as error:
        complain(str(error))
        raise typer.Exit(2) from None
    except KeyboardInterrupt:
        complain("interrupted; what was recorded is kept, what was not will be done next time")
        raise typer.Exit(130) from None
    except BrokenPipeError:
        sys.stderr.close()
        raise typer.Exit(0) from None


def settings(context: typer.Context) -> dict[str, Any]:
    """The shared options as given, by name."""
    given: dict[str, Any] = context.find_root().ensure_object(dict)
    return given


def config_path(context: typer.Context) -> str:
    """Where sources.yaml is: the option, the environment, or the default."""
    return settings(context).get("config") or os.environ.get("CRAWLER_CONFIG") or "sources.yaml"


def database_url(context: typer.Context) -> str:
    """The database's address: the option, the environment, or the default."""
    return settings(context).get("database") or os.environ.get("CRAWLER_DATABASE_URL") or "sqlite:///crawler.db"


def configured(context: typer.Context, *, sourceless: bool = False) -> Config:
    """The validated configuration; one that is `sourceless` may have no sources yet."""
    return load_config(config_path(context), sourceless=sourceless)


def network(context: typer.Context) -> Network:
    """The configured network settings, or the closed defaults where there is no configuration."""
    return configured(context).network if Path(config_path(context)).exists() else Network()


def store(context: typer.Context) -> Store:
    """The database, made or migrated where needed."""
    return open_store(database_url(context), now=utc_now(), captures=captures_url())


def stored(context: typer.Context) -> Store:
    """The database of earlier rounds; a usage error where there is none (a mistyped path should not make one)."""
    url = database_url(context)
    if missing := no_database(url):
        raise UsageError(missing)
    return open_store(url, now=utc_now(), captures=captures_url())


def captures_url() -> str:
    """The address of the store in which bytes as fetched are kept, if not in the database."""
    return os.environ.get(SETTING, "")


def no_database(url: str) -> str | None:
    """What to say where there is no database yet; None: there is one, or only a try can tell."""
    file = sqlite_file(url)
    if file is None or file.exists():
        return None
    return f"{file}: no such database; `crawler once` or the daemon makes it, --database names another"


def sqlite_file(url: str) -> Path | None:
    """The file of an SQLite database; None for any other."""
    return Path(url.removeprefix("sqlite:///")) if url.startswith("sqlite:///") else None


def run(work: Coroutine[Any, Any, T]) -> T:
    """Run a command's asynchronous part."""
    return asyncio.run(work)


def set_up_logging(context: typer.Context, *, daemon: bool = False) -> None:
    """Logs on stderr: for a person at a terminal, as JSON lines else; only the daemon tells its steps.

    What libraries log (warnings and errors) goes there too; nothing in it steers the terminal.
    """
    human = sys.stderr.isatty()
    if logging.lastResort:
        logging.lastResort.setFormatter(_Plain() if human else _JsonLine())
    level = "debug" if settings(context).get("verbose") else "info" if daemon else "error"
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.format_exc_info,
            *([_harmless] if human else []),
            _for_people() if human else structlog.processors.JSONRenderer(json_text),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(level),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
    )


class _Plain(logging.Formatter):
    """A library's message, traces included."""

    def format(self, record: logging.LogRecord) -> str:
        """As it came, but harmless."""
        return safe(super().format(record))


class _JsonLine(logging.Formatter):
    """The same as a line like all others."""

    def format(self, record: logging.LogRecord) -> str:
        """One JSON document."""
        moment = datetime.fromtimestamp(record.created, UTC).isoformat()
        fields = {"event": super().format(record), "level": record.levelname.lower(), "timestamp": moment}
        return json_text({**fields, "logger": record.name})


def _for_people() -> structlog.dev.ConsoleRenderer:
    """Traces without the values of variables, which may be secrets."""
    return structlog.dev.ConsoleRenderer(exception_formatter=structlog.dev.plain_traceback)


def _harmless(_logger: object, _method: str, entry: structlog.typing.EventDict) -> structlog.typing.EventDict:
    """The entry with harmless texts, in lists too (JSON escapes them itself)."""
    return {name: list(map(_shown, item)) if isinstance(item, list) else _shown(item) for name, item in entry.items()}


def _shown(item: Any) -> Any:  # noqa: ANN401 (whatever is logged)
    return safe(item) if isinstance(item, str) else item
