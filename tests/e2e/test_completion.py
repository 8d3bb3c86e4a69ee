"""The shell's TAB, as shells ask for it: commands, options and the ids of sources."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.cli import ROOT

SOURCES = """\
sources:
- {id: yunxi, url: 'http://a/'}
- {id: 云溪-2, url: 'http://b/'}
- {id: '`date`', url: 'http://c/'}
- {id: "y\\e[2J", url: 'http://d/'}
"""
ASK = """
eval "$(crawler --show-completion bash)"
while read -r -a COMP_WORDS; do
  COMP_CWORD=$((${#COMP_WORDS[@]} - 1))
  _crawler_completion crawler
  echo "${COMPREPLY[*]}"
done
"""
LINES = {
    "crawler once --source y": "yunxi",
    "crawler once --config mine.yaml --source o": "other",
    "crawler show 云": "云溪-2",
    "crawler imp": "import",
    "crawler import x --format url": "urls urlwatch",
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with sources, and the program under the name it is installed by."""
    (tmp_path / "sources.yaml").write_text(SOURCES, "utf-8")
    (tmp_path / "mine.yaml").write_text("sources:\n- {id: other, url: 'http://a/'}\n", "utf-8")
    program = tmp_path / "bin" / "crawler"
    program.parent.mkdir()
    program.write_text(f"#!{sys.executable}\nfrom crawler.cli import main\nmain()\n")
    program.chmod(0o755)
    return tmp_path


def ran(folder: Path, *command: str, given: str = "", **environment: str) -> str:
    """What a command prints that finds the program on its path."""
    path = f"{folder / 'bin'}:{os.environ['PATH']}"
    known = {**os.environ, "PATH": path, "PYTHONPATH": str(ROOT), **environment}
    done = subprocess.run(command, cwd=folder, env=known, input=given, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout


@pytest.mark.skipif(not shutil.which("bash"), reason="no bash here")
def test_bash_is_offered_what_fits(folder: Path) -> None:
    told = ran(folder, "bash", "--norc", "-c", ASK, given="".join(f"{line}\n" for line in LINES), LC_ALL="C.UTF-8")
    assert dict(zip(LINES, told.splitlines(), strict=True)) == LINES


def test_other_shells_are_offered_the_same(folder: Path) -> None:
    line = {"_TYPER_COMPLETE_ARGS": "crawler once --source y", "_TYPER_COMPLETE_FISH_ACTION": "get-args"}
    for shell in ("zsh", "fish"):
        assert "yunxi" in ran(folder, "crawler", **line, _CRAWLER_COMPLETE=f"complete_{shell}")


def test_without_a_readable_file_nothing_is_offered_and_nothing_said(folder: Path) -> None:
    (folder / "sources.yaml").write_text("sources: [", "utf-8")
    asked = {"COMP_WORDS": "crawler show y", "COMP_CWORD": "2", "_CRAWLER_COMPLETE": "complete_bash"}
    assert ran(folder, "crawler", **asked).strip() == ""
