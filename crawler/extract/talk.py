"""How pages talk to who reads them: which lines are about the page and what one may do on it.

A report speaks of places, work and figures; the page around it speaks of itself (本站, 二维码, 会员), of what one may
do on it (点击, 登录, 下载) and to its reader (您, 请先, 欢迎). No phrase is known by heart: words of these three
families are counted, with the share of the line they make up. Lines are as `plain` gives them.
"""

import re
from collections import defaultdict
from typing import NamedTuple

_LONGEST = 110
_ENOUGH = 2
"""Points a line needs: each word gives one, a word to the reader two."""
_ENOUGH_ALONE = 3
"""So many a label needs amid the body that is neither to the reader nor of the page itself."""
_ENOUGH_APART = 4
"""So many points are enough, whatever their share, in a line to the reader apart from the body."""
_SHARE, _SHARE_APART = 0.2, 0.15
"""So much of a line such words make up; less will do in one set apart from the body."""
_MOSTLY, _NEARLY_ALL = 0.5, 0.65
"""Where so much of a line is such a word, one will do; of a line to nobody more must be."""

_TO_READER = """
亲爱的 请您 请先 请勿 请点 请按 请联系 请扫 请长按 请打开 请登 请输 请填 请留 请注明 请注意 请参与 请继续 请自觉
请遵守 请浏 请关注 请使用 请用 请查 请选 请升级 请稍 请谨慎 请致电 请拨 请移步 请告 请支持 请下载 请安装 请收藏 请分享
请转发 请记住 请文明 请前往 请认准 请保存 请确认 请开启 请允许 请更换 请重试 请尊重 请慎重 请购买 请支付 请加 请搜
请回复 欢迎 敬请 快来 我要 我来说 点此 点这 点我 戳这 戳我 一键 限时 尽在 不错过 不容错过 不迷路 别忘 别错过 如需 如对
如您 想看 想了解 想知道 你觉得 你认为 感谢阅读 感谢关注 感谢支持 感谢收看 感谢收听 谢谢阅读 希望对 希望能帮 帮到
拉你 拉您 帮你 帮您 教你 陪你 告诉你 想跟 码上 扫下 看完就 建议先 往下看 继续向下 你对 你会 你需
向我们 感谢一路 感谢陪伴 感谢有你 一路相伴
下期 猜你 助你 带你 送你 等你 邀你 任你 供您
"""
_DEEDS = """
顶一下 踩一下 觉得有用 显示全文 错别字 报名入口 在线阅读 点击 单击 双击 点开 轻触 滑动 扫码 扫描 扫一扫 扫这 扫我 长按
识别 下载 登录 登陆 注册 转给 转到 分享 发表 抢沙发
沙发 板凳 回复 投票 打分 评分 投稿 荐稿 纠错 报错 挑错 举报 反馈 打开 搜索 复制 粘贴 进群 加微信 咨询 领取
进店 加购 拼团 订购 抢先 催更 私聊 详谈 测测 发送短信 赞助内容 爆料 报料 来稿
领红包 购买 去购 抢购 选购 下单 开通 续费 充值 安装 提交 打印 阅读 预览 浏览 查看 查阅 播放 收听 听全文 听新闻 试用
试读 试看 试听 填写 必填 选填 输入 关注 在看 爱看 还看 看过 看一看 看了 荐读 展开 收起 返回 跳转 刷新 切换
加载 付费 转载 删除 打卡 签到 抽奖 去看看 直达 投诉 喜欢 收录于 收录 未读 私信 上传 不代表 解锁
"""
_THINGS = """
申论 行测 考公 刷题 押题 网课 放款 秒批 膏药 祛斑 正品 清仓 开学季 直降 产地直发 券后 元/月 资费 手机报
代写 代发 量身 定制 速成 套餐 学员 培训班 热卖 直销 折扣 团购 秒杀 办证 加盟 供参考 仅供参考 供大家 供学习 供借鉴
小编整理 电子书 新客 新人专享 .zip .rar .pdf 客户经理 星级推荐 年费 月费 资料图片 资料图 与本文无关 与内容无关
网络配图 须知 ctrl 问卷 小调查 楼上 版块 主编推荐 微信 qq 微博 抖音 快手 头条号 视频号 订阅号 企鹅号 百家号
客户端 app 小程序 二维码 链接 网址 网页 网站 站点 页面
该文 此信息 官网 官微 官方微 社区 社群 交流群 读者群 板块
主题帖 首页 列表 邮箱 邮件 特权 金币 账号 帐号 密码 验证码 昵称 访客 word pdf docx .doc
zip rar 浏览器 上传者 资料包 资料库 素材 手机版 手机看 手机阅读 电脑版
电脑端 安卓 www. http 标签 合集 热门 热榜 热搜 热词 热帖 热评 热文 排行 榜单 最新 最热 最受 精选 详细
详情 同类 往期 朋友们 星级 人气 热度 字号 字体 语音 夜间 护眼 按钮 下方 上方 右上角 左上角 右下角 左下角
赞助 福利 红包 格式 页数 网站地图 站点地图 关于我们 联系我们 加入我们 弹窗 倍速 语速 音色 电子版 完整版 无障碍
听书 题库 试题 课件
"""
_ITSELF = """
本站 本网 本文 本页 本帖 本号 本版 本刊 本频道 本栏目 本篇 本条 本平台 这篇 这条 这份 此文 全文 小编 网友 粉丝 公众号
会员 vip 积分 推送 文档 范文 模板 楼主 楼层 帖子 论坛 打赏 赞赏 点赞 点个 收藏 转发 评论 留言 回帖 跟帖 跟贴 发帖 订阅
星标 置顶 广告 网盘 提取码 好友 朋友圈 游客 站长 版主 客服 文章 加群 入群 代写 包邮 栏目 主页 更多 精彩 内容简介
正在阅读
"""
"""Of this page and its kind; a whole sentence without such a word may as well tell how to apply for a service."""
_COMMON = """
.com .cn .net .org 参考 节选 收集 汇编 版本 转自 摘编 录入 贷款 培训 课程 名额 现货 厂家 特惠 大促 满减 民意 调查 征集
显示 摘登 来信 好文 有用 支持 反对 发现 告诉 通过 审核 热线 电话 评论员文章 立即 马上 赶紧 赶快 android iphone 内容
大家 公开 支付 整理 用户 剩余 当前 在线 图片 价格 大小 满意 参与 联系 访问 体验 升级 认证 预约 报名 优惠 声明 相似
上一 下一 窗口 屏幕 免费 如有 如果 你的 你还 你可 原文 正文 分类 专题 求助 提问 保存 取消 隐藏 论文 心得 教程 推荐
条款 账户 请将 请以 请在 请到 请于 请把 请发 版权 手机端 我们
"""
"""Words of everybody's: they tell nothing by themselves, but are talk beside the others."""
_SERVICES = """
举报 投诉 咨询 反馈 识别 刷新 购买 切换 删除 阅读 关注 登录 注册 签到 打卡 投票 安装 付费 列表 社区 福利 网站
论坛 文章 更多 精彩 积分 点赞 会员 网友 评论 栏目 标签 密码 定制 加盟
"""
"""Of these what offices and citizens do and have, too: alone they hint at nothing."""
_MARKS = re.compile(r"[您»→↓★☆▼▲]|>>")
"""To the reader, too."""


