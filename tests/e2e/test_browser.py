"""The whole journey in a real browser: a page watched, an edit, its card, its text, targets, both languages.

Needs Debian's `chromium` (`.ci/run` installs it); skipped, saying so, where there is none.
"""

import re
import shutil
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from tests.support.cli import start
from tests.support.http_server import HttpServer, page

CHROMIUM = shutil.which("chromium")
SHOWN = (
    "/",
    "/targets",
    "/targets/distribution",
    "/targets?indicator=GDP",
    "/search",
    "/search?q=实惠",
    "/pages",
    "/pages/1",
    "/pages/1/versions/2",
    "/sources",
    "/alerts",
    "/status",
)

pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="no chromium on this machine")


def report(growth: str) -> bytes:
    steps = "".join(f"<p>第{n}项工作要抓紧抓实，确保年底前见到成效，让云川市的群众得到实惠。</p>" for n in range(12))
    goal = f"<p>今年发展的主要预期目标是：地区生产总值增长{growth}左右；城镇新增就业12万人以上。</p>"
    title = "云川市2031年政府工作报告"
    return page(
        f"<html><head><title>{title}</title></head><body><h1>{title}</h1><div>{steps}{goal}</div></body></html>"
    )


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield chromium
        chromium.close()


@pytest.fixture
def site() -> Iterator[HttpServer]:
    with HttpServer({"/report.html": report("6%")}) as server:
        yield server


@pytest.fixture
def link(tmp_path: Path, site: HttpServer) -> Iterator[str]:
    """The link that the daemon prints when it starts."""
    (tmp_path / "sources.yaml").write_text(
        "defaults: {every: 6h, delay: 0s}\nnetwork: {allow_private: true}\nchannels: {}\n"
        f'sources:\n  - {{id: yunchuan, url: "{site.url("/report.html")}"}}\n',
        "utf-8",
    )
    daemon = start(tmp_path, "run", "--web", "--port", "0")
    try:
        assert daemon.stdout
        yield daemon.stdout.readline().strip()
    finally:
        daemon.send_signal(signal.SIGTERM)
        _, said = daemon.communicate(timeout=60)
    assert daemon.returncode == 0, said


class Reader:
    """Somebody in front of a browser; whatever the browser complains of is noted."""

    def __init__(self, browser: Browser, language: str, link: str) -> None:
        self.context: BrowserContext = browser.new_context(locale=language)
        self.page: Page = self.context.new_page()
        self.complaints: list[str] = []
        self.page.on("console", lambda said: self.complaints.append(said.text) if said.type == "error" else None)
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.root = link.partition("?")[0].rstrip("/")
        self.page.goto(link)

    def open(self, path: str) -> None:
        self.page.goto(self.root + path)

    def wait_for(self, path: str, text: str) -> None:
        """Load a page again until it says this: checks run beside."""
        for _ in range(100):
            self.open(path)
            if self.page.get_by_text(text).count():
                return
            self.page.wait_for_timeout(200)
        raise AssertionError(f"{path} never said {text!r}:\n{self.page.inner_text('main')}")


