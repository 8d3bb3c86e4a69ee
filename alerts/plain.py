"""A mail's plain-text part: everything the HTML part says. Pure."""

from collections.abc import Iterator, Sequence

from alerts.headline import facts, headline, heads, indicator, label
from alerts.notice import Edit, Notice, Row
from alerts.words import Words

RULE = "─" * 24


def section(notice: Notice, words: Words) -> str:
    """One alert in full."""
    return "\n".join(_lines(notice, words)) + "\n"


def brief(notice: Notice, words: Words) -> str:
    """One alert in one or two lines, for the end of a long digest."""
    link = notice.page_link.partition("#")[0]
    return f"· {headline(notice, words)}\n" + (f"  {link}\n" if link else "")


def source(title: str) -> str:
    """The heading above the alerts of one source, in a digest."""
    return f"【{title}】\n"


def letter(sections: Sequence[str], briefs: Sequence[str], left: int, words: Words) -> str:
    """The whole text of finished sections and of the alerts told in brief; `left` more are only counted."""
    parts = list(sections)
    if briefs:
        parts.append(f"{words.also}\n\n{''.join(briefs)}")
    if left:
        parts.append(words.more_alerts.format(count=left) + "\n")
    parts.append(f"-- \n{words.footer}\n")
    return "\n".join(parts)


def _lines(notice: Notice, words: Words) -> Iterator[str]:
    yield headline(notice, words)
    yield RULE
    yield label(notice, words) + words.colon + words.meanings.get(notice.type, notice.summary)
    if notice.title:
        yield notice.title
    if notice.reference:
        yield words.reference + words.colon + notice.reference
    if notice.reason:
        yield words.reason + words.colon + notice.reason
    yield from _targets(notice, words)
    yield from _text(notice, words)
    yield ""
    if notice.page_link or notice.url:
        yield words.open_page + words.colon + (notice.page_link or notice.url)
    if notice.reference_link:
        yield words.open_reference + words.colon + notice.reference_link
    if notice.diff_link:
        yield words.open_diff + words.colon + notice.diff_link
    yield " · ".join(facts(notice, words))


def _targets(notice: Notice, words: Words) -> Iterator[str]:
    if notice.rows:
        yield f"\n{words.targets}"
    new_only = not any(row.old for row in notice.rows)
    for row, report in zip(notice.rows, heads(notice.rows, notice), strict=True):
        if report:
            yield f"  【{report}】"
        yield f"  {'' if new_only else _sign(row, words)}{indicator(row, words)}{words.colon}{_values(row, words)}"
    if notice.rows_left:
        yield "  " + words.more_rows.format(count=notice.rows_left, command=notice.command)


def _sign(row: Row, words: Words) -> str:
    if row.old and row.new:
        return ""
    return f"+ {words.added} " if row.new else f"- {words.removed} "


def _values(row: Row, words: Words) -> str:
    values = " → ".join(filter(None, (row.old, row.new)))
    return values + (row.difference and words.aside.format(text=row.difference))


def _text(notice: Notice, words: Words) -> Iterator[str]:
    if notice.edits:
        yield f"\n{words.text}"
    for edit, report in zip(notice.edits, heads(notice.edits, notice), strict=True):
        if report:
            yield f"  【{report}】"
        yield from _edit(edit, words)
    if notice.edits_left:
        yield "  " + words.more_edits.format(count=notice.edits_left, command=notice.command)
    elif notice.cut:
        yield "  " + words.shortened.format(command=notice.command)


def _edit(edit: Edit, words: Words) -> Iterator[str]:
    """The place before and after, the difference in 【 】."""
    if edit.old:
        yield f"  - {words.old}{words.colon}{_marked(edit, edit.old)}"
    if edit.new:
        yield f"  + {words.new}{words.colon}{_marked(edit, edit.new)}"
    yield ""


def _marked(edit: Edit, text: str) -> str:
    shown = text.replace("\n", "\n      ")
    return f"{edit.before}【{shown}】{edit.after}"
