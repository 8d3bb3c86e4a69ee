"""What every check has at hand, and how one page's trouble stays its own."""

from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import TypeVar

import structlog

from crawler.edges import Book, Gate
from crawler.errors import Abandoned, CrawlerError, Damaged
from crawler.model import Failure, FailureKind, value
from crawler.reading import Reader, here

T = TypeVar("T")

log = structlog.get_logger()


@value
class Desk:
    """What every check has at hand."""

    gate: Gate
    book: Book
    now: Callable[[], datetime]
    jitter: Callable[[], float]
    rules: str
    """Names the code by which pages are read (`crawler.reread`)."""
    web_url: str | None = None
    read: Reader = here
    """Reads documents, where they can do no harm."""


async def safely(work: Awaitable[T], url: str) -> T | Failure:
    """A check's own work, with what one page met turned into its failure: a bug, a damaged version, a dead reader."""
    try:
        return await work
    except Damaged as error:
        return Failure(url=url, kind=FailureKind.INTERNAL, reason=str(error), permanent=True)
    except Abandoned as error:
        return Failure(url=url, kind=FailureKind.CONTENT, reason=str(error), permanent=True)
    except CrawlerError:
        raise
    except Exception as error:
        log.exception("a check failed on a bug", url=url)
        reason = f"internal error ({type(error).__name__}); the log has the details"
        return Failure(url=url, kind=FailureKind.INTERNAL, reason=reason, permanent=False)
