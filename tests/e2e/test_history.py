"""A page's history as a user hands it on: exported, checked with public tools, taken over, watched further."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.e2e.test_daemon import report
from tests.support.cli import ROOT, crawl
from tests.support.http_server import HttpServer
from tests.support.sinks import WebhookSink
from tests.support.store import alter

FILE = "yunxi.warc.gz"


def configure(folder: Path, server: HttpServer, sink: WebhookSink) -> Path:
    folder.mkdir(exist_ok=True)
    (folder / "sources.yaml").write_text(
        "defaults: {delay: 0s}\nnetwork: {allow_private: true}\n"
        f'channels: {{desk: {{type: webhook, url: "{sink.url}"}}}}\n'
        f'sources: [{{id: yunxi, url: "{server.url("/yunxi.html")}"}}]\n',
        "utf-8",
    )
    return folder


def once(folder: Path) -> tuple[str, int]:
    """What became of the page, and how many alerts were raised."""
    ran = crawl(folder, "once", "--json")
    assert ran.code == 0, ran.err
    [page] = ran.json["pages"]
    return page["outcome"], ran.json["alerts"]["raised"]


def seals(folder: Path) -> list[str]:
    return [line["seal"] for line in crawl(folder, "versions", "yunxi", "--json").json]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder whose database knows three versions of a page; their history as a file."""
    tmp_path = tmp_path_factory.mktemp("made")
    with WebhookSink() as sink, HttpServer({"/yunxi.html": report()}) as server:
        folder = configure(tmp_path / "here", server, sink)
        for growth in ("6%", "5.5%", "5%"):
            server.routes["/yunxi.html"] = report(growth)
            once(folder)
    ran = crawl(folder, "export", "history", "yunxi", "-o", FILE)
    assert (ran.code, ran.out, ran.err) == (0, "", "")
    return folder


@pytest.fixture
def here(made: Path, tmp_path: Path) -> Path:
    """The same, to do anything to."""
    return Path(shutil.copytree(made, tmp_path / "here"))


def test_the_watch_goes_on_elsewhere_without_a_false_alert(tmp_path: Path) -> None:
    with WebhookSink() as sink, HttpServer({"/yunxi.html": report()}) as server:
        here = configure(tmp_path / "here", server, sink)
        assert once(here) == ("new", 0)
        server.routes["/yunxi.html"] = report("5.5%")
        assert once(here) == ("changed", 1)
        assert crawl(here, "export", "history", "yunxi", "-o", FILE).code == 0
        there = tmp_path / "there"
        there.mkdir()
        ran = crawl(there, "db", "import", str(here / FILE))
        assert (ran.code, ran.err) == (0, "")
        assert seals(here)[-1] in ran.out
        assert "nothing changed" in crawl(there, "db", "import", str(here / FILE)).out
        assert crawl(there, "alerts", "--json").json == []
        configure(there, server, sink)
        assert once(there) == ("unchanged", 0)
        assert seals(there) == seals(here), "and nothing to reread"
        server.routes["/yunxi.html"] = report("5%")
        assert once(there) == ("changed", 1)
        assert "5.5%左右 → 5%左右" in sink.requests[-1].json["summary"]
        assert (len(sink.requests), seals(there)[:2]) == (2, seals(here))
        assert crawl(there, "db", "verify").code == 0


def test_everything_can_be_seen_elsewhere(here: Path, tmp_path: Path) -> None:
    there = tmp_path / "there"
    there.mkdir()
    assert crawl(there, "db", "import", str(here / FILE), "--json").json["versions"] == 3
    for command in (("versions", "yunxi"), ("show", "yunxi", "--version", "2")):
        assert crawl(there, *command, "--json").json == crawl(here, *command, "--json").json
    changes = crawl(here, "changes", "--json").json
    assert all(change.pop("severity") for change in changes)
    untold = {"severity": None}  # it is the alert's, and nobody was told there
    assert crawl(there, "changes", "--json").json == [{**change, **untold} for change in changes]
    for version in ("1", "2", "3"):
        shown = [crawl(folder, "show", "yunxi", "--version", version, "--raw") for folder in (here, there)]
        assert shown[0] == shown[1]
        assert "云溪市2026年政府工作报告" in shown[0].out
    for what in ("targets", "versions"):
        assert crawl(there, "export", what).out == crawl(here, "export", what).out


def test_an_expert_checks_it_with_public_tools_alone(here: Path) -> None:
    """The program in the documents, and warcio's own check."""
    for document in ("operation.md", "operation.zh-CN.md"):
        [program] = re.findall(r"```python\n(.*?)```", (ROOT / "docs" / document).read_text("utf-8"), re.DOTALL)
        ran = subprocess.run(
            [sys.executable, "-I", "-c", program, FILE], cwd=here, capture_output=True, text=True, check=True
        )
        assert [line.split()[-1] for line in ran.stdout.splitlines()] == seals(here)
    check = "import sys; from warcio.cli import main; main(['check', '-v', sys.argv[1]])"
    ran = subprocess.run([sys.executable, "-c", check, FILE], cwd=here, capture_output=True, text=True, check=False)
    assert (ran.returncode, "fail" in ran.stdout, ran.stdout.count("digest pass")) == (0, False, 11)


def test_a_damaged_file_makes_one_clear_line_and_no_database(here: Path, tmp_path: Path) -> None:
    content = (here / FILE).read_bytes()
    (tmp_path / "cut.warc.gz").write_bytes(content[: len(content) // 2])
    ran = crawl(tmp_path, "db", "import", "cut.warc.gz")
    assert (ran.code, ran.out, ran.err.count("\n")) == (2, "", 1)
    assert "cut.warc.gz: " in ran.err
    assert "nothing was taken over" in ran.err
    assert not (tmp_path / "crawler.db").exists()


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("history",), "name the page whose history is wanted"),
        (("history", "yunxi", "--format", "json"), "exported whole, as WARC"),
        (("history", "yunxi", "--year", "2026"), "exported whole, as WARC"),
        (("history", "nothing"), "no page 'nothing'"),
        (("targets", "yunxi"), "crawler export history PAGE"),
    ],
)
def test_what_cannot_be_exported_is_said(here: Path, arguments: tuple[str, ...], said: str) -> None:
    ran = crawl(here, "export", *arguments, "-o", "x")
    assert (ran.code, said in ran.err, (here / "x").exists()) == (2, True, False)


def test_thinned_bytes_are_named_when_they_are_asked_for(here: Path) -> None:
    database = here / "crawler.db"
    alter(database, "UPDATE capture SET fetched_at = replace(fetched_at, substr(fetched_at, 1, 4), '2019')")
    assert crawl(here, "db", "prune", "--keep-versions", "1").code == 0
    ran = crawl(here, "show", "yunxi", "--version", "2", "--raw")
    assert (ran.code, ran.out) == (2, "")
    assert "these bytes were thinned by `crawler db prune`: fetched 2019-" in ran.err
    assert "the text and the seal of this version are kept" in ran.err
    for version in ("1", "3"):
        ran = crawl(here, "show", "yunxi", "--version", version, "--raw")
        assert (ran.code, "云溪市" in ran.out, ran.err) == (0, True, "")
