"""Years and five-year plans as reports write them. Ring 1; data and one pure function."""

import re

YEAR = r"(?:19|20)\d\d"
PLAN = r'(?:[六七八九]五|十[一二三四五六]?五)(?="?(?:计划|规划)?(?:时期|期间|期末|末|计划|规划))'
"""The short name of a five-year plan where it stands for its years."""
PLAN_NAME = r'(?:(?<=")(?:[六七八九]五|十[一二三四五六]?五)(?=")|' f"{PLAN})"
"""The same, also alone in quotation marks."""
_NAMES = "六五 七五 八五 九五 十五 十一五 十二五 十三五 十四五 十五五 十六五"
PLANS = {name: (1981 + 5 * order, 1985 + 5 * order) for order, name in enumerate(_NAMES.split())}
"""First and last year of each five-year plan."""
_SPELLED = re.compile(r"(?:一九|二[〇零○0])[〇零○0一二三四五六七八九]{2}(?=年|[-~至到](?:一九|二[〇零○]))")
_DIGITS = str.maketrans("〇零○0一二三四五六七八九", "0000123456789")


def with_plain_years(text: str) -> str:
    """一九八五年 as 1985年, of the same length."""
    return _SPELLED.sub(lambda year: year[0].translate(_DIGITS), text) if "一九" in text or "二" in text else text
