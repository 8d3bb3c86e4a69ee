"""What the controls of a page's players of sound and film say, and how a browser without them is told.

Expressions are matched against `plain` text and run in linear time; `phrases` puts them among its own.
"""

import re

_SIGN = r"[|/\\:,.%()\[\]~*-]"
_WORD = (
    r"(?>自动|连续|循环|点击|立即|重新|倍速|继续|暂停|停止|后台)?播放(?>列表|器|中|量|完毕|设置)?"
    r"|(?>退出)?全屏|(?>取消|点击)?静音|画中画|弹幕|倍速|倍数|重播|缓冲中?|音量|音色|语速|清晰度|[标高超]清|流畅|原画|蓝光|自动"
    r"|当前时间|(?>总|剩余)时[长间]|时[长间]|进度|媒体|[视音]频|加载(?>失败|中)?|请稍[候后等]|暂停|开始|停止|关闭|下载|\d(?:\.\d{1,2})?(?:x|倍)|x\d(?:\.\d{1,2})?"
)
_TIME = r"(?:\d{1,2}:)?\d{1,2}:\d{2}"
PLAYER = re.compile(
    rf"(?=.*(?:播放|重播|缓冲|全屏|静音|画中画|弹幕|倍速|[视音]频(?:加载|时长|进度)|{_TIME}[/|]{_TIME}))"
    rf"(?>{_WORD}|{_TIME}|\d{{1,3}}%|{_SIGN})++"
)
"""Controls, with or without how much was played of how long a recording."""
TAKEN_PART = re.compile(
    r"(?:目前|当前|现)?(?:已有|共有?|累计)?\d[\d,.]*万?(?:人|位|票|次)(?:网友)?(?:参与|参加)?(?:了)?(?:投票|评分|打分|答题|互动|调查|问卷)[^。]{0,6}"
)
"""How many took part in a poll."""
NO_PLAYER = re.compile(
    r"(?:抱歉|对不起)?[,!]?(?:您|你)?的?(?:当前)?浏览器(?:版本)?(?:过低|太低|较旧|尚?不支持|暂不支持|无法)[^。]{0,40}[。!]?"
    r"|(?:请|建议)[^。]{0,8}(?:安装|启用|升级)[^。]{0,8}(?:flash|播放器|浏览器)[^。]{0,24}[。!]?"
)
"""What a browser says that cannot show a recording."""
