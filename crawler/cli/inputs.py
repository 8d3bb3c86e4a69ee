"""Documents as given on the command line: from a file, from standard input or from the network."""

import sys
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import typer

import crawler.cli.command as command
from crawler.apart.readers import Readers
from crawler.app import utc_now
from crawler.cli.reports import reports_of
from crawler.errors import Abandoned, UsageError
from crawler.extract import extract
from crawler.extract.compilation import place_and_year
from crawler.extract.documents import HTML, media_type_of
from crawler.extract.template import NOTHING_SHARED, Template
from crawler.fetch import Fetcher
from crawler.fetch.media import unreadable
from crawler.model import Article, Failure, Fetched, Request, Selectors, value
from crawler.options import Network

LARGEST_FILE = 50_000_000


@value
class Input:
    """A document as given on the command line."""

    name: str
    """For messages."""
    content: bytes
    url: str = ""
    content_type: str = ""


def read_input(name: str, context: typer.Context) -> Input:
    """A document from a file, from standard input ('-') or from the network."""
    if name.startswith(("http://", "https://")):
        return command.run(fetch_input(name, command.network(context)))
    if "://" in name:
        raise UsageError(f"{name}: only http and https addresses can be read")
    try:
        content = sys.stdin.buffer.read(LARGEST_FILE + 1) if name == "-" else _file(name)
    except OSError as error:
        raise UsageError(f"{name}: cannot be read: {error.strerror}") from None
    if len(content) > LARGEST_FILE:
        raise UsageError(f"{name}: larger than {LARGEST_FILE // 1_000_000} MB")
    if not content.strip():
        raise UsageError(f"{name}: is empty")
    if what := unreadable("", content):
        raise UsageError(f"{name}: {what}: neither text, HTML, PDF nor Word")
    return Input(name=name, content=content)


async def fetch_input(url: str, network: Network, delay: timedelta = timedelta(0)) -> Input:
    """A document from the network; UsageError where there is none."""
    async with Fetcher(network, now=utc_now, jitter=lambda: 0.0) as fetcher:
        response = await fetcher.fetch(Request(url=url, delay=delay))
    if isinstance(response, Failure):
        raise UsageError(f"{url}: {response.reason}")
    assert isinstance(response, Fetched)  # noqa: S101 (an unconditional request has no 304)
    return Input(name=url, content=response.content, url=response.url, content_type=response.content_type)


def read_article(
    given: Input, url: str = "", selectors: Selectors | None = None, template: Template = NOTHING_SHARED
) -> Article:
    """The article of a document; one of many reports is of no place and year, unless its own title names them.

    Raises UsageError, with the document's name, where it cannot be read.
    """
    try:
        found = _read(given, url or given.url, selectors or Selectors(), template)
    except (UsageError, Abandoned) as error:
        raise UsageError(f"{given.name}: {error}") from None
    if not reports_of(found):
        return found
    region, year = place_and_year(found.title)
    return replace(found, region=region, year=year)


def _read(given: Input, url: str, selectors: Selectors, template: Template) -> Article:
    """The article; of documents in a process apart, because PDFium may neither end nor be interrupted."""
    if media_type_of(given.content, given.content_type) == HTML:
        return extract(given.content, url, given.content_type, selectors, template)
    with Readers(1) as read:
        return read(extract, given.content, url, given.content_type, selectors, template)


def _file(name: str) -> bytes:
    with Path(name).open("rb") as file:
        return file.read(LARGEST_FILE + 1)
