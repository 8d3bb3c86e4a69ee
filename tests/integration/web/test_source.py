"""Adding, editing and removing a source: a look at a real site, and a file in which every comment stays."""

import html as markup
import re
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from crawler.app import load_config
from tests.support.dashboard import Browser, Dashboard
from tests.support.http_server import HttpServer, page
from tests.support.values import PARAGRAPHS
from tests.support.web import html

FILE = """\
# Our watch list; keep it in order.
defaults: {every: 6h, delay: 0s}   # for all
network: {allow_private: true}
channels:
    desk: {type: webhook, url: "https://hooks.example.org/x"}   # the desk

sources:
  # --- the north
  - id: qinghe            # a county
    title: &name 清河县政府工作报告
    url: "https://www.example.org/qinghe.html"   # its portal
    body:
      drop:
        - '#ad'   # advert
    # every: 1h

  # --- the south
  - {id: yunxi, url: 'https://www.example.org/${REGION}/yunxi.html', watch: {targets: [就业], added: false}}
"""
MENU = (
    '<ul><li><a href="/list/1.html">云溪市2026年政府工作报告</a></li><li><a href="/about.html">关于我们</a></li></ul>'
)


@pytest.fixture
def config(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("REGION", "a-secret-of-the-environment")
    path = tmp_path / "sources.yaml"
    path.write_text(FILE, "utf-8")
    return path


@pytest.fixture
def browser(dashboard: Dashboard) -> Iterator[Browser]:
    with dashboard.browser() as browser:
        yield browser


@pytest.fixture
def site() -> Iterator[HttpServer]:
    routes = {"/yunxi.html": page(html().decode()), "/list/": page(MENU)}
    with HttpServer(routes) as server:
        yield server


def filled(answer: httpx.Response) -> dict[str, str]:
    """The fields of the form as they stand on a page."""
    text = answer.text.partition('class="sheet"')[2]
    fields = {
        name: markup.unescape(shown)
        for name, shown in re.findall(r'<input (?:id="[^"]*" |type="hidden" )?name="([^"]+)" value="([^"]*)"', text)
    }
    for name, shown in re.findall(r'<textarea [^>]*name="([^"]+)"[^>]*>\n(.*?)</textarea>', text, re.DOTALL):
        fields[name] = markup.unescape(shown)
    for name, choices in re.findall(r'<select [^>]*name="([^"]+)"[^>]*>(.*?)</select>', text):
        fields[name] = next(iter(re.findall(r'value="(\w*)" selected', choices)), "")
    fields["kind"] = re.findall(r'name="kind" value="(\w+)" checked', text)[0]
    return fields


def saved(browser: Browser, path: str, **typed: str) -> httpx.Response:
    """A form opened, filled in and sent."""
    return browser.post(path, data={**filled(browser.get(path)), **typed})


def words(answer: httpx.Response) -> str:
    """What a person reads on a page."""
    return markup.unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.text)))


def test_a_source_is_added_and_nothing_else_of_the_file_moves(browser: Browser, config: Path) -> None:
    answer = saved(browser, "/sources/new", id="songlan", address="https://www.example.org/songlan.html", every="1d")
    assert (answer.status_code, answer.headers["location"]) == (303, "/sources?saved=songlan")
    added = "\n  - id: songlan\n    url: https://www.example.org/songlan.html\n    every: 1d\n"
    assert config.read_text("utf-8") == FILE + added
    after = browser.get(answer.headers["location"])
    assert "songlan is saved." in words(after)
    assert 'action="/sources/songlan/check"' in after.text, "checking it now is offered"
    assert 'href="/sources/songlan/edit"' in after.text


def test_a_form_shows_what_the_file_says_and_saves_only_what_was_changed(browser: Browser, config: Path) -> None:
    shown = filled(browser.get("/sources/qinghe/edit"))
    assert (shown["title"], shown["address"], shown["body.drop"]) == (
        "清河县政府工作报告",
        "https://www.example.org/qinghe.html",
        "#ad",
    )
    assert saved(browser, "/sources/qinghe/edit").status_code == 303
    assert config.read_text("utf-8") == FILE, "nothing was changed, so nothing is"
    answer = saved(browser, "/sources/qinghe/edit", title="清河县 2026", every="12h", **{"body.drop": "#ad\r\n.more"})
    assert answer.status_code == 303
    expected = FILE.replace("清河县政府工作报告", "清河县 2026").replace("# advert\n", "# advert\n        - .more\n")
    expected = expected.replace("# its portal\n", "# its portal\n    every: 12h\n")
    assert config.read_text("utf-8") == expected


