"""The noise of tests.support.noise does what it says: it moves everything but the report."""

import pytest
from selectolax.lexbor import LexborHTMLParser

from crawler.charset import decode
from crawler.text import fold
from tests.support.noise.bodies import BODIES, REPORT, long_report
from tests.support.noise.dice import Dice, Draw
from tests.support.noise.encodings import CHARSET, encode
from tests.support.noise.law import breaches, shrink, told
from tests.support.noise.markup import WAYS, rewrite, tokens
from tests.support.noise.pages import draws_of, page
from tests.support.noise.pools import grow
from tests.support.noise.shapes import NAMES
from tests.support.noise.slots import SLOTS, slot

PAGE = (
    '<!DOCTYPE html><html><head><meta charset="utf-8"><title>报告</title></head><body><!-- 注 --><div id=a class="b c">'
    "<p>今年地区生产总值增长6%左右，城镇新增就业8000人以上。</p>\n<p>各位代表：<br>我们要“真抓实干”。</p></div>"
    "<table><tr><td>指标</td><td>6%</td></tr></table><ul><li>一</li><li>二</li></ul><script>if (a<b) {}</script>"
    "<pre>甲\n乙</pre></body></html>"
)


def shown(markup: str) -> str:
    """What a browser shows of a page, white space and invisible characters aside."""
    tree = LexborHTMLParser(markup)
    tree.strip_tags(["script", "style", "head"])
    return fold(tree.body.text()) if tree.body else ""


def test_a_draw_is_the_same_each_time() -> None:
    assert [page(number) for number in range(40)] == [page(number) for number in range(40)]


def test_a_draw_without_its_noise_is_the_quiet_page() -> None:
    quiet = page(123, frozenset())
    assert quiet.items == ()
    assert page(123).items
    assert quiet == page(123, frozenset(("no such noise",)))


def test_leaving_out_one_piece_moves_no_other() -> None:
    draw = Draw(5)
    whole = [slot(draw, "below") for _ in range(1)]
    assert whole[0]
    first = next(item for item in draw.items if item != "below:order")
    one = slot(Draw(5, frozenset((first,))), "below")
    assert one
    assert one in whole[0]


@pytest.mark.parametrize("shape", NAMES)
def test_every_page_holds_the_whole_report_and_other_furniture(shape: str) -> None:
    contents = set()
    for number in list(draws_of(shape, 300))[:12]:
        drawn = page(number)
        text = shown(decode(drawn.content, drawn.content_type)[0])
        contents.add(drawn.content)
        for cell in (cell for paragraph in drawn.body.paragraphs for cell in paragraph.split(" | ")):
            if not any(item.startswith("inside") for item in drawn.items):
                assert fold(cell) in text
    assert len(contents) > 10


def test_all_shapes_and_bodies_are_drawn() -> None:
    drawn = {(number % len(NAMES), page(number, frozenset()).body.name) for number in range(len(NAMES) * 40)}
    assert {shape for shape, _ in drawn} == set(range(len(NAMES)))
    assert {name for _, name in drawn} == {*(body.name for body in BODIES), "long"}
    assert len(long_report().paragraphs) > 190


def test_all_furniture_can_be_grown() -> None:
    for name in SLOTS:
        for number in range(60):
            assert "{{" not in slot(Draw(number), name)
    assert {grow(Dice(number), "weekday") for number in range(99)} == set("一二三四五六日")


@pytest.mark.parametrize("way", WAYS)
def test_rewritten_markup_shows_the_same_text(way: str) -> None:
    assert "".join(token.text for token in tokens(PAGE)) == PAGE
    rewritten = {rewrite(PAGE, Draw(number, frozenset((f"markup:{way}",))), chance=1) for number in range(30)}
    assert rewritten != {PAGE}
    assert {shown(markup) for markup in rewritten} == {shown(PAGE)}


def test_bytes_in_any_encoding_say_the_same() -> None:
    markup = PAGE.replace('<meta charset="utf-8">', CHARSET)
    contents = [encode(markup, Draw(number), chance=1) for number in range(60)]
    assert len({content for content, _ in contents}) > 10
    assert {shown(decode(content, label)[0]) for content, label in contents} == {shown(PAGE)}


def test_a_breach_is_shrunk_to_the_noise_that_makes_it(monkeypatch: pytest.MonkeyPatch) -> None:
    number = next(number for number in range(500) if "footer:friends" in page(number).items)
    monkeypatch.setattr(
        "tests.support.noise.law.breaches",
        lambda drawn: {"body": "extra ['友情链接']"} if "footer:friends" in drawn.items else {},
    )
    assert shrink(number).items == ("footer:friends",)
    message = told(number)
    assert f"draw {number}" in message
    assert f"page({number}, frozenset(('footer:friends',)))" in message
    assert "extra ['友情链接']" in message


def test_a_breach_names_what_is_extra_and_what_is_lost() -> None:
    drawn = page(next(number for number in range(500) if page(number, frozenset()).body is REPORT), frozenset())
    assert (
        "lost ['各位代表：'"
        in breaches(type(drawn)(shape=drawn.shape, body=drawn.body, content=b"<p>x</p>", content_type="", items=()))[
            "body"
        ]
    )