def test_an_edit_is_read_from_its_card_to_its_text(browser: Browser, link: str, site: HttpServer) -> None:
    reader = Reader(browser, "zh-CN", link)
    expect(reader.page).to_have_url(reader.root + "/")
    reader.wait_for("/pages", "云川市2031年政府工作报告")
    reader.open("/")
    expect(reader.page.get_by_text("正在监测 1 个页面，目前没有变更。")).to_be_visible()

    site.routes["/report.html"] = report("5.5%")
    reader.open("/sources")
    reader.page.get_by_role("button", name="立即检查").click()
    expect(reader.page.get_by_role("status")).to_contain_text("yunchuan")
    reader.wait_for("/", "版本 1 → 2")
    card = reader.page.get_by_role("listitem").filter(has_text="云川市2031年政府工作报告").first
    expect(card.locator("del")).to_have_text("6%左右")
    expect(card.locator("ins")).to_have_text("5.5%左右")
    expect(card.get_by_title("未读")).to_be_visible()

    card.get_by_role("link").click()
    expect(reader.page.get_by_role("row", name=re.compile("^地区生产总值"))).to_contain_text("5.5%左右")
    change = reader.page.locator("#c1")
    expect(change.locator(".old del")).to_have_text("6%")
    expect(change.locator(".new ins")).to_have_text("5.5%")
    reader.page.keyboard.press("j")
    expect(change).to_be_focused()
    reader.page.get_by_role("link", name="行内标注").click()
    expect(reader.page.locator(".change .both")).to_contain_text("地区生产总值增长6%5.5%左右")

    reader.open("/")
    assert reader.page.get_by_title("未读").count() == 0
    reader.open("/targets?indicator=GDP")
    expect(reader.page.get_by_role("row", name=re.compile("地区生产总值"))).to_contain_text("云川市")
    reader.page.get_by_role("link", name="English").click()
    expect(reader.page.get_by_role("heading", name="Targets")).to_be_visible()
    assert reader.complaints == []


def test_every_page_can_be_read_by_everybody(browser: Browser, link: str, site: HttpServer) -> None:
    reader = Reader(browser, "en-US", link)
    reader.wait_for("/pages", "云川市2031年政府工作报告")
    site.routes["/report.html"] = report("5.5%")
    reader.open("/sources")
    reader.page.get_by_role("button", name="Check now").click()
    expect(reader.page.get_by_role("status")).to_contain_text("yunchuan")
    reader.wait_for("/", "version 1 → 2")
    for theme in ("light", "dark"):
        reader.open(f"/?theme={theme}")
        for path in SHOWN:
            reader.open(path)
            found = Axe().run(reader.page).response["violations"]
            serious = [each for each in found if each["impact"] in ("serious", "critical")]
            assert not serious, [(path, each["id"], [node["html"] for node in each["nodes"]]) for each in serious]
    reader.page.get_by_role("button", name="Log out").click()
    expect(reader.page.get_by_role("heading", name="Log in")).to_be_visible()
    assert not [each for each in Axe().run(reader.page).response["violations"] if each["impact"] == "critical"]
    assert reader.complaints == []


def test_a_phone_shows_all_of_it_without_scripts(browser: Browser, link: str) -> None:
    context = browser.new_context(java_script_enabled=False, viewport={"width": 360, "height": 700}, locale="zh-CN")
    phone = context.new_page()
    phone.goto(link)
    root = link.partition("?")[0].rstrip("/")
    for path in ("/", "/targets", "/search?q=实惠", "/pages", "/sources", "/alerts", "/status"):
        answer = phone.goto(root + path)
        assert answer is not None
        assert answer.status == 200, path
        expect(phone.get_by_role("navigation").first).to_be_visible()


def test_a_source_is_paused_and_resumed_where_the_reader_is(browser: Browser, link: str, tmp_path: Path) -> None:
    reader = Reader(browser, "en-US", link)
    reader.wait_for("/sources", "yunchuan")
    reader.page.evaluate("window.stayed = true")
    reader.page.get_by_role("button", name="Pause").press("Enter")
    expect(reader.page.get_by_role("button", name="Resume")).to_be_visible()
    assert "enabled: false" in (tmp_path / "sources.yaml").read_text("utf-8")
    reader.page.get_by_role("button", name="Resume").press("Enter")
    expect(reader.page.get_by_role("button", name="Pause")).to_be_visible()
    (tmp_path / "sources.yaml").write_text("sources: [{id: yunchuan}]\n")
    reader.page.get_by_role("button", name="Pause").click()
    expect(reader.page.get_by_text("sources.yaml:1")).to_be_visible()
    assert reader.page.evaluate("window.stayed"), "the page was not loaded anew"
    assert [said for said in reader.complaints if "409" not in said] == []
