"""Compilations of reports, and single reports that look like some, made up by a seeded generator from given texts.

    case = compilation(bodies, seed)      # case.title, case.paragraphs, case.starts, case.places, case.years
    case = lookalike(body, seed)          # one report, with everything that might be taken for another one's heading

A body is a report's paragraphs from its first chapter on, without heading and salutation.
"""

import random
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

SHARED = Path(__file__).resolve().parents[2].parent / "shared" / "reports"

PROVINCES = ("云岭省", "东原省", "沧海省")
PLACES = (
    "云溪市", "松岚市", "北麓县", "澄湖市", "清河县", "石屏区", "雁门市", "桃源县", "金沙区", "白水县", "临江市",
    "望海区", "蓝田市", "安丘县", "长汀市", "永泽县", "丰乐市", "龙泉区", "吉水县", "宁川市", "海曲县", "高陵区",
)  # fmt: skip
NUMERALS = "一二三四五六七八九十"


@dataclass
class Case:
    """A document and what is true of it."""

    title: str
    style: str
    paragraphs: list[str] = field(default_factory=list)
    starts: list[int] = field(default_factory=list)
    """The first paragraph of each report; empty for a document that is one."""
    places: list[str] = field(default_factory=list)
    """As far as the text names them, else empty."""
    years: list[int | None] = field(default_factory=list)
    """None where no heading names it."""


def bodies() -> list[list[str]]:
    """The bodies of the reports beside the repository; none where they are absent."""
    found = []
    for path in sorted(SHARED.rglob("*.txt")):
        lines = [line.strip() for line in path.read_text("utf-8").split("\n") if line.strip()]
        first = next((n for n, line in enumerate(lines) if line.startswith("各位代表")), 0)
        closing = [n for n, line in enumerate(lines) if line.startswith(("各位代表！", "各位代表，")) and n > first]
        found.append(lines[first + 2 : (closing or [len(lines)])[-1] + 1])
    return found


def numeral(number: int) -> str:
    """1 to 99 in Chinese."""
    tens, ones = divmod(number, 10)
    return ("" if tens < 2 else NUMERALS[tens - 1]) + ("十" if tens else "") + (NUMERALS[ones - 1] if ones else "")


def opening(who: str) -> list[str]:
    """How a report begins."""
    return ["各位代表：", f"现在，我代表{who}，向大会报告政府工作，请予审议，并请政协委员和其他列席人员提出意见。"]


def session(place: str, year: int, dice: random.Random) -> str:
    """When and where a report was given."""
    term, number = numeral(dice.randint(9, 17)), numeral(dice.randint(1, 5))
    day = f"{year}年{dice.randint(1, 3)}月{dice.randint(1, 28)}日"
    dash = dice.choice(["——", "--", "—", "（"])
    end = "）" if dash == "（" else ""
    return f"{dash}{day}在{place}第{term}届人民代表大会第{number}次会议上{end}"


STYLES = (
    "province", "plain", "government", "year first", "session", "number", "number no place", "piece", "piece no place",
    "piece alone", "bracket", "behind", "place alone", "no heading", "chapter number", "full-width number",
)  # fmt: skip


def heading(style: str, place: str, year: int, number: int, dice: random.Random) -> list[str]:
    """The lines above a report's opening."""
    level = place[-1]
    forms = {
        "province": [f"({dice.choice(PROVINCES)}){place}人民政府工作报告({year}年2月{number % 28 + 1}日)"],
        "plain": [f"{place}{year}年政府工作报告"],
        "government": [f"{place}人民政府{year}年政府工作报告"],
        "year first": [f"{year}年{place}政府工作报告"],
        "session": ["政府工作报告", session(place, year, dice), f"{place[-1]}长　某某某"],
        "number": [f"{number}. {place}{year}年政府工作报告"],
        "number no place": [f"{number}、{level}{year}年政府工作报告"],
        "piece": [f"第{number}篇：{place}{year}年政府工作报告"],
        "piece no place": [f"第{numeral(number)}篇: {level}{year}年政府工作报告"],
        "piece alone": [f"第{numeral(number)}篇"],
        "bracket": [f"【篇{numeral(number)}】{place}{year}年政府工作报告"],
        "behind": [f"{level}{year}年政府工作报告{number}"],
        "place alone": [f"{number}. {place}"],
        "no heading": [],
        "chapter number": [f"（{numeral(number)}）{place}{year}年政府工作报告"],
        "full-width number": [f"{number}．{year}年{place}人民政府工作报告（全文）"],
    }
    return forms[style]


NAMELESS = ("number no place", "piece no place", "piece alone", "behind", "no heading")
NEED_OPENING = ("place alone", "no heading", "piece alone")


def compilation(texts: Sequence[list[str]], seed: int) -> Case:
    """Two to twelve reports in one document, headed in one style; some begin amid a report, some have a contents."""
    dice = random.Random(seed)
    style = STYLES[seed % len(STYLES)]
    count = dice.randint(2, 12)
    year = dice.randint(2015, 2026)
    places = dice.sample(PLACES, count)
    title = dice.choice(
        [f"市{year}年政府工作报告-{count}篇", f"{year}年政府工作报告汇编", "", f"市{year}年政府工作报告"]
    )
    case = Case(title=title, style=style)
    _front(case, places, year, texts, dice)
    declared = title.endswith(("篇", "汇编"))
    needed = style in NEED_OPENING or (style in ("number no place", "behind") and not declared)
    opened = needed or dice.random() < 0.7
    for number, place in enumerate(places, 1):
        case.starts.append(len(case.paragraphs))
        told = style not in NAMELESS
        case.paragraphs += heading(style, place, year, number, dice)
        if opened:
            says = not told and dice.random() < 0.5
            case.paragraphs += opening(f"{place if says else place[-1]}人民政府")
            told = told or says
        case.places.append(place if told else "")
        case.years.append(None if style in NEED_OPENING else year)
        case.paragraphs += _excerpt(dice.choice(texts), dice)
        _annex(case, year, dice)
    return case


