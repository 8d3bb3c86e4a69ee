"""Every command of the contract, used as a person or a script would, on a small site that is edited in between."""

import csv
import io
import json
import re
import sqlite3
import stat
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from crawler.cli.main import COMMANDS
from tests.support.cli import ROOT, crawl
from tests.support.http_server import HttpServer, page, reply
from tests.support.sinks import WebhookSink

LINES = [
    "今年政府工作的总体要求是：坚持稳中求进，聚焦实体经济，办好民生实事，推动云溪高质量发展迈上新台阶。",
    "今年发展的主要预期目标是：地区生产总值增长6%左右；城镇调查失业率控制在5%以内；固定资产投资增长8%以上。",
    "全面推进乡村振兴，新建高标准农田3万亩，改造农村公路120公里，让田园更有看头、农民更有奔头。",
    "持续优化营商环境，新增经营主体1.2万户，为企业减负20亿元以上，办事材料再减一成。",
]
TITLE = "云溪市2026年政府工作报告"


def html(lines: list[str] = LINES, title: str = TITLE) -> str:
    body = "".join(f"<p>{line}</p>" for line in lines)
    return f"<html><head><title>{title}</title></head><body><h1>{title}</h1><div>{body}</div></body></html>"


@pytest.fixture
def site() -> Iterator[HttpServer]:
    with HttpServer({"/yunxi.html": page(html())}) as server:
        yield server


@pytest.fixture
def folder(tmp_path: Path, site: HttpServer) -> Path:
    """A working folder whose one page was read, and edited and read again."""
    write_sources(tmp_path, site)
    assert crawl(tmp_path, "once").code == 0
    site.routes["/yunxi.html"] = page(html([line.replace("增长6%左右", "增长5.5%左右") for line in LINES]))
    assert crawl(tmp_path, "once").code == 0
    return tmp_path


def write_sources(folder: Path, site: HttpServer, more: str = "") -> None:
    (folder / "sources.yaml").write_text(
        "defaults: {every: 6h, delay: 0s}\nnetwork: {allow_private: true}\n"
        f'{more}sources:\n  - {{id: yunxi, title: 云溪市, url: "{site.url("/yunxi.html")}"}}\n',
        "utf-8",
    )


