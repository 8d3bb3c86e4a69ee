"""The tutorial as a newcomer follows it: every command, in order, with the file it says to write."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.cli import ROOT, crawl
from tests.support.http_server import HttpServer, page

BLOCK = re.compile(r"^```(\w+)\n(.*?)^```", re.MULTILINE | re.DOTALL)
TITLE = "云川市2031年政府工作报告"


def report(growth: str) -> bytes:
    steps = "".join(f"<p>第{n}项工作要抓紧抓实，确保年底前见到成效，让云川市的群众得到实惠。</p>" for n in range(12))
    goal = f"<p>今年发展的主要预期目标是：地区生产总值增长{growth}左右；城镇新增就业12万人以上。</p>"
    return page(
        f"<html><head><title>{TITLE}</title></head><body><h1>{TITLE}</h1><div>{steps}{goal}</div></body></html>"
    )


@pytest.fixture
def portal() -> Iterator[HttpServer]:
    with HttpServer({"/report.html": report("6%")}) as server:
        yield server


def blocks(name: str, language: str) -> list[str]:
    return [text for kind, text in BLOCK.findall((ROOT / "docs" / name).read_text("utf-8")) if kind == language]


@pytest.mark.parametrize("name", ["tutorial.md", "tutorial.zh-CN.md"])
def test_every_command_of_the_tutorial_works_in_order(name: str, tmp_path: Path, portal: HttpServer) -> None:
    [written] = blocks(name, "yaml")
    here = re.sub(r"url: .*", f"url: {portal.url('/report.html')}", written)
    here = here.replace("network: {", "network: {allow_private: true, ")
    (tmp_path / "sources.yaml").write_text("defaults: {delay: 0s}\n" + here, "utf-8")
    said: dict[str, str] = {}
    for line in "".join(blocks(name, "console")).splitlines():
        if line == "crawler once" and line in said:  # the second time, the page was edited
            portal.routes["/report.html"] = report("5.5%")
        ran = crawl(tmp_path, *line.split()[1:])
        assert ran.code == 0, f"{line}: {ran.err}"
        said[line] = ran.out
    assert TITLE in said["crawler pages"]
    assert "5.5%左右" in said["crawler changes"]


def test_both_languages_give_the_same_commands() -> None:
    assert blocks("tutorial.md", "console") == blocks("tutorial.zh-CN.md", "console")
