"""Documents as given on the command line: from a file, from standard input or from the network."""

import sys
from collections.abc import Callable, Generator
from dataclasses import replace
from pathlib import Path
from typing import ParamSpec, TypeVar

import typer

import crawler.cli.command as command
from crawler.apart.readers import Readers
from crawler.app import utc_now
from crawler.cli.reports import reports_of
from crawler.errors import Abandoned, UsageError
from crawler.extract import extract
from crawler.extract.compilation import place_and_year
from crawler.extract.documents import HTML, media_type_of
from crawler.fetch import Fetcher
from crawler.fetch.media import unreadable
from crawler.model import Article, Failure, Fetched, Request, Response, value
from crawler.options import Network

P = ParamSpec("P")
T = TypeVar("T")

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


async def fetch_input(url: str, network: Network) -> Input:
    """A document from the network; UsageError where there is none."""
    async with Fetcher(network, now=utc_now, jitter=lambda: 0.0) as fetcher:
        response = await fetcher.fetch(Request(url=url))
    if isinstance(response, Failure):
        raise UsageError(f"{url}: {response.reason}")
    assert isinstance(response, Fetched)  # noqa: S101 (an unconditional request has no 304)
    return Input(name=url, content=response.content, url=response.url, content_type=response.content_type)


async def fetch_all(flow: Generator[Request, Response, T], network: Network) -> T:
    """Answer a flow's requests until it returns."""
    async with Fetcher(network, now=utc_now, jitter=lambda: 0.0) as fetcher:
        try:
            request = next(flow)
            while True:
                request = flow.send(await fetcher.fetch(request))
        except StopIteration as end:
            result: T = end.value
            return result


def read_article(given: Input, url: str = "") -> Article:
    """The article of a document; one of many reports is of no place and year, unless its own title names them.

    Raises UsageError, with the document's name, where it cannot be read.
    """
    try:
        found = read_safely(extract, given.content, url or given.url, given.content_type)
    except (UsageError, Abandoned) as error:
        raise UsageError(f"{given.name}: {error}") from None
    if not reports_of(found):
        return found
    region, year = place_and_year(found.title)
    return replace(found, region=region, year=year)


def read_safely(function: Callable[P, T], /, *given: P.args, **named: P.kwargs) -> T:
    """Call a function on a document: on others than web pages in a process apart, as PDFium may never come back."""
    content = given[0] if given else None
    if not isinstance(content, bytes) or media_type_of(content) == HTML:
        return function(*given, **named)
    with Readers(1) as read:
        return read(function, *given, **named)


def _file(name: str) -> bytes:
    with Path(name).open("rb") as file:
        return file.read(LARGEST_FILE + 1)
