"""The bench of freshness: as many requests on both sides, each edit found once, and never before it was made."""

from datetime import timedelta
from pathlib import Path
from random import Random
from xml.etree import ElementTree as ET

import pytest

from bench import freshness
from bench.changes import DAYS, PROCESSES, pages
from bench.plot import Curve, shares
from crawler.model import Schedule

HOURLY = Schedule(every=timedelta(hours=12), up_to=timedelta(days=20))


@pytest.mark.parametrize("name", PROCESSES)
def test_each_edit_is_found_once_and_not_before_it_was_made(name: str) -> None:
    year = pages(name, 12, Random(1))
    edits = [edit for page in year for edit in page.edits]
    assert edits
    assert all(page.watched < edit < DAYS for page in year for edit in page.edits)
    ours = freshness.bounded(year, HOURLY, Random(2))
    interval, theirs = freshness.fixed(year, ours.requests, Random(3))
    assert len(ours.delays) == len(theirs.delays) == len(edits)
    assert 0 <= ours.delays[0] <= ours.delays[-1] <= 20 * 24
    assert 0 <= theirs.delays[0] <= theirs.delays[-1] <= interval


def test_bounds_that_meet_are_the_fixed_interval() -> None:
    year = pages("even", 20, Random(1))
    ours = freshness.bounded(year, Schedule(every=timedelta(days=1), up_to=timedelta(days=1)), Random(2))
    interval, _ = freshness.fixed(year, ours.requests, Random(3))
    assert interval == pytest.approx(24, rel=0.06)  # up to 5 % late


def test_the_table_is_written_between_its_marks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    page = tmp_path / "benchmarks.md"
    page.write_text(f"before\n{freshness.MARKS[0]}\nold\n{freshness.MARKS[1]}\nbehind\n", "utf-8")
    monkeypatch.setattr(freshness, "PAGE", page)
    monkeypatch.setattr(freshness, "PLOT", tmp_path / "assets" / "freshness.svg")
    freshness.write("new", "<svg/>")
    freshness.write("newer", "<svg/>")
    assert page.read_text("utf-8") == f"before\n{freshness.MARKS[0]}\nnewer\n{freshness.MARKS[1]}\nbehind\n"
    assert (tmp_path / "assets" / "freshness.svg").read_text("utf-8") == "<svg/>"


def test_the_plot_is_svg_with_a_line_for_each_curve() -> None:
    root = ET.fromstring(shares([Curve("every <6 h>", [0.0, 1.0, 500.0]), Curve("ours", [0.1, 0.2])]))
    assert len([each for each in root.iter() if each.tag.endswith("polyline")]) == 2
    assert "every <6 h>" in "".join(root.itertext())
