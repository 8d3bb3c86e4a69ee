"""What follows from one check: pure rules from what was known and what was seen to what is stored and told.

Ring 1, no clock and no dice: `Moment` carries both. Every branch ends in one `Intent`, which the store writes in one
transaction, so a version can never be stored without its alert, nor a validator without its version.

    seen                                outcome      stored                                  told
    ----------------------------------  -----------  --------------------------------------  -------------------------
    same bytes, or the same text        unchanged    validators, counters                    source.recovered
    first plausible text                new          version 1                               page.new if announced
    another plausible text              changed      next version, change                    page.changed if watched
    the same by other rules             unchanged    next version, reread
    an implausible text                 suspect      held aside; the old version stays       page.suspect after a time
    the same implausible text again     changed      as changed (not for hard doubts, and    page.changed
                                                     for some only after a time)
    an earlier version's text           suspect      held aside; as changed, if it stands    page.suspect if it swings
    404 or 410, once                    failed       counters; looked at again soon
    404 or 410, again                   gone         counters                                page.gone once
    forbidden by robots.txt             skipped      counters                                source.failing, if we hold
                                                                                             a text of it
    any other failure                   failed       counters, backoff                       source.failing once
"""

from dataclasses import replace
from datetime import datetime

from crawler import failing
from crawler.announce import Event, Subject, alert, edits_of, summarize
from crawler.checks import (
    Alert,
    Document,
    Due,
    DueListing,
    Intent,
    Listed,
    ListingIntent,
    NewVersion,
    Outcome,
    Part,
    Stood,
    Suspicion,
)
from crawler.diff import TextDiff, diff_texts
from crawler.discover import with_targets
from crawler.failing import Health, Telling
from crawler.freshness import look_again, regular, retry
from crawler.model import Failure, FailureKind, Source, Target, TargetDiff, value
from crawler.plausible import Doubt, doubt, is_swinging, returning
from crawler.reread import with_lines_of
from crawler.schedule import after_failure, next_check
from crawler.targets import compare_targets
from crawler.text import fingerprint
from crawler.worth import severity

CONFIRMATIONS = 2
"""So many answers 404 or 410 in a row make a page gone."""


SWINGS = 2
"""So many returns to the newest text, each after an earlier version's, are told as going back and forth, once."""


@value
class Moment:
    """What the rules cannot know by themselves, asked for once at the door."""

    now: datetime
    jitter: float
    """In [0, 1)."""
    installation: str
    health: Health
    web_url: str | None = None


@value
class Previous:
    """The newest version; empty where there is none."""

    text: str = ""
    targets: tuple[Target, ...] = ()
    by_other_rules: bool = False
    """It could not be read again by the rules of the reading it is compared with (`crawler.reread`)."""
    twin: bool = False
    """Another page of the source says the same: a listing changed the form of its addresses, the report is not new."""
    stood: Stood | None = None
    """An earlier version of the page that says what was read now."""
    cut: bool = False
    """The page's bytes end before it was closed, which they did not before."""


def unchanged(due: Due, moment: Moment, parts: tuple[Part, ...] | None, swung: Stood | None = None) -> Intent:
    """The text is the one we hold; `parts` are new validators, or None where the stored ones stay.

    `swung` is the earlier version whose text was held back until now: the page goes back and forth.
    """
    intent = _well(due, moment, Outcome.UNCHANGED, due.url, parts)
    if swung is None:
        return intent
    swings = 1 + (due.swings if is_swinging(due, moment.now) else 0)
    told = (_swinging(due, swung, moment),) if swings == SWINGS else ()
    return replace(intent, swings=swings, swung_at=moment.now, alerts=told + intent.alerts)


def adopted(due: Due, document: Document, moment: Moment) -> Intent:
    """The page is as it was, only the version we hold was read by other rules: this reading takes its place."""
    version = NewVersion(number=due.version + 1, document=document, reread=True)
    return replace(unchanged(due, moment, document.parts), reread=version)


def read(due: Due, document: Document, previous: Previous, moment: Moment) -> Intent:
    """A text other than the one we hold (or the first one) was read."""
    if previous.stood and not previous.by_other_rules:
        doubted: Doubt | None = returning(due, previous.stood, moment.now)
    else:
        doubted = doubt(due, document, previous.text, cut=previous.cut)
    if doubted and not _confirmed(due, document, doubted, moment):
        return _suspect(due, document, doubted, moment)
    if previous.by_other_rules:
        previous = _by_these_rules(previous, document, another=doubted is not None and bool(doubted.wait))
        if fingerprint(previous.text) == document.fingerprint:
            return adopted(due, document, moment)
    version = NewVersion(number=due.version + 1, document=document)
    due = replace(due, history=due.history.read(document.published, moment.now if due.version else None))
    if not due.version:
        intent = _well(due, moment, Outcome.NEW, document.url, document.parts)
        told = () if previous.twin else _new(due, document, moment)
    else:
        targets = compare_targets(previous.targets, document.targets)
        text = diff_texts(previous.text, document.text)
        version = replace(version, targets=targets, edits=None if targets else edits_of(text))
        intent = _well(due, moment, Outcome.CHANGED, document.url, document.parts)
        told = _changed(due, document, text, targets, moment)
    return replace(intent, version=version, alerts=told + intent.alerts)


