"""Peers in processes of their own; here in our own environment, which has one of them."""

import json
import sys
from pathlib import Path

import pytest

from bench import extract, peer_worker, peers
from bench.measure import Page
from bench.samples import Sample, Score, own_samples

ENVIRONMENT = peers.Environment(Path(sys.executable), {"justext": "ERROR: No matching distribution found for justext"})


def page(html: str, scene: str = "") -> Page:
    return Page(Sample("one", "gov", "http://news.example/1.html", html, (), lambda body: Score(0, 0, 0)), scene, html)


def test_every_peer_that_is_installed_can_be_run() -> None:
    assert peers.names() == list(peer_worker.PEERS)


def test_a_peer_gives_a_body_a_page_and_its_times() -> None:
    texts = ["云溪市今年将新建改建农村公路120公里,惠及群众5万人。", "全市粮食产量稳定在35万吨以上,比上年增长2%。"]
    some = [page(f"<html><body><main><p>{text}</p></main></body></html>") for text in texts]
    run = peers.run(ENVIRONMENT, "resiliparse", some)
    assert [body.strip() for body in run.bodies] == texts
    assert run.errors == 0
    assert run.parse > 0
    assert run.extract > 0
    assert run.version[0].isdigit()


def test_a_peer_that_could_not_be_installed_says_why() -> None:
    with pytest.raises(peers.UnavailableError, match="not installed: ERROR: No matching distribution"):
        peers.run(ENVIRONMENT, "justext", [])


def test_a_peer_that_cannot_be_loaded_says_why() -> None:
    with pytest.raises(peers.UnavailableError, match="crashed: ModuleNotFoundError"):
        peers.run(ENVIRONMENT, "boilerpy3", [page("<p>x</p>")])


def test_a_page_on_which_a_peer_raises_is_an_empty_body_and_counted() -> None:
    def broken(html: str, url: str) -> str:
        raise ValueError(f"{len(html)} characters of {url}")

    assert peer_worker._guarded(broken, "<p>", "u") == {"body": "", "error": "ValueError: 3 characters of u"}


def test_html_of_a_peer_becomes_lines() -> None:
    html = "<style>p{}</style><div><p>一<b>二</b></p>三<br>四 &lt;五&gt;<!-- 六 --></div>"
    assert [line for line in peer_worker._text(html).split("\n") if line] == ["一二", "三", "四 <五>"]


def test_an_environment_is_made_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    tried: list[tuple[str, ...]] = []

    def install(python: Path, *what: str) -> str:
        tried.append(what)
        return "ERROR: requires Python 3.12" if what[0].startswith("magic-html") else ""

    monkeypatch.setattr(peers, "_install", install)
    made = peers.prepare(sys.executable)
    assert made.failed == {"magic-html": "ERROR: requires Python 3.12"}
    assert made.python.exists()
    assert [what[-1].partition("==")[0].partition("[")[0] for what in tried] == ["pip", "selectolax", *peers.names()]
    assert peers.prepare(sys.executable) == made
    assert len(tried) == 2 + len(peers.names())


def test_requirements_are_pinned() -> None:
    assert all("==" in line for line in peers._requirements())


def test_the_command_prints_every_table(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(extract, "shared_samples", list)
    monkeypatch.setattr(peers, "prepare", lambda python: ENVIRONMENT)
    monkeypatch.setattr(peers, "names", lambda: ["resiliparse", "justext"])
    assert extract.main(["--peers", "-v"]) == 0
    out = capsys.readouterr().out
    assert out.startswith(f"{len(own_samples())} pages, ")
    for head in (
        "pages as saved",
        "with furniture",
        "extractor",
        "ours: leaked / put in",
        "share of blocks leaking",
        "worst pages",
    ):
        assert f"| {head} " in out
    assert "not installed: ERROR: No matching distribution" in out
    assert json.dumps(ENVIRONMENT.failed) not in out
