from pathlib import Path

import pytest

from bench import extract_speed
from bench.hostile import BODY, SHAPES


@pytest.fixture(autouse=True)
def small(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(extract_speed, "SAVED", tmp_path)
    monkeypatch.setattr(extract_speed, "ROUNDS", 1)
    monkeypatch.setattr(extract_speed, "WARM_UP", 1)
    monkeypatch.setattr(extract_speed, "EXTRACTIONS", 1)
    monkeypatch.setattr(extract_speed, "SHAPES", {"prose": lambda size: SHAPES["prose"](size / 1_000)})
    monkeypatch.setattr(extract_speed, "DOCUMENTS", {})


def test_the_figures_asked_for_are_printed(capsys: pytest.CaptureFixture[str]) -> None:
    assert extract_speed.main([]) == 0
    printed = capsys.readouterr().out
    assert "x the parse" in printed
    assert "MiB after 1 more" in printed
    assert "prose" in printed


def test_one_figure_alone(capsys: pytest.CaptureFixture[str]) -> None:
    assert extract_speed.main(["memory"]) == 0
    assert "parse" not in capsys.readouterr().out


def test_a_figure_that_is_none_is_said_to_be(capsys: pytest.CaptureFixture[str]) -> None:
    assert extract_speed.main(["speed"]) == 2
    assert "no such measure: speed; there are ratio, memory, hostile" in capsys.readouterr().out


@pytest.mark.parametrize("shape", ["prose", "links", "nested: div", "pagers"])
def test_shapes_grow_with_their_size(shape: str) -> None:
    small, large = SHAPES[shape](0.01), SHAPES[shape](0.04)
    assert 3 < len(large) / len(small) < 5
    assert all(text in small for text in BODY)
