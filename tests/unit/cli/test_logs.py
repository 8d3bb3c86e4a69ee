"""What libraries log is a line like the program's own, whatever stands in it."""

import json

from tests.support.store import run_python

CODE = """
import logging, structlog, typer
from crawler.cli.command import set_up_logging
set_up_logging(typer.Context(typer.main.get_command(typer.Typer(callback=lambda: None))), daemon=True)
logging.getLogger("library").warning("two\\nlines of %s", "\\x1b[31m\\u202e")
structlog.get_logger().info("ours")
"""


def test_a_library_s_warning_is_one_json_line() -> None:
    ran = run_python(CODE)
    first, second = ran.stderr.splitlines()
    theirs = json.loads(first)
    assert (theirs["event"], theirs["level"], theirs["logger"]) == (
        "two\nlines of \x1b[31m\u202e",
        "warning",
        "library",
    )
    assert "\x1b" not in first
    assert "\u202e" not in first
    assert json.loads(second).keys() <= theirs.keys()
