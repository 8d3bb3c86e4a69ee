"""What moves on a portal without its report being edited: adverts, counters, comments, related links, the clock.

Ring 1: every function takes the number of the request (`tick`) and gives something else for the next one. The readers'
comments talk about targets on purpose: what they say is not the report.
"""

_ADVERTS = (
    "云上打印店开业酬宾，满三十减五",
    "春茶上市 头采鲜叶今日直降12%",
    "考公面试特训营 通过率提升35%",
    "江景新盘加推，总价下调6%左右",
    "会员日：范文下载全场五折",
)
_READERS = ("山樱", "老渡口", "石匠的儿子", "晚归人", "麦田守望者", "松风")
_REMARKS = (
    "地区生产总值增长{}%左右才提气，建议改一改。",
    "固定资产投资增长{}%，压力不小啊。",
    "我们小区加装电梯还差{}部，什么时候轮到？",
    "失业率控制在{}%以内，说到做到！",
)
_RELATED = (
    "秋收现场会发言稿",
    "社区消防演练方案",
    "乡镇河长述职报告",
    "机关食堂节约倡议书",
    "青年志愿者招募公告",
    "图书馆延时开放通知",
)


def advert(tick: int) -> str:
    """One line of advertising."""
    return _ADVERTS[tick % len(_ADVERTS)]


def counter(tick: int, start: int = 1000) -> int:
    """How often a page was read, liked or shared: it only grows."""
    return start + 7 * tick


def clock(tick: int) -> str:
    """The date and time in the page's head."""
    return f"2026年3月{tick % 28 + 1}日 {tick % 24:02}:{tick * 7 % 60:02}"


def comments(tick: int) -> list[tuple[str, str]]:
    """Reader and remark, newest first: each request finds others, and another number of them."""
    return [
        (_READERS[number % len(_READERS)], _REMARKS[number % len(_REMARKS)].format(number % 9 + 1))
        for number in range(tick + 2 + tick % 3, tick, -1)
    ]


def related(tick: int) -> list[str]:
    """Titles of the three pages that a portal recommends beside this one."""
    return [_RELATED[(tick + step) % len(_RELATED)] for step in range(3)]