class TestReading:
    def test_pages(self, folder: Path, site: HttpServer) -> None:
        (row,) = crawl(folder, "pages", "--json").json
        assert {"page", "source", "url", "title", "version", "checked_at", "changed_at", "outcome"} <= set(row)
        assert (row["source"], row["title"], row["version"], row["outcome"]) == ("yunxi", TITLE, 2, "changed")
        assert row["url"] == site.url("/yunxi.html")
        assert TITLE in crawl(folder, "pages").out

    def test_sources(self, folder: Path) -> None:
        (row,) = crawl(folder, "sources", "--json").json
        assert (row["source"], row["pages"], row["failed"]) == ("yunxi", 1, 0)
        assert "yunxi" in crawl(folder, "sources").out

    @pytest.mark.parametrize("name", ["1", "yunxi", "URL"])
    def test_a_page_is_named_by_number_source_or_address(self, folder: Path, site: HttpServer, name: str) -> None:
        name = site.url("/yunxi.html") if name == "URL" else name
        shown = crawl(folder, "show", name, "--version", "1", "--json").json
        assert set(shown) == {"page", "url", "version", "fetched_at", "title", "body"}
        assert shown["body"] == "\n".join(LINES)

    def test_show_prints_the_newest_text_and_raw_the_bytes(self, folder: Path) -> None:
        assert "增长5.5%左右" in crawl(folder, "show", "yunxi").out
        assert crawl(folder, "show", "yunxi", "--raw", "--version", "1").out == html()

    def test_versions_and_changes(self, folder: Path) -> None:
        first, second = crawl(folder, "versions", "yunxi", "--json").json
        assert (first["version"], first["changes"]) == (1, None)
        assert [change["indicator"] for change in second["changes"]["changed"]] == ["地区生产总值"]
        (change,) = crawl(folder, "changes", "--json").json
        assert change["version"] == 2
        assert "6%左右 → 5.5%左右" in crawl(folder, "changes").out

    def test_an_unknown_page_is_a_usage_error(self, folder: Path) -> None:
        ran = crawl(folder, "show", "nowhere")
        assert (ran.code, ran.out) == (2, "")
        assert "nowhere" in ran.err
        assert "Traceback" not in ran.err

    @pytest.mark.parametrize("what", ["targets", "versions", "changes"])
    def test_export(self, folder: Path, what: str) -> None:
        rows = list(csv.DictReader(io.StringIO(crawl(folder, "export", what).out.removeprefix("\ufeff"))))
        assert rows == [
            {name: "" if item is None else str(item) for name, item in row.items()}
            for row in crawl(folder, "export", what, "--format", "json").json
        ]
        assert crawl(folder, "export", what, "--format", "xlsx", "-o", "out.xlsx").code == 0
        assert (folder / "out.xlsx").read_bytes().startswith(b"PK")

    def test_a_database_that_is_not_there_is_not_made_by_reading(self, tmp_path: Path) -> None:
        reading = (
            ["pages"],
            ["sources"],
            ["changes"],
            ["versions", "1"],
            ["show", "1"],
            ["export", "targets"],
            ["alerts"],
            ["alerts", "retry"],
            ["db", "verify"],
            ["db", "prune"],
        )
        said = {crawl(tmp_path, *command).err for command in reading}
        assert {crawl(tmp_path, *command).code for command in reading} == {2}
        (line,) = said
        assert "crawler.db: no such database; `crawler once`" in line
        assert line.removeprefix("error: ").strip() in crawl(tmp_path, "doctor", "--offline").out
        assert list(tmp_path.iterdir()) == []

    def test_an_export_without_rows_has_its_heading(self, tmp_path: Path, site: HttpServer) -> None:
        site.routes["/yunxi.html"] = reply(b"", 503)
        write_sources(tmp_path, site)
        assert crawl(tmp_path, "once").code == 1
        for what in ("targets", "versions", "changes"):
            (heading,) = crawl(tmp_path, "export", what).out.removeprefix("\ufeff").splitlines()
            assert heading.startswith("page,source,url,title,region,year,version,")
            assert crawl(tmp_path, "export", what, "--format", "json").json == []
            assert crawl(tmp_path, "export", what, "--format", "xlsx", "-o", f"{what}.xlsx").code == 0

    def test_a_change_is_shown_in_full(self, folder: Path) -> None:
        assert "[-6%-]{+5.5%+}" in crawl(folder, "changes", "yunxi").out
        told = crawl(folder, "changes", "yunxi", "--version", "2", "--json").json
        assert [change["indicator"] for change in told["targets"]["changed"]] == ["地区生产总值"]
        assert crawl(folder, "changes", "yunxi", "--version", "3").code == 2


