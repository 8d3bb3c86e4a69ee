"""The composition root, as far as it is more than wiring."""

import shutil
from importlib import metadata
from pathlib import Path

import pytest

import crawler
from crawler.app import code_of_rules

PACKAGE = Path(crawler.__file__).parent


@pytest.fixture
def package(tmp_path: Path) -> Path:
    return shutil.copytree(PACKAGE, tmp_path / "crawler", ignore=shutil.ignore_patterns("__pycache__"))


def test_the_same_rules_have_the_same_name_wherever_they_are_installed(package: Path) -> None:
    assert code_of_rules(package) == code_of_rules()


@pytest.mark.parametrize("name", ["extract/phrases.py", "targets/grammar.py", "text.py", "charset.py", "reports.py"])
def test_other_rules_have_another_name(package: Path, name: str) -> None:
    with (package / name).open("a", encoding="utf-8") as file:
        file.write("# better\n")
    assert code_of_rules(package) != code_of_rules()


def test_what_does_not_read_pages_leaves_the_name_alone(package: Path) -> None:
    with (package / "cli" / "main.py").open("a", encoding="utf-8") as file:
        file.write("# prettier\n")
    assert code_of_rules(package) == code_of_rules()


def test_the_name_needs_no_extra(package: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(name: str) -> str:
        raise metadata.PackageNotFoundError(name)

    monkeypatch.setattr(metadata, "version", missing)
    assert len(code_of_rules(package)) == len(code_of_rules())
