from pathlib import Path

import pytest

from crawler.config import parse_config
from crawler.demo import keepsakes
from crawler.errors import UsageError


def test_clearing_removes_its_own_files_and_no_other(tmp_path: Path) -> None:
    for name in (*keepsakes.OWN, "notes.txt"):
        (tmp_path / name).write_text("old")
    keepsakes.clear(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["notes.txt"]


def test_clearing_makes_the_folder(tmp_path: Path) -> None:
    keepsakes.clear(tmp_path / "a" / "b")
    assert (tmp_path / "a" / "b").is_dir()


def test_a_folder_that_cannot_be_made_is_a_clear_error(tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("a file")
    with pytest.raises(UsageError, match=r"taken: cannot be prepared: .*another folder"):
        keepsakes.clear(tmp_path / "taken")


def test_a_file_that_cannot_be_written_is_a_clear_error(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"x\.json: cannot be written"):
        keepsakes.write(tmp_path / "absent", "x.json", b"{}")


def test_the_configuration_is_valid_and_names_every_address() -> None:
    text = keepsakes.configuration(
        portal="http://127.0.0.1:4001", hook="http://127.0.0.1:4002", secret="whsec_" + "QUJD" * 8, port=4003
    )
    config = parse_config(text, {}, "sources.yaml")
    assert [source.url or source.listing for source in config.sources] == [
        "http://127.0.0.1:4001/fanwen/2601.html",
        "http://127.0.0.1:4001/news/show/7f3a.html",
        "http://127.0.0.1:4001/zwgk/202601/t20260118_77.html",
        "http://127.0.0.1:4001/gongbao/",
    ]
    assert set(config.channels) == {"desk", "mail"}
    assert config.network.allow_private
    assert all(source.delay.total_seconds() == 0 for source in config.sources)