class TestChecking:
    def test_once_tells_what_the_contract_says(self, tmp_path: Path, site: HttpServer) -> None:
        write_sources(tmp_path, site)
        assert crawl(tmp_path, "once", "--json").json == {
            "pages": [
                {
                    "source": "yunxi",
                    "url": site.url("/yunxi.html"),
                    "outcome": "new",
                    "version": 1,
                    "reason": None,
                }
            ],
            "alerts": {"raised": 0, "delivered": 0, "pending": 0, "failed": 0},
        }

    def test_options_stand_before_or_after_the_command(self, tmp_path: Path, site: HttpServer) -> None:
        write_sources(tmp_path, site)
        (tmp_path / "sources.yaml").rename(tmp_path / "mine.yaml")
        database = f"sqlite:///{tmp_path / 'mine.db'}"
        assert crawl(tmp_path, "--config", "mine.yaml", "--database", database, "once").code == 0
        assert crawl(tmp_path, "once", "--config", "mine.yaml", "--database", database).code == 0
        assert crawl(tmp_path, "once", CRAWLER_CONFIG="mine.yaml", CRAWLER_DATABASE_URL=database).code == 0
        assert [path.name for path in tmp_path.glob("*.db")] == ["mine.db"]

    def test_once_takes_the_sources_named(self, tmp_path: Path, site: HttpServer) -> None:
        site.routes["/other.html"] = page(html(LINES[1:], "青禾县"))
        write_sources(tmp_path, site)
        with (tmp_path / "sources.yaml").open("a", encoding="utf-8") as file:
            file.write(f'  - {{id: qinghe, url: "{site.url("/other.html")}"}}\n')
        ran = crawl(tmp_path, "once", "--source", "qinghe", "--json")
        assert [row["source"] for row in ran.json["pages"]] == ["qinghe"]
        unknown = crawl(tmp_path, "once", "--source", "nobody")
        assert unknown.code == 2
        assert "nobody" in unknown.err

    def test_a_dry_run_stores_and_sends_nothing(self, tmp_path: Path, site: HttpServer) -> None:
        with WebhookSink() as sink:
            write_sources(tmp_path, site, f'channels: {{desk: {{type: webhook, url: "{sink.url}"}}}}\n')
            crawl(tmp_path, "once")
            before = (tmp_path / "crawler.db").read_bytes()
            site.routes["/yunxi.html"] = page(html([line.replace("120公里", "130公里") for line in LINES]))
            ran = crawl(tmp_path, "once", "--dry-run", "--json")
            assert ran.json["pages"][0]["outcome"] == "changed"
            assert sink.requests == []
            assert (tmp_path / "crawler.db").read_bytes() == before
            assert crawl(tmp_path, "versions", "yunxi", "--json").json[-1]["version"] == 1

    def test_check_names_every_fault_at_once(self, tmp_path: Path) -> None:
        (tmp_path / "sources.yaml").write_text("defaults: {every: 6 hours}\nsources:\n  - {id: a, uri: x}\n", "utf-8")
        ran = crawl(tmp_path, "check")
        assert ran.code == 2
        assert "sources.yaml:1" in ran.err
        assert "sources.yaml:3" in ran.err

    def test_check_names_bad_selectors_with_everything_else(self, tmp_path: Path) -> None:
        (tmp_path / "sources.yaml").write_text(
            'sources:\n- {id: a, url: "http://x/", body: {select: "[["}}\n- {id: b, url: "ftp://x/"}\n'
            '- id: c\n  url: "http://x/"\n  body:\n    drop: ["//x"]\n'
        )
        ran = crawl(tmp_path, "check")
        assert ran.code == 2
        first, second, third = ran.err.splitlines()
        assert "sources.yaml:2: sources[0].body.select (a): expected a CSS selector" in first
        assert '"[["' in first
        assert "sources.yaml:3: sources[1].url (b)" in second
        assert "sources.yaml:7: sources[2].body.drop[0] (c)" in third

    def test_a_selector_that_finds_nothing_is_named(self, tmp_path: Path, site: HttpServer) -> None:
        write_sources(tmp_path, site)
        text = (tmp_path / "sources.yaml").read_text("utf-8")
        text = text.replace('.html"}', '.html", body: {select: div.text}}')
        (tmp_path / "sources.yaml").write_text(text, "utf-8")
        ran = crawl(tmp_path, "once", "--json")
        assert ran.code == 1
        (told,) = ran.json["pages"]
        assert (told["outcome"], told["version"]) == ("suspect", None)
        assert told["reason"].endswith("in the element that body.select names (div.text)")

    def test_check_is_content_with_the_file_we_ship(self, tmp_path: Path) -> None:
        ran = crawl(tmp_path, "check", "--config", str(ROOT / "sources.yaml"))
        assert (ran.code, ran.err) == (0, "")

    def test_try_shows_a_page_and_stores_nothing(self, tmp_path: Path, site: HttpServer) -> None:
        write_sources(tmp_path, site)
        ran = crawl(tmp_path, "try", site.url("/yunxi.html"))
        assert ran.code == 0
        assert TITLE in ran.out
        assert "6%左右" in ran.out
        assert not (tmp_path / "crawler.db").exists()


