"""What the furniture of report pages says, whoever publishes them: the phrase lists of the genre.

Nothing here knows a site, a class or an id. Expressions are matched against `fold`ed text (no white space, half-width
signs) of capped length and run in linear time.
"""

import re
from enum import Enum, auto

from crawler.extract.plain import plain, remembered
from crawler.extract.players import NO_PLAYER, PLAYER, TAKEN_PART
from crawler.extract.talk import mentions, talks

_LONGEST = 400
"""No line of furniture is longer."""
_LONGEST_LABEL = 140
"""Only notices of rights are longer."""
_START = 32
"""So many characters tell how a notice of rights begins."""


class Kind(Enum):
    """What a line of furniture is, as far as it matters for what stands around it."""

    WIDGET = auto()  # buttons, counters, credits, pagers: goes, alone
    EDGE = auto()  # numbers, a numeric date, a publisher's address: goes at the edges of the body only
    TAIL = auto()  # stands behind a body: disclaimers, previous/next, addresses
    LIST = auto()  # heads a list of other articles
    COMMENTS = auto()  # heads what readers wrote
    STRAY = auto()  # no phrase tells it: it is set apart from the body's paragraphs
    ABOUT = auto()  # heads what a site or an author says of itself
    TEASER = auto()  # what is said of another article, or the invitation to read it: goes, with its name above it
    SHARED = auto()  # no phrase tells it: other pages of the host have it at the same place


_SPOKEN_DATE = re.compile(
    r"[(]?(?:\d{4}|[〇○零一二三四五六七八九]{4})年(?:\d{1,2}|[一二三四五六七八九十]{1,3})月(?:(?:\d{1,2}|[一二三四五六七八九十]{1,3})日?)?[)]?"
)

_COUNT = r"[\d,.]+(?:万|亿|w|k|\+)?"
_WORDS = (
    # sharing, saving, voting
    "微信扫一扫", "微信扫码", "微信好友", "朋友圈", "微信", "新浪微博", "腾讯微博", "微博", "qq空间", "qq好友", "qq",
    "豆瓣", "人人网", "百度贴吧", "知乎", "钉钉", "分享到", "分享至好友和朋友圈", "分享至", "分享给", "一键分享",
    "分享", "转发", "加入收藏", "收藏本文", "收藏本页", "添加收藏", "收藏", "设为首页", "点赞", "点踩", "赞一下",
    "赞", "踩", "顶一下", "顶", "喜欢", "打赏", "关注", "已关注", "订阅", "举报", "纠错", "反馈", "复制链接",
    "复制本文链接", "复制", "领取福利", "领取", "福利", "推荐给朋友", "海报", "有用", "没用", "投诉", "我要分享",
    "我要纠错", "我要打印", "生成海报",
    # reading aids
    "打印本页", "打印本文", "打印文章", "打印", "关闭窗口", "关闭本页", "关闭页面", "关闭", "返回顶部", "返回首页",
    "返回列表", "返回", "回到顶部", "顶部", "字体大小", "字体", "字号", "大号", "中号", "小号", "默认", "超大",
    "标准", "放大", "缩小", "大中小", "大", "中", "小", "背景色", "简体", "繁体", "无障碍", "适老模式", "下载word",
    "下载pdf", "下载文档", "下载全文", "word版", "pdf版", "下载", "语音播报", "朗读", "听新闻", "播放", "暂停",
    "收听", "全文", "展开全文", "展开", "收起", "阅读全文", "阅读原文", "查看更多", "点击查看", "点击加载更多",
    "加载更多", "更多", "more", "加载中",
    # counters
    "阅读次数", "阅读数", "阅读量", "阅读", "浏览次数", "浏览量", "浏览数", "浏览", "点击次数", "点击数", "点击量",
    "点击率", "点击", "访问次数", "访问量", "访问", "人气", "热度", "已有", "共有", "评论数", "评论", "条评论",
    "回复", "跟帖", "跟贴", "参与", "人参与", "次", "人", "条", "本文共", "共计", "个字", "字数", "预计阅读时长",
    "阅读时长", "预计阅读", "预计", "分钟", "admin", "时间", "发布", "发表于", "发布于", "来自", "编辑于",
    # paging
    "首页", "尾页", "末页", "第一页", "最后一页", "上一页", "下一页", "上页", "下页", "前页", "后页", "前一页",
    "后一页", "转到第", "转到", "跳转到", "跳转", "跳到", "go", "余下全文", "在本页阅读全文", "<<", ">>", "«", "»",
    "...", "…",
    # comment boxes
    "验证码", "昵称", "用户名", "密码", "匿名", "匿名发表", "登录", "注册", "提交评论", "发表评论", "提交", "发表",
    "发送", "看不清", "换一张", "看不清?换一张", "点击刷新", "请输入", "登录后评论", "请先登录", "发布时间",
    "发布日期", "更新时间", "责任编辑", "作者", "来源", "编辑",
)  # fmt: skip
_WORD_STARTS = re.escape("".join(sorted({word[0] for word in _WORDS})))
_LONGEST_FIRST = "|".join(sorted(map(re.escape, _WORDS), key=len, reverse=True))
_WORD = re.compile(
    r"\d{2,4}[-/.年]\d{1,2}[-/.月]\d{1,2}日?|\d{1,2}:\d{2}(?::\d{2})?|第\d+(?:/\d+)?页|共\d+页|\d+/\d+页?"
    rf"|(?=[{_WORD_STARTS}])(?P<word>共计?\d+个?字|预计阅读时长\d+分钟|{_LONGEST_FIRST})|{_COUNT}"
    r"|[|/\\>:;()\[\]{}【】「」《》,。.+·•#*&<=_~!?、%-]",
)

