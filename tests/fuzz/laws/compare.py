"""Any two prints or years: a report is its own print and differs in nothing; what is told stands in the texts."""

from crawler.compare import Side, compare_portals, compare_prints, compare_years
from crawler.targets import find_targets

PIECES = (
    "全区生产总值增长6%左右，固定资产投资增长8%以上。\n", "完成旧区改造12个，新建幼儿园30所，惠及群众2.5万人。\n",
    "\0", "\n", "。", "，", "各位代表：\n", "请予审议。\n", "（责任编辑：某某）\n", "来源：青禾日报\n",
    "谢谢大家！\n", "一、", "增长", "6%", "六个百分点", "12", "十二",
    "城镇新增就业1.2万人，城镇调查失业率控制在5.5%以内。\n", "稳步提高养老服务水平，加快推进水利工程建设。\n", "“",
    "”", "(", "）", "2030年", "2031年", "回顾过去一年，全区生产总值增长5.8%。\n", "今年的主要预期目标是：", "\u3000",
    " ", "①", "㎡", "\u0301", "—", "％",
)  # fmt: skip


def check(data: bytes) -> None:
    """Two texts with a NUL between them; without one, a text and its second half."""
    text = data.decode("utf-8", "replace")
    old, parted, new = text.partition("\0")
    first, second = _side(old, 2030), _side(new if parted else text[len(text) // 2 :], 2030)
    _is_its_own_print(first)
    _tells_what_is_there(first, second)
    years = compare_years(first, _side(second.text, 2031))
    assert years == compare_years(first, _side(second.text, 2031)), "the same years were compared otherwise"


def _side(text: str, year: int) -> Side:
    return Side(name="x", region="青禾县", year=year, text=text, targets=tuple(find_targets(text, year)))


def _is_its_own_print(side: Side) -> None:
    same = compare_portals(side, side)
    assert not same.differing, "passages differ from themselves"
    assert same.share == 1, same.share
    assert not same.targets, "targets differ from themselves"
    difference = compare_prints(side, side)
    assert difference is None or not (difference.edits or difference.words or difference.targets), "edits of nothing"


def _tells_what_is_there(first: Side, second: Side) -> None:
    found = compare_portals(first, second)
    assert 0 <= found.share <= 1, found.share
    difference = compare_prints(first, second)
    assert difference == compare_prints(first, second), "the same prints were compared otherwise"
    for edit in difference.edits if difference else ():
        assert edit.old or edit.new, "an edit of nothing"
        for (start, end), side in ((edit.before, first), (edit.after, second)):
            assert start == end == -1 or 0 <= start <= end <= len(side.text), "an edit outside its text"