class _Words(NamedTuple):
    """What of a line is talk."""

    points: int
    covered: int
    """Characters."""
    to_reader: bool
    of_itself: bool
    of_services: bool
    """One of them may be done elsewhere, too."""


_NO_TALK = _Words(0, 0, to_reader=False, of_itself=False, of_services=False)


def _indexed() -> dict[str, list[tuple[str, int]]]:
    """First two characters -> the words that begin so with their points, the longest first."""
    index: dict[str, list[tuple[str, int]]] = defaultdict(list)
    for points, words in ((2, _TO_READER), (1, f"{_DEEDS}{_THINGS}{_ITSELF}"), (0, _COMMON)):
        for word in words.split():
            index[word[:2]].append((word, points))
    return {start: sorted(found, key=lambda item: -len(item[0])) for start, found in index.items()}


_INDEX = _indexed()
_FIRSTS, _SECONDS = (re.escape("".join(sorted({pair[place] for pair in _INDEX}))) for place in (0, 1))
_MAY_BEGIN = re.compile(f"[{_FIRSTS}](?=[{_SECONDS}])")
"""Where a word may begin: nine of ten characters need not be looked up."""
_OF_ITSELF = frozenset(_ITSELF.split())
_OF_SERVICES = frozenset(_SERVICES.split())
_QUOTED = re.compile(r"[。!?]\"$")
_NUMBERED = re.compile(r"[(]?[一二三四五六七八九十\d]{1,3}[).、]|第.{1,3}[章节条]")
"""So begin headings."""
_OF_SITE = re.compile(r"本(?:站|网(?!络)|页|帖|号|频道|栏目|平台)|小编|跟[帖贴]")
"""Seldom said but by a site of itself."""
_SIGNS = re.compile(r"[\W\d_]+")


