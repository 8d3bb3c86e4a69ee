"""What a page teaches about its host, and what a known template takes off the ends of a text, and never inside it."""

import pytest

from crawler.extract import explain, extract, surroundings_of
from crawler.extract.template import MOST_TAUGHT, NOTHING_SHARED, Template, marks

BODY = (
    "各位代表：",
    "柳湾区新的一年要扩大内需，推动产业升级，粮食产量稳定在12万吨以上，让群众过上更好的日子。",
    "一、综合",
    "柳湾区全年新增城镇就业8000人，改造老旧小区20个，建设农村公路36公里，群众的获得感更加充实。",
    "柳湾区将办好十件民生实事，新建幼儿园4所、养老服务站12个，让老人安享晚年、孩子快乐成长。",
    "以上报告，请予审议。",
)
ABOUT = "青柳网由一群热爱家乡的青年共同打理，每天为大家送上家乡的新鲜事，陪伴大家走过了许多年。"
HISTORY = "青柳网从三间平房起步，走过了十个春秋，未来还将继续前行，把家乡的故事讲给更多的人听。"
LABEL = "青柳网的故事"
FORMULA = "让我们更加紧密地团结起来，锐意进取，埋头苦干，为全面建设现代化新家园而努力奋斗！"


def page(
    body: tuple[str, ...] = BODY, behind: str = "", before: str = "", beside: str = "", wrap: str = "<p>{}</p>"
) -> str:
    """A report; right behind it in its own element something else, and beside that."""
    report = f"<div>{''.join(wrap.format(text) for text in body)}{behind}</div>"
    return f"<html><body><div>{before}<h1>柳湾区政府工作报告</h1>{report}{beside}</div></body></html>"


def box(*lines: str) -> str:
    """What a site says of itself, marked up otherwise than the body."""
    return "<section>" + "".join(f"<p>{line}</p>" for line in lines) + "</section>"


def known(*markups: str) -> Template:
    """The template of a host whose pages teach what these do."""
    return frozenset(place for markup in markups for place in surroundings_of(markup))


def everything(markup: str) -> Template:
    """A template that holds every line of a page at its place, however it was learnt."""
    behind = markup.replace("</html>", f"<div>{''.join(f'<p>{text}</p>' for text in BODY * 9)}</div></html>")
    return known(behind) | known(markup)


def paragraphs(markup: str, template: Template) -> tuple[str, ...]:
    return extract(markup, template=template).paragraphs


# --- learning


def test_a_box_behind_the_body_is_taught_and_then_left_out() -> None:
    markup = page(behind=box(LABEL, ABOUT))
    assert paragraphs(markup, NOTHING_SHARED) != BODY
    assert paragraphs(markup, known(markup)) == BODY


def test_a_box_before_the_body_is_taught_and_then_left_out() -> None:
    markup = page(before=box(ABOUT, HISTORY))
    assert paragraphs(markup, known(markup)) == BODY


@pytest.mark.parametrize("wrap", ["<p>{}</p>", "<section><p>{}</p></section>", "<div><p>{}</p></div>", "<div>{}</div>"])
def test_no_line_marked_up_as_the_body_is_ever_taught(wrap: str) -> None:
    taught = {
        text for _, text in surroundings_of(page(wrap=wrap, behind=f"<ul><li>{ABOUT}</li><li>{HISTORY}</li></ul>"))
    }
    assert ABOUT in taught
    assert not taught & set(BODY)


def test_a_body_in_two_boxes_teaches_neither() -> None:
    second = "".join(f"<p>{text}</p>" for text in BODY[2:])
    assert known(page(BODY[:2], beside=f"<div>{second}</div>")) == NOTHING_SHARED


@pytest.mark.parametrize("content", ["", "<p></p>", "<html><body><nav>首页</nav></body></html>"])
def test_a_page_without_a_body_teaches_nothing(content: str) -> None:
    assert surroundings_of(content) == ()


def test_one_page_teaches_so_many_lines_at_most() -> None:
    many = page(behind="".join(box(ABOUT.replace("青年", f"青年{n}")) for n in range(3 * MOST_TAUGHT)))
    assert len(surroundings_of(many)) <= MOST_TAUGHT


def test_a_plain_text_teaches_nothing() -> None:
    assert surroundings_of("柳湾区政府工作报告\n\n一、综合\n".encode(), "text/plain") == ()


def test_places_stay_short_however_deep_the_markup() -> None:
    deep = page(behind=f"{'<section>' * 150}<p>{ABOUT}</p>{'</section>' * 150}")
    assert ABOUT in {text for _, text in surroundings_of(deep)}
    assert max(len(path) for path, _ in surroundings_of(deep)) <= 120


def test_a_text_is_told_from_others_by_its_longest_paragraphs() -> None:
    other = tuple(text.replace("柳湾区", "石桥县") for text in BODY)
    edited = (*BODY[:3], BODY[3].replace("8000", "9000"), "新添的一句话。")
    assert not set(marks(BODY, ())) & set(marks(other, ()))
    assert set(marks(BODY, ())) & set(marks(edited, ()))
    assert marks((ABOUT, *BODY), [("p", ABOUT)]) == marks(BODY, ())
    assert marks((), ()) == ()


