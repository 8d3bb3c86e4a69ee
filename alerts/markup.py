"""A mail's HTML part: readable on a phone and in the dark, with nothing loaded from anywhere.

Pure. Every text passes `html.escape` right where it enters the markup. Styles are inline, for mail programs that drop
style sheets; no colour is set for text or ground, and marks are half-transparent, so that they suit a light mail and a
dark one. Marks do not rest on colour alone: old is struck out, new is underlined.
"""

from collections.abc import Iterator, Sequence
from html import escape

from alerts.headline import facts, headline, heads, indicator, label
from alerts.notice import Edit, Notice, Row
from alerts.words import Words

FONT = "font-family:-apple-system,'PingFang SC','Microsoft YaHei','Noto Sans CJK SC','Segoe UI',sans-serif"
BODY = f"margin:0;padding:16px;{FONT};font-size:16px;line-height:1.6;-webkit-text-size-adjust:100%"
FRAME = "max-width:640px;margin:0 auto;overflow-wrap:anywhere;word-break:break-word"
SECTION = "margin:0 0 24px;padding:0 0 12px;border-bottom:1px solid rgba(128,128,128,.35)"
SOURCE = "margin:0 0 12px;font-size:14px;font-weight:600;opacity:.7"
TITLE = "margin:0 0 6px;font-size:19px;line-height:1.4"
NOTE = "margin:0 0 10px;font-size:14px;opacity:.75"
REASON = "margin:0 0 12px;padding:8px 12px;border-left:4px solid #d29922;background:rgba(210,153,34,.14)"
HEAD = "margin:18px 0 6px;font-size:14px;font-weight:600"
TABLE = "width:100%;border-collapse:collapse;font-size:15px"
HEADER = "padding:6px 8px;text-align:left;font-size:13px;font-weight:600;border-bottom:2px solid rgba(128,128,128,.5)"
VALUE = f"{HEADER};width:28%"
GROUP = "margin:10px 0 6px;padding:10px 8px 4px;text-align:left;font-size:14px;font-weight:600"
CELL = "padding:8px;vertical-align:top;border-bottom:1px solid rgba(128,128,128,.35)"
EDIT = (
    "margin:0 0 10px;padding:8px 12px;border-left:4px solid rgba(128,128,128,.5);"
    "background:rgba(128,128,128,.08);white-space:pre-wrap"
)
OLD = "background:rgba(248,81,73,.25);text-decoration:line-through;text-decoration-color:rgba(207,34,46,.65)"
NEW = "background:rgba(46,160,67,.28);text-decoration:underline"
TAG = "font-size:12px;padding:1px 6px;border-radius:8px;border:1px solid rgba(128,128,128,.5);white-space:nowrap"
BUTTON = (
    "display:inline-block;margin:10px 8px 6px 0;padding:9px 16px;border-radius:6px;"
    "border:1px solid #2f81f7;color:#2f81f7;text-decoration:none"
)
SMALL = "margin:6px 0 0;font-size:12px;opacity:.65"


def section(notice: Notice, words: Words) -> str:
    """One alert in full."""
    return f'<div style="{SECTION}">\n' + "\n".join(_parts(notice, words)) + "\n</div>\n"


def brief(notice: Notice, words: Words) -> str:
    """One alert as a list item, for the end of a long digest."""
    text = escape(headline(notice, words))
    link = notice.page_link.partition("#")[0]  # the place in the page would be longer than all the rest
    return f"<li>{_anchor(link, text, '') if link else text}</li>\n"


def source(title: str) -> str:
    """The heading above the alerts of one source, in a digest."""
    return f'<p style="{SOURCE}">{escape(title)}</p>\n'


def letter(sections: Sequence[str], briefs: Sequence[str], left: int, words: Words) -> str:
    """The whole document of finished sections and of the alerts told in brief; `left` more are only counted."""
    body = "".join(sections)
    if briefs:
        body += f'<p style="{HEAD}">{escape(words.also)}</p>\n<ul style="padding-left:20px">\n{"".join(briefs)}</ul>\n'
    if left:
        body += f"<p>{escape(words.more_alerts.format(count=left))}</p>\n"
    return (
        f'<!DOCTYPE html>\n<html lang="{words.language}">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="color-scheme" content="light dark">\n<meta name="supported-color-schemes" content="light dark">\n'
        "<style>:root{color-scheme:light dark}</style>\n</head>\n"
        f'<body style="{escape(BODY)}">\n<div style="{FRAME}">\n{body}'
        f'<p style="{SMALL}">{escape(words.footer)}</p>\n</div>\n</body>\n</html>\n'
    )


