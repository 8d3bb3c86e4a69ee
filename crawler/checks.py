"""What one check knows, sees, concludes and tells, as values named for their moment.

    store.due -> Due -> discover -> Observation -> Document -> decide -> Intent -> store.record -> Alert -> Delivery

Ring 1, as `crawler.model`.
"""

from collections.abc import Mapping
from dataclasses import field
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Literal

from crawler.freshness import History, Reason
from crawler.model import Article, Failure, Json, Source, Target, TargetDiff, value

# --- what is stored of a page ----------------------------------------------------------------------------------------


@value
class Part:
    """One address of a page's document as last read: its validators and its share of the text."""

    url: str
    sha256: str
    """Of the bytes that were read, so that unchanged ones are known before they are parsed; empty: others came."""
    paragraphs: int
    """How many paragraphs of the document's text come from it."""
    etag: str | None = None
    last_modified: str | None = None
    imprint: str = ""
    """By which its text is recognised amid other furniture (`crawler.extract.recognition`); empty: it is not."""


@value
class Suspicion:
    """A reading that is held back: it may be a broken or blocked page, or a large edit still to be confirmed."""

    fingerprint: str
    """Of the suspicious text; empty where it can never be a version (a bot check, an empty shell)."""
    reason: str
    since: datetime
    stands: datetime
    """Since when this very text is read, with no other in between."""
    told: bool = False
    """`page.suspect` was raised."""


@value
class Stood:
    """An earlier version that says what is read again now."""

    number: int
    until: datetime
    """When it was replaced."""


@value
class Due:
    """A page to check, with all that the check needs to know of the past except the text itself."""

    page: int
    """The page's number in the store."""
    source: Source
    url: str
    key: str = ""
    """What tells this page from others of its source: its address for a listed one, empty for the only one."""
    title: str = ""
    year: int | None = None
    region: str = ""
    version: int = 0
    """Number of the newest version; 0: none yet."""
    fingerprint: str = ""
    """Of the newest version's text (`crawler.text.fingerprint`)."""
    rules: str = ""
    """By which rules the newest version's text was read (`crawler.reread.stamp`)."""
    characters: int = 0
    """Length of the newest version's text."""
    target_count: int = 0
    """How many targets (status `target`) the newest version holds."""
    parts: tuple[Part, ...] = ()
    announce: bool = False
    """The first version is a `page.new` alert (a page found after the silent first run)."""
    checks: int = 0
    """Checks made so far."""
    failures: int = 0
    """Failed checks in a row."""
    missing: int = 0
    """Checks in a row that were answered 404 or 410."""
    gone: bool = False
    suspicion: Suspicion | None = None
    swings: int = 0
    """How often in a row it came back from an earlier version's text to the newest one's."""
    swung_at: datetime | None = None
    history: History = History()


@value
class Capture:
    """The bytes of one part as fetched, kept as evidence."""

    url: str
    content: bytes
    headers: Mapping[str, str]
    fetched_at: datetime
    sha256: str


@value
class Reading:
    """One address of a document as just read; `article` is None where its bytes are those we know."""

    part: Part
    article: Article | None = None
    capture: Capture | None = None
    landed: str = ""
    """Where redirects led to; empty: unknown."""


@value
class Observation:
    """A whole document as just read: every part of it, in order."""

    url: str
    """Of the first part."""
    readings: tuple[Reading, ...]
    fetched_at: datetime

    @property
    def untouched(self) -> bool:
        """No part has other bytes than before, nor is any new or missing: nothing needs to be parsed or compared."""
        return all(reading.article is None for reading in self.readings)


@value
class Document:
    """The stitched text of a page as just observed, with what was found in it."""

    url: str
    title: str
    published: date | None
    region: str
    year: int | None
    paragraphs: tuple[str, ...]
    targets: tuple[Target, ...]
    parts: tuple[Part, ...]
    captures: tuple[Capture, ...]
    fetched_at: datetime
    fingerprint: str
    landed: str = ""
    """Where redirects led the request for the first part; empty: unknown."""

    @property
    def text(self) -> str:
        """The paragraphs, one a line."""
        return "\n".join(self.paragraphs)


# --- what follows from a check ---------------------------------------------------------------------------------------


class Outcome(StrEnum):
    """The word for a check's result, as the command line and the contract use it."""

    NEW = "new"
    UNCHANGED = "unchanged"
    CHANGED = "changed"
    SUSPECT = "suspect"
    GONE = "gone"
    FAILED = "failed"
    SKIPPED = "skipped"


AlertType = Literal[
    "page.new",
    "page.changed",
    "page.gone",
    "page.suspect",
    "page.differs",
    "source.failing",
    "source.recovered",
    "channel.failing",
    "channel.recovered",
]


@value
class Alert:
    """Something to tell, once, to each channel; its id is the same at every attempt."""

    id: str
    type: AlertType
    source: str
    page: int | None
    raised_at: datetime
    summary: str
    """One line: '金华市 2024：地区生产总值 6%左右 → 5.5%左右'."""
    payload: Mapping[str, Json]
    """The webhook's JSON document of the contract."""
    channels: tuple[str, ...]


@value
class Edits:
    """How many edits a text saw, and the first of them as (old, new), cut short: what a reader is told at a glance."""

    count: int
    first: tuple[tuple[str, str], ...]


@value
class NewVersion:
    """A text to store as the page's next version, and what changed from the one before."""

    number: int
    document: Document
    targets: TargetDiff = TargetDiff()
    edits: Edits | None = None
    """Of the text, where it changed but no target did."""
    reread: bool = False
    """The page did not change: better rules read the bytes of the version before in another way."""


