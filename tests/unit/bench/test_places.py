"""Where the body of a page is found, and where furniture may stand."""

import pytest

from bench.places import BEFORE, BEHIND, INSIDE, Marked, mark_places

LINES = (
    "云溪市今年将新建改建农村公路120公里。",
    "全市粮食产量稳定在35万吨以上,增长2%。",
    "城镇调查失业率控制在5.5%左右。",
)


def places(html: str, lines: tuple[str, ...] = LINES) -> Marked:
    found = mark_places(html, lines)
    assert found is not None
    return found


def shown(found: Marked) -> str:
    """The page with each mark replaced by a word."""
    html = found.html
    for spot in found.spots:
        html = html.replace(spot.mark, f"[{spot.place}{' inline' if spot.inline else ''}]")
    return html.partition("<body>")[2].partition("</body>")[0]


def test_paragraphs_of_a_container() -> None:
    body = "".join(f"<p>{line}</p>" for line in LINES)
    one, two, three = (f"<p>{line}</p>" for line in LINES)
    assert shown(places(f"<body><div>{body}</div></body>")) == (
        f"[before]<div>[before]{one}[inside]{two}[inside]{three}[behind]</div>[behind]"
    )


def test_lines_between_line_breaks_of_a_box() -> None:
    one, two, three = LINES
    assert shown(places(f"<body><div>{'<br>'.join(LINES)}</div></body>")) == (
        f"[before]<div>[before]{one}<br>[inside]{two}<br>[inside]{three}[behind]</div>[behind]"
    )


def test_within_a_paragraph_only_text_and_line_breaks_may_stand() -> None:
    one, two, three = LINES
    assert shown(places(f"<body><div><p>{'<br>'.join(LINES)}</p></div></body>")) == (
        f"[before]<div>[before]<p>{one}<br>[inside inline]{two}<br>[inside inline]{three}</p>[behind]</div>[behind]"
    )


def test_a_layout_table_is_left_whole() -> None:
    rows = "".join(f"<tr><td>{line}</td></tr>" for line in LINES)
    found = places(f"<body><table><tbody>{rows}</tbody></table></body>")
    assert [spot.place for spot in found.spots] == [BEFORE, BEHIND]
    assert shown(found).startswith("[before]<table>")
    assert shown(found).endswith("</table>[behind]")


def test_a_body_of_one_line_has_no_inside() -> None:
    found = places(f"<body><div><p>{LINES[0]}</p></div></body>", LINES[:1])
    assert INSIDE not in {spot.place for spot in found.spots}


def test_a_short_line_is_looked_for_beside_the_long_ones() -> None:
    """一、综合 stands in the menu too."""
    lines = ("一、综合", *LINES)
    body = "".join(f"<p>{line}</p>" for line in lines)
    found = shown(places(f"<body><ul><li>一、综合</li></ul><div>{body}</div></body>", lines))
    assert found.startswith("<ul><li>一、综合</li></ul>[before]<div>[before]<p>一、综合</p>")


@pytest.mark.parametrize("script", ["script", "style", "textarea", "template"])
def test_text_that_is_not_shown_is_no_body(script: str) -> None:
    assert mark_places(f"<body><{script}>{''.join(LINES)}</{script}><p>别的内容</p></body>", LINES) is None


def test_a_body_that_is_not_there_is_not_found() -> None:
    assert mark_places(f"<body><p>{LINES[0]}</p></body>", LINES) is None
    assert mark_places("", LINES) is None
    assert mark_places("<body><p>x</p></body>", ()) is None


def test_white_space_and_full_width_forms_do_not_hide_a_line() -> None:
    html = "<body><div><p>　　全市 粮食产量稳定\n在３５万吨以上，增长２％。</p></div></body>"
    assert mark_places(html, ("全市粮食产量稳定在35万吨以上,增长2%。",)) is not None


def test_marks_leave_no_trace_when_nothing_is_put_in() -> None:
    body = "".join(f"<p>{line}</p>" for line in LINES)
    found = places(f"<body><div>{body}</div></body>")
    html = found.html
    for spot in found.spots:
        html = html.replace(spot.mark, "")
    assert html == f"<!DOCTYPE html><html><head></head><body><div>{body}</div></body></html>"


def test_spots_come_in_page_order() -> None:
    body = "".join(f"<p>{line}</p>" for line in LINES)
    found = places(f"<body><div>{body}</div></body>")
    positions = [found.html.index(spot.mark) for spot in found.spots]
    assert positions == sorted(positions)
    assert [spot.place for spot in found.spots] == [BEFORE, BEFORE, INSIDE, INSIDE, BEHIND, BEHIND]


def test_a_line_that_an_advert_interrupts_is_known_by_its_ends() -> None:
    torn = f"{LINES[1][:10]}<span>【推广】会员特惠</span>{LINES[1][10:]}"
    found = shown(places(f"<body><div><p>{LINES[0]}</p><p>{torn}</p><p>{LINES[2]}</p></div></body>"))
    assert found.count("[inside]") == 2


def test_a_body_without_its_first_or_last_line_is_left_out() -> None:
    body = "".join(f"<p>{line}</p>" for line in LINES)
    assert mark_places(f"<body><div>{body}</div></body>", (*LINES, "谢谢大家!")) is None
    assert mark_places(f"<body><div>{body}</div></body>", ("各位代表:", *LINES)) is None
