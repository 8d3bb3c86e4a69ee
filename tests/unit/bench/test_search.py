"""The benchmark of the search asks what it says it does."""

from pathlib import Path

import pytest

from bench import search
from bench.populate import Size, populate
from tests.support.store import opened


def test_everything_is_indexed_and_every_question_answered(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    with opened(tmp_path / "crawler.db") as store:
        populate(store, Size(pages=5, versions=20, characters=600))
    monkeypatch.setattr(search, "TIMES", 1)
    monkeypatch.setattr("sys.argv", ["bench.search", str(tmp_path / "crawler.db")])
    search.main()
    counted, size, *answers = capsys.readouterr().out.splitlines()
    assert counted.startswith("20 versions indexed")
    assert size.startswith("index 0.")
    assert len(answers) == 14
