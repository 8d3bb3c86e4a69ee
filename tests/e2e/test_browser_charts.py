"""Charts in a real browser: drawn, walked by keys, in both languages and both colours, on a desk and on a phone.

Needs Debian's `chromium` (`.ci/run` installs it); skipped, saying so, where there is none.
"""

import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect, sync_playwright

from tests.support.dashboard import TOKEN, Clock, Dashboard, office_of, running
from tests.support.store import changed, document, opened, source, target, watch

CHROMIUM = shutil.which("chromium")
PHONE = {"width": 360, "height": 740}
DESK = {"width": 1280, "height": 800}
VIOLATIONS = (
    "addEventListener('securitypolicyviolation', it => console.error('CSP', it.violatedDirective, it.blockedURI))"
)
ENDS = {2031: ("6", "6"), 2032: ("5.5", "6"), 2033: ("5", None)}
"""What every region promises: a value, a range, a bound. So the line drawn last covers the others."""
PAINTED = """canvas => {
  const drawn = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height).data;
  const colours = new Set();
  for (let at = 0; at < drawn.length; at += 4) if (drawn[at + 3] === 255) colours.add(drawn.slice(at, at + 3).join());
  return [...colours];
}"""
"""The colours on a canvas that cover what is below them."""

pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="no chromium on this machine")


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield chromium
        chromium.close()


@pytest.fixture(scope="module")
def dashboard(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Dashboard]:
    """Three years of the reports of three places."""
    folder: Path = tmp_path_factory.mktemp("charts")
    told = [(region, year) for region in ("丘原县", "云川市", "青屿市") for year in ENDS]
    (folder / "sources.yaml").write_text("sources: []\n", "utf-8")
    with opened(folder / "crawler.db") as store:
        due = watch(store, *(source(f"s{number}") for number in range(len(told))))
        for page, (region, year) in zip(due, told, strict=True):
            low, high = (None if each is None else Decimal(each) for each in ENDS[year])
            relation = "at_least" if high is None else "eq" if low == high else "range"
            plain = target("地区生产总值", "1", kind="growth", unit="%", period=str(year))
            read = document(
                region, region=region, year=year, targets=(replace(plain, relation=relation, low=low, high=high),)
            )
            store.record(changed(page, read=read))
        with running(office_of(store, folder / "sources.yaml", Clock())) as dashboard:
            yield dashboard


class Reader:
    """Somebody in front of a browser; whatever the browser complains of is noted."""

    def __init__(self, browser: Browser, dashboard: Dashboard, language: str, colours: str = "light") -> None:
        self.page: Page = browser.new_context(locale=language, color_scheme=colours, viewport=DESK).new_page()  # type: ignore[arg-type]
        self.complaints: list[str] = []
        self.root = dashboard.url
        self.page.add_init_script(VIOLATIONS)
        self.page.on("console", lambda said: self.complaints.append(said.text) if said.type == "error" else None)
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.goto(f"{self.root}/?token={TOKEN}")

    def open(self, path: str) -> None:
        self.page.goto(self.root + path)
        expect(self.page.locator(".plot canvas")).to_be_visible()

    def serious(self) -> list[str]:
        """What hinders readers, as axe-core sees it."""
        found = Axe().run(self.page).response["violations"]
        return [f"{each['id']}: {each['nodes']}" for each in found if each["impact"] in ("serious", "critical")]

    def painted(self) -> set[str]:
        return set(self.page.locator(".plot canvas").evaluate(PAINTED))

    def wait_until(self, true: Callable[[], bool]) -> None:
        """Until the page has come so far; it allows no script of ours to wait in it."""
        for _ in range(100):
            if true():
                return
            self.page.wait_for_timeout(50)
        raise AssertionError(self.page.inner_text("main"))

    def width_of(self, what: str) -> int:
        return int(self.page.locator(what).evaluate("element => element.scrollWidth"))

    def colour(self, name: str) -> str:
        """A custom property as it looks now: 1,2,3."""
        shown = self.page.evaluate(
            "name => { document.body.style.color = `var(--${name})`; return getComputedStyle(document.body).color }",
            name,
        )
        return str(shown).removeprefix("rgb(").rstrip(")").replace(" ", "")


@pytest.mark.parametrize(("language", "growth"), [("zh-CN", "增长"), ("en-GB", "growth")])
@pytest.mark.parametrize("colours", ["light", "dark"])
def test_a_chart_is_drawn_in_the_reader_s_language_and_colours(
    browser: Browser, dashboard: Dashboard, language: str, growth: str, colours: str
) -> None:
    reader = Reader(browser, dashboard, language, colours)
    for path in ("/targets?indicator=GDP", "/targets/distribution?year=2032"):
        reader.open(path)
        expect(reader.page.locator("figcaption").first).to_contain_text(growth)
        assert reader.serious() == []
        wanted = reader.colour("three" if "indicator" in path else "link")
        assert wanted in reader.painted(), (path, wanted)
        reader.page.set_viewport_size(PHONE)  # type: ignore[arg-type]
        reader.wait_until(lambda: 200 < reader.width_of(".uplot") < PHONE["width"])
        assert reader.width_of("html") <= PHONE["width"]
        reader.page.set_viewport_size(DESK)  # type: ignore[arg-type]
    assert reader.complaints == []


def test_keys_walk_along_the_years_and_buttons_hide_lines(browser: Browser, dashboard: Dashboard) -> None:
    reader = Reader(browser, dashboard, "en-GB")
    reader.open("/targets?indicator=GDP")
    said = reader.page.get_by_role("status")
    reader.page.locator(".plot").focus()
    reader.page.keyboard.press("ArrowRight")
    expect(said).to_contain_text("2031")
    expect(said).to_contain_text("云川市 6%")
    reader.page.keyboard.press("ArrowRight")
    expect(said).to_contain_text("丘原县 5.5%—6%")
    reader.page.keyboard.press("End")
    expect(said).to_contain_text("青屿市 5%以上")
    button = reader.page.get_by_role("button", name="青屿市")
    gone = reader.colour("three")
    assert gone in reader.painted()
    button.press("Enter")
    expect(button).to_have_attribute("aria-pressed", "false")
    reader.wait_until(lambda: gone not in reader.painted())
    reader.page.locator(".plot").focus()
    reader.page.keyboard.press("Home")
    expect(said).not_to_contain_text("青屿市")
    assert reader.complaints == []


def test_colours_follow_the_system_while_the_page_is_open(browser: Browser, dashboard: Dashboard) -> None:
    reader = Reader(browser, dashboard, "zh-CN", "light")
    reader.open("/targets/distribution")
    before = reader.painted()
    reader.page.emulate_media(color_scheme="dark")
    after = reader.colour("link")
    assert after not in before
    reader.wait_until(lambda: after in reader.painted())
    assert reader.complaints == []


def test_without_scripts_the_same_numbers_stand_in_a_table(browser: Browser, dashboard: Dashboard) -> None:
    page = browser.new_context(java_script_enabled=False, viewport=PHONE, locale="en-GB").new_page()  # type: ignore[arg-type]
    page.goto(f"{dashboard.url}/?token={TOKEN}")
    page.goto(f"{dashboard.url}/targets?indicator=GDP")
    expect(page.get_by_role("row", name="云川市 6% 5.5%—6% 5%以上")).to_be_visible()
    assert page.locator(".plot").count() == 0
    page.goto(f"{dashboard.url}/targets/distribution?year=2032")
    expect(page.get_by_role("row", name="5.5 – 6.0 %")).to_contain_text("丘原县")
