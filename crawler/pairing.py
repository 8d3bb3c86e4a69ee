"""Which pages are compared as prints of one report, when, and what is told of it. Ring 1; pure.

A page is compared with the one of its region and year that was stored first and prints the same report; that one with
all others. So one portal's edit is one difference, however many others print the report, and what a portal does that
many follow is told against the first alone.
"""

import hashlib
import re
from collections import Counter
from collections.abc import Generator, Iterable, Mapping
from dataclasses import replace
from datetime import date, datetime

from crawler.announce import Event, Reference, Subject, alert, summarize
from crawler.checks import Alert, Comparison, Print
from crawler.compare import Difference, Side, compare_prints
from crawler.compare.prints import LENGTHS
from crawler.extract.addresses import key
from crawler.model import Source, value
from crawler.worth import severity_of_prints

MOST = 20
"""So many pages stored before one, and as many of the newest after it, are compared with it: few reports have more
copies, and each comparison takes up to some seconds of the longest texts."""
TITLED = "工作报告"
"""Pages that name no place are paired where their title says this."""
PLACELESS = 0.9
"""Of reports that name no place (the State Council's) prints are nearly of one length: many others name none either."""
_TITLED_PLACE = re.compile(
    r"([^\W年]{1,16}[省市县区旗州盟乡镇村])(?:人民)?(?:政府)?(?=\d{4}年|二[〇○零]|(?:政府)?工作报告)"
)
"""The place a title begins with, also one that is none of those known (第3县2031年政府工作报告)."""
Known = Mapping[tuple[int, int], Comparison]
"""Comparisons by the numbers of their pages."""


@value
class Pair:
    """Two pages to compare."""

    reference: Print
    """Was stored first."""
    other: Print

    @property
    def pages(self) -> tuple[int, int]:
        """Their numbers."""
        return self.reference.page, self.other.page

    @property
    def versions(self) -> tuple[int, int]:
        """Which of their versions are compared."""
        return self.reference.version, self.other.version


@value
class Telling:
    """What an alert needs besides the pair."""

    sources: Mapping[str, Source]
    now: datetime
    installation: str
    web_url: str | None = None


def pairs(
    one: Print, others: Iterable[Print], known: Known, round_began: datetime | None = None
) -> Generator[Pair, bool, bool]:
    """Yields what to compare now and is sent whether these are prints of one report; returns whether that is all.

    It is not while a page is to be checked or read again before it can be held against this one: two portals that were
    edited alike are not told to differ because one of them was looked at earlier. What was read since `round_began`
    stood at one time.
    """
    near = sorted((other for other in others if _may_print_the_same(one, other)), key=_order)
    earlier = {other.page for other in near if _is_before(other, one, known)}
    complete = True
    for other in [other for other in near if other.page in earlier][:MOST]:
        pair = Pair(reference=other, other=one)
        last = known.get(pair.pages)
        if not _is_ready(pair, round_began):
            complete = False
            is_print = last is not None and last.prints
        else:
            is_print = last.prints if last and last.versions == pair.versions else (yield pair)
        if is_print:
            return complete
    for other in [other for other in near if other.page not in earlier][-MOST:]:
        pair = Pair(reference=one, other=other)
        last = known.get(pair.pages)
        if not _is_ready(pair, round_began):
            complete = False
        elif last is None or last.versions != pair.versions:
            yield pair
    return complete


def _may_print_the_same(one: Print, other: Print) -> bool:
    """By length, title and address: a page that two sources watch is no second print."""
    if not one.region and _places_differ(one.title, other.title):
        return False
    short, long = sorted((one.characters, other.characters))
    return short >= (LENGTHS if one.region else PLACELESS) * long and key(one.url) != key(other.url)


def _places_differ(one: str, other: str) -> bool:
    first, second = _TITLED_PLACE.search(one), _TITLED_PLACE.search(other)
    return first is not None and second is not None and first[1] != second[1]


def _is_before(one: Print, other: Print, known: Known) -> bool:
    """It was stored first (published, where both were first listed at one time); what was said once stays so."""
    if (one.page, other.page) in known or (other.page, one.page) in known:
        return (one.page, other.page) in known
    return _order(one) < _order(other)


def _order(one: Print) -> tuple[datetime, date, int]:
    return one.first_seen, one.published or date.max, one.page


def _is_ready(pair: Pair, round_began: datetime | None) -> bool:
    """Both were read by the same rules, and each was looked at since the other one changed."""
    one, other = pair.reference, pair.other
    since = [each if round_began is None else min(each, round_began) for each in (one.read_at, other.read_at)]
    return one.code == other.code and _is_fresh(one, since[1]) and _is_fresh(other, since[0])


