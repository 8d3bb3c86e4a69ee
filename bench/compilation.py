"""How well compilations are cut into their reports: python bench/compilation.py [-v] [COUNT].

Made from the reports beside the repository by the seeded generator of tests/support/compilations.py: compilations in
sixteen styles of headings, and single reports among lines that look like headings. Prints precision and recall of the
cuts, how often place and year are right, and how many single reports were cut (which must be none).
"""

import sys
import time
from collections import Counter
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from crawler.extract.compilation import find_reports
from tests.support.compilations import STYLES, Case, bodies, compilation, lookalike


def main() -> int:
    """Print a line a style, then all together."""
    numbers = [word for word in sys.argv[1:] if word.isdigit()]
    texts = bodies()
    if not texts:
        print("the reports beside the repository are absent: nothing to measure")
        return 2
    count = int(numbers[0]) if numbers else 640
    cases = [compilation(texts, seed) for seed in range(count)]
    verbose = "-v" in sys.argv
    print(f"{'style':20} {'precision':>9} {'recall':>7} {'place':>7} {'year':>7}")
    for style in (*STYLES, "all"):
        print(f"{style:20} " + _figures([case for case in cases if style in (case.style, "all")], verbose=verbose))
        verbose = verbose and style != STYLES[-1]
    singles = [lookalike(texts, seed) for seed in range(count)]
    cut = [case for case in singles if find_reports(case.title, case.paragraphs)]
    print(f"single reports cut: {len(cut)} of {len(singles)}")
    if "-v" in sys.argv:
        for case in cut[:20]:
            print(case.title, [case.paragraphs[r.start][:40] for r in find_reports(case.title, case.paragraphs)])
    _speed(cases)
    return 0


def _figures(cases: list[Case], *, verbose: bool) -> str:
    counts: Counter[str] = Counter()
    for case in cases:
        found = {report.start: report for report in find_reports(case.title, case.paragraphs)}
        truth = dict(zip(case.starts, zip(case.places, case.years, strict=True), strict=True))
        right = found.keys() & truth.keys()
        if verbose and found.keys() != truth.keys():
            print("  ", case.title, "missed", [case.paragraphs[n][:30] for n in sorted(truth.keys() - right)][:4],
                  "wrong", [case.paragraphs[n][:30] for n in sorted(found.keys() - right)][:4])  # fmt: skip
        counts += Counter(found=len(found), true=len(truth), right=len(right))
        counts += Counter(place=sum(found[n].region == truth[n][0] for n in right))
        counts += Counter(year=sum(truth[n][1] in (None, found[n].year) for n in right))
        if verbose:
            for n in sorted(right):
                if found[n].region != truth[n][0] or truth[n][1] not in (None, found[n].year):
                    print("    place/year", truth[n], (found[n].region, found[n].year), case.paragraphs[n : n + 2])
                    break
    shares = [
        counts["right"] / max(1, counts["found"]),
        counts["right"] / max(1, counts["true"]),
        counts["place"] / max(1, counts["right"]),
        counts["year"] / max(1, counts["right"]),
    ]
    return f"{shares[0]:9.3f} " + " ".join(f"{share:7.3f}" for share in shares[1:])


def _speed(cases: list[Case]) -> None:
    case = max(cases, key=lambda case: sum(map(len, case.paragraphs)))
    begun = time.perf_counter()
    find_reports(case.title, case.paragraphs)
    milliseconds = 1000 * (time.perf_counter() - begun)
    print(f"{sum(map(len, case.paragraphs)):,} characters: {milliseconds:.1f} ms")


if __name__ == "__main__":
    sys.exit(main())
