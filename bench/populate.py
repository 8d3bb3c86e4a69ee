"""A database of any size, of made-up reports: python -m bench.populate DATABASE [--pages N] [--versions M] …

Everything is written by the store's own functions (sources as out of a file, checks as concluded), many checks a
transaction: so each page of the dashboard works on it. Bytes as fetched are kept as `db prune` leaves them (the first,
and those of the two newest versions); alerts of the last year, nearly all delivered; of the pages that print one
report, the pairs are compared. Some pages fail, are gone or suspect, and two portals are told to fail.
"""

import argparse
import hashlib
import itertools
import random
import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import NamedTuple

from sqlalchemy import Connection, select

from bench.made_up import Edited, Report, edited, place, report, targets_of
from crawler.announce import Event, Subject, alert, summarize
from crawler.checks import Alert, Capture, Comparison, Document, Due, Intent, NewVersion, Outcome, Part
from crawler.diff import diff_texts
from crawler.model import Schedule, Source, TargetDiff
from crawler.text import fingerprint
from crawler.worth import severity
from storage import comparisons, record, sync
from storage import tables as t
from storage.maintenance import prune
from storage.store import Store, open_store

NOW = datetime(2026, 11, 22, 8, tzinfo=UTC)
PAST = timedelta(days=3 * 365)
KEPT = timedelta(days=365)
PAGES_A_PORTAL = 150
CHECKS_A_PAGE = 2_000
BATCH = 100
"""Pages a transaction."""
NOTHING = diff_texts("", "")
TROUBLES = (
    {"outcome": "failed", "reason": "the server answered 503", "failures": 3},
    {"outcome": "gone", "reason": "the server answered 404", "missing": 3, "gone": True},
    {"outcome": "suspect", "reason": "most of the text is missing", "suspect_since": NOW, "suspect_reason": "short"},
)


class Size(NamedTuple):
    """How much to make."""

    pages: int
    versions: int
    characters: int
    portal: int = PAGES_A_PORTAL
    """No portal has more pages than this."""


def main() -> None:
    """Fill a new database; tell how long it took."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("database", help="a file that does not exist yet")
    parser.add_argument("--pages", type=int, default=10_000)
    parser.add_argument("--versions", type=int, default=100_000)
    parser.add_argument("--characters", type=int, default=5_000, help="of a report, on average")
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    began = time.perf_counter()
    with open_store(f"sqlite:///{asked.database}", now=NOW - PAST) as store:
        populate(store, Size(asked.pages, asked.versions, asked.characters), asked.seed)
    print(f"{asked.pages} pages, {asked.versions} versions in {time.perf_counter() - began:.0f} s")


def populate(store: Store, size: Size, seed: int = 1) -> None:
    """Fill an empty store; the same seed gives the same texts."""
    dice = random.Random(seed)
    sources = sources_of(size.pages, size.portal)
    store.sync(sources, NOW - PAST)
    for source in sources:
        with store.database.write() as connection:
            sync.add_pages(connection, source.id, _found(source), NOW - PAST, announce=False)
    due = store.due({source.id: source for source in sources}, None)
    reports = _reports(dice, size)
    counts = _counts(dice, size)
    groups: dict[tuple[str, int], list[int]] = {}
    for start in range(0, len(due), BATCH):
        with store.database.write() as connection:
            for page in due[start : start + BATCH]:
                first = next(reports)
                groups.setdefault((first.region, first.year), []).append(page.page)
                _history(connection, store.installation, page, _edits(dice, first, next(counts)), dice)
    with store.database.write() as connection:
        connection.execute(t.delivery.update().values(state="delivered", attempts=1, settled_at=t.delivery.c.raised_at))
        _compare(connection, dice, groups.values())
        spoil(connection, dice)
    prune(store, now=NOW, keep=KEPT)


def sources_of(pages: int, portal: int = PAGES_A_PORTAL) -> list[Source]:
    """The portals, none with more than so many pages."""
    portals = -(-pages // portal)
    return [
        Source(
            id=f"portal-{number:03}",
            title=f"第{number}门户",
            listing=f"https://portal-{number:03}.example.org/baogao/",
            match=r"/baogao/\d+\.html$",
            max_pages=min(portal, pages - number * portal),
            schedule=Schedule(every=timedelta(hours=6)),
            alert=("desk", "mail"),
        )
        for number in range(portals)
    ]


def _found(source: Source) -> Iterator[tuple[str, str, str, int]]:
    for number in range(source.max_pages):
        url = f"https://{source.id}.example.org/baogao/{number}.html"
        yield url, url, f"{number}", number


def _reports(dice: random.Random, size: Size) -> Iterator[Report]:
    """One after another: places give a report each year, which some portals print, too."""
    while True:
        region = place(dice)
        for year in range(dice.randint(2018, 2024), 2028):
            first = report(dice, region, year, round(size.characters * dice.uniform(0.5, 1.5)))
            yield from itertools.repeat(first, dice.choice((1, 1, 1, 1, 1, 2, 3)))


def _counts(dice: random.Random, size: Size) -> Iterator[int]:
    """How many versions each page has: most have few, some have very many."""
    weights = [dice.paretovariate(1.5) for _ in range(size.pages)]
    more = size.versions - size.pages
    drawn = dice.choices(range(size.pages), weights, k=more)
    counts = [1] * size.pages
    for page in drawn:
        counts[page] += 1
    return iter(counts)


def _edits(dice: random.Random, first: Report, versions: int) -> Iterator[Edited]:
    now = Edited(first, TargetDiff())
    yield now
    for _ in range(versions - 1):
        before = now.report
        while now.report.lines == before.lines:
            now = edited(dice, before)
        yield now


def _history(connection: Connection, installation: str, due: Due, edits: Iterator[Edited], dice: random.Random) -> None:
    """Record a page's versions, one check each, over the years."""
    versions = list(edits)
    moments = sorted(NOW - PAST * dice.random() for _ in versions)
    before = versions[0].report
    for number, (version, at) in enumerate(zip(versions, moments, strict=True), 1):
        last = number == len(versions)
        document = _document(due.url, version.report, at, whole=number == 1 or number > len(versions) - 2)
        told = (_told(installation, due, document, before, version.targets),) if number > 1 else ()
        intent = Intent(
            due=due,
            outcome=Outcome.NEW if number == 1 else Outcome.CHANGED,
            reason=None,
            at=at,
            next_check=NOW + timedelta(hours=6) * dice.random() if last else at,
            url=due.url,
            version=NewVersion(number=number, document=document, targets=version.targets),
            rules="made-up",
            parts=document.parts,
            alerts=told,
        )
        record.record(connection, intent)
        due = replace(due, version=number, checks=due.checks + 1, rules="made-up", parts=document.parts)
        before = version.report
    values = {"checks": CHECKS_A_PAGE, "checked_at": NOW, "outcome": "unchanged"}
    connection.execute(t.state.update().where(t.state.c.page == due.page).values(values))


