"""Does a text speak of the website and its visitor rather than of a place's affairs? Bot checks, logins, errors.

Two ways to know: phrases that such pages alone use, and, for wordings nobody has met, how dense their vocabulary is. A
report speaks of a government's work: it may name a website or a server, but not in every second clause, and it never
addresses its reader's browser. Ring 1, no state; linear in the text.
"""

import re

from crawler.text import half_width

SHORT = 800
"""Characters; a block, login or error page says its piece in less, and a report that quotes such words is longer."""

LONGEST = 3_000
"""Characters up to which vocabulary is counted: a page of instructions for those who were blocked."""

DENSE = 26
RATHER_DENSE = 32
"""Characters a word at most, in a text up to `SHORT` and in a longer one."""

LEAST_WORDS = 2
"""Other words than these must be met; of a longer text, three times as many."""

_PHRASES = {
    "bot check": """
        安全验证 人机(?:身份)?(?:验证|识别) 滑动验证 拖动滑块 点击(?:完成)?验证 请?输入验证码(?:继续|后)
        (?:访问|操作)(?:过于|太)频繁 异常(?:访问|流量) (?:访问|请求)已?被(?:拦截|拒绝|阻断) 网站防火墙
        云防护 加速乐 正在(?:检查|检测)您?的?浏览器
        checking_your_browser verify(?:ing)?_(?:that_)?you_are are_you_a_robot just_a_moment attention_required
        access_denied request_blocked enable_javascript captcha""",
    "login page": """
        请先?登录 登录后(?:查看|阅读|继续|可见) 扫码登录 [用会][户员]登录 统一身份认证 please_(?:log|sign)_?in
        sign_in_to_continue (?:剩余|其余|全部)内容.{0,8}(?:会员|登录|付费)""",
    "maintenance page": """
        (?:系统|网站|服务器)(?:正在)?(?:升级)?维护(?:中|[,，]) (?:系统|网站|服务器)升级中 网站(?:正在)?建设中
        (?:正在|暂停)(?:维护|服务|升级) under_maintenance
        temporarily_unavailable""",
    "error page": """
        页面(?:不存在|找不到|未找到|丢失|已?被?删除|无法访问) 找不到[该您你此要页] (?:访问|请求)的页面
        (?:内容|文章|信息|资源)(?:不存在|已被?(?:删除|下架|撤销)) 服务器(?:内部)?错误 系统(?:繁忙|错误|异常) 40[34]错误
        error_40[34] 40[34]_(?:not_found|forbidden) page_not_found internal_server_error bad_gateway
        service_unavailable gateway_time-?out""",
}
"""What such pages say, as regular expressions set apart by blanks (an underscore is a blank)."""

_BLOCKS = {
    name: re.compile("|".join(words.split()).replace("_", " "), re.IGNORECASE) for name, words in _PHRASES.items()
}

_ZH = r"""
    访问 浏览 网站 网页 页面 网址 链接 域名 站点 本站 首页 主页 刷新 跳转 返回 上网 上一页 收藏夹 书签 客户端 官网 会话
    弹窗 您 登[录陆] 注册 账号 密码 会员 用户名 验证 滑块 机器人 真人 口令 激活 授权 绑定 实名 手机 短信 预览
    拦截 阻断 防火墙 屏蔽 攻击 误报 误拦 威胁 恶意 防护 请求 非法 禁止 拒绝 频繁 限制 权限 违规 欺诈 封禁 黑名单 解除
    服务器 主机 数据库 连接 脚本 程序 配置 参数 插件 缓存 代理 控制台 堆栈 接口 端口 机房 停机 宕机
    异常 错误 出错 报错 失败 无法 暂时 暂停 不存在 找不到 没有找到 未找到 走丢 删除 撤下 下架 失效 过期 超时 维护 升级
    改版 迁移 恢复 备案 续费 欠费 过低 加载 稍[后候等] 谅解 抱歉 对不起 歉意 不便 管理员 站长 客服 事件编号 流水号 点击
    重试 尚未 排队 等待 请(?:不要|勿|先|在|把|重新|联系|打开|关闭|检查|更新|按|用)
"""
"""The visit, the visitor, what stops both, machines, and how they fail."""

_EN = r"""
    servers? requests? browsers? javascript nginx apache tomcat iis errors? exceptions? warning connections? timed_out
    access denied verify security websites? web_?(?:page|server|site)s? pages? domain for_sale installed configuration
    on_line_\d ray_id host log_?in sign_in password redirect\w* incident unsuccessful framework files? policy permission
    not_found forbidden unavailable maintenance refused failed online support code msg null trace\w* sql databases?
    mysql\w* php asp provider please you(?:r|'re|'ve)? cloudflare proxy gateway default index administrator cookies?
    reload loading blocked bots? human visit\w* url waf cdn dns uuid http ip at_[a-z]\w*(?:\.\w+){2,}
"""
_SIGNS = r"\.(?:php|aspx?|jsp|java|html|conf|config|js)\b|\[object|\{\{|\$\{"


def _either(words: str) -> str:
    return "|".join(words.split()).replace("_", " ")


_VOCABULARY = re.compile(rf"{_either(_ZH)}|(?<![a-z])(?:{_either(_EN)})(?![a-z])|{_SIGNS}", re.IGNORECASE)


def kind_of_block(title: str, text: str, limit: int) -> str | None:
    """What kind of page a text of up to `limit` characters is by its phrases; None: it uses none of them."""
    if len(text) > limit:
        return None
    return next((name for name, pattern in _BLOCKS.items() if pattern.search(f"{title}\n{text}")), None)


def speaks_of_the_web(title: str, text: str) -> bool:
    """Whether the words of a text, with or without its title, are mostly about the website and the visit."""
    return len(text) <= LONGEST and any(_is_dense(each) for each in (text, f"{title}\n{text}"))


def _is_dense(text: str) -> bool:
    plain = half_width(text)
    words = [found[0].lower() for found in _VOCABULARY.finditer(plain)]
    size = len("".join(plain.split()))
    size = size // 2 if plain.isascii() else size
    if size <= SHORT:
        return len(set(words)) >= LEAST_WORDS and size <= DENSE * len(words)
    return len(set(words)) >= 3 * LEAST_WORDS and size <= RATHER_DENSE * len(words)


# --- pages by their markup

_TAIL = 2_000
_OPENS = re.compile(rb"<(?:html|body|div|p|table)\b", re.IGNORECASE)
_CLOSES = re.compile(rb"</(?:html|body)\s{0,9}>", re.IGNORECASE)


def ends_within(content: bytes) -> bool:
    """Whether an HTML page's bytes end within a text or a tag, where a page that is whole ends behind one."""
    return not content.rstrip().endswith(b">") and _OPENS.search(content[:_TAIL]) is not None


def breaks_off(content: bytes) -> bool:
    """Whether an HTML page's bytes end before it was closed; some sites never close theirs."""
    opened = _OPENS.search(content[:_TAIL]) is not None
    return opened and (_CLOSES.search(content[-_TAIL:]) is None or ends_within(content))
