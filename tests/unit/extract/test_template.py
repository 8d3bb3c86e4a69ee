"""What a page teaches about its host, and which of its lines a known template takes away."""

import pytest

from crawler.extract import extract, surroundings_of
from crawler.extract.template import MOST_TAUGHT, Template

BODY = (
    "各位代表：",
    "柳湾区新的一年要扩大内需，推动产业升级，粮食产量稳定在12万吨以上，让群众过上更好的日子。",
    "一、综合",
    "柳湾区全年新增城镇就业8000人，改造老旧小区20个，群众的获得感更加充实。",
    "以上报告，请予审议。",
)
ABOUT = "青柳网由一群热爱家乡的青年共同打理，每天为大家送上家乡的新鲜事，陪伴大家走过了许多年。"
LABEL = "青柳网的故事"


def page(body: tuple[str, ...] = BODY, behind: str = "", before: str = "", inside: str = "") -> str:
    half = len(body) // 2
    first, second = ("".join(f"<p>{text}</p>" for text in texts) for texts in (body[:half], body[half:]))
    report = f"<div>{first}{inside}{second}</div>"
    return f"<html><body><div>{before}<h1>柳湾区政府工作报告</h1>{report}{behind}</div></body></html>"


def box(*lines: str) -> str:
    return "<div>" + "".join(f"<p>{line}</p>" for line in lines) + "</div>"


def known(markup: str) -> Template:
    """The template of a host all of whose pages teach what this one does."""
    return dict.fromkeys(surroundings_of(markup), 3)


def paragraphs(markup: str, template: Template) -> tuple[str, ...]:
    return extract(markup, template=template).paragraphs


def test_a_box_behind_the_body_is_taught_and_then_left_out() -> None:
    markup = page(behind=box(LABEL, ABOUT))
    assert paragraphs(markup, {}) != BODY
    assert paragraphs(markup, known(markup)) == BODY


def test_a_box_before_the_body_is_taught_and_then_left_out() -> None:
    markup = page(before=box(ABOUT, ABOUT.replace("青年", "老人")))
    assert paragraphs(markup, known(markup)) == BODY


def test_no_line_of_the_box_that_holds_the_body_is_ever_taught() -> None:
    taught = {text for _, text in surroundings_of(page(behind=box(ABOUT)))}
    assert ABOUT in taught
    assert not taught & set(BODY)


def test_a_known_line_stays_where_a_sentence_of_the_pages_own_stands_beside_it() -> None:
    markup = page((*BODY, ABOUT))
    place = next(place for place in surroundings_of(page(behind=box(ABOUT))))
    template = {(place[0], ABOUT): 9, ("html/body/div/div/p", ABOUT): 9, ("html/body/div/div/p", BODY[0]): 9}
    assert paragraphs(markup, template) == (*BODY, ABOUT)


def test_the_same_words_at_another_place_stay() -> None:
    template = known(page(behind=box(ABOUT)))
    elsewhere = page(behind=f"<section><blockquote>{ABOUT}</blockquote></section>")
    assert paragraphs(elsewhere, template) == paragraphs(elsewhere, {})


def test_labels_alone_are_never_taken_away() -> None:
    markup = page(behind=box("青柳网", "家乡的故事"))
    assert paragraphs(markup, known(markup)) == paragraphs(markup, {})


def test_a_short_notice_is_found_beside_longer_words_of_its_site() -> None:
    notice = ("柳湾区二季度缴费定于4月8日开始，请大家按时办理。",)
    site = box(ABOUT, ABOUT.replace("青年", "老人"), ABOUT.replace("青年", "朋友"))
    markup = page(notice, behind=site)
    assert paragraphs(markup, {}) != notice
    template = known(page((*BODY, *(text.replace("柳湾区", "石桥县") for text in BODY)), behind=site))
    assert paragraphs(markup, template) == notice


def test_text_between_line_breaks_is_one_box() -> None:
    report = "<br>".join(BODY)
    markup = f"<body><td><div>{report}</div><p>{ABOUT}</p></td></body>"
    assert {text for _, text in surroundings_of(markup)} <= {ABOUT}
    assert paragraphs(markup, known(markup)) == BODY


@pytest.mark.parametrize("content", ["", "<p></p>", "<html><body><nav>首页</nav></body></html>"])
def test_a_page_without_a_body_teaches_nothing(content: str) -> None:
    assert surroundings_of(content) == ()


def test_one_page_teaches_so_many_lines_at_most() -> None:
    many = page(behind="".join(box(ABOUT.replace("青年", f"青年{n}")) for n in range(3 * MOST_TAUGHT)))
    assert len(surroundings_of(many)) <= MOST_TAUGHT


def test_a_plain_text_teaches_nothing() -> None:
    assert surroundings_of("柳湾区政府工作报告\n\n一、综合\n".encode(), "text/plain") == ()
