"""The documentation as a site: it builds strictly, nothing is missing, no page asks another host for anything."""

import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LOADED = re.compile(
    r"<(?:script|img|iframe)[^>]*\bsrc=\"?(?:https?:)?//|<link[^>]*\brel=\"?(?:stylesheet|preconnect|icon)[^>]*\bhref=\"?(?:https?:)?//"
)
LINK = re.compile(r"\]\((?!https?:|mailto:|#|…)([^)#\s]+)")


def test_the_site_builds_strictly_and_loads_nothing_from_elsewhere(tmp_path: Path) -> None:
    config = (ROOT / "zensical.toml").read_text("utf-8")
    (tmp_path / "zensical.toml").write_text(config, "utf-8")
    shutil.copytree(ROOT / "docs", tmp_path / "docs")
    command = [str(Path(sys.executable).parent / "zensical"), "build", "--strict"]
    built = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert built.returncode == 0, built.stdout + built.stderr
    pages = list((tmp_path / "site").rglob("*.html"))
    assert len(pages) > len(list((ROOT / "docs").glob("*.md")))
    assert [path.name for path in pages if LOADED.search(path.read_text("utf-8"))] == []


def test_the_pages_that_the_site_lists_are_there() -> None:
    nav = tomllib.loads((ROOT / "zensical.toml").read_text("utf-8"))["project"]["nav"]
    named = [name for entry in nav for names in entry.values() for name in names]
    assert [name for name in named if not (ROOT / "docs" / name).is_file()] == []


def test_every_link_to_a_file_leads_to_one() -> None:
    for path in [*ROOT.glob("README*.md"), *(ROOT / "docs").rglob("*.md")]:
        broken = [link for link in LINK.findall(path.read_text("utf-8")) if not (path.parent / link).exists()]
        assert not broken, f"{path.name}: {broken}"
