"""Markups of Chinese CMSs, old and new, for one block of furniture.

A block is a list of entries (a heading, a comment, a link of a list), an entry a list of lines of HTML text. BLOCKS may
stand wherever a div may, INLINES within a paragraph too. Imports nothing of the project.
"""

import random
from collections.abc import Callable, Sequence

Entries = Sequence[Sequence[str]]
Markup = Callable[[Entries, random.Random], str]

_NAMES = (
    "pagelist", "bdsharebuttonbox", "xgwz", "pinglun", "copyright", "statement", "article-tools", "sidebar", "ad_box",
    "related", "hot-list", "share", "crumb", "info", "bottom", "plbox", "tips", "ewm",
)  # fmt: skip
_STYLES = (
    "color:#999;font-size:12px", "text-align:center", "clear:both;margin-top:10px", "padding:8px;border:1px solid #ddd",
)  # fmt: skip
_COLOURS = ("#ff0000", "gray", "#666666", "#808080")


def divs(entries: Entries, dice: random.Random) -> str:
    """One box, each line a box."""
    rows = "".join(f"<div>{line}</div>" for entry in entries for line in entry)
    return f"<div{_marks(dice)}>{rows}</div>"


def boxed_paragraphs(entries: Entries, dice: random.Random) -> str:
    """Paragraphs within a box."""
    return f"<div{_marks(dice)}>{paragraphs(entries, dice)}</div>"


def paragraphs(entries: Entries, dice: random.Random) -> str:
    """Paragraphs like those of the body, with nothing around them."""
    marks = _marks(dice)
    return "".join(f"<p{marks}>{line}</p>\n" for entry in entries for line in entry)


def one_paragraph(entries: Entries, dice: random.Random) -> str:
    """A paragraph with line breaks."""
    return f"<p{_marks(dice)}>{_broken(entries)}</p>"


def table(entries: Entries, dice: random.Random) -> str:
    """A row for each entry."""
    width = dice.choice(("98%", "100%", "640"))
    rows = "".join(f'<tr><td height="24">{"<br>".join(entry)}</td></tr>\n' for entry in entries)
    return f'<table width="{width}" border="0" cellspacing="0"><tbody>{rows}</tbody></table>'


def unordered(entries: Entries, dice: random.Random) -> str:
    """A heading, and a list of the rest."""
    heading = dice.choice(("h3", "h4", "strong", "div", "p", "b"))
    rows = "".join(f"<li>{_spread(entry)}</li>\n" for entry in entries[1:] or entries)
    head = f"<{heading}>{'<br>'.join(entries[0])}</{heading}>" if entries[1:] else ""
    return f"<div{_marks(dice)}>{head}<ul>{rows}</ul></div>"


def defined(entries: Entries, dice: random.Random) -> str:
    """The form of DedeCMS's boxes: a term, and definitions."""
    rest = "".join(f"<dd>{_spread(entry)}</dd>" for entry in entries[1:])
    return f"<dl{_marks(dice)}><dt><strong>{'<br>'.join(entries[0])}</strong></dt>{rest}</dl>"


def centred(entries: Entries, dice: random.Random) -> str:
    """As around the year 2005."""
    return f'<center><font color="{dice.choice(_COLOURS)}" size="2">{_broken(entries)}</font></center>'


def aligned(entries: Entries, dice: random.Random) -> str:
    """A box set to one side."""
    side = dice.choice(("center", "right", "left"))
    return f'<div align="{side}">{_broken(entries)}</div>'


def aside(entries: Entries, dice: random.Random) -> str:
    """As HTML5 has it."""
    rows = "".join(f"<p>{line}</p>" for entry in entries for line in entry)
    return f"<aside{_marks(dice)}>{rows}</aside>"


def sections(entries: Entries, dice: random.Random) -> str:
    """Nested as editors of WeChat articles do."""
    rows = "".join(f"<section><section><span>{line}</span></section></section>" for entry in entries for line in entry)
    return f'<section style="{dice.choice(_STYLES)}">{rows}</section>'


def nested(entries: Entries, dice: random.Random) -> str:
    """Boxes in boxes, lines side by side in an entry."""
    rows = "".join(f"<div><div>{'</div><div>'.join(entry)}</div></div>" for entry in entries)
    return f"<div{_marks(dice)}><div>{rows}</div></div>"


def bare(entries: Entries, dice: random.Random) -> str:
    """Text between line breaks, no element of its own."""
    return "<br>\n" * dice.choice((1, 2)) + f"{_broken(entries)}<br>\n"


def spans(entries: Entries, dice: random.Random) -> str:
    """Spans between line breaks."""
    style = dice.choice(_STYLES)
    rows = "<br>\n".join(f'<span style="{style}">{line}</span>' for entry in entries for line in entry)
    return f"<br>{rows}<br>"


def fonts(entries: Entries, dice: random.Random) -> str:
    """Coloured text between line breaks, indented like the body."""
    rows = "<br/>".join(f"　　{line}" for entry in entries for line in entry)
    return f'<br/><font color="{dice.choice(_COLOURS)}">{rows}</font><br/><br/>'


BLOCKS: tuple[Markup, ...] = (
    divs, boxed_paragraphs, paragraphs, one_paragraph, table, unordered, defined, centred, aligned, aside, sections,
    nested, bare, spans,
)  # fmt: skip
INLINES: tuple[Markup, ...] = (bare, spans, fonts)


def _marks(dice: random.Random) -> str:
    """Attributes: none, a style, a token that says nothing, or a name as CMSs give."""
    name = dice.choice(("", dice.choice(_STYLES), f"c{dice.randrange(16**6):06x}", dice.choice(_NAMES)))
    kind = "style" if ":" in name else dice.choice(("class", "id"))
    return f' {kind}="{name}"' if name else ""


def _broken(entries: Entries) -> str:
    return "<br>\n".join(line for entry in entries for line in entry)


def _spread(entry: Sequence[str]) -> str:
    return entry[0] if len(entry) == 1 else "".join(f"<div>{line}</div>" for line in entry)
