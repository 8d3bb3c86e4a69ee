"""The whole journey in a real browser, in both languages, from an empty database to a feed that tells of an edit.

nothing is watched -> a source is added -> checked now -> its page is edited -> the card -> the text -> targets -> feed

Wherever the reader comes, the page is looked at by axe-core, in light and dark and as wide as a phone, and whatever the
Content-Security-Policy would have refused is noted. Needs Debian's `chromium` (`.ci/run` installs it); skipped, saying
so, where there is none.
"""

import re
import shutil
import signal
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect, sync_playwright

from crawler.web.locale import translated
from tests.support.cli import crawl, start
from tests.support.http_server import HttpServer, page

CHROMIUM = shutil.which("chromium")
PHONE = {"width": 360, "height": 740}
DESK = {"width": 1280, "height": 800}
VIOLATIONS = (
    "addEventListener('securitypolicyviolation', it => console.error('CSP', it.violatedDirective, it.blockedURI))"
)
TITLE = "青屿市2033年政府工作报告"
BEFORE = TITLE.replace("2033", "2032")

pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="no chromium on this machine")


def report(growth: str, title: str = TITLE) -> bytes:
    work = "".join(f"<p>第{n}件实事要落细落实，年内完成，让青屿市的居民看得见、摸得着。</p>" for n in range(1, 9))
    goals = f"<p>今年的主要预期目标是：地区生产总值增长{growth}左右；城镇新增就业8万人以上。</p>"
    return page(
        f"<html><head><title>{title}</title></head><body><h1>{title}</h1><div>{work}{goals}</div></body></html>"
    )


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield chromium
        chromium.close()


@pytest.fixture
def portal() -> Iterator[HttpServer]:
    with HttpServer({"/2033.html": report("6%"), "/2032.html": report("6.5%", BEFORE)}) as server:
        yield server


@pytest.fixture
def link(tmp_path: Path) -> Iterator[str]:
    """What a daemon prints that has nothing to watch."""
    (tmp_path / "sources.yaml").write_text("network: {allow_private: true}\nsources: []\n", "utf-8")
    daemon = start(tmp_path, "run", "--web", "--port", "0")
    try:
        assert daemon.stdout
        yield daemon.stdout.readline().strip()
    finally:
        daemon.send_signal(signal.SIGTERM)
        _, said = daemon.communicate(timeout=60)
    assert daemon.returncode == 0, said


class Journey:
    """A reader on his way; what his browser complains of is noted."""

    def __init__(self, browser: Browser, language: str, link: str) -> None:
        self.said = partial(translated, language[:2])
        self.root = link.partition("?")[0].rstrip("/")
        self.page: Page = browser.new_context(locale=language, viewport=DESK).new_page()  # type: ignore[arg-type]
        self.page.add_init_script(VIOLATIONS)
        self.complaints: list[str] = []
        self.page.on("console", lambda it: self.complaints.append(it.text) if it.type == "error" else None)
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.goto(link)

    def open(self, path: str) -> None:
        self.page.goto(self.root + path)

    def press(self, role: str, message: str) -> None:
        within = self.page.get_by_role("main")
        within.get_by_role(role, name=self.said(message)).first.click()  # type: ignore[arg-type]

    def fill(self, message: str, text: str) -> None:
        self.page.get_by_label(self.said(message), exact=True).fill(text)

    def wait_for(self, path: str, text: str) -> None:
        """Load a page again until it says this: checks run beside."""
        for _ in range(150):
            self.open(path)
            if self.page.get_by_text(text).count():
                return
            self.page.wait_for_timeout(200)
        raise AssertionError(f"{path} never said {text!r}:\n{self.page.inner_text('main')}")

    def look(self) -> None:
        """Whether everybody can read this page: in light and dark, on a desk and on a phone."""
        for scheme in ("light", "dark"):
            for viewport in (DESK, PHONE):
                self.page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
                self.page.set_viewport_size(viewport)  # type: ignore[arg-type]
                found = Axe().run(self.page).response["violations"]
                serious = [each for each in found if each["impact"] in ("serious", "critical")]
                told = [(each["id"], [node["html"] for node in each["nodes"]]) for each in serious]
                assert told == [], (self.page.url, scheme, viewport)
                assert self.page.evaluate("document.documentElement.scrollWidth") <= viewport["width"], self.page.url
        self.page.emulate_media(color_scheme="light")
        self.page.set_viewport_size(DESK)  # type: ignore[arg-type]