_SCORE = (
    r"(?:人?(?:浏览|阅读|访问|点击|下载|查看|看|读|收藏|评价|评论|点赞|打赏|播放|围观|关注|在线|喜欢|转发|回复)(?:过|完)?(?:次数|总数|人数|人次|者|量|数|度)?"
    r"|人气|热度|访客|hits?|views?|likes?|reads?|visits?|clicks?|downloads?|pv|uv|评分|得分)(?:指数|值)?"
)
"""What is counted of a page's readers."""
_READ = r"(?:浏览|阅读|访问|点击|下载|查看|收藏|点赞|评论|人气|热度|关注|hits?|views?|pv)(?:次数|人数|者|量|数|度)?"
_COUNTED = re.compile(
    rf"[\d.]+[kmg]b|(?P<score>{_SCORE})|processedin|(?:已|本文)(?:影响|帮助)|编号:|(?:信息|文章|资源|文件|文档)?(?:大小|格式|版本|字数|积分):"
    r"|您是|本[文页站]|此文|文章|页面|全文|视频|时长|[今昨]日|当前|累计|已有?|共有?|总|被|约需?|达到?|第|次|人|位|条|个|篇|小时|分钟?|秒|字|°c"
    r"|(?:非常|比较|基本|不)?满意|票|docx?|pdf|seconds?(?:\(s\))?|quer(?:y|ies)|支持|反对|高兴|震惊|愤怒|感动|难过|搞笑|无聊"
)
_DIGIT = re.compile(r"\d")
_ENOUGH = 60
"""No line of counters is longer."""
_VOTES = re.compile(r"(?:[^\W\d]{2,8}:)?(?:(?:[^\W\d]{1,4}\d{1,6}){3,9}|(?:[^\W\d]{1,4}[(\[]\d{1,6}[)\]]){2,9})")
"""Answers with how many gave each."""
_COUNTERS = re.compile(
    rf"[\[(【]?(?:[^\W\d]{{2,6}}:|\d{{4}}[-/.年])[^。;!?]{{0,80}}?{_READ}[:\[(【]{{0,2}}{_COUNT}(?=[次\])】|/]|人$|°c|$|[^\W\d]{{2,4}}[:(\[])[^。;!?]{{0,30}}"
    r"|[^。,;:]{0,12}(?:晴|多云|阴|雨|雪|雾|霾|风)[^。,;:]{0,12}\d°c[^。,;]{0,30}"
    r"|(?:今[天日]|现在|当前(?:时间|日期)|北京时间)(?:是|为|:){0,2}\d{2,4}[年/.-]\d{1,2}[月/.-]\d{1,2}日?[^。,;]{0,40}"
    r"|(?:听全文|听新闻|语音播报|收听|朗读)[^。,;]{0,12}\d{1,2}:\d{2}|(?:ai|智能)(?:摘要|总结|导读|速览)[:|].{0,130}"
)
"""A line of credits that ends in a counter; today's weather and date; what reads aloud or sums up the text."""

