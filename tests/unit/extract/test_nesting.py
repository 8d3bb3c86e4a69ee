import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.extract import extract
from crawler.extract.nesting import MAX_DEPTH, flatten

MANY = "<br>" * 5_000
"""So many tags that nesting is looked at."""


def test_few_tags_are_left_alone_however_deep() -> None:
    markup = "<div>" * 1_000
    assert flatten(markup) is markup


@pytest.mark.parametrize("tag", ["div", "DIV", "section", "custom-element", "ul"])
def test_what_nests_too_deep_loses_its_tags_and_keeps_its_text(tag: str) -> None:
    depth = MAX_DEPTH + 50
    flat = flatten(f"{MANY}{f'<{tag} class=x>' * depth}深处{f'</{tag}>' * depth}后")
    assert flat.count(f"<{tag} class=x>") == flat.count(f"</{tag}>") == MAX_DEPTH + 1
    assert flat.index("深处") < flat.index(f"</{tag}>")
    assert flat.endswith("后")


@pytest.mark.parametrize(
    "piece",
    [
        "<div><section><span>文</div>",  # the end of the outer element ends what was left open
        "<p><b>一</b><i>二</i></p>",
        "<svg><path d=1/><use href=x/><circle/></svg>",
        "<!-- <div><div><div> -->",
        "<script>w('<div><table>')</script>",
        "<style>/* <div> */</style>",
        "<p>一<p>二<li>三",
        "<input><img><hr>",
        "</div></span>",
    ],
)
def test_ordinary_pieces_may_stand_any_number_of_times(piece: str) -> None:
    markup = f"{MANY}{piece * 400}<div><p>末</p></div>"
    assert flatten(markup) == markup


def test_behind_a_deep_part_the_page_goes_on_as_before() -> None:
    deep = "<div>" * 300 + "深" + "</div>" * 300
    after = "<div><p><b>一</b></p><div>二</div></div>"
    assert flatten(f"{MANY}{deep}{after}").endswith(after)
    left_open = "<section>" + "<span>" * 300 + "深</section>"
    assert flatten(f"{MANY}{left_open}{after}").endswith(after)


def test_formatting_left_open_in_each_paragraph_does_not_pile_up() -> None:
    paragraphs = tuple(f"第{n}项工作要抓紧抓实,确保年底前见到成效,让群众得到实惠。" for n in range(2_000))
    markup = "".join(f"<p><b class=c{n}>{text}" for n, text in enumerate(paragraphs))
    assert flatten(markup).count("<b ") == 5
    assert extract(f"<div>{markup}</div>").paragraphs == paragraphs
    closed = markup.replace("。", "。</b></p>")
    assert flatten(f"{MANY}{closed}") == f"{MANY}{closed}"


@pytest.mark.parametrize("form", ["a{}", "a{}=1", "a{}='1 2'", 'a{}="<"'])
def test_attributes_by_the_thousand_are_cut(form: str) -> None:
    attributes = " ".join(form.format(n) for n in range(60_000))
    flat = flatten(f"<p {attributes}>一<p title='{'一 ' * 9_000}'>二")
    assert len(flat) < 80_000
    assert flat.endswith("一 '>二")


def test_long_values_and_scripts_stay() -> None:
    image = f"<img src='data:image/png;base64,{'QUJD' * 30_000}' alt=图>"
    script = f"<script>for (i = 0; i <n; i++) {{ t = [{', '.join(map(str, range(30_000)))}] }}</script>"
    assert flatten(f"{image}<p>一") == f"{image}<p>一"
    assert flatten(f"{script}<p>二").endswith("</script><p>二")


def test_only_a_few_bodies_are_read() -> None:
    markup = "".join(f"<body a{n}=1><p>{n}" for n in range(9_000))
    assert flatten(markup).count("<body") == 10
    assert flatten(markup).count("<p>") == 9_000


@pytest.mark.parametrize("ending", ["<!-- " + "<div>" * 400, "<script>" + "<div>" * 400, "<style>" + "<div>" * 400])
def test_what_never_ends_takes_the_rest(ending: str) -> None:
    assert flatten(MANY + ending) == MANY + ending


