"""The service files: valid, tight, about the program as it is, and where the documentation says."""

import plistlib
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.cli import crawl

ROOT = Path(__file__).resolve().parent.parent
UNIT = ROOT / "deploy" / "crawler.service"
PLIST = ROOT / "deploy" / "crawler.plist"
DOCS = [ROOT / "docs" / "deployment.md", ROOT / "docs" / "deployment.zh-CN.md"]
PROGRAM = "/opt/crawler/bin/crawler"
MOST_EXPOSED = 2
"""Of 10: what `systemd-analyze security` may give at most."""


def settings() -> dict[str, list[str]]:
    """What the unit sets, with repetitions."""
    found: dict[str, list[str]] = {}
    for key, item in re.findall(r"^([A-Za-z]+)=(.*)$", UNIT.read_text("utf-8"), re.MULTILINE):
        found.setdefault(key, []).append(item)
    return found


def analysed(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """The unit under systemd-analyze, with a program that is there."""
    if not shutil.which("systemd-analyze"):
        pytest.skip("no systemd-analyze here")
    unit = folder / "crawler.service"
    unit.write_text(UNIT.read_text("utf-8").replace(PROGRAM, sys.executable), "utf-8")
    command = ["systemd-analyze", *arguments, str(unit)]
    return subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)


def test_systemd_takes_the_unit(tmp_path: Path) -> None:
    done = analysed(tmp_path, "verify")
    assert (done.returncode, done.stdout + done.stderr) == (0, "")


def test_systemd_would_notice_a_mistake(tmp_path: Path) -> None:
    analysed(tmp_path, "verify")
    unit = tmp_path / "crawler.service"
    unit.write_text(unit.read_text("utf-8").replace("OOMPolicy=continue", "OOMPolicy=go-on"), "utf-8")
    done = subprocess.run(["systemd-analyze", "verify", str(unit)], capture_output=True, text=True, check=False)
    assert "OOM policy" in done.stderr


def test_the_unit_leaves_little_open(tmp_path: Path) -> None:
    done = analysed(tmp_path, "security", "--offline=true", "--no-pager")
    if "unrecognized option" in done.stderr:
        pytest.skip("this systemd-analyze rates no files")
    rating = re.search(r"exposure level for crawler\.service: ([\d.]+)", done.stdout)
    assert rating, done.stderr
    assert float(rating[1]) <= MOST_EXPOSED


def test_a_reader_killed_for_its_memory_does_not_stop_the_service() -> None:
    assert settings()["OOMPolicy"] == ["continue"]
    assert settings()["KillMode"] == ["mixed"]
    assert settings()["Restart"] == ["on-failure"]
    assert settings()["StartLimitIntervalSec"] == ["0"]


@pytest.mark.parametrize("kind", ["systemd", "launchd"])
def test_what_is_started_is_a_command_of_ours(kind: str, tmp_path: Path) -> None:
    if kind == "systemd":
        (line,) = settings()["ExecStart"]
        program, *arguments = shlex.split(line)
        assert program == PROGRAM
    else:
        program, *arguments = plistlib.loads(PLIST.read_bytes())["ProgramArguments"]
    assert program.endswith("/bin/crawler")
    assert crawl(tmp_path, *arguments, "--help").code == 0
    assert "run" in arguments


def test_the_plist_is_one_and_restarts_what_failed() -> None:
    read = plistlib.loads(PLIST.read_bytes())
    assert read["KeepAlive"] == {"SuccessfulExit": False}
    assert read["Umask"] == 0o077
    assert all("USER" in read[key] for key in ("WorkingDirectory", "StandardErrorPath"))


@pytest.mark.parametrize("page", DOCS, ids=lambda page: page.name)
def test_the_documentation_installs_what_the_unit_names(page: Path) -> None:
    text = page.read_text("utf-8")
    unit = settings()
    (secrets,) = unit["EnvironmentFile"]
    for path in (
        "deploy/crawler.service",
        "deploy/crawler.plist",
        secrets.removeprefix("-"),
        *unit["WorkingDirectory"],
    ):
        assert path in text
    assert "python3 -m venv " + PROGRAM.removesuffix("/bin/crawler") in text
    assert f"useradd --system --home-dir {unit['WorkingDirectory'][0]}" in text
    assert all((ROOT / name).exists() for name in re.findall(r"\]\(\.\./([^)#]+)", text))