def _by_these_rules(previous: Previous, document: Document, *, another: bool) -> Previous:
    """What other rules read, as far as can be told as the reading's would have; of another article all is told."""
    text = previous.text if another else with_lines_of(previous.text, document.text)
    old = replace(document, paragraphs=tuple(text.split("\n")))
    return replace(previous, text=text, targets=with_targets(old).targets)


def failed(due: Due, failure: Failure, moment: Moment) -> Intent:
    """Nothing could be read, so nothing is concluded about the text."""
    failure = failing.named(failure, due.url)
    if failure.kind is FailureKind.ROBOTS and failure.permanent:
        return _forbidden(due, failure, moment)
    missing = due.missing + 1 if failure.gone and due.version else 0
    if missing >= CONFIRMATIONS:
        return _gone(due, failure, moment, missing)
    failures = due.failures + 1
    telling = failing.after_failure(failures, due.source.failing_after, moment.health, moment.now)
    again = retry(
        moment.now, due.source.schedule, failures=failures, jitter=moment.jitter, retry_after=failure.retry_after
    )
    return replace(
        _stay(due, moment, Outcome.FAILED, failure.reason),
        next_check=again.at,
        why=again.why,
        failures=failures,
        missing=missing,
        told_failing=telling.told_failing,
        told_partly=telling.told_partly,
        alerts=_failing(telling, due.source, failures, _placed(failure.reason, due), moment),
    )


def listing(due: DueListing, seen: Listed | Failure, moment: Moment) -> ListingIntent:
    """What a listing's reading means; the pages it names are checked in their own turn."""
    if isinstance(seen, Failure):
        return _unlisted(due, seen, moment)
    if seen.failure:  # a baseline must be whole; later readings only add what they saw
        return replace(_unlisted(due, seen.failure, moment), found=() if due.first else seen.urls)
    telling = failing.after_success(moment.health, moment.now)
    return ListingIntent(
        due=due,
        outcome=Outcome.UNCHANGED,
        reason=seen.warning,
        at=moment.now,
        next_check=next_check(moment.now, due.source.schedule, jitter=moment.jitter),
        found=seen.urls,
        told_failing=telling.told_failing,
        told_partly=telling.told_partly,
        alerts=_recovered(telling, due.source, moment),
    )


def _placed(reason: str, due: Due) -> str:
    """The reason, of one of many pages with its address."""
    return f"{reason} ({due.url})" if due.key and due.url not in reason else reason


def _unlisted(due: DueListing, failure: Failure, moment: Moment) -> ListingIntent:
    failure = failing.named(failure, due.source.listing or "")
    schedule = due.source.schedule
    if failure.kind is FailureKind.ROBOTS and failure.permanent:
        failures, again = 0, next_check(moment.now, schedule, jitter=moment.jitter)
    else:
        failures = due.failures + 1
        again = after_failure(
            moment.now, schedule, failures=failures, jitter=moment.jitter, retry_after=failure.retry_after
        )
    telling = failing.after_failure(failures, due.source.failing_after, moment.health, moment.now, listing=True)
    return ListingIntent(
        due=due,
        outcome=Outcome.FAILED if failures else Outcome.SKIPPED,
        reason=failure.reason,
        at=moment.now,
        next_check=again,
        failures=failures,
        told_failing=telling.told_failing,
        told_partly=telling.told_partly,
        alerts=_failing(telling, due.source, failures, failure.reason, moment),
    )


def _stay(due: Due, moment: Moment, outcome: Outcome, reason: str | None) -> Intent:
    """Everything as it was, but for the outcome and the regular next check."""
    again = regular(moment.now, due.source.schedule, due.history, jitter=moment.jitter)
    return Intent(
        due=due,
        outcome=outcome,
        reason=reason,
        at=moment.now,
        next_check=again.at,
        why=again.why,
        url=due.url,
        failures=due.failures,
        missing=due.missing,
        gone=due.gone,
        suspicion=due.suspicion,
        swings=due.swings,
        swung_at=due.swung_at,
        told_failing=moment.health.told_failing,
        told_partly=moment.health.told_partly,
    )


def _well(due: Due, moment: Moment, outcome: Outcome, url: str, parts: tuple[Part, ...] | None) -> Intent:
    """The page is there and can be believed: every trouble ends, silently but for `source.recovered`."""
    telling = failing.after_success(moment.health, moment.now)
    return replace(
        _stay(due, moment, outcome, None),
        url=url,
        parts=parts,
        failures=0,
        missing=0,
        gone=False,
        suspicion=None,
        told_failing=telling.told_failing,
        told_partly=telling.told_partly,
        alerts=_recovered(telling, due.source, moment),
    )


