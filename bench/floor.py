"""The floor of the stack: httpx, selectolax and SQLite with selectors given, and nothing else: python -m bench.floor

Reads jobs.json in the working folder, asks for every page, ten at a time, compares the text of its element with the
last one, keeps what differs in floor.db, and posts the addresses of changed pages to the webhook. No guard, no
robots.txt, no limits, no doubt, no targets, no outbox: what these three libraries cost whoever uses them.
"""

import asyncio
import json
import sqlite3
from pathlib import Path
from typing import Any

import httpx
from selectolax.lexbor import LexborHTMLParser

AT_ONCE = 10


async def main(said: dict[str, Any]) -> None:
    """One round over the jobs of jobs.json."""
    book = sqlite3.connect("floor.db", isolation_level=None)
    book.execute("PRAGMA journal_mode=WAL")
    book.execute("PRAGMA synchronous=NORMAL")
    book.execute("CREATE TABLE IF NOT EXISTS versions (url TEXT, number INTEGER, text TEXT, PRIMARY KEY (url, number))")
    changed: list[str] = []
    jobs = iter(said["jobs"])
    async with httpx.AsyncClient(timeout=60) as client:

        async def work() -> None:
            for url, encoding, selector, exclude in jobs:
                if _is_changed(book, url, _text(await client.get(url), encoding, selector, exclude)):
                    changed.append(url)

        await asyncio.gather(*(work() for _ in range(AT_ONCE)))
        if changed:
            await client.post(said["hook"], json={"text": "\n".join(changed)})


def _text(answer: httpx.Response, encoding: str, selector: str, exclude: str) -> str:
    found = LexborHTMLParser(answer.content.decode(encoding, "replace")).css_first(selector)
    if found is None:
        return ""
    for node in found.css(exclude) if exclude else ():
        node.decompose()
    return str(found.text(separator="\n", strip=True))


def _is_changed(book: sqlite3.Connection, url: str, text: str) -> bool:
    """Whether there was another text; a new one is kept."""
    row = book.execute("SELECT number, text FROM versions WHERE url = ? ORDER BY number DESC", (url,)).fetchone()
    number, before = row or (0, None)
    if text != before:
        book.execute("INSERT INTO versions VALUES (?, ?, ?)", (url, number + 1, text))
    return before is not None and text != before


if __name__ == "__main__":
    asyncio.run(main(json.loads(Path("jobs.json").read_text("utf-8"))))
