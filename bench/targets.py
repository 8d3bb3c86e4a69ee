"""Score the target finder on the hand-made gold beside the repository: python bench/targets.py [-v] [DIRECTORY]."""

import importlib.util
import json
import re
import sys
import time
from pathlib import Path
from types import ModuleType
from typing import Any

from crawler.targets import find_targets

ROOT = Path(__file__).resolve().parents[1]
FIELDS = ("start", "end", "text", "indicator", "kind", "relation", "unit", "period", "status")


def main() -> int:
    """Print the scorer's figures for both gold files, and the finder's speed on full reports."""
    words = [word for word in sys.argv[1:] if word != "-v"]
    shared = Path(words[0]) if words else ROOT.parent / "shared"
    if not (shared / "targets" / "score.py").is_file():
        print(f"{shared}/targets/score.py is absent: nothing to score")
        return 2
    scorer = _load(shared / "targets" / "score.py")
    _score(scorer, shared / "targets" / "seeds.jsonl", shared / "seeds", verbose="-v" in sys.argv)
    _score(scorer, shared / "targets" / "passages.jsonl", shared / "targets" / "passages", verbose="-v" in sys.argv)
    _speed(shared / "reports")
    return 0


def _load(path: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location("score", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def _score(scorer: ModuleType, gold_file: Path, texts: Path, *, verbose: bool) -> None:
    gold = [json.loads(line) for line in gold_file.read_text(encoding="utf-8").splitlines()]
    predictions = [row for name in sorted({row["doc"] for row in gold}) for row in _predict(name, texts, gold)]
    result = scorer.score(predictions, gold)
    missed, false = result.pop("_fn"), result.pop("_fp")
    print(gold_file.name, json.dumps(result, ensure_ascii=False))
    for label, rows in (("MISS", missed), ("FALSE", false)) if verbose else ():
        for row in rows:
            print(label, *row)


def _predict(name: str, texts: Path, gold: list[dict[str, Any]]) -> list[dict[str, Any]]:
    named = re.search(r"20\d\d", name[3:])
    year = int(named[0]) if named and name.startswith("r") else _year(gold, name)
    targets = find_targets((texts / f"{name}.txt").read_text(encoding="utf-8"), year)
    return [
        {
            "doc": name,
            "low": _text(target.low),
            "high": _text(target.high),
            **{key: getattr(target, key) for key in FIELDS},
        }
        for target in targets
    ]


def _year(gold: list[dict[str, Any]], name: str) -> int:
    """The report's year, which a seed's file name does not tell."""
    years = [row["period"][:4] for row in gold if row["doc"] == name and row["period"]]
    return int(max(set(years), key=years.count))


def _text(amount: object) -> str:
    return "" if amount is None else str(amount)


def _speed(reports: Path) -> None:
    texts = [path.read_text(encoding="utf-8") for path in sorted(reports.rglob("*.txt"))]
    begun = time.perf_counter()
    found = sum(len(find_targets(text)) for text in texts)
    seconds, characters = time.perf_counter() - begun, sum(map(len, texts))
    print(f"{len(texts)} reports, {characters} characters, {found} mentions: {characters / seconds:,.0f} characters/s")


if __name__ == "__main__":
    sys.exit(main())
