"""Scores finders of targets on the hand-made gold beside the repository; counts and samples what is found in reports.

usage: python -m bench.targets [--peers [--python PATH]] [-v] [SHARED]                  from the project's root
       python -m bench.targets --census [--sample N] [--seed S] [SHARED]

SHARED is ../shared unless given. --peers installs those of finders-requirements.txt into an environment of their own
first. -v lists every miss and false alarm of ours with its class. --census counts ours over all reports by status and
kind; --sample prints so many random targets and rejected numbers for a person to judge.
"""

import argparse
import importlib.util
import json
import re
import sys
import time
from collections.abc import Iterator, Sequence
from decimal import Decimal
from pathlib import Path
from types import ModuleType
from typing import Any

if not __package__:
    sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from bench import census, peers
from bench.finders import REQUIREMENTS, Finder, Mention, Text, all_finders
from bench.tables import table
from crawler.targets import find_targets

SHARED = Path(__file__).resolve().parents[2] / "shared"
FIELDS = ("value", "unit", "relation", "kind", "kind_merged", "indicator_exact", "indicator_soft", "period")
Gold = list[dict[str, Any]]


def main(arguments: Sequence[str]) -> int:
    """Print the tables."""
    options = _options(arguments)
    if options.census:
        print(census.report(options.shared / "reports", options.sample, options.seed))
        return 0
    if not (options.shared / "targets" / "score.py").is_file():
        print(f"{options.shared}/targets/score.py is absent: nothing to score")
        return 2
    environment = peers.prepare(options.python, REQUIREMENTS) if options.peers else None
    _compare(options.shared, environment, verbose=options.verbose)
    _speed(options.shared / "reports")
    return 0


