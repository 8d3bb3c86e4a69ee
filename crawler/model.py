"""What is watched, asked for and read, as values named for their moment (`crawler.checks` has those of the store).

    Source -> Request -> Fetched | NotModified | Failure -> Article -> Target

Ring 1: frozen, keyword-only, no behaviour beyond what follows from their own fields. Times are aware UTC datetimes,
durations are timedeltas, texts are Unicode as shown to a reader, hashes are lower-case hexadecimal SHA-256.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from enum import StrEnum
from typing import Any, TypeVar, dataclass_transform

T = TypeVar("T")


@dataclass_transform(kw_only_default=True, frozen_default=True)
def value(cls: type[T]) -> type[T]:
    """Make a class a frozen value with keyword-only fields: the one decorator of all values here."""
    return dataclass(frozen=True, kw_only=True, slots=True)(cls)


Json = Any
"""What `json.dumps` takes: the type checker cannot say more without a recursion that helps nobody."""


# --- what is watched -------------------------------------------------------------------------------------------------


@value
class Watch:
    """Which changes of a source are worth an alert; every change is stored all the same."""

    targets: tuple[str, ...] = ()
    """Indicators, as names or keys, whose changes count; empty: all."""
    min_change: Decimal = Decimal(0)
    """A changed target counts from this difference on (in its own unit)."""
    min_percent: Decimal = Decimal(0)
    """It counts from this share of its old value on (in per cent), too."""
    relations: bool = True
    """Whether another bound, unit or period counts where the value stays."""
    added: bool = True
    """Whether targets that came count."""
    removed: bool = True
    """Whether targets that went count."""
    text: bool | None = None
    """Whether edits beside the targets are told; None: where no `targets` are named."""
    text_to: tuple[str, ...] = ()
    """Channels that are told of them; empty: those of the source."""
    differs: bool = True
    """Whether it is told that another page prints the same report otherwise."""


@value
class Schedule:
    """How often to check: every so often, or by a cron expression in a time zone (exactly one of the two)."""

    every: timedelta | None = None
    up_to: timedelta | None = None
    """Pages of which no edit is expected soon may wait for so long (`crawler.freshness`); None: as often as all."""
    cron: str | None = None
    timezone: str = "Asia/Shanghai"


@value
class Selectors:
    """Hand-written CSS selectors, for the rare page where the extractor needs help."""

    select: str | None = None
    """The element that holds the body; None: the extractor finds it."""
    drop: tuple[str, ...] = ()
    """Elements to remove before extraction."""


@value
class Source:
    """One entry of sources.yaml with every default filled in. History follows `id`, not the address."""

    id: str
    title: str
    url: str | None = None
    """The page to watch, or one part of it (exactly one of `url` and `listing`)."""
    listing: str | None = None
    """The listing page from which report pages are discovered."""
    match: str = ""
    """Regular expression searched in the address of a listed page; empty: every page below the listing's address."""
    max_pages: int = 200
    """At most so many listing pages, and so many parts of one article, are followed."""
    schedule: Schedule = Schedule(every=timedelta(hours=6))
    delay: timedelta = timedelta(seconds=2)
    """Least pause between two requests to one host."""
    alert: tuple[str, ...] = ()
    """Names of channels."""
    watch: Watch = Watch()
    body: Selectors = Selectors()
    enabled: bool = True
    suspect_after: timedelta = timedelta(days=1)
    """A page held back as suspect for so long is told once."""
    failing_after: int = 3
    """After so many failed checks in a row the source is told to be failing, once."""
    give_up_after: timedelta = timedelta(days=7)
    """An alert that could not be delivered for so long is declared dead."""


# --- one request -----------------------------------------------------------------------------------------------------


@value
class Request:
    """One address to fetch, with the validators of the copy we hold (so that an unchanged one costs a 304)."""

    url: str
    etag: str | None = None
    last_modified: str | None = None
    delay: timedelta = timedelta(0)
    """Least pause since the host's last request; robots.txt may ask for more."""