def test_a_tag_that_never_ends_is_dropped_with_the_rest() -> None:
    assert flatten(MANY + "<div>" * (MAX_DEPTH + 1) + "文<div class=") == MANY + "<div>" * (MAX_DEPTH + 1) + "文"


def test_a_page_with_a_thousand_icons_keeps_its_body() -> None:
    sentences = tuple(f"第{n}项工作要抓紧抓实,确保年底前见到成效,让群众得到实惠。" for n in range(20))
    icons = "<a href=/x><svg><path d=1/><path d=2/></svg></a>" * 1_200
    body = "".join(f"<p>{text}</p>" for text in sentences)
    aside = "<div><p>本栏目由样本网小样整理,与报告无关,请勿当真。</p></div>"
    assert extract(f"<div>{icons}</div><div><div>{body}</div></div><footer>{aside}</footer>").paragraphs == sentences


@pytest.mark.parametrize("tag", ["svg", "template", "div hidden", "div style='display: none'"])
def test_what_is_hidden_stays_hidden_however_deep_it_stands(tag: str) -> None:
    hidden = f"<{tag}>全县高质量发展的暗渠要在年底前全部建成。</{tag.split(maxsplit=1)[0]}>"
    page = f"<p>全县粮食总产量稳定在三十万吨以上。</p>{'<a><b>' * 6_000}{hidden}全县新增就业三千人。"
    assert extract(page).paragraphs[-1] == "全县新增就业三千人。"


def test_what_stands_in_a_drawing_left_open_stays_unseen_however_many_there_are() -> None:
    drawn = "".join(f"<svg>暗渠{n}密匣<p>第{n}项工作要抓紧抓实,确保年底前见到成效。" for n in range(2_000))
    assert flatten(drawn) == drawn
    assert "密匣" not in extract(f"<div>{drawn}</div>").body
    held = "<svg><foreignObject>" + "<p><div>" * (MAX_DEPTH + 1)
    assert flatten(MANY + held) == MANY + held.removesuffix("<p><div>" * 2) + "<p>" * 2, (
        "HTML in a drawing leaves nothing"
    )


@pytest.mark.parametrize("tag", ["<form>", "<button>", "<select>"])
def test_what_does_not_nest_is_not_counted(tag: str) -> None:
    table = "<table><tr><td>指标</td><td>2031年</td></tr></table>"
    assert flatten(MANY + tag * (MAX_DEPTH + 1) + table) == MANY + tag * (MAX_DEPTH + 1) + table


def test_what_stands_in_a_tag_or_a_title_is_no_tag() -> None:
    deep = MANY + "<div>" * (MAX_DEPTH + 1)
    for ends_nothing in (
        "</p<div>",
        "</title<b>",
        "<title>甲</title<div>乙<div></title>",
        "<textarea><div></textarea>",
    ):
        assert flatten(deep + ends_nothing) == deep + ends_nothing
    assert flatten(deep + "<plaintext>甲<div>") == deep + "<plaintext>甲<div>"


PIECES = (
    *("<div>", "</div>", "<b>", "</b>", "<p hidden>", "</p>", "<svg>", "</svg>", "<foreignObject>"),
    *("<br>", "文", "<a href='x>y'>", "</a>", "<!-- <i> -->"),
)


@given(st.lists(st.tuples(st.sampled_from(PIECES), st.integers(1, 400)), max_size=8))
def test_flattening_takes_tags_alone_and_a_second_time_nothing(runs: list[tuple[str, int]]) -> None:
    markup = MANY + "".join(piece * times for piece, times in runs)
    flat = flatten(markup)
    assert flat.count("文") == markup.count("文")
    assert flat.count("<!-- <i> -->") == markup.count("<!-- <i> -->")
    left = iter(re.findall(r"<[^<>]*>|文", markup))
    assert all(tag in left for tag in re.findall(r"<[^<>]*>|文", flat)), "in the same order"
    assert flatten(flat) == flat
