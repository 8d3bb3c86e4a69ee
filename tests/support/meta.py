"""The tables of tests/pages/meta (its README says how they are written), as values."""

import re
from dataclasses import dataclass
from datetime import date
from pathlib import Path

FOLDER = Path(__file__).parents[1] / "pages" / "meta"
SENTENCE = "今年要做好八个方面工作,确保完成全年目标任务,增进民生福祉,办好民生实事。"
BODY = f"<div>{f'<p>{SENTENCE}</p>' * 5}</div>"


@dataclass(frozen=True)
class Case:
    name: str
    wanted: str
    markup: str
    url: str = ""

    def __str__(self) -> str:
        return self.name


@dataclass(frozen=True)
class Report:
    region: str
    year: int | None
    title: str
    lines: tuple[str, ...]

    def __str__(self) -> str:
        return "/".join((self.title, *self.lines))[:60]


def titles() -> list[Case]:
    return _cases("titles.txt")


def dates() -> list[Case]:
    return _cases("dates.txt")


def day(text: str) -> date | None:
    return None if text == "-" else date.fromisoformat(text)


def regions() -> list[Report]:
    rows = [line for line in (FOLDER / "regions.txt").read_text("utf-8").splitlines() if line and line[0] != "#"]
    return [_report(*(cell.strip() for cell in row.split(" | "))) for row in rows]


def _report(region: str, year: str, title: str, *lines: str) -> Report:
    return Report(region.replace("-", ""), None if year == "-" else int(year), title, lines)


def _cases(file: str) -> list[Case]:
    blocks = re.split(r"^## ", (FOLDER / file).read_text("utf-8"), flags=re.MULTILINE)
    return [_case(block.strip()) for block in blocks if block.strip()]


def _case(block: str) -> Case:
    name, wanted, *rest = block.split("\n")
    url = rest.pop(0).removeprefix("url ") if rest and rest[0].startswith("url ") else ""
    markup = "\n".join(rest)
    markup = markup.replace("{body}", BODY) if "{body}" in markup else markup + BODY
    return Case(name, wanted, f"<html>{markup}</html>", url)
