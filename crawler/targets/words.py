"""The words of promising and reporting: verbs, predicates and what they say, nouns that say nothing alone.

Ring 1; data, and the two look-ups that find the longest word of a table at a place.
"""

from collections.abc import Collection

LONGEST = 8
"""No word of these tables is longer."""


def word_at(text: str, begin: int, words: Collection[str]) -> str:
    """The longest of the words that stands at `begin`, or an empty string."""
    for size in range(LONGEST, 0, -1):
        if text[begin : begin + size] in words:
            return text[begin : begin + size]
    return ""


def word_before(text: str, begin: int, end: int, words: Collection[str]) -> str:
    """The longest of the words that ends at `end` and does not start before `begin`, or an empty string."""
    for size in range(min(LONGEST, end - begin), 0, -1):
        if text[end - size : end] in words:
            return text[end - size : end]
    return ""


_KEPT = """
新增 净增 新建 新改建 新改扩建 新改扩 改扩建 改建 扩建 改造 更新改造 改造提升 提升改造 建设改造 新建改造 改造建设
引进 新引进 引育 招引 招引落地 引进落地 落地 新落地 发行 供应 申报 储备 谋划储备 列入 兑现 遴选 腾退 盘活 新增盘活
发放 帮扶 出让 新出让 扩容 打通 开通 新开通 优化 安排 释放 提档升级 整治提升 整治 修复 治理 减少 压减 新开工 开工
竣工 新竣工 新认定 认定 新设 新签约 签约 新组建 淘汰 关停 筹集 收储 救助 资助 吸引 招录 招聘 招募 加装 新续建 续建 新办
消化 化解 拆除 投放 新增投放 吸纳 募集 减免 新引育 新培育 新上 新获批 新获 新入选 新晋 新投用 新投产 新纳入 新升规
新上市 新布局 开行 新发展 新创建 新打造 新招引 新招 新改 新开 新种 新造 新挖 新打 增殖 销售 清理 处置 回收 免除 减征
降低 节约 节能 退出 转化 转移 精细化治理 完工 改造完工 新建续建 增加 带动 惠及 服务 培训 补贴 扶持 选派 选聘 选育
招收 购置 采购 购买 置换 更新 新建改建 新改造 维修 养护 硬化 绿化 造林 治沙 种植 播种 加固 除险加固 提升 创办 升级
升级改造 新装 安装 迁建 补建 增设 增开 增殖放流 新(改)建 新(扩)建 新(改扩)建 新(迁)建
"""
KEPT = frozenset(_KEPT.split())
"""Verbs that define a flow: they stay in the indicator and are shared along a list."""

_GENERIC = """
力争 确保 争取 力求 努力 预计 预期 全年 年内 今年 全市 全省 全县 全区 全国 本市 我省 我市 我县 我区 我国
完成 实现 建设 打造 创建 实施 促成 推动 推进 带动 促进 争创 持续 继续 加快 加速 深入 积极 大力 全力 全面
着力 稳步 扎实 组织 开展 举办 办好 抓好 做好 获得 取得 保障 建成 设立 累计 拥有 让 为 将 要 拟 计划
规划 总共 启动 谋划 支持 鼓励 引导 配置 布局 构建 形成 统筹 推出 力促 促使 牵头 成功 部署 部署实施 率先
主持 参与 制定 修订 开工建设 建成投用 建设完成 建成开通 投入 滚动实施 分批 再 并 则 以 对 在 把 用好 落实
安排好 运营 高质量 高标准 高水平 高效 有序 有效 切实 坚决 严格 统筹推进 联动 推广 探索 发展 发展壮大 培育
培育壮大 壮大 做强 做大 创成 投用 完善 深化 强化 提供 面向全省 面向 一体 迭代 系统 梯次 分级 分类 压茬
每年 五年 三年 两年 各地 已 还 也 又 均 都 仅 就 从 由 至 到 于 的 等 及 和 与 或 、 ; , : (
) 向 给 其中 此外 另外 通过 加强 加大 抓紧 抓实 抓住 用足用好 兴办 承办 参加 建好 建立 建强 组建 成立
筹建 先 使 截至目前 截至 建议 执行中 坚持 坚持把 严守 坚守 守牢 守住 锻造 提出 确定 明确 明确了 采取 更多 一批 若干
一系列 续写 发挥 聚焦 围绕 充分 更好 进一步 累计实现
"""
GENERIC = frozenset(_GENERIC.split())
"""Verbs and adverbs of doing: dropped at the head of an indicator."""

_NO_HEADS = """
建设用地 建设项目 建设资金 发展指数 发展基金 统筹地区 支持率 完成率 保障性 保障房 组织化 投入强度 投入占 实施率
推广面积 集中供 有效发明 有效投资 高质量发展指数 共建 规划面积 计划投资 配置效率 布局优化 形成固定 组织者 参与率
计划生育 计划免疫 建成区面 建成区绿 建成区内 建成区占 建成区平 建成区海 使用 先期 当年价 建设投资 发展水平 高效节水
高标准农田 支持政策 创建率 深化率 持续时间 启动资金 开展率 有效灌溉 安排好 对外 对非 先进 先行 先锋 先导 先天 先发 和美
与会 以色 在校 在库 在岗 在册 在读 在职 在营 在园 在住 在孵 在研 在线 在建 以工 就业 从业 到位 共同 共享
等级 由贸 将军 要素 及时 均衡 都市 对口 再生 至少 为民
"""
NO_HEADS = frozenset(_NO_HEADS.split())
"""Beginnings of nouns that look like a verb of doing (建设用地)."""

