"""What the search costs: python -m bench.search DATABASE, on one that bench.populate made and nobody indexed yet.

Indexes all versions, then asks the dashboard on loopback for words that few, many and no texts say. Sizes are those of
the index within the file. Times are those of the processor, so that other programs do not count; of an answer the
median and the slowest of 30, from the request to the last byte, server and client together.
"""

import argparse
import statistics
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
from sqlalchemy import text

from bench.populate import NOW
from crawler.web.server import bind, office_at, serving
from storage import tables as t
from storage.search.indexing import waiting, work_off
from storage.store import Store, open_store

TIMES = 30
TOKEN = "of-the-benchmark"
COMMON = {
    "two characters": "就业",
    "one character": "粮",
    "a phrase": "地区生产总值",
    "four words": "产量 就业 增长 粮食",
}


def main() -> None:
    """Index, ask, print a table each."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("database", type=Path)
    asked = parser.parse_args()
    with open_store(f"sqlite:///{asked.database}", now=NOW) as store:
        count, began = waiting(store), time.process_time()
        slowest = max(indexed(store), default=0.0)
        took = time.process_time() - began
        store.database.close()
        size, index = asked.database.stat().st_size, size_of_index(store)
        print(f"{count} versions indexed in {took:.1f} s, the slowest portion in {slowest * 1000:.0f} ms")
        print(f"index {index / 1e6:.1f} MB of {size / 1e6:.1f} MB ({index / size:.1%})")
        for what, query, versions, seconds in answers(store):
            print(
                f"{what} | {query} | {versions} | {statistics.median(seconds) * 1000:.0f} | {max(seconds) * 1000:.0f}"
            )


def indexed(store: Store) -> Iterator[float]:
    """Work the queue off; the seconds of each portion."""
    while True:
        began = time.process_time()
        if not work_off(store):
            return
        yield time.process_time() - began


def size_of_index(store: Store) -> int:
    """Bytes of the index itself, without the file's own order."""
    with store.database.read() as connection:
        parts = (("search_data", "block"), ("search_docsize", "sz"))
        return sum(
            connection.execute(text(f"SELECT sum(length({column})) FROM {table}")).scalar_one()
            for table, column in parts
        )


def answers(store: Store) -> Iterator[tuple[str, str, str, list[float]]]:
    """What is asked for, in which versions, and the seconds of each answer."""
    with store.database.read() as connection:
        rare = connection.execute(t.page.select().order_by(t.page.c.id)).all()[1].region
    words = {"rare": rare, "rare and common": f"{rare} 增长", **COMMON, "not there": "火星"}
    with tempfile.TemporaryDirectory() as folder:
        office = office_at("127.0.0.1", store, f"{folder}/sources.yaml", lambda: None, TOKEN)
        listening = bind("127.0.0.1", 0)
        address = f"http://127.0.0.1:{listening.getsockname()[1]}"
        with serving(office, listening), httpx.Client(base_url=address, trust_env=False) as client:
            client.headers["Authorization"] = f"Bearer {TOKEN}"
            for what, query in words.items():
                for versions in ("newest", "all"):
                    yield what, query, versions, [timed(client, query, versions) for _ in range(TIMES)]


def timed(client: httpx.Client, query: str, versions: str) -> float:
    """Seconds of one page."""
    began = time.process_time()
    client.get("/search", params={"q": query, "versions": versions}).raise_for_status()
    return time.process_time() - began


if __name__ == "__main__":
    main()
