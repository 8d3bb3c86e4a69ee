"""`python -m tests.support.doubts [BOOK …]`: the books' figures, page by page."""

import logging
import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path

import structlog

from tests.support.doubts import measure


def main(books: list[str]) -> None:
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.ERROR))
    for name in books:
        for way in (measure.false_pages, measure.first_readings):
            with tempfile.TemporaryDirectory() as folder:
                _show(f"{way.__name__} {name}", way(Path(folder), name))
    with tempfile.TemporaryDirectory() as folder:
        _show("large edits", measure.large_edits(Path(folder)))


def _show(title: str, lines: Iterable[measure.Line]) -> None:
    lines = list(lines)
    good = sum(not line.faults for line in lines)
    sys.stdout.write(f"\n{title}: {good} of {len(lines)} as promised\n")
    for line in lines:
        said = f"{line.checks} checks · {line.told_after} · {line.reason[:90]} {'; '.join(line.faults)}"
        sys.stdout.write(f"{'FAIL' if line.faults else 'ok'}\t{line.name} · {said}\n")


if __name__ == "__main__":
    main(sys.argv[1:] or ["false-1", "false-2", "false-3"])
