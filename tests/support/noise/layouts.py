"""How systems and editors mark up paragraphs; each keeps the text, and bears noise between and inside paragraphs."""

from collections.abc import Callable
from html import escape

from tests.support.noise.bodies import Body, Row
from tests.support.noise.dice import Dice, Draw
from tests.support.noise.pools import grow

Layout = Callable[[Body, Draw], str]

_BETWEEN = ("banner", "link-advert", "text-advert", "frame", "script", "qr")
_WRAPPERS = ("span", "font", "strong", "b", "em", "u", 'span style="color:#333"', 'font face="宋体"')
_INVISIBLE = ("\u200b", "\ufeff", "&#8203;", "&shy;", "\u200c", "<wbr>", " ", "&nbsp;", "\u3000")
"""Also blanks, which mean nothing between Chinese characters: files made of PDF are full of them."""


def _cut(text: str, start: int) -> int:
    """The first place from there on where no number and no word of letters is torn."""
    return next((at for at in range(start, len(text)) if not text[at - 1 : at + 1].isascii()), len(text))


def _split(dice: Dice, text: str, before: str, behind: str) -> str:
    start = _cut(text, dice.number(1, len(text) - 1))
    end = _cut(text, start + dice.number(1, 12))
    first, inner, last = (escape(piece, quote=False) for piece in (text[:start], text[start:end], text[end:]))
    return f"{first}{before}{inner}{behind}{last}"


def inline(text: str, draw: Draw, place: str) -> str:
    """A paragraph's text, here and there with wrappers, invisible characters, an advert, an entity for a character."""
    if len(text) >= 8:
        if dice := draw.dice(f"wrapper:{place}", 0.06):
            tag = dice.pick(_WRAPPERS)
            return _split(dice, text, f"<{tag}>", f"</{tag.split()[0]}>")
        if dice := draw.dice(f"invisible:{place}", 0.04):
            mark = dice.pick(_INVISIBLE)
            return _split(dice, text, mark, mark)
        if len(text) > 40 and (dice := draw.dice(f"inside:{place}", 0.04)):
            return _split(dice, text, grow(dice, "inside"), "")
        if dice := draw.dice(f"entities:{place}", 0.04):
            return "".join(f"&#{ord(char)};" if dice.random() < 0.2 else escape(char) for char in text)
    return escape(text, quote=False)


def between(draw: Draw, place: str) -> str:
    """What stands between two paragraphs: mostly nothing.

    Pictures, frames, links and adverts that say so; a sentence without any label amid a body is, to every reader, body.
    """
    dice = draw.dice(f"between:{place}", 0.05)
    return grow(dice, dice.pick(_BETWEEN)) if dice else ""


def table(rows: tuple[Row, ...]) -> str:
    """A table of data."""
    lines = "".join("<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in row) + "</tr>" for row in rows)
    return f'<table border="1"><tbody>{lines}</tbody></table>'


def _each(body: Body, draw: Draw, wrap: Callable[[str, int], str], around: str = "{}") -> str:
    """The parts in order, with noise between them.

    `wrap` marks up a paragraph, given its number; `around` is what a block needs around it to stand there.
    """
    pieces = []
    for number, part in enumerate(body.parts):
        if number and (noise := between(draw, str(number))):
            pieces.append(around.format(noise))
        if isinstance(part, str):
            pieces.append(wrap(inline(part, draw, str(number)), number))
        else:
            pieces.append(around.format(table(part)))
    return "".join(pieces)


def paragraphs(body: Body, draw: Draw) -> str:
    return _each(body, draw, lambda text, _: f"<p>{text}</p>\n")


def indented(body: Body, draw: Draw) -> str:
    return _each(body, draw, lambda text, _: f'<p style="text-indent:2em">　　{text}</p>\n')


def centred_headings(body: Body, draw: Draw) -> str:
    """Short lines bold and in the middle."""

    def wrap(text: str, number: int) -> str:
        if len(text) > 25:
            return f"<p>&nbsp;&nbsp;&nbsp;&nbsp;{text}</p>"
        return f'<p align="center"><strong>{text}</strong></p>'

    return _each(body, draw, wrap)


def divs(body: Body, draw: Draw) -> str:
    return _each(body, draw, lambda text, _: f"<div>{text}</div>")


def breaks(body: Body, draw: Draw) -> str:
    return _each(body, draw, lambda text, _: f"　　{text}<br>\n")


def double_breaks(body: Body, draw: Draw) -> str:
    return _each(body, draw, lambda text, _: f"&nbsp;&nbsp;&nbsp; {text}<br /><br />")


def spans(body: Body, draw: Draw) -> str:
    """As the editors of WeChat leave it: sections and spans around each paragraph, empty ones between."""

    def wrap(text: str, number: int) -> str:
        inner = f'<span style="font-size:16px"><span>{text}</span></span>'
        return f'<section style="margin:0 8px"><p style="line-height:2em">{inner}</p></section><p><br></p>'

    return _each(body, draw, wrap)


def nested(body: Body, draw: Draw) -> str:
    """Sections of some parts each, below headings where parts are short."""

    def wrap(text: str, number: int) -> str:
        opens = "" if number % 4 else ("</section>" if number else "") + "<section>"
        return opens + (f"<p>{text}</p>" if len(text) > 20 else f"<h3>{text}</h3>")

    return f"{_each(body, draw, wrap)}</section>"


def word(body: Body, draw: Draw) -> str:
    """As Word exports it: a span for each run of figures or words, empty <o:p> elements."""

    def wrap(text: str, number: int) -> str:
        pieces = [text] if "<" in text or "&" in text else _runs(text)
        runs = "".join(f'<span lang="EN-US" style="font-family:仿宋_GB2312">{piece}</span>' for piece in pieces)
        return f'<p class="MsoNormal" style="text-indent:32.0pt">{runs}<span lang="EN-US"><o:p></o:p></span></p>\n'

    return _each(body, draw, wrap)


def _runs(text: str) -> list[str]:
    """The text in pieces that are figures or not."""
    pieces = [text[:1]]
    for char in text[1:]:
        if char.isascii() == pieces[-1][-1].isascii():
            pieces[-1] += char
        else:
            pieces.append(char)
    return pieces


def unclosed(body: Body, draw: Draw) -> str:
    """Paragraphs that nobody ended."""
    return _each(body, draw, lambda text, _: f"<P>　　{text}\n")


def bare(body: Body, draw: Draw) -> str:
    """Bare text; short parts are headings."""
    return _each(body, draw, lambda text, _: f"　　{text}<br>" if len(text) > 14 else f"<h2>{text}</h2>")


def rows(body: Body, draw: Draw) -> str:
    """A row of one cell for each paragraph."""
    return f"<table>{_each(body, draw, lambda text, _: f'<tr><td>{text}</td></tr>', '<tr><td>{}</td></tr>')}</table>"


def preformatted(body: Body, draw: Draw) -> str:
    """Lines of text as a plain file has them; tables are no part of such pages."""
    lines = "\n".join(f"　　{inline(part, draw, str(n))}" for n, part in enumerate(body.parts) if isinstance(part, str))
    return f"<pre>{lines}</pre>"


LAYOUTS: dict[str, Layout] = {
    layout.__name__.replace("_", "-"): layout
    for layout in (
        paragraphs, indented, centred_headings, divs, breaks, double_breaks, spans, nested, word, unclosed, bare, rows,
        preformatted,
    )
}  # fmt: skip
