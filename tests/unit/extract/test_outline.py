import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.extract.outline import Outline, between, is_heading, outside, running
from crawler.extract.page import Line, read
from crawler.extract.rows import join_rows

EMPTY = read("")
PROSE = "确保完成全年目标任务,增进民生福祉,建设更高水平的云溪。"
MARKUP = f"<div>甲<p>乙</p><ul><li>丙<li>丁</ul></div><div></div><section><p>{PROSE}</p></section>"


def outline(markup: str = MARKUP) -> Outline:
    page = read(markup)
    return Outline(page, join_rows(page))


def texts(outline: Outline, tag: str) -> list[str]:
    element = outline.tags.index(tag)
    return [line.text for line in outline.lines[slice(*outline.spans[element])]]


@pytest.mark.parametrize(
    ("tag", "expected"),
    [("div", ["甲", "乙", "丙", "丁"]), ("p", ["乙"]), ("ul", ["丙", "丁"]), ("li", ["丙"]), ("section", [PROSE])],
)
def test_an_element_spans_the_lines_of_its_subtree(tag: str, expected: list[str]) -> None:
    assert texts(outline(), tag) == expected


def test_an_empty_element_spans_nothing() -> None:
    each = outline()
    empty = [span for span, tag in zip(each.spans, each.tags, strict=True) if tag == "div"][1]
    assert empty == (0, 0)


def test_running_sums_give_the_sums_of_subtrees() -> None:
    each = outline()
    sums = running(each.sizes)
    body, items = (
        sums[end] - sums[start] for start, end in (each.spans[each.tags.index(tag)] for tag in ("body", "ul"))
    )
    assert body == sums[-1] == 4 + len(PROSE)
    assert items == 2


def test_the_characters_of_sentences_are_counted() -> None:
    assert outline().prose_sizes == [0, 0, 0, 0, len(PROSE)]


@pytest.mark.parametrize(
    ("markup", "linked"),
    [
        ("<a href=1>云溪要闻</a>", True),
        ("<a href=1>云溪要闻</a> 2024-05-06", True),
        ("云溪要闻", False),
        ("详见云溪市人民政府网站的<a href=1>公开栏</a>", False),
    ],
)
def test_a_link_may_have_a_date_beside_it(markup: str, linked: bool) -> None:
    assert outline(f"<p>{markup}</p>").links == [linked]


def test_weights_count_elements_and_lines() -> None:
    each = outline()
    assert each.weights[each.tags.index("ul")] == 1 + 2 + 2  # itself, two items, two lines
    assert each.weights[0] == len(each.tags) + len(each.lines)


def test_the_section_of_a_line_is_the_largest_element_it_begins() -> None:
    each = outline()
    names = [each.tags[each.section(index)] for index in range(len(each.lines))]
    assert names[1:] == ["p", "ul", "li", "section"]
    assert names[0] == ""  # the first line begins the document


def test_the_common_element_is_the_innermost_around_both() -> None:
    each = outline()
    item, paragraph, section = (each.tags.index(tag) for tag in ("li", "p", "section"))
    assert each.tags[each.common(item, paragraph)] == "div"
    assert each.tags[each.common(item, section)] == "body"
    assert each.common(item, item) == item


def test_lines_within_several_elements_come_in_page_order() -> None:
    each = outline()
    roots = [each.tags.index(tag) for tag in ("section", "ul", "li")]
    assert [each.lines[index].text for index in each.within(roots)] == ["丙", "丁", PROSE]


def test_ways_are_equal_where_the_tags_above_are() -> None:
    each = outline()
    one, other = (index for index, tag in enumerate(each.tags) if tag == "li")
    inner, outer = (index for index, tag in enumerate(each.tags) if tag == "p")
    assert each.ways[one] == each.ways[other]
    assert each.ways[inner] != each.ways[outer]


@given(st.recursive(st.sampled_from(["文", "<br>", ""]), lambda inner: st.lists(inner).map(
    lambda parts: f"<div>{''.join(parts)}</div>")))  # fmt: skip
def test_spans_hold_whatever_the_nesting(markup: str) -> None:
    each = outline(f"<body>{markup}</body>")
    for element, (start, end) in enumerate(each.spans):
        assert each.within([element]) == list(range(start, end))


@pytest.mark.parametrize(
    ("line", "prose"),
    [
        (Line(PROSE, 0, 1, 0, 0, False), True),
        (Line(PROSE, len(PROSE), 1, 0, 0, False), False),  # a link
        (Line(PROSE, 0, 1, 1, 1, False, data=True), False),  # a row of data
        (Line("谢谢大家!", 0, 1, 0, 0, False), False),
        (Line("云溪市人民政府关于印发重点工作分工方案的通知文本", 0, 1, 0, 0, False), False),
    ],
)
def test_prose_is_unlinked_and_has_clauses(line: Line, prose: bool) -> None:
    assert Outline(EMPTY, [line._replace(element=0)]).prose == [prose]


@pytest.mark.parametrize("text", ["一、回顾", "(二)目标", "（三）安排", "3.产业", "12、民生", "第四章 附则", "第10条"])
def test_headings_begin_with_a_number(text: str) -> None:
    assert is_heading(text)


@pytest.mark.parametrize("text", ["回顾", "一心一意", "2024年工作", "第一产业增长"])
def test_other_lines_are_no_headings(text: str) -> None:
    assert not is_heading(text)


def test_indices_between_and_outside() -> None:
    assert list(between([1, 3, 5, 7], (3, 7))) == [3, 5]
    assert outside([1, 3, 5, 7], (0, 9), (3, 6)) == [1, 7]
    assert outside([], (0, 9), (3, 6)) == []


def test_clauses_are_counted_by_their_signs() -> None:
    line = Line("稳中求进，以进促稳;先立后破，统筹发展和安全。", 0, 1, 0, 0, False)
    assert Outline(EMPTY, [line._replace(element=0)]).clauses == [4]