def _options(arguments: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench.targets", description="Measure the finding of targets.")
    parser.add_argument("shared", nargs="?", type=Path, default=SHARED, help="the folder with targets/ and reports/")
    parser.add_argument("--peers", action="store_true", help="beside readers of quantities from PyPI")
    parser.add_argument("--python", help="the interpreter for the peers' environment")
    parser.add_argument("--census", action="store_true", help="count by status and kind over reports/")
    parser.add_argument("--sample", type=int, default=0, help="with --census: so many targets and rejected numbers")
    parser.add_argument("--seed", type=int, default=1, help="with --census: which sample")
    parser.add_argument("-v", "--verbose", action="store_true", help="every miss and false alarm of ours")
    return parser.parse_args(arguments)


def _compare(shared: Path, environment: peers.Environment | None, *, verbose: bool) -> None:
    scorer = _load(shared / "targets" / "score.py")
    golds = {name: _read(shared / "targets" / name) for name in ("seeds.jsonl", "passages.jsonl")}
    folders = {"seeds.jsonl": shared / "seeds", "passages.jsonl": shared / "targets" / "passages"}
    texts = [text for name, gold in golds.items() for text in _texts(gold, folders[name])]
    spans = sorted({row["text"] for gold in golds.values() for row in gold})
    found, absent = all_finders(texts, spans, environment)
    rows, listed = [], []
    for name, gold in golds.items():
        for finder in found:
            result = _score(scorer, finder, texts, gold)
            rows.append(_row(name.removesuffix(".jsonl"), finder, result, gold))
            listed += _listed(name, finder, texts, result) if verbose and finder.name == "ours" else []
    heads = (field.replace("_", ", ") for field in FIELDS)
    print(table(("texts", "finder", "targets", "P", "R", "F1", "results called targets", *heads), rows))
    print(table(("numbers", "version", "found", "right", "unit", "right alone", "unit alone", "speed", "raised"), [
        *_numbers(scorer, found, texts, [row for gold in golds.values() for row in gold], spans),
        *((name, reason, *[""] * 7) for name, reason in absent),
    ]))  # fmt: skip
    print("\n".join(listed))


def _load(path: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location("score", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def _read(path: Path) -> Gold:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def _texts(gold: Gold, folder: Path) -> Iterator[Text]:
    for name in sorted({row["doc"] for row in gold}):
        named = re.search(r"20\d\d", name[3:]) if name.startswith("r") else None
        yield Text(name, (folder / f"{name}.txt").read_text("utf-8"), int(named[0]) if named else _year(gold, name))


def _year(gold: Gold, name: str) -> int:
    """The report's year, which a seed's file name does not tell."""
    years = [row["period"][:4] for row in gold if row["doc"] == name and row["period"]]
    return int(max(set(years), key=years.count))


def _score(scorer: ModuleType, finder: Finder, texts: Sequence[Text], gold: Gold) -> dict[str, Any]:
    """The scorer's figures; it marks the gold it is given, so it is given a copy."""
    rows = [{"doc": text.name} | row for text, found in zip(texts, finder.mentions, strict=True) for row in found]
    if "relation" not in finder.offers:
        rows = [_sided(row, gold) for row in rows]
    result: dict[str, Any] = scorer.score(rows, [dict(row) for row in gold])
    return result


def _sided(row: Mention, gold: Gold) -> Mention:
    """Who offers no relation is not held to know which side of a value is open: the gold says it."""
    for other in gold:
        if other["doc"] == row["doc"] and row["start"] < other["end"] and row["end"] > other["start"]:
            return row | {side: "" for side in ("low", "high") if other[side] in (None, "")}
    return row


def _row(name: str, finder: Finder, result: dict[str, Any], gold: Gold) -> tuple[str, ...]:
    wrong = f"{result['achievements_called_target']} of {result['achievements_matched']}"
    figures = (f"{result['fields'].get(field, 0):.3f}" for field in FIELDS)
    offered = (
        figure if field.partition("_")[0] in finder.offers else "–"
        for field, figure in zip(FIELDS, figures, strict=True)
    )
    scores = (f"{result[key]:.3f}" for key in ("P", "R", "F1"))
    return name, finder.name, str(sum(row["status"] == "target" for row in gold)), *scores, wrong, *offered


def _numbers(
    scorer: ModuleType, found: Sequence[Finder], texts: Sequence[Text], gold: Gold, spans: Sequence[str]
) -> Iterator[tuple[str, ...]]:
    """Numbers, whatever their status: found in the text, read rightly there, and read when only the span is given."""
    wanted = [row for row in gold if row["status"] != "optional" and _figures(scorer, row)]
    for finder in found:
        here = dict(zip((text.name for text in texts), finder.mentions, strict=True))
        alone = dict(zip(spans, finder.alone, strict=True))
        counts = [0] * 5
        for row in wanted:
            over = [one for one in here[row["doc"]] if one["start"] < row["end"] and one["end"] > row["start"]]
            told = (bool(over), *_right(scorer, over, row), *_right(scorer, alone[row["text"]], row))
            counts = [count + yes for count, yes in zip(counts, told, strict=True)]
        shares = (f"{count / max(1, len(wanted)):.3f}" for count in counts)
        speed = f"{found[0].seconds / finder.seconds:.2f} x"
        yield finder.name, finder.version, *shares, speed, str(finder.errors)


def _right(scorer: ModuleType, mentions: Sequence[Mention], gold: dict[str, Any]) -> tuple[bool, bool]:
    """The gold's numbers are among those of the mentions, on whichever side; and its unit too."""
    some = {figure for mention in mentions for figure in _figures(scorer, mention)}
    number = _figures(scorer, gold) <= some
    units = {scorer.nu(scorer.base(mention)[2]) for mention in mentions}
    return number, number and scorer.nu(scorer.base(gold)[2]) in units


def _figures(scorer: ModuleType, row: dict[str, Any]) -> set[Decimal]:
    return {figure for figure in scorer.base(row)[:2] if figure is not None}


def _listed(name: str, finder: Finder, texts: Sequence[Text], result: dict[str, Any]) -> list[str]:
    """The misses and false alarms, with what ours says of the same words."""
    ours = dict(zip((text.name for text in texts), finder.mentions, strict=True))
    lines = []
    for label, rows in (("MISS", result["_fn"]), ("FALSE", result["_fp"])):
        for doc, said, why in rows:
            ours_here = [one for one in ours[doc] if one["text"] == said]
            told = " / ".join(f"{one['status']}: {one['indicator']} [{one['rule']}]" for one in ours_here)
            lines.append(f"{name} {label} {_class(label, why, ours_here)} · {doc} · {said} · {why} · {told}")
    return lines


def _class(label: str, why: str, ours_here: Sequence[Mention]) -> str:
    if label == "FALSE":
        return "result called a target" if why == "achievement" else "not annotated"
    if why == "status":
        return "target called something else"
    return "read otherwise" if ours_here else "not read"


def _speed(reports: Path) -> None:
    texts = [path.read_text(encoding="utf-8") for path in sorted(reports.rglob("*.txt"))]
    begun = time.perf_counter()
    found = sum(len(find_targets(text)) for text in texts)
    seconds, characters = time.perf_counter() - begun, sum(map(len, texts))
    print(f"{len(texts)} reports, {characters} characters, {found} mentions: {characters / seconds:,.0f} characters/s")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
