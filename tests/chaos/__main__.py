"""`python -m tests.chaos [CASE…] [--size short|long|N] [--seed S]`: try the promises, print a table, fail on loss."""

import argparse
import sys
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from time import monotonic

from tests.chaos import channels, disk, doubts, edits, kill, noise, servers
from tests.chaos.case import Case, Row, table

CASES = {
    case.name: case
    for case in (
        *(module.CASE for module in (noise, edits, doubts, kill)),
        kill.POSTGRESQL,
        *(module.CASE for module in (disk, channels, servers)),
    )
}


def main(arguments: Sequence[str]) -> int:
    """Run the cases one after another; 1 if any failed."""
    given = _parse(arguments)
    rows = [_tried(CASES[name], given.size, given.seed) for name in given.case or CASES]
    sys.stdout.write(f"{table(rows)}\n")
    return int(any(row.failed for row in rows))


def _parse(arguments: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.chaos", description="Try the two promises.")
    parser.add_argument("case", nargs="*", metavar="CASE", help=f"of {', '.join(CASES)}; without any: all")
    parser.add_argument("--size", default="short", help="short, long, or how many, in the case's own unit")
    parser.add_argument("--seed", type=int, default=1, help="repeats what chance decided")
    given = parser.parse_args(arguments)
    if unknown := set(given.case) - set(CASES):
        parser.error(f"no such case: {', '.join(sorted(unknown))}; known are {', '.join(CASES)}")
    if given.size not in ("short", "long") and not (given.size.isdecimal() and int(given.size)):
        parser.error("--size takes short, long or a number above 0")
    return given


def _tried(case: Case, size: str, seed: int) -> Row:
    """A case in a process of its own, so that its memory is its own; its faults on stderr."""
    count, began = case.size(size), monotonic()
    sys.stderr.write(f"{case.name}: {count:,} {case.unit} with seed {seed} …\n")
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as alone:
        row = alone.submit(case.run, count, seed).result()
    sys.stderr.write(f"{case.name}: {'FAILED' if row.failed else 'held'} after {monotonic() - began:.0f} s\n")
    for fault in row.faults:
        sys.stderr.write(f"  {fault}\n")
    if row.failed:
        sys.stderr.write(f"  repeat it: {repeat(case, count, seed)}\n")
    return row


def repeat(case: Case, count: int, seed: int) -> str:
    """The command that runs a case again."""
    return f"python -m tests.chaos {case.name} --size {count} --seed {seed}"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