def _document(url: str, text: Report, at: datetime, *, whole: bool) -> Document:
    markup = "".join(f"<p>{line}</p>" for line in text.lines)
    content = f"<html><title>{text.title}</title><body>{markup}</body></html>".encode()
    sha256 = hashlib.sha256(content).hexdigest()
    return Document(
        url=url,
        title=text.title,
        published=None,
        region=text.region,
        year=text.year,
        paragraphs=text.lines,
        targets=targets_of(text),
        parts=(Part(url=url, sha256=sha256, paragraphs=len(text.lines)),),
        captures=(Capture(url=url, content=content if whole else b"", headers={}, fetched_at=at, sha256=sha256),),
        fetched_at=at,
        fingerprint=fingerprint(text.text),
    )


def _told(installation: str, due: Due, document: Document, before: Report, targets: TargetDiff) -> Alert:
    """The alert; one that is pruned in the end is told in few words to nobody."""
    kept = document.fetched_at > NOW - KEPT
    text = diff_texts(before.text, document.text) if kept else NOTHING
    subject = Subject(
        installation=installation,
        source=due.source if kept else replace(due.source, alert=()),
        page=due.page,
        url=due.url,
        title=document.title,
        region=document.region,
        year=document.year,
        key=due.key,
        parts=document.parts,
    )
    event = Event(
        type="page.changed",
        at=document.fetched_at,
        mark=str(due.version + 1),
        summary=summarize(targets, text, document.title) if kept else "",
        old=due.version,
        new=due.version + 1,
        targets=targets,
        text=text,
        severity=severity(targets, text, due.source.watch) or "low",
    )
    return alert(subject, event)


def _compare(connection: Connection, dice: random.Random, groups: Iterable[Sequence[int]]) -> None:
    """Every page was compared with the first print of its report."""
    newest = {row.page: row.version for row in connection.execute(t.state.select())}
    for first, *others in groups:
        for other in others:
            differ = dice.choice((0, 0, 1, 3))
            compared = Comparison(
                page=first,
                other=other,
                versions=(newest[first], newest[other]),
                prints=True,
                share=0.98,
                targets=differ,
                places=differ,
                summary="地区生产总值 6%左右 → 5.5%左右" if differ else "",
            )
            comparisons.record(connection, compared, None, NOW, (), timedelta())
    connection.execute(t.unpaired.delete())


def spoil(connection: Connection, dice: random.Random) -> None:
    """Let one page in thirty be in trouble, two portals fail, and one alert in two hundred wait or be given up."""
    pages = connection.execute(select(t.page.c.id)).scalars().all()
    for page in dice.sample(pages, len(pages) // 30):
        connection.execute(t.state.update().where(t.state.c.page == page).values(dice.choice(TROUBLES)))
    failing = select(t.source.c.id).order_by(t.source.c.id).limit(2)
    connection.execute(t.source.update().where(t.source.c.id.in_(failing)).values(told_failing=True))
    deliveries = connection.execute(select(t.delivery.c.id)).scalars().all()
    for delivery in dice.sample(deliveries, len(deliveries) // 200):
        state = dice.choice(("pending", "dead"))
        values = {"state": state, "attempts": 9, "settled_at": None if state == "pending" else NOW, "error": "HTTP 503"}
        connection.execute(t.delivery.update().where(t.delivery.c.id == delivery).values(values))


if __name__ == "__main__":
    main()
