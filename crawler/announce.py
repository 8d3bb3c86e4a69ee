"""What an alert says: the webhook's JSON document of the contract, from which mails and chat messages are made too.

Ring 1. Ids are derived from the installation, the page and what happened (UUID 5), so that the same event, concluded
twice after a crash, is the same alert. Texts are capped: an alert names the change, the store holds all of it.
"""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from crawler.channels import News, Standing
from crawler.checks import Alert, AlertType, Edits, Part
from crawler.diff import Hunk, TextDiff
from crawler.extract.compilation import place_and_year
from crawler.live import LivePage
from crawler.model import Json, Source, TargetDiff, value
from crawler.reports import hunk_reports, label
from crawler.targets import describe, describe_change
from crawler.wire import instant, target_diff_json
from crawler.worth import Severity

HUNKS = 100
HUNK_CHARACTERS = 2_000
UNIFIED_CHARACTERS = 60_000
CONTEXT = 40
SUMMARY_CHANGES = 3
TARGETS = 300


@value
class Subject:
    """What an alert is about."""

    installation: str
    source: Source
    page: int | None = None
    url: str = ""
    title: str = ""
    region: str = ""
    year: int | None = None
    key: str = ""
    """Tells the page from others of the source."""
    parts: tuple[Part, ...] = ()
    """Its addresses, in order, as just read."""
    web_url: str | None = None


@value
class Reference:
    """The print of a report with which another one is compared."""

    source: Source
    url: str
    title: str
    version: int

    @property
    def name(self) -> str:
        """What it is called in a sentence: its source's title, with its host where that tells more."""
        return self.source.title if self.source.url else f"{self.source.title} {self.title}".strip()


@value
class Event:
    """What happened to it."""

    type: AlertType
    at: datetime
    mark: str
    """Tells this event from earlier ones of the type on the same page (a version number, a moment)."""
    summary: str
    reason: str | None = None
    old: int | None = None
    new: int | None = None
    targets: TargetDiff = TargetDiff()
    text: TextDiff | None = None
    severity: Severity = "normal"
    reference: Reference | None = None
    """Of `page.differs`."""


def alert(subject: Subject, event: Event) -> Alert:
    """The alert that tells the event, for all channels of the source."""
    name = "\n".join((event.type, subject.source.id, subject.key, event.mark))
    return Alert(
        id=str(uuid.uuid5(uuid.UUID(subject.installation), name)),
        type=event.type,
        source=subject.source.id,
        page=subject.page,
        raised_at=event.at,
        summary=event.summary,
        payload=_payload(subject, event, str(uuid.uuid5(uuid.UUID(subject.installation), name))),
        channels=subject.source.alert,
    )


def of_channel(installation: str, standing: Standing, told: News, at: datetime, through: Sequence[str]) -> Alert:
    """The alert that tells through other channels how one stands; its document names it as `channel`."""
    name, lost = standing.channel, standing.gave_up
    if told == "channel.failing":
        trouble = "一直无法送达提醒" if standing.failing_since else f"放弃了{lost}条提醒"
        summary, reason = f"渠道 {name} {trouble}：{standing.error}", standing.error
    else:
        summary = f"渠道 {name} 已恢复正常" + (f"，其间放弃了{lost}条提醒" if lost else "")
        reason = f"{lost} deliveries were given up: `crawler alerts retry` tries them again" if lost else None
    event = Event(
        type=told,
        at=at,
        mark=f"{name} {at.isoformat()}",
        summary=summary,
        reason=reason,
        severity="high" if told == "channel.failing" else "low",
    )
    source = Source(id="", title=name, alert=tuple(through))
    plain = alert(Subject(installation=installation, source=source), event)
    return replace(plain, payload={**plain.payload, "channel": name})


def summarize(targets: TargetDiff, text: TextDiff, title: str = "") -> str:
    """One line: the target changes first ('地区生产总值增长 6%左右 → 5.5%左右'), else the first edit of the text.

    Of a compilation (`title` is the document's) each report is named: '平湖市 2023：地区生产总值增长 6% → 5.5%；…'.
    """
    said = [(change.new.report, describe_change(change)) for change in targets.changed]
    said += [(target.report, f"新增目标：{target.indicator} {describe(target)}") for target in targets.added]
    said += [(target.report, f"删去目标：{target.indicator} {describe(target)}") for target in targets.removed]
    if not said:
        said = list(zip(hunk_reports(text, title), map(_edit, text.hunks), strict=True))
    more = f" 等{len(said)}处" if len(said) > SUMMARY_CHANGES else ""
    return "；".join(_by_report(said)[:SUMMARY_CHANGES]) + more


