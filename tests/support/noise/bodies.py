"""Report bodies of several kinds, with the paragraphs that are to come out of every page they stand on."""

from collections.abc import Iterable
from datetime import date
from functools import lru_cache

from crawler.extract.outline import is_heading
from crawler.model import value

CELLS = " | "

Row = tuple[str, ...]


@value
class Body:
    """What a page reports: its parts are paragraphs, or tables (tuples of rows)."""

    name: str
    title: str
    region: str
    year: int | None
    parts: tuple[str | tuple[Row, ...], ...]

    @property
    def paragraphs(self) -> tuple[str, ...]:
        """The gold: one string a paragraph, or a row of a table."""
        return tuple(_flat(self.parts))

    @property
    def headings(self) -> tuple[str, ...]:
        return tuple(text for text in self.paragraphs if is_heading(text) and len(text) < 20)

    @property
    def has_tables(self) -> bool:
        return any(isinstance(part, tuple) for part in self.parts)


def _flat(parts: Iterable[str | tuple[Row, ...]]) -> Iterable[str]:
    for part in parts:
        yield from [part] if isinstance(part, str) else map(CELLS.join, part)


PUBLISHED = date(2024, 1, 22)
"""Pages that show a date of publication show this one."""

REPORT = Body(
    name="report",
    title="云溪市2024年政府工作报告",
    region="云溪市",
    year=2024,
    parts=(
        "各位代表：",
        "现在，我代表市人民政府，向大会报告政府工作，请予审议，并请市政协委员和其他列席人员提出意见。",
        "一、2023年工作回顾",
        "过去一年，全市地区生产总值达到812亿元，增长6.3%；一般公共预算收入52.4亿元，增长4.1%；城镇居民人均可支配收入增长5.2%。",
        "（一）产业升级步伐加快。新增规上工业企业36家，高新技术企业18家，技术改造投资增长12%，新材料产业园一期建成投用。",
        "（二）城乡面貌持续改善。改造老旧小区42个，新建农村公路118公里，云溪至青岚快速路主线贯通。",
        "二、2024年工作安排",
        "主要预期目标是：地区生产总值增长6%左右，固定资产投资增长8%，城镇调查失业率控制在5%以内，居民消费价格涨幅3%左右。",
        "做好今年工作，要突出抓好八个方面。",
        "（一）聚力扩大有效投资。实施市级重点项目120个，完成年度投资260亿元以上。",
        "各位代表！新征程上，让我们只争朝夕、埋头苦干，奋力谱写云溪高质量发展新篇章。",
        "谢谢大家！",
    ),
)
LETTER = Body(
    name="letter",
    title="青岚县政府工作报告（2023年2月1日）",
    region="青岚县",
    year=2023,
    parts=(
        "——2023年2月1日在青岚县第十届人民代表大会第二次会议上",
        "青岚县县长陈青山",
        "各位代表：",
        "我受县人民政府委托，向大会作政府工作报告，请予审查，并请县政协委员提出意见。",
        "过去五年，是青岚发展极不平凡的五年。面对多重困难，我们迎难而上、真抓实干，较好完成了各项目标任务。",
        "今年经济社会发展的主要目标是：地区生产总值增长7%，规模以上工业增加值增长9%，粮食总产量稳定在4.2亿斤以上。",
        "为实现上述目标，我们将着力抓好以下工作。",
        "坚持项目为王，全力以赴稳增长。开工亿元以上项目35个，竣工20个，争取上级资金12亿元。",
        "坚持民生为本，用心用情增福祉。新增城镇就业3200人，建成公办幼儿园4所，完成农村危房改造260户。",
        "各位代表！蓝图已经绘就，奋斗正当其时。让我们携手同心，为建设富美青岚而不懈奋斗！",
        "青岚县人民政府",
        "2023年2月1日",
    ),
)
LIST = Body(
    name="list",
    title="霞浦湾新区2025年重点工作任务清单",
    region="霞浦湾新区",
    year=2025,
    parts=(
        "根据管委会全体会议部署，现将2025年重点工作任务明确如下。",
        "1.地区生产总值增长7.5%左右；",
        "2.固定资产投资增长10%以上；",
        "3.引进亿元以上产业项目30个，其中10亿元以上项目5个；",
        "4.新增规模以上工业企业20家；",
        "5.全年空气优良天数比例达到93%；",
        "6.新建改建农村公路60公里；",
        "7.城镇新增就业1.2万人，城镇调查失业率5.3%左右；",
        "8.单位地区生产总值能耗下降2.5%。",
        "以上任务由各牵头单位分解落实，每季度末报送进展情况。",
    ),
)
TABLE = Body(
    name="table",
    title="云溪市2023年国民经济计划执行情况与2024年计划草案",
    region="云溪市",
    year=2024,
    parts=(
        "现将全市2023年国民经济和社会发展计划执行情况与2024年计划草案提请审查。",
        "2024年主要预期目标安排如下表，其中约束性指标按省里下达的任务执行。",
        (
            ("指标", "2023年完成", "2024年目标"),
            ("地区生产总值增长", "6.3%", "6%左右"),
            ("固定资产投资增长", "9.1%", "8%"),
            ("城镇调查失业率", "5.1%", "5%以内"),
            ("粮食总产量", "41.6万吨", "42万吨以上"),
        ),
        "表中数据为快报数，最终以统计部门公布的年度数据为准，各县市区据此分解任务。",
        "完成上述目标，需要全市上下共同努力，紧盯时间节点，压实工作责任，确保各项任务落到实处。",
    ),
)
NOTICE = Body(
    name="notice",
    title="关于下达2024年稳增长目标任务的通知",
    region="",
    year=2024,
    parts=(
        "各乡镇人民政府，县直各部门：",
        "经县政府研究同意，现将2024年稳增长目标任务下达给你们，请结合实际认真抓好落实。全年规模以上工业增加值增长8%，社会消费品零售总额增长7%。",
        "特此通知。",
    ),
)
SENTENCE = Body(
    name="sentence",
    title="白鹭县2024年主要预期目标",
    region="白鹭县",
    year=2024,
    parts=(
        "2024年全县经济社会发展主要预期目标为：地区生产总值增长6.5%左右，一般公共预算收入增长5%，城镇新增就业4500人以上。",
    ),
)
PROSE = Body(
    name="prose",
    title="白鹭县2022年政府工作报告（摘要）",
    region="白鹭县",
    year=2022,
    parts=(
        "“十四五”开局之年，白鹭县坚持“工业立县、文旅兴县”战略——全年签约项目58个，协议引资136.5亿元。",
        "全县深入实施《制造业三年行动计划》，R&D投入占比升至2.1%，5G基站达到860个，4A级景区增至3家。",
        "群众反映的“办证难、停车难、就医难”等问题逐步破解：新增停车位1500个，县医院二期投入使用，120个事项实现“一次办结”。",
        "有干部在座谈会上说：“目标定了就要干，承诺了就要兑现。”这句话道出了大家的心声。",
        "2022年，全县地区生产总值预期增长7%—7.5%，工业用电量增长8%，旅游综合收入突破60亿元…",
        "为此，要做到“三个确保”：确保重点项目按期投产，确保财政收支平衡，确保不发生重大安全事故。",
        "展望未来，白鹭县将以更实的举措、更好的作风，努力在高质量发展中走在前列。",
    ),
)

