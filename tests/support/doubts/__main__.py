"""`python -m tests.support.doubts [BOOK]`: the books' figures, page by page."""

import logging
import sys
import tempfile
from pathlib import Path

import structlog

from tests.support.doubts import measure


def main(books: list[str]) -> None:
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.ERROR))
    for name in books:
        for way in (measure.false_pages, measure.first_readings):
            with tempfile.TemporaryDirectory() as folder:
                measure.print_lines(f"{way.__name__} {name}", way(Path(folder), name))
    with tempfile.TemporaryDirectory() as folder:
        measure.print_lines("large edits", measure.large_edits(Path(folder)))


if __name__ == "__main__":
    main(sys.argv[1:] or ["false-1"])