@value
class Lesson:
    """What a page teaches about its host (`crawler.extract.template`)."""

    host: str
    places: tuple[tuple[str, str], ...]
    marks: tuple[str, ...] = ()
    """Of the page's text: a page that shares one teaches nothing that the other did not."""


@value
class Intent:
    """What one check concluded: `store.record` writes all of it in one transaction, or nothing."""

    due: Due
    outcome: Outcome
    reason: str | None
    at: datetime
    next_check: datetime
    url: str
    """The page's address from now on (of the first part)."""
    reread: NewVersion | None = None
    """The newest version as better rules read it: stored silently, before `version`."""
    version: NewVersion | None = None
    rules: str = ""
    """By which rules the newest version's text was read; empty: as before."""
    lesson: Lesson | None = None
    parts: tuple[Part, ...] | None = None
    """The parts' new validators; None: keep what is stored."""
    failures: int = 0
    missing: int = 0
    gone: bool = False
    suspicion: Suspicion | None = None
    swings: int = 0
    swung_at: datetime | None = None
    why: tuple[Reason, ...] = ()
    """The next check is at that time."""
    held: tuple[Capture, ...] = ()
    """Bytes of a suspicious reading, kept aside until it clears."""
    told_failing: bool = False
    told_partly: datetime | None = None
    """The source's new state (see `crawler.failing.Health`)."""
    alerts: tuple[Alert, ...] = ()


@value
class DueListing:
    """A listing to read."""

    source: Source
    first: bool
    """It has never been read: what it lists now is the silent baseline."""
    failures: int = 0


@value
class Listed:
    """What a listing gave."""

    urls: tuple[tuple[str, str], ...]
    """Address and link text of each report page, in page order."""
    fetched_at: datetime
    failure: Failure | None = None
    """What stopped the reading at a later page of the listing; what stands before is still listed."""
    warning: str | None = None
    """What its pages show that may be missing, though nothing failed."""


@value
class ListingIntent:
    """What reading a listing concluded, recorded in one transaction."""

    due: DueListing
    outcome: Outcome
    """unchanged (it was read), failed or skipped."""
    reason: str | None
    at: datetime
    next_check: datetime
    found: tuple[tuple[str, str], ...] = ()
    """As in `Listed.urls`; known pages are among them."""
    failures: int = 0
    told_failing: bool = False
    told_partly: datetime | None = None
    """The source's new state (see `crawler.failing.Health`)."""
    alerts: tuple[Alert, ...] = ()


@value
class Result:
    """One line of `once`: what became of one page (or of a listing that could not be read)."""

    source: str
    url: str
    outcome: Outcome
    version: int | None = None
    reason: str | None = None
    alerts: tuple[Alert, ...] = ()


# --- prints of one report --------------------------------------------------------------------------------------------


@value
class Print:
    """A page with its newest version, as a print of a report that other pages may have, too."""

    page: int
    source: str
    key: str
    url: str
    title: str
    region: str
    year: int
    version: int
    edited: int
    """The newest version that is no reread."""
    characters: int
    published: date | None
    first_seen: datetime
    read_at: datetime
    """When the newest version was fetched."""
    checked_at: datetime | None
    well: bool
    """The last check read the page and believed it."""
    code: str
    """Names the code by which the newest version was read."""


@value
class Comparison:
    """Two pages of one region and year, as they were last compared; `page` was stored first."""

    page: int
    other: int
    versions: tuple[int, int]
    prints: bool
    """They print one report."""
    share: float = 0.0
    """How much of both texts they have in common, 0 to 1, by characters."""
    targets: int = 0
    """How many targets differ."""
    places: int = 0
    """In how many places the texts differ."""
    words: Mapping[str, int] = field(default_factory=dict)
    """What one of them says (`-`) or the other (`+`) in these places, each word with how often."""
    summary: str = ""
    alert: str | None = None
    """The last alert that told of them."""


@value
class Unpaired:
    """A page that is to be compared with others of its region and year."""

    one: Print
    others: tuple[Print, ...]


# --- deliveries ------------------------------------------------------------------------------------------------------


@value
class Delivery:
    """One alert on its way to one channel, as claimed from the outbox."""

    id: int
    alert: Alert
    channel: str
    subject: str
    """What it is about: order holds among the alerts of one subject."""
    attempts: int
    """Attempts made before this one that failed."""
    leased_until: datetime
    """It is ours alone until then; also the mark of this claim, for no other ends at that moment."""
    give_up_at: datetime
    """An attempt that fails after this moment is the last."""
    reached: tuple[str, ...] = ()
    """Recipients who have it from an earlier attempt, in which others were refused."""
    allowed: tuple[str, ...] | None = None
    """Recipients who lack no earlier alert of the page, so that they may have this one; None: everybody."""


@value
class Sent:
    """The channel took it."""


@value
class NotSent:
    """The channel did not take it."""

    error: str
    retry_after: timedelta | None = None
    reached: tuple[str, ...] = ()
    """Those of several recipients who have it now all the same."""


@value
class Held:
    """The channel took it for all who lack no earlier alert of the page; the others get it after that one."""

    reached: tuple[str, ...]
    """Those who have it now."""
    waiting: tuple[str, ...]

    @property
    def error(self) -> str:
        """Why it is not delivered."""
        return f"waits for an earlier alert of the page that was refused: {', '.join(self.waiting)}"