_OBJECT_VERBS = """
完成 实现 建设 打造 创建 实施 促成 推动 推进 争创 争取 加快 组织 开展 举办 办好 抓好 做好 获得 取得 保障 建成 设立
拥有 为 启动 谋划 支持 鼓励 引导 配置 布局 构建 形成 推出 制定 修订 开工建设 建成投用 以 对 在 把 用好 落实 运营
推广 发展 发展壮大 培育 培育壮大 壮大 做强 做大 创成 投用 完善 深化 强化 提供 面向 的 等 再 共 拟 力争 确保 将 要 和
与 及 、 通过 加强 加大 抓紧 抓实 发挥 聚焦 围绕 建立 建强 组建 成立 用足用好 统筹推进 持续推进 全部 其中 给 向 全市
全省 全县 全区 全年 今年 累计 高标准 高质量 稳步 有序 积极 深入 扎实 滚动实施 联动 于 从 到 至 就 已 各 承办
严守 坚守 守牢 守住 锻造 更多 一批 若干 一系列 省内 市内 县内 区内 境内
"""
OBJECT_VERBS = KEPT | frozenset(_OBJECT_VERBS.split())
"""Words after which a number brings its noun with it (建设|100个公园, 为|80个小区)."""

_CHANGES = {
    "growth": (
        "增长 增速 增幅 涨幅 上涨 年均增长 平均增长 同比增长 增 年均增速 回升 增速达 年均递增 递增 涨 "
        "实际增长 增加 上升"
    ),
    "raise": "提高 提升 提标",
    "decline": (
        "下降 降低 减少 降幅 压减 削减 回落 累计下降 年均下降 下降率 同比下降 缩减 压降 压缩 缩小 "
        "缩短 减轻 减排 减亏 净减少"
    ),
    "increment": "新增 净增 再增 净增加 再增加 累计新增",
}
CHANGES = {word: change for change, words in _CHANGES.items() for word in words.split()}
"""What the predicate before a number says of it: a change by so much."""

_STATES = """
达到 达 为 是 达成 提高到 提高至 提升到 提升至 增加到 增加至 稳定在 保持在 控制在 保持 维持在 上升到 上升至
下降到 下降至 降到 降至 降低到 降低至 减少到 减少至 缩短到 缩短至 压缩到 压缩至 扩大到 扩大至 增至 升至
放大至 放大到 迈上 跨上 站上 跃上 迈入 迈向 跃居 位居 位列 居 稳居 升到 跃升至 跃升到 上升为 提至 提到
位次 排名 增长到 增长至 发展到 延长至 延长到 有 约为 设定为 不少 总计 合计 平均为 实现 完成 力争 确保 预计
分别 分别为 分别达 分别达到 均 都 各 各为 均为 均达 均达到 全部 再 将 要 可 已 也 累计 平均 共 约 努力
争取 一举 历史性 首次 继续 继续保持 年均 已经 成功 新突破 双双 持续 稳步 总体 基本 全年 进一步 大幅 又
连续 同比 较上年 比上年 比去年 以上 左右 再次 顺利 总量 到 至 在 于 按 先后 目标 预期目标 预期 目标值 拟
拟按 拟安排 目标设定为 目标为 年均实现 平均每年 每年平均 每年 每人每月 每人每年 每月 每年人均 按可比口径 同口径
按同口径 按可比价格 可比口径 可比价
"""
STATES = frozenset(_STATES.split())
"""Predicates and adverbs between an indicator and its number: dropped."""

_ATTRIBUTES = """
投资 总投资 年度投资 计划投资 面积 总面积 总量 规模 总规模 增速 增幅 占比 比重 比例 产值 总产值 融资 额度 需求额度
总额 金额 总产 里程 总里程 数量 总数 产量 总产量 收入 营收 覆盖率 开工率 完成率 完成投资 年产值 投资额 投资总额 协议投资
到位资金 建筑面积 成交额 贷款 余额 投资完成率 使用率 参与率 成功率 产能
"""
ATTRIBUTES = frozenset(_ATTRIBUTES.split())
"""Nouns that say nothing alone: they are told of what the sentence named before."""

_METRICS = """
增加值 生产总值 可支配收入 收入 投资 零售额 总产值 产值 产量 机械化率 覆盖率 普及率 利用率 达标率 入学率 参保率
率 占比 比重 税收 覆盖面 贷款增速 贷款余额 贷款 余额 增速 出口 进口 进出口 销售额 交易额 面积 总量 消费
支出 经济总量 零售 营收 利润 能耗 排放量 吞吐量 出栏量 存栏量 里程 人数 起数 件数 数 总额
"""
METRICS = tuple(_METRICS.split())
"""Heads that members of a list share on the right (一产、二产增加值)."""

_HEADS = """
建设 资产总额 播种面积 增加值 投资额 总投资 投资 融资 总产量 产量 收入 余额 总额 面积 里程
"""
HEADS = tuple(_HEADS.split())
"""What gives way when another attribute of the same thing follows (粮食播种面积…、总产量…)."""

_THINGS = """
企业 项目 工程 产业 平台 集群 园区 的 制造业 外资 工业 重大 在库 重点 服务业 规上 以上 单体 基金 龙头 民企 市场主体
村 县 乡镇 街道 楼宇 大厦
"""
THINGS = tuple(_THINGS.split())
"""What a threshold in money, size or share qualifies (10亿元以上项目): such a number is an attribute."""
