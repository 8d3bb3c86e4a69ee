"""Targets of a compilation are compared within their report, however the others come, go or move."""

from dataclasses import replace

import pytest

from crawler.model import Target, TargetDiff
from crawler.targets import compare_targets, find_targets
from tests.support.targets import YEAR

LINES = (
    "力争地区生产总值增长{a}%左右。",
    "固定资产投资完成{b}亿元、增长10%以上。",
    "新增高新技术企业{a}家以上，新增就业{b}万人。",
    "城镇调查失业率控制在5%以内。",
)


def report(name: str, a: int = 6, b: int = 20) -> list[Target]:
    text = "\n".join(LINES).format(a=a, b=b)
    return [replace(target, report=name) for target in find_targets(text, YEAR)]


def told(diff: TargetDiff) -> tuple[list[str], list[str], list[str]]:
    """The reports of what changed, came and went."""
    return (
        [change.new.report for change in diff.changed],
        [target.report for target in diff.added],
        [target.report for target in diff.removed],
    )


NAMED = [
    report("甲市2031年政府工作报告", 5, 10),
    report("乙市2031年政府工作报告", 6, 20),
    report("丙市2031年政府工作报告", 7, 30),
]
ALIKE = [
    report("市2031年政府工作报告", 5, 10),
    report("市2031年政府工作报告（2）", 6, 20),
    report("市2031年政府工作报告（3）", 7, 30),
]


def flat(groups: list[list[Target]]) -> list[Target]:
    return [target for group in groups for target in group]


def counted(groups: list[list[Target]]) -> list[Target]:
    """The groups under like headings, counted in order."""
    names = ["市2031年政府工作报告", *(f"市2031年政府工作报告（{n}）" for n in range(2, 9))]
    return [replace(target, report=name) for name, group in zip(names, groups, strict=False) for target in group]


@pytest.mark.parametrize("groups", [NAMED, ALIKE])
@pytest.mark.parametrize("which", [0, 1, 2])
def test_a_change_is_told_of_its_report_alone(groups: list[list[Target]], which: int) -> None:
    name = groups[which][0].report
    edited = [list(group) for group in groups]
    edited[which][0] = replace(edited[which][0], low=edited[which - 1][0].low, high=edited[which - 1][0].high)
    diff = compare_targets(flat(groups), flat(edited))
    assert told(diff) == ([name], [], [])


def test_nothing_is_told_of_reports_that_stayed_where_one_came_or_went() -> None:
    new = report("丁市2031年政府工作报告", 8, 40)
    for place in range(4):
        more = [*NAMED[:place], new, *NAMED[place:]]
        changed, added, removed = told(compare_targets(flat(NAMED), flat(more)))
        assert (changed, set(added), removed) == ([], {"丁市2031年政府工作报告"}, [])
        changed, added, removed = told(compare_targets(flat(more), flat(NAMED)))
        assert (changed, added, set(removed)) == ([], [], {"丁市2031年政府工作报告"})


def test_nor_where_their_headings_are_alike_and_counted_anew() -> None:
    new = report("", 8, 40)
    for place in range(4):
        more = counted([*ALIKE[:place], new, *ALIKE[place:]])
        changed, added, removed = told(compare_targets(flat(ALIKE), more))
        assert (changed, len(set(added)), removed) == ([], 1, [])
        assert told(compare_targets(more, flat(ALIKE)))[:2] == ([], [])


def test_nor_where_reports_change_places() -> None:
    assert not compare_targets(flat(NAMED), flat(NAMED[::-1]))
    assert not compare_targets(flat(ALIKE), counted(ALIKE[::-1]))


def test_a_report_whose_heading_was_edited_is_the_same() -> None:
    renamed = [replace(target, report="乙县2031年政府工作报告") for target in NAMED[1]]
    assert not compare_targets(flat(NAMED), flat([NAMED[0], renamed, NAMED[2]]))


def test_reports_told_apart_by_nothing_are_taken_in_order() -> None:
    old = [replace(find_targets(f"力争出口增长{n}%。", YEAR)[0], report=f"县报告（{n}）") for n in (3, 4)]
    new = [replace(find_targets(f"力争出口增长{n}%。", YEAR)[0], report=f"县报告（{n - 10}）") for n in (13, 14)]
    diff = compare_targets(old, new)
    assert [(str(change.old.low), str(change.new.low)) for change in diff.changed] == [("3", "13"), ("4", "14")]


def test_a_report_of_other_promises_is_another_one() -> None:
    other = [
        replace(target, report="丁市2031年政府工作报告") for target in find_targets("新建公园9个，绿道8公里。", YEAR)
    ]
    changed, added, removed = told(compare_targets(NAMED[0], other))
    assert (changed, set(added), set(removed)) == ([], {"丁市2031年政府工作报告"}, {"甲市2031年政府工作报告"})


def test_a_page_that_became_a_compilation_tells_the_new_report_only() -> None:
    alone = [replace(target, report="") for target in NAMED[0]]
    changed, added, removed = told(compare_targets(alone, flat(NAMED[:2])))
    assert (changed, set(added), removed) == ([], {"乙市2031年政府工作报告"}, [])
    assert told(compare_targets(flat(NAMED[:2]), alone))[:2] == ([], [])


def test_a_heading_lost_or_found_changes_no_target() -> None:
    joined = [replace(target, report=NAMED[0][0].report) for target in NAMED[1]]
    assert not compare_targets(flat(NAMED), flat([NAMED[0], joined, NAMED[2]]))
    assert not compare_targets(flat([NAMED[0], joined, NAMED[2]]), flat(NAMED))


def test_the_same_compilation_has_no_changes() -> None:
    for groups in (NAMED, ALIKE, [[]]):
        assert not compare_targets(flat(groups), flat(groups))
