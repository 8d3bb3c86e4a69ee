"""One target under atheris, in a process of its own: `python -m tests.fuzz.child TARGET FOLDER [libFuzzer's options]`.

The first finding ends it: the input lies in FOLDER then, as `crash-…`, `timeout-…` or `oom-…`, and what was broken is
on stderr. Of a run without one, `stat:` lines tell there what it cost.
"""

import random
import sys
from collections.abc import Sequence

import atheris

from tests.fuzz.mutate import mutate
from tests.fuzz.target import LONGEST, ROOMS, Laws


def main(arguments: Sequence[str]) -> None:
    """Fuzz until libFuzzer ends the process."""
    name, folder, *options = arguments
    with atheris.instrument_imports(include=list(ROOMS[name])):
        laws = Laws(name)
    worst = 0.0

    def judge(data: bytes) -> None:
        nonlocal worst
        took = laws.judge(data)
        if took > worst:
            worst = took
            sys.stderr.write(f"stat::worst_milliseconds: {1000 * took:.0f}\n")

    def change(data: bytes, longest: int, seed: int) -> bytes:
        dice = random.Random(seed)
        return mutate(data, longest, dice, laws.pieces) if dice.randrange(4) else atheris.Mutate(data, longest)

    command = [sys.argv[0], f"-artifact_prefix={folder}/", f"-max_len={LONGEST}", "-print_final_stats=1", *options]
    atheris.Setup(command, judge, custom_mutator=change)
    atheris.Fuzz()


if __name__ == "__main__":
    main(sys.argv[1:])
