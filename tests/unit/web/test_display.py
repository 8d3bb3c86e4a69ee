"""What the change page shows of a comparison: whatever is opened, nothing is lost and nothing told twice."""

from hypothesis import given, settings
from hypothesis import strategies as st

from crawler.live import LivePage
from crawler.web.display import Compared, Display, Fold, Line, Part, compared, opened_part
from tests.support.diff import edited_pairs, made_up_report


def live(found: Compared) -> LivePage:
    return LivePage("https://x.example/a", found.diff.new)


def parts(found: Compared, display: Display) -> list[Part]:
    """All parts, gone through as a reader does."""
    shown = [display.part(0, live(found))]
    while (following := shown[-1].behind) is not None:
        shown.append(display.part(following, live(found)))
    assert [part.number for part in shown] == list(range(1, shown[0].count + 1))
    return shown


def lines(shown: list[Part]) -> list[Line]:
    return [block for part in shown for block in part.blocks if isinstance(block, Line)]


def covered(blocks: tuple[Line | Fold, ...]) -> list[int]:
    """The rows of blocks, shown or folded."""
    found: list[int] = []
    for block in blocks:
        found += [block.at] if isinstance(block, Line) else range(block.start, block.stop)
    return found


@given(edited_pairs())
@settings(deadline=None)
def test_all_opened_the_parts_hold_both_texts(pair: tuple[str, str]) -> None:
    found = compared(*pair)
    shown = lines(parts(found, Display(found.rows, [range(len(found.rows))], 60)))
    for side, text in enumerate(pair):
        told = "".join(piece for line in shown for _, piece in (line.old, line.new)[side])
        assert told == text.replace("\n", "")
    after = "".join(piece for line in shown for mark, piece in line.both if mark != "del")
    assert after == pair[1].replace("\n", "")


@given(edited_pairs(), st.integers(0, 40))
@settings(deadline=None)
def test_every_row_is_shown_or_folded_once_and_found_again(pair: tuple[str, str], at: int) -> None:
    found = compared(*pair)
    display = Display(found.rows, characters=200)
    shown = parts(found, display)
    assert [row for part in shown for row in covered(part.blocks)] == list(range(len(found.rows)))
    if at < len(found.rows):
        assert at in covered(display.part(at, live(found)).blocks)


def test_the_changes_of_a_part_are_counted() -> None:
    old = made_up_report(300)
    new = [line.replace("项工作", "件实事") if k % 10 == 5 else line for k, line in enumerate(old)]
    found = compared("\n".join(old), "\n".join(new))
    shown = parts(found, Display(found.rows, characters=1_500))
    assert len(found.starts) == 30
    assert len(shown) > 3
    assert [part.first for part in shown[1:]] == [part.last + 1 for part in shown[:-1]]
    assert (shown[0].first, shown[-1].last) == (1, 30)


def test_a_fold_names_the_heading_above_what_follows() -> None:
    old = ["云溪市政府工作报告", "一、去年工作", *made_up_report(9), "二、今年目标", *made_up_report(9, 1), "增长6%。"]
    found = compared("\n".join(old), "\n".join(old).replace("增长6%。", "增长5%。"))
    [fold, *_] = Display(found.rows).part(0, live(found)).blocks
    assert isinstance(fold, Fold)
    assert (fold.paragraphs, fold.heading) == (19, "二、今年目标")


def test_a_long_fold_opens_bit_by_bit() -> None:
    text = "\n".join(made_up_report(2_000))
    found = compared(text, text + "变。")
    blocks = opened_part(found.rows, 0, 1_990, live(found))
    *shown, left = blocks
    assert all(isinstance(block, Line) for block in shown)
    assert isinstance(left, Fold)
    assert covered(blocks) == list(range(1_990))
    assert left.paragraphs == 1_990 - len(shown)
    assert covered(opened_part(found.rows, 1_980, 5_000, live(found))) == list(range(1_980, 2_000))


def test_a_change_is_linked_to_the_live_page() -> None:
    old, new = "甲段。\n增长6%左右。\n乙段。", "甲段。\n增长5%左右。\n乙段。"
    found = compared(old, new)
    part = Display(found.rows).part(0, live(found))
    links = [block.live for block in part.blocks if isinstance(block, Line)]
    assert [bool(link) for link in links] == [False, True, False]
    assert links[1].startswith("https://x.example/a#:~:text=%E5%A2%9E%E9%95%BF5%25")