def _forbidden(due: Due, failure: Failure, moment: Moment) -> Intent:
    """robots.txt closes the page: respected without complaint, but told where it ends the watch of a text we hold."""
    failures = due.failures + 1 if due.version else 0
    telling = failing.after_failure(failures, due.source.failing_after, moment.health, moment.now)
    return replace(
        _stay(due, moment, Outcome.SKIPPED, failure.reason),
        failures=failures,
        told_failing=telling.told_failing,
        told_partly=telling.told_partly,
        alerts=_failing(telling, due.source, failures, _placed(failure.reason, due), moment),
    )


def _confirmed(due: Due, document: Document, doubted: Doubt, moment: Moment) -> bool:
    """A doubt ends when a separate check reads the very same text again; some only after a time of that."""
    held = due.suspicion
    if doubted.hard or held is None or held.fingerprint != document.fingerprint:
        return False
    return moment.now - held.stands >= doubted.wait


def _suspect(due: Due, document: Document, doubted: Doubt, moment: Moment) -> Intent:
    held, read = due.suspicion, "" if doubted.hard else document.fingerprint
    since, told_before = (held.since, held.told) if held else (moment.now, False)
    # A listed page never read yet may simply be no report; the one page of a source is what its user asked for.
    matters = due.version > 0 or not due.key
    tell = matters and not told_before and moment.now - since >= due.source.suspect_after
    suspicion = Suspicion(
        fingerprint=read,
        reason=doubted.reason,
        since=since,
        stands=held.stands if held and held.fingerprint == read else moment.now,
        told=told_before or tell,
    )
    told = _doubtful(due, moment, since.isoformat(), f"页面可疑，暂不采信：{doubted.reason}", doubted.reason)
    again = look_again(moment.now, due.source.schedule, since=since, jitter=moment.jitter)
    return replace(
        _stay(due, moment, Outcome.SUSPECT, doubted.reason),
        next_check=again.at,
        why=again.why,
        failures=0,
        missing=0,
        suspicion=suspicion,
        held=document.captures,
        alerts=(told,) if tell else (),
    )


def _swinging(due: Due, other: Stood, moment: Moment) -> Alert:
    old, new = other.number, due.version
    reason = f"it goes back and forth between versions {old} and {new}: mirrors that differ?"
    return _doubtful(due, moment, f"swings {new}", f"页面在第{old}版与第{new}版之间来回变化，不再逐次提醒", reason)


def _doubtful(due: Due, moment: Moment, mark: str, summary: str, reason: str) -> Alert:
    known = due.version or None
    event = Event(type="page.suspect", at=moment.now, mark=mark, summary=summary, reason=reason, old=known)
    return alert(_subject(due, moment), event)


def _gone(due: Due, failure: Failure, moment: Moment, missing: int) -> Intent:
    event = Event(
        type="page.gone",
        severity="high",
        at=moment.now,
        mark=f"{due.version} {moment.now.isoformat()}",
        summary=f"页面已消失：{due.title or due.url}",
        reason=failure.reason,
        old=due.version,
    )
    return replace(
        _stay(due, moment, Outcome.GONE, failure.reason),
        failures=0,
        missing=missing,
        gone=True,
        alerts=() if due.gone else (alert(_subject(due, moment), event),),
    )


def _new(due: Due, document: Document, moment: Moment) -> tuple[Alert, ...]:
    if not due.announce:
        return ()
    promised = tuple(target for target in document.targets if target.status == "target")
    event = Event(
        type="page.new",
        at=moment.now,
        mark="1",
        summary=f"新报告：{document.title or document.url}",
        new=1,
        targets=TargetDiff(added=promised),
    )
    return (alert(_subject(due, moment, document), event),)


def _changed(due: Due, document: Document, text: TextDiff, targets: TargetDiff, moment: Moment) -> tuple[Alert, ...]:
    matters = severity(targets, text, due.source.watch)
    if matters is None:
        return ()
    event = Event(
        type="page.changed",
        at=moment.now,
        mark=f"{due.version + 1} {document.fingerprint}",
        summary=summarize(targets, text, document.title),
        old=due.version,
        new=due.version + 1,
        targets=targets,
        text=text,
        severity=matters,
    )
    told = alert(_subject(due, moment, document), event)
    to = due.source.watch.text_to if matters == "low" else ()
    return (replace(told, channels=to or told.channels),)


def _failing(telling: Telling, source: Source, failures: int, reason: str, moment: Moment) -> tuple[Alert, ...]:
    event = failing.failing_event(failures, reason, moment.now)
    return (alert(_of_source(source, moment), event),) if telling.tell else ()


def _recovered(telling: Telling, source: Source, moment: Moment) -> tuple[Alert, ...]:
    event = failing.recovered_event(moment.now)
    return (alert(_of_source(source, moment), event),) if telling.tell else ()


def _of_source(source: Source, moment: Moment) -> Subject:
    return Subject(
        installation=moment.installation,
        source=source,
        url=source.url or source.listing or "",
        title=source.title,
        web_url=moment.web_url,
    )


def _subject(due: Due, moment: Moment, document: Document | None = None) -> Subject:
    return replace(
        _of_source(due.source, moment),
        page=due.page,
        key=due.key,
        url=document.url if document else due.url,
        title=document.title if document else due.title,
        region=document.region if document else due.region,
        year=document.year if document else due.year,
        parts=document.parts if document else (),
    )