def _front(case: Case, places: Sequence[str], year: int, texts: Sequence[list[str]], dice: random.Random) -> None:
    """What stands before the first report: nothing, a foreword, a contents, or the end of another report."""
    match dice.randint(0, 4):
        case 1:
            case.paragraphs.append("下面是小编为大家整理的政府工作报告，供大家参考，希望对您有所帮助。")
        case 2:
            case.paragraphs.append("目录")
            case.paragraphs += [f"{n}.{place}{year}年政府工作报告" for n, place in enumerate(places, 1)]
        case 3:
            body = dice.choice(texts)
            case.starts.append(0)
            case.places.append("")
            case.years.append(None)
            case.paragraphs += body[len(body) // 2 :]
        case 4:
            case.paragraphs.append("目　录")
            case.paragraphs += [f"{place}{year}年政府工作报告………………{n * 9}" for n, place in enumerate(places, 1)]


def _excerpt(body: list[str], dice: random.Random) -> list[str]:
    """The whole body, or its first part."""
    return body if dice.random() < 0.6 else body[: max(4, dice.randint(len(body) // 4, len(body)))]


def _annex(case: Case, year: int, dice: random.Random) -> None:
    match dice.randint(0, 5):
        case 0:
            case.paragraphs += ["附件：名词解释", "1. 一号工程：指以数字化改造为主的一批项目。"]
        case 1:
            case.paragraphs.append(f"（以上为{year}年政府工作报告全文）")
        case 2:
            case.paragraphs += [f"《{year}年政府工作报告》名词注释", "十链万企：十条产业链和一万家企业。"]


def lookalike(texts: Sequence[list[str]], seed: int) -> Case:
    """One report among lines that look like other reports' headings."""
    dice = random.Random(seed)
    place, year = dice.choice(PLACES), dice.randint(2015, 2026)
    style = dice.choice(["plain", "government", "year first", "session", "province"])
    title = dice.choice(
        [f"{place}{year}年政府工作报告", f"{year}年{place}政府工作报告_{place}人民政府", "政府工作报告", ""]
    )
    body = list(dice.choice(texts))
    head = heading(style, place, year, 1, dice)
    if dice.random() < 0.3:
        head = [title or head[0], f"{place}人民政府办公室 {year}年2月10日", *head]
    if dice.random() < 0.3:
        head = [f"{year}年2月1日，{place}人大会议听取了政府工作报告。现将全文刊发如下，供大家参考。", *head]
    if dice.random() < 0.8:
        head += opening(f"{dice.choice([place, place[-1]])}人民政府")
    for trap in dice.sample(_traps(place, year, dice), dice.randint(1, 5)):
        spot = dice.randrange(1, len(body))
        body[spot:spot] = trap
    return Case(title=title, style=style, paragraphs=[*head, *body, *dice.choice(_ends(place, year))])


def _traps(place: str, year: int, dice: random.Random) -> list[list[str]]:
    other = dice.choice([name for name in PLACES if name != place])
    return [
        [f"{place}{year}年政府工作报告"],
        [f"{place}人民政府工作报告"],
        ["政府工作报告"],
        [f"{year - 1}年政府工作报告确定的目标任务全面完成，{year - 1}年地区生产总值增长5%。"],
        [f"（以上报告已经{place}人民代表大会审议通过）"],
        [f"《{other}{year}年政府工作报告》提出，地区生产总值增长6%左右。"],
        [f"延伸阅读：{other}{year}年政府工作报告"],
        [f"关于{year}年政府工作报告的决议"],
        [f"一图读懂{place}{year}年政府工作报告"],
        ["各位代表：", "过去一年的成绩来之不易。"],
        [f"{year}年政府工作报告"],
        [f"{year - 1}年政府工作报告"],
        ["第一篇 开启新征程", "我们要接续奋斗，把蓝图变成现实。", "第二篇 谱写新篇章", "我们要真抓实干，久久为功。"],
        ["3. 打造教育强市", "全面提升办学水平，新建学校10所。"],
        [f"{place}市长某某作政府工作报告"],
        [f"受市人民政府委托，我代表{place}发展和改革委员会提出计划报告，请予支持。"],
    ]


def _ends(place: str, year: int) -> list[list[str]]:
    return [
        [],
        ["附件1", f"{year}年政府工作报告名词解释", "一号工程：指数字化改造。"],
        ["相关链接", f"云岭市{year}年政府工作报告", f"{place}{year - 1}年政府工作报告"],
        ["附件：《政府工作报告》名词解释", "1. 一号工程：指数字化改造，覆盖全部企业。", "2. 双百行动：指一百个项目。"],
        [f"{place}{year}年政府工作报告", f"各位代表：现在，我代表{place}人民政府，向大会报告工作，请予审议。"],
    ]
