"""Each kind of file: what is taken over, what is told as lost, what is refused."""

import pytest

from crawler.errors import UsageError
from crawler.importing import Form
from tests.support.imports import FOLDER, backup, planned, planned_file, refusals, sources, zipped

YUNXI = "https://www.yunxi.example/report.html"


def test_a_list_of_addresses() -> None:
    found = planned_file("list.txt")
    assert found.form is Form.URLS
    assert sources(found) == {
        "qinghe.example-report-2026": {"url": "https://www.qinghe.example/gov/report-2026.html"},
        "yunxi.example-art_1": {"url": "https://www.yunxi.example/art/2026/1/18/art_1.html", "note": "重点, 浙江省"},
        "yunxi.example-art_2": {"url": "https://www.yunxi.example/art/2025/1/20/art_2.html", "title": "云溪市 2025"},
        "jiuhe.example-show-id-7": {"url": "http://jiuhe.example/show.php?id=7", "title": "九河县"},
        "sanjiang.example": {"url": "http://sanjiang.example/", "title": "三江区"},
        "baisha.example-report": {"url": "http://baisha.example/report.html", "title": "白沙县"},
        "luoshui.example": {"url": "https://luoshui.example/"},
    }
    (same,) = found.duplicates
    assert (same.where, same.of) == ("line 10", "line 3")
    assert refusals(found) == [
        ("line 12", "date", "a command; only pages are watched"),
        ("line 13", "http://search.example/find.cgi", "a form with data to send; only pages are watched"),
        ("line 14", "https://a.example/ https://b.example/", "several addresses on one line"),
        ("line 15", "ftp://files.example/report.txt", "no http or https address in it"),
        (
            "line 16",
            "https://***@private.example/report.html",
            "its address cannot be used: user and password are not allowed in it",
        ),
        ("line 17", "just words", "no http or https address in it"),
    ]


def test_jobs_of_urlwatch_and_webchanges() -> None:
    found = planned_file("jobs.yaml")
    assert sources(found) == {
        "yunxi.example-report": {
            "title": "云溪市政府工作报告",
            "url": YUNXI,
            "body": {"select": "div.article", "drop": [".share, .ad"]},
            "note": "zhejiang, important",
        },
        "qinghe.example-report": {
            "title": "2026",
            "url": "https://www.qinghe.example/report.html",
            "body": {"select": "#content"},
            "enabled": False,
            "note": "ask the county office",
        },
        "jiuhe.example-a": {"url": "http://jiuhe.example/a.html", "body": {"select": "div#main"}},
        "baisha.example-a": {"url": "http://baisha.example/a.html"},
        "sanjiang.example-a": {"url": "http://sanjiang.example/a.html"},
    }
    assert [each.lost for each in found.planned] == [
        ("user_visible_url: alerts name the address that is read",),
        (
            "filter grep: the whole text of the page is compared",
            "filter re.sub: the whole text of the page is compared",
        ),
        (),
        (
            "filter xpath: only CSS selectors are taken",
            "headers: request headers cannot be set",
            "ssl_no_verify: certificates are always verified",
        ),
        ("filter css: it takes some of the elements only, which no selector says",),
    ]
    assert refusals(found) == [
        ("line 37", "home folder", "a shell command; only pages are watched"),
        ("line 40", "drawn by a browser", "a page drawn by a browser; none is run here"),
        ("line 43", "drawn by a browser, the newer way", "a page drawn by a browser; none is run here"),
        ("line 47", "https://search.example.org/", "a form with data to send; only pages are watched"),
        ("line 50", "https://cache.example.org/", "a request by PURGE; pages are read by GET only"),
        ("line 53", "https://login.example.org/", "of the kind custom-login, which a hooks.py of its own defines"),
        ("line 56", "date", "a shell command; only pages are watched"),
        ("line 59", "nothing to read", "no address in it"),
        ("line 61", "just a text", "no job: expected keys and values"),
    ]


def test_no_secret_of_a_job_is_told() -> None:
    assert "hunter2" not in repr(planned_file("jobs.yaml"))
    assert "t0ken" not in repr(planned_file("jobs.yaml"))
    assert "hunter2" not in repr(planned_file("url-watches.json"))


def test_jobs_may_share_settings_by_aliases_within_a_document() -> None:
    found = planned("x: &f [{css: p}]\nurl: http://a.example/\n<<: {name: 云溪, url: http://b.example/}\nfilter: *f\n")
    assert sources(found) == {"a.example": {"title": "云溪", "url": "http://a.example/", "body": {"select": "p"}}}


def test_a_table() -> None:
    found = planned_file("table.csv")
    assert sources(found) == {
        "yunxi.example-report": {
            "title": "云溪市, 2026",
            "url": YUNXI,
            "every": "1d",
            "body": {"select": "div.article", "drop": [".ad", "#share"]},
            "note": "重点",
        },
        "qinghe.example-report": {
            "title": "青禾县",
            "url": "https://www.qinghe.example/report.html",
            "enabled": False,
        },
        "jiuhe.example-a": {"title": "九河县", "url": "http://jiuhe.example/a.html", "every": "90m"},
    }
    assert found.planned[1].lost == (
        "the interval whenever: write it as 30m, 6h or 1d",
        "body.select: expected a CSS selector such as div.content, found //div",
    )
    assert refusals(found) == [("line 4", "没有网址", "no address in it")]
    assert found.remarks == ("column Owner: not known",)


