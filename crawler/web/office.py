"""What every page has at hand."""

import re
from collections.abc import Callable
from datetime import datetime, timedelta
from urllib.parse import SplitResult, urlsplit

from crawler.model import value
from crawler.options import Config
from crawler.web.locale import ZONE
from storage.store import Store

AT_WORK = timedelta(seconds=30)
"""A daemon that went through its schedule so lately is at work."""
LOOPBACK = frozenset(("localhost", "127.0.0.1", "[::1]"))
"""Names under which a server may be asked that only its own machine reaches. Under any other one a stranger's page,
whose name was led to us, could read what is shown here."""
_HOST = re.compile(r"([a-z0-9._-]+|\[[0-9a-f:.]+\])(?::[0-9]{1,5})?")


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
    is_local: bool
    """Only this machine can reach the server."""
    web_url: str = ""
    """Where the configuration says that the dashboard is reached: behind a proxy under another name."""
    home: str = ZONE
    """The zone in which times stand for a reader whose browser does not say where he is."""

    def knows(self, host: str) -> bool:
        """Whether the server may be asked under this name (the header Host)."""
        found = _HOST.fullmatch(host.lower())
        return found is not None and (not self.is_local or found[1] in LOOPBACK | {self._own.hostname})

    def is_secure(self, host: str) -> bool:
        """Whether whoever asks under this name does so by https, as far as the configuration tells."""
        return self._own.scheme == "https" and self.is_own(host)

    def is_own(self, host: str) -> bool:
        """Whether this is the name that the configuration says."""
        return bool(host) and self._own.netloc.lower() == host.lower()

    def is_at_work(self) -> bool:
        """Whether a daemon checks and delivers."""
        ticked_at = self.ticked_at()
        return ticked_at is not None and self.now() - ticked_at < AT_WORK

    @property
    def _own(self) -> SplitResult:
        return urlsplit(self.web_url)
