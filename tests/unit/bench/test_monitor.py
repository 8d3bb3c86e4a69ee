"""The bench of monitoring: its pages, its site, its meter and its tables."""

import argparse
import json
import random
import subprocess
import sys
import urllib.error
import urllib.request
from pathlib import Path

import pytest

from bench import costs, made_up, monitor, peers, tools
from bench.costs import Cost, Measured
from bench.meter import metered
from bench.shapes import CHARACTERS, SHAPES, SIZE
from bench.site import open_site, paragraphs
from bench.watchers import Stage
from crawler.extract import extract
from crawler.text import fold

REPORT = made_up.report(random.Random(1), "清沅县", 2026, CHARACTERS)


def get(url: str) -> bytes:
    with urllib.request.urlopen(url, timeout=30) as answer:
        content: bytes = answer.read()
    return content


@pytest.mark.parametrize("name", SHAPES)
def test_furniture_moves_around_a_body_that_stands(name: str) -> None:
    shape, dice = SHAPES[name], random.Random(1)
    page = shape.page(REPORT.title, paragraphs(REPORT))
    one, two = shape.drawn(page, dice), shape.drawn(page, dice)
    assert one != two
    assert page.body in one
    assert page.body in two
    assert abs(len(one) - SIZE) < 4_000
    assert "{{" not in one.decode(shape.encoding)
    bodies = {fold(extract(content, "http://127.0.0.1/report/1.html", shape.header).body) for content in (one, two)}
    assert bodies == {fold("\n".join(paragraphs(REPORT)))}


def test_paragraphs_lose_nothing_of_the_report() -> None:
    assert "".join(paragraphs(REPORT)) == "".join(REPORT.lines)


def test_a_site_of_many_hosts_edits_pages_and_hears_of_them() -> None:
    with open_site(100, hosts=20) as site:
        assert len({url.split("/")[2] for url in site.urls}) == 20
        before = [get(url) for url in site.urls]
        assert site.served == 100
        [edited] = site.edit()
        again = get(site.urls[edited])
        shape = tools.shape(site, edited)
        was, now = (extract(content, site.urls[0], shape.header).body for content in (before[edited], again))
        assert fold(was) != fold(now)
        body = json.dumps({"text": f"CHANGED: {site.urls[edited]}\n" + "x" * 300_000}).encode()
        with urllib.request.urlopen(site.hook, data=body, timeout=30) as answer:
            assert answer.status == 200
        assert site.posts == 1
        assert site.told() == {edited}
        assert site.told() == set()
        with pytest.raises(urllib.error.HTTPError, match="404"):
            get(site.urls[0].replace("/0.html", "/100.html"))


def test_two_rounds_of_the_floor_tell_the_one_page_edited() -> None:
    first, second = monitor.both_rounds(tools.Floor, Path(sys.executable), 100, 1, 0)
    assert (first.false, first.missed) == (0, 0)
    assert (second.false, second.missed) == (0, 0)
    assert second.cpu > 0
    assert second.disk >= first.disk > 100_000  # texts of 100 pages; the list of jobs is none of it


def test_a_monitor_that_breaks_down_has_no_figures() -> None:
    class Broken(tools.Floor):
        def __init__(self, python: Path, folder: Path, stage: Stage) -> None:
            super().__init__(python, folder, stage)
            self.arguments = [sys.executable, "-c", "raise SystemExit('no such thing')"]

    with pytest.raises(OSError, match="it asked for 0 of 2 pages: no such thing"):
        monitor.both_rounds(Broken, Path(sys.executable), 2, 1, 0)


def test_selectors_written_by_hand_are_those_of_the_pages_shape(tmp_path: Path) -> None:
    with open_site(2) as site:
        watcher = tools.UrlwatchSelected(tmp_path / "python", tmp_path, site)
        assert watcher.filters(0) == {"filter": [{"css": {"selector": "div.TRS_Editor"}}, "html2text"]}
        assert watcher.filters(1)["filter"][0]["css"]["exclude"] == "div.bdsharebuttonbox"
        assert "div#zoom" in (tmp_path / "jobs.yaml").read_text("utf-8")


