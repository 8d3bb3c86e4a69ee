"""All commands under one name; `main` is the console script."""

import sys
import traceback
from collections.abc import Callable
from types import TracebackType
from typing import Annotated

import typer

import crawler.cli.checking as checking
import crawler.cli.compare as compare
import crawler.cli.database as database
import crawler.cli.doctor as doctor
import crawler.cli.documents as documents
import crawler.cli.export as export
import crawler.cli.health as health
import crawler.cli.importing as importing
import crawler.cli.outbox as outbox
import crawler.cli.stored as stored
import crawler.cli.trial as trial
import crawler.cli.web as web
from crawler import __version__
from crawler.cli.command import command
from crawler.cli.output import mend_width, safe

app = typer.Typer(
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)

COMMANDS: dict[str, Callable[..., None]] = {
    "once": checking.once,
    "run": checking.run,
    "serve": web.serve,
    "health": health.health,
    "demo": checking.demo,
    "check": checking.check,
    "try": trial.try_page,
    "extract": documents.extract_document,
    "targets": documents.targets_of,
    "diff": documents.diff_files,
    "sources": stored.sources,
    "pages": stored.pages,
    "versions": stored.versions,
    "show": stored.show,
    "changes": stored.changes,
    "compare": compare.compare,
    "export": export.export,
    "import": importing.import_sources,
    "doctor": doctor.doctor,
}
for _name, _function in COMMANDS.items():
    app.command(_name)(command(_function))
app.add_typer(outbox.app, name="alerts")
app.add_typer(database.app, name="db")
app.add_typer(web.tokens_app, name="tokens")
app.add_typer(web.readers_app, name="readers")


@app.callback(invoke_without_command=True)
@command
def root(
    context: typer.Context,  # noqa: ARG001 (every command takes it)
    version: Annotated[bool, typer.Option("--version", help="print the version and exit")] = False,
) -> None:
    """Watch pages of Chinese government work reports (政府工作报告) and tell when a text or a target changes."""
    if version:
        sys.stdout.write(f"report-crawler {__version__}\n")
        raise typer.Exit


def main() -> None:
    """The console script `crawler`."""
    mend_width()
    sys.excepthook = show_crash
    typer.main.get_command(app)()  # not app(), which would put back a hook of its own


def show_crash(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    """A bug's trace on stderr, without what its message might do to the terminal."""
    sys.stderr.write(safe("".join(traceback.format_exception(kind, error, trace))))
