"""Adding, editing and removing a source: a look at a real site, and a file in which every comment stays."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from crawler import sourcefile
from crawler.app import load_config
from crawler.errors import UsageError
from tests.support.dashboard import Browser, Dashboard
from tests.support.forms import FILE, filled, previewed, saved, words
from tests.support.http_server import HttpServer, page
from tests.support.values import PARAGRAPHS
from tests.support.web import html

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
    answer = previewed(browser, "/sources/new", address=site.url("/yunxi.html"))
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
    listing = {"kind": "listing", "address": site.url("/list/")}
    shown = words(previewed(browser, "/sources/new", **listing))
    assert "1 link of this page would be followed." in shown
    assert shown.index("Followed") < shown.index(site.url("/list/1.html")) < shown.index("Passed over")
    assert shown.index("Passed over") < shown.index(site.url("/about.html"))
    nothing = words(previewed(browser, "/sources/new", **listing, match="nowhere"))
    assert "No link of this page would be followed." in nothing


def test_the_preview_of_an_edit_is_of_what_is_typed(browser: Browser, config: Path, site: HttpServer) -> None:
    answer = previewed(browser, "/sources/qinghe/edit", address=site.url("/yunxi.html"), **{"body.select": "div.text"})
    assert "in the element that body.select names (div.text)" in words(answer)
    assert "name the element of the text" in words(answer)
    assert filled(answer)["title"] == "清河县政府工作报告", "what stands there is not replaced"
    assert 'action="/sources/qinghe/edit"' in answer.text
    assert config.read_text("utf-8") == FILE


def test_another_editor_is_never_written_over(browser: Browser, config: Path) -> None:
    form = filled(browser.get("/sources/qinghe/edit"))
    theirs = FILE.replace("清河县政府工作报告", "清河县（另一人改）") + "# more\n"
    config.write_text(theirs, "utf-8")
    answer = browser.post("/sources/qinghe/edit", data={**form, "title": "清河县（我改）", "every": "3h"})
    assert answer.status_code == 409
    assert config.read_text("utf-8") == theirs
    shown = words(answer)
    assert "Somebody else changed the file meanwhile. Nothing was written." in shown
    assert re.search(r"Title\s+清河县（另一人改）\s+清河县（我改）", shown), "both stand beside each other"
    again = filled(answer)
    assert (again["title"], again["every"]) == ("清河县（我改）", "3h"), "what was typed stays"
    assert browser.post("/sources/qinghe/edit", data=again).status_code == 303
    assert config.read_text("utf-8") == theirs.replace("清河县（另一人改）", "清河县（我改）").replace(
        "# its portal\n", "# its portal\n    every: 3h\n"
    )


def test_a_change_elsewhere_in_the_file_is_told_and_kept(browser: Browser, config: Path) -> None:
    opened = filled(browser.get("/sources/new"))
    config.write_text(FILE + "# a note\n", "utf-8")
    answer = browser.post("/sources/new", data={**opened, "id": "x", "address": "https://www.example.org/x.html"})
    assert (answer.status_code, config.read_text("utf-8")) == (409, FILE + "# a note\n")
    assert "No source of this id is in it." in words(answer)
    assert browser.post("/sources/new", data=filled(answer)).status_code == 303
    assert "# a note\n" in config.read_text("utf-8")
    assert load_config(str(config)).sources[-1].id == "x"


def test_a_source_that_somebody_removed_meanwhile_can_be_put_in_again(browser: Browser, config: Path) -> None:
    form = filled(browser.get("/sources/yunxi/edit"))
    left = FILE[: FILE.index("  # --- the south")]
    config.write_text(left, "utf-8")
    typed = {**form, "address": "https://www.example.org/yunxi.html", "title": "云溪"}
    answer = browser.post("/sources/yunxi/edit", data=typed)
    assert answer.status_code == 409
    assert "This source is no longer in it." in words(answer)
    again = filled(answer)
    assert (again["id"], again["title"]) == ("yunxi", "云溪")
    assert browser.post("/sources/new", data=again).status_code == 303
    assert [each.id for each in load_config(str(config)).sources] == ["qinghe", "yunxi"]


def test_of_two_forms_opened_at_once_the_second_is_refused(browser: Browser, config: Path) -> None:
    forms = [filled(browser.get("/sources/new")) for _ in range(2)]
    answers = [
        browser.post("/sources/new", data={**form, "id": f"s{n}", "address": "https://www.example.org/x.html"})
        for n, form in enumerate(forms)
    ]
    assert [answer.status_code for answer in answers] == [303, 409]
    assert [each.id for each in load_config(str(config)).sources] == ["qinghe", "yunxi", "s0"]


def test_a_source_is_removed_after_it_was_asked(browser: Browser, config: Path) -> None:
    asked = browser.get("/sources/qinghe/remove")
    assert "- id: qinghe            # a county" in asked.text
    assert "id: yunxi" not in words(asked)
    form = dict(re.findall(r'name="(csrf|seen)" value="(\w*)"', asked.text))
    answer = browser.post("/sources/qinghe/remove", data=form)
    assert (answer.status_code, answer.headers["location"]) == (303, "/sources?removed=qinghe")
    text = config.read_text("utf-8")
    assert "qinghe" not in text
    assert "# --- the south" in text
    assert "what is stored of it stays" in words(browser.get(answer.headers["location"]))
    assert browser.get("/sources/qinghe/remove").status_code == 404
    last = browser.get("/sources/yunxi/remove")
    assert last.status_code == 409
    assert "is the only source" in words(last)
    assert 'action="/sources/yunxi/pause"' in last.text


def test_a_removal_is_asked_again_where_the_file_changed_meanwhile(browser: Browser, config: Path) -> None:
    form = dict(re.findall(r'name="(csrf|seen)" value="(\w*)"', browser.get("/sources/qinghe/remove").text))
    config.write_text(FILE + "# a note\n", "utf-8")
    answer = browser.post("/sources/qinghe/remove", data=form)
    assert answer.status_code == 409
    assert "Somebody else changed the file meanwhile" in words(answer)
    assert config.read_text("utf-8") == FILE + "# a note\n"


def test_an_empty_dashboard_leads_to_its_first_source(browser: Browser, config: Path) -> None:
    config.unlink()
    first = browser.get("/")
    assert 'href="/sources/new"' in first.text
    assert saved(browser, "/sources/new", id="first", address="https://www.example.org/x.html").status_code == 303
    assert config.read_text("utf-8") == "sources:\n  - id: first\n    url: https://www.example.org/x.html\n"
    assert "first is saved." in words(browser.get("/sources?saved=first"))


def test_a_faulty_file_says_its_faults_and_a_faulty_source_can_be_mended(browser: Browser, config: Path) -> None:
    faulty = FILE.replace("# every: 1h", "every: hourly") + "  - {id: other, uri: x}\n"
    config.write_text(faulty, "utf-8")
    opened = browser.get("/sources/qinghe/edit")
    assert "expected a duration" in opened.text.partition('id="hint-every"')[2].partition("</div>")[0]
    assert "unknown key" in words(opened)
    assert saved(browser, "/sources/qinghe/edit", every="1h").status_code == 422, "the other fault is left"
    config.write_text(faulty.replace("uri: x", "url: 'https://www.example.org/o.html'"), "utf-8")
    assert saved(browser, "/sources/qinghe/edit", every="1h").status_code == 303
    config.write_text("sources: [\n", "utf-8")
    assert "not valid YAML" in words(browser.get("/sources/new"))
    answer = saved(browser, "/sources/new", address="https://www.example.org/x.html")
    assert answer.status_code == 422
    assert config.read_text("utf-8") == "sources: [\n"


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"sources: [\n", "not valid YAML"),
        (b"a: &a 1\nsources: [{id: *a, url: 'https://www.example.org/'}]\n", "aliases and tags are not supported"),
        (b"\xff\xfe", "is not UTF-8"),
        (b"sources: 3\n", "this is no file of sources"),
    ],
)
def test_a_file_that_cannot_be_read_is_named_and_left_alone(
    browser: Browser, config: Path, content: bytes, said: str
) -> None:
    config.write_bytes(content)
    for path in ("/sources/qinghe/edit", "/sources/qinghe/remove"):
        answer = browser.get(path)
        assert answer.status_code == 409
        assert said in words(answer)
    new = browser.get("/sources/new")
    assert (said in words(new)) if new.status_code == 409 else ('role="alert"' in new.text)
    assert config.read_bytes() == content


@pytest.mark.parametrize(
    "text",
    [
        "sources: [{id: a, url: 'https://www.example.org/a'}, {id: b, url: 'https://www.example.org/b'}]",
        '{"sources": [{"id": "a", "url": "https://www.example.org/a"}, {"id": "b", "url": "https://www.example.org/b"}]}',
        (
            "\ufeffsources:\r\n- id: a\r\n  url: https://www.example.org/a\r\n\r\n- id: b # 乙\r\n"
            "  url: https://www.example.org/b"
        ),
        (
            "sources:\n    -   url: &u https://www.example.org/a\n        id: a\n    # in between\n    -   {url: 'https://www.example.org/b',\n"
            "         id: b}\n# below\n"
        ),
    ],
)
def test_files_of_every_make_are_edited(browser: Browser, config: Path, text: str) -> None:
    config.write_bytes(text.encode())
    assert saved(browser, "/sources/new", id="c", address="https://www.example.org/c").status_code == 303
    assert saved(browser, "/sources/a/edit", title="甲: 县", **{"body.drop": ".x\r\n#y"}).status_code == 303
    form = dict(re.findall(r'name="(csrf|seen)" value="(\w*)"', browser.get("/sources/b/remove").text))
    assert browser.post("/sources/b/remove", data=form).status_code == 303
    found = load_config(str(config)).sources
    assert [each.id for each in found] == ["a", "c"]
    assert (found[0].title, found[0].body.drop) == ("甲: 县", (".x", "#y"))
    after = config.read_bytes().decode()
    assert after.startswith("\ufeff") == text.startswith("\ufeff")
    assert after.count("\r\n") == after.count("\n") or "\r" not in text


def test_a_file_that_may_not_be_written_is_said_and_what_was_typed_stays(
    browser: Browser, config: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(*_: object) -> str:
        raise UsageError(f"{config}: cannot be written: this user may not write to it")

    monkeypatch.setattr(sourcefile, "replace", refused)
    answer = saved(browser, "/sources/qinghe/edit", title="新名")
    assert answer.status_code == 409
    assert "this user may not write to it" in words(answer)
    assert filled(answer)["title"] == "新名"


def test_the_form_speaks_chinese(dashboard: Dashboard, config: Path) -> None:
    with dashboard.browser(headers={"Accept-Language": "zh-CN"}) as browser:
        shown = words(browser.get("/sources/new"))
        assert "添加来源" in shown
        assert "预览" in shown
        answer = previewed(browser, "/sources/new", address="http://nowhere.invalid/")
        assert "没有此名称的网站。" in words(answer)
