"""`python -m tests.fuzz [TARGET…] [--seconds N | --runs N] [--seed S]`: fuzz, print a table, fail on a finding."""

import argparse
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Sequence
from importlib.util import find_spec
from pathlib import Path
from shutil import copy

from crawler.model import value
from tests.fuzz.target import CORPUS, ROOMS, Laws

ROOT = Path(__file__).resolve().parents[2]
FINDINGS = ROOT / "fuzz-findings"
"""Inputs that broke a law; git ignores them until somebody has mended what they show."""
HANGS = 60
"""Seconds after which an input hangs."""
MEGABYTES = 2048
COLUMNS = ("target", "seed", "seconds", "runs", "branches at first", "new", "worst ms", "finding")


@value
class Row:
    """What became of one target."""

    target: str
    seed: int
    seconds: int
    runs: int
    known: int
    """Branches (libFuzzer's cov) that the corpus alone reached."""
    new: int
    worst: int
    """Milliseconds of the processor that one input took."""
    finding: Path | None = None
    broken: str = ""
    """What the finding shows."""


def main(arguments: Sequence[str]) -> int:
    """Fuzz the targets one after another; 1 if a law was broken."""
    given = _parse(arguments)
    if given.repeat:
        Laws(given.target[0]).judge(given.repeat.read_bytes())
        sys.stdout.write("no law is broken\n")
        return 0
    if find_spec("atheris") is None:
        sys.stderr.write("skipped: atheris is not here; it is for Linux on x86-64 with Python 3.11 to 3.13 alone\n")
        return 0
    rows = [_fuzzed(name, given) for name in given.target or ROOMS]
    sys.stdout.write(f"{table(rows)}\n")
    return int(any(row.finding or row.broken for row in rows))


def _parse(arguments: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz", description="Look for inputs that break a law.")
    parser.add_argument("target", nargs="*", metavar="TARGET", help=f"of {', '.join(ROOMS)}; without any: all")
    much = parser.add_mutually_exclusive_group()
    much.add_argument("--seconds", type=int, default=10, help="for each target (default 10)")
    much.add_argument("--runs", type=int, help="for each target, instead of seconds")
    much.add_argument("--repeat", type=Path, metavar="FILE", help="judge one input again, without atheris")
    parser.add_argument("--seed", type=int, default=1, help="repeats what chance decided, with --runs wholly")
    given = parser.parse_args(arguments)
    if unknown := set(given.target) - set(ROOMS):
        parser.error(f"no such target: {', '.join(sorted(unknown))}; known are {', '.join(ROOMS)}")
    if given.repeat and len(given.target) != 1:
        parser.error("--repeat takes one target")
    if given.seed < 1 or given.seconds < 1 or (given.runs is not None and given.runs < 1):
        parser.error("--seconds, --runs and --seed take numbers above 0")
    return given


def _fuzzed(name: str, given: argparse.Namespace) -> Row:
    limit = f"-runs={given.runs}" if given.runs else f"-max_total_time={given.seconds}"
    sys.stderr.write(f"{name}: {limit[1:]} with seed {given.seed} …\n")
    with tempfile.TemporaryDirectory() as scratch:
        found, grown = Path(scratch, "found"), Path(scratch, "grown")
        found.mkdir()
        grown.mkdir()
        options = [
            limit,
            f"-seed={given.seed}",
            f"-timeout={HANGS}",
            f"-report_slow_units={HANGS}",
            f"-rss_limit_mb={MEGABYTES}",
        ]
        command = [sys.executable, "-m", "tests.fuzz.child", name, str(found), *options, str(grown), str(CORPUS / name)]
        ended = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False)
        told = ended.stdout.decode("utf-8", "replace")
        row = read(name, given.seed, told, [*found.iterdir()])
        row = row if row.finding or not ended.returncode else _broken_down(row, told)
        return _kept(row) if row.finding else row


def read(name: str, seed: int, told: str, found: Sequence[Path]) -> Row:
    """What a process told on stderr, as a row."""
    covered = [int(number) for number in re.findall(r"\bcov: (\d+)", told)]
    first = re.search(r"INITED cov: (\d+)", told)
    known = int(first[1]) if first else 0
    return Row(
        target=name,
        seed=seed,
        seconds=_last(r"in (\d+) second", told),
        runs=_last(r"stat::number_of_executed_units:\s+(\d+)", told),
        known=known,
        new=max([*covered, known]) - known,
        worst=_last(r"stat::worst_milliseconds: (\d+)", told),
        finding=found[0] if found else None,
        broken=_complaint(told) if found else "",
    )


def _last(pattern: str, text: str) -> int:
    return int(["0", *re.findall(pattern, text)][-1])


def _complaint(told: str) -> str:
    """The exception, or what libFuzzer says of a time-out or of memory."""
    lines = re.findall(r"^(?:[\w.]+(?:Error|Slow|Exception|Abandoned)\b.*|==\d+== ERROR: .*)", told, re.MULTILINE)
    return lines[0] if lines else "the process died"


def _broken_down(row: Row, told: str) -> Row:
    sys.stderr.write(told[-3000:])
    return Row(**{**{name: getattr(row, name) for name in row.__slots__}, "broken": "the fuzzer itself broke down"})


def _kept(row: Row) -> Row:
    """The row with its finding where it stays."""
    assert row.finding
    FINDINGS.mkdir(exist_ok=True)
    kept = Path(copy(row.finding, FINDINGS / f"{row.target}-{row.finding.name}"))
    sys.stderr.write(f"{row.target}: {row.broken}\n  the input: {kept}\n")
    sys.stderr.write(f"  repeat it: python -m tests.fuzz {row.target} --repeat {kept.relative_to(ROOT)}\n")
    return Row(**{**{name: getattr(row, name) for name in row.__slots__}, "finding": kept})


def table(rows: Iterable[Row]) -> str:
    """The rows in Markdown, as they stand in docs/fuzzing.md."""
    lines = [COLUMNS, tuple("---" for _ in COLUMNS)]
    for row in rows:
        figures = (row.seed, row.seconds, row.runs, row.known, row.new, row.worst)
        lines.append((row.target, *(f"{figure:,}" for figure in figures), row.broken.replace("|", "\\|") or "none"))
    return "\n".join(f"| {' | '.join(cells)} |" for cells in lines)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
