import pytest

from crawler.extract import extract, list_links
from crawler.extract.page import read
from crawler.extract.tags import NOWHERE, Kind, inside, tag_of

URL = "http://a.example/"


@pytest.mark.parametrize("name", ["span", "b", "font", "o:p", "custom-element", ""])
def test_other_tags_are_text_in_their_line(name: str) -> None:
    assert tag_of(name).kind is Kind.TEXT


@pytest.mark.parametrize(
    ("name", "kind", "facts"),
    [
        ("p", Kind.BLOCK, {"breaks", "block"}), ("br", Kind.EMPTY, {"breaks"}), ("a", Kind.LINK, {"link"}),
        ("td", Kind.OTHER, {"breaks", "block", "holder"}), ("pre", Kind.OTHER, {"breaks", "block", "holder"}),
        ("nav", Kind.OTHER, {"breaks", "block", "holder"}), ("title", Kind.OTHER, {"noted", "silent"}),
        ("option", Kind.OTHER, {"breaks", "block", "link"}), ("img", Kind.EMPTY, {"noted"}),
        ("head", Kind.OTHER, {"silent"}), ("h1", Kind.OTHER, {"breaks", "block"}), ("input", Kind.EMPTY, {"noted"}),
        ("h2", Kind.BLOCK, {"breaks", "block"}), ("hr", Kind.BLOCK, {"breaks", "block"}),
    ],
)  # fmt: skip
def test_what_a_tag_means(name: str, kind: Kind, facts: set[str]) -> None:
    tag = tag_of(name)
    assert tag.kind is kind
    assert {fact for fact in ("breaks", "block", "holder", "link", "noted", "silent") if getattr(tag, fact)} == facts


def test_an_element_singled_out_means_what_its_tag_does_and_more() -> None:
    shown, hidden = tag_of("span", shown=True), tag_of("p", hidden=True)
    assert (shown.kind, shown.breaks, shown.block, shown.silent) == (Kind.OTHER, True, True, False)
    assert (hidden.kind, hidden.block, hidden.silent) == (Kind.OTHER, True, True)
    assert tag_of("div", wanted=True).wanted
    assert not tag_of("a", link=False).link


@pytest.mark.parametrize("name", ["style", "noscript", "template", "svg", "iframe"])
def test_nobody_reads_what_these_hold(name: str) -> None:
    assert tag_of(name).kind is Kind.SKIPPED
    assert [line.text for line in read(f"<p>一<{name}>二</{name}></p>").lines] == ["一"]


def test_what_is_inside_a_block_knows_where_it_stands() -> None:
    cell = inside("td", 4, inside("tr", 3, NOWHERE))
    assert cell == (3, 4, False, False)
    assert inside("textarea", 9, cell) == (3, 4, True, True)
    assert inside("nav", 9, NOWHERE) == (0, 0, True, False)


def test_made_up_tags_do_not_fill_the_memory() -> None:
    for number in range(5_000):
        tag_of(f"x-{number}")
    assert tag_of.cache_info().currsize <= 1_000


def test_an_image_speaks_for_its_link_unless_it_is_hidden() -> None:
    images = (
        "<a href=/1><img alt=下一页></a><a href=/2><img alt=上一页 style='display:block'></a>"
        "<a href=/3><img alt=统计 style='display:none'></a><a href=/4>首页<img alt=图></a><img alt=独立>"
    )
    assert [text for _, text in list_links(images, URL)] == ["下一页", "上一页", "", "首页"]


def test_a_link_over_lines_of_preformatted_text_keeps_all_of_it() -> None:
    page = read("<pre><a href=/1>第一行\n第二行</a>\n第三行</pre>")
    assert [line.text for line in page.lines] == ["第一行", "第二行", "第三行"]
    assert [line.linked for line in page.lines] == [3, 3, 0]
    assert page.anchors[0].text == "第一行第二行"


def test_rows_cells_and_areas_are_the_innermost_around_a_line() -> None:
    inner = "<table><tr><td>内</td></tr></table>"
    page = read(f"<table><tr><td>外{inner}后</td></tr></table><nav><ul><li>栏目</ul></nav>尾")
    assert [(page.tags[line.row], page.tags[line.cell], line.area) for line in page.lines] == [
        ("tr", "td", False), ("tr", "td", False), ("tr", "td", False), ("", "", True), ("", "", False),
    ]  # fmt: skip
    outer, within, behind = (line.row for line in page.lines[:3])
    assert outer == behind != within


def test_what_stands_in_noscript_is_text_to_the_parser() -> None:
    sentence = "今年要做好八个方面工作,确保完成全年目标任务,增进民生福祉。"
    markup = f"<noscript><div><!-- </noscript><div><p>{sentence}</p></div>"
    assert extract(markup).paragraphs == (sentence,)


def test_an_advert_in_a_line_takes_its_link_along() -> None:
    page = read("<p><a href=/1>数字经济</a>培育企业<b>【广告】<a href=/2>特惠</a></b>多家</p>")
    assert [(line.text, line.linked) for line in page.lines] == [("数字经济培育企业多家", 4)]
    assert [anchor.href for anchor in page.anchors] == ["/1", "/2"]
