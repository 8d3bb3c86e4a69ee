"""The documentation as a site: it builds strictly, nothing is missing, no page asks another host for anything."""

import re
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
DOCS = ROOT / "docs"
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


def test_every_page_stands_in_the_navigation_and_each_entry_leads_to_one() -> None:
    named = list(_named(tomllib.loads((ROOT / "zensical.toml").read_text("utf-8"))["project"]["nav"]))
    pages = [path.relative_to(DOCS).as_posix() for path in DOCS.rglob("*.md")]
    assert sorted(named) == sorted(pages)


def test_chinese_pages_have_a_part_of_their_own() -> None:
    *others, chinese = tomllib.loads((ROOT / "zensical.toml").read_text("utf-8"))["project"]["nav"]
    assert [name for name in _named(others) if ".zh-CN." in name] == []
    assert [name for name in _named([chinese]) if ".zh-CN." not in name] == []


def _named(entries: list[dict[str, Any]]) -> Iterator[str]:
    for entry in entries:
        for each in entry.values():
            yield from [each] if isinstance(each, str) else _named(each)


def test_every_link_to_a_file_leads_to_one_and_none_out_of_the_site() -> None:
    for path in [*ROOT.glob("README*.md"), *DOCS.rglob("*.md")]:
        links = [(path.parent / link).resolve() for link in LINK.findall(path.read_text("utf-8"))]
        assert [link for link in links if not link.exists()] == [], path.name
        outside = [link for link in links if not link.is_relative_to(DOCS)]
        assert not outside or not path.is_relative_to(DOCS), path.name


def test_the_pictures_are_small_and_each_look_has_all_of_them() -> None:
    pictures = list((DOCS / "assets" / "screenshots").iterdir())
    looks = {path.stem.rpartition("-")[2] for path in pictures}
    assert looks == {"desktop", "phone", "dark"}
    shown = {path.stem.rpartition("-")[0] for path in pictures}
    assert {path.name for path in pictures} == {f"{name}-{look}.png" for name in shown for look in looks}
    assert sum(path.stat().st_size for path in pictures) < 1_500_000
