"""Numbers of Word's lists, which Word computes and no text holds."""

import pytest

from crawler.extract import extract
from tests.support.word import docx, levels, listed, paragraph


def read(body: str, numbering: str, styles: str = "") -> tuple[str, ...]:
    return extract(docx(body, numbering=numbering, styles=styles)).paragraphs


@pytest.mark.parametrize(
    ("style", "start", "shown"),
    [
        ("decimal", 9, "9 10"),
        ("decimalZero", 9, "09 10"),
        ("chineseCounting", 9, "九 十"),
        ("chineseCountingThousand", 10, "十 十一"),
        ("chineseCountingThousand", 19, "十九 二十"),
        ("chineseCountingThousand", 104, "一百零四 一百零五"),
        ("chineseCountingThousand", 110, "一百一十 一百一十一"),
        ("chineseCountingThousand", 2026, "二千零二十六 二千零二十七"),
        ("japaneseCounting", 21, "二十一 二十二"),
        ("ideographDigital", 10, "一〇 一一"),
        ("chineseLegalSimplified", 10, "壹拾 壹拾壹"),
        ("ideographTraditional", 1, "甲 乙"),
        ("ideographZodiac", 12, "亥 子"),
        ("upperRoman", 4, "IV V"),
        ("lowerRoman", 9, "ix x"),
        ("upperLetter", 26, "Z AA"),
        ("lowerLetter", 1, "a b"),
        ("decimalEnclosedCircle", 20, "⑳ (21)"),
        ("decimalEnclosedParen", 1, "⑴ ⑵"),
        ("decimalEnclosedFullstop", 1, "1. 2."),
        ("decimalFullWidth", 9, "９ １０"),
        ("somethingNew", 3, "3 4"),
    ],
)
def test_every_usual_way_of_counting(style: str, start: int, shown: str) -> None:
    body = paragraph("甲项", properties=listed(1)) + paragraph("乙项", properties=listed(1))
    first, second = shown.split(" ")
    assert read(body, levels((style, "第%1条 "), start=start)) == (f"第{first}条甲项", f"第{second}条乙项")


def test_levels_begin_anew_below_each_item_of_the_one_above() -> None:
    depths = [0, 1, 1, 0, 1, 2, 2, 1]
    body = "".join(paragraph("x", properties=listed(1, depth)) for depth in depths)
    numbering = levels(("decimal", "%1"), ("decimal", "%1.%2"), ("lowerLetter", "%3)"))
    shown = [line.removesuffix("x").strip() for line in read(body, numbering)]
    assert shown == ["1", "1.1", "1.2", "2", "2.1", "a)", "b)", "2.2"]


def test_lists_that_share_their_form_go_on_unless_told_to_begin_anew() -> None:
    numbering = levels(("decimal", "%1."))
    numbering += '<w:num w:numId="2"><w:abstractNumId w:val="1"/></w:num>'
    anew = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride>'
    numbering += f'<w:num w:numId="3"><w:abstractNumId w:val="1"/>{anew}</w:num>'
    body = "".join(paragraph("项", properties=listed(number)) for number in (1, 2, 3, 3))
    assert read(body, numbering) == ("1.项", "2.项", "1.项", "2.项")


def test_headings_are_numbered_by_their_style() -> None:
    styles = f'<w:style w:styleId="H1"><w:pPr>{listed(1)}</w:pPr></w:style><w:style w:styleId="H2"/>'
    heading = '<w:pStyle w:val="H1"/>'
    numbering = levels(("chineseCounting", "%1、"))
    body = paragraph("回顾", properties=heading) + paragraph("正文") + paragraph("安排", properties=heading)
    assert read(body, numbering, styles) == ("一、回顾", "正文", "二、安排")
    unnumbered = paragraph("结语", properties=heading + '<w:numPr><w:numId w:val="0"/></w:numPr>')
    assert read(unnumbered, numbering, styles) == ("结语",)


def test_bullets_and_unknown_lists_say_nothing() -> None:
    body = (
        paragraph("点", properties=listed(1))
        + paragraph("无", properties=listed(9))
        + paragraph("深", properties=listed(1, 8))
    )
    assert read(body, levels(("bullet", "\uf0b7"))) == ("点", "无", "深")


def test_an_empty_item_is_no_paragraph_but_counts() -> None:
    body = paragraph("", properties=listed(1)) + paragraph("项", properties=listed(1))
    assert read(body, levels(("decimal", "%1."))) == ("2.项",)


@pytest.mark.parametrize("number", ["-1", "99999999999", "x", ""])
def test_odd_numbers_do_no_harm(number: str) -> None:
    odd = f'<w:numPr><w:ilvl w:val="{number}"/><w:numId w:val="1"/></w:numPr>'
    numbering = levels(("decimal", "%1.")).replace('<w:start w:val="1"/>', f'<w:start w:val="{number}"/>')
    assert read(paragraph("项", properties=odd), numbering) == ("1.项",)
