"""What stands in the answers, described field by field: values of `storage.lines` and `crawler.wire`, as JSON.

They make the OpenAPI document and nothing else; tests hold them to the values they describe and to real answers.
"""

from typing import Annotated, Generic, Literal, TypeVar

from pydantic import BaseModel, ConfigDict, Field

from crawler.checks import AlertType, Outcome
from crawler.freshness import Word
from crawler.worth import Severity

T = TypeVar("T")

Instant = Annotated[str, Field(json_schema_extra={"format": "date-time"}, examples=["2026-11-22T08:00:00Z"])]
Hash = Annotated[str, Field(pattern="^[0-9a-f]{64}$")]


class Shape(BaseModel):
    """An object with these fields and no others."""

    model_config = ConfigDict(extra="forbid")


class Portion(Shape, Generic[T]):
    """Some of a list."""

    items: list[T]
    next: str | None = Field(description="The `cursor` of the portion behind this one; null: this was the last.")


class Source(Shape):
    """A source and how its pages fare, as `crawler sources --json` says it."""

    source: str = Field(examples=["jinhua-2024"])
    title: str
    url: str = Field(description="Of its page, or of its listing.")
    listing: bool = Field(description="Whether it finds its pages in a listing.")
    active: bool = Field(description="Whether it is watched; false: paused, or no longer in sources.yaml.")
    failing: bool = Field(description="`source.failing` was told, and the source has not recovered.")
    pages: int
    failed: int = Field(description="Pages whose last check failed.")
    suspect: int = Field(description="Pages that look broken and are held back.")
    gone: int
    checked_at: Instant | None
    succeeded_at: Instant | None = Field(description="When something of it was last read as it should be.")
    failures: int = Field(description="In a row, of what failed most often.")
    changed_at: Instant | None
    next_check: Instant | None
    reason: str | None = Field(description="Why its listing could not be read, if it could not.")


class Reason(Shape):
    """Why the next check of a page is when it is."""

    reason: Word = Field(examples=["age"])
    amount: int = Field(
        description="Seconds since the report appeared (`age`) or was `edited`, of the bound that was reached "
        "(`least`, `most`), or asked for (`retry_after`); number of `edits`, or of failures "
        "in a row (`backoff`); else 0."
    )


class Page(Shape):
    """A page and how its last check ended, as `crawler pages --json` says it."""

    page: int = Field(description="Its number.", examples=[1])
    source: str
    url: str
    title: str = Field(description="As the page says it: text from outside.", examples=["金华市政府工作报告"])
    version: int = Field(description="Number of the newest version; 0: there is none.")
    checked_at: Instant | None
    changed_at: Instant | None
    outcome: Outcome | None = Field(description="Of the last check; null: it was never checked.")
    reason: str | None = Field(description="Why the last check failed or was doubted.")
    next_check: Instant | None
    why: list[Reason] = Field(description="Why it is then; empty: not known, or it was asked for.")
    active: bool = Field(description="Whether it is watched.")


class Target(Shape):
    """A quantity that a report promises or says to be achieved."""

    start: int = Field(description="Offset in the text, in characters.")
    end: int
    text: str = Field(examples=["5.5%左右"])
    sent_start: int
    sentence: str
    indicator: str = Field(examples=["地区生产总值"])
    kind: str = Field(examples=["growth"])
    relation: str = Field(examples=["about"])
    low: str | None = Field(description="An exact decimal in `unit`; of a deadline a date or month.", examples=["5.5"])
    high: str | None
    unit: str = Field(examples=["%"])
    period: str = ""
    scope: str = ""
    status: str = "target"
    key: str = Field(default="", description="Canonical name of the indicator.")
    rule: str = ""
    report: str = Field(default="", description="Its report, in a page that holds many.")
    words: str = Field(description="The value in words.", examples=["5.5%左右"])


class TargetChange(Shape):
    """A target before and after."""

    indicator: str
    words: str = Field(default="", examples=["地区生产总值增长 6%左右 → 5.5%左右"])
    changed: list[str] = Field(default=[], description="Some of value, relation, unit, period and kind.")
    difference: str | None = Field(default=None, description="New less old in `difference_unit`: an exact decimal.")
    difference_unit: str = ""
    difference_percent: str | None = None
    old: Target
    new: Target


