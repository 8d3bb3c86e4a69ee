"""`python -m tests.support.noise [DRAWS] [SHAPE…]`: every failing draw, gathered by the noise that makes it fail."""

import sys
import time

from tests.support.noise.law import breaches, causes, told
from tests.support.noise.pages import draws_of, page
from tests.support.noise.shapes import NAMES


def main(draws: int, shapes: list[str]) -> None:
    started, say = time.process_time(), sys.stdout.write
    failing = [number for shape in shapes or NAMES for number in draws_of(shape, draws) if breaches(page(number))]
    say(f"{draws} draws in {time.process_time() - started:.1f} s of processor time, {len(failing)} failing\n")
    for cause, numbers in causes(failing).items():
        found = sorted({page(number).shape for number in numbers})
        say(f"\n{len(numbers)} x {' + '.join(cause)} in {', '.join(found)}\n{told(numbers[0])}\n")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 2000, sys.argv[2:])