# --- using


def test_a_known_line_stays_where_a_sentence_of_the_pages_own_stands_beside_it() -> None:
    markup = page(behind=box(ABOUT, BODY[3]))
    assert paragraphs(markup, known(page(behind=box(ABOUT)))) == paragraphs(markup, NOTHING_SHARED)


def test_the_same_words_at_another_place_stay() -> None:
    template = known(page(behind=box(ABOUT)))
    elsewhere = page(behind=f"<blockquote><p>{ABOUT}</p></blockquote>")
    assert paragraphs(elsewhere, template) == paragraphs(elsewhere, NOTHING_SHARED)


def test_labels_alone_are_never_taken_away() -> None:
    markup = page(behind=box("青柳网", "家乡的故事"))
    assert paragraphs(markup, known(markup)) == paragraphs(markup, NOTHING_SHARED)


@pytest.mark.parametrize(
    "wrap", ["<p>{}</p>", "<section><p>{}</p></section>", "<div><p>{}</p></div>", "<div>{}</div>", "{}<br>"]
)
@pytest.mark.parametrize("at", [0, 2, 6])
def test_what_is_marked_up_as_the_body_stays_though_all_pages_have_it(wrap: str, at: int) -> None:
    body = (*BODY[:at], FORMULA, *BODY[at:])
    markup = page(body, wrap=wrap)
    template = everything(page((FORMULA,), wrap=wrap)) | everything(markup)
    assert paragraphs(markup, template) == paragraphs(markup, NOTHING_SHARED) == body


def test_a_box_amid_the_body_stays_though_all_pages_have_it() -> None:
    rest = "".join(f"<p>{text}</p>" for text in BODY[2:])
    markup = page(BODY[:2], beside=f"{box(FORMULA)}<div>{rest}</div>")
    assert FORMULA in paragraphs(markup, NOTHING_SHARED)
    assert paragraphs(markup, known(page(beside=box(FORMULA)))) == paragraphs(markup, NOTHING_SHARED)


def test_a_template_that_would_take_much_of_a_text_is_let_be() -> None:
    half = tuple(f"柳湾区的第{n}项工作是让群众的日子一年比一年红火，把家乡建设得更加美丽。" for n in range(40))
    markup = page(behind=box(*half[:30]))
    template = frozenset(("html/body/div/div/section/p", text) for text in half)
    assert {*half[:30]} <= {*paragraphs(markup, NOTHING_SHARED)}
    assert paragraphs(markup, template) == paragraphs(markup, NOTHING_SHARED)


def test_a_page_all_of_which_is_known_stays_as_it_is() -> None:
    markup = page(behind=box(ABOUT))
    template = everything(markup) | frozenset(("html/body/div/div/p", text) for text in BODY)
    assert paragraphs(markup, template) == paragraphs(markup, NOTHING_SHARED)


@pytest.mark.parametrize(
    "edited",
    [
        (LABEL, ABOUT, HISTORY.replace("十个春秋", "十一个春秋")),
        (LABEL, HISTORY.replace("十个春秋", "十一个春秋")),
        (f"{LABEL}与未来", ABOUT, HISTORY),
        (ABOUT,),
    ],
)
def test_a_box_stays_out_when_its_site_edits_it(edited: tuple[str, ...]) -> None:
    template = known(page(behind=box(LABEL, ABOUT, HISTORY)))
    markup = page(behind=box(*edited))
    assert paragraphs(markup, template) == BODY


def test_why_an_edited_box_stays_out_is_told() -> None:
    edited = HISTORY.replace("十个春秋", "十一个春秋")
    markup = page(behind=box(ABOUT, edited))
    assert edited in paragraphs(markup, NOTHING_SHARED)
    reasons = {line.text: line.reason for line in explain(markup, template=known(page(behind=box(ABOUT, HISTORY))))}
    assert reasons[ABOUT] == "3 pages of this host or more have it at the same place"
    assert reasons[edited] == "3 pages of this host or more have most of its box at the same place"


def test_a_new_sentence_beside_known_ones_is_the_pages_own() -> None:
    template = known(page(behind=box(ABOUT, HISTORY)))
    deadline = "柳湾区的申报材料请于3月5日前报送，逾期不再受理。"
    assert deadline in paragraphs(page(behind=box(ABOUT, HISTORY, deadline)), template)


def test_a_short_notice_is_found_beside_longer_words_of_its_site() -> None:
    notice = ("柳湾区二季度缴费定于4月8日开始，请大家按时办理。",)
    site = box(ABOUT, HISTORY, ABOUT.replace("青年", "朋友"))
    markup = page(notice, beside=site)
    assert paragraphs(markup, NOTHING_SHARED) != notice
    template = known(page((*BODY, *(text.replace("柳湾区", "石桥县") for text in BODY)), beside=site))
    assert paragraphs(markup, template) == notice


def test_text_between_line_breaks_is_one_box() -> None:
    report = "<br>".join(BODY)
    markup = f"<body><td><div>{report}</div><p>{ABOUT}</p></td></body>"
    assert {text for _, text in surroundings_of(markup)} <= {ABOUT}
    assert paragraphs(markup, known(markup)) == BODY
