"""What is logged at a terminal and in a pipe: harmless lines without the values of variables."""

import io
import json
import logging
import re
import sys
from collections.abc import Iterator

import click
import pytest
import structlog
import typer

from crawler.cli.command import set_up_logging
from crawler.options import Secret
from tests.support.hostile import BAD, RAW

PLANTED = "planted-word-9"
EVIL = BAD.replace("[31m", "[41m").replace("\x9b2J", "\x9b44m")
"""In colours that are none of ours."""
OURS = re.compile(r"\x1b\[(?:0|1|2|3[1-6])m")


class Stream(io.StringIO):
    """A terminal, or a pipe."""

    def __init__(self, *, terminal: bool) -> None:
        super().__init__()
        self._terminal = terminal

    def isatty(self) -> bool:
        return self._terminal


@pytest.fixture(params=[True, False], ids=["terminal", "pipe"])
def stream(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[Stream]:
    opened = Stream(terminal=request.param)
    monkeypatch.setattr(sys, "stderr", opened)
    set_up_logging(typer.Context(click.Command("test")), daemon=True)
    yield opened
    structlog.reset_defaults()


def shown(stream: Stream) -> str:
    """Without the colours of our own."""
    return OURS.sub("", stream.getvalue())


def fail(secret: Secret) -> None:
    plain = secret.reveal()
    raise ValueError(EVIL + str(len(plain)))


def test_a_hostile_field_is_harmless(stream: Stream) -> None:
    structlog.get_logger().info("checked", url=EVIL, reason=EVIL[:20], faults=[EVIL])
    written = shown(stream)
    assert "checked" in written
    assert not RAW.search(written), repr(written)
    if not stream.isatty():
        assert json.loads(written)["url"] == EVIL


def test_a_trace_is_harmless_and_shows_no_variable(stream: Stream) -> None:
    try:
        fail(Secret(PLANTED))
    except ValueError:
        structlog.get_logger().exception("a check failed on a bug")
    written = shown(stream)
    assert "ValueError" in written
    assert "test_command.py" in written
    assert PLANTED not in written
    assert not RAW.search(written), repr(written)


def test_what_libraries_log_is_harmless(stream: Stream, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(logging.getLogger(), "handlers", [])  # those of pytest
    monkeypatch.setattr(sys, "stderr", stream)  # pytest has put its own there since
    try:
        fail(Secret(PLANTED))
    except ValueError:
        logging.getLogger("apscheduler.executors").exception("Job %s raised an exception", EVIL)
    written = stream.getvalue()
    assert "ValueError" in written
    assert not RAW.search(written), repr(written)
    assert PLANTED not in written
