"""What alerts say in Chinese and English: every fixed phrase of mails and chat messages. Pure data."""

from collections.abc import Mapping
from typing import Literal

from crawler.model import value

Language = Literal["zh", "en"]


@value
class Words:
    """One language's phrases; those with braces are formatted by who uses them."""

    language: str
    """As HTML's `lang`."""
    labels: Mapping[str, str]
    """What happened, by type of alert: a few words."""
    meanings: Mapping[str, str]
    """What it means and what to do, by type of alert: one sentence."""
    other: str
    kinds: Mapping[str, str]
    """Kinds of targets that tell two targets of one indicator apart."""
    aside: str
    colon: str
    comma: str
    added: str
    removed: str
    more_changes: str
    indicator: str
    old: str
    new: str
    targets: str
    text: str
    reason: str
    version: str
    reference: str
    noticed: str
    open_page: str
    open_reference: str
    open_diff: str
    more_rows: str
    """Where all of it is seen is its `command`, here and below."""
    more_edits: str
    shortened: str
    digest: str
    also: str
    more_alerts: str
    footer: str


ZH = Words(
    language="zh-CN",
    labels={
        "page.new": "发现新报告",
        "page.changed": "正文有改动",
        "page.gone": "页面已被撤下",
        "page.suspect": "页面异常，暂不采信",
        "source.failing": "连续抓取失败",
        "source.recovered": "恢复正常",
        "channel.failing": "渠道无法送达提醒",
        "channel.recovered": "渠道恢复正常",
        "page.differs": "不同网站的文本不一致",
    },
    meanings={
        "page.new": "列表中出现了一篇新的报告，已开始跟踪。",
        "page.changed": "已发布的报告正文被修改。",
        "page.gone": "服务器多次回答该页面不存在；已保存的版本不受影响。",
        "page.suspect": "页面内容像是被拦截、损坏或替换，新内容未被采信；已保存的版本仍是基准，请打开页面看一眼。",
        "source.failing": "该来源多次抓取都没有成功，期间的改动无法发现；恢复后会再通知一次。",
        "source.recovered": "该来源又能正常抓取了。",
        "channel.failing": "发往该渠道的提醒没有送达，仍在重试；请检查该渠道，用 crawler alerts 查看等待的提醒。",
        "channel.recovered": "该渠道又能送达提醒了，等待的提醒会陆续送出。",
        "page.differs": "同一份报告在两个网站上的文本不同；“原”为基准文本，“现”为另一处的文本。",
    },
    other="提醒",
    kinds={
        "growth": "增长",
        "decline": "下降",
        "increment": "增量",
        "decrement": "减量",
        "rank": "位次",
        "deadline": "期限",
    },
    aside="（{text}）",
    colon="：",
    comma="；",
    added="新增目标",
    removed="删去目标",
    more_changes=" 等{count}项",
    indicator="指标",
    old="原",
    new="现",
    targets="目标",
    text="正文改动",
    reason="原因",
    version="版本",
    reference="基准文本",
    noticed="发现时间",
    open_page="打开页面",
    open_reference="打开基准页面",
    open_diff="查看详情",
    more_rows="……另有 {count} 项目标未列出，全部见 {command}",
    more_edits="……另有 {count} 处改动未列出，全部见 {command}",
    shortened="较长的改动已截短，全文见 {command}",
    digest="{count}条提醒",
    also="其余提醒（从简）",
    more_alerts="……另有 {count} 条未列出，全部见 crawler alerts",
    footer="本邮件由 report-crawler 自动发送。",
)

EN = Words(
    language="en",
    labels={
        "page.new": "New report",
        "page.changed": "Text edited",
        "page.gone": "Page removed",
        "page.suspect": "Page looks broken, held back",
        "source.failing": "Checks keep failing",
        "source.recovered": "Back to normal",
        "channel.failing": "Channel takes no alerts",
        "channel.recovered": "Channel works again",
        "page.differs": "Portals disagree",
    },
    meanings={
        "page.new": "A new report appeared in the listing; it is followed from now on.",
        "page.changed": "The text of a published report was edited.",
        "page.gone": "The server said repeatedly that the page does not exist. The stored versions are kept.",
        "page.suspect": "The page looks blocked, damaged or replaced, so its new content is not believed. "
        "The stored version stays the baseline; please have a look at the page.",
        "source.failing": "Several checks in a row failed: edits cannot be noticed until it works again. "
        "You will be told once when it does.",
        "source.recovered": "The source can be read again.",
        "channel.failing": "Alerts for this channel do not arrive and are being retried. Please look after it; "
        "crawler alerts lists what waits.",
        "channel.recovered": "The channel takes alerts again; those that wait go out now.",
        "page.differs": "The same report reads differently on two portals; “old” is the reference, “new” the other.",
    },
    other="Alert",
    kinds={
        "growth": "growth",
        "decline": "decline",
        "increment": "increase",
        "decrement": "decrease",
        "rank": "rank",
        "deadline": "deadline",
    },
    aside=" ({text})",
    colon=": ",
    comma="; ",
    added="new target",
    removed="dropped target",
    more_changes=" … ({count} targets)",
    indicator="Indicator",
    old="Old",
    new="New",
    targets="Targets",
    text="Text",
    reason="Reason",
    version="Version",
    reference="Reference",
    noticed="Noticed",
    open_page="Open the page",
    open_reference="Open the reference",
    open_diff="See the details",
    more_rows="… and {count} more targets: see {command}",
    more_edits="… and {count} more edits: see {command}",
    shortened="Long edits are shortened: see {command}",
    digest="{count} alerts",
    also="Further alerts in brief",
    more_alerts="… and {count} more: see crawler alerts",
    footer="Sent automatically by report-crawler.",
)

WORDS: Mapping[str, Words] = {"zh": ZH, "en": EN}
