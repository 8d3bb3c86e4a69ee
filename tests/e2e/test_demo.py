"""`crawler demo` as a newcomer runs it: in an empty folder, without configuration, in a process of its own."""

import email
import io
import json
import os
import subprocess
import sys
from collections.abc import Mapping
from email import policy
from pathlib import Path

import pytest
from rich.cells import cell_len
from rich.console import Console

from crawler.demo import expect, keepsakes, run_demo
from crawler.errors import UsageError


def crawler(folder: Path, *arguments: str, env: Mapping[str, str] | None = None) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "crawler", *arguments]
    clean = {"PATH": os.defpath, "HOME": str(folder), "PYTHONIOENCODING": "utf-8", **(env or {})}
    return subprocess.run(
        command, cwd=folder, env=clean, capture_output=True, encoding="utf-8", timeout=60, check=False
    )


@pytest.fixture(scope="module")
def played(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """The folder in which the demo was played once, and what it said."""
    folder = tmp_path_factory.mktemp("newcomer")
    done = crawler(folder, "demo", env={"COLUMNS": "80"})
    assert done.returncode == 0, done.stdout + done.stderr
    return folder, done.stdout


def test_it_shows_the_webhook_the_mail_and_the_difference(played: tuple[Path, str]) -> None:
    _, said = played
    for part in (
        "webhook-signature: v1,",
        '"type": "page.changed"',
        "Subject: ",
        "6%左右 → 5.5%左右",
        "{+先通老城一段+}",
    ):
        assert part in said.replace("│\n│ ", "")
    assert "All as it should be" in said


def test_it_raises_one_alert_and_that_one_only(played: tuple[Path, str]) -> None:
    folder, _ = played
    listed = json.loads(
        crawler(folder / "crawler-demo", "--database", "sqlite:///crawler.db", "alerts", "--json").stdout
    )
    [alert] = listed
    assert alert["type"] == "page.changed"
    assert {one["channel"]: one["state"] for one in alert["deliveries"]} == {"desk": "delivered", "mail": "delivered"}


def test_it_leaves_a_database_to_explore(played: tuple[Path, str]) -> None:
    folder, said = played
    commands = [line.split() for line in said.splitlines() if " --database " in line]
    assert len(commands) >= 5
    for command in commands:
        done = subprocess.run(command, cwd=folder, capture_output=True, encoding="utf-8", timeout=60, check=False)
        assert done.returncode == 0, done.stderr
        assert done.stdout.strip()


def test_it_leaves_the_mail_and_the_webhooks_document(played: tuple[Path, str]) -> None:
    folder = played[0] / "crawler-demo"
    document = json.loads((folder / keepsakes.WEBHOOK).read_text("utf-8"))
    assert expect.webhook([document]) == []
    mail = email.message_from_bytes((folder / keepsakes.MAIL).read_bytes(), policy=policy.default)
    assert {part.get_content_type() for part in mail.walk()} >= {"text/plain", "text/html"}
    assert "云溪市" in mail["subject"]


def test_it_fits_eighty_columns_and_needs_no_colour(played: tuple[Path, str]) -> None:
    said = played[1]
    assert "\x1b" not in said
    shown = [line for line in said.splitlines() if " --database " not in line]
    assert max(cell_len(line) for line in shown) <= 80


def test_a_second_run_starts_anew_and_leaves_other_files_alone(tmp_path: Path) -> None:
    for _ in range(2):
        assert run_demo(Console(file=io.StringIO(), width=80), tmp_path) == 0
        (tmp_path / "notes.txt").write_text("mine")
    assert {path.name for path in tmp_path.iterdir()} >= {"notes.txt", *(keepsakes.DATABASE, keepsakes.CONFIG)}


def test_it_says_so_when_something_went_otherwise(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(expect, "PAGES", 6)
    file = io.StringIO()
    assert run_demo(Console(file=file, width=80), tmp_path) == 1
    assert "5 pages were checked, not 6" in file.getvalue()


def test_a_folder_it_cannot_use_is_one_clear_line(tmp_path: Path) -> None:
    (tmp_path / "crawler-demo").write_text("a file")
    done = crawler(tmp_path, "demo")
    assert done.returncode == 2
    [line] = done.stderr.splitlines()
    assert "crawler-demo: cannot be prepared" in line
    with pytest.raises(UsageError):
        run_demo(Console(file=io.StringIO()), tmp_path / "crawler-demo")