@pytest.mark.parametrize(
    "content",
    [
        "网址;标题\nhttp://a.example/1.html;云溪\n".encode(),
        "网址\t标题\nhttp://a.example/1.html\t云溪\n".encode("utf-16"),
        "网址,标题\r\nhttp://a.example/1.html,云溪\r\n".encode("gb18030"),
        "云溪,http://a.example/1.html\n".encode("utf-8-sig"),
        '\n"云溪","http://a.example/1.html"\n'.encode(),
    ],
)
def test_tables_as_spreadsheets_save_them(content: bytes) -> None:
    assert sources(planned(content, "list.csv")) == {"a.example-1": {"title": "云溪", "url": "http://a.example/1.html"}}


def test_a_table_of_listings_with_ids() -> None:
    found = planned(
        "id,listing\nnorth,http://a.example/list/\n5,http://b.example/list/\n-x,http://c.example/\n", "a.csv"
    )
    assert sources(found) == {
        "north": {"listing": "http://a.example/list/"},
        "b.example-list": {"listing": "http://b.example/list/"},
        "c.example": {"listing": "http://c.example/"},
    }


def test_an_outline() -> None:
    found = planned_file("outline.opml")
    assert sources(found) == {
        "yunxi.example-report": {"title": "云溪市", "url": YUNXI, "note": "浙江 / 县市"},
        "qinghe.example": {"title": "青禾县政府", "url": "https://www.qinghe.example/", "note": "浙江"},
    }
    assert found.planned[1].lost == ("the feed (xmlUrl): the page it belongs to is watched instead",)
    assert refusals(found) == [("line 12", "只有订阅", "a feed without the page it belongs to")]


def test_an_outline_in_another_encoding() -> None:
    text = (
        '<?xml version="1.0" encoding="GBK"?><opml><body><outline text="云溪" url="http://a.example/"/></body></opml>'
    )
    assert sources(planned(text.encode("gbk"))) == {"a.example": {"title": "云溪", "url": "http://a.example/"}}


@pytest.mark.parametrize("packed", [False, True])
def test_an_older_backup_of_changedetection(packed: bool) -> None:
    found = planned_file("url-watches.json")
    if packed:
        found = planned(zipped({"url-watches.json": (FOLDER / "url-watches.json").read_bytes(), "x/1.txt": b"x"}))
    assert found.form is Form.CHANGEDETECTION
    assert sources(found) == {
        "yunxi.example-report": {
            "title": "云溪市 2026",
            "url": YUNXI,
            "every": "36h",
            "body": {"select": "div.article, h1.title", "drop": [".ad"]},
            "note": "浙江",
        },
        "qinghe.example-report": {
            "title": "青禾县",
            "url": "https://www.qinghe.example/report.html",
            "enabled": False,
            "note": "county, north",
        },
    }
    assert [each.lost for each in found.planned] == [
        (
            "XPath and JSON filters: only CSS selectors are taken",
            "headers: request headers cannot be set",
            "notification_urls: who is told is set under channels and alert",
            "filters of its group: write them at each source, under body",
        ),
        (
            "XPath and JSON filters: only CSS selectors are taken",
            "trigger_text: the whole text of the page is compared",
            "fetch_backend: no browser is run here; `crawler try URL` shows whether the page can be read without",
        ),
    ]
    assert [(what, why) for _, what, why in refusals(found)] == [
        ("https://shop.example/1", "watches with restock_diff, not a page's text"),
        ("https://search.example/", "a request by POST; pages are read by GET only"),
        ("https://steps.example/", "steps in a browser; none is run here"),
        ("https://dated.example/{% now 'utc', '%Y' %}/", "the address is a template"),
        ("source:https://raw.example/", "watches a page's source, not its text"),
        ("", "no address in it"),
    ]
    assert found.remarks == (
        "the interval of all watches (3 hours): set defaults.every",
        "global_subtractive_selectors of all watches: the whole text of the page is compared",
    )


@pytest.mark.parametrize("folder", ["", "datastore/"])
def test_a_newer_backup_of_changedetection(folder: str) -> None:
    found = planned(backup(folder))
    assert sources(found) == {
        "yunxi.example-report": {"title": "云溪市", "url": YUNXI, "every": "7d", "note": "浙江"},
        "qinghe.example-report": {"url": "https://www.qinghe.example/report.html"},
    }
    assert [(what, why) for _, what, why in refusals(found)] == [
        ("https://shop.example/1", "watches with image_ssim_diff, not a page's text")
    ]


@pytest.mark.parametrize(
    ("content", "name", "form"),
    [
        ("http://a.example/\n", "list.txt", Form.URLS),
        ("url: http://a.example/\n", "", Form.URLWATCH),
        ("url: http://a.example/\n", "jobs.yaml", Form.WEBCHANGES),
        ("url: http://a.example/\nuse_browser: true\n", "x.yaml", Form.WEBCHANGES),
        ("<opml><body/></opml>", "", Form.OPML),
        ("title,url\n", "", Form.CSV),
        ('{"watching": {}, "settings": {"a": 1}}', "", Form.CHANGEDETECTION),
        ("", "", Form.URLS),
    ],
)
def test_the_kind_is_told_by_the_look(content: str, name: str, form: Form) -> None:
    assert planned(content, name).form is form


def test_the_kind_can_be_said() -> None:
    assert sources(planned("a: http://a.example/", form=Form.URLS))
    with pytest.raises(UsageError, match="not valid XML"):
        planned("http://a.example/", form=Form.OPML)
    with pytest.raises(UsageError, match="a zip archive, not csv"):
        planned(backup(), form=Form.CSV)
