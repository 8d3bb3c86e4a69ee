"""An alert in one line: whose report, and what became of it ('金华市 2024：地区生产总值 6%左右 → 5.5%左右').

Pure. The line serves as a mail's subject, a digest's entry and a chat message's title.
"""

from collections.abc import Iterator, Sequence

from alerts.clean import line
from alerts.notice import Edit, Notice, Row
from alerts.words import Words

LONGEST = 120
NAMED = 2


def label(notice: Notice, words: Words) -> str:
    """What happened, in a few words."""
    return words.labels.get(notice.type, words.other)


def headline(notice: Notice, words: Words) -> str:
    """Name and event, at most 120 characters."""
    name = _name(notice)
    event = _event(notice, words).removeprefix(f"{name}：")  # a summary names the report of a compilation too
    return line(words.colon.join(filter(None, (name, event))), LONGEST)


def subject(notices: Sequence[Notice], words: Words) -> str:
    """The mail's subject: the headline of its only notice, or how many there are and what the first ones say."""
    if len(notices) == 1:
        return headline(notices[0], words)
    first = words.comma.join(line(headline(notice, words), 50) for notice in notices[:NAMED])
    return line(words.digest.format(count=len(notices)) + words.colon + first, LONGEST)


def facts(notice: Notice, words: Words) -> Iterator[str]:
    """The small print: source, version, moment, number of the alert."""
    yield notice.source
    if notice.versions:
        yield f"{words.version} {notice.versions}"
    if notice.occurred_at:
        yield f"{words.noticed} {notice.occurred_at}"
    if notice.id:
        yield notice.id


def heads(shown: Sequence[Row] | Sequence[Edit], notice: Notice) -> Iterator[str]:
    """For each row or edit the report to name above it: where another one begins, and there are several."""
    before = ""
    for item in shown:
        yield item.report if item.report != before and len(notice.reports) > 1 else ""
        before = item.report


def indicator(row: Row, words: Words) -> str:
    """The target's name, with its kind where that tells more."""
    kind = words.kinds.get(row.kind, "")
    return row.indicator + (kind and words.aside.format(text=kind))


def _name(notice: Notice) -> str:
    if notice.type.startswith("source."):
        return line(notice.source, 40)
    if len(notice.reports) == 1 and notice.reports[0]:
        return notice.reports[0]
    region = " ".join(filter(None, (notice.region, notice.year))) if notice.region else ""
    return region or line(notice.title or notice.source or notice.url, 40)


def _event(notice: Notice, words: Words) -> str:
    said = label(notice, words)
    if notice.type == "page.new":
        return words.colon.join(filter(None, (said, notice.title)))
    targets = _targets(notice.rows, notice.rows_left, words)
    if notice.type == "page.changed":
        return targets or notice.summary or said
    return words.colon.join(filter(None, (said, targets)))


def _targets(rows: Sequence[Row], left: int, words: Words) -> str:
    several = len({row.report for row in rows}) > 1
    said = words.comma.join(
        f"{row.report}{words.colon}{_target(row, words)}" if several and row.report else _target(row, words)
        for row in rows[:NAMED]
    )
    count = len(rows) + left
    return said + words.more_changes.format(count=count) if count > NAMED else said


def _target(row: Row, words: Words) -> str:
    if row.old and row.new:
        return f"{row.indicator} {row.old} → {row.new}"
    return f"{words.added if row.new else words.removed} {row.indicator} {row.new or row.old}"