class TestDocuments:
    def test_extract_reads_files_standard_input_and_addresses(self, tmp_path: Path, site: HttpServer) -> None:
        (tmp_path / "page.html").write_text(html(), "gb18030")
        write_sources(tmp_path, site)
        for source, given in (("page.html", b""), ("-", html().encode()), (site.url("/yunxi.html"), b"")):
            article = crawl(tmp_path, "extract", source, "--json", given=given).json
            assert article["paragraphs"] == LINES
            assert article["body"] == "\n".join(LINES)
            assert (article["title"], article["year"], article["pager"]) == (TITLE, 2026, None)
            assert {"published", "region", "encoding", "media_type"} <= set(article)

    def test_targets_give_offsets_into_the_text(self, tmp_path: Path) -> None:
        text = "\n".join(LINES)
        (tmp_path / "report.txt").write_text(text, "utf-8")
        found = crawl(tmp_path, "targets", "report.txt", "--year", "2026", "--json").json
        assert all(text[target["start"] : target["end"]] == target["text"] for target in found)
        growth = next(target for target in found if target["indicator"] == "地区生产总值")
        wanted = ("growth", "about", "6", "6", "%", "2026", "target")
        fields = ("kind", "relation", "low", "high", "unit", "period", "status")
        assert tuple(growth[name] for name in fields) == wanted

    def test_diff_of_two_files(self, tmp_path: Path) -> None:
        (tmp_path / "old.html").write_text(html(), "utf-8")
        (tmp_path / "new.txt").write_text("\n".join(LINES).replace("6%左右", "5.5%左右"), "utf-8")
        told = crawl(tmp_path, "diff", "old.html", "new.txt", "--json").json
        assert told["changed"] is True
        assert [(hunk["op"], "6" in hunk["old"], "5.5" in hunk["new"]) for hunk in told["hunks"]] == [
            ("replace", True, True)
        ]
        (change,) = told["targets"]["changed"]
        assert (change["old"]["low"], change["new"]["low"]) == ("6", "5.5")
        assert "5.5%" in crawl(tmp_path, "diff", "old.html", "new.txt").out
        same = crawl(tmp_path, "diff", "old.html", "old.html", "--json").json
        assert same == {"changed": False, "hunks": [], "targets": {"changed": [], "added": [], "removed": []}}

    @pytest.mark.parametrize("command", ["extract", "targets"])
    def test_what_cannot_be_read_is_a_usage_error(self, tmp_path: Path, command: str) -> None:
        (tmp_path / "empty.txt").write_text("")
        (tmp_path / "noise.bin").write_bytes(bytes(range(256)) * 20)
        for name in ("missing.txt", "empty.txt", ".", "noise.bin", "ftp://example.org/x"):
            ran = crawl(tmp_path, command, name)
            assert ran.code == 2
            assert name in ran.err
            assert "Traceback" not in ran.err


class TestOutbox:
    def test_a_refused_alert_waits_and_is_retried(self, tmp_path: Path, site: HttpServer) -> None:
        with WebhookSink() as sink:
            sink.answers += [503]
            write_sources(tmp_path, site, f'channels: {{desk: {{type: webhook, url: "{sink.url}"}}}}\n')
            crawl(tmp_path, "once")
            site.routes["/yunxi.html"] = page(html([line.replace("120公里", "130公里") for line in LINES]))
            assert crawl(tmp_path, "once").code == 1
            (alert,) = crawl(tmp_path, "alerts", "--json").json
            assert {"id", "type", "page", "raised_at", "summary", "deliveries"} <= set(alert)
            (delivery,) = alert["deliveries"]
            assert (delivery["channel"], delivery["state"], delivery["attempts"]) == ("desk", "pending", 1)
            assert "503" in delivery["error"]
            assert "130" in crawl(tmp_path, "alerts", "--state", "pending").out
            assert crawl(tmp_path, "alerts", "retry", alert["id"]).code == 0
            assert crawl(tmp_path, "once").code == 0
            assert crawl(tmp_path, "alerts", "--state", "pending", "--json").json == []
            assert [request.headers["webhook-id"] for request in sink.requests] == [alert["id"]] * 2

    def test_a_channel_can_be_tested(self, tmp_path: Path, site: HttpServer) -> None:
        with WebhookSink() as sink:
            write_sources(tmp_path, site, f'channels: {{desk: {{type: webhook, url: "{sink.url}"}}}}\n')
            assert crawl(tmp_path, "alerts", "test", "desk").code == 0
            assert len(sink.requests) == 1
            sink.answers += [500]
            assert crawl(tmp_path, "alerts", "test", "desk").code == 1
        assert crawl(tmp_path, "alerts", "test", "nobody").code == 2
        assert crawl(tmp_path, "alerts", "retry", "no-such-id").code == 2


def alter(folder: Path, statement: str) -> None:
    """Damage the database behind the program's back."""
    with closing(sqlite3.connect(folder / "crawler.db")) as connection, connection:
        connection.execute(statement)


