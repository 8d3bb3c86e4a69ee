"""The fuzzer itself: what it changes, tells and finds."""

import random
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest

from tests.fuzz import target
from tests.fuzz.__main__ import ROOT, main, read, table
from tests.fuzz.laws import extract as extract_laws
from tests.fuzz.mutate import mutate
from tests.fuzz.target import LONGEST, Laws, Slow, allowed

TOLD = """#2 pulse cov: 90 ft: 100 corp: 1/9b
#9\tINITED cov: 120 ft: 300 corp: 9/2Kb
stat::worst_milliseconds: 7
#50\tNEW    cov: 131 ft: 340 corp: 10/2Kb
stat::worst_milliseconds: 31
Done 512 runs in 4 second(s)
stat::number_of_executed_units: 512
"""
PIECES = (b"<p>", b"</p>", "亿元".encode())


def test_changes_are_those_of_the_dice_and_within_bounds() -> None:
    seen = set()
    for seed in range(400):
        changed = mutate("<p>青禾县</p>".encode(), 500, random.Random(seed), PIECES)
        assert changed == mutate("<p>青禾县</p>".encode(), 500, random.Random(seed), PIECES)
        assert len(changed) <= 500
        seen.add(changed)
    assert len(seen) > 100
    assert max(map(len, seen)) > 100, "nothing ever grows"


def test_no_character_is_torn_by_a_piece() -> None:
    for seed in range(400):
        mutate("青禾县新增".encode(), LONGEST, random.Random(seed), PIECES).decode()


def test_an_empty_input_grows() -> None:
    assert {mutate(b"", 100, random.Random(seed), PIECES) for seed in range(50)} > {b"<p>"}


def test_what_a_process_tells_becomes_a_row() -> None:
    row = read("diff", 3, TOLD, [])
    assert (row.seconds, row.runs, row.known, row.new, row.worst, row.broken) == (4, 512, 120, 11, 31, "")
    assert table([row]).splitlines()[-1] == "| diff | 3 | 4 | 512 | 120 | 11 | 31 | none |"


def test_a_finding_is_told_by_its_exception() -> None:
    told = f"{TOLD} === Uncaught Python exception: ===\nIndexError: a | b\nTraceback\n==7== ERROR: libFuzzer: exited\n"
    row = read("diff", 3, told, [Path("crash-1")])
    assert row.finding == Path("crash-1")
    assert table([row]).endswith("| IndexError: a \\| b |")


def test_what_takes_too_long_is_a_finding(monkeypatch: pytest.MonkeyPatch) -> None:
    times = iter((0.0, 2.5, 0.0, 2.5))
    monkeypatch.setattr(target, "process_time", lambda: next(times))
    laws = Laws("charset")
    with pytest.raises(Slow, match=r"2\.5 s of the processor; 2\.0 s are allowed"):
        laws.judge(b"x")
    assert laws.judge(b"x" * LONGEST) == 2.5
    assert allowed(LONGEST) == 20


@pytest.mark.parametrize(
    "body", ["<p>{}</p>", "<p>{}</p><script>暗渠密匣</script>", "<p>{}</p><div hidden><p>暗渠密匣</p></div>"]
)
def test_a_false_body_is_a_finding(body: str, monkeypatch: pytest.MonkeyPatch) -> None:
    page = body.format("今年要做好八个方面工作，完成投资12亿元以上，确保年底前见到成效。").encode()
    honest = extract_laws.extract
    extract_laws.check(page)
    monkeypatch.setattr(extract_laws, "extract", lambda *given: _with(honest(*given), "暗渠密匣"))
    with pytest.raises(AssertionError, match="no browser shows this here: '暗渠密匣'"):
        extract_laws.check(page)


def _with(article: extract_laws.Article, more: str) -> extract_laws.Article:
    fields = {name: getattr(article, name) for name in article.__slots__}
    return extract_laws.Article(**{**fields, "paragraphs": (*article.paragraphs, more)})


@pytest.mark.parametrize(
    "arguments", [["no-such"], ["--seconds", "0"], ["--repeat", "x"], ["diff", "--runs", "1", "--seconds", "1"]]
)
def test_wrong_arguments_are_told(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit, match="2"):
        main(arguments)
    assert "usage: python -m tests.fuzz" in capsys.readouterr().err


def test_without_atheris_it_says_so(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr("tests.fuzz.__main__.find_spec", lambda _: None)
    assert main(["charset"]) == 0
    assert "skipped: atheris is not here" in capsys.readouterr().err


def test_an_input_is_judged_again(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "input").write_bytes("\x01增长6%".encode())
    assert main(["targets", "--repeat", str(tmp_path / "input")]) == 0
    assert capsys.readouterr().out == "no law is broken\n"


@pytest.mark.skipif(find_spec("atheris") is None, reason="atheris: Linux on x86-64, Python 3.11 to 3.13 alone")
def test_a_short_run() -> None:
    command = [sys.executable, "-m", "tests.fuzz", "charset", "--runs", "300"]
    ended = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert ended.returncode == 0, ended.stderr
    told = ended.stdout.splitlines()[-1].split(" | ")
    assert int(told[3]) >= 300
    assert told[-1] == "none |"
