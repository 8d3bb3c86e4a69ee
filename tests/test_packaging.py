"""What is shipped: the wheel, the pinned requirements, the image's steps, and no address that only works here."""

import importlib.util
import re
import subprocess
import sys
import tomllib
import zipfile
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest
import yaml
from packaging.requirements import Requirement

ROOT = Path(__file__).resolve().parent.parent
PACKAGES = ("crawler", "storage", "alerts")
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
EXTRAS = {"web", "s3", "postgresql", "distributed", "apprise", "docs", "documents", "excel", "parquet"}

# Put together from pieces, because this file is searched too.
HOSTS = [
    ".".join(parts)
    for parts in [
        ("pypi", "org"),
        ("pythonhosted", "org"),
        ("npmjs", "org"),
        ("npmjs", "com"),
        ("deb", "debian", "org"),
        ("docker", "io"),
        ("ghcr", "io"),
        ("quay", "io"),
        ("tuna", "tsinghua"),
        ("mirrors", "aliyun"),
    ]
]
MACHINE = re.compile(r"(?<![\w.~-])/" + r"(?:work|root)(?![\w-])")


def tracked() -> list[str]:
    """The project's files as git knows them, new ones included."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    if listed.returncode:
        pytest.skip("not a git checkout")
    return [name for name in listed.stdout.splitlines() if (ROOT / name).is_file()]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Iterator[zipfile.ZipFile]:
    """The wheel that the build backend makes of this checkout."""
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", str(folder)]
    subprocess.run(command, cwd=ROOT, capture_output=True, check=True)
    [path] = folder.glob("*.whl")
    with zipfile.ZipFile(path) as archive:
        yield archive


@pytest.fixture(scope="module")
def verify() -> ModuleType:
    """The script that runs the Dockerfile's steps; it is no package, so it is loaded from its file."""
    spec = importlib.util.spec_from_file_location("docker_verify", ROOT / "docker" / "verify.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


def pins(name: str) -> dict[str, tuple[str, int]]:
    """Package: (version, number of hashes) of a compiled requirements file."""
    text = (ROOT / "requirements" / f"{name}.txt").read_text("utf-8").replace("\\\n", " ")
    lines = [line for line in text.splitlines() if line and not line.lstrip().startswith("#")]
    found = {}
    for line in lines:
        match = re.match(r"([a-z0-9.-]+)==([^\s;]+)", line)
        assert match, f"not pinned: {line[:80]}"
        found[match[1]] = (match[2], line.count("--hash=sha256:"))
    return found


def canonical(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


# --- the wheel


def test_the_wheel_holds_the_three_packages_as_they_are_in_the_checkout(wheel: zipfile.ZipFile) -> None:
    shipped = {name for name in wheel.namelist() if ".dist-info/" not in name}
    assert shipped == {name for name in tracked() if name.split("/")[0] in PACKAGES and "/" in name}


@pytest.mark.parametrize(
    "name",
    [
        *(f"{package}/py.typed" for package in PACKAGES),
        "crawler/demo/sources.yaml",
        "crawler/demo/pages/government.html",
        "crawler/demo/reports/yunxi.txt",
    ],
)
def test_the_wheel_holds_what_is_no_code(wheel: zipfile.ZipFile, name: str) -> None:
    assert name in wheel.namelist()


def test_the_wheel_holds_the_migrations(wheel: zipfile.ZipFile) -> None:
    assert any(re.match(r"storage/migrations/versions/\w+\.py", name) for name in wheel.namelist())


def test_the_wheel_makes_the_console_script_and_names_the_licence(wheel: zipfile.ZipFile) -> None:
    [scripts] = [name for name in wheel.namelist() if name.endswith("entry_points.txt")]
    assert "crawler = crawler.cli:main" in wheel.read(scripts).decode()
    assert any(name.endswith("licenses/LICENSE") for name in wheel.namelist())


# --- requirements


@pytest.mark.parametrize("name", ["runtime", "dev"])
def test_every_requirement_is_pinned_with_hashes(name: str) -> None:
    found = pins(name)
    assert found
    assert [package for package, (_, hashes) in found.items() if not hashes] == []


def test_the_pins_satisfy_what_pyproject_asks_for() -> None:
    groups = {
        "runtime": PROJECT["project"]["dependencies"] + PROJECT["build-system"]["requires"],
        "dev": [
            *PROJECT["dependency-groups"]["dev"],
            *(line for lines in PROJECT["project"]["optional-dependencies"].values() for line in lines),
        ],
    }
    for name, lines in groups.items():
        found = pins(name)
        for wanted in map(Requirement, lines):
            assert canonical(wanted.name) in found, f"{wanted} is not in requirements/{name}.txt: run compile.sh"
            assert wanted.specifier.contains(found[canonical(wanted.name)][0]), f"{wanted}: run requirements/compile.sh"


def test_development_runs_what_users_run() -> None:
    runtime, dev = pins("runtime"), pins("dev")
    assert {name: dev.get(name) for name in runtime} == runtime


def test_the_extras_are_there() -> None:
    assert set(PROJECT["project"]["optional-dependencies"]) == EXTRAS


# --- no address that only works here


def test_no_file_names_a_registry_or_a_path_of_one_machine() -> None:
    found = []
    for name in tracked():
        text = (ROOT / name).read_bytes().decode("utf-8", "replace")
        found += [f"{name}: {host}" for host in HOSTS if host in text]
        found += [f"{name}: {match[0]}" for match in MACHINE.finditer(text)]
    assert found == []


# --- the image


def test_the_dockerfile_runs_as_a_user_with_a_volume_and_a_check(verify: ModuleType) -> None:
    steps = verify.parse((ROOT / "Dockerfile").read_text("utf-8"))
    stages = [step for step in steps if step.word == "FROM"]
    assert len(stages) > 1
    final = {step.word: step.text for step in steps if step.line > stages[-1].line}
    assert not final["USER"].startswith(("0", "root"))
    assert final["VOLUME"] == final["WORKDIR"] == "/data"
    assert final["HEALTHCHECK"].startswith("CMD [")
    assert (final["ENTRYPOINT"], final["CMD"]) == ('["crawler"]', '["run"]')


def test_what_the_dockerfile_copies_is_in_the_context(verify: ModuleType, tmp_path: Path) -> None:
    verify.copy_context(ROOT, tmp_path)
    for step in verify.parse((ROOT / "Dockerfile").read_text("utf-8")):
        if step.word == "COPY" and "from" not in step.flags:
            for source in step.text.split()[:-1]:
                assert (tmp_path / source).exists(), f"Dockerfile:{step.line}: {source}"
    assert {path.name for path in tmp_path.iterdir()} == {
        "LICENSE",
        "README.md",
        "pyproject.toml",
        "requirements",
        *PACKAGES,
    }
    assert not list(tmp_path.rglob("__pycache__"))


def test_the_verifier_reads_continued_lines_flags_and_comments(verify: ModuleType) -> None:
    text = "# note\nFROM a AS b\nRUN one && \\\n    two\n\nCOPY --from=b --chown=1:1 /x /y\n"
    assert [(step.line, step.word, step.flags, step.text) for step in verify.parse(text)] == [
        (2, "FROM", {}, "a AS b"),
        (3, "RUN", {}, "one && two"),
        (6, "COPY", {"from": "b", "chown": "1:1"}, "/x /y"),
    ]


@pytest.mark.parametrize(
    ("path", "out"),
    [
        ("crawler/app.py", False),
        ("crawler/__pycache__/app.pyc", True),
        ("tests/test_x.py", True),
        ("README.md", False),
        ("docs/README.md", True),
    ],
)
def test_the_verifier_reads_dockerignore_as_a_builder_does(verify: ModuleType, path: str, out: bool) -> None:
    assert verify.ignored(path, ["*", "!crawler", "!README.md", "**/__pycache__"]) is out


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A tiny project with an image of its own."""
    (tmp_path / "project").mkdir()
    (tmp_path / "project" / ".dockerignore").write_text("*\n!word\n")
    (tmp_path / "project" / "word").write_text("spoken\n")
    return tmp_path / "project"


def build(verify: ModuleType, project: Path, *lines: str) -> Path:
    (project / "Dockerfile").write_text("\n".join(lines))
    home = project.parent / "home"
    root: Path = verify.build(home, project).root
    return root


def test_the_verifier_carries_out_the_steps_in_each_stages_own_root(verify: ModuleType, project: Path) -> None:
    root = build(
        verify,
        project,
        "FROM python AS first",
        "ENV SAID=twice",
        "WORKDIR /src",
        "COPY word ./",
        "RUN mkdir /opt && cat word word > /opt/$SAID",
        "FROM python",
        "COPY --from=first /opt /opt",
    )
    assert (root / "opt" / "twice").read_text() == "spoken\nspoken\n"
    assert not (root / "src").exists()


@pytest.mark.parametrize(
    ("line", "complaint"),
    [
        ("RUN exit 3", r"Dockerfile:2: RUN: exit code 3"),
        ("COPY missing ./", r"Dockerfile:2: COPY: missing is not in the build context"),
        ("COPY --from=other /x /y", r"Dockerfile:2: COPY: /x is not in other"),
        ("COPY --chown=1 word ./", r"Dockerfile:2: COPY: docker/verify.py does not know --chown"),
        ("USER 0", r"Dockerfile:2: USER: the image runs as root"),
        ("ONBUILD RUN x", r"Dockerfile:2: ONBUILD: docker/verify.py does not know ONBUILD"),
    ],
)
def test_the_verifier_names_the_step_that_is_broken(
    verify: ModuleType, project: Path, line: str, complaint: str
) -> None:
    with pytest.raises(verify.Broken, match=complaint):
        build(verify, project, "FROM python", line)


def test_the_compose_file_grants_nothing_it_need_not() -> None:
    service = yaml.safe_load((ROOT / "compose.yaml").read_text("utf-8"))["services"]["crawler"]
    assert service["read_only"] is True
    assert service["cap_drop"] == ["ALL"]
    assert service["security_opt"] == ["no-new-privileges:true"]
    assert service["restart"] == "unless-stopped"
    assert "data:/data" in service["volumes"]
    assert "privileged" not in service
    assert "ports" not in service