def _by_report(said: Sequence[tuple[str, str]]) -> list[str]:
    """What is said, report by report, each named where it begins; what is of no report comes first."""
    groups: dict[str, list[str]] = {"": []}
    for report, words in said:
        if report in groups:
            groups[report].append(words)
        else:
            groups[report] = [f"{label(report)}：{words}"]
    return [words for group in groups.values() for words in group]


def edits_of(text: TextDiff) -> Edits:
    """The edits of a text at a glance."""
    first = text.hunks[:SUMMARY_CHANGES]
    return Edits(count=len(text.hunks), first=tuple((_short(hunk.old), _short(hunk.new)) for hunk in first))


def _edit(hunk: Hunk) -> str:
    old, new = _short(hunk.old), _short(hunk.new)
    return {"insert": f"新增“{new}”", "delete": f"删去“{old}”"}.get(hunk.op, f"“{old}” → “{new}”")


def _short(text: str, most: int = 40) -> str:
    text = " ".join(text.split())
    return text if len(text) <= most else text[: most - 1] + "…"


def _payload(subject: Subject, event: Event, alert_id: str) -> Mapping[str, Json]:
    places = hunk_reports(event.text, subject.title) if event.text else ()
    return {
        "type": event.type,
        "id": alert_id,
        "occurred_at": instant(event.at),
        "source": {"id": subject.source.id, "title": subject.source.title},
        "page": {"url": subject.url, "title": subject.title, "region": subject.region, "year": subject.year},
        "versions": {"old": event.old, "new": event.new},
        "severity": event.severity,
        "summary": event.summary,
        "reason": event.reason,
        **_reference_json(event.reference),
        "targets": target_diff_json(event.targets, TARGETS),
        "reports": _reports_json(event, places),
        "text": _text_json(event.text, places),
        "links": {"page": _page_link(subject, event.text), "diff": _diff_link(subject, event)},
    }


def _reference_json(reference: Reference | None) -> dict[str, Json]:
    if reference is None:
        return {}
    source = {"id": reference.source.id, "title": reference.source.title}
    told = {"source": source, "url": reference.url, "title": reference.title, "version": reference.version}
    return {"reference": told}


def _reports_json(event: Event, places: Sequence[str]) -> list[Json]:
    """The reports of a compilation that the alert is about, with region and year; none where the page is one report."""
    targets = event.targets
    touched = [change.new for change in targets.changed] + [*targets.added, *targets.removed]
    told = [target.report for target in touched[:TARGETS]] + list(places[:HUNKS])
    return [
        {"title": report, "region": region, "year": year}
        for report in dict.fromkeys(filter(None, told))
        for region, year in (place_and_year(report),)
    ]


def _text_json(text: TextDiff | None, places: Sequence[str]) -> dict[str, Json]:
    if text is None:
        return {"hunks": [], "unified": "", "truncated": False}
    hunks = [_hunk_json(hunk, text, place) for hunk, place in zip(text.hunks[:HUNKS], places, strict=False)]
    cut = len(text.hunks) > HUNKS or any(
        max(len(hunk.old), len(hunk.new)) > HUNK_CHARACTERS for hunk in text.hunks[:HUNKS]
    )
    return {"hunks": hunks, "unified": text.unified(limit=UNIFIED_CHARACTERS), "truncated": cut}


def _hunk_json(hunk: Hunk, text: TextDiff, place: str) -> dict[str, Json]:
    before, after = _around(hunk, text)
    cut_before = text.new[: hunk.new_start - len(before)][-1:] not in ("", "\n")
    cut_after = text.new[hunk.new_end + len(after) :][:1] not in ("", "\n")
    return {
        "op": hunk.op,
        "old": hunk.old[:HUNK_CHARACTERS],
        "new": hunk.new[:HUNK_CHARACTERS],
        "before": "…" * cut_before + before,
        "after": after + "…" * cut_after,
        "report": place,
    }


def _around(hunk: Hunk, text: TextDiff) -> tuple[str, str]:
    """Up to 40 characters of the new text before and after a hunk, within its paragraph."""
    before = text.new[max(0, hunk.new_start - CONTEXT) : hunk.new_start].rpartition("\n")[2]
    after = text.new[hunk.new_end : hunk.new_end + CONTEXT].partition("\n")[0]
    return before, after


def _page_link(subject: Subject, text: TextDiff | None) -> str:
    """The live page, scrolled to the first change."""
    if not subject.url or text is None or not text.hunks:
        return subject.url
    hunk = text.hunks[0]
    return LivePage(subject.url, text.new, subject.parts).link(hunk.new_start, hunk.new_end)


def _diff_link(subject: Subject, event: Event) -> str | None:
    if not subject.web_url or event.new is None or subject.page is None or event.reference:
        return None
    return f"{subject.web_url.rstrip('/')}/pages/{subject.page}/versions/{event.new}"
