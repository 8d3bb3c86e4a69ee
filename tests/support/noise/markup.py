"""Markup written in other ways that say the same: attributes, case, end tags, white space, comments.

Works on any page, real ones too: what does not look like a well-formed tag stays as it is.
"""

import re
from collections.abc import Callable

from tests.support.noise.dice import Dice, Draw

_TOKEN = re.compile(
    r"<(?:(?P<raw>!--.*?-->|(?P<held>script|style|textarea|pre|title|noscript|iframe|xmp|svg|math)\b.*?</(?P=held)\s*>|[!?][^>]*>)"
    r"|(?P<close>/?)(?P<name>[a-z][a-z0-9:-]*)(?P<attributes>(?:\s+[^\s=<>\"'/]+(?:=(?:\"[^\"<>]*\"|'[^'<>]*'|[^\s\"'<>=`]+))?)*)\s*/?>)",
    re.IGNORECASE | re.DOTALL,
)
_ATTRIBUTE = re.compile(r"([^\s=<>\"'/]+)(?:=(\"[^\"]*\"|'[^']*'|[^\s\"'<>=`]+))?")
_AFTER_P = frozenset((
    "address", "article", "aside", "blockquote", "div", "dl", "fieldset", "footer", "form", "h1", "h2", "h3", "h4",
    "h5", "h6", "header", "hr", "main", "nav", "ol", "p", "section", "table", "ul",
))  # fmt: skip
_BLOCKS = _AFTER_P | {
    "body", "br", "center", "dd", "dt", "figure", "head", "html", "li", "link", "meta", "tbody", "td", "tfoot", "th",
    "thead", "tr",
}  # fmt: skip
"""White space at their boundaries is never shown."""
_LEFT_OPEN: dict[str, tuple[frozenset[str], frozenset[str]]] = {
    "p": (_AFTER_P, frozenset(("div", "td", "section", "article", "li", "body"))),
    "li": (frozenset(("li",)), frozenset(("ul", "ol"))),
    "dt": (frozenset(("dt", "dd")), frozenset()),
    "dd": (frozenset(("dt", "dd")), frozenset(("dl",))),
    "td": (frozenset(("td", "th")), frozenset(("tr",))),
    "tr": (frozenset(("tr",)), frozenset(("table", "tbody"))),
    "body": (frozenset(), frozenset(("html",))),
}  # fmt: skip
"""End tags that may be omitted before these start and end tags."""


class Token:
    """A tag, a run of text, or what is left alone (comments, scripts, preformatted text)."""

    __slots__ = ("attributes", "close", "name", "text")

    def __init__(self, text: str, name: str = "", close: bool = False, attributes: str = "") -> None:
        self.text, self.name, self.close, self.attributes = text, name, close, attributes

    @property
    def block(self) -> bool:
        return self.name in _BLOCKS


def tokens(markup: str) -> list[Token]:
    """The markup in pieces; their texts joined are the markup."""
    found, end = [], 0
    for match in _TOKEN.finditer(markup):
        if match.start() > end:
            found.append(Token(markup[end : match.start()]))
        end = match.end()
        name = "" if match["raw"] is not None else match["name"].lower()
        found.append(Token(match[0], name, bool(match["close"]), match["attributes"] or ""))
    return [*found, Token(markup[end:])]


def _attributes(pieces: list[Token], dice: Dice) -> None:
    """Attributes more, in another order, with other quotes; ids and classes stay what page and reader do not read."""
    for piece in pieces:
        if not piece.name or piece.close or piece.name in ("meta", "html", "link", "base") or dice.random() < 0.5:
            continue
        said = [(match[1], match[2]) for match in _ATTRIBUTE.finditer(piece.attributes)]
        names = {name.lower() for name, _ in said}
        for name, content in _more(dice):
            if name not in names:
                said.append((name, content))
        dice.shuffle(said)
        inner = "".join(
            f" {name}" + ("" if content is None else f"={_quoted(dice, content)}") for name, content in said
        )
        slash = " /" if piece.text.endswith("/>") else ""
        piece.text = f"<{piece.text[1 : 1 + len(piece.name)]}{inner}{slash}>"


def _more(dice: Dice) -> list[tuple[str, str | None]]:
    pool = (
        ("class", f'"{dice.token()}"'), ("id", dice.token()), (f"data-{dice.token()}", f"'{dice.number()}'"),
        ("style", '"color:#333;font-size:16px"'), ("style", '"display:inline-block"'), ("onclick", '"go(1)"'),
        ("data-spm", None),
        ("class", '"comment ad footer hidden"'), ("class", '"content article main"'), ("align", "left"),
    )  # fmt: skip
    return [dice.pick(pool) for _ in range(dice.number(0, 2))]


