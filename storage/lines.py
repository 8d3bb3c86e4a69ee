"""Answers of `storage.queries`: values whose fields are those of the contract's JSON.

Times are texts (2026-11-22T08:00:00Z), so that `dataclasses.asdict` of each value is JSON as it stands.
"""

from crawler.model import Json, value


@value
class PageLine:
    """A page and how its last check ended."""

    page: int
    source: str
    url: str
    title: str
    version: int
    checked_at: str | None
    changed_at: str | None
    outcome: str | None
    reason: str | None
    next_check: str | None
    why: Json
    """Why it is then: `[{"reason": "age", "amount": 86400}]`, as `crawler.freshness.Reason` says."""
    active: bool


@value
class VersionLine:
    """A version; `changes` are those of its targets (`changed`, `added`, `removed`), None for the first.

    `note` is `reread` where the page did not change: better rules read the same bytes in another way. `seal` proves it
    and all versions before it (`storage.evidence`).
    """

    version: int
    fetched_at: str | None
    sha256: str
    seal: str
    changes: Json
    title: str
    characters: int
    note: str | None


@value
class Shown:
    """A version with its text."""

    page: int
    url: str
    version: int
    fetched_at: str | None
    title: str
    body: str


@value
class ChangeLine:
    """A change of a page, with the targets in the form of the webhook."""

    page: int
    source: str
    url: str
    title: str
    version: int
    changed_at: str | None
    targets: Json
    region: str
    year: int | None
    severity: str | None
    """Of the alert that told of it; None: none did."""


@value
class DeliveryLine:
    """How far an alert has got with one channel."""

    channel: str
    state: str
    attempts: int
    error: str | None
    next_attempt: str | None


@value
class AlertLine:
    """An alert and its deliveries."""

    id: str
    type: str
    page: int | None
    source: str
    raised_at: str | None
    summary: str
    deliveries: tuple[DeliveryLine, ...]


@value
class SourceLine:
    """A source and how its pages fare."""

    source: str
    title: str
    url: str
    listing: bool
    active: bool
    failing: bool
    """`source.failing` was told and the source has not recovered."""
    pages: int
    failed: int
    suspect: int
    gone: int
    checked_at: str | None
    succeeded_at: str | None
    """When one of its pages, or its listing, was last read as it should be."""
    failures: int
    """Of the page, or the listing, that failed most often in a row."""
    changed_at: str | None
    next_check: str | None
    reason: str | None
    """Why the listing could not be read, if it could not."""


@value
class SourceState:
    """How a source stands, in short."""

    source: str
    title: str
    active: bool
    failing: bool
    """As in `SourceLine`."""
    troubled: bool
    """The last check of a page, or of the listing, failed."""


@value
class PrintLine:
    """One of two pages that print a report, in the version that was compared."""

    page: int
    source: str
    url: str
    title: str
    version: int


@value
class ComparisonLine:
    """Two prints of one report; the first one was stored first."""

    region: str
    year: int | None
    first: PrintLine
    second: PrintLine
    compared_at: str | None
    share: float
    """How much of both texts they have in common, 0 to 1."""
    targets: int
    """So many targets differ."""
    places: int
    """In so many places the texts differ."""
    summary: str
    """What differs, in a line; empty: nothing."""
    alert: str | None
    """The last alert that told of it."""
