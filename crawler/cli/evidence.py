"""A page's history as evidence: written as WARC (`export history`), taken over from one (`db import`)."""

from collections.abc import Callable
from pathlib import Path
from typing import IO

from crawler.app import utc_now
from storage import history, queries
from storage.adoption import Adopted, adopt, find
from storage.store import Store
from storage.warc.read import versions, whose
from storage.warc.write import write


def write_history(store: Store, page: str, file: IO[bytes]) -> None:
    """Write the history of the page that a person calls so; Damaged where it is not what was sealed."""
    with history.opened(store, queries.resolve(store, page)) as (of, told):
        write(file, of, told)


def take_over(opened: Callable[[], Store], path: Path) -> Adopted:
    """Take the history in a file over; read twice, so that what is wrong or slow never holds the database up."""
    of = whose(path)
    found = find(versions(path, of))
    with opened() as store:
        return adopt(store, of, versions(path, of), found, utc_now())
