"""Shapes of what is no list: how the installation does, what came of an order, and errors."""

from typing import Literal

from pydantic import Field

from crawler.web.api.shapes import Instant, Shape


class Complaint(Shape):
    """Something past a limit of `health`."""

    about: str = Field(examples=["overdue"])
    said: str


class Tick(Shape):
    """When the daemon last went through its schedule."""

    at: Instant
    seconds: int


class Age(Shape):
    """Since when."""

    since: Instant
    seconds: int


class Overdue(Age):
    """Checks that should have been made."""

    checks: int
    source: str
    url: str


class Waiting(Age):
    """The delivery that waits longest."""

    alert: str
    channel: str
    attempts: int
    error: str | None


class Deliveries(Shape):
    """Of all alerts."""

    pending: int
    dead: int


class Watched(Shape):
    """The sources in short."""

    watched: int
    failing: int
    names: list[str] = Field(description="Of the first that fail.")


class Channel(Shape):
    """A channel that fails or gave something up."""

    channel: str
    error: str | None
    given_up: int
    told: bool
    failing: Age | None


class Status(Shape):
    """How the installation does, as `crawler health --json` says it."""

    healthy: bool
    complaints: list[Complaint]
    at: Instant
    last_tick: Tick | None
    overdue: Overdue | None
    pending: Waiting | None
    deliveries: Deliveries
    sources: Watched
    channels: list[Channel]


class Asked(Shape):
    """A check that was asked for."""

    source: str
    page: int | None = Field(description="null: all that is watched of the source.")
    by: Literal["daemon", "server"] = Field(description="Who makes it: where no daemon is at work, the server does.")


class Switched(Shape):
    """A source that was paused or resumed."""

    source: str
    enabled: bool = Field(description="As `sources.yaml` says it now.")


class Due(Shape):
    """Deliveries that are tried again."""

    deliveries: int


class Fault(Shape):
    """A parameter that makes no sense."""

    in_: Literal["path", "query"] = Field(alias="in")
    name: str
    detail: str


class Problem(Shape):
    """Why a request was not answered (RFC 9457)."""

    type: Literal["about:blank"]
    title: str = Field(description="The status in words.", examples=["Not Found"])
    status: int = Field(examples=[404])
    detail: str = Field(description="For people, in English; it may change.", examples=["There is no page 7."])
    errors: list[Fault] = Field(default=[], description="Only of status 422: each parameter that makes no sense.")
