"""Region and year of a report, from its title and first lines.

A region is what stands before 人民政府, 第十六届, 2024年 and the like, if it ends as places do and is no word such as
全市 or 社区: there is no list of places. `year` is the year whose targets a report sets. A year named with the report
('2024年政府工作报告') is that year, the latest where there are two ('2022年计划执行情况与2023年计划草案'). Otherwise it
is the year in which the report was given ('(2023年2月1日)'), or the next one from November on, when counties hold their
congresses early. A publication date counts only for what calls itself a work report. A report of the State Council has
no region.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import chain, islice

from crawler.extract.dates import days, in_figures
from crawler.text import fold

_LEVEL = "省|市|县|区|州|旗|盟|镇|乡|苏木|街道|兵团"
_LEVELS = re.compile(_LEVEL)
_ANCHOR = re.compile(
    r"(?:人民)?政府|人大|人民代表大会|国民经济|工作报告|施政报告|关于|第?[一二三四五六七八九十\d]{1,4}[届次]|(?:19|20)\d{2}(?!\d)|党?工?委(?![员托])|法治|(?<=[市县区省州旗盟镇乡])长(?!安|[一-龥]{0,4}[区县市])"
    r"|管理委员会|管委会|办事处|行署|行政公署|人民法院|人民检察院|[高中]级人民|财政|预算|统计公报|\"?十[一二三四五六]五|\d{2}年"
)
"""What stands behind the name of a place."""
_RUN = re.compile(r"(?:(?<=\d)(?:年度?|[月日]))?([一-龥]{1,60})[】\])\"]?$")
_LONGEST_RUN = 60
_CUT = re.compile(
    r"在|代表|关于|印发|转发|下发|发布|公布|聚焦|解读|图解|读懂|看懂|速览|速读|速递|速看|学习|贯彻|落实|审议|听取|通过|批准|召开|出席|祝贺|热议|回顾|展望"
    r"|走进|书记|国务院|中央|中国共产党|中共|政协|的|来源|主办|作者|会上"
)
"""Words before a place's name, never part of one."""
_PARTICLE = re.compile(r"(?:[受由将请对为据以给讯]|经(?![济开])|向(?!阳)|年度)(?=[一-龥]{3,})")
_TWICE = re.compile(r"([市县区省州])\1$")
"""云溪市市长: the second sign belongs to the office."""
_EVERY = (
    r"(?:全(?:国|省|市|县|区|盟|旗|镇|乡|村|州(?!县))|[我本各该每某](?:省|市|县|区|州|盟|旗|镇|乡)|(?:县|地|省|市|区|乡镇)级"
    r"|省|市|县|区|州|旗|盟|镇|乡|街道|乡镇|社区|城[市区乡镇]|[地园山景校片库矿林牧农灾辖小新都]区|开发区|高新区|示范区|试验区|功能区|家乡|联盟|[超股楼都]市)"
)
_NO_NAME = re.compile(
    rf"各?{_EVERY}(?:[和与及各]?{_EVERY})*|[受经由向把将请对为与及据以从到给](?:{_LEVEL})|.*[和与及][省市]"
)
_PLACE = re.compile(rf"[一-龥]{{1,40}}(?:{_LEVEL})")
_SHORT = re.compile(r"(?:^|[^一-龥]|年)((?!年)[一-龥]{2,3})(?:\d{4}年度?)?政府工作报告")
_NO_SHORT = re.compile(
    "[读解图聚焦看学贯关于全各本我市县区省州国院的最两会速览历年度版原文转印发人民地方乡镇级党这那他线优秀每作向听审报告街道社新]"
)

