"""What every page has at hand."""

from collections.abc import Callable
from datetime import datetime, timedelta

from crawler.model import value
from crawler.options import Config
from storage.store import Store

AT_WORK = timedelta(seconds=30)
"""A daemon that went through its schedule so lately is at work."""


@value
class Office:
    """The store, the configuration as it stands in its file now, and how the server is reached."""

    store: Store
    config: Callable[[], Config]
    """Raises CrawlerError where the file is broken or gone."""
    config_path: str
    ticked_at: Callable[[], datetime | None]
    """When the daemon last went through its schedule; None: never."""
    now: Callable[[], datetime]
    dice: Callable[[], str]
    """A new secret."""
    token: str | None
    """Opens the door as `/?token=…` (on loopback alone) and in the header `Authorization`."""
    hosts: frozenset[str] | None
    """Names under which the server may be asked, without port; None: under any. Elsewhere a stranger's page may have
    had its name led to us."""
    secure: bool = False
    """It is reached by https: cookies are sent over nothing else."""

    @property
    def is_local(self) -> bool:
        """Only this machine can reach the server."""
        return self.hosts is not None

    def is_at_work(self) -> bool:
        """Whether a daemon checks and delivers."""
        ticked_at = self.ticked_at()
        return ticked_at is not None and self.now() - ticked_at < AT_WORK
