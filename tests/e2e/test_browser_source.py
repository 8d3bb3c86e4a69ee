"""A source added in a real browser: a preview in its place, saved, and checked by the running daemon at once.

Needs Debian's `chromium` (`.ci/run` installs it); skipped, saying so, where there is none.
"""

import shutil
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect, sync_playwright

from tests.support.cli import start
from tests.support.http_server import HttpServer, page
from tests.support.web import html

CHROMIUM = shutil.which("chromium")
FILE = """\
# kept
defaults: {every: 6h, delay: 0s}
network: {allow_private: true}
sources:
  - {id: resting, url: "https://www.example.org/", enabled: false}   # kept as well
"""

pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="no chromium on this machine")


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield chromium
        chromium.close()


@pytest.fixture
def site() -> Iterator[HttpServer]:
    menu = (
        '<ul><li><a href="/list/1.html">云溪市2026年政府工作报告</a></li><li><a href="/about.html">关于</a></li></ul>'
    )
    with HttpServer({"/yunxi.html": page(html().decode()), "/list/": page(menu)}) as server:
        yield server


@pytest.fixture
def link(tmp_path: Path) -> Iterator[str]:
    """The link that the daemon prints when it starts."""
    (tmp_path / "sources.yaml").write_text(FILE, "utf-8")
    daemon = start(tmp_path, "run", "--web", "--port", "0")
    try:
        assert daemon.stdout
        yield daemon.stdout.readline().strip()
    finally:
        daemon.send_signal(signal.SIGTERM)
        _, said = daemon.communicate(timeout=60)
    assert daemon.returncode == 0, said


def opened(browser: Browser, link: str, **options: object) -> tuple[Page, list[str]]:
    """A page in front of the owner, and what the browser complains of."""
    shown = browser.new_context(locale="en-US", **options).new_page()  # type: ignore[arg-type] # whatever it takes
    complaints: list[str] = []
    shown.on("console", lambda said: complaints.append(said.text) if said.type == "error" else None)
    shown.on("pageerror", lambda error: complaints.append(str(error)))
    shown.goto(link)
    return shown, complaints


def serious(shown: Page) -> list[str]:
    """What keeps somebody from reading the page."""
    found = Axe().run(shown).response["violations"]
    return [f"{each['id']}: {each['nodes']}" for each in found if each["impact"] in ("serious", "critical")]


def test_a_source_is_looked_at_saved_and_checked(browser: Browser, link: str, site: HttpServer, tmp_path: Path) -> None:
    shown, complaints = opened(browser, link)
    shown.get_by_role("link", name="Sources").click()
    shown.get_by_role("link", name="Add a source").click()
    assert serious(shown) == []
    shown.evaluate("window.stayed = true")
    shown.get_by_label("Address", exact=True).fill(site.url("/yunxi.html"))
    shown.get_by_label("Interval", exact=True).fill("often")
    shown.get_by_role("button", name="Preview").click()
    expect(shown.get_by_role("alert")).to_be_focused()
    assert serious(shown) == []
    shown.get_by_label("Interval", exact=True).fill("1d")
    shown.get_by_role("button", name="Preview").click()
    preview = shown.get_by_role("region", name="Preview")
    expect(preview).to_contain_text("A check would take this for a report.")
    expect(preview).to_be_focused()
    expect(preview.get_by_role("row", name="地区生产总值")).to_contain_text("6%左右")
    assert shown.evaluate("window.stayed"), "the page was not loaded anew"
    expect(shown.get_by_label("Title", exact=True)).to_have_value("云溪市2026年政府工作报告")
    assert serious(shown) == []
    shown.get_by_label("Id", exact=True).fill("yunxi")
    shown.get_by_role("button", name="Save").click()
    expect(shown.get_by_role("status")).to_contain_text("yunxi is saved.")
    shown.get_by_role("status").get_by_role("button", name="Check now").click()
    expect(shown.get_by_role("status")).to_contain_text("yunxi is checked now")
    for _ in range(100):
        shown.goto(f"{link.partition('?')[0]}pages")
        if shown.get_by_role("cell", name="new", exact=True).count():
            break
        shown.wait_for_timeout(200)
    expect(shown.get_by_role("row", name="云溪市2026年政府工作报告")).to_contain_text("new")
    text = (tmp_path / "sources.yaml").read_text("utf-8")
    assert text.startswith(FILE)
    shown.goto(f"{link.partition('?')[0]}sources/yunxi/remove")
    assert serious(shown) == []
    shown.get_by_role("main").get_by_role("button", name="Remove").click()
    expect(shown.get_by_role("status")).to_contain_text("yunxi was taken out of the file")
    expect(shown.get_by_role("row", name="yunxi")).to_contain_text("at rest")
    assert (tmp_path / "sources.yaml").read_text("utf-8") == FILE
    assert [said for said in complaints if "422" not in said] == []


def test_without_scripts_on_a_phone_a_listing_is_looked_at_and_faults_are_said(
    browser: Browser, link: str, site: HttpServer
) -> None:
    viewport = {"width": 360, "height": 700}
    shown, complaints = opened(browser, link, java_script_enabled=False, viewport=viewport)
    shown.goto(f"{link.partition('?')[0]}sources/new")
    shown.get_by_label("a listing").check()
    shown.get_by_label("Address", exact=True).fill(site.url("/list/"))
    shown.get_by_role("button", name="Preview").click()
    preview = shown.get_by_role("region", name="Preview")
    expect(preview).to_contain_text("1 link of this page would be followed.")
    shown.get_by_label("Interval", exact=True).fill("often")
    shown.get_by_role("button", name="Save").click()
    expect(shown.get_by_role("alert")).to_contain_text("see beside the fields")
    expect(shown.get_by_label("Interval", exact=True)).to_have_attribute("aria-invalid", "true")
    assert shown.evaluate("document.documentElement.scrollWidth") <= 360
    assert [said for said in complaints if "422" not in said] == []
