"""The compose files: about the program as it is, tight, and without a secret. No container engine is asked."""

import re
import shlex
from pathlib import Path
from typing import Any

import pytest
import yaml
from sqlalchemy import make_url

from storage.backends import backend_of
from tests.support.cli import ROOT, crawl
from tests.test_packaging import PROJECT

FOLDER = ROOT / "deploy"
FILES = [ROOT / "compose.yaml", FOLDER / "compose.yaml", FOLDER / "compose.postgresql.yaml"]
DOCS = [ROOT / "docs" / "deployment.md", ROOT / "docs" / "deployment.zh-CN.md"]
OF_THE_SERVER = {"POSTGRES_USER", "POSTGRES_DB", "POSTGRES_PASSWORD"}
"""What the image of PostgreSQL reads."""
OF_LIBPQ = {"PGPASSWORD"}
"""What libpq reads, inside the program."""


def services(path: Path) -> dict[str, dict[str, Any]]:
    found: dict[str, dict[str, Any]] = yaml.safe_load(path.read_text("utf-8"))["services"]
    return found


def together() -> dict[str, dict[str, Any]]:
    """Both files of `deploy/` as an engine lays the second over the first."""
    first, second = services(FILES[1]), services(FILES[2])
    crawler = {**first["crawler"], **second["crawler"]}
    crawler["environment"] = first["crawler"]["environment"] | second["crawler"]["environment"]
    return {**second, "crawler": crawler}


def of_the_dockerfile() -> str:
    return (ROOT / "Dockerfile").read_text("utf-8")


STACKS = {"daemon alone": services(FILES[0]), "sqlite": services(FILES[1]), "postgresql": together()}
EACH = [
    pytest.param(service, id=f"{stack}: {name}") for stack, all_ in STACKS.items() for name, service in all_.items()
]
OURS = [pytest.param(all_["crawler"], id=stack) for stack, all_ in STACKS.items()]


@pytest.mark.parametrize("service", EACH)
def test_no_service_may_more_than_it_must(service: dict[str, Any]) -> None:
    assert service["read_only"] is True
    assert "/tmp" in service["tmpfs"]
    assert service["cap_drop"] == ["ALL"]
    assert service["security_opt"] == ["no-new-privileges:true"]
    assert service["restart"] == "unless-stopped"
    assert re.fullmatch(r"\d+s", service["stop_grace_period"])
    assert not {"privileged", "cap_add", "network_mode", "pid", "devices"} & set(service)
    assert all(re.match(r"127\.0\.0\.1:\d+:\d+$", port) for port in service.get("ports", []))


@pytest.mark.parametrize("service", EACH[1:])
def test_nobody_is_root_and_images_have_a_tag(service: dict[str, Any]) -> None:
    assert int(service["user"].partition(":")[0]) > 0
    assert re.fullmatch(r"[a-z-]+:\d[\w.-]*", service["image"])


def test_our_image_is_of_this_version_and_user() -> None:
    service = STACKS["sqlite"]["crawler"]
    assert service["image"] == f"report-crawler:{PROJECT['project']['version']}"
    assert f"USER {service['user']}" in of_the_dockerfile()
    assert (FOLDER / service["build"] / "Dockerfile").samefile(ROOT / "Dockerfile")


@pytest.mark.parametrize("service", OURS)
def test_what_is_started_is_a_command_of_ours(service: dict[str, Any], tmp_path: Path) -> None:
    done = crawl(tmp_path, *shlex.split(service["command"]), "--help")
    assert (done.code, done.err) == (0, "")
    assert crawl(tmp_path, *shlex.split(service["command"]), "--no-such-option", "--help").code == 2


def test_the_health_check_is_a_command_of_ours_and_of_the_image(tmp_path: Path) -> None:
    how, program, *arguments = STACKS["sqlite"]["crawler"]["healthcheck"]["test"]
    assert (how, program) == ("CMD", "crawler")
    assert crawl(tmp_path, *arguments, "--help").code == 0
    assert re.search(rf'^HEALTHCHECK .* CMD \["crawler", "{arguments[0]}"\]$', of_the_dockerfile(), re.MULTILINE)


def test_the_dashboard_of_a_container_starts_for_readers_only(tmp_path: Path) -> None:
    """What the container says first, before `readers add`."""
    done = crawl(tmp_path, *shlex.split(STACKS["sqlite"]["crawler"]["command"]), "--port", "0")
    assert done.code == 2
    assert "crawler readers add" in done.err


@pytest.mark.parametrize("service", OURS)
def test_the_program_reads_what_its_environment_names(service: dict[str, Any]) -> None:
    code = "\n".join(path.read_text("utf-8") for path in (ROOT / "crawler" / "cli").glob("*.py"))
    for name in set(service["environment"]) - OF_LIBPQ:
        assert f'"{name}"' in code, name


def test_the_database_reads_what_its_environment_names() -> None:
    assert set(STACKS["postgresql"]["database"]["environment"]) == OF_THE_SERVER


def test_each_store_is_one_of_ours_and_where_it_is_kept() -> None:
    lite, server = (
        make_url(STACKS[stack]["crawler"]["environment"]["CRAWLER_DATABASE_URL"]) for stack in ("sqlite", "postgresql")
    )
    assert backend_of(lite).file_of(lite) == Path("/data/crawler.db")
    assert backend_of(server).file_of(server) is None
    database = STACKS["postgresql"]["database"]["environment"]
    assert (server.host, server.username, server.database) == (
        "database",
        database["POSTGRES_USER"],
        database["POSTGRES_DB"],
    )


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(ROOT)))
def test_no_password_stands_in_it(path: Path) -> None:
    for service in services(path).values():
        for name, text in service.get("environment", {}).items():
            assert "PASSWORD" not in name or re.match(r"\$\{[A-Z_]+:\?", text), name
            assert not re.search(r"://[^/@]*:[^/@]*@", text), name


def test_the_database_is_reached_by_the_daemon_alone() -> None:
    database, crawler = STACKS["postgresql"]["database"], STACKS["postgresql"]["crawler"]
    assert "ports" not in database
    assert database["networks"] == ["inner"]
    assert yaml.safe_load(FILES[2].read_text("utf-8"))["networks"] == {"inner": {"internal": True}}
    assert crawler["depends_on"] == {"database": {"condition": "service_healthy"}}


def test_every_volume_is_named() -> None:
    for path in FILES[1:]:
        document = yaml.safe_load(path.read_text("utf-8"))
        mounted = [volume for service in document["services"].values() for volume in service.get("volumes", [])]
        assert {volume.partition(":")[0] for volume in mounted} == set(document["volumes"])


@pytest.mark.parametrize("page", DOCS, ids=lambda page: page.name)
def test_the_documentation_starts_it_as_it_is(page: Path) -> None:
    text = page.read_text("utf-8")
    assert "COMPOSE_FILE=compose.yaml:compose.postgresql.yaml" in text
    assert "docker compose run --rm crawler readers add lin" in text
    assert text.index("readers add lin") < text.rindex("docker compose up --detach")