def _quoted(dice: Dice, content: str) -> str:
    bare = content[1:-1] if content[:1] in "\"'" else content
    choices = [f"{quote}{bare}{quote}" for quote in "\"'" if quote not in bare]
    if re.fullmatch(r"[\w-]+", bare, re.ASCII):
        choices.append(bare)
    return dice.pick(choices) if choices else content


def _case(pieces: list[Token], dice: Dice) -> None:
    for piece in pieces:
        if piece.name and dice.random() < 0.5:
            at = 2 if piece.close else 1
            piece.text = (
                piece.text[:at] + piece.text[at : at + len(piece.name)].upper() + piece.text[at + len(piece.name) :]
            )


def _omit(pieces: list[Token], dice: Dice) -> None:
    """Leave out end tags where HTML allows it."""
    for index, piece in enumerate(pieces):
        if piece.close and piece.name in _LEFT_OPEN and dice.random() < 0.7:
            behind = next((p for p in pieces[index + 1 : index + 4] if p.name or p.text.strip()), None)
            starts, ends = _LEFT_OPEN[piece.name]
            if behind is not None and behind.name in (ends if behind.close else starts):
                piece.text = ""


def _minify(pieces: list[Token], dice: Dice) -> None:
    for before, piece, behind in zip(pieces, pieces[1:], pieces[2:], strict=False):
        if not piece.name and piece.text.isspace() and (before.block or behind.block):
            piece.text = ""


def _indent(pieces: list[Token], dice: Dice) -> None:
    """Tags of blocks each on a line of their own."""
    for piece in pieces:
        if piece.block and dice.random() < 0.7:
            blank = dice.pick(("\n", "\n\t\t", "\n    ", "\r\n  "))
            piece.text = blank + piece.text + dice.pick(("", blank))


def _wrap(pieces: list[Token], dice: Dice) -> None:
    """Break lines inside Chinese text, as editors do that wrap their source."""
    for piece in pieces:
        if not piece.name and len(piece.text) > 20 and piece.text[0] != "<" and dice.random() < 0.3:
            at = dice.number(5, len(piece.text) - 5)
            if min(piece.text[at - 1 : at + 1]) > "\u4e00" and max(piece.text[at - 1 : at + 1]) < "\u9fff":
                piece.text = piece.text[:at] + dice.pick(("\n", "\n　　", "\n\t ")) + piece.text[at:]


def _sprinkle(pieces: list[Token], dice: Dice) -> None:
    """Comments, scripts and empty elements between blocks."""
    for piece in pieces:
        if piece.close and piece.name in ("p", "div", "li") and dice.random() < 0.15:
            piece.text += dice.pick(
                (
                    f"<!-- {dice.token()} -->",
                    f"<script>var {dice.token()}={dice.number()};</script>",
                    "<!--[if IE]><p>请升级浏览器。</p><![endif]-->",
                    "<span></span>",
                )
            )


def _line_ends(pieces: list[Token], dice: Dice) -> None:
    for piece in pieces:
        piece.text = piece.text.replace("\r\n", "\n").replace("\n", "\r\n")


def _spell(pieces: list[Token], dice: Dice) -> None:
    """Characters as references, references as characters."""
    known = {
        "&nbsp;": "\u00a0",
        "“": "&ldquo;",
        "”": "&rdquo;",
        "—": "&mdash;",
        "…": "&hellip;",
        "·": "&middot;",
        "　": "&#12288;",
        "%": "&#37;",
    }
    for piece in pieces:
        if not piece.name and piece.text[:1] != "<":
            for char, other in known.items():
                if char in piece.text and dice.random() < 0.5:
                    piece.text = piece.text.replace(char, other)


WAYS: dict[str, Callable[[list[Token], Dice], None]] = {
    "attributes": _attributes, "case": _case, "end-tags": _omit, "minify": _minify, "indent": _indent, "wrap": _wrap,
    "sprinkle": _sprinkle, "line-ends": _line_ends, "spelling": _spell,
}  # fmt: skip


def rewrite(markup: str, draw: Draw, chance: float = 0.15) -> str:
    """The page written in other ways."""
    drawn = [(way, dice) for name, way in WAYS.items() if (dice := draw.dice(f"markup:{name}", chance))]
    if not drawn:
        return markup
    pieces = tokens(markup)
    for way, dice in drawn:
        way(pieces, dice)
    return "".join(piece.text for piece in pieces)
