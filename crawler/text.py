"""What counts as the same text: the one definition behind versions, alerts and diffs.

Ring 1. White space, full-width and half-width forms, zero-width characters and the style of quotation marks and dashes
are presentation: a page re-encoded, re-spaced, re-paginated or re-typed with other quotes still says the same.
"""

import hashlib
import re
import unicodedata

INVISIBLE = re.findall(
    r"[\s\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164\ue003\ue5e5"
    r"\ufe00-\ufe0f\ufeff\uffa0\ufff9-\ufffc]",
    "".join(map(chr, range(0x10000))),
)
"""Characters nobody sees, blanks among them; of the private ones, Founder's typesetting writes its blanks so."""
_RADICALS = dict(
    zip("⺟⺠⻁⻄⻅⻆⻉⻋⻓⻔⻘⻙⻚⻛⻜⻝⻢⻣⻤⻥⻦⻨⻩⻬⻮⻰",
        "母民虎西见角贝车长门青韦页风飞食马骨鬼鱼鸟麦黄齐齿龙", strict=True)
)  # fmt: skip
"""As PDFs often hold them in place of the characters; NFKC knows the other radicals."""
_PRESENTED = {
    **dict.fromkeys(INVISIBLE, ""),
    **dict.fromkeys("“”„‟〝〞＂", '"'),
    **dict.fromkeys("‘’‚‛`＇", "'"),
    **dict.fromkeys("‐‑‒–—―−﹣－─━", "-"),
    **dict.fromkeys("〜～∼", "~"),
    **dict.fromkeys("•‧∙⋅・･", "·"),
    **_RADICALS,
}  # fmt: skip
_SIGN = re.compile(f"[{re.escape(''.join(_PRESENTED))}]")
_FULL_WIDTH = (("，", ","), ("：", ":"), ("；", ";"), ("（", "("), ("）", ")"), ("…", "..."), ("？", "?"), ("！", "!"))
"""What NFKC makes of the commonest signs: it is slow only where it has something to do."""


def half_width(text: str) -> str:
    """The text in NFKC."""
    if unicodedata.is_normalized("NFKC", text):
        return text
    for sign, plain in _FULL_WIDTH:
        text = text.replace(sign, plain)
    return unicodedata.normalize("NFKC", text)


def fold(text: str) -> str:
    """The text as compared: NFKC, no white space, one style of quotes, dashes and dots. Idempotent."""
    whole = half_width(text.replace("´", "'"))  # NFKC would take it for a blank with an accent
    folded = _SIGN.sub(lambda sign: _PRESENTED[sign[0]], "".join(whole.split()))
    # An accent may have lost the blank it stood on.
    return folded if len(folded) == len(whole) else unicodedata.normalize("NFKC", folded)


def fingerprint(text: str) -> str:
    """SHA-256 (hex) of the folded text; two texts that say the same have the same one."""
    return hashlib.sha256(fold(text).encode("utf-8", "surrogatepass")).hexdigest()