_CREDIT = re.compile(
    r"(?:\d{4}[-/.年]\d{1,2}[-/.月]\d{1,2}日?(?:\d{1,2}:\d{2}(?::\d{2})?)?)?"
    r"[\[(【「*·|-]{0,3}(?:责任编辑|责编|值班编辑|网络编辑|本文编辑|本期编辑|编辑|编审|审核|审读|校对|监制|总监制|初审|复审|终审|一审|二审|三审|值班主任"
    r"|来源|稿源|文章来源|信息来源|本文来源|新闻来源|稿件来源|内容来源|源标题|原标题|素材来源|作者|文章作者|记者|通讯员|供稿|供稿单位|撰稿|排版|制图|摄影"
    r"|友情链接|录入|录入者|上传|发布者|发布人|发布单位|发布机构|信息提供|信息员|浏览次数|浏览量|阅读次数|阅读量|阅读|点击数|点击率|点击量|点击"
    r"|(?:主题|体裁|信息|文档|文件)分类|服务对象|公开(?:方式|范围|类别)|所属(?:栏目|分类|专题|类别)|归档|成文日期|发文日期|生成日期|有效性"
    r"|发布时间|发布日期|发表时间|发表日期|更新时间|更新日期|添加时间|时间|日期|索引号|关键词|关键字|标签|tags?|字号|字体|保护视力色|视力保护色|背景色"
    r")(?:[:/|]|(?=\d{4}[-/]))[^。!?;]{0,100}"
)
_ROLES = """
文字 图文 图片 摄影 拍摄 供图 供稿 配图 漫画 视频 剪辑 编导 编校 编审 编发 编辑 校对 校稿 审校 审核 审稿 签发 排版
采写 采访 录入 信息录入 信息审核 审定 监制 出品 主编 译者 翻译 数据来源 制表 题图 网站主管 网站主办 网站运维 联系方式
美编 设计 制图 制作 策划 统筹 执笔 撰文 撰稿 整理 主播 播音 记者 通讯员 作者 来源 文 图
"""
_ROLE = rf"(?:{'|'.join(_ROLES.split())})"
_PAIRS = re.compile(
    rf"[\[(【]?(?:[^。,:;/]{{2,20}}供稿)?(?:{_ROLE}[:/丨|][^。,;:/丨|!?]{{1,16}}[,;|]?){{2,8}}[\])】]?"
    r"|(?:采写|录入|摄影|供图|供稿|撰文|撰稿|执笔|文|编校|审校|制图|美编|排版|校对)[:/丨|][^。,;:!?]{1,16}"
)
"""Who did what for this page."""
_PORTRAIT = re.compile(
    r"(?:作者|编辑|译者|主播|本站|网站|公众号|平台|媒体|[^。,:]{2,12}(?:网|报|站|台|社|文库|论坛|平台|客户端|之家|时报))(?:简介|介绍|档案)[:|].{4,}"
    r"|关于(?:作者|我们|本[站网刊号]|[^,。;:]{2,14}(?:网|网站|论坛|平台|社区|客户端|公众号|之家|在线|文库)):.{4,}"
    r"|(?:作者|文)[:/|][^。,:]{1,12},.{0,60}(?:现居|著有|出版|供职|就职|任职|毕业于|从事|媒体人|撰稿|笔杆子|爱好者|作家|讲师|欢迎).{0,60}"
)
"""What a site or an author says of itself, behind a label that says so."""
_VERSION = re.compile(
    r"[【\[(]?(?:[^:。,]{0,6}:)?(?:编者按|按语|以[上下](?:为|内容|文[字章]|信息)|此[文稿]|本[文页](?!件)|该(?:信息|文|文档|稿|页)|网页|转[帖载])[^。]{0,60}"
    r"(?:为准|仅供[^。]{2,10}|未经[^。]{0,4}审[阅核定校]|失效|非原创|汇[总编]|未作[^。]{0,4}改动).{0,40}"
    r"|(?=.{0,40}小编)[^。]{0,60}(?:整理|收集|搜集|编辑|精选|挑选|带来|分享|准备|推荐|汇总)[^。]{0,80}[。!]?"
)
"""How this page's version of a text came about, and what it is good for."""
_MOMENT = r"\d{4}[-/.年]\d{1,2}[-/.月]\d{1,2}日?(?:星期[一二三四五六日天])?[\])]?,?\d{1,2}[:时]\d{2}(?::\d{2}|分)?"
_MEDIUM = (
    r"(?:[^。;,!?]{0,20}(?:网|报|社|台|发布|融媒|频道|新闻|在线|周刊|杂志|宣传部|来源|作者|编辑|更新|《)"
    r"[^。;,!?]{0,20})?"
)
_PUBLISHED = re.compile(rf"{_MEDIUM}[\[(]?{_MOMENT}[\])]?{_MEDIUM}")
"""Date and time, with whoever published or what else was noted."""
_PLACE = re.compile(
    r"(?:当前|您的?|你的?|您现在的?|现在|所在)?(?:所在)?的?位置(?:是)?:.{0,120}|(?:网站)?首页(?:[>»›/→\\|-]+[^。,;]{1,24}){1,8}[>»›/→]*"
)
CALL = re.compile(
    r"(?:打开|用|请用?|长按|点击|使用|通过|更多.{0,12})?(?:微信|手机|支付宝|qq)?(?:扫一扫|扫码|扫描)[^。;]{0,40}[。!]?"
    r"|(?:长按|识别|扫描|扫)[^。;]{0,12}二维码[^。;]{0,30}[。!]?"
    r"|(?:点击|立即|马上|免费|扫码)?(?:下载|安装|打开)[^。;,]{0,14}(?:app|客户端|手机版|小程序)[^。;]{0,24}[。!]?"
    r"|(?:欢迎|点击)?(?:上方|下方)?(?:蓝字|名片|卡片)?(?:,)?(?:关注|添加|搜索)[^。;]{0,20}(?:公众号|微信号|公众平台|视频号|官方微[信博])[^。;]{0,40}[。!]?"
    r"|[^。;]{0,20}(?:广告位|招商热线|广告热线|点击(?:领取|免费|咨询|查看详情|进入|这里|此处|报名))[^。;]{0,40}[。!]?"
    r"|(?:广告|推广|赞助商?)(?:[:|·].{0,120})?|[\[【(](?:广告|推广|赞助商?)[\]】)].{0,120}"
    r"|(?:特别|更多)?(?:推荐|精彩)(?:内容)?:.{0,60}"
    r"|更多[^。;,:]{0,12}(?:请|敬请|尽在|欢迎)[^。;]{0,40}[。!]?|点击下载[^。;]{0,40}|开通[^。;,]{0,8}会员[^。;]{0,40}"
    r"|(?:看完|读完|阅读)[^。;,]{0,12}(?:感觉|感受|心情)[^。;,]{0,8}"
)
_NEIGHBOUR = re.compile(
    r"[\[(【<«‹←]{0,2}(?:上|下|前|后)(?:一|1)?(?:篇|条|则|篇文章|条信息|条新闻|章|主题|帖)(?:文章|新闻|信息)?[\])】]?(?:[:>»›→]|没有|暂无|无|$).{0,200}"
)
_ADDRESS = re.compile(
    r"trackback.{0,200}|(?=.*http)[^。]{0,20}(?:引用|trackback)[^。]{0,20}https?:.{0,200}|"
    r"(?:地址|链接):(?=https?|www|/).{0,200}|(?:本文|本页|原文|文章|转载|网页|永久)(?:的)?(?:地址|链接):.{0,200}"
    r"|(?:本文|本页|原文|文章|转载|网页|永久)?(?:的)?(?:网址|固定链接|链接地址|转自|引自|转载自)(?:地址)?:.{0,200}|(?:转载"
    r"|引用)[^。]{0,30}(?:请|需|须|务必|应)?(?:注明|保留)[^。]{0,80}[。!]?"
    r"|(?=.*转载)[^。]{0,40}(?:谢绝|请勿|不得|禁止|严禁|授权)转载[^。]{0,40}[。!)]?"
)
_RIGHTS_START = re.compile(
    r"[\[(【※*◎●■▲注\d.、]{0,4}(?:声明|notice:|免责|版权(?!保护|产业|交易|登记|示范|服务|局|工作)|平台声明|特别声明|郑重声明|特别提示|特别提醒|温馨提示|重要提示|风险提示|法律声明|网站声明|本站声明|转载声明|侵权(?!行为|案件|假冒|盗版)"
    r"|以上(?:内容|文章|信息|言论|观点)|本(?:文|站|网|网站|媒体|平台|页面|版|栏目|公众号|报|刊|作品|稿|号|频道)"
    r"|凡(?:本|注|是|来源|转载|未)|文章(?:内容|仅|系|来源|版权|为|中)|(?:部分)?(?:图片|图文|文字|内容|素材|稿件|资料|信息)(?:均|来|素|及|、|由|为|部分)?"
    r"|转载(?:请|文章|内容|自|须)|未经|如(?:有|需|果|涉|您|发|本)|(?:原创)?作品|若|网友(?:评论|发言)|郑重|投资有风险|评论(?:仅|内容)|请勿|欢迎(?:转载|投稿))"
)
_RIGHTS_TERM = re.compile(
    r"侵权|版权|著作权|转载|(?:个人|作者|网友|本人|本站|本网)?(?:观点|立场)(?!.{0,6}(?:坚定|鲜明))|联系(?:我们|本站|删除|本网|作者|管理员)|予以(?:删除|处理)|及时删除"
    r"|信息存储|仅提供|来源于网络|来自网络|源于网络|网络转载|不构成|据此操作|不代表|免责|merelyprovides|storageservices|仅供参考|供参考|法律责任"
)
_COPYRIGHT = re.compile(
    r"(?:copyright|all\s?rights\s?reserved|©|版权所有|icp备|icp证|公网安备|许可证号?:|网站标识码|技术支持:|违法和不良信息|举报电话"
    r"|增值电信|经营许可证|建议使用.{0,30}浏览器|地址:.{0,60}邮编)",
)
_BEFORE_COPYRIGHT = 60
"""So many characters may stand before such words."""
_PUBLISHER = re.compile(
    r"(?:主办|承办|协办|主管|(?:联系|通讯|办公)?地址|邮编|(?:联系|咨询|监督|举报|投诉|服务|报名|值班|办公|热线)?电话|传真|邮箱|技术支持)(?:单位)?:.{0,100}"
)
_LIST = re.compile(
    r"[\W_]{0,4}(?:(?:[^】》。]{2,60}[】》]的?)?(?:更多)?相关(?:的)?(?:文档|课件|视频|问题|阅读|文章|新闻|报道|链接|推荐|信息|内容|资讯|稿件|专题|下载|范文|公告|文件|搜索|热词|标签|话题|图文|资料|解读|帖子|日志)"
    r"|(?:延伸|推荐|拓展|扩展|热门|精彩|更多|猜你想|继续|您可能感兴趣的?)(?:阅读|文章|新闻|图文|资讯|范文)|(?:猜|也许)您?你?(?:可能)?(?:也)?喜欢(?:的)?(?:文章)?"
    r"|您?你?可能(?:还|也)?(?:喜欢|感兴趣).{0,6}"
    r"|(?:大家|网友|别人|他们|人们)(?:都|还|也|正)?(?:在|都在|还在)?(?:看|搜|读|关注|喜欢).{0,4}|(?:为您?你?|编辑|小编|精品"
    r"|精彩|特别|今日|本站|站长|本周|栏目|图文|热点|热门|头条|猜你|广告|重磅|好文|每日)(?:推荐|精选|荐读)"
    r"|今日(?:焦点|热点|头条|要闻)|(?:热门|热点|最新|最热|近期|本月|推荐|随机|精华|图片|同类|同栏目|栏目|频道|阅读|点击|新闻|文章|下载|人气"
    r"|热度|热帖|一周|本周|24小时|48小时|周|月|日|总)(?:文章|新闻|资讯|推荐|排行|排行榜|信息|更新|发布|范文|报告|标签|专题|图文|话题|搜索"
    r"|点击|热点|视频|榜|榜单|动态|内容|下载|热点排行)(?:top\d+)?"
    r"|换一[换批组].{0,8}|[看读][过了]?(?:本|此|该|这)[篇条]?[文章]{0,2}的?人?[还也]在?(?:看|读|喜欢|关注).{0,4}|新[文帖]速递|(?:(?:点击|评论|收藏|下载|阅读|浏览|热门)榜){1,4}"
    r"|往期(?:推荐|回顾|精选|内容|文章)?|热(?:搜|榜|文|帖)榜?|排行榜|导航菜单|网站导航|栏目导航|快速导航|友情链接|(?:本文)?(?:标签|关键词|关键字|tags?)|(?:赞助商?|推广"
    r"|广告)(?:链接|信息)?|目录导航|站内搜索|(?:热门|相关)?专题|郑重声明|免责声明|特别声明|版权声明|(?:最近|历史)(?:浏览|访客))"
    r"(?:[(\[]?\d*[)\]]?)(?:更多|more)?[\W_]{0,4}",
)
_ABOUT = re.compile(
    r"[\W_]{0,4}(?:(?:作者|编辑|小编|译者|主播|本?站|网站|本?栏目|平台|本?刊|本?报|媒体)(?:简介|介绍|说明|档案|信息)"
    r"|(?:邮件|免费|快速|在线)?订阅(?:我们|本[站刊]|更新|周刊|通讯|服务)|(?:联系|加入)(?:我们|客服)|意见反馈|(?:问卷|在线)调查"
    r"|关于(?:作者|我们|本[站网刊]|[^,。;:]{2,14}(?:网|网站|论坛|平台|社区|客户端|公众号|之家|在线|文库)))[\W_]{0,4}"
)
_COMMENTS = re.compile(
    r"[\W_]{0,4}(?:(?:网友|大家|读者|用户)(?:们)?(?:怎么|都|在|正在|如何)?(?:说|看|热议|热评|议论|来信|来论|观点|声音|的话)(?:摘登|选登|精选|一览|吧)?|(?:(?:评论|留言|跟帖|跟贴|点评|热评|回帖)|[^。,;:]{1,6}(?:评论|留言|跟帖|跟贴|点评|热评|回帖)|(?:网友|全部|最新|热门|精彩|用户|读者|[条的我])(?:讨论|回复)|(?:讨论|回复)(?=[(\[【:\d区列]))(?:列表|区|内容|专区|展示|信息|如下)?"
    r"|互动(?:交流|专区|区|话题)|(?:发表|我要|我来|参与|提交|添加|写|快来|登录后?|撰写)(?:我的|您的|新|一条|个|条)?(?:评论|留言|点评|回复|讨论)|(?:我|也)?来?说(?:两|几)句(?:吧)?|我来说两句"
    r"|留言(?:与|和|及|/)?评论|评论(?:与|和|及|/)?留言|[^。]{0,60}(?:已有|共有?)\d*(?:条|位|人|个|件|篇)?(?:评论|留言"
    r"|跟帖|回复|网友发表了?(?:评论|看法)).{0,12}|文明上网理?[^。]{0,20}(?:发言|评论)[^。]{0,40}。?|发表(?:您|你)的(?:看法"
    r"|观点|意见))"
    r"(?:[(\[【][^。]{0,30}[)\]】]|:?(?:共|已有)?\d{0,6}(?:条|个|人)?)?(?:更多|查看(?:全部|所有)(?:\d{0,8}条)?(?:评论|留言|跟帖)?|>>)?[\W_]{0,4}"
)  # fmt: skip

