"""Which two texts are prints of one report, and which of their differences a reader would be told."""

import random
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crawler.compare.prints import Difference, compare_prints
from tests.support.prints import BODY, BUDGET, FOOT, HEAD, PLAN, READING, REPORT, SUMMARY
from tests.support.sides import side

TEXT = "\n".join(REPORT)
SPUN = {"推进": "鞭策", "增长": "删加", "建设": "扶植", "改造": "革新", "企业": "公司", "发展": "成长", "群众": "大众"}


def spin(text: str) -> str:
    for word, other in SPUN.items():
        text = text.replace(word, other)
    return text


def compared(new: list[str] | str, old: list[str] | str = TEXT) -> Difference:
    first, second = (text if isinstance(text, str) else "\n".join(text) for text in (old, new))
    found = compare_prints(side(first), side(second))
    assert found is not None
    return found


def edits(found: Difference) -> list[tuple[str, str]]:
    return [(edit.old, edit.new) for edit in found.edits]


class TestWhatIsAPrint:
    @pytest.mark.parametrize("other", [PLAN, BUDGET, READING, SUMMARY, REPORT[: len(REPORT) // 2], BODY[5:6]])
    def test_other_papers_of_the_place_and_year_are_none(self, other: list[str]) -> None:
        for pair in ((REPORT, other), (other, REPORT)):
            first, second = (side("\n".join(lines)) for lines in pair)
            assert compare_prints(first, second) is None

    @pytest.mark.parametrize(
        "lines", [REPORT, BODY, [*REPORT, *FOOT], REPORT[:-2], list(map(spin, REPORT)), REPORT[:8] + REPORT[9:]]
    )
    def test_a_print_with_more_or_less_around_it_or_reworded_is_one(self, lines: list[str]) -> None:
        assert compare_prints(side(TEXT), side("\n".join(lines))) is not None

    def test_nothing_is_a_print_of_nothing(self) -> None:
        assert compare_prints(side(""), side("")) is None
        assert compare_prints(side(TEXT), side("")) is None


def chinese(text: str) -> str:
    digits = "零一二三四五六七八九"

    def words(found: re.Match[str]) -> str:
        whole, _, rest = found[1].partition(".")
        return f"百分之{digits[int(whole)]}" + ("点" + "".join(digits[int(d)] for d in rest) if rest else "")

    return re.sub(r"(\d(?:\.\d+)?)%", words, text)


def wide(text: str) -> str:
    return re.sub(r"[0-9%.]", lambda sign: chr(ord(sign[0]) + 0xFEE0), text).replace("，", ",")


PRESENTATIONS = {
    "as it is": TEXT,
    "full width": wide(TEXT),
    "numbers in words": chinese(TEXT),
    "numbers in full": TEXT.replace("3万", "30000").replace("1.2万", "12,000").replace("800张", "八百张"),
    "other quotes and signs": TEXT.replace("，", "、").replace("；", "。").replace("6所", "6 所"),
    "a sentence a line": re.sub("[。；]", "。\n", TEXT),
    "one line": TEXT.replace("\n", ""),
    "indented, with empty lines": "\n\n".join(f"　　{line}" for line in REPORT),
    "without head": "\n".join(BODY),
    "without headings": "\n".join(line for line in REPORT if len(line) > 20),
    "another head": "\n".join(
        [
            "云溪市2031年政府工作报告（摘要）",
            "（2031年1月12日）",
            "市长 沈知远",
            "我代表市人民政府作工作报告，请予审议。",
            *BODY,
        ]
    ),
    "an editor's lead": "\n".join(
        ["本网讯 1月12日，云溪市第九届人民代表大会第五次会议开幕，沈知远市长作政府工作报告。全文如下：", *REPORT]
    ),
    "with foot": "\n".join([*REPORT, *FOOT]),
    "an editor's line at the end of the last one": TEXT + "（责任编辑：何田）",
    "an editor's line amid": "\n".join([*REPORT[:9], "（下转第二版）", "图为云溪东站。 林小满 摄", *REPORT[9:]]),
    "marks of notes": TEXT.replace("一网通办", "一网通办[1]").replace("专精特新", "专精特新②"),
    "a paragraph elsewhere": "\n".join([*REPORT[:11], REPORT[12], REPORT[11], *REPORT[13:]]),
    "a clause in another paragraph": TEXT.replace("，让群众在家门口看得好病、上得好学", "").replace(
        "一网通办，", "一网通办，让群众在家门口看得好病、上得好学，"
    ),
}


class TestWhatIsNoDifference:
    @pytest.mark.parametrize("name", PRESENTATIONS)
    def test_presentation(self, name: str) -> None:
        for pair in ((TEXT, PRESENTATIONS[name]), (PRESENTATIONS[name], TEXT)):
            found = compared(pair[1], pair[0])
            assert edits(found) == []
            assert not found.targets
            assert not found.text.changed
            assert not found.words

    def test_any_two_presentations(self) -> None:
        dice = random.Random(7)
        texts = list(PRESENTATIONS.values())[:14]
        for _ in range(25):
            one, other = dice.sample(texts, 2)
            assert edits(compared(other, one)) == []


class TestWhatDiffers:
    def test_a_target(self) -> None:
        found = compared(
            [*HEAD[:2], *wide(chinese("\n".join(BODY)).replace("百分之六左", "百分之五点五左")).split("\n")]
        )
        (change,) = found.targets.changed
        assert (change.old.text, change.new.low) == ("6%", change.old.low - change.old.low / 12)
        assert len(found.edits) == 1

    @pytest.mark.parametrize(
        ("old", "new"),
        [
            ("6%左右", "5.5%左右"),
            ("120公里", "102公里"),
            ("8%以上", "8%以内"),
            ("20亿元", "20万元"),
            ("30公里", "-30公里"),
        ],
    )
    def test_a_target_in_a_text_printed_otherwise(self, old: str, new: str) -> None:
        text = re.sub("[。；]", "。\n", TEXT.replace(old, new)) + "\n" + "\n".join(FOOT)
        found = compared(text)
        assert len(found.edits) == 1
        assert found.words

    def test_a_bound_that_moves_from_one_target_to_another(self) -> None:
        found = compared(TEXT.replace("8%以上", "8%").replace("6%左右", "6%以上左右"))
        assert len(found.edits) == 2

    def test_a_word(self) -> None:
        found = compared(TEXT.replace("攻坚克难", "迎难而上"))
        assert edits(found) == [("攻坚克难", "迎难而上")]
        assert not found.targets

    def test_a_paragraph_dropped_amid(self) -> None:
        found = compared(REPORT[:11] + REPORT[12:])
        assert edits(found) == [(REPORT[11], "")]
        assert [target.text for target in found.targets.removed] == ["3万亩", "120公里", "10家"]
        assert found.text.hunks[0].op == "delete"

    def test_a_paragraph_added_amid(self) -> None:
        assert edits(compared(TEXT, REPORT[:11] + REPORT[12:])) == [("", REPORT[11])]

    def test_the_excerpt_shows_the_edits_alone(self) -> None:
        text = wide(TEXT.replace("攻坚克难", "迎难而上")).replace("3万亩", "4万亩").replace("３万亩", "4万亩")
        hunks = compared(text).text.hunks
        assert [(hunk.old, hunk.new) for hunk in hunks] == [("攻坚克难", "迎难而上"), ("3", "4")]

    def test_other_words_for_a_number_are_no_other_target(self) -> None:
        found = compared(TEXT.replace("新增经营主体", "新添市场主体"))
        assert found.edits
        assert not found.targets

    @settings(max_examples=30)
    @given(st.integers(0, len(TEXT) - 1))
    def test_every_digit(self, near: int) -> None:
        places = [place for place in re.finditer(r"\d+", TEXT) if TEXT.find(BODY[1]) <= place.start()]
        place = places[near % len(places)]
        text = f"{TEXT[: place.start()]}{int(place[0]) + 7}{TEXT[place.end() :]}"
        assert len(compared(text).edits) == 1


class TestWords:
    def test_a_difference_that_shrinks_says_no_new_word(self) -> None:
        both = TEXT.replace("6%左右", "5.5%左右").replace("攻坚克难", "迎难而上")
        before, after = compared(both).words, compared(TEXT.replace("攻坚克难", "迎难而上")).words
        assert all(before[word] >= count for word, count in after.items())

    def test_the_same_edit_in_a_second_place_is_new(self) -> None:
        one = TEXT.replace("推进", "推动")
        two = one.replace("建成云溪东站", "推进云溪东站")
        assert compared(two).words != compared(one).words

    def test_presentation_changes_no_word(self) -> None:
        edited = TEXT.replace("6%左右", "5.5%左右")
        assert compared(edited).words == compared(wide(edited)).words == compared(edited + "\n" + "\n".join(FOOT)).words


class TestBeside:
    def test_a_quantity_alone(self) -> None:
        found = compared(TEXT.replace("6%左右", "5.5%左右"))
        assert not found.beside(found.targets.changed)
        assert found.beside(())

    def test_and_a_word(self) -> None:
        found = compared(TEXT.replace("6%左右", "5.5%左右").replace("攻坚克难", "迎难而上"))
        assert found.beside(found.targets.changed)


@pytest.mark.parametrize("text", ["增长6%。\n" * 5_000, "百" * 50_000, "6%。" * 10_000])
def test_hostile_texts_come_to_an_end(text: str) -> None:
    assert compare_prints(side(text), side(text + "\n" + TEXT)) is None or True