_YEAR = re.compile(
    r"(?<![\d.])((?:19|20)\d{2})(?!\d)(?!年?\d{1,2}月|[-/.]\d{1,2}[-/.]|年远景|年愿景|号)|(?<!\d)(\d{2})年(?=度?(?:政府|国民|工作|计划|财政))"
)
_AIM = re.compile("总体要求|期目标|要目标|目标任务|工作安排|重点工作|工作任务|计划草案|工作建议")
"""Only a paragraph that says so is worth folding. (Each word begins with a sign of its own: these are sought fast.)"""
_AIMS = re.compile(
    r"((?:19|20)\d{2})年(?:度)?(?:的)?(?:政府|全市|全县|全区|全省|我市|我县|我区|我省|经济社会发展|国民经济和社会发展|市政府|县政府)?(?:的)?"
    r"(?:工作|主要|发展|经济)?(?:总体|预期|工作)?(?:的)?(?:总体要求|预期目标|主要目标|目标任务|工作安排|重点工作|工作任务|计划草案|工作建议)"
)
_WORK_REPORT = re.compile(r"工作报告|计划(?:草案|执行)|目标任务|总体要求|工作要点")
_SENTENCE = re.compile(r"[，。；,;]")
_OCCASION = re.compile(r"工作报告|代表大会|[届次]会议")
_HEAD = 6
"""So many lines at the start may say where and when a report was given …"""
_AMONG = 20
"""… among so many, buttons and the like left out."""
_LONGEST = 80
_BODY = 60
"""The aims are looked for in so many paragraphs."""


def find_region(title: str, paragraphs: Sequence[str]) -> str:
    """The place whose government reports, as the title or the first lines write it; empty where they do not."""
    titled = fold(in_figures(title[:200]))
    texts = chain((titled,), (fold(in_figures(line)) for line in _head(paragraphs) if _LEVELS.search(line)))
    found = next((name for text in texts for name in _places(text)), "")
    return found or _short_name(titled)


def _head(paragraphs: Sequence[str]) -> Iterator[str]:
    """The first lines that may say where and when a report was given: no sentences, unless about that."""
    lines = (text for text in paragraphs[:_AMONG] if 5 <= len(text) <= _LONGEST)
    return (text for text in islice(lines, _HEAD) if not _SENTENCE.search(text) or _OCCASION.search(text))


def _places(text: str) -> Iterator[str]:
    """The places a folded text names, each before what stands behind places."""
    for anchor in _ANCHOR.finditer(text):
        run = _RUN.search(text[max(0, anchor.start() - _LONGEST_RUN) : anchor.start()])
        if run:
            name = _CUT.split(run[1])[-1]
            name = _TWICE.sub(r"\1", name) if anchor[0] == "长" else name
            name = _PARTICLE.sub("", name, count=1) if _PARTICLE.match(name) else name
            if _PLACE.fullmatch(name) and not _NO_NAME.fullmatch(name):
                yield name


def _short_name(title: str) -> str:
    """A place without its level: '2024年浙江政府工作报告'."""
    found = _SHORT.search(title)
    return found[1] if found and not _NO_SHORT.search(found[1].replace("新疆", "")) else ""


def find_year(title: str, paragraphs: Sequence[str], published: date | None) -> int | None:
    """The year whose targets the report sets (see above)."""
    titled = in_figures(fold(title))
    told = _latest(titled) or _given((titled,)) or _headed(paragraphs) or _aimed(paragraphs)
    return told or (_year_of(published) if published and _WORK_REPORT.search(title) else None)


def _headed(paragraphs: Sequence[str]) -> int | None:
    """The year the first lines name with the report, or in which they say it was given."""
    head = [in_figures(fold(text)) for text in _head(paragraphs)]
    named = (_latest(text) for text in head if "政府工作报告" in text)
    return next(filter(None, named), None) or _given(head)


def _aimed(paragraphs: Sequence[str]) -> int | None:
    """The year whose aims the text sets."""
    dated = (text[:200] for text in paragraphs[:_BODY] if "年" in text[:200])
    telling = (text for text in dated if _AIM.search(text))
    found = next(filter(None, (_AIMS.search(fold(text)) for text in telling)), None)
    return int(found[1]) if found else None


def _latest(text: str) -> int | None:
    """The latest year a text names that is no part of a date."""
    return max((int(match[1] or f"20{match[2]}") for match in _YEAR.finditer(text)), default=None)


def _given(texts: Iterable[str]) -> int | None:
    """The year of a report given on the first date in the texts."""
    return next((_year_of(day) for text in texts for day, _ in days(text)), None)


def _year_of(given: date) -> int:
    return given.year + (given.month >= 11)
