"""Indicators: one key for all spellings of what is measured.

Ring 1; data and pure functions. To add an indicator, add a line: canonical name, then its other names
(a line that ends in | goes on). Names are compared folded, without quotation marks and without the words for the region
itself (全市).
"""

import re

from crawler.text import fold

_TABLE = """
地区生产总值: GDP | 国内生产总值 | 生产总值 | 地区生产总值(GDP) | 经济 | 经济增长 | 经济总量 | 经济增速 |
    gross domestic product
人均地区生产总值: 人均GDP | 人均生产总值 | 人均国内生产总值 | GDP per capita
第一产业增加值: 一产增加值 | 农林牧渔业增加值 | value added of the primary industry
第二产业增加值: 二产增加值 | value added of the secondary industry
第三产业增加值: 三产增加值 | 服务业增加值 | value added of the tertiary industry | value added of services
规模以上工业增加值: 规上工业增加值 | 规模工业增加值 | 工业增加值 | 规上工业增加值增速 | industrial value added
规模以上工业总产值: 规上工业总产值 | 规模工业总产值 | gross industrial output
数字经济核心产业增加值: 数字经济核心产业 | core digital economy value added
高新技术产业增加值: 规上高新技术产业增加值 | value added of high-tech industry
战略性新兴产业增加值: 规上战略性新兴产业增加值
固定资产投资: 全社会固定资产投资 | 固定资产投资(不含农户) | 固投 | fixed asset investment
工业投资: 工业固定资产投资 | industrial investment
制造业投资: 制造业固定资产投资 | manufacturing investment
技术改造投资: 技改投资 | 工业技改投资 | 工业技术改造投资
民间投资: 民间固定资产投资 | private investment
基础设施投资: 基建投资 | infrastructure investment
房地产开发投资: real estate investment
高新技术产业投资: 高技术产业投资 | high-tech investment
社会消费品零售总额: 社零 | 社零总额 | 社消零 | 社会消费品零售额 | retail sales of consumer goods
网络零售额: 网上零售额 | online retail sales
一般公共预算收入: 地方一般公共预算收入 | 财政收入 | 公共财政预算收入 | 地方财政收入 | general public budget revenue
一般公共预算支出: 地方一般公共预算支出 | 财政支出 | general public budget expenditure
税收收入: tax revenue
进出口总额: 外贸进出口总额 | 货物进出口总额 | 外贸进出口 | 进出口 | 货物进出口 | imports and exports
出口总额: 外贸出口 | 出口 | 货物出口 | 外贸出口总额 | 出口额 | exports
实际使用外资: 实际利用外资 | 实到外资 | 利用外资 | foreign direct investment utilised
居民消费价格: 居民消费价格指数 | CPI | 居民消费价格涨幅 | 居民消费价格总水平 | 物价 | consumer price index
城镇调查失业率: 城镇调查失业率平均 | surveyed urban unemployment rate
城镇登记失业率: registered urban unemployment rate
城镇新增就业: 城镇新增就业人数 | 新增城镇就业 | 城镇新增就业人员 | new urban jobs
居民人均可支配收入: 居民可支配收入 | 居民收入 | 全体居民人均可支配收入 | 人均可支配收入 |
    per capita disposable income
城镇居民人均可支配收入: 城镇居民可支配收入 | 城镇居民收入 | urban per capita disposable income
农村居民人均可支配收入: 农村居民可支配收入 | 农民人均纯收入 | 农民人均可支配收入 | 农村居民收入 | 农民收入 |
    rural per capita disposable income
低收入农户人均可支配收入: 低收入农户收入
研发经费投入强度: 研发投入强度 | 全社会研发投入强度 | R&D投入强度 | 全社会研发经费投入占GDP比重 |
    研发经费支出占地区生产总值比重 | 全社会研发经费投入强度 | 研发经费支出占GDP比重 | R&D intensity
研发经费支出: 全社会研发经费 | 研发经费投入 | 全社会研发经费支出 | R&D expenditure
粮食产量: 粮食总产量 | grain output
粮食播种面积: grain sown area
单位地区生产总值能耗: 单位GDP能耗 | 单位生产总值能耗 | 万元GDP能耗 | 万元地区生产总值能耗 | 单位国内生产总值能耗 |
    energy intensity
单位地区生产总值二氧化碳排放: 单位GDP二氧化碳排放 | 单位GDP碳排放 | carbon intensity
空气质量优良天数比率: 空气质量优良天数比例 | 空气优良天数比例 | 空气质量优良率 | AQI优良率 |
    days with good air quality
细颗粒物浓度: PM2.5浓度 | PM2.5平均浓度 | 细颗粒物(PM2.5)平均浓度
地表水水质优良率: 地表水优良水质比例 | 地表水达到或好于Ⅲ类水体比例
森林覆盖率: forest coverage
常住人口城镇化率: 城镇化率 | urbanisation rate
户籍人口城镇化率
全员劳动生产率: labour productivity
高新技术企业: 国家高新技术企业 | 国高企 | high-tech enterprises
科技型中小企业: 省科技型中小企业
赤字率: 财政赤字率 | deficit-to-GDP ratio
新增建设用地指标: 新增建设用地
保障性租赁住房: 筹集保障性租赁住房
高标准农田: 新建高标准农田 | 建设高标准农田 | well-facilitated farmland
旅游总收入: 旅游收入 | tourism revenue
快递业务量: express deliveries
货运量: 货物运输量
集装箱吞吐量: container throughput
港口货物吞吐量: 货物吞吐量 | cargo throughput
数字经济核心产业营业收入: 数字经济核心产业主营业务收入
技术合同成交额: 技术交易总额 | 技术合同交易额 | technology contract turnover
新增贷款: 新增各项贷款 | new loans
经营主体: 市场主体 | business entities
"""
_REGION = re.compile(r"^(?:全省|全市|全县|全区|全国|我省|我市|我县|我区|我国|全年|本市|全社会(?=固定))")
_TAIL = re.compile(r"(?:年均增长|年均增速|增长|增速|增幅|涨幅|上涨)$")
_NOISE = str.maketrans("", "", "\"'·“”‘’《》<>")


def _rows() -> list[list[str]]:
    """The names of each indicator, the canonical one first."""
    lines = re.sub(r"\|\n *", "| ", _TABLE).strip().splitlines()
    return [[name.strip() for name in re.split(r"[:|]", line) if name.strip()] for line in lines]


def _simplify(name: str) -> str:
    """A name as looked up."""
    plain = fold(fold(name).translate(_NOISE).casefold())  # an accent may have lost the mark before it
    return _TAIL.sub("", _REGION.sub("", plain)) or plain


CANONICAL: dict[str, str] = {_simplify(name): names[0] for names in reversed(_rows()) for name in names}
"""Canonical name by simplified name; an earlier line of the table wins."""


def key_of(indicator: str) -> str:
    """The canonical name of an indicator, or its own text simplified if the table does not know it."""
    plain = _simplify(indicator)
    return CANONICAL.get(plain, plain)
