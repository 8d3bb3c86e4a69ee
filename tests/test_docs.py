"""The documentation as a site: it builds strictly, nothing is missing, no page asks another host for anything."""

import html
import re
import shutil
import subprocess
import sys
import threading
import tomllib
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import pytest
from playwright.sync_api import Page, Request, expect, sync_playwright

ROOT = Path(__file__).resolve().parent.parent
DOCS = ROOT / "docs"
LOADED = re.compile(
    r"<(?:script|img|iframe)[^>]*\bsrc=\"?(?:https?:)?//|<link[^>]*\brel=\"?(?:stylesheet|preconnect|icon)[^>]*\bhref=\"?(?:https?:)?//"
)
FETCHING = re.compile(r"class=\"[^\"]*\b(?:mermaid|glightbox|arithmatex)\b|data-md-exec|data-md-component=\"?source\b")
HREF = re.compile(r"<a\b[^>]*\bhref=\"?([^\"\s>]+)")
ID = re.compile(r"\bid=\"?([^\"\s>]+)")
CHROMIUM = shutil.which("chromium")
LINK = re.compile(r"\]\((?!https?:|mailto:|#|…)([^)#\s]+)")


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the built site."""
    folder = tmp_path_factory.mktemp("docs")
    shutil.copyfile(ROOT / "zensical.toml", folder / "zensical.toml")
    shutil.copytree(DOCS, folder / "docs")
    shutil.copytree(ROOT / "deploy" / "docs", folder / "deploy" / "docs")
    command = [str(Path(sys.executable).parent / "zensical"), "build", "--strict"]
    built = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    assert built.returncode == 0, built.stdout + built.stderr
    return folder / "site"


def test_the_site_has_every_page_and_loads_nothing_from_elsewhere(site: Path) -> None:
    pages = list(site.rglob("*.html"))
    assert len(pages) > len(list(DOCS.rglob("*.md")))
    assert [path for path in pages if LOADED.search(path.read_text("utf-8"))] == []


def test_each_page_says_its_language(site: Path) -> None:
    for path in DOCS.rglob("*.md"):
        name = path.relative_to(DOCS).with_suffix("")
        made = site / ("" if name == Path("index") else name) / "index.html"
        language = "zh" if name.suffix == ".zh-CN" else "en"
        assert f'<html lang="{language}"' in made.read_text("utf-8"), name


def test_nothing_uses_what_the_sites_script_would_fetch_from_elsewhere(site: Path) -> None:
    """Diagrams, runnable code, light boxes and figures of a repository come from other hosts; no page has any."""
    for path in site.rglob("*.html"):
        assert FETCHING.search(path.read_text("utf-8")) is None, path
    project = tomllib.loads((ROOT / "zensical.toml").read_text("utf-8"))["project"]
    assert not {"repo_url", "extra_javascript", "extra_css"} & set(project)
    assert set(project["plugins"]) == {"search"}
    assert project["theme"]["font"] is False


def test_every_link_of_the_site_leads_to_a_place_of_it(site: Path) -> None:
    places = {path: set(ID.findall(path.read_text("utf-8"))) for path in site.rglob("*.html")}
    broken = []
    for path in places.keys() - {site / "404.html"}:
        for link in HREF.findall(path.read_text("utf-8")):
            address = urlsplit(html.unescape(link))
            if address.scheme or not (address.path or address.fragment):
                continue
            target = (path.parent / unquote(address.path)).resolve() if address.path else path
            target = target / "index.html" if target.is_dir() else target
            if not target.is_file() or (address.fragment and unquote(address.fragment) not in places[target]):
                broken.append(f"{path.relative_to(site)}: {link}")
    assert broken == []


@pytest.fixture
def reader(site: Path) -> Iterator[tuple[Page, str, list[str]]]:
    """A browser's page, the served site's address, and all that the browser asked for."""
    serving = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(site)))
    threading.Thread(target=serving.serve_forever, daemon=True).start()
    asked: list[str] = []
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        context = chromium.new_context()
        context.on("request", lambda request: asked.append(request.url))
        context.on("requestfailed", lambda request: asked.extend(_failed(request)))
        yield context.new_page(), f"http://127.0.0.1:{serving.server_port}/", asked
        chromium.close()
    serving.shutdown()
    serving.server_close()


class Quiet(SimpleHTTPRequestHandler):
    """Serves files and says nothing."""

    def log_message(self, format: str, *arguments: object) -> None:  # noqa: A002 (the library's name)
        pass


@pytest.mark.skipif(CHROMIUM is None, reason="no chromium on this machine")
def _failed(request: Request) -> list[str]:
    """What was asked for in vain, but for what a page no longer wanted when it was left."""
    return [] if request.failure == "net::ERR_ABORTED" else [f"failed: {request.url}"]


def test_a_reader_and_his_searches_ask_no_other_host(reader: tuple[Page, str, list[str]]) -> None:
    page, root, asked = reader
    for path in ("", "howto/new-portal/", "dashboard.zh-CN/"):
        page.goto(root + path, wait_until="networkidle")
        expect(page.get_by_role("heading", level=1).first).to_be_visible()
    assert page.evaluate("[...document.images].every((image) => image.naturalWidth > 0 || image.loading === 'lazy')")
    page.keyboard.press("Control+k")
    found = page.get_by_role("listbox")
    for words, title in (("Standard Webhooks", "Webhook"), ("授权码", "用邮件接收提醒"), ("码", "用邮件接收提醒")):
        page.get_by_role("combobox").fill(words)
        expect(found).to_contain_text(title)
    assert any(url.endswith("search.json") for url in asked)
    assert [url for url in asked if not url.startswith(root)] == []


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