@value
class Fetched:
    """A response with status 2xx, its body whole and with content codings removed."""

    url: str
    """The address after redirects."""
    status: int
    headers: Mapping[str, str]
    """Names in lower case; repeated headers joined by ', '."""
    content: bytes
    fetched_at: datetime
    permanent_url: str | None = None
    """The address after the leading permanent redirects (301, 308), if there were any."""

    @property
    def content_type(self) -> str:
        """The Content-Type header, or an empty string."""
        return self.headers.get("content-type", "")


@value
class NotModified:
    """The server says our copy is current (304)."""

    url: str
    fetched_at: datetime


class FailureKind(StrEnum):
    """What went wrong, for programs; `Failure.reason` says it to people."""

    ADDRESS = "address"  # not http(s), malformed, or not a public address
    DNS = "dns"
    CONNECT = "connect"
    TLS = "tls"
    TIMEOUT = "timeout"
    PROTOCOL = "protocol"  # the answer is no valid HTTP, was cut short, or is wrongly encoded
    TOO_LARGE = "too_large"
    REDIRECT = "redirect"
    STATUS = "status"
    ROBOTS = "robots"
    CONTENT = "content"  # an image, an archive, an empty body: nothing to read a report from
    INCOMPLETE = "incomplete"  # a part of a paginated article is missing
    INTERNAL = "internal"  # a bug of ours, caught so that other pages go on


@value
class Failure:
    """Why nothing could be concluded, as a value: one bad page never stops another."""

    url: str
    kind: FailureKind
    reason: str
    """One line for a person, English, without secrets."""
    permanent: bool
    """True: trying again soon will not help."""
    status: int | None = None
    retry_after: timedelta | None = None

    @property
    def gone(self) -> bool:
        """The server says the page does not exist (any more)."""
        return self.status in (404, 410)


Response = Fetched | NotModified | Failure


# --- what a page says ------------------------------------------------------------------------------------------------


@value
class Pager:
    """Where a page stands in an article of several parts."""

    part: int | None = None
    """Number of this part, from 1; None: unknown."""
    parts: int | None = None
    """How many there are; None: unknown."""
    next: str | None = None
    """Absolute address of the next part."""
    urls: tuple[str, ...] = ()
    """Absolute addresses of the parts this page tells, in part order, this page included; complete if `parts` long.

    Of a page that shows only the beginning of its article: the one address that holds the whole.
    """


@value
class Article:
    """What one document says, without the furniture of the page around it."""

    title: str = ""
    published: date | None = None
    region: str = ""
    """Province, city, county or district as written (金华市), or empty."""
    year: int | None = None
    """The year the report is for (its targets' year)."""
    paragraphs: tuple[str, ...] = ()
    pager: Pager | None = None
    encoding: str = ""
    media_type: str = ""

    @property
    def body(self) -> str:
        """The paragraphs, one a line."""
        return "\n".join(self.paragraphs)


@value
class Target:
    """One quantity a report promises (or reports as achieved): the fields of the annotation guide.

    `start` and `end` are character offsets of number and unit in the text given; `low` and `high` are exact, in `unit`.
    """

    start: int
    end: int
    text: str
    sent_start: int
    sentence: str
    indicator: str
    kind: str
    """growth, decline, increment, decrement, level, rate, count, rank, deadline or relative."""
    relation: str
    """eq, about, at_least, more_than, at_most, less_than, range or outpace."""
    low: Decimal | None
    high: Decimal | None
    unit: str
    period: str = ""
    scope: str = ""
    status: str = "target"
    """target, achievement or optional."""
    key: str = ""
    """Canonical name of the indicator: the same for all its spellings."""
    rule: str = ""
    """The rule that found it, and for its status the words it rests on."""
    report: str = ""
    """The title of its report, in a document that holds many (`extract.compilation.Report`); else empty."""


@value
class TargetChange:
    """The same target in two versions, with another value, relation, unit or period."""

    indicator: str
    old: Target
    new: Target


@value
class TargetDiff:
    """What became of the targets between two versions of a text."""

    changed: tuple[TargetChange, ...] = ()
    added: tuple[Target, ...] = ()
    removed: tuple[Target, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.changed or self.added or self.removed)
