"""The program on PostgreSQL as a user runs it, by the database's address alone."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.cli import Ran, crawl
from tests.support.http_server import HttpServer, reply
from tests.support.postgresql import GUARDED, Server

pytestmark = pytest.mark.postgresql
PAGE = """<html><head><meta charset="utf-8"><title>河川市2027年政府工作报告</title></head>
<body><h1>河川市2027年政府工作报告</h1>
{filler}<p>今年的主要目标：粮食产量稳定在{number}万吨以上。</p></body></html>"""
FILLER = "".join(
    f"<p>{part}全市坚持稳中求进工作总基调，扎实推动高质量发展，各项事业取得新成效。</p>"
    for part in (
        "上半年，",
        "下半年，",
        "在农业方面，",
        "在工业方面，",
        "在服务业方面，",
        "在教育方面，",
        "在卫生方面，",
    )
)


def page(number: int) -> bytes:
    content = PAGE.format(filler=FILLER, number=number).encode()
    return reply(content, headers={"Content-Type": "text/html; charset=utf-8"})


@pytest.fixture
def portal(tmp_path: Path) -> Iterator[HttpServer]:
    with HttpServer(fallback=reply(b"", 404)) as portal:
        portal.routes["/a.html"] = page(320)
        (tmp_path / "sources.yaml").write_text(
            "network: {allow_private: true}\ndefaults: {delay: 0s}\n"
            f'sources:\n  - {{id: a, url: "http://127.0.0.1:{portal.port}/a.html"}}\n',
            "utf-8",
        )
        yield portal


def test_the_whole_way_of_a_change(server: Server, path: Path, tmp_path: Path, portal: HttpServer) -> None:
    def run(*arguments: str) -> Ran:
        return crawl(tmp_path, *arguments, CRAWLER_DATABASE_URL=server.url_of(path))

    assert run("once", "--json").json["pages"][0]["outcome"] == "new"
    portal.routes["/a.html"] = page(330)
    assert run("once", "--dry-run", "--json").json["pages"][0]["outcome"] == "changed"
    told = run("once", "--json").json
    assert (told["pages"][0]["outcome"], told["alerts"]["raised"]) == ("changed", 1), "the dry run left no trace"
    assert run("once", "--json").json["pages"][0]["outcome"] == "unchanged"
    assert [line["version"] for line in run("versions", "a", "--json").json] == [1, 2]
    assert "粮食产量" in run("export", "targets", "--format", "csv").out
    assert run("db", "verify").code == run("db", "upgrade").code == run("db", "prune", "--vacuum").code == 0
    assert run("doctor", "--offline").code == 0
    refused = run("db", "backup", "copy.db")
    assert (refused.code, "use pg_dump" in refused.err) == (2, True)


def test_an_installation_moves_there_and_back(server: Server, path: Path, tmp_path: Path, portal: HttpServer) -> None:
    url = server.url_of(path)
    crawl(tmp_path, "once")
    moved = crawl(tmp_path, "db", "copy", "sqlite:///crawler.db", url, "--json")
    assert moved.code == 0, moved.err
    assert {each["table"]: each["rows"] for each in moved.json}["version"] == 1
    portal.routes["/a.html"] = page(330)
    assert crawl(tmp_path, "once", "--database", url, "--json").json["pages"][0]["outcome"] == "changed"
    again = crawl(tmp_path, "db", "copy", "sqlite:///crawler.db", url)
    assert again.code == 2
    assert "is not empty" in again.err
    back = crawl(tmp_path, "db", "copy", url, "sqlite:///back.db")
    assert (back.code, "row by row" in back.out) == (0, True)
    shown = [crawl(tmp_path, "show", "a", "--json", "--database", each).json for each in (url, "sqlite:///back.db")]
    assert shown[0] == shown[1]
    assert "330万吨" in shown[0]["body"]


@pytest.mark.parametrize("command", [["once"], ["pages"], ["db", "verify"], ["serve"], ["run"], ["export", "targets"]])
def test_a_wrong_password_ends_every_command_with_one_line(
    server: Server, path: Path, tmp_path: Path, portal: HttpServer, command: list[str]
) -> None:
    address = server.url_of(path).replace("crawler@", f"{GUARDED}:hunter2@", 1)
    ran = crawl(tmp_path, *command, "--database", address)
    assert ran.code == 2
    assert ran.err.count("\n") == 1
    assert "refuses this user or password" in ran.err
    assert "hunter2" not in ran.out + ran.err