def _is_fresh(one: Print, since: datetime) -> bool:
    return one.well and one.checked_at is not None and one.checked_at >= since


# --- what comes of a comparison --------------------------------------------------------------------------------------


def conclude(
    pair: Pair, sides: tuple[Side, Side], known: Known, telling: Telling
) -> tuple[Comparison, tuple[Alert, ...]]:
    """The pair compared, and what is told: a difference that was not told yet, if somebody edited a print.

    What only better rules found in prints that were compared before, and what the reference's edit makes differ from
    yet another copy in the same way, is stored silently.
    """
    found = compare_prints(*sides)
    if found is None:
        return Comparison(page=pair.reference.page, other=pair.other.page, versions=pair.versions, prints=False), ()
    compared = Comparison(
        page=pair.reference.page,
        other=pair.other.page,
        versions=pair.versions,
        prints=True,
        share=found.share,
        targets=len(found.targets.changed) + len(found.targets.added) + len(found.targets.removed),
        places=len(found.edits),
        words=found.words,
        summary=summarize(found.targets, found.text, pair.other.title) if found.edits else "",
    )
    last = known.get(pair.pages)
    told = last.words if last and last.prints else {}
    news = _edited(pair, last) and _more(found.words, told) and not _told_elsewhere(pair, found.words, known)
    alerts = _alerts(pair, found, compared.summary, telling) if news else ()
    before = last.alert if last and found.edits else None
    return replace(compared, alert=alerts[0].id if alerts else before), alerts


def unread(pair: Pair, known: Known) -> Comparison:
    """What stays of a pair that cannot be compared as it is: what was known, until one of the pages changes."""
    last = known.get(
        pair.pages, Comparison(page=pair.reference.page, other=pair.other.page, versions=(0, 0), prints=False)
    )
    return replace(last, versions=pair.versions)


def _edited(pair: Pair, last: Comparison | None) -> bool:
    """One of the prints changed since they were compared, or they never were; better rules alone change none."""
    if last is None or not last.prints:
        return True
    edited = pair.reference.edited, pair.other.edited
    return any(now > before for now, before in zip(edited, last.versions, strict=True))


def _more(words: Mapping[str, int], told: Mapping[str, int]) -> bool:
    """Some word is said in more places than before: what only went away is no news."""
    return bool(Counter(words) - Counter(told))


def _told_elsewhere(pair: Pair, words: Mapping[str, int], known: Known) -> bool:
    """Another pair with the print that changed differs in the very same way: that one difference was told there."""
    last = known.get(pair.pages)
    moved = [last is None or now != before for now, before in zip(pair.versions, (last or _NONE).versions, strict=True)]
    return any(
        each.alert is not None
        and pages != pair.pages
        and pages[side] == pair.pages[side]
        and each.versions[side] == pair.versions[side]
        and moved[side]
        and not _more(words, each.words)
        for pages, each in known.items()
        for side in (0, 1)
    )


_NONE = Comparison(page=0, other=0, versions=(0, 0), prints=False)


def _alerts(pair: Pair, found: Difference, summary: str, telling: Telling) -> tuple[Alert, ...]:
    """The one alert, about the print that was stored later, to whom either source tells."""
    first, source = (telling.sources[each.source] for each in (pair.reference, pair.other))
    matters = severity_of_prints(found, source.watch)
    if matters is None or not first.watch.differs:
        return ()
    reference = Reference(
        source=first, url=pair.reference.url, title=pair.reference.title, version=pair.reference.version
    )
    event = Event(
        type="page.differs",
        at=telling.now,
        mark="\n".join((first.id, pair.reference.key, *map(str, pair.versions), _digest(found.words))),
        summary=f"与“{reference.name}”不一致：{summary}",
        old=pair.reference.version,
        new=pair.other.version,
        targets=found.targets,
        text=found.text,
        severity=matters,
        reference=reference,
    )
    told = alert(_subject(pair.other, source, telling), event)
    to = source.watch.text_to if matters == "low" else ()
    return (replace(told, channels=to or tuple(dict.fromkeys(source.alert + first.alert))),)


def _digest(words: Mapping[str, int]) -> str:
    return hashlib.sha256(repr(sorted(words.items())).encode("utf-8", "surrogatepass")).hexdigest()


def _subject(one: Print, source: Source, telling: Telling) -> Subject:
    return Subject(
        installation=telling.installation,
        source=source,
        page=one.page,
        url=one.url,
        title=one.title,
        region=one.region,
        year=one.year,
        key=one.key,
        web_url=telling.web_url,
    )