_QUANTITY = re.compile(
    r"\d(?:%|‰|个?百分点|[万亿千百]{0,2}余?(?:元|人次?|户|家|亩|所|个|件|起|项|公里|吨|张|套|座|辆|本|位|处|名|场|倍|平方|立方|公顷|千瓦|天|小时)"
    r"|[万亿](?!\w)|(?:月底?|年底?)前)"
)
# Each alternative begins with a letter of its own: only then does a search pass by all the others at once.
_PREDICATE = re.compile(
    r"增[长加速至幅]|新[增建开设]|建成|完成|迁建|扩建|改建|重建|带动|办[结理]|服务|举办|发放|兑现|减免|整治|治理|修复|培训|救助|达[到标成]?\d|达到|下降|降[低至]|提[高升]|突破|超过?\d|超过|改[造建扩]|压[减缩]|减少|实现|力争|控制在"
    r"|前移|人均|登记|查处|打击|投资|累计|保持|稳定|位居|占比|开工|竣工|覆盖|惠及|培育|引进|率(?<=[^费利汇]率)"
)
_HARD = re.compile(r"\d(?:[万亿千百]{0,2}余?(?:亩|公里|公顷|所|座|平方|立方|吨|千瓦)|[万亿千百]{1,2}余?[户家])")
"""Measures that need no verb: nobody counts readers or prices goods in them."""
_ADDRESSED = re.compile(
    r"您|请[^示求]|欢迎|立即|马上|免费|优惠|立减|领取|长按|识别|拿证|首付|>|»|广告|赞助|联系(?:我们|本站|删除)|告知(?:我们|本站|删除)"
    r"|本[文页站]?(?:被|已|共|累计)?(?:阅读|浏览|点击|访问)"
)
"""Who reads is spoken to, or the page is spoken of: reports do neither."""


