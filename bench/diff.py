"""Times of `crawler.diff` on edited and on hostile texts, and against flat difflib where that ends.

    python bench/diff.py

Prints milliseconds (best of three) and, for sizes flat difflib survives, how many times as long that takes. Texts are
made up by a seeded generator. Absolute times depend on the machine; the ratios and the growth from row to row do not.
"""

import random
import re
import sys
import time
from collections.abc import Callable
from difflib import SequenceMatcher
from functools import partial
from itertools import product
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from crawler.diff import diff_texts

WORDS = re.findall("..", "经济社会发展建设推进产业改革创新民生就业教育生态城市乡村项目企业投资服务全年重点加快")
FLAT_LIMIT = 10_000
"""Characters up to which flat difflib is asked too."""


def report(size: int, seed: int = 1, *, paragraph: int = 300, stop: str = "。") -> str:
    """A text of `size` characters: sentences of words and numbers, in paragraphs of about `paragraph` characters."""
    dice = random.Random(seed)
    parts: list[str] = []
    length = since = 0
    while length < size:
        sentence = "".join(dice.choices(WORDS, k=dice.randint(6, 20)))
        sentence += f"增长{dice.randint(1, 200) / 10}%，达到{dice.randint(100, 9000)}亿元{stop}"
        since += len(sentence)
        if since > paragraph:
            sentence, since = sentence + "\n", 0
        parts.append(sentence)
        length += len(sentence)
    return "".join(parts)[:size]


def edited(text: str, edits: int, seed: int = 2) -> str:
    """The text with so many characters replaced, spread over it."""
    dice = random.Random(seed)
    chars = list(text)
    for place in dice.sample(range(len(text)), edits):
        chars[place] = dice.choice("新旧高低大小0123456789")
    return "".join(chars)


def best_of_three(run: Callable[[], object]) -> float:
    """Milliseconds."""
    times = []
    for _ in range(3):
        start = time.perf_counter()
        run()
        times.append(time.perf_counter() - start)
    return 1000 * min(times)


def cases() -> dict[str, tuple[str, str]]:
    """Pairs of texts by name."""
    made: dict[str, tuple[str, str]] = {}
    for size in (2_000, 10_000, 140_000, 420_000):
        text = report(size)
        made[f"one number, {size:,} characters"] = text, edited(text, 1)
        made[f"20 edits, {size:,} characters"] = text, edited(text, 20)
    one_line = report(420_000, paragraph=10**9)
    made["20 edits, one paragraph of 420,000"] = one_line, edited(one_line, 20)
    text = report(20_000)
    made["200 edits, 20,000"] = text, edited(text, 200)
    made["another text, 20,000"] = text, report(20_000, seed=9)
    text = report(420_000)
    made["re-paragraphed and 20 edits, 420,000"] = text, edited(text.replace("\n", "").replace("。", "。\n"), 20)
    made["re-spaced, 420,000"] = text, text.replace("增长", " 增长 ")
    lines = text.split("\n")
    made["a paragraph moved, 420,000"] = text, "\n".join([*lines[1:700], lines[0], *lines[700:]])
    return made | hostile()


def hostile() -> dict[str, tuple[str, str]]:
    """Texts made to be slow."""
    size = 200_000
    unbroken = report(20_000_000 // 3, stop="").replace("\n", "")
    numbered = ["".join(f"{side}{k}\n" for k in range(size)) for side in "ab"]
    orders = ["".join(map("".join, product(letters, repeat=6))) for letters in ("ab一二三", "三二一ba")]
    few = ["".join(random.Random(seed).choices("一二的了", k=size)) for seed in (1, 2)]
    return {
        "hostile: a*N, b*N": ("a" * size, "b" * size),
        "hostile: repeated lines": ("x\n" * size, "x\ny\n" * (size // 2)),
        "hostile: two lines in turn": ("x\ny\n" * size, "y\nx\n" * size + "y\n"),
        "hostile: all lines different": (numbered[0], numbered[1]),
        "hostile: all words in another order": (orders[0], orders[1]),
        "hostile: few characters": (few[0], few[1]),
        "hostile: one line of 20 MB, 20 edits": (unbroken, edited(unbroken, 20)),
    }


def flat(old: str, new: str) -> object:
    """The same question put to difflib as it is."""
    return SequenceMatcher(None, old, new, autojunk=False).get_opcodes()


def main() -> None:
    """Print one line a case."""
    print(f"{'case':40} {'ms':>8} {'hunks':>7} {'flat difflib takes':>20}")
    for name, (old, new) in cases().items():
        mine = best_of_three(partial(diff_texts, old, new))
        small = max(len(old), len(new)) <= FLAT_LIMIT
        ratio = f"{best_of_three(partial(flat, old, new)) / mine:,.1f} times as long" if small else ""
        print(f"{name:40} {mine:8.1f} {len(diff_texts(old, new).hunks):7} {ratio:>20}", flush=True)


if __name__ == "__main__":
    main()
