"""Runs one reader of quantities over texts, in the peers' environment.

usage: python finder_worker.py PEER ROUNDS < texts.jsonl > mentions.jsonl

Each line in is {"text", "year", "timed"}; each line out {"mentions", "error"}, the last one {"version", "seconds"}: for
all timed texts, best round. A mention is {"start", "end", "text", "low", "high", "unit"} with what else a peer tells
(relation, kind, period) in the words of the scorer. Imports nothing of the project.

How their output is mapped, in their favour: the span is theirs; a unit is the words of their span behind the number,
not their English name of it; a number inside a span with a unit is not given again; a minus sign is taken for a dash.
"""

import json
import logging
import os
import re
import sys
import time
import warnings
from collections.abc import Callable
from decimal import Decimal
from importlib import import_module
from importlib.metadata import version
from typing import Any, NamedTuple

Mention = dict[str, Any]
Reader = Callable[[str, int], list[Mention]]

_NUMERAL = re.compile(r"^[-+\d.,０-９．零〇一二两三四五六七八九十百千万亿点几数多余]+")
_BOUND = re.compile(r"(?:左右|上下|以上|以下)$")
_CLAUSE = re.compile(r"[^。；;，！？\n]+")
_JANUARY = "01-15"
"""The day a report is given, more or less."""


class Peer(NamedTuple):
    """The package whose version is told, and what makes the reader."""

    package: str
    make: Callable[[], Reader]


def main(name: str, rounds: int) -> None:
    """Read texts, write mentions, then seconds; whatever peers print goes to stderr."""
    out = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)
    logging.disable(logging.CRITICAL)
    warnings.simplefilter("ignore")
    reader = PEERS[name].make()
    texts = [json.loads(line) for line in sys.stdin]
    for row in texts:
        print(json.dumps(_guarded(reader, row)), file=out)
    timed = [row for row in texts if row["timed"]]
    print(json.dumps({"version": version(PEERS[name].package), "seconds": _best(reader, timed, rounds)}), file=out)


def _guarded(reader: Reader, row: dict[str, Any]) -> dict[str, Any]:
    try:
        return {"mentions": reader(row["text"], row["year"]), "error": ""}
    except Exception as error:  # noqa: BLE001 - whatever a peer raises counts against it and must not end the run
        return {"mentions": [], "error": f"{type(error).__name__}: {error}"[:200]}


def _best(reader: Reader, texts: list[dict[str, Any]], rounds: int) -> float:
    seconds = []
    for _ in range(rounds):
        start = time.perf_counter()
        for row in texts:
            _guarded(reader, row)
        seconds.append(time.perf_counter() - start)
    return min(seconds)


def _mention(text: str, start: int, end: int, number: str, unit: str, **more: str) -> Mention:
    figure = format(abs(Decimal(number)), "f")
    return {"start": start, "end": end, "text": text[start:end], "low": figure, "high": figure, "unit": unit, **more}


def _recognizers(*, units_only: bool) -> Reader:
    """Percentages, currencies, dimensions, ages and temperatures; and numbers outside of them."""
    numbers = import_module("recognizers_number").NumberRecognizer("zh-cn")
    measures = import_module("recognizers_number_with_unit").NumberWithUnitRecognizer("zh-cn")
    kinds = [getattr(measures, f"get_{kind}_model") for kind in ("currency", "dimension", "age", "temperature")]
    models = [numbers.get_percentage_model("zh-cn"), *(get("zh-cn") for get in kinds)]
    if not units_only:
        models.append(numbers.get_number_model("zh-cn"))

    def read(text: str, _year: int) -> list[Mention]:
        found: list[Mention] = []
        for model in models:
            for item in sorted(model.parse(text), key=lambda item: item.start - item.end):
                number = ((item.resolution or {}).get("value") or "").removesuffix("%")
                start, end = item.start, item.end + 1
                if number and not any(start < other["end"] and end > other["start"] for other in found):
                    unit = "%" if item.type_name == "percentage" else _NUMERAL.sub("", text[start:end]).strip()
                    found.append(_mention(text, start, end, number, unit))
        return found

    return read


def _jionlp() -> Reader:
    """Sums of money, durations and deadlines ("10月底前"); it has nothing for other quantities."""
    jionlp = import_module("jionlp")

    def read(text: str, year: int) -> list[Mention]:
        base = time.mktime(time.strptime(f"{year}-{_JANUARY}", "%Y-%m-%d"))
        found = [_money(text, item["offset"], item["detail"]) for item in jionlp.ner.extract_money(text)]
        for item in jionlp.ner.extract_time(text, time_base=base, with_parsing=True):
            found += _time(text, item["offset"], item["detail"])
        return found

    return read


def _money(text: str, offset: list[int], detail: dict[str, Any]) -> Mention:
    start, end = offset
    said, figures = text[start:end], detail["num"]
    low, high = (figures[0], figures[-1]) if isinstance(figures, list) else (figures, figures)
    several = low != high and re.search("[多余几]", said)
    relation = "range" if low != high else {"accurate": "eq", "blur": "about"}.get(detail["definition"], "")
    if several or detail["definition"] == "blur+":
        relation, high = "at_least" if said.endswith("以上") or "至少" in said else "more_than", ""
    elif detail["definition"] == "blur-":
        relation = "about" if "近" in said else "at_most" if said.endswith("以下") or "不超过" in said else "less_than"
        low = low if relation == "about" else ""
    more = {"low": low, "high": high, "unit": detail["case"], "relation": relation}
    return {"start": start, "end": end, "text": said, **more}


def _time(text: str, offset: list[int], detail: dict[str, Any]) -> list[Mention]:
    start, end = offset
    said = text[start:end]
    if detail["type"] == "time_delta" and isinstance(detail["time"], dict) and len(detail["time"]) == 1:
        number = next(iter(detail["time"].values()))
        if isinstance(number, float | int):
            return [_mention(text, start, end, str(number), _BOUND.sub("", _NUMERAL.sub("", said)))]
    if detail["type"] == "time_span" and said.endswith("前"):
        date = detail["time"][1][:7]
        more = {"relation": "at_most", "kind": "deadline", "period": date}
        return [{"start": start, "end": end, "text": said, "low": date, "high": date, "unit": "date", **more}]
    return []


def _chinese2digits() -> Reader:
    """Numbers as strings without places, which are looked up here clause by clause; per cent is its only unit."""
    take = import_module("chinese2digits").takeNumberFromString

    def read(text: str, _year: int) -> list[Mention]:
        found = []
        for clause in _CLAUSE.finditer(text):
            taken, position = take(clause[0]), clause.start()
            for said, number in zip(taken["CHNumberStringList"], taken["digitsStringList"], strict=True):
                start = text.find(said, position, clause.end())
                if start >= 0:
                    position = start + len(said)
                    percent = said.endswith(("%", "％")) or "百分之" in said
                    figure = str(Decimal(number) * 100) if percent else number
                    found.append(_mention(text, start, position, figure, "%" if percent else ""))
        return found

    return read


PEERS: dict[str, Peer] = {
    "recognizers-text": Peer("recognizers-text-number-with-unit", lambda: _recognizers(units_only=False)),
    "recognizers-text, units": Peer("recognizers-text-number-with-unit", lambda: _recognizers(units_only=True)),
    "jionlp": Peer("jionlp", _jionlp),
    "chinese2digits": Peer("chinese2digits", _chinese2digits),
}


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