def states(text: str) -> bool:
    """Whether a line says what was or will be reached, with a measure: no furniture, however it begins."""
    if len(text) > _LONGEST:
        return False
    line = plain(text)
    if not _DIGIT.search(line):
        return False
    if not _HARD.search(line) and not (_QUANTITY.search(line) and _PREDICATE.search(line)):
        return False
    return _ADDRESSED.search(line) is None and _NEIGHBOUR.fullmatch(line) is None


_TALLY = re.compile(
    r"(?:下载|已售|浏览|阅读|播放|观看|转发|收藏|评论|回复|查看|点击|点赞|获赞|围观|粉丝|月?销量|评分|人气|热度)[:(]?\d[\d,.]*[万wk+]*(?:次|件|人|人次|条|份|分|篇)?[)]?$"
    r"|\d[\d,.]*[万wk+]*(?:次(?:下载|阅读|浏览|播放|点击|观看)|粉丝|人(?:付款|已购|评分|加入|已?订阅|学过|在看|收藏|好评|看过|围观|评价|想看)|条评论|个?赞|篇文章)[)]?$"
)
"""Counts of readers at the end of a line."""
_LONGEST_TALLIED = 60
_TAIL = 16
_CLOSING, _READ_ON_ENDS = ")]】.。", "文细情多读看入注部容余>»›"
"""What such an invitation ends in, and before that its last character: few lines need a closer look."""
_READ_ON = re.compile(
    r"(?<![。!?])(?:(?:阅读|查看|浏览|点击|显示|展开|打开|继续|收听|观看|查阅)(?:全[文部]|原文|正文|余下|剩余|详[细情]|更多|阅读|查看|进入)(?:内容|部分|全文)?|了解(?:更多|详情)|继续阅读|敬请关注|\[(?:全文|详[细情]|更多|查看|阅读)\]"
    r"|(?:\.\.\.|[^。;,:(《]{8})(?:全文|详[细情])|(?:\.\.\.|全文|详[细情])?(?:更多|阅读|详[细情]|全文)[>»›]{1,3})[)\]】.]{0,2}。?$|\.{3}\d{4}[-/.年]\d{1,2}[-/.月]\d{1,2}日?$"
)
_TEASER = re.compile(
    r"[\[【]?(?:[下本上往]一?[期篇](?:预告|回顾|看点|精彩)|热文|荐读|看点|必[读看]|(?:更多)?(?:专题|此前|早前|系列|独家|追踪|继续|相关|延伸|推荐|拓展|扩展|精彩|热门|深度|往期|点击|关联|热点|范文|文章|猜你|小编|编辑|为您|今日)"
    r"{1,3}(?:阅读|了解|推荐|文章|新闻|报道|链接|精彩|回顾|查看|内容|喜欢|想看|荐读|预告|关注|资讯|范文|专题){1,2})[\]】]?[:《|].{2,90}"
)
"""Another article's name, behind what it is called here."""
_ABSTRACT = re.compile(r"[\[【]?(?:摘要|导读|简介|内容提要|内容简介|提要)[\]】]?:")


