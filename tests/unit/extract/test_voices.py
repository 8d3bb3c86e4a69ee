"""Readers' words below a body go, line after line of them; interviews, labelled lists and notes stay."""

import pytest

from crawler.extract import extract

REPORT = [f"全市上下凝心聚力，完成了第{n}个方面的工作，取得了新的进展，群众的日子越过越好。" for n in "一二三四五六"]
SAID = ("说得好，支持一下！", "我家门口的路什么时候修啊", "增长8%有点悬吧", "路过看看")


def body(block: str) -> list[str]:
    """The body of a page with a block behind it."""
    paragraphs = "".join(f"<p>{line}</p>" for line in REPORT)
    return list(extract(f"<html><body><div>{paragraphs}{block}</div></body></html>").paragraphs)


@pytest.mark.parametrize(
    "name", ["{n}号船工：", "沙发 老船工{n}：", "#{n} chuan_{n}：", "网民“茶客{n}”：", "茶客{n}（云溪）："]
)
@pytest.mark.parametrize("line", ["<p>{}</p>", "<div>{}</div>", "{}<br>", "<ul><li>{}</li></ul>"])
def test_readers_words_behind_a_body_go(name: str, line: str) -> None:
    lines = (line.format(name.format(n=n) + said) for n, said in enumerate(SAID, 1))
    assert body("".join(lines)) == REPORT


@pytest.mark.parametrize(
    "lines",
    [
        ["记者：您怎么看今年的目标？", "陈局长：我们有信心，请大家支持。", "记者：谢谢您！", "陈局长：感谢关心！"],
        ["财政收入：增长5%以上", "城镇就业：新增2万人", "粮食产量：稳定在30万吨"],
        ["责任单位：市发改委", "完成时限：年底之前", "分管领导：陈晓"],
        ["老船工：我家门口的路修好了！", "茶客：支持！"],  # two do not make a list
    ],
)
def test_interviews_and_labelled_lines_stay(lines: list[str]) -> None:
    assert body("".join(f"<p>{line}</p>" for line in lines)) == [*REPORT, *lines]


def test_the_note_above_readers_words_stays() -> None:
    note = "资料来源：本公报数据均来自县统计局。"
    said = "".join(f"<p>老船工{n}：{text}</p>" for n, text in enumerate(SAID))
    assert body(f"<p>{note}</p><div>{said}</div>") == [*REPORT, note]


def test_more_words_of_readers_than_sentences_are_the_body() -> None:
    said = [f"老船工{n}：{text}，{text}，{text}，大家都这么说" for n, text in enumerate(SAID * 3)]
    page = f"<html><body><div><p>{REPORT[0]}</p>{''.join(f'<p>{line}</p>' for line in said)}</div></body></html>"
    assert said[0] in extract(page).paragraphs
