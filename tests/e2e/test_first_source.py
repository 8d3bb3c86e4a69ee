"""From nothing: `crawler serve` in an empty folder, the first source by its form, and the first check by the server."""

import re
import signal
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from tests.support.cli import start
from tests.support.http_server import HttpServer, page
from tests.support.web import html


@pytest.fixture
def site() -> Iterator[HttpServer]:
    with HttpServer({"/yunxi.html": page(html().decode())}) as server:
        yield server


@pytest.fixture
def visitor(tmp_path: Path) -> Iterator[httpx.Client]:
    """Somebody who opened the link that the server printed."""
    server = start(tmp_path, "serve", "--port", "0")
    try:
        assert server.stdout
        link = httpx.URL(server.stdout.readline().strip())
        with httpx.Client(base_url=str(link.join("/")), timeout=60, trust_env=False) as client:
            client.get(link)
            yield client
    finally:
        server.send_signal(signal.SIGTERM)
        _, said = server.communicate(timeout=60)
    assert server.returncode == 0, said


def test_a_first_source_is_added_and_checked_without_a_daemon(
    visitor: httpx.Client, tmp_path: Path, site: HttpServer
) -> None:
    config = tmp_path / "sources.yaml"
    assert not config.exists()
    assert 'href="/sources/new"' in visitor.get("/").text
    form = dict(re.findall(r'name="(csrf|seen)" value="(\w*)"', visitor.get("/sources/new").text))
    address = site.url("/yunxi.html")
    refused = visitor.post("/sources/preview", data={**form, "address": address}).text
    assert "network.allow_private: true would allow it" in refused
    assert visitor.post("/sources/new", data={**form, "id": "yunxi", "address": address}).status_code == 303
    config.write_text("network: {allow_private: true}   # a test's portal\n" + config.read_text("utf-8"), "utf-8")
    after = visitor.get("/sources?saved=yunxi").text
    assert "No daemon is at work" in after
    assert visitor.post("/sources/yunxi/check", data=form).status_code == 303
    wait_for(visitor, "/pages", "云溪市2026年政府工作报告")
    assert "version 1" in visitor.get("/pages/1").text


def wait_for(visitor: httpx.Client, path: str, text: str) -> None:
    """Load a page again until it says this: the server checks beside."""
    end = time.monotonic() + 60
    while text not in visitor.get(path).text:
        assert time.monotonic() < end, f"{path} never said {text!r}"
        time.sleep(0.05)
