"""Alerts for tests: payloads as the program writes them, and a real outbox (SQLite) to put them into."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

from crawler.checks import Alert, AlertType
from crawler.model import Json, Source
from storage.outbox import Outbox
from storage.record import raise_alerts
from storage.store import Store, open_store

NOW = datetime(2026, 11, 22, 8, 30, tzinfo=UTC)
GIVE_UP = timedelta(days=7)


def target(
    low: str = "6", *, indicator: str = "地区生产总值", kind: str = "growth", unit: str = "%"
) -> dict[str, Json]:
    """A target as the payload holds it; its words are '6%左右'."""
    return {
        "indicator": indicator,
        "key": indicator,
        "kind": kind,
        "relation": "about",
        "low": low,
        "high": low,
        "unit": unit,
        "text": f"{low}{unit}",
        "sentence": f"{indicator}增长{low}{unit}左右",
        "status": "target",
        "words": f"{low}{unit}左右",
    }


def change(indicator: str = "地区生产总值", old: str = "6", new: str = "5.5") -> dict[str, Json]:
    """A changed target as the payload holds it."""
    return {
        "indicator": indicator,
        "words": f"{indicator}增长 {old}%左右 → {new}%左右",
        "old": target(old, indicator=indicator),
        "new": target(new, indicator=indicator),
    }


def hunk(
    old: str = "6%", new: str = "5.5%", before: str = "地区生产总值增长", after: str = "左右；"
) -> dict[str, Json]:
    """One edit as the payload holds it."""
    op = "replace" if old and new else "insert" if new else "delete"
    return {"op": op, "old": old, "new": new, "before": before, "after": after}


def payload(**fields: Json) -> dict[str, Json]:
    """The document of one changed target of 云溪市 2026; `fields` replace whole parts of it."""
    plain: dict[str, Json] = {
        "type": "page.changed",
        "id": "0b8f5a0e-3f5e-5a6c-8d3c-2f0a4a1f6a01",
        "occurred_at": "2026-11-22T08:00:00Z",
        "source": {"id": "yunxi-2026", "title": "云溪市政府工作报告"},
        "page": {
            "url": "https://www.example.org/yunxi.html",
            "title": "云溪市2026年政府工作报告",
            "region": "云溪市",
            "year": 2026,
        },
        "versions": {"old": 1, "new": 2},
        "summary": "地区生产总值增长 6%左右 → 5.5%左右",
        "reason": None,
        "targets": {"changed": [change()], "added": [], "removed": []},
        "text": {"hunks": [hunk()], "unified": "-6%\n+5.5%\n", "truncated": False},
        "links": {
            "page": "https://www.example.org/yunxi.html#:~:text=5.5%25",
            "diff": "https://watch.example.org/pages/1/versions/2",
        },
    }
    return plain | fields


def quiet(kind: str, **fields: Json) -> dict[str, Json]:
    """The document of an alert without any difference, with a reason: page.gone and the like."""
    nothing: dict[str, Json] = {"changed": [], "added": [], "removed": []}
    reason = "HTTP 404 (Not Found), three times in a row"
    text = {"hunks": [], "unified": "", "truncated": False}
    return payload(type=kind, targets=nothing, text=text, reason=reason, summary=reason) | fields


def alert(name: str = "a1", *, on: int | None = 1, channels: tuple[str, ...] = ("desk",), **fields: Json) -> Alert:
    """An alert raised at `NOW` on a page (by its number); `fields` go into its payload."""
    kind: AlertType = "page.changed"
    document = payload(id=name, **fields)
    return Alert(
        id=name,
        type=kind,
        source="yunxi-2026",
        page=on,
        raised_at=NOW,
        summary=document["summary"],
        payload=document,
        channels=channels,
    )


@dataclass
class Clock:
    """A clock that stands still until it is moved, and dice that always fall in the middle."""

    at: datetime = NOW

    def now(self) -> datetime:
        return self.at

    def pass_by(self, **duration: float) -> None:
        self.at += timedelta(**duration)

    def dice(self) -> float:
        return 0.5


@dataclass
class Desk:
    """A store with pages to raise alerts on, its outbox, and the clock."""

    store: Store
    clock: Clock = field(default_factory=Clock)

    @property
    def outbox(self) -> Outbox:
        return self.store.outbox

    def put(self, *alerts: Alert, give_up: timedelta = GIVE_UP) -> None:
        """Raise alerts as a check's transaction does."""
        with self.store.database.write() as connection:
            raise_alerts(connection, alerts, give_up)


@contextmanager
def open_desk(folder: Path, pages: int = 6) -> Iterator[Desk]:
    """A fresh database with a source of each page."""
    with open_store(f"sqlite:///{folder / 'alerts.db'}", now=NOW) as store:
        sources = [
            Source(id=f"s{number}", title=f"第{number}个来源", url=f"https://www.example.org/{number}.html")
            for number in range(1, pages + 1)
        ]
        sources.append(Source(id="yunxi-2026", title="云溪市政府工作报告", url="https://www.example.org/yunxi.html"))
        store.sync(sources, NOW)
        yield Desk(store)