class TargetDiff(Shape):
    """What became of the targets."""

    changed: list[TargetChange]
    added: list[Target]
    removed: list[Target]


class Version(Shape):
    """A version, as `crawler versions --json` says it."""

    version: int
    fetched_at: Instant
    sha256: Hash
    seal: str = Field(description="Proves the version and all before it.")
    changes: TargetDiff | None = Field(description="What became of the targets; null for the first version.")
    title: str
    characters: int
    note: Literal["reread"] | None = Field(description="`reread`: the same page, read by better rules.")


class Report(Shape):
    """One of the reports in a page that holds many; its paragraphs are `start` to `end`, from 0."""

    title: str
    region: str
    year: int | None
    start: int
    end: int


class Text(Shape):
    """A version with its text, as `crawler show --json` says it."""

    page: int
    url: str
    version: int
    fetched_at: Instant
    title: str
    body: str = Field(description="The paragraphs, joined by line feeds.")
    reports: list[Report] = Field(default=[], description="Only where the page holds many.")


class Hunk(Shape):
    """A place where two texts differ."""

    op: Literal["replace", "insert", "delete"]
    old: str
    new: str
    report: str = Field(default="", description="Only where the page holds many: in which one.")


class Diff(Shape):
    """What differs between two versions, as `crawler changes PAGE --json` says it."""

    changed: bool
    hunks: list[Hunk]
    targets: TargetDiff


class StoredTarget(Shape):
    """A target of a page's newest version, as the dashboard lists it."""

    page: int
    source: str
    title: str
    region: str
    year: int | None
    report: str = Field(description="Of a page that holds many; else empty.")
    indicator: str
    key: str
    kind: str
    relation: str
    low: str | None = Field(description="An exact decimal in `unit`; of a deadline a date or month.")
    high: str | None
    unit: str
    period: str
    text: str
    sentence: str


class Change(Shape):
    """A change of a page, as `crawler changes --json` says it."""

    page: int
    source: str
    url: str
    title: str
    version: int = Field(description="The version that the change made.")
    changed_at: Instant
    targets: TargetDiff
    region: str
    year: int | None
    severity: Severity | None = Field(description="Of the alert that told of it; null: none did.")


class Delivery(Shape):
    """How far an alert has got with one channel."""

    channel: str
    state: Literal["pending", "delivered", "dead"]
    attempts: int
    error: str | None
    next_attempt: Instant | None


class Alert(Shape):
    """An alert and its deliveries, as `crawler alerts --json` says it."""

    id: str
    type: AlertType
    page: int | None
    source: str
    raised_at: Instant
    summary: str
    deliveries: list[Delivery]


class Snippet(Shape):
    """A stretch of a text that says the words: plain text from outside."""

    text: str = Field(examples=["粮食产量稳定在320万吨以上"])
    hits: list[tuple[int, int]] = Field(description="Where it says a word: from and to, in characters of `text`.")
    cut_before: bool = Field(description="Whether the paragraph goes on before it.")
    cut_after: bool


class FoundPage(Shape):
    """A page, and a version of it that says what was looked for."""

    page: int
    version: int
    newest: int = Field(description="The page's newest version.")
    source: str
    url: str
    title: str = Field(description="Of the newest version, as are region and year.")
    region: str
    year: int | None
    at: Instant = Field(description="When the version was fetched.")
    snippets: list[Snippet]


class Sources(Portion[Source]):
    """Some of the sources."""


class Pages(Portion[Page]):
    """Some of the pages."""


class Versions(Portion[Version]):
    """Some of a page's versions."""


class Targets(Portion[StoredTarget]):
    """Some of the targets."""


class Changes(Portion[Change]):
    """Some of the changes."""


class Alerts(Portion[Alert]):
    """Some of the alerts."""


class FoundPages(Portion[FoundPage]):
    """Some of what was found."""
