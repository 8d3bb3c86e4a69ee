"""The bytes of a page, and what header and page say about them."""

import codecs

from tests.support.noise.dice import Dice, Draw

CHARSET = "<meta-charset>"
"""Stands where the label of the encoding goes."""
_LABELS = {
    "utf-8": ("utf-8", "UTF-8", "utf8", ""),
    "gb18030": ("gb2312", "GB2312", "gbk", "gb18030", ""),
}
_LIES = {"utf-8": ("gb2312", "iso-8859-1"), "gb18030": ("iso-8859-1", "utf-8")}


def encode(markup: str, draw: Draw, chance: float = 0.4) -> tuple[bytes, str]:
    """Content and Content-Type header; `CHARSET` in the markup becomes a meta element, or nothing."""
    dice = draw.dice("encoding", chance)
    if dice is None:
        return markup.replace(CHARSET, '<meta charset="utf-8">').replace(
            "{label}", "utf-8"
        ).encode(), "text/html; charset=utf-8"
    name = dice.pick(("utf-8", "gb18030", "gb18030"))
    label, header = (_label(dice, name) for _ in range(2))
    mark = codecs.BOM_UTF8 if name == "utf-8" and dice.random() < 0.3 else b""
    markup = markup.replace(CHARSET, _meta(dice, label))
    content_type = (
        f"text/html{dice.pick((';charset=', '; charset='))}{header}" if header else dice.pick(("text/html", ""))
    )
    return mark + _bytes(markup, name, dice), content_type


def _label(dice: Dice, name: str) -> str:
    """What the page or its server calls the encoding: the truth, nothing, or seldom a lie."""
    return dice.pick(_LIES[name] if dice.random() < 0.1 else _LABELS[name])


def _meta(dice: Dice, label: str) -> str:
    return dice.pick((
        f'<meta charset="{label}">', f"<META http-equiv=Content-Type content='text/html; charset={label}'>",
        f'<meta http-equiv="Content-Type" content="text/html; charset={label}" />',
    )) if label else ""  # fmt: skip


def _bytes(markup: str, name: str, dice: Dice) -> bytes:
    """GBK takes references for what it does not hold; GB18030 holds everything."""
    if name == "gb18030" and dice.random() < 0.7:
        return markup.encode("gbk", "xmlcharrefreplace")
    return markup.encode(name)
