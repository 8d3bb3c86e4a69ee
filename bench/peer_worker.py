"""Runs one peer over pages, in the peers' environment.

usage: python peer_worker.py PEER ROUNDS < pages.jsonl > bodies.jsonl

Each line in is {"html", "url", "timed"}; each line out {"body", "error"}, the last one {"version", "parse", "extract"}:
seconds for all timed pages, best round, of the bare Lexbor parse and of the peer. Imports nothing of the project.
"""

import html as entities
import json
import logging
import re
import sys
import time
import warnings
from collections.abc import Callable
from importlib import import_module
from importlib.metadata import version

Peer = Callable[[str, str], str]

_BLOCK = re.compile(
    r"(?i)</?(?:address|article|aside|blockquote|br|center|dd|div|dl|dt|fieldset|figcaption|figure|footer|form|h[1-6]|header"
    r"|hr|li|main|nav|ol|p|pre|section|table|tbody|td|th|tr|ul)\b[^>]*>"
)
_SILENT = re.compile(r"(?is)<(script|style|head)\b.*?</\1>|<!--.*?-->")


def main(name: str, rounds: int) -> None:
    """Read pages, write bodies, then seconds."""
    logging.disable(logging.CRITICAL)
    warnings.simplefilter("ignore")
    peer = PEERS[name]()
    pages = [json.loads(line) for line in sys.stdin]
    for page in pages:
        print(json.dumps(_guarded(peer, page["html"], page["url"])), flush=True)
    timed = [(page["html"], page["url"]) for page in pages if page["timed"]]
    parse = _best(_parser(), timed, rounds)
    print(json.dumps({"version": version(name), "parse": parse, "extract": _best(peer, timed, rounds)}))


def _guarded(peer: Peer, html: str, url: str) -> dict[str, str]:
    try:
        return {"body": peer(html, url) or "", "error": ""}
    except Exception as error:  # noqa: BLE001 - whatever a peer raises counts against it and must not end the run
        return {"body": "", "error": f"{type(error).__name__}: {error}"[:200]}


def _best(job: Peer, pages: list[tuple[str, str]], rounds: int) -> float:
    seconds = []
    for _ in range(rounds):
        start = time.perf_counter()
        for html, url in pages:
            _guarded(job, html, url)
        seconds.append(time.perf_counter() - start)
    return min(seconds)


def _text(html: str) -> str:
    """The text of a peer's HTML, a line for each block."""
    broken = _BLOCK.sub("\n", _SILENT.sub("", html))
    return entities.unescape(re.sub(r"<[^>]+>", "", broken))


def _parser() -> Peer:
    parser = import_module("selectolax.lexbor").LexborHTMLParser

    def parse(html: str, _url: str) -> str:
        parser(html)
        return ""

    return parse


def _trafilatura() -> Peer:
    trafilatura = import_module("trafilatura")

    return lambda html, _url: trafilatura.extract(html, include_comments=False) or ""


def _readability() -> Peer:
    document = import_module("readability").Document

    return lambda html, _url: _text(document(html).summary(html_partial=True))


def _resiliparse() -> Peer:
    extract_plain_text = import_module("resiliparse.extract.html2text").extract_plain_text

    return lambda html, _url: extract_plain_text(html, main_content=True, alt_texts=False, preserve_formatting=True)


def _magic_html() -> Peer:
    extractor = import_module("magic_html").GeneralExtractor()
    return lambda html, url: _text(extractor.extract(html, base_url=url or "http://news.example/")["html"])


def _newspaper() -> Peer:
    newspaper = import_module("newspaper")

    def extract(html: str, url: str) -> str:
        article = newspaper.Article(url or "http://news.example/a.html", language="zh", fetch_images=False)
        article.download(input_html=html)
        article.parse()
        return str(article.text)

    return extract


def _justext() -> Peer:
    """Without stop words, as its documentation has it for languages it has no list for."""
    justext = import_module("justext")

    def extract(html: str, _url: str) -> str:
        paragraphs = justext.justext(html, frozenset(), stopwords_low=0, stopwords_high=0)
        return "\n".join(paragraph.text for paragraph in paragraphs if not paragraph.is_boilerplate)

    return extract


def _boilerpy() -> Peer:
    extractor = import_module("boilerpy3.extractors").ArticleExtractor(raise_on_failure=False)
    return lambda html, _url: extractor.get_content(html)


PEERS: dict[str, Callable[[], Peer]] = {
    "trafilatura": _trafilatura,
    "readability-lxml": _readability,
    "resiliparse": _resiliparse,
    "magic-html": _magic_html,
    "newspaper4k": _newspaper,
    "justext": _justext,
    "boilerpy3": _boilerpy,
}


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
