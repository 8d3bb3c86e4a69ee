"""Is this reading a report page at all, and may it replace the version we hold? Ring 1.

Two degrees of doubt. **Hard**: a bot check, a login or error page, an empty shell; it never becomes a version.
**Soft**: a text that shrank strongly, lost all its targets or has little in common with the one before may be a broken
page or a large edit; it becomes a version when a second, separate check reads the same text.
"""

import re

from crawler.checks import Document, Due
from crawler.model import value
from crawler.text import fold

SHORT = 800
"""Characters; a block, login or error page says its piece in less, and a report that quotes such words is longer."""

LEAST = 20
"""Characters; a body shorter than this is an empty shell."""

SHRUNK = 0.6
ALIKE = 0.4

_WORDS = {
    "bot check": """
        安全验证 人机(?:身份)?验证 滑动验证 拖动滑块 点击(?:完成)?验证 请?输入验证码(?:继续|后) 访问(?:过于|太)频繁
        异常(?:访问|流量) (?:访问|请求)已?被(?:拦截|拒绝|阻断) 网站防火墙 云防护 加速乐 正在(?:检查|检测)您?的?浏览器
        checking_your_browser verify_(?:that_)?you_are are_you_a_robot just_a_moment attention_required
        access_denied request_blocked enable_javascript captcha""",
    "login page": """
        请先?登录 登录后(?:查看|阅读|继续|可见) 扫码登录 [用会][户员]登录 统一身份认证 please_(?:log|sign)_?in
        sign_in_to_continue""",
    "maintenance page": """
        (?:系统|网站|服务器?)(?:正在)?(?:维护|升级|建设)(?:中|[,，]) (?:正在|暂停)(?:维护|服务|升级) under_maintenance
        temporarily_unavailable""",
    "error page": """
        页面(?:不存在|找不到|未找到|丢失|已?被?删除|无法访问) 找不到[该您你此要页] (?:访问|请求)的页面
        (?:内容|文章|信息|资源)(?:不存在|已被?(?:删除|下架|撤销)) 服务器(?:内部)?错误 系统(?:繁忙|错误|异常) 40[34]错误
        error_40[34] 40[34]_(?:not_found|forbidden) page_not_found internal_server_error bad_gateway
        service_unavailable gateway_time-?out""",
}
"""What such pages say, as regular expressions set apart by blanks (an underscore is a blank)."""

_BLOCKS = {name: re.compile("|".join(words.split()).replace("_", " "), re.IGNORECASE) for name, words in _WORDS.items()}


@value
class Doubt:
    """Why a reading is not believed (yet)."""

    reason: str
    hard: bool


def doubt(due: Due, document: Document, old_text: str) -> Doubt | None:
    """What speaks against the reading; None if it is plausible. `old_text` is empty where there is no version yet."""
    text = document.text
    if len(fold(text)) < LEAST:
        return Doubt(reason=f"no report text found ({len(text)} characters)", hard=True)
    if (name := _block(document.title, text)) and not _block(due.title, old_text):
        return Doubt(reason=f"looks like a {name}: {text[:60]!r}", hard=True)
    if not due.version:
        return None
    return _shrunk(due, document, old_text) or _stranger(text, old_text)


def _block(title: str, text: str) -> str | None:
    if len(text) > SHORT:
        return None
    return next((name for name, pattern in _BLOCKS.items() if pattern.search(f"{title}\n{text}")), None)


def _shrunk(due: Due, document: Document, old_text: str) -> Doubt | None:
    old, new = len(old_text), len(document.text)
    if new < SHRUNK * old:
        return Doubt(reason=f"the text shrank from {old} to {new} characters", hard=False)
    promised = sum(target.status == "target" for target in document.targets)
    if due.target_count >= 3 and not promised:
        return Doubt(reason=f"all {due.target_count} targets are missing", hard=False)
    return None


def _stranger(text: str, old_text: str) -> Doubt | None:
    old, new = _shingles(old_text), _shingles(text)
    shared = len(old & new) / max(1, min(len(old), len(new)))
    if shared < ALIKE:
        return Doubt(reason=f"only {shared:.0%} of the text is known: it may be another article", hard=False)
    return None


def _shingles(text: str, size: int = 4) -> set[str]:
    folded = fold(text)
    return {folded[i : i + size] for i in range(max(1, len(folded) - size + 1))}
