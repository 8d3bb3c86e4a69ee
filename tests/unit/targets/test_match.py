"""What became of the targets between two versions: the laws, and what a reader of alerts would notice."""

import re
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crawler.model import Target
from crawler.targets import compare_targets, describe_change, find_targets
from tests.support.targets import YEAR, made

SENTENCES = (
    "力争地区生产总值增长6%左右。",
    "固定资产投资完成2700亿元、增长10%以上。",
    "城镇调查失业率控制在5%以内。",
    "新增高新技术企业30家以上，新增就业8万人。",
    "新增停车位3000个，改造老旧小区40个。",
    "居民收入、村集体收入与经济增长同步。",
    "制造业投资、技改投资分别增长8%、12%以上。",
    "确保江北大桥10月底前建成通车。",
    "全年新建公园30个，其中口袋公园12个。",
)


def targets(*sentences: str) -> list[Target]:
    return find_targets("\n".join(sentences), YEAR)


def changes(old: str, new: str) -> list[str]:
    return [describe_change(change) for change in compare_targets(targets(old), targets(new)).changed]


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("力争出口增长6%左右。", "力争出口增长5.5%左右。", "出口增长 6%左右 → 5.5%左右"),
        ("力争出口增长6%左右。", "力争出口增长6%以上。", "出口增长 6%左右 → 6%以上"),
        ("力争出口增长6%。", "力争出口下降6%。", "出口 增长6% → 下降6%"),
        ("投资2700亿元、增长9%。", "投资2800亿元、增长9%。", "投资 2700亿元 → 2800亿元"),
        ("失业率控制在5%以内。", "失业率控制在5.5%以内。", "失业率 5%以内 → 5.5%以内"),
        ("增收目标明确，出口增长5%—6%。", "增收目标明确，出口增长5%—5.5%。", "出口增长 5%—6% → 5%—5.5%"),
        ("10月底前建成江北大桥。", "11月底前建成江北大桥。", "建成江北大桥 10月底前 → 11月底前"),
        ("到2035年出口达到60亿元。", "到2036年出口达到60亿元。", "出口 60亿元（2035） → 60亿元（2036）"),
    ],
)
def test_a_changed_target_is_told_with_old_and_new(old: str, new: str, told: str) -> None:
    assert changes(old, new) == [told]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("力争投资2700亿元。", "力争投资0.27万亿元。"),
        ("力争GDP增长6%左右。", "力争地区生产总值增长 6 ％ 左右。"),
        ("力争出口增长6%左右。", "在稳住大盘的同时，力争出口增长6%左右。"),
        ("新增就业11万人以上。", "新增就业110000人以上。"),
        ("出口增长百分之八。", "出口增长8%。"),
        ("培训不少于5000人。", "培训5000人以上。"),
    ],
)
def test_the_same_said_otherwise_is_no_change(old: str, new: str) -> None:
    assert not compare_targets(targets(old), targets(new))


def test_an_indicator_in_place_of_another_is_added_and_removed() -> None:
    diff = compare_targets(targets("工业投资增长10%。"), targets("固定资产投资增长10%。"))
    assert ([t.indicator for t in diff.removed], [t.indicator for t in diff.added]) == (["工业投资"], ["固定资产投资"])
    assert diff.changed == ()


def test_the_right_one_of_many_namesakes_is_changed() -> None:
    old = [
        made("新增企业", str(n), sentence=f"{place}新增企业。", unit="家") for n, place in enumerate("东西南北中", 10)
    ]
    new = [*old[:2], replace(old[2], low=Decimal(99), high=Decimal(99)), *old[3:]]
    diff = compare_targets(old, list(reversed(new)))
    assert [(change.old.low, change.new.low) for change in diff.changed] == [(Decimal(12), Decimal(99))]
    assert not diff.added
    assert not diff.removed


def test_one_of_two_equal_targets_dropped_is_removed() -> None:
    pair = targets("新增企业30家。", "东区新增企业30家。")
    assert len(compare_targets(pair, pair[:1]).removed) == 1


def test_only_promises_are_compared() -> None:
    old, new = made("出口", "6", status="achievement"), made("出口", "7", status="optional")
    assert not compare_targets([old], [new])


def test_a_number_judged_anew_because_of_the_text_around_it_is_no_change() -> None:
    target = made("出口", "6")
    assert not compare_targets([target], [replace(target, status="achievement")])


def test_thousands_of_namesakes_are_compared_in_bounds() -> None:
    old = [made("新增企业", str(n), unit="家", sentence="新增企业。") for n in range(5_000)]
    new = [made("新增企业", str(n), unit="家", sentence="新增企业。") for n in range(5_000, 10_000)]
    assert len(compare_targets(old, new).changed) == 5_000


@given(st.permutations(SENTENCES))
def test_moved_sentences_are_no_change(order: list[str]) -> None:
    assert not compare_targets(targets(*SENTENCES), targets(*order))


@given(st.lists(st.sampled_from(SENTENCES)))
def test_identity(sentences: list[str]) -> None:
    found = targets(*sentences)
    assert not compare_targets(found, found)


@given(st.lists(st.sampled_from(SENTENCES), max_size=6), st.lists(st.sampled_from(SENTENCES), max_size=6))
def test_swapping_the_versions_swaps_added_and_removed(one: list[str], other: list[str]) -> None:
    old, new = targets(*one), targets(*other)
    there, back = compare_targets(old, new), compare_targets(new, old)
    assert (there.added, there.removed) == (back.removed, back.added)
    assert {(c.old, c.new) for c in there.changed} == {(c.new, c.old) for c in back.changed}


@given(st.integers(0, 8), st.integers(11, 9_999))
@settings(max_examples=60)
def test_every_edit_of_a_number_is_found(which: int, number: int) -> None:
    edited = list(SENTENCES)
    numbers = [target for target in targets(SENTENCES[which]) if target.low is not None and target.unit != "date"]
    if not numbers:
        return
    written = numbers[0].text
    edited[which] = SENTENCES[which].replace(written, f"{number}.07{numbers[0].unit}", 1)
    diff = compare_targets(targets(*SENTENCES), targets(*edited))
    assert [change.old.text for change in diff.changed] == [written]
    assert not diff.added
    assert not diff.removed


@given(
    st.lists(st.builds(made, st.sampled_from(["出口", "投资", "新增企业"]), st.integers(1, 5).map(str)), max_size=8),
    st.lists(st.builds(made, st.sampled_from(["出口", "投资", "新增企业"]), st.integers(1, 5).map(str)), max_size=8),
)
def test_every_target_is_accounted_for_once(old: list[Target], new: list[Target]) -> None:
    diff = compare_targets(old, new)
    assert len(old) - len(diff.removed) == len(new) - len(diff.added)
    assert len(diff.changed) + len(diff.removed) <= len(old)


@pytest.mark.parametrize(
    "report", sorted((Path(__file__).resolve().parents[4] / "shared" / "reports").rglob("*.txt"))[:4]
)
def test_a_report_with_other_blanks_and_full_width_figures_has_no_change(report: Path) -> None:
    text = report.read_text(encoding="utf-8")
    wide = {ord(char): char_wide for char, char_wide in zip("0123456789%", "０１２３４５６７８９％", strict=True)}
    spaced = re.sub(r"(\d)(?=[%亿万个家])", r"\1 ", text)
    found = find_targets(text)
    assert not compare_targets(found, find_targets(spaced))
    assert not compare_targets(found, find_targets(text.translate(wide)))
