"""Telling what rules do from what editors do, where only two texts are left to compare."""

from hypothesis import given
from hypothesis import strategies as st

from crawler.reread import with_lines_of
from crawler.text import fold

LINES = [
    "扎实推进乡村全面振兴，新建高标准农田3个片区，惠及沿线群众。",
    "大力实施有效投资行动，开工亿元以上项目40个，强化要素保障！",
    "坚持以人民为中心，新改扩建学校6个，基层医疗更加便捷；",
    "落实惠企资金，培育小微企业园8个，办事流程再压缩三成。",
    "坚定不移防范风险，守牢底线，设避灾点12个，确保安居乐业",
]
CHOSEN = st.lists(st.booleans(), min_size=len(LINES), max_size=len(LINES))


def text(chosen: list[bool]) -> str:
    return "\n".join(line for line, there in zip(LINES, chosen, strict=True) if there)


@given(left=CHOSEN, let_in=CHOSEN)
def test_lines_left_out_or_let_in_are_the_rules_doing(left: list[bool], let_in: list[bool]) -> None:
    few, many = text(left), text([a or b for a, b in zip(left, let_in, strict=True)])
    assert with_lines_of(few, many) == many
    assert with_lines_of(many, few) == few


@given(edited=st.integers(0, len(LINES) - 1), out=st.integers(0, len(LINES) - 1))
def test_a_number_within_a_line_that_stays_is_not(edited: int, out: int) -> None:
    few = "\n".join(line for number, line in enumerate(LINES) if number != out or out == edited)
    many = "\n".join(LINES)
    other = LINES[edited].replace("个", "0个")
    assert with_lines_of(few, many.replace(LINES[edited], other)) == many
    assert with_lines_of(many, few.replace(LINES[edited], other)) == few


def test_a_line_told_anew_is_an_edit() -> None:
    anew = "乡村今后不再提任何目标。"
    assert with_lines_of("\n".join(LINES), "\n".join([anew, *LINES[1:]])) == "\n".join(LINES)


def test_paragraphs_cut_otherwise_say_the_same() -> None:
    assert fold(with_lines_of("\n".join(LINES), "".join(LINES))) == fold("".join(LINES))