def talks(line: str, *, apart: bool = False) -> bool:
    """Whether a line talks about the page; `apart`: it stands apart from the body's paragraphs."""
    if len(line) > _LONGEST:
        return False
    found = _words(line)
    if not found.points:
        return False
    share = found.covered / max(1, len(_SIGNS.sub("", line)))
    if line[-1] == "。" or _QUOTED.search(line):
        of_site = apart and found.points >= _ENOUGH and _OF_SITE.search(line) is not None
        return (of_site and share >= _SHARE_APART) or _is_said(found, share)
    if found.to_reader:
        return share >= _least(found, apart=apart)
    enough = found.points >= (_ENOUGH if apart or found.of_itself else _ENOUGH_ALONE)
    return share >= (_SHARE if enough else _NEARLY_ALL) and not _NUMBERED.match(line)


def mentions(line: str) -> bool:
    """Whether a line has a word of talk at all; a whole sentence must have several, to the reader or of the page."""
    if len(line) > _LONGEST:
        return False
    found = _words(line)
    if line[-1] != "。":
        return found.points > int(found.of_services)
    return found.points > _ENOUGH and (found.to_reader or found.of_itself)


def _is_said(found: "_Words", share: float) -> bool:
    """Whether a whole sentence, which may as well tell of readers or of services, is to the reader of this page."""
    return found.to_reader and (share >= _MOSTLY or (found.of_itself and found.points > _ENOUGH and share >= _SHARE))


def _least(found: "_Words", *, apart: bool) -> float:
    """How much of a line to the reader must be talk."""
    if apart and found.points >= _ENOUGH_APART:
        return 0.0
    return _SHARE_APART if apart else _SHARE


def _words(line: str) -> _Words:
    """The words of talk in a line; each gives its points once."""
    words: dict[str, int] = {}
    covered, end = 0, 0
    for match in _MAY_BEGIN.finditer(line):
        start = match.start()
        if start < end:
            continue
        for word, points in _INDEX.get(line[start : start + 2], ()):
            if line.startswith(word, start):
                words[word] = points
                covered, end = covered + len(word), start + len(word)
                break
    if marks := _MARKS.findall(line):
        words[marks[0]] = 2
        covered += len(marks)
    if not words:
        return _NO_TALK
    return _Words(
        sum(words.values()),
        covered,
        2 in words.values(),
        of_itself=not _OF_ITSELF.isdisjoint(words),
        of_services=not _OF_SERVICES.isdisjoint(words),
    )
