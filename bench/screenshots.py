"""The dashboard as pictures for docs/: python -m bench.screenshots [--only NAME] (needs Debian's `chromium`).

`bench.populate` fills a small database of made-up reports, the real `crawler serve` serves it, a browser comes in by
the printed link and takes each page as it is on a desk (English), on a phone (Chinese) and in dark colours.
"""

import argparse
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from playwright.sync_api import Browser, sync_playwright
from sqlalchemy import select

from bench.palette import with_palette
from bench.populate import NOW, PAST, Size, populate, sources_of
from storage import tables as t
from storage.search.indexing import work_off
from storage.store import Store, open_store

ROOT = Path(__file__).resolve().parents[1]
FOLDER = ROOT / "docs" / "assets" / "screenshots"
SIZE = Size(pages=240, versions=1_200, characters=3_000, portal=30)
LARGEST = 1_500_000
"""Bytes of all pictures together."""
LOOKS: dict[str, dict[str, Any]] = {
    "desktop": {"viewport": {"width": 1200, "height": 760}, "locale": "en-US"},
    "phone": {"viewport": {"width": 390, "height": 780}, "locale": "zh-CN"},
    "dark": {"viewport": {"width": 1200, "height": 760}, "locale": "en-US", "color_scheme": "dark"},
}


def main() -> None:
    """Fill, serve, take the pictures; refuse to leave too much."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--only", default="", help="pictures whose names say this")
    asked = parser.parse_args()
    FOLDER.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as name, sync_playwright() as playwright:
        addresses = _filled(Path(name))
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        with _served(Path(name)) as link:
            for look in LOOKS:
                _take(browser, link, look, addresses, asked.only)
        browser.close()
    size = sum(path.stat().st_size for path in FOLDER.glob("*.png"))
    print(f"{size:,} bytes")
    if size > LARGEST:
        raise SystemExit(f"the pictures must not take more than {LARGEST:,} bytes")


def _filled(folder: Path) -> dict[str, str]:
    """A database in the folder; the pictures' names and what they show of it."""
    with open_store(f"sqlite:///{folder}/crawler.db", now=NOW - PAST) as store:
        populate(store, SIZE, seed=7)
        while work_off(store):
            pass
        page, version = _telling(store)
    lines = [
        f'  - {{id: {each.id}, title: {each.title}, listing: "{each.listing}", alert: []}}'
        for each in sources_of(SIZE.pages, SIZE.portal)
    ]
    (folder / "sources.yaml").write_text("sources:\n" + "\n".join(lines) + "\n", "utf-8")
    return {
        "changes": "/",
        "change": f"/pages/{page}/versions/{version}",
        "page": f"/pages/{page}",
        "targets": "/targets?" + urlencode({"indicator": "地区生产总值", "year": "2026"}),
        "search": "/search?" + urlencode({"q": "产业园"}),
        "sources": "/sources",
    }


def _telling(store: Store) -> tuple[int, int]:
    """The newest change that touched a target."""
    of = (t.changed_target.c.page == t.change.c.page) & (t.changed_target.c.version == t.change.c.version)
    newest = select(t.change).join(t.changed_target, of).order_by(t.change.c.at.desc())
    with store.database.write() as connection:
        connection.execute(t.listing.update().values(next_check=NOW + timedelta(hours=6)))  # not years ago
        row = connection.execute(newest).first()
    assert row is not None
    return row.page, row.version


@contextmanager
def _served(folder: Path) -> Iterator[str]:
    """The link that `crawler serve` prints."""
    command = [sys.executable, "-m", "crawler", "serve", "--port", "0"]
    kept = {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT)}
    with subprocess.Popen(command, cwd=folder, env=kept, stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout
            yield process.stdout.readline().strip()
        finally:
            process.send_signal(signal.SIGTERM)


def _take(browser: Browser, link: str, look: str, addresses: dict[str, str], only: str) -> None:
    with browser.new_context(**LOOKS[look], timezone_id="Asia/Shanghai", reduced_motion="reduce") as context:
        page, blank = context.new_page(), context.new_page()
        page.goto(link)
        for name, address in addresses.items():
            if only in f"{name}-{look}":
                page.goto(link.partition("?")[0].rstrip("/") + address, wait_until="networkidle")
                (FOLDER / f"{name}-{look}.png").write_bytes(with_palette(blank, page.screenshot()))


if __name__ == "__main__":
    main()