class _Labels:
    """Patterns for whole lines, without groups of their own, matched in one search; the first that fits counts."""

    def __init__(self, *labels: tuple[re.Pattern[str], Kind]) -> None:
        self._kinds = [kind for _, kind in labels]
        self._whole = re.compile("|".join(f"({pattern.pattern})" for pattern, _ in labels))

    def kind(self, line: str) -> Kind | None:
        """What the line is; None: none of them fits."""
        found = self._whole.fullmatch(line)
        return self._kinds[(found.lastindex or 1) - 1] if found else None


# In this order: '相关评论' heads comments, not a list.
_HEADS = _Labels(
    (_COMMENTS, Kind.COMMENTS),
    (CALL, Kind.WIDGET),
    (_ABOUT, Kind.ABOUT),
    (_LIST, Kind.LIST),
    (_NEIGHBOUR, Kind.TAIL),
    (_ADDRESS, Kind.TAIL),
)
_CREDITS = _Labels(
    (_PLACE, Kind.WIDGET),
    (_CREDIT, Kind.WIDGET),
    (_PAIRS, Kind.WIDGET),
    (_PORTRAIT, Kind.WIDGET),
    (_VERSION, Kind.WIDGET),
    (_PUBLISHED, Kind.EDGE),
    (_TEASER, Kind.TEASER),
)
_OTHERS = _Labels(
    (_COUNTERS, Kind.WIDGET),
    (_VOTES, Kind.WIDGET),
    (NO_PLAYER, Kind.WIDGET),
    (TAKEN_PART, Kind.WIDGET),
    (_PUBLISHER, Kind.EDGE),
)


