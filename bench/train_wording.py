"""Makes the weights of `crawler/extract/wording.py`, and measures them on lines they were not made from.

usage: python -m bench.train_wording [--check]       from the project's root

Body lines: ../shared (reports, gold bodies, seeds) and wording-body.txt. Furniture: unlinked lines of ../shared/pages
outside the gold, and wording-furniture.txt. --check prints figures instead of writing: of five parts, each judged by
weights made from the other four; pages of a site and reports of a place are never in two parts. Needs scikit-learn,
which is no requirement of this project: run it in an environment of its own. What is written is weights of pairs of
characters; no text of ../shared can be read from them.
"""

import argparse
import json
import re
import sys
import zlib
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from math import sqrt
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlsplit

from bench.samples import ROOT, Sample, shared_samples
from crawler.extract import wording
from crawler.extract.page import read
from crawler.extract.phrases import kind
from crawler.extract.plain import plain
from crawler.extract.rows import join_rows
from crawler.text import fold

SHARED = ROOT.parent / "shared"
TARGET = ROOT / "crawler" / "extract" / "wording_weights.py"
FURNITURE, BODY = ROOT / "bench" / "wording-furniture.txt", ROOT / "bench" / "wording-body.txt"
NAMES = frozenset(("related", "hot"))
"""Categories whose lines are names of articles: words do not tell them from headings."""
PARTS = 5
FEATURES = 9_000
UNIT = 0.05
_SENTENCE = re.compile(r"[^。！？；]+[。！？；]")
_FRAME = re.compile(
    r"来源|时间[：:]|打印|下载|全屏|收藏|【?字[号体]|加大|还原|减小|分享|false|相关|责任编辑|扫一扫|关闭|Public|法律|法规|.?$"
)
"""Lines of the copied reports that are none of theirs."""


class Example(NamedTuple):
    """A line, whether it is furniture, how much it weighs and what must not be on both sides of a test."""

    text: str
    furniture: bool
    weight: float
    source: str
    group: str
    category: str = ""

    @property
    def part(self) -> int:
        """In which part of a test it stands."""
        return zlib.crc32(self.group.encode()) % PARTS


def main(arguments: Sequence[str]) -> int:
    """Write the weights, or print what they are worth."""
    parser = argparse.ArgumentParser(prog="python -m bench.train_wording", description="Train the judge of wording.")
    parser.add_argument("--check", action="store_true", help="measure on lines held out; write nothing")
    check = parser.parse_args(arguments).check
    examples = [*_reports(), *_pages(), *_seeds(), *_own(FURNITURE, furniture=True), *_own(BODY, furniture=False)]
    examples = [each for each in examples if wording.SHORTEST <= len(plain(each.text)) <= wording.LONGEST]
    print(Counter((each.source, each.furniture) for each in examples))
    if check:
        _check(examples)
    else:
        _write(*train(examples))
    return 0


def train(examples: Sequence[Example]) -> tuple[float, dict[str, int]]:
    """Bias, and the weights in units, of a logistic regression over the features."""
    try:
        from scipy.sparse import csr_matrix  # type: ignore[import-untyped]  # noqa: PLC0415  # for training only
        from sklearn.linear_model import LogisticRegression  # type: ignore[import-not-found]  # noqa: PLC0415  # the same
    except ImportError as missing:
        raise SystemExit(f"{missing}: pip install scikit-learn into an environment of its own") from missing
    found = [sorted(wording.features(plain(each.text))) for each in examples]
    often = Counter(feature for features in found for feature in features)
    known = {name: at for at, name in enumerate(sorted(name for name, times in often.items() if times > 1))}
    rows = [[known[feature] for feature in features if feature in known] for features in found]
    values = [wording._SCALE / sqrt(len(all_)) for all_, row in zip(found, rows, strict=True) for _ in row]  # noqa: SLF001  # the judge's own
    ends = [0]
    for row in rows:
        ends.append(ends[-1] + len(row))
    matrix = csr_matrix((values, [at for row in rows for at in row], ends), shape=(len(rows), len(known)))
    model = LogisticRegression(C=1.0, solver="liblinear", max_iter=300, random_state=0)
    model.fit(matrix, [each.furniture for each in examples], sample_weight=[each.weight for each in examples])
    weights = sorted(zip(model.coef_[0], known, strict=True), key=lambda item: (-abs(item[0]), item[1]))[:FEATURES]
    return round(float(model.intercept_[0]), 3), {n: round(w / UNIT) for w, n in weights if round(w / UNIT)}


# --- where the lines come from ---------------------------------------------------------------------------------------


def _pages() -> Iterator[Example]:
    for sample in shared_samples():
        furniture = sorted(_around(sample))
        host = urlsplit(sample.url).hostname or "_".join(sample.id.split("_")[:2])
        for text in furniture:
            yield Example(text, True, min(1.0, 20 / len(furniture)), "page", host)
        for text in dict.fromkeys(line.strip() for line in sample.gold):
            if text:
                yield Example(text, False, 3.0 if len(text) < 25 else 1.0, "page", host)


