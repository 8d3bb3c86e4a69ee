"""What a spreadsheet reads in a file of ours, by the standard library alone."""

import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from xml.etree import ElementTree as ET

_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


@dataclass(frozen=True)
class Cell:
    """What one cell holds: `kind` is `n` for a number, `inlineStr` for text."""

    kind: str
    value: str
    shown_as: str
    quoted: bool


@dataclass(frozen=True)
class Sheet:
    """The first sheet of a workbook; rows by the names in its first."""

    name: str
    rows: list[dict[str, Cell]]
    heads: list[str]
    frozen: bool
    filter: str
    widths: list[float]
    formulas: int


def read_xlsx(content: bytes) -> Sheet:
    """Read it back."""
    with zipfile.ZipFile(BytesIO(content)) as archive:
        tree, book, styles = (
            ET.fromstring(archive.read(f"xl/{name}.xml")) for name in ("worksheets/sheet1", "workbook", "styles")
        )
    lines = [dict(_cells(row, styles)) for row in tree.iter(f"{_MAIN}row")]
    heads = {column: cell.value for column, cell in lines[0].items()}
    sheet, pane = book.find(f".//{_MAIN}sheet"), tree.find(f".//{_MAIN}pane")
    filtered = tree.find(f"{_MAIN}autoFilter")
    assert sheet is not None
    return Sheet(
        name=sheet.attrib["name"],
        rows=[{heads[column]: cell for column, cell in line.items()} for line in lines[1:]],
        heads=list(heads.values()),
        frozen=pane is not None and pane.attrib == {**pane.attrib, "ySplit": "1", "state": "frozen"},
        filter="" if filtered is None else filtered.attrib["ref"],
        widths=[float(column.attrib["width"]) for column in tree.iter(f"{_MAIN}col") for _ in range(_span(column))],
        formulas=len(list(tree.iter(f"{_MAIN}f"))),
    )


def _cells(row: ET.Element, styles: ET.Element) -> Iterator[tuple[str, Cell]]:
    formats = {each.attrib["numFmtId"]: each.attrib["formatCode"] for each in styles.iter(f"{_MAIN}numFmt")}
    used = styles.find(f"{_MAIN}cellXfs")
    assert used is not None
    for cell in row.iter(f"{_MAIN}c"):
        style = used[int(cell.attrib.get("s", "0"))].attrib
        number = style["numFmtId"]
        yield (
            re.sub(r"\d", "", cell.attrib["r"]),
            Cell(
                kind=cell.attrib.get("t", "n"),
                value="".join(cell.itertext()),
                shown_as={"0": "General", "1": "0", "2": "0.00"}.get(number) or formats[number],
                quoted=style.get("quotePrefix") == "1",
            ),
        )


def _span(column: ET.Element) -> int:
    return int(column.attrib["max"]) - int(column.attrib["min"]) + 1
