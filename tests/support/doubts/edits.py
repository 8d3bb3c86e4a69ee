"""Large edits as editors make them: from the report's paragraphs to the page that is served from then on."""

from collections.abc import Callable, Mapping, Sequence

from tests.support.doubts import texts
from tests.support.doubts.broken import TITLE
from tests.support.doubts.site import page

Edit = Callable[[str], str]
"""The whole page after the edit, of a place."""

_FILLED = "（此处删去若干字）"


def _edited(change: Callable[[list[str]], Sequence[str]], title: str = TITLE) -> Edit:
    return lambda place: page(title.format(place), list(change(texts.report(place))))


def _reworded(line: str) -> str:
    """The same said in other words, more or less."""
    pairs = (
        ("增长", "提高"),
        ("建设", "兴建"),
        ("新增", "增加"),
        ("改造", "翻新"),
        ("全年", "一年来"),
        ("推动", "促进"),
        ("完成", "实现"),
        ("持续", "不断"),
        ("开展", "组织"),
        ("，", "，进一步"),
    )
    for old, new in pairs:
        line = line.replace(old, new)
    return line


def _rewritten(lines: list[str], first: int, last: int) -> list[str]:
    """New sentences in the place of some."""
    fresh = texts.next_report("本地")[3:]
    count = last - first
    return [*lines[:first], *(fresh * 2)[:count], *lines[last:]]


def _draft(place: str) -> str:
    return page(TITLE.format(place), [*texts.report(place)[:6], "（全文稍后发布）"])


EDITS: Mapping[str, Edit] = {
    "the first half rewritten": _edited(lambda t: _rewritten(t, 3, 13)),
    "the second half rewritten": _edited(lambda t: _rewritten(t, 13, 24)),
    "the middle rewritten": _edited(lambda t: _rewritten(t, 7, 18)),
    "every sentence reworded": _edited(lambda t: [_reworded(line) for line in t]),
    "two thirds rewritten": _edited(lambda t: _rewritten(t, 4, 20)),
    "all but the frame rewritten": _edited(lambda t: _rewritten(t, 3, 23)),
    "the review removed": _edited(lambda t: [*t[:2], *t[12:]]),
    "the tasks removed": _edited(lambda t: [*t[:15], *t[-1:]]),
    "the tasks removed with the ending": _edited(lambda t: t[:15]),
    "the last paragraph removed": _edited(lambda t: t[:-1]),
    "the last three paragraphs removed": _edited(lambda t: t[:-3]),
    "the targets' paragraph removed": _edited(lambda t: [*t[:14], *t[15:]]),
    "everything but the targets removed": _edited(lambda t: t[12:15]),
    "one task left of seven": _edited(lambda t: [*t[:17], *t[-1:]]),
    "the first half removed": _edited(lambda t: t[len(t) // 2 :]),
    "a quarter left": _edited(lambda t: [*t[:3], *t[20:]]),
    "all numbers revised": _edited(lambda t: [line.translate(str.maketrans("123456789", "234567891")) for line in t]),
    "paragraphs put in another order": _edited(lambda t: [*t[:3], *t[12:-1], *t[3:12], t[-1]]),
    "paragraphs joined to three": _edited(lambda t: ["".join(t[:11]) + "又及", "".join(t[11:20]), "".join(t[20:])]),
    "an appendix as long as the report": _edited(lambda t: [*t, *texts.appendix()]),
    "an appendix first": _edited(lambda t: [*texts.appendix(), *t]),
    "three times as long": _edited(
        lambda t: [*t, *texts.appendix(), *texts.next_report("邻市"), *texts.other_report("邻岛")]
    ),
    "a note put first": _edited(lambda t: ["根据代表们的审议意见，市政府对报告作了十七处修改，现予公布。", *t]),
    "a long note put first": _edited(
        lambda t: ["更正说明：" + "原稿有误，现予更正，请以本次发布的内容为准，转载单位请及时更换。" * 8, *t]
    ),
    "a note put last": _edited(lambda t: [*t, "（本报告已于1月25日经大会审议通过，现根据代表意见作了修改。）"]),
    "the title changed": _edited(
        lambda t: ["在第十届代表大会第三次会议上的报告", *t], "政府工作报告（{}市长 2026年1月20日）"
    ),
    "the title corrected to another year": _edited(
        lambda t: [t[0].replace("：", "，同志们："), *t[1:]], "{}2027年政府工作报告"
    ),
    "the title marked as final": _edited(lambda t: [*t[:5], *t[6:]], "{}2026年政府工作报告（审议通过稿）"),
    "half rewritten under another title": _edited(lambda t: _rewritten(t, 3, 14), "{}2026年政府工作报告（修订稿）"),
    "replaced by a summary": _edited(lambda t: [t[3], t[4][:60] + "。", t[13], t[14], "更多内容请见报告全文。"]),
    "all targets made softer": _edited(
        lambda t: [*t[:14], "今年不再设定具体的增长数字，力争各项事业都有新的进步。", *t[15:]]
    ),
    "targets left out everywhere": _edited(
        lambda t: [*t[:14], *(line.split("。")[0] + "。" for line in t[15:17]), t[-1]]
    ),
    "each paragraph shortened": _edited(lambda t: [line.split("，")[0].rstrip("。") + "。" for line in t]),
    "each paragraph cut by half": _edited(lambda t: [line[: max(8, len(line) // 2)] + "。" for line in t]),
    "a table's worth of lines added": _edited(
        lambda t: [*t[:15], *(f"指标{n}：去年完成{n * 3}，今年目标{n * 3 + 2}" for n in range(1, 40)), *t[15:]]
    ),
    "a paragraph taken out on request": _edited(lambda t: [*t[:9], _FILLED, *t[12:]]),
    "the year's new report": lambda place: page(f"{place}2027年政府工作报告", texts.next_report(place)),
    "the new report under an old title": lambda place: page(f"{place}政府工作报告", texts.next_report(place)),
    "the new report, its title the same but for the year in words": lambda place: page(
        f"二〇二七年{place}政府工作报告", texts.next_report(place)
    ),
    "the ending replaced by a link": _edited(lambda t: [*t[:18], "全文请下载附件阅读。"]),
    "the thanks removed, the rest reworded": _edited(lambda t: [_reworded(line) for line in t[:10] + t[11:]]),
}
"""Applied to the report as first published."""

SLOW = ("everything but the targets removed", "replaced by a summary")
"""So little is left of them that they may be remnants: held back, told as suspect, and as changed after a week."""

DRAFTS: Mapping[str, tuple[Edit, Edit]] = {
    "first draft to full text": (_draft, _edited(lambda t: t)),
    "an announcement to the full text": (
        lambda place: page(
            TITLE.format(place),
            [
                f"{place}人民代表大会第三次会议今天上午开幕，市长作政府工作报告，主要目标是地区生产总值增长6%左右，报告全文将于会后发布。"
            ],
        ),
        _edited(lambda t: t),
    ),
    "two parts to one page": (_edited(lambda t: t[:13]), _edited(lambda t: t)),
}
"""What stands first, and what replaces it."""
