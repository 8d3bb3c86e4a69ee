"""Scores our extractor on ../shared/pages and times it against the bare parse.

usage: python -m bench.extract [-v]      from the project's root; -v lists the pages, worst first

Prints the scorer's lines (see ../shared/pages/score.py), and the time of `extract` over all pages as a multiple of the
time the Lexbor parser alone needs for the same texts, best of five rounds in the same run, one thread.
"""

import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from selectolax.lexbor import LexborHTMLParser

from crawler.charset import decode
from crawler.extract import extract

PAGES = Path(__file__).resolve().parents[1].parent / "shared" / "pages"
ROUNDS = 5


def main(arguments: list[str]) -> int:
    """Write a prediction for each page, score them, time both."""
    if not PAGES.exists():
        print(f"{PAGES} is absent: nothing to measure with")
        return 2
    manifest = [json.loads(line) for line in (PAGES / "manifest.jsonl").read_text(encoding="utf-8").splitlines()]
    contents = {page["id"]: (PAGES / "html" / f"{page['id']}.html").read_bytes() for page in manifest}
    with tempfile.TemporaryDirectory() as folder:
        for page in manifest:
            article = extract(contents[page["id"]], page["url"])
            (Path(folder) / f"{page['id']}.txt").write_text(article.body, encoding="utf-8")
        code = subprocess.run([sys.executable, PAGES / "score.py", folder, *arguments], check=False).returncode
    texts = [decode(content)[0] for content in contents.values()]
    parse, ours = _best(LexborHTMLParser, texts), _best(extract, texts)
    print(f"parse {1000 * parse / len(texts):.2f} ms a page, extract {ours / parse:.1f} x that")
    return code


def _best(job: Callable[[str], object], texts: list[str]) -> float:
    """Seconds for all texts, best round."""
    rounds = []
    for _ in range(ROUNDS):
        start = time.perf_counter()
        for text in texts:
            job(text)
        rounds.append(time.perf_counter() - start)
    return min(rounds)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