def talks_apart(text: str) -> bool:
    """Whether a line set apart from the body's paragraphs talks about the page rather than of the body's matter."""
    return len(text) <= _LONGEST_LABEL and _talks_apart(text)


@remembered
def _talks_apart(text: str) -> bool:
    return talks(plain(text), apart=True) and not states(text)


def hints(text: str) -> bool:
    """Whether a line has a word about the page or to its reader, and states nothing."""
    return len(text) <= _LONGEST_LABEL and mentions(plain(text)) and not states(text)


@remembered
def kind(text: str) -> Kind | None:
    """What kind of furniture a line (normalised) is by its words; None: it may be body."""
    if len(text) > _LONGEST_LABEL:
        return Kind.TAIL if len(text) <= _LONGEST and _is_long_notice(text) else None
    line = plain(text)
    if _is_rights(line):
        return Kind.TAIL
    if _SPOKEN_DATE.fullmatch(line):  # such a date closes a report
        return None
    if found := _labelled(line) or (Kind.WIDGET if PLAYER.fullmatch(line) else _small(line)):
        return found
    return Kind.WIDGET if _is_counter(line) or (talks(line) and not states(text)) else None


def _labelled(line: str) -> Kind | None:
    """What a line is labelled as."""
    if found := _HEADS.kind(line):
        return found
    if (notice := _COPYRIGHT.search(line)) and notice.start() <= _BEFORE_COPYRIGHT:
        return Kind.TAIL
    if found := _CREDITS.kind(line):
        return found
    end = line[-_TAIL:]
    if (line.rstrip(_CLOSING)[-1:] in _READ_ON_ENDS or "..." in end) and _READ_ON.search(end):
        return Kind.TEASER
    if len(line) <= _LONGEST_TALLIED and _TALLY.search(end) and not states(line):
        return Kind.WIDGET
    return _OTHERS.kind(line)


