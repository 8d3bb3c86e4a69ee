"""A webhook document read as what a person is to be shown: tolerant of what is missing, capped in every part.

Pure. The document's texts come from pages, so everything passes `alerts.clean`; after `read` nothing is longer than a
mail may be: mail programs cut a long one (Gmail at 102 KB), and a cut mail hides what is below.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime, tzinfo

from alerts.clean import block, line, link
from crawler.model import Json, value
from crawler.targets import describe_difference

ROWS = 60
EDITS = 40
EDIT_CHARACTERS = 600
ALL_EDIT_CHARACTERS = 8_000


@value
class Row:
    """One target: what was promised before and now. Empty `old`: added; empty `new`: removed."""

    indicator: str
    kind: str
    """`kind` of the annotation guide (growth, level …), to tell two targets of one indicator apart."""
    old: str
    new: str
    report: str = ""
    """In few words ('平湖市 2023'), where the page holds many."""
    difference: str = ""
    """By how much the number changed ('−0.5个百分点, −8.33%'); empty where nothing compares."""


@value
class Edit:
    """One place of the text, with what stands around it."""

    old: str
    new: str
    before: str
    after: str
    report: str = ""
    """As in `Row`."""


@value
class Notice:
    """One alert as shown."""

    type: str
    id: str
    source: str
    """The source's title, or its id."""
    region: str
    year: str
    title: str
    url: str
    page_link: str
    """Followable address of the page, scrolled to the change where that is known; may be empty."""
    diff_link: str
    reference: str
    """Of prints that differ: the page (by its source) that is the reference."""
    reference_link: str
    summary: str
    reason: str
    occurred_at: str
    versions: str
    """'1 → 2', '2' or empty."""
    rows: tuple[Row, ...]
    edits: tuple[Edit, ...]
    rows_left: int
    """So many more targets changed than are shown."""
    edits_left: int
    """So many more places changed than are shown."""
    cut: bool
    """The document itself does not hold the whole difference, or a long place was shortened."""

    @property
    def command(self) -> str:
        """What shows all of it."""
        return "crawler compare" if self.type == "page.differs" else "crawler changes"

    @property
    def reports(self) -> tuple[str, ...]:
        """The reports it is about: one empty name where the page is one report."""
        return tuple(dict.fromkeys([*(row.report for row in self.rows), *(edit.report for edit in self.edits)]))


def read(payload: Mapping[str, Json], zone: tzinfo = UTC) -> Notice:
    """The document as a notice, times in a zone; what is missing or of a wrong type is shown as nothing."""
    source, page, links = (_mapping(payload.get(name)) for name in ("source", "page", "links"))
    text, reference = _mapping(payload.get("text")), _mapping(payload.get("reference"))
    names = dict(_names(payload))
    rows = _by_report(list(_rows(_mapping(payload.get("targets")), names)))
    hunks = _mappings(text.get("hunks"))
    edits, shortened = _edits(hunks, names)
    return Notice(
        type=line(payload.get("type"), 40),
        id=line(payload.get("id"), 80),
        source=line(source.get("title"), 120) or line(source.get("id"), 120),
        region=line(page.get("region"), 40),
        year=line(page.get("year"), 10),
        title=line(page.get("title"), 120),
        url=line(page.get("url"), 2_000),
        page_link=link(links.get("page")) or link(page.get("url")),
        diff_link=link(links.get("diff")),
        reference=_reference(reference),
        reference_link=link(reference.get("url")),
        summary=line(payload.get("summary"), 300),
        reason=line(payload.get("reason"), 500),
        occurred_at=_moment(line(payload.get("occurred_at"), 40), zone),
        versions="" if reference else _versions(_mapping(payload.get("versions"))),
        rows=tuple(rows[:ROWS]),
        edits=edits,
        rows_left=max(0, len(rows) - ROWS),
        edits_left=len(hunks) - len(edits),
        cut=text.get("truncated") is True or shortened,
    )


def _mapping(item: Json) -> Mapping[str, Json]:
    return item if isinstance(item, Mapping) else {}


def _mappings(items: Json) -> Sequence[Mapping[str, Json]]:
    """The mappings in a list, whatever else may be in it."""
    return [item for item in items if isinstance(item, Mapping)] if isinstance(items, list | tuple) else []