_BURN = "x = bytearray(80_000_000)\nimport time\nwhile time.process_time() < 0.3: pass"


def test_children_are_metered_with_their_own_children_but_not_the_one_left_out() -> None:
    nested = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {_BURN!r}])"
    with metered() as spent:
        subprocess.run([sys.executable, "-c", nested], check=True)
    assert spent.cpu > 0.3
    assert spent.peak > 80_000_000
    with subprocess.Popen([sys.executable, "-c", f"{_BURN}\nprint()\nimport sys\nsys.stdin.read()"],
                          stdin=subprocess.PIPE, stdout=subprocess.PIPE) as left_out:  # fmt: skip
        with metered(without=left_out.pid) as spent:
            assert left_out.stdout
            left_out.stdout.readline()
            assert spent.peak < 80_000_000
        left_out.communicate()
    assert spent.cpu < 0.3


def measured(cpu: float, *, false: int = 0, peak: int = 50_000_000) -> Measured:
    first = Cost(20.0, 9.0, peak, 2_000_000, 1, 0, 0, 0.3)
    return Measured(1_000, (first, Cost(10.0, cpu, peak, 3_000_000, 2, false, 0, 0.3)), (0.4, 0.5))


def test_costs_a_page_are_told_with_and_without_the_start() -> None:
    rows = costs.lines("ours", measured(4.5)).splitlines()
    assert rows[0] == "| ours | 1 | 20.0 | 50 | 9.0 | 9.0 | 8.6 | 50 | 2.0 | 1 |  |  |"
    assert rows[1] == "| ours | 2 | 10.0 | 100 | 4.5 | 4.5 | 4.0 | 50 | 3.0 | 2 | 0 | 0 |"
    assert len({row.count("|") for row in [*costs.head().splitlines(), *rows]}) == 1


def test_ratios_are_those_of_the_second_round() -> None:
    table = costs.ratios({"ours": measured(4.5), "slow": measured(9.0, false=99)})
    assert "| ours | 1.00 | 1.00 | 1.00 | 1.00 | 1.00 | 0 | 0 |" in table
    assert "| slow | 1.00 | 2.00 | 2.12 | 1.00 | 1.00 | 99 | 0 |" in table


def test_marks_say_which_are_held() -> None:
    assert costs.missed(measured(4.5)) == []
    assert "- CPU 4.5 ms a page, mark 5: held" in costs.marks(measured(4.5))
    bad = measured(5.1, false=1, peak=120_000_000)
    assert len(costs.missed(bad)) == 3
    assert "- memory 120 MB, mark 100: **missed**" in costs.marks(bad)


def test_tables_are_put_between_the_marks_of_their_site() -> None:
    document = "a\n{}old\n<!-- end -->\nb\n{}{}\n<!-- end -->\n".format
    marks = ("<!-- monitor 10 1 0 -->\n", "<!-- monitor 1000 1 0 -->\n")
    asked = argparse.Namespace(pages=1000, hosts=1, latency=0)
    assert monitor.put(document(*marks, "old"), asked, "new \\1") == document(*marks, "new \\1")
    asked.hosts = 200
    with pytest.raises(SystemExit, match="no marks for 1000 pages, 200 hosts, 0 ms"):
        monitor.put(document(*marks, "old"), asked, "new")


def test_each_peer_has_an_environment_of_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    tried: list[str] = []

    def install(python: Path, *what: str) -> str:
        tried.append(what[-1].partition("==")[0])
        return ""

    monkeypatch.setattr(peers, "_install", install)
    monkeypatch.setattr(peers.subprocess, "run", lambda command, **_: Path(command[-1]).mkdir(parents=True))
    packages = sorted({package for package, _ in tools.TOOLS.values() if package})
    made = {peers.prepare(sys.executable, monitor.REQUIREMENTS, only=package).python for package in packages}
    assert len(made) == len(packages) == 3
    assert tried == [each for package in packages for each in ("pip", package)]