DECREE = Body(
    name="decree",
    title="云溪市人民政府关于印发2024年《政府工作报告》重点任务分工的通知",
    region="云溪市",
    year=2024,
    parts=(
        "云政发〔2024〕3号",
        "各县（市、区）人民政府，市政府各部门：",
        "《云溪市2024年〈政府工作报告〉重点任务分工》已经市政府同意，现印发给你们，请认真组织实施。",
        "一、地区生产总值增长6%左右。（责任单位：市发展改革委、市统计局）",
        "二、新建、改造城市道路15条，新增公共停车位2000个。（责任单位：市住房城乡建设局）",
        "三、新增养老床位600张，特殊困难老年人探访率达到100%。（责任单位：市民政局）",
        "附件：1.重点任务分工方案",
        "2.民生实事项目清单",
        "云溪市人民政府",
        "2024年1月22日",
        "（此件公开发布）",
    ),
)
COMMUNIQUE = Body(
    name="communique",
    title="白鹭县2023年国民经济和社会发展统计公报",
    region="白鹭县",
    year=2023,
    parts=(
        "白鹭县统计局",
        "一、综合",
        "初步核算，全年地区生产总值318.6亿元，比上年增长6.8%。其中：第一产业增加值41.2亿元，增长4.0%；第二产业增加值130.5亿元，增长8.1%。",
        "二、农业",
        "全年粮食播种面积56.3万亩，粮食总产量23.8万吨，增长1.2%。",
        "三、人口",
        "年末户籍人口41.7万人，城镇化率58.4%，比上年末提高0.9个百分点。",
        "四、居民收入",
        "全年全体居民人均可支配收入38210元，比上年增长6.1%；人均消费支出24105元，增长5.3%。",
        "注：1.本公报数据为初步统计数，部分数据因四舍五入，存在与分项合计不等的情况。",
        "2.地区生产总值绝对数按现价计算，增长速度按不变价格计算。",
        "资料来源：本公报中城镇新增就业数据来自县人力资源和社会保障局，其他数据均来自县统计局。",
    ),
)

_TASKS = ("产业培育", "项目建设", "乡村振兴", "城市更新", "生态保护", "改革开放", "民生保障", "风险防范")


@lru_cache
def long_report() -> Body:
    """A report of 200 paragraphs, each another."""
    parts = ["各位代表：", "现在，我代表区人民政府，向大会作工作报告，请予审议。"]
    for chapter, task in enumerate(_TASKS, 1):
        parts.append(f"{'一二三四五六七八'[chapter - 1]}、扎实推进{task}")
        for point in range(1, 24):
            amount = f"{chapter * 31 + point * 3}.{point % 10}亿元，同比增长{point % 9 + 3}%"
            parts.append(f"{point}.{task}方面，全年安排重点事项{chapter * 7 + point}项，完成投资{amount}。")
    parts += [f"第{step}项保障措施由区政府督查室按月跟踪，季度通报，年底考核。" for step in range(1, 6)]
    parts.append("各位代表，让我们同心协力，为全面完成今年各项目标任务而努力奋斗！")
    return Body(name="long", title="银杏区2021年政府工作报告", region="银杏区", year=2021, parts=tuple(parts))


BODIES = (REPORT, LETTER, LIST, TABLE, NOTICE, SENTENCE, PROSE, DECREE, COMMUNIQUE)
"""The short ones."""
