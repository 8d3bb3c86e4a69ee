"""One attempt to hand alerts to a channel, as the value every sender takes. May import ring 1 only."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Protocol

from crawler.checks import Alert
from crawler.model import Failure, Fetched, value


class Post(Protocol):
    """One HTTP POST through the gate that guards every request of the program; redirects are not followed."""

    async def __call__(
        self,
        url: str,
        *,
        headers: Mapping[str, str],
        content: bytes,
        timeout: timedelta,  # noqa: ASYNC109 (a total deadline the gate itself keeps)
    ) -> Fetched | Failure:
        """The answer with a status of 2xx, or why there is none."""


@value
class Attempt:
    """What is to be sent now, and the means."""

    alerts: tuple[Alert, ...]
    """One; several only for a channel with digests."""
    at: datetime
    post: Post
    recipients: tuple[str, ...] = ()
    """Who is to have them, of a channel that has several recipients."""
    ca_file: str | None = None
    """PEM file of certificate authorities to trust besides the usual ones."""
