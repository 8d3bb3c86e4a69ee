"""Texts for the tests of `crawler.diff`: strategies, made-up reports, and a counter of the steps a comparison takes."""

import random
import sys
import unicodedata
from collections.abc import Callable
from types import FrameType
from typing import Any

from hypothesis import strategies as st

from crawler.diff import Span, TextDiff

Trace = Callable[[FrameType, str, Any], Any]

TOPICS = ("蓝湖市", "青禾县", "制造业", "农产品", "水利工程", "城市公园", "幼儿园", "养老服务", "港口物流", "旧区改造")
VERBS = ("加快推进", "稳步提高", "全面落实", "认真谋划", "着力补齐", "持续改善")
CJK = "蓝湖市增长投资亿元人口左右以上完成十二万一百的和了，、。；：！？“”‘’（）%％0123456789５６ .\n\t\u3000\u200b"
COMBINING = "eoｶﾊ가ᄀ한\u0301\u0308\u0316\u3099\uff9e\uff9f\u1161\u11a8\u0344㎡ﬁ½ⅷ①´ \n。"

cjk_texts = st.text(alphabet=CJK, max_size=60)
any_texts = st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=40)
combining_texts = st.text(alphabet=COMBINING, max_size=12)
texts = cjk_texts | any_texts | combining_texts

sentences = st.builds(
    "{}{}{}，增长{}%，达到{}亿元{}".format,
    st.sampled_from(TOPICS),
    st.sampled_from(VERBS),
    st.sampled_from(TOPICS),
    st.integers(0, 99),
    st.integers(100, 9999),
    st.sampled_from("。。。；！\n"),
)
reports = st.lists(sentences, max_size=25).map("".join)


@st.composite
def edited_pairs(draw: st.DrawFn) -> tuple[str, str]:
    """A report, and the same after a few edits of any kind."""
    old = new = draw(reports)
    for _ in range(draw(st.integers(0, 4))):
        start = draw(st.integers(0, len(new)))
        end = min(len(new), start + draw(st.integers(0, 30)))
        new = new[:start] + draw(st.text(alphabet=CJK, max_size=8) | sentences) + new[end:]
    return old, new


@st.composite
def restyled(draw: st.DrawFn, text: str) -> str:
    """A text that says the same: other blanks, widths, quotation marks and paragraphs."""
    wide = {char: chr(ord(char) + 0xFEE0) for char in "0123456789%()!?;:"}
    quotes = {"“": '"', "”": "＂", "‘": "'", "’": "‛", "·": "•", "-": "—"}
    chars = []
    for char in text:
        if draw(st.integers(0, 3)) == 0:
            char = (wide | quotes).get(char, char)
        chars.append(char)
        if draw(st.integers(0, 9)) == 0:
            chars.append(draw(st.sampled_from([" ", "\n", "\u3000", "\u200b", "\t", "\n\n", "\ufeff"])))
    return "".join(chars)


def made_up_report(size: int, seed: int = 0) -> list[str]:
    """So many sentences, hardly two alike."""
    dice = random.Random(seed)
    return [
        f"{dice.choice(TOPICS)}{dice.choice(VERBS)}{dice.choice(TOPICS)}第{k}项工作，增长{dice.randint(1, 99)}%。"
        for k in range(size)
    ]


def steps(run: Callable[[], object]) -> int:
    """Lines of Python executed by `run` in the diff room and in difflib: what it costs, whatever the machine."""
    count = 0

    def trace(frame: FrameType, event: str, _: object) -> Trace | None:
        nonlocal count
        if "difflib" not in frame.f_code.co_filename and "crawler/diff" not in frame.f_code.co_filename:
            return None
        count += event == "line"
        return trace

    before = sys.gettrace()
    sys.settrace(trace)
    try:
        run()
    finally:
        sys.settrace(before)
    return count


def rebuilt(diff: TextDiff) -> tuple[str, str]:
    """Both texts put together again from the hunks and what stands between them."""
    old = new = ""
    a = b = 0
    for hunk in diff.hunks:
        old += diff.old[a : hunk.old_start] + hunk.old
        new += diff.new[b : hunk.new_start] + hunk.new
        a, b = hunk.old_end, hunk.new_end
    return old + diff.old[a:], new + diff.new[b:]


def covered(spans: tuple[Span, ...]) -> bool:
    """Each span begins where the one before it ends, in both texts, and none is empty."""
    ends = [(0, 0), *((span.region.old_end, span.region.new_end) for span in spans)]
    starts = [(span.region.old_start, span.region.new_start) for span in spans]
    return starts == ends[:-1] and all(span.region.size for span in spans)


def composing_characters() -> list[str]:
    """Every character that stands second in a canonical composition of this Python's Unicode tables."""
    decompositions = (unicodedata.decomposition(chr(code)) for code in range(sys.maxunicode + 1))
    pairs = (d.split() for d in decompositions if d and not d.startswith("<"))
    return sorted({chr(int(pair[1], 16)) for pair in pairs if len(pair) > 1})
