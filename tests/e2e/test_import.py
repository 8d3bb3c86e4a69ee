"""`crawler import` as a user runs it: a look first, then sources in the file, and the rest of it as it was."""

import shutil
from pathlib import Path

import pytest

from tests.support.cli import ROOT, crawl
from tests.support.imports import FOLDER, backup

MINE = """\
# mine
defaults: {every: 1d}   # daily
sources:
  - id: yunxi                # watched for years
    url: "https://www.yunxi.example/report.html"
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "sources.yaml").write_text(MINE, "utf-8")
    for file in FOLDER.iterdir():
        if file.is_file():
            shutil.copy(file, tmp_path)
    (tmp_path / "backup.zip").write_bytes(backup())
    return tmp_path


def written(folder: Path) -> str:
    return (folder / "sources.yaml").read_text("utf-8")


@pytest.mark.parametrize(
    ("name", "form"),
    [
        ("list.txt", "urls"),
        ("jobs.yaml", "webchanges"),
        ("table.csv", "csv"),
        ("outline.opml", "opml"),
        ("url-watches.json", "changedetection"),
        ("backup.zip", "changedetection"),
    ],
)
def test_a_look_first_then_the_import_then_nothing_new(folder: Path, name: str, form: str) -> None:
    look = crawl(folder, "import", name, "--dry-run", "--json")
    assert (look.code, look.json["format"], look.json["written"]) == (1, form, False)
    assert written(folder) == MINE
    done = crawl(folder, "import", name, "--json")
    assert done.json == {**look.json, "written": True}
    assert written(folder).startswith(MINE)
    known = {row["id"] for row in done.json["added"]}
    assert crawl(folder, "check", "--json").json["sources"] == 1 + len(known)
    again = crawl(folder, "import", name, "--json").json
    assert (again["added"], again["written"]) == ([], False)
    assert {row["of"] for row in again["duplicates"]} >= known


def test_people_are_told_what_came_and_what_did_not(folder: Path) -> None:
    said = crawl(folder, "import", "jobs.yaml").out
    for words in ("qinghe.example-report", "not taken over", "filter grep", "there already", "yunxi", "not imported"):
        assert words in said
    assert "4 sources added to sources.yaml, 1 there already, 9 not imported" in said
    assert "hunter2" not in said
    assert "# ask the county office" in written(folder)


def test_a_clean_import_ends_well(folder: Path) -> None:
    ran = crawl(folder, "import", "-", given=b"http://neu.example/a.html\n")
    assert (ran.code, ran.err) == (0, "")
    assert "1 source added to sources.yaml, 0 there already, 0 not imported" in ran.out
    assert "neu.example-a" in written(folder)


def test_the_first_import_makes_the_file(tmp_path: Path) -> None:
    shutil.copy(FOLDER / "list.txt", tmp_path)
    assert crawl(tmp_path, "import", "list.txt").code == 1
    assert crawl(tmp_path, "check", "--json").json["sources"] == 7


def test_the_shipped_file_takes_an_import_as_it_stands(tmp_path: Path) -> None:
    shutil.copy(ROOT / "sources.yaml", tmp_path)
    assert crawl(tmp_path, "import", "-", given=b"http://neu.example/a.html\n").code == 0
    before = (ROOT / "sources.yaml").read_text("utf-8")
    assert written(tmp_path) == before + "\n  - id: neu.example-a\n    url: http://neu.example/a.html\n"


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        (["missing.txt"], "missing.txt: cannot be read: No such file"),
        (["."], ".: cannot be read: Is a directory"),
        (["large.txt"], "large.txt: larger than 10 MB"),
        (["broken.zip"], "broken.zip: this zip archive is damaged"),
        (["list.txt", "--format", "opml"], "list.txt: line 1: this is not valid XML"),
        (["sources.yaml"], "sources.yaml: this is a sources.yaml of this program"),
    ],
)
def test_what_cannot_be_read_changes_nothing(folder: Path, arguments: list[str], complaint: str) -> None:
    (folder / "large.txt").write_bytes(b"http://a.example/\n" * 3_000_000)
    (folder / "broken.zip").write_bytes(backup()[:200])
    ran = crawl(folder, "import", *arguments)
    assert (ran.code, ran.out) == (2, "")
    assert complaint in ran.err
    assert "Traceback" not in ran.err
    assert written(folder) == MINE


def test_a_file_of_sources_with_faults_is_not_added_to(folder: Path) -> None:
    (folder / "sources.yaml").write_text(MINE + "    every: often\n", "utf-8")
    ran = crawl(folder, "import", "list.txt")
    assert ran.code == 2
    assert "sources.yaml:6" in ran.err
    assert "example.org" not in written(folder)