def _around(sample: Sample) -> set[str]:
    """The lines outside the body without links, those that repeat it or the title excepted."""
    page = read(sample.html)
    body = fold("".join(sample.gold))
    titles = "\n".join([*map(fold, page.headings), fold(page.meta.get("<title>", ""))])
    lines = [line for line in join_rows(page) if not line.linked and not line.data]
    return {line.text for line in lines if fold(line.text) not in body and fold(line.text) not in titles}


def _reports() -> Iterator[Example]:
    for path in sorted((SHARED / "reports").glob("*/*.txt")):
        place = re.sub(r"\d", "", path.stem) or "national"
        for text in map(str.strip, path.read_text(encoding="utf-8").splitlines()):
            if len(text) < 40 and _FRAME.match(text):
                continue
            yield Example(text, False, 3.0 if len(text) < 25 else 1.0, "report", place)
            sentences = _SENTENCE.findall(text)
            for sentence in sentences if len(sentences) > 1 else ():
                yield Example(sentence, False, 0.9 if len(sentence) < 25 else 0.3, "sentence", place)


def _seeds() -> Iterator[Example]:
    for path in sorted((SHARED / "seeds").glob("*.txt")):
        for text in map(str.strip, path.read_text(encoding="utf-8").splitlines()):
            if len(text) > 30:
                yield Example(text, False, 1.0, "seed", path.stem)


def _own(path: Path, *, furniture: bool) -> Iterator[Example]:
    category = ""
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.startswith("[") and line.endswith("]") and line[1:-1].isascii():
            category = line[1:-1]
        elif line and not line.startswith("#"):
            weight = 2.0 if furniture else 9.0 if len(line) < 25 else 3.0
            yield Example(line, furniture, 0.0 if category in NAMES else weight, "own", line, category)


# --- what comes of it ------------------------------------------------------------------------------------------------


def _write(bias: float, weights: dict[str, int]) -> None:
    rows: dict[tuple[int, int], list[str]] = defaultdict(list)
    for name, weight in sorted(weights.items(), key=lambda item: (item[1], item[0])):
        if name.isprintable():
            rows[len(name), weight].append(name)
    width = 80
    lines = [
        f"    ({size}, {weight}, {json.dumps(''.join(names[at : at + width // size]), ensure_ascii=False)}),"
        for (size, weight), names in sorted(rows.items())
        for at in range(0, len(names), width // size)
    ]
    head = (
        '"""The weights of `crawler.extract.wording`; made by `python -m bench.train_wording`, not by hand."""\n\n'
        f"BIAS = {bias}\nUNIT = {UNIT}\n"
        "# fmt: off\n# ruff: noqa: E501  # rows of data, no code\nWEIGHTS: tuple[tuple[int, int, str], ...] = (\n"
    )
    TARGET.write_text(head + "\n".join(lines) + "\n)\n", encoding="utf-8")
    print(f"{TARGET.name}: {len(weights)} weights, {TARGET.stat().st_size} bytes")


def _check(examples: Sequence[Example]) -> None:
    scores: dict[int, float] = {}
    for part in range(PARTS):
        bias, weights = train([each for each in examples if each.part != part])
        for at, each in enumerate(examples):
            if each.part == part:
                found = wording.features(plain(each.text))
                total = sum(weights.get(feature, 0) for feature in found)
                scores[at] = bias + UNIT * wording._SCALE * total / sqrt(len(found))  # noqa: SLF001  # the judge's own

    def share(least: float, wanted: Callable[[Example], bool]) -> str:
        judged = [scores[at] > least for at, each in enumerate(examples) if wanted(each)]
        return f"{sum(judged)}/{len(judged)} = {sum(judged) / max(1, len(judged)):.4f}"

    for least in (0.0, 0.7, 1.2, 1.7, 2.5):
        print(f"above {least}:")
        for source in ("report", "sentence", "seed", "page", "own"):
            print(f"  body of {source}: {share(least, lambda e: not e.furniture and e.source == source)}")  # noqa: B023  # used at once
        for source in ("page", "own"):
            print(f"  furniture, {source}: {share(least, lambda e: e.furniture and e.source == source)}")  # noqa: B023
            unknown = share(least, lambda e: e.furniture and e.source == source and kind(e.text) is None)  # noqa: B023
            print(f"  furniture, {source}, unknown to phrases: {unknown}")
    for category in sorted({each.category for each in examples if each.furniture and each.category}):
        print(f"  {category} above 0.7: {share(0.7, lambda e: e.furniture and e.category == category)}")  # noqa: B023
        unknown = share(0.7, lambda e: e.furniture and e.category == category and kind(e.text) is None)  # noqa: B023
        print(f"  {category} unknown to phrases: {unknown}")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
