"""The how-to guides: their configurations are valid, their commands exist, and both languages say the same."""

import contextlib
import io
import re
import shlex
from pathlib import Path
from unittest import mock

import pytest
import typer.main
from typer.core import TyperGroup

from crawler.cli.main import app
from tests.support.cli import ROOT, crawl

GUIDES = sorted((ROOT / "docs" / "howto").glob("*.md"))
ENGLISH = [path for path in GUIDES if ".zh-CN." not in path.name]
BLOCK = re.compile(r"^```(\w+)\n(.*?)^```", re.MULTILINE | re.DOTALL)
VARIABLE = re.compile(r"\$\{(\w+)\}")
PROGRAM = typer.main.get_command(app)


def blocks(path: Path, language: str) -> list[str]:
    return [text for kind, text in BLOCK.findall(path.read_text("utf-8")) if kind == language]


def fault(words: list[str]) -> str:
    """What the program would say of a command line, without doing it."""
    command = PROGRAM
    while isinstance(command, TyperGroup):
        if not words or words[0] not in command.commands:
            return f"no command {words[:1]}"
        command, words = command.commands[words[0]], words[1:]
    done = mock.patch.object(command, "callback", return_value=None)
    with done, contextlib.redirect_stderr(io.StringIO()) as said, pytest.raises(SystemExit) as ended:
        command(words)
    return said.getvalue() if ended.value.code else ""


@pytest.mark.parametrize("path", GUIDES, ids=lambda path: path.name)
def test_every_configuration_of_a_guide_is_valid(path: Path, tmp_path: Path) -> None:
    for text in blocks(path, "yaml"):
        (tmp_path / "sources.yaml").write_text(text, "utf-8")
        checked = crawl(tmp_path, "check", **dict.fromkeys(VARIABLE.findall(text), "given"))
        assert checked.code == 0, f"{text}\n{checked.err}"


@pytest.mark.parametrize("path", GUIDES, ids=lambda path: path.name)
def test_every_command_of_a_guide_is_one_of_the_program(path: Path) -> None:
    lines = "".join(blocks(path, "console")).splitlines()
    ours = [shlex.split(line)[1:] for line in lines if line.startswith("crawler ")]
    assert ours
    assert {shlex.join(words): said for words in ours if (said := fault(words))} == {}


def test_the_guides_hold_configurations() -> None:
    assert sum(len(blocks(path, "yaml")) for path in ENGLISH) >= 8


def test_a_command_that_is_none_would_be_noticed() -> None:
    assert fault(["chekc"])
    assert fault(["once", "--dryrun"])
    assert fault(["db", "copy", "one"])


@pytest.mark.parametrize("path", ENGLISH, ids=lambda path: path.name)
def test_both_languages_of_a_guide_do_the_same(path: Path) -> None:
    other = path.with_name(f"{path.stem}.zh-CN.md")
    for language in ("yaml", "console"):
        assert blocks(path, language) == blocks(other, language)
    assert path.read_text("utf-8").count("\n## ") == other.read_text("utf-8").count("\n## ")