def _moment(text: str, zone: tzinfo) -> str:
    """'2026-11-22 16:00+08:00'; what is no moment stays as it is."""
    try:
        moment = datetime.fromisoformat(text)
        return moment.astimezone(zone).isoformat(" ", "minutes") if moment.tzinfo else text
    except (ValueError, OverflowError):
        return text


def _versions(versions: Mapping[str, Json]) -> str:
    return " → ".join(filter(None, (line(versions.get("old"), 12), line(versions.get("new"), 12))))


def _reference(reference: Mapping[str, Json]) -> str:
    """'云溪市人民政府 · 云溪市2026年政府工作报告'."""
    source = _mapping(reference.get("source"))
    name = line(source.get("title"), 120) or line(source.get("id"), 120)
    return " · ".join(filter(None, dict.fromkeys((name, line(reference.get("title"), 120)))))


def _names(payload: Mapping[str, Json]) -> Iterator[tuple[str, str]]:
    """For the title of each report its place and year, or where it has no place the title itself."""
    for report in _mappings(payload.get("reports")):
        region, title = line(report.get("region"), 40), report.get("title")
        if isinstance(title, str):
            yield title, f"{region} {line(report.get('year'), 10)}".strip() if region else line(title, 60)


def _rows(targets: Mapping[str, Json], names: Mapping[str, str]) -> Iterator[Row]:
    for change in _mappings(targets.get("changed")):
        old, new = _mapping(change.get("old")), _mapping(change.get("new"))
        name, kind, report = _indicator(change, new, old), _kind(new, old), _report(new, names)
        by = _difference(change)
        yield Row(indicator=name, kind=kind, old=_words(old), new=_words(new), report=report, difference=by)
    for target in _mappings(targets.get("added")):
        name, kind, report = _indicator(target), _kind(target), _report(target, names)
        yield Row(indicator=name, kind=kind, old="", new=_words(target), report=report)
    for target in _mappings(targets.get("removed")):
        name, kind, report = _indicator(target), _kind(target), _report(target, names)
        yield Row(indicator=name, kind=kind, old=_words(target), new="", report=report)


def _report(item: Mapping[str, Json], names: Mapping[str, str]) -> str:
    title = item.get("report")
    return names.get(title, line(title, 60)) if isinstance(title, str) else ""


def _by_report(rows: Sequence[Row]) -> list[Row]:
    """The rows of a report together; those of none first."""
    order = list(dict.fromkeys(("", *(row.report for row in rows))))
    return sorted(rows, key=lambda row: order.index(row.report))


def _indicator(*places: Mapping[str, Json]) -> str:
    return next(filter(None, (line(place.get("indicator"), 60) for place in places)), "—")


def _kind(*places: Mapping[str, Json]) -> str:
    return next(filter(None, (line(place.get("kind"), 20) for place in places)), "")


def _words(target: Mapping[str, Json]) -> str:
    """The value for a reader: as worded by the sender, else as written on the page, else the bare number."""
    bare = line(target.get("low") or target.get("high"), 30) + line(target.get("unit"), 20)
    return line(target.get("words"), 60) or line(target.get("text"), 60) or bare or "—"


def _difference(change: Mapping[str, Json]) -> str:
    """As signed number with its unit, and in per cent."""
    amount, unit = line(change.get("difference"), 30), line(change.get("difference_unit"), 20)
    percent = line(change.get("difference_percent"), 12)
    return describe_difference(amount, unit, percent)


def _edits(hunks: Sequence[Mapping[str, Json]], names: Mapping[str, str]) -> tuple[tuple[Edit, ...], bool]:
    """The first places that fit, and whether one of them had to be shortened."""
    edits: list[Edit] = []
    room, shortened = ALL_EDIT_CHARACTERS, False
    for hunk in hunks[:EDITS]:
        old, new = (block(hunk.get(name), EDIT_CHARACTERS) for name in ("old", "new"))
        room -= len(old) + len(new)
        if room < 0 and edits:
            break
        shortened |= any(len(text) == EDIT_CHARACTERS and text.endswith("…") for text in (old, new))
        before, after = (line(hunk.get(name), 60) for name in ("before", "after"))
        edits.append(Edit(old=old, new=new, before=before, after=after, report=_report(hunk, names)))
    return tuple(edits), shortened
