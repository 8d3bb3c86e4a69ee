"""Whatever is wrong outside, the user reads one clear line, nothing false is stored and nothing is lost."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from tests.support.cli import Ran, crawl
from tests.support.http_server import Exchange, HttpServer, page, reply

LINES = [
    "今年政府工作的总体要求是：坚持稳中求进，聚焦实体经济，办好民生实事，推动云溪高质量发展迈上新台阶。",
    "今年发展的主要预期目标是：地区生产总值增长6%左右；城镇调查失业率控制在5%以内；固定资产投资增长8%以上。",
    "全面推进乡村振兴，新建高标准农田3万亩，改造农村公路120公里，让田园更有看头、农民更有奔头。",
    "持续优化营商环境，新增经营主体1.2万户，为企业减负20亿元以上，办事材料再减一成。",
]
GOOD = page("<html><body><h1>云溪市2026年政府工作报告</h1>" + "".join(f"<p>{x}</p>" for x in LINES) + "</body></html>")


@pytest.fixture
def server() -> Iterator[HttpServer]:
    with HttpServer({"/yunxi.html": GOOD}) as running:
        yield running


def write(folder: Path, url: str, more: str = "") -> None:
    text = (
        f'defaults: {{delay: 0s}}\nnetwork: {{allow_private: true{more}}}\nsources:\n  - {{id: yunxi, url: "{url}"}}\n'
    )
    (folder / "sources.yaml").write_text(text, "utf-8")


def clear(ran: Ran, code: int, *words: str) -> None:
    """One readable complaint, with these words in it."""
    assert ran.code == code, ran
    assert "Traceback" not in ran.err + ran.out
    for word in words:
        assert word.lower() in (ran.err + ran.out).lower()


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", ["empty"]),
        (b"\x00\x01\x02\xff" * 50, ["sources.yaml"]),
        ("来源: [".encode("gbk"), ["utf-8"]),
        (b"just a text", ["sources.yaml"]),
        (b"- a\n- b\n", ["sources.yaml"]),
        (b"sources: {a: [}\n", ["sources.yaml:"]),
        (b'sources:\n  - {id: a, url: "ftp://x/"}\n  - {id: a, url: "http://x/"}\n', [":2:", ":3:"]),
        (b'sources:\n  - {id: a, url: "https://${NOWHERE}/"}\n', ["NOWHERE", ":2:"]),
    ],
)
def test_a_wrong_configuration(tmp_path: Path, content: bytes, words: list[str]) -> None:
    (tmp_path / "sources.yaml").write_bytes(content)
    for command in ("once", "check", "run"):
        clear(crawl(tmp_path, command), 2, *words)
    assert not (tmp_path / "crawler.db").exists()


def test_a_missing_configuration(tmp_path: Path) -> None:
    clear(crawl(tmp_path, "once"), 2, "sources.yaml", "no such file")


async def silence(exchange: Exchange) -> None:
    await exchange.reader.read()


async def cut(exchange: Exchange) -> None:
    await exchange.send(reply(LINES[0].encode() * 40, 200, {"Content-Type": "text/html"})[:900])


BLOCK = page("<html><title>安全验证</title><body><p>您的访问过于频繁，请完成安全验证后继续访问。</p></body></html>")
LOGIN = page("<html><title>用户登录</title><body><form>用户登录<input name=u>密码<input></form></body></html>")


@pytest.mark.parametrize(
    ("answer", "outcome", "word"),
    [
        (reply(b"no", 403), "failed", "403"),
        (reply(b"no", 404), "failed", "404"),
        (reply(b"no", 500), "failed", "500"),
        (reply(b"", 200), "failed", "empty"),
        (reply(b"\x89PNG\r\n\x1a\n" + b"0" * 99, 200, {"Content-Type": "image/png"}), "failed", "png"),
        (reply(b"PK\x03\x04" + b"0" * 99, 200, {"Content-Type": "application/zip"}), "failed", "zip"),
        (cut, "failed", ""),
        (silence, "failed", "within 2 s"),
        (BLOCK, "suspect", ""),
        (LOGIN, "suspect", ""),
        (page("<html><body><div id=app></div><script>boot()</script></body></html>"), "suspect", "no report text"),
    ],
)
def test_a_page_that_cannot_be_believed(
    tmp_path: Path, server: HttpServer, answer: object, outcome: str, word: str
) -> None:
    write(tmp_path, server.url("/yunxi.html"), ", timeout: 2s")
    assert crawl(tmp_path, "once").code == 0
    server.routes["/yunxi.html"] = answer  # type: ignore[assignment]  # a parametrized Route
    ran = crawl(tmp_path, "once", "--json")
    clear(ran, 1, word)
    (told,) = ran.json["pages"]
    assert (told["outcome"], told["version"], ran.json["alerts"]["raised"]) == (outcome, 1, 0)
    assert told["reason"]
    assert "\n" not in told["reason"]
    server.routes["/yunxi.html"] = GOOD
    assert crawl(tmp_path, "once", "--json").json["pages"][0]["outcome"] == "unchanged"
    assert len(crawl(tmp_path, "versions", "yunxi", "--json").json) == 1


@pytest.mark.parametrize("url", ["http://127.0.0.1:9/x", "http://nowhere.invalid/x"])
def test_a_host_that_cannot_be_reached(tmp_path: Path, url: str) -> None:
    write(tmp_path, url)
    ran = crawl(tmp_path, "once", "--json")
    clear(ran, 1)
    assert ran.json["pages"][0]["outcome"] == "failed"
    assert crawl(tmp_path, "db", "verify").code == 0


def test_private_addresses_stay_closed_by_default(tmp_path: Path, server: HttpServer) -> None:
    (tmp_path / "sources.yaml").write_text(f'sources:\n  - {{id: yunxi, url: "{server.url("/yunxi.html")}"}}\n')
    ran = crawl(tmp_path, "once", "--json")
    clear(ran, 1, "127.0.0.1")
    assert server.requests == []


class TestDatabase:
    @pytest.fixture
    def folder(self, tmp_path: Path, server: HttpServer) -> Path:
        write(tmp_path, server.url("/yunxi.html"))
        assert crawl(tmp_path, "once").code == 0
        return tmp_path

    def test_not_a_database(self, folder: Path) -> None:
        (folder / "crawler.db").write_bytes(b"this is no database at all\n" * 500)
        for name in ("crawler.db-wal", "crawler.db-shm"):
            (folder / name).unlink(missing_ok=True)
        clear(crawl(folder, "once"), 2, "crawler.db")
        assert (folder / "crawler.db").read_bytes().startswith(b"this is no database")

    def test_from_a_newer_version(self, folder: Path) -> None:
        with closing(sqlite3.connect(folder / "crawler.db", isolation_level=None)) as connection:
            connection.execute("UPDATE alembic_version SET version_num = '9999_from_the_future'")
        clear(crawl(folder, "once"), 2, "newer")
        clear(crawl(folder, "pages"), 2, "newer")

    def test_locked_by_another_program(self, folder: Path) -> None:
        connection = sqlite3.connect(folder / "crawler.db", isolation_level=None)
        connection.execute("BEGIN EXCLUSIVE")
        try:
            clear(crawl(folder, "once"), 2, "crawler.db", "locked")
        finally:
            connection.close()
        assert crawl(folder, "once").code == 0

    def test_no_such_folder(self, folder: Path) -> None:
        clear(crawl(folder, "pages", "--database", f"sqlite:///{folder}/none/x.db"), 2, "none")

    @pytest.mark.parametrize("url", ["nonsense", "sqlite://", "mysql://u:secret@h/d", "postgresql://u:secret@h/d?x="])
    def test_a_wrong_address_does_not_show_its_password(self, folder: Path, url: str) -> None:
        ran = crawl(folder, "pages", "--database", url)
        clear(ran, 2)
        assert "secret" not in ran.err