class TestDatabase:
    def test_a_damaged_change_is_named_and_no_traceback(self, folder: Path) -> None:
        alter(folder, "UPDATE change SET targets = '{'")
        for command in (["versions", "yunxi"], ["changes"], ["changes", "yunxi"], ["export", "changes"]):
            ran = crawl(folder, *command)
            assert (ran.code, ran.out) == (2, "")
            assert "the change to version 2 of page 1 is damaged" in ran.err
            assert "crawler db verify" in ran.err
        ran = crawl(folder, "db", "verify")
        assert ran.code == 1
        assert "page 1: the change to version 2 is damaged" in ran.err

    def test_a_page_that_lost_its_state_is_named_and_checked_again(self, folder: Path, site: HttpServer) -> None:
        alter(folder, "DELETE FROM page_state")
        assert "page 1: its state is missing" in crawl(folder, "db", "verify").err
        site.routes["/yunxi.html"] = page(html([line.replace("120公里", "130公里") for line in LINES]))
        (told,) = crawl(folder, "once", "--json").json["pages"]
        assert (told["outcome"], told["version"]) == ("changed", 3)
        assert crawl(folder, "db", "verify").code == 0

    def test_verify_as_json(self, folder: Path) -> None:
        told = crawl(folder, "db", "verify", "--json").json
        assert told["problems"] == []
        assert told["stats"]["versions"] == 2

    def test_backup_verify_prune_upgrade(self, folder: Path) -> None:
        assert crawl(folder, "db", "backup", "copy.db").code == 0
        assert crawl(folder, "pages", "--database", "sqlite:///copy.db", "--json").json[0]["version"] == 2
        assert crawl(folder, "db", "backup", "copy.db").code == 2, "a copy is never overwritten"
        assert crawl(folder, "db", "verify").code == 0
        assert crawl(folder, "db", "prune", "--keep", "30", "--vacuum").code == 0
        assert crawl(folder, "db", "upgrade").code == 0
        assert crawl(folder, "show", "yunxi", "--version", "1", "--json").json["body"] == "\n".join(LINES)

    def test_the_database_is_for_its_owner_only(self, folder: Path) -> None:
        assert stat.S_IMODE((folder / "crawler.db").stat().st_mode) == 0o600


def test_doctor_says_what_to_mend(tmp_path: Path, site: HttpServer) -> None:
    write_sources(tmp_path, site)
    well = crawl(tmp_path, "doctor")
    assert well.code == 0
    site.routes["/yunxi.html"] = reply(b"", 503)
    ill = crawl(tmp_path, "doctor", "--json")
    assert ill.code == 1
    assert any(found["state"] == "trouble" and "503" in found["said"] for found in ill.json)


def test_every_command_is_documented_and_every_documented_command_exists() -> None:
    documented = set()
    for name in ("README.md", "README.zh-CN.md"):
        table = re.findall(r"^\| (`crawler .*?) \|(?!.*\\\|$)", (ROOT / name).read_text("utf-8"), re.MULTILINE)
        found = set(re.findall(r"`(?:crawler )?([a-z]+)", " ".join(table)))
        documented = documented or found
        assert found == documented, f"{name} documents other commands"
    assert documented == {*COMMANDS, "alerts", "db", "readers", "tokens"}


def test_help_names_the_common_options_everywhere(tmp_path: Path) -> None:
    for command in (["once"], ["db", "verify"], ["alerts", "test"]):
        shown = crawl(tmp_path, *command, "--help", COLUMNS="120").out
        assert "--config" in shown
        assert "--database" in shown


@pytest.mark.parametrize("arguments", [["onec"], ["once", "--nope"], ["export", "all"], ["targets"]])
def test_wrong_usage_ends_with_2(tmp_path: Path, arguments: list[str]) -> None:
    ran = crawl(tmp_path, *arguments)
    assert (ran.code, ran.out) == (2, "")
    assert ran.err
    assert "Traceback" not in ran.err


def test_json_is_one_document_and_nothing_else(folder: Path) -> None:
    for command in (["pages"], ["versions", "1"], ["show", "1"], ["changes"], ["sources"], ["alerts"], ["once"]):
        json.loads(crawl(folder, *command, "--json").out)
