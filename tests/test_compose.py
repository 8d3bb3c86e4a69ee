"""The compose files of deploy/: tight, without secrets, about the program as it is. No container engine is needed."""

import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.support.cli import crawl
from tests.support.dashboard import Clock, office_of, running
from tests.support.postgresql import programs
from tests.support.store import opened

ROOT = Path(__file__).resolve().parent.parent
DEPLOY = ROOT / "deploy"
OURS = ("daemon", "dashboard")
POSTGRES = {"POSTGRES_USER", "POSTGRES_DB", "POSTGRES_INITDB_ARGS"}
"""What the image postgres reads."""


def read(name: str) -> dict[str, Any]:
    document = yaml.safe_load((DEPLOY / name).read_text("utf-8"))
    assert isinstance(document, dict)
    return document


PLAIN, STORED = read("compose.yaml"), read("compose.postgresql.yaml")
SERVICES = {**PLAIN["services"], "postgresql": STORED["services"]["postgresql"]}


@pytest.mark.parametrize("name", SERVICES)
def test_a_service_is_granted_nothing_it_need_not(name: str) -> None:
    service = SERVICES[name]
    assert service["read_only"] is True
    assert service["user"] in ("10001:10001", "postgres")
    assert service["cap_drop"] == ["ALL"]
    assert service["security_opt"] == ["no-new-privileges:true"]
    assert service["restart"] == "unless-stopped"
    assert "privileged" not in service
    assert all(port.startswith("127.0.0.1:") for port in service.get("ports", ()))
    assert re.fullmatch(r"[a-z-]+:\d+(\.\d+)+(-\w+)?", service["image"]), "a tag that stays what it is"
    assert service["healthcheck"]["test"][0] == "CMD"


def test_volumes_are_named_and_the_user_is_that_of_the_image() -> None:
    named = {*PLAIN["volumes"], *STORED["volumes"]}
    for service in SERVICES.values():
        volumes = [each for each in service["volumes"] if isinstance(each, str)]
        assert volumes
        assert {each.partition(":")[0] for each in volumes} <= named
    assert f"USER {SERVICES['daemon']['user']}" in (ROOT / "Dockerfile").read_text("utf-8")


def test_the_image_has_the_version_of_the_program() -> None:
    version = re.search(r'^__version__ = "(.+)"$', (ROOT / "crawler" / "__init__.py").read_text("utf-8"), re.MULTILINE)
    assert version
    assert {SERVICES[name]["image"] for name in OURS} == {f"report-crawler:{version[1]}"}


@pytest.mark.parametrize("name", OURS)
def test_what_is_started_and_asked_is_a_command_of_ours(name: str, tmp_path: Path) -> None:
    commands = [SERVICES[name]["command"]]
    test = SERVICES[name]["healthcheck"]["test"]
    if test[1] == "crawler":
        commands.append(test[2:])
    for command in commands:
        assert crawl(tmp_path, *command, "--help").code == 0, command


def test_names_of_the_environment_are_read_by_the_program() -> None:
    command = (ROOT / "crawler" / "cli" / "command.py").read_text("utf-8")
    for document in (PLAIN, STORED):
        for name in OURS:
            given = document["services"][name]["environment"]
            assert given
            assert all(f'"{variable}"' in command for variable in given)
    assert set(SERVICES["postgresql"]["environment"]) == POSTGRES


def test_no_secret_stands_in_the_files_and_none_can_be_committed() -> None:
    for name in ("compose.yaml", "compose.postgresql.yaml"):
        plain = re.sub(r"#.*", "", (DEPLOY / name).read_text("utf-8"))
        assert not re.search(r"password|token|secret(?!s\.env)", plain, re.IGNORECASE), name
    assert "deploy/*.env" in (ROOT / ".gitignore").read_text("utf-8").splitlines()


def test_the_dashboards_health_check_asks_what_answers(tmp_path: Path) -> None:
    [*_, option, code] = SERVICES["dashboard"]["healthcheck"]["test"]
    assert option == "-c"
    [port] = SERVICES["dashboard"]["ports"]
    assert f":{port.rpartition(':')[2]}/" in code
    assert SERVICES["dashboard"]["command"][-1] == port.rpartition(":")[2]
    (tmp_path / "sources.yaml").write_text("sources: []\n", "utf-8")
    with opened(tmp_path / "crawler.db") as store:
        with running(office_of(store, tmp_path / "sources.yaml", Clock())) as dashboard:
            asked = [sys.executable, "-c", code.replace("http://127.0.0.1:8000", dashboard.url)]
            assert subprocess.run(asked, check=False, capture_output=True, timeout=60).returncode == 0
        assert subprocess.run(asked, check=False, capture_output=True, timeout=60).returncode != 0


def test_the_databases_health_check_is_understood(tmp_path: Path) -> None:
    program, *arguments = SERVICES["postgresql"]["healthcheck"]["test"][1:]
    there = programs()
    found = shutil.which(program) or (there and str(there / program))
    if not found or not Path(found).exists():
        pytest.skip("no pg_isready here")
    done = subprocess.run([found, *arguments, "--port=1"], check=False, capture_output=True, timeout=60)
    assert done.returncode == 2, "nobody answers there; 3: its arguments make no sense"


@pytest.mark.parametrize("name", ["deployment.md", "deployment.zh-CN.md"])
def test_the_documentation_names_the_files(name: str) -> None:
    text = (ROOT / "docs" / name).read_text("utf-8")
    for said in ("deploy/compose.yaml", "compose.postgresql.yaml", "secrets.env", "postgresql.env"):
        assert said in text
    assert "run --rm dashboard readers add" in text
