"""How a paragraph is shown: without the blanks that are only layout.

Pages made from PDF or Word files hold blanks between the characters of a sentence ('更大力 度', '20 亿元'); the same
text typed by hand holds none. Chinese needs no blanks, so a blank stays only where both its neighbours are letters,
digits or signs of alphabetic writing. Nothing else is touched: what counts as the same text is for `crawler.text.fold`.
"""

import re

_INVISIBLE = re.compile(
    r"[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\u00ad\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ue003\ue5e5"
    r"\ufeff\ufff9-\ufffc]+"
)
# Alphabetic scripts and ASCII; everything from general punctuation on (quotes, dashes, CJK, full-width) is Chinese.
# The blanks around a bar divide the cells of a row.
_LAYOUT_BLANK = re.compile(r" (?:(?<![!-\u1fff] )(?!\|)|(?<!\| )(?![!-\u1fff]))")


def normalize(text: str) -> str:
    """The text without invisible characters and layout blanks; other white space as single blanks. Idempotent."""
    if " " not in text and text.isprintable():  # most lines
        return text
    text = " ".join(text.split())
    if not text.isprintable():
        text = " ".join(_INVISIBLE.sub("", text).split())
    return text if " " not in text or text.isascii() else _LAYOUT_BLANK.sub("", text)