def _is_long_notice(text: str) -> bool:
    """Whether a long line is a notice of rights; few begin like one, and only those are read to the end."""
    return _RIGHTS_START.match(plain(text[:_START])) is not None and _is_rights(plain(text))


def _is_rights(line: str) -> bool:
    return _RIGHTS_START.match(line) is not None and _RIGHTS_TERM.search(line) is not None


def _is_counter(line: str) -> bool:
    """Whether a line is nothing but labels about its readers or its file, numbers and signs."""
    end, labels, numbers = 0, 0, 0
    if len(line) > _ENOUGH or _DIGIT.search(line) is None:
        return False
    while end < len(line):
        match = _COUNTED.match(line, end) or _WORD.match(line, end)
        if match is None:
            return False
        end = match.end()
        labels += match.lastgroup == "score" or match[0].endswith((":", "in", "票", "帮助", "影响", "反对", "震惊"))
        numbers += match[0][0].isdigit()
    return labels > 0 and numbers > 0


def _small(line: str) -> Kind | None:
    """Whether a line is nothing but words of widgets, numbers and signs."""
    end, words = 0, False
    while end < len(line):
        match = _WORD.match(line, end)
        if match is None:
            return None
        end, words = match.end(), words or match["word"] is not None
    return Kind.WIDGET if words else Kind.EDGE
