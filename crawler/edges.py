"""What a check needs of the network and of the store, as protocols: who wires them is not their concern. Ring 1."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Protocol

from crawler.checks import Alert, Capture, Comparison, Due, Intent, ListingIntent, Stood, Unpaired
from crawler.compare import Side
from crawler.extract.template import Template
from crawler.failing import Health
from crawler.model import Request, Response, Source, Target


class Gate(Protocol):
    """The one door to the network (`crawler.fetch.Fetcher`)."""

    async def fetch(self, request: Request) -> Response:
        """What the server answers, or why there is no answer."""

    def next_allowed(self, host: str) -> datetime | None:
        """From when on the host may be asked again; None: unknown."""

    def set_next_allowed(self, host: str, when: datetime) -> None:
        """Ask the host nothing before that."""


class Book(Protocol):
    """What a check needs of the store (`storage.store.Store`)."""

    @property
    def installation(self) -> str:
        """UUID of this database."""

    def template(self, host: str) -> Template:
        """What the pages of a host share."""

    def captures(self, page: int, urls: Sequence[str]) -> list[Capture]:
        """The bytes from which the newest version was read, of parts at these addresses; empty where unknown."""

    def text(self, page: int, version: int) -> str:
        """A version's text."""

    def targets(self, page: int, version: int) -> tuple[Target, ...]:
        """A version's targets."""

    def has_text(self, source: str, fingerprint: str, page: int) -> bool:
        """Whether another page of the source holds this text."""

    def stood(self, page: int, fingerprint: str) -> Stood | None:
        """An earlier version of the page with this text, which an edit replaced."""

    def health(self, source: str, failing_after: int, page: int | None) -> Health:
        """The source but for this page (None: but for its listing)."""

    def due_page(self, page: int, source: Source) -> Due:
        """The page as it is stored now."""

    def record(self, intent: Intent) -> None:
        """Write all of a check, or nothing; raises Outrun where another process was first."""

    def record_listing(self, intent: ListingIntent) -> None:
        """Write all of a listing's reading, or nothing."""

    def unpaired(self) -> tuple[list[Unpaired], Mapping[tuple[int, int], Comparison]]:
        """The pages still to be compared with others of their region and year, and what is known of these."""

    def side(self, page: int, version: int) -> Side:
        """A version of a page, to compare it."""

    def record_comparison(
        self,
        compared: Comparison,
        last: Comparison | None,
        at: datetime,
        alerts: Sequence[Alert] = (),
        give_up_after: timedelta = timedelta(0),
    ) -> bool:
        """Write what came of a pair and its alert, or nothing (False) where either moved on meanwhile."""

    def settle(self, page: int, version: int) -> None:
        """A version of a page was compared with all others."""

    def reserve_host(self, host: str, now: datetime, delay: timedelta) -> datetime:
        """Book the host's next free moment and keep it free for `delay`; other processes see it."""

    def postpone_host(self, host: str, until: datetime) -> None:
        """Nobody asks the host before `until`."""
