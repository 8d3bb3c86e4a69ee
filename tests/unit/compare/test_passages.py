"""How the paragraphs of two texts find each other."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.compare.passages import Passage, passages

PARAGRAPHS = [
    "聚焦实体经济，推动制造业增长和产业链升级，培育一批链主企业，建设云溪先进材料基地。",
    "持续推进乡村振兴，改造农村公路120公里，让田园更有看头、农民更有奔头，村村都有好光景。",
    "办好民生实事，新建幼儿园六所，扩建人民医院，让群众在家门口就能看好病、上好学。",
    "坚持绿色发展，治理河道三十里，关停小煤窑，让天更蓝、水更清、岸更绿，鱼翔浅底成为常态。",
    "优化营商环境，推行一网通办，为企业减负二十亿元，让守信者处处受益、失信者寸步难行。",
]
SPUN = {"推进": "鞭策", "增长": "删加", "建设": "扶植", "改造": "革新", "企业": "公司", "发展": "成长", "群众": "大众"}


def ops(found: tuple[Passage, ...]) -> list[str]:
    return [passage.op + ("*" if passage.moved else "") for passage in found]


def compared(old: list[str], new: list[str]) -> tuple[Passage, ...]:
    return passages("\n".join(old), "\n".join(new))


def spin(text: str) -> str:
    for word, other in SPUN.items():
        text = text.replace(word, other)
    return text


class TestSame:
    def test_a_text_and_itself(self) -> None:
        assert ops(compared(PARAGRAPHS, PARAGRAPHS)) == ["same"] * 5

    def test_presentation_and_blank_lines_change_nothing(self) -> None:
        wide = [f"　　{line.replace('，', ',')}" for line in PARAGRAPHS]
        assert ops(compared(PARAGRAPHS, [line for each in wide for line in (each, "")])) == ["same"] * 5

    def test_a_moved_paragraph(self) -> None:
        assert ops(compared(PARAGRAPHS, [*PARAGRAPHS[1:], PARAGRAPHS[0]])) == ["same"] * 4 + ["same*"]

    def test_paragraphs_cut_in_two_or_joined(self) -> None:
        first, rest = PARAGRAPHS[0].split("，", 1)
        assert ops(compared(PARAGRAPHS, [f"{first}，", rest, *PARAGRAPHS[1:]])) == ["same"] * 5
        assert ops(compared(PARAGRAPHS, ["".join(PARAGRAPHS)])) == ["same"]
        assert ops(compared(["".join(PARAGRAPHS)], PARAGRAPHS)) == ["same"]

    def test_paragraphs_cut_at_other_places(self) -> None:
        text = "".join(f"{line}这是云溪市第{number}件要紧的事情。" for number, line in enumerate(PARAGRAPHS, start=11))
        sentences = [f"{part}。" for part in text.split("。") if part]
        old = ["".join(sentences[start : start + 3]) for start in range(0, 10, 3)]
        new = [sentences[0], *("".join(sentences[start : start + 4]) for start in range(1, 10, 4))]
        assert set(ops(compared(old, new))) == {"same"}

    def test_a_heading_run_into_its_paragraph(self) -> None:
        assert ops(compared(["一、回顾", *PARAGRAPHS], [f"一、回顾{PARAGRAPHS[0]}", *PARAGRAPHS[1:]])) == ["same"] * 5

    def test_nothing(self) -> None:
        assert passages("", " \n ") == ()


class TestChanged:
    def test_words_put_otherwise_are_changed_words(self) -> None:
        found = compared(PARAGRAPHS, [spin(line) for line in PARAGRAPHS])
        assert {passage.op for passage in found} == {"changed"}
        diff = found[0].diff
        assert diff is not None
        assert [(hunk.old, hunk.new) for hunk in diff.hunks] == [("增长", "删加"), ("企业，建设", "公司，扶植")]

    def test_though_moved_as_well(self) -> None:
        found = compared(PARAGRAPHS, [spin(line) for line in (*PARAGRAPHS[2:], *PARAGRAPHS[:2])])
        assert sorted(ops(found)) == ["changed"] * 3 + ["changed*"] * 2
        assert [passage.old[0].number for passage in found] == [2, 3, 4, 0, 1]

    def test_a_paragraph_written_anew_in_its_place(self) -> None:
        anew = "把云溪的制造业做大，让产业链向上走，新材料基地再添链主。"
        assert ops(compared(PARAGRAPHS, [anew, *PARAGRAPHS[1:]])) in (
            ["changed", *["same"] * 4],
            ["dropped", "added", *["same"] * 4],
        )


class TestDroppedAndAdded:
    def test_where_they_stood(self) -> None:
        assert ops(compared(PARAGRAPHS, [*PARAGRAPHS[:2], *PARAGRAPHS[3:]])) == [
            "same",
            "same",
            "dropped",
            "same",
            "same",
        ]
        assert ops(compared(PARAGRAPHS[1:], PARAGRAPHS)) == ["added", *["same"] * 4]

    def test_another_paragraph_is_not_the_same_one_reworded(self) -> None:
        assert sorted(ops(compared(PARAGRAPHS[:3], PARAGRAPHS[3:]))) == ["added"] * 2 + ["dropped"] * 3


TEXTS = st.lists(st.sampled_from([*PARAGRAPHS, *map(spin, PARAGRAPHS), "一、回顾", ""]), max_size=8)


@given(TEXTS, TEXTS)
def test_every_paragraph_stands_in_one_passage(old: list[str], new: list[str]) -> None:
    found = compared(old, new)
    for side, lines in (("old", old), ("new", new)):
        listed = [each for passage in found for each in getattr(passage, side)]
        assert sorted(each.number for each in listed) == list(range(sum(map(bool, lines))))
        assert all("\n".join(lines)[each.start :].startswith(each.text) for each in listed)


@pytest.mark.parametrize("text", ["百" * 100_000, "6%" * 50_000, "增长6%。\n" * 20_000, "、\n" * 50_000])
def test_hostile_texts_come_to_an_end(text: str) -> None:
    assert ops(passages(text, text)).count("same") == len(passages(text, text))
    assert passages(text, "\n".join(PARAGRAPHS))
