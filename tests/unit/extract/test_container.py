"""Which element is taken for the body's, on pages where the two measures err."""

import pytest

from crawler.extract import extract

A, B, C, D = (f"第{n}项工作要抓紧抓实,完成投资{n}2亿元以上,确保年底前见到成效,让群众得到实惠。" for n in (1, 2, 3, 4))
LINKS = "<ul>" + "".join(f"<li><a href='/{n}'>关于做好第{n}项工作的通知</a></li>" for n in range(30)) + "</ul>"


def ps(*texts: str) -> str:
    return "".join(f"<p>{text}</p>" for text in texts)


@pytest.mark.parametrize("count", [2, 5, 20])
def test_sections_of_equal_length_are_all_taken(count: int) -> None:
    sections = "".join(f"<div><div><h3>{n}、工作</h3>{ps(A, B, C)}</div></div>" for n in range(1, count + 1))
    expected = tuple(text for n in range(1, count + 1) for text in (f"{n}、工作", A, B, C))
    assert extract(f"{LINKS}<div>{sections}</div>{LINKS}").paragraphs == expected


def test_a_short_section_behind_long_ones_is_taken() -> None:
    markup = f"<div><div>{ps(A, B, C, D)}</div><div>{ps(A, B, C, D)}</div><div>{ps(D)}</div></div>"
    assert extract(LINKS + markup).paragraphs == (A, B, C, D, A, B, C, D, D)


def test_a_table_of_data_between_sections_is_taken() -> None:
    table = "<table><tr><td>指标</td><td>目标</td></tr><tr><td>粮食产量</td><td>12万吨</td></tr></table>"
    markup = f"<div><div>{ps(A, B)}</div><div>{table}</div><div>{ps(C, D)}</div></div>"
    assert extract(LINKS + markup).paragraphs == (A, B, "指标 | 目标", "粮食产量 | 12万吨", C, D)


def test_a_report_in_one_cell_of_a_layout_is_taken_alone() -> None:
    side = "<table>" + "".join(f"<tr><td><a href='/{n}'>栏目第{n}</a></td></tr>" for n in range(20)) + "</table>"
    markup = f"<table><tr><td>{side}</td><td>{ps(A, B, C)}</td><td>{side}</td></tr></table>"
    assert extract(markup).paragraphs == (A, B, C)


def test_a_short_body_wins_over_a_footer_of_sentences() -> None:
    footer = "<div><p>本网站由样本公司提供维护服务,请使用新版浏览器访问。</p></div>"
    assert extract(f"<div>{ps(A, B)}</div>{LINKS}{footer}").paragraphs == (A, B)


def test_one_long_paragraph_is_a_body() -> None:
    text = (A + B + C + D) * 20
    assert extract(f"{LINKS}<div><div><p>{text}</p></div></div>{LINKS}").paragraphs == (text,)


def test_text_right_in_the_body_element_is_a_body() -> None:
    assert extract(f"<body>{A}<br>{B}<br>{C}{LINKS}</body>").paragraphs == (A, B, C)


def test_links_in_the_text_do_not_make_it_a_list() -> None:
    linked = tuple(f"{A[:10]}数字经济{A[10:]}" for _ in range(6))
    markup = "".join(f"<p>{A[:10]}<a href='/k'>数字经济</a>{A[10:]}</p>" for _ in range(6))
    assert extract(f"{LINKS}<div>{markup}</div>{LINKS}").paragraphs == linked


def test_all_rows_of_a_report_in_a_table_are_taken() -> None:
    rows = "".join(f"<tr><td>{text}</td></tr>" for text in (A, B, C, D) * 5)
    assert extract(f"{LINKS}<table><tbody>{rows}</tbody></table>").paragraphs == (A, B, C, D) * 5


@pytest.mark.parametrize("depth", [1, 10, 100])
def test_depth_does_not_matter(depth: int) -> None:
    assert extract(f"{LINKS}{'<div>' * depth}{ps(A, B, C)}{'</div>' * depth}").paragraphs == (A, B, C)


def test_the_longer_of_two_bodies_apart_is_taken() -> None:
    one, other = ps(A, B), ps(*(f"{text}{text}" for text in (A, B, C, D)))
    article = extract(f"<div><div>{one}</div>{LINKS}</div><div><section>{other}</section></div>")
    assert article.paragraphs[-4:] == (A + A, B + B, C + C, D + D)


def test_an_introduction_apart_from_its_sections_stays() -> None:
    markup = f"<div>{ps(A, B)}<div>{ps(C, D)}</div><div>{ps(A, C)}</div></div>"
    assert extract(f"{LINKS}{markup}{LINKS}").paragraphs == (A, B, C, D, A, C)
