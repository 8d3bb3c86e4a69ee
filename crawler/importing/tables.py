"""CSV: a heading names the columns in English or Chinese; without one, the address is found and a title beside it.

Ring 1.
"""

import csv
import io
from collections.abc import Iterator, Mapping

from crawler.config.node import clean
from crawler.errors import UsageError
from crawler.importing.found import Form, Found, Reading, Refused
from crawler.importing.texts import duration, lines_of

_NAMES: Mapping[str, tuple[str, ...]] = {
    "url": ("url", "uri", "link", "address", "href", "page", "网址", "链接", "地址", "网页"),
    "listing": ("listing", "列表"),
    "title": ("title", "name", "标题", "名称"),
    "id": ("id",),
    "every": ("every", "interval", "间隔", "频率", "周期"),
    "select": ("select", "selector", "css", "include_filters"),
    "drop": ("drop", "remove", "exclude", "subtractive_selectors"),
    "note": ("tags", "tag", "note", "notes", "group", "folder", "category", "标签", "备注", "分类", "分组"),
    "enabled": ("enabled", "active", "启用"),
    "paused": ("paused", "暂停"),
}
_COLUMNS = {name: key for key, names in _NAMES.items() for name in names}
_ADDRESSES = {"url", "listing"}
_YES, _NO = ("true", "yes", "1", "是", "y"), ("false", "no", "0", "否", "n")


def read_csv(text: str) -> Reading:
    """The pages of a table."""
    rows = list(_rows(text))
    if not rows:
        return Reading(form=Form.CSV)
    heading = [_COLUMNS.get(cell.strip().lower(), "") for cell in rows[0][1]]
    if not _ADDRESSES & set(heading):
        return Reading(form=Form.CSV, each=tuple(_guessed(f"line {number}", cells) for number, cells in rows))
    each = tuple(_row(f"line {number}", dict(zip(heading, cells, strict=False))) for number, cells in rows[1:])
    unknown = [clean(cell) for cell, key in zip(rows[0][1], heading, strict=True) if cell.strip() and not key]
    return Reading(form=Form.CSV, each=each, remarks=tuple(f"column {name}: not known" for name in unknown))


def names_an_address(line: str) -> bool:
    """Whether a line is the heading of a table with addresses."""
    cells = next(csv.reader([line], delimiter=_delimiter(line)), [])
    return len(cells) > 1 and any(_COLUMNS.get(cell.strip().lower()) in _ADDRESSES for cell in cells)


def _delimiter(line: str) -> str:
    return max(",;\t", key=line.count)


def _rows(text: str) -> Iterator[tuple[int, list[str]]]:
    """The rows that hold something, each with its line."""
    first = next((line for line in lines_of(text) if line.strip()), "")
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(first))
    try:
        for row in rows:
            if any(cell.strip() for cell in row):
                yield rows.line_num, row
    except csv.Error as error:
        raise UsageError(f"line {rows.line_num}: this is not valid CSV: {error}") from None


def _guessed(where: str, cells: list[str]) -> Found | Refused:
    full = [cell.strip() for cell in cells if cell.strip()]
    urls = [cell for cell in full if cell.lower().startswith(("http://", "https://"))]
    if not urls:
        return Refused(where=where, what=" ".join(full), reason="no http or https address in it")
    others = [cell for cell in full if cell != urls[0]]
    return Found(where=where, url=urls[0], title=others[0] if others else "", note=", ".join(others[1:]))


def _row(where: str, cells: Mapping[str, str]) -> Found | Refused:
    given = {key: cell.strip() for key, cell in cells.items() if key and cell.strip()}
    url = given.get("url") or given.get("listing")
    if not url:
        return Refused(where=where, what=" ".join(given.values()), reason="no address in it")
    every, lost = given.get("every", ""), []
    if every and duration(every) is None:
        lost.append(f"the interval {clean(every)}: write it as 30m, 6h or 1d")
    return Found(
        where=where,
        url=url,
        listing="url" not in given,
        id="" if given.get("id", "").isdigit() else given.get("id", ""),
        title=given.get("title", ""),
        every=duration(every),
        select=given.get("select", ""),
        drop=tuple(part.strip() for part in given.get("drop", "").split("|") if part.strip()),
        enabled=_flag(given.get("enabled"), usual=True) and not _flag(given.get("paused"), usual=False),
        note=given.get("note", ""),
        lost=tuple(lost),
    )


def _flag(cell: str | None, *, usual: bool) -> bool:
    word = (cell or "").lower()
    return word in _YES or (usual and word not in _NO)