@pytest.mark.parametrize("language", ["zh-CN", "en-US"])
def test_from_nothing_to_a_feed_that_tells_of_an_edit(
    browser: Browser, link: str, portal: HttpServer, tmp_path: Path, language: str
) -> None:
    way = Journey(browser, language, link)
    adds_a_source(way, portal)
    checks_it_now(way, portal)
    reads_the_card_and_the_text(way)
    finds_the_targets(way)
    sees_them_over_years(way, portal)
    follows_the_feed(way, tmp_path)
    assert way.complaints == []


def adds_a_source(way: Journey, portal: HttpServer) -> None:
    expect(way.page.get_by_role("heading", name=way.said("Nothing is watched yet"))).to_be_visible()
    way.look()
    way.press("link", "Add a source")
    way.fill("Address", portal.url("/2033.html"))
    way.press("button", "Preview")
    preview = way.page.get_by_role("region", name=way.said("Preview"))
    expect(preview).to_contain_text(way.said("A check would take this for a report."))
    expect(preview.get_by_role("row", name="地区生产总值")).to_contain_text("6%左右")
    way.look()
    way.fill("Id", "qingyu")
    way.press("button", "Save")
    expect(way.page.get_by_role("status")).to_contain_text("qingyu")
    way.wait_for("/pages?state=new", TITLE)
    way.open("/")
    assert way.page.locator(".card").count() == 0, "a first version is no change"


def checks_it_now(way: Journey, portal: HttpServer) -> None:
    portal.routes["/2033.html"] = report("5.5%")
    way.open("/sources")
    way.look()
    way.press("button", "Check now")
    expect(way.page.get_by_role("status")).to_contain_text("qingyu")
    way.wait_for("/", "1 → 2")


def reads_the_card_and_the_text(way: Journey) -> None:
    card = way.page.locator(".card").filter(has_text=TITLE)
    expect(card.locator("del")).to_have_text("6%左右")
    expect(card.locator("ins")).to_have_text("5.5%左右")
    expect(card.get_by_title(way.said("not read yet"))).to_be_visible()
    way.look()
    card.get_by_role("link").click()
    expect(way.page.get_by_role("row", name=re.compile("^地区生产总值"))).to_contain_text("5.5%左右")
    expect(way.page.locator("#c1 .old del")).to_have_text("6%")
    expect(way.page.locator("#c1 .new ins")).to_have_text("5.5%")
    way.look()
    way.open("/")
    assert way.page.get_by_title(way.said("not read yet")).count() == 0


def finds_the_targets(way: Journey) -> None:
    way.open("/targets?indicator=GDP")
    expect(way.page.get_by_role("row", name=re.compile("地区生产总值"))).to_contain_text("5.5%")
    way.look()


def sees_them_over_years(way: Journey, portal: HttpServer) -> None:
    """The chart says what the table below it says, to a hand on the keyboard, too."""
    way.open("/sources")
    way.press("link", "Add a source")
    way.fill("Address", portal.url("/2032.html"))
    way.press("button", "Preview")
    way.fill("Id", "qingyu-before")
    way.press("button", "Save")
    way.wait_for("/pages?state=new", BEFORE)
    way.open("/targets?indicator=GDP")
    chart = way.page.locator("figure.chart")
    expect(chart.locator("canvas")).to_be_visible()
    chart.get_by_text(way.said("As a table")).click()
    expect(chart.get_by_role("row", name="青屿市 6.5%左右 5.5%左右")).to_be_visible()
    way.press("link", "Distribution")
    expect(way.page.locator("figure.chart canvas")).to_be_visible()
    way.look()


def follows_the_feed(way: Journey, tmp_path: Path) -> None:
    """The link leads a feed reader there, which brings a token of its own."""
    way.open("/?region=青屿市")
    address = way.page.get_by_role("link", name=way.said("Feed"), exact=True).get_attribute("href") or ""
    secret = crawl(tmp_path, "tokens", "add", "reader", "--scope", "feed").out.strip()
    stranger = way.page.context.browser.new_context(locale=way.page.evaluate("navigator.language"))  # type: ignore[union-attr]
    answer = stranger.request.get(f"{way.root}{address}&token={secret}")
    assert answer.status == 200
    entries = ET.fromstring(answer.body()).findall("{*}entry")
    assert len(entries) == 1
    assert "6%左右 → 5.5%左右" in (entries[0].findtext("{*}title") or "")
    assert stranger.request.get(f"{way.root}{address}", max_redirects=0).status == 401
    stranger.close()
