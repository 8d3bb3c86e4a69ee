"""What a case of chaos is, and the row of the table it ends in."""

import random
import resource
from collections.abc import Callable, Iterable, Mapping

from crawler.model import value

SHOWN = 5
"""Of what went wrong, so much is told."""


@value
class Row:
    """What became of one case."""

    case: str
    tried: int
    """In the case's own unit."""
    lost: int
    """What happened and was not told, or was told wrongly or too late."""
    false: int
    """What was told and had not happened."""
    duplicates: int
    """What came again under the same id, as a receiver is promised; under another id it is false."""
    seconds: float
    """The worst: of one check, one recovery (the case says which)."""
    megabytes: float
    """The most resident memory of a process at work."""
    note: str = ""
    faults: tuple[str, ...] = ()
    """What went wrong, for whoever repeats it; more than is lost or false where the case itself could not be held."""

    @property
    def failed(self) -> bool:
        return bool(self.lost or self.false or self.faults)


@value
class Case:
    """One way to try the two promises."""

    name: str
    unit: str
    """What is counted: checks, edits, kills."""
    sizes: Mapping[str, int]
    """How many of them are `short` and `long`."""
    run: Callable[[int, int], Row]
    """(size, seed) -> what became of it. The seed decides whatever is left to chance but the system's own timing."""

    def size(self, word: str) -> int:
        """What `short`, `long` or a number means for this case."""
        return self.sizes[word] if word in self.sizes else int(word)


COLUMNS = ("case", "tried", "lost", "false", "duplicates", "worst s", "worst MB", "note")


def table(rows: Iterable[Row]) -> str:
    """The rows in Markdown, as they stand in docs/reliability.md."""
    lines = [COLUMNS, tuple("---" for _ in COLUMNS)]
    for row in rows:
        counts = (row.lost, row.false, row.duplicates)
        worst = (f"{row.seconds:.2f}", f"{row.megabytes:.0f}")
        lines.append((row.case, f"{row.tried:,}", *map(str, counts), *worst, row.note))
    return "\n".join(f"| {' | '.join(cells)} |" for cells in lines)


def peak(who: int = resource.RUSAGE_SELF) -> float:
    """The most memory this process (or the largest of its children that ended) had, in megabytes."""
    return resource.getrusage(who).ru_maxrss / 1024


def dice_of(seed: int, *what: object) -> random.Random:
    """Dice of their own for each thing that is left to chance, so that one cannot move another."""
    return random.Random("/".join(map(str, (seed, *what))))