def _parts(notice: Notice, words: Words) -> Iterator[str]:
    yield f'<h2 style="{TITLE}">{escape(headline(notice, words))}</h2>'
    meaning = label(notice, words) + words.colon + words.meanings.get(notice.type, notice.summary)
    title = f"<br>{escape(notice.title)}" if notice.title else ""
    if notice.reference:
        title += f"<br>{escape(words.reference + words.colon + notice.reference)}"
    yield f'<p style="{NOTE}">{escape(meaning)}{title}</p>'
    if notice.reason:
        yield f'<p style="{REASON}">{escape(words.reason + words.colon + notice.reason)}</p>'
    yield from _targets(notice, words)
    yield from _text(notice, words)
    yield from _links(notice, words)
    yield f'<p style="{SMALL}">{escape(" · ".join(facts(notice, words)))}</p>'


def _targets(notice: Notice, words: Words) -> Iterator[str]:
    if not notice.rows:
        return
    new_only = not any(row.old for row in notice.rows)
    columns = [(HEADER, words.indicator), (VALUE, words.old), (VALUE, words.new)]
    if new_only:
        del columns[1]
    yield f'<p style="{HEAD}">{escape(words.targets)}</p>'
    yield (
        f'<table style="{TABLE}">\n<tr>'
        + "".join(f'<th style="{s}">{escape(word)}</th>' for s, word in columns)
        + "</tr>"
    )
    for row, report in zip(notice.rows, heads(notice.rows, notice), strict=True):
        if report:
            yield f'<tr><th colspan="{len(columns)}" style="{GROUP}">{escape(report)}</th></tr>'
        yield _cells([escape(indicator(row, words)), escape(row.new)] if new_only else _both_sides(row, words))
    yield "</table>"
    if notice.rows_left:
        yield f'<p style="{NOTE}">{escape(words.more_rows.format(count=notice.rows_left, command=notice.command))}</p>'


def _both_sides(row: Row, words: Words) -> list[str]:
    name = escape(indicator(row, words))
    if not (row.old and row.new):
        name += f' <span style="{TAG}">{escape(words.added if row.new else words.removed)}</span>'
    old = f'<del style="{OLD}">{escape(row.old)}</del>' if row.old else "—"
    new = f'<ins style="{NEW}">{escape(row.new)}</ins>' if row.new else "—"
    if row.difference:
        new += f'<div style="{SMALL}">{escape(row.difference)}</div>'
    return [name, old, new]


def _cells(cells: Sequence[str]) -> str:
    """A row of finished markup."""
    return "<tr>" + "".join(f'<td style="{CELL}">{cell}</td>' for cell in cells) + "</tr>"


def _text(notice: Notice, words: Words) -> Iterator[str]:
    if notice.edits:
        yield f'<p style="{HEAD}">{escape(words.text)}</p>'
    for edit, report in zip(notice.edits, heads(notice.edits, notice), strict=True):
        if report:
            yield f'<p style="{GROUP}">{escape(report)}</p>'
        yield _edit(edit)
    if notice.edits_left:
        more = words.more_edits.format(count=notice.edits_left, command=notice.command)
        yield f'<p style="{NOTE}">{escape(more)}</p>'
    elif notice.cut:
        yield f'<p style="{NOTE}">{escape(words.shortened.format(command=notice.command))}</p>'


def _edit(edit: Edit) -> str:
    old = f'<del style="{OLD}">{escape(edit.old)}</del>' if edit.old else ""
    new = f'<ins style="{NEW}">{escape(edit.new)}</ins>' if edit.new else ""
    return f'<div style="{EDIT}">{escape(edit.before)}{old}{new}{escape(edit.after)}</div>'


def _links(notice: Notice, words: Words) -> Iterator[str]:
    if notice.page_link:
        yield _anchor(notice.page_link, escape(words.open_page), BUTTON)
    elif notice.url:
        yield f'<p style="{NOTE}">{escape(notice.url)}</p>'
    if notice.reference_link:
        yield _anchor(notice.reference_link, escape(words.open_reference), BUTTON)
    if notice.diff_link:
        yield _anchor(notice.diff_link, escape(words.open_diff), BUTTON)


def _anchor(link: str, markup: str, style: str) -> str:
    """A link around finished markup; `link` comes from `alerts.clean.link` and may only be http(s)."""
    return f'<a href="{escape(link)}" style="{style}">{markup}</a>'