def test_what_a_form_cannot_show_stays_as_it_is(browser: Browser, config: Path) -> None:
    opened = browser.get("/sources/yunxi/edit")
    assert filled(opened)["address"] == "https://www.example.org/${REGION}/yunxi.html"
    assert "a-secret-of-the-environment" not in opened.text
    assert "watch.added" in words(opened)
    assert saved(browser, "/sources/yunxi/edit", **{"watch.targets": "就业, 地区生产总值"}).status_code == 303
    assert config.read_text("utf-8") == FILE.replace("[就业]", "[就业, 地区生产总值]")


def test_a_page_becomes_a_listing(browser: Browser, config: Path) -> None:
    typed = {"kind": "listing", "address": "https://www.example.org/list/", "match": r"/\d+\.html$"}
    assert saved(browser, "/sources/qinghe/edit", **typed).status_code == 303
    source = load_config(str(config)).sources[0]
    assert (source.url, source.listing, source.match) == (None, "https://www.example.org/list/", r"/\d+\.html$")


def test_faults_stand_beside_their_fields_and_what_was_typed_stays(browser: Browser, config: Path) -> None:
    typed = {
        "id": "a b",
        "address": "javascript:alert(1)",
        "every": "6 hours",
        "cron": "30 8 * *",
        "match": "(",
        "max_pages": "many",
        "told": "chosen",
        "alert": "desc",
        "body.select": "//div",
        "watch.min_change": "-1",
    }
    answer = saved(browser, "/sources/new", **typed)
    assert answer.status_code == 422
    for name, fault in (
        ("id", "expected 1 to 100 letters"),
        ("address", "it must start with http:// or https://"),
        ("every", "expected a duration such as 30s, 5m, 6h or 1d"),
        ("cron", "it has 4"),
        ("match", "expected a regular expression"),
        ("max_pages", "expected a whole number from 1 to 10000"),
        ("alert", "did you mean &#34;desk&#34;"),
        ("body.select", "XPath is not supported"),
        ("watch.min_change", "expected a number of 0 or more"),
    ):
        beside = answer.text.partition(f'id="hint-{name}"')[2].partition("</div>")[0]
        assert fault in beside, name
    assert {name: filled(answer)[name] for name in typed} == typed
    assert config.read_text("utf-8") == FILE


def test_an_id_that_is_taken_is_said_beside_it(browser: Browser, config: Path) -> None:
    answer = saved(browser, "/sources/new", id="qinghe", address="https://www.example.org/x.html")
    assert answer.status_code == 422
    assert "is already taken in line 9" in words(answer)


def test_an_id_is_made_of_the_address_where_none_is_typed(browser: Browser, config: Path) -> None:
    for expected in ("example.org-report", "example.org-report-2"):
        answer = saved(browser, "/sources/new", address="https://www.example.org/report.html")
        assert answer.headers["location"] == f"/sources?saved={expected}"
    assert [each.id for each in load_config(str(config)).sources][2:] == ["example.org-report", "example.org-report-2"]


def test_a_preview_shows_what_will_be_extracted_and_stores_nothing(
    browser: Browser, config: Path, site: HttpServer, dashboard: Dashboard
) -> None:
    form = filled(browser.get("/sources/new")) | {"address": site.url("/yunxi.html")}
    answer = browser.post("/sources/preview", data=form)
    assert answer.status_code == 200
    shown = words(answer)
    for expected in (
        "A check would take this for a report.",
        "云溪市",
        "2026",
        PARAGRAPHS[0],
        PARAGRAPHS[-1],
        "6%左右",
    ):
        assert expected in shown
    assert filled(answer)["title"] == "云溪市2026年政府工作报告", "it is suggested"
    assert filled(answer)["id"] == "127.0.0.1-yunxi"
    assert config.read_text("utf-8") == FILE
    assert "yunxi.html" not in words(browser.get("/pages"))
    assert site.targets == ["/robots.txt", "/yunxi.html"]


def test_a_preview_of_a_listing_shows_the_links_that_would_be_followed(browser: Browser, site: HttpServer) -> None:
    form = filled(browser.get("/sources/new")) | {"kind": "listing", "address": site.url("/list/")}
    shown = words(browser.post("/sources/preview", data=form))
    assert "1 link of this page would be followed." in shown
    assert shown.index("Followed") < shown.index(site.url("/list/1.html")) < shown.index("Passed over")
    assert shown.index("Passed over") < shown.index(site.url("/about.html"))
    nothing = words(browser.post("/sources/preview", data={**form, "match": "nowhere"}))
    assert "No link of this page would be followed." in nothing
