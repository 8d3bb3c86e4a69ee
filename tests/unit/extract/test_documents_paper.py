"""The law behind the promise, for print: on whatever paper a text is set, it is the same text."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crawler.extract import extract
from tests.support.printed import Drawn, column, pdf

pytest.importorskip("pypdfium2")

WORDS = "扎实推进乡村全面振兴新建高标准农田改造公路惠及群众完成固定资产投资开工项目强化要素保障落实惠企资金"
HEADS = ["", "云溪市人民政府公报", "云溪市公报 二〇二六年第三期"]
FEET = ["{}", "— {} —", "第{}页", "{}/99", "- {} -"]


@st.composite
def reports(draw: st.DrawFn) -> list[str]:
    """Paragraphs and headings as reports have them, no two alike."""
    texts = []
    for number in range(draw(st.integers(3, 12))):
        if draw(st.booleans()):
            texts.append(f"（{'一二三四五六七八九十甲乙'[number]}）着力推动产业升级")
        size = draw(st.integers(20, 160))
        shift = 4 * number + 1
        letters = (WORDS[shift:] + WORDS[:shift]) * 4
        texts.append(f"{'一二三四五六七八九十甲乙'[number]}是{letters[:size]}。")
    return texts


@st.composite
def papers(draw: st.DrawFn) -> dict[str, float]:
    """How a report may be set."""
    return {
        "width": draw(st.integers(18, 40)),
        "rows": draw(st.integers(8, 30)),
        "size": draw(st.integers(9, 14)),
        "pitch": draw(st.integers(12, 20)) / 10,
        "columns": draw(st.integers(1, 2)),
    }


def printed(texts: list[str], paper: dict[str, float], head: str, foot: str) -> bytes:
    """The report on that paper, its pages numbered; columns are filled one after the other."""
    size, rows, width = int(paper["size"]), int(paper["rows"]), int(paper["width"])
    lines = [line for text in texts for line in column(text, width)]
    across = int(paper["columns"]) if len(lines) > 4 * rows else 1
    step, top = size * paper["pitch"], 100 + paper["rows"] * size * paper["pitch"]
    pages = []
    for number, start in enumerate(range(0, len(lines), rows * across), 1):
        drawn = Drawn(200 + across * (width + 4) * size, top + 100)
        for side in range(across):
            shown = lines[start + side * rows : start + (side + 1) * rows]
            drawn.lines(72 + side * (width + 2) * size, top, shown, size, step)
        if head:
            drawn.say(90, top + 50, head, size - 2)
        pages.append(drawn.say(100, 30, foot.format(number), size - 1))
    return pdf(*pages)


@settings(max_examples=150, deadline=None)
@given(texts=reports(), paper=papers(), head=st.sampled_from(HEADS), foot=st.sampled_from(FEET))
def test_a_text_is_the_same_on_all_paper(texts: list[str], paper: dict[str, float], head: str, foot: str) -> None:
    lines = sum(len(column(text, int(paper["width"]))) for text in texts)
    if lines <= paper["rows"]:
        head = ""  # of a single page nobody can tell a head from a title
    # Where paragraphs end is told by indents and short lines, which not every paper shows: the text is the law.
    assert "".join(extract(printed(texts, paper, head, foot)).paragraphs) == "".join(texts)
