"""Files of sources as people write them: every layout YAML allows them, with comments, for tests of edits."""

from dataclasses import dataclass

from hypothesis import strategies as st

TITLES = ["云溪市", "'云溪: 市'", '"云溪 #2"', "云溪市 2026", "&{name} 云溪市", '"\\u4e91溪"', "'it''s'", "😀 report"]
EVERY = ["1d", '"6h"', "'12h'"]
ALERTS = ["[desk]", "[ desk,mail ]", '["desk", mail]', "[]"]
COMMENTS = ["", "", "  # note", " # 注: [x], {y}", " # - dash"]


@dataclass(frozen=True)
class Layout:
    """A file and which sources it holds, in order."""

    text: str
    ids: tuple[str, ...]


@st.composite
def layouts(draw: st.DrawFn) -> Layout:
    """One file."""
    ids = tuple(f"s{number}" for number in range(draw(st.integers(1, 4))))
    dash = " " * draw(st.sampled_from([0, 2, 4]))
    gap = draw(st.sampled_from(["", "\n", "\n\n"]))
    lines = draw(st.sampled_from(["", "# head\n\n", "# head\ndefaults: {every: 6h}\n", "---\n"])) + channels(draw)
    if draw(st.booleans()):
        lines += "network:\n  contact: a@example.org   # who\n"
    if draw(st.integers(0, 9)) == 0:
        sources = ", ".join(in_braces(draw, name) for name in ids)
        lines += f"sources: [{sources}]  # all\n"
    else:
        lines += f"sources:{draw(st.sampled_from(COMMENTS))}\n"
        lines += gap.join(draw(st.sampled_from(["", f"{dash}# above\n"])) + entry(draw, name, dash) for name in ids)
    lines += draw(st.sampled_from(["", "\n", "# end\n", "web: {url: 'https://w.example.org/'}\n", "\n# end\n"]))
    if draw(st.booleans()):
        lines = lines.rstrip("\n")
    if draw(st.booleans()):
        lines = lines.replace("\n", "\r\n")
    return Layout(draw(st.sampled_from(["", "\ufeff"])) + lines, ids)


def channels(draw: st.DrawFn) -> str:
    one = "{type: webhook, url: 'https://hooks.example.org/'}"
    return f"channels:{draw(st.sampled_from(COMMENTS))}\n  desk: {one}\n  mail: {one}\n  chat: {one}\n"


def in_braces(draw: st.DrawFn, name: str) -> str:
    more = ["", ", title: '云溪'", ", every: 1d", ", alert: [desk, mail]", ", body: {select: p}", ","]
    return f"{{id: {name}, url: 'https://www.example.org/{name}.html'" + draw(st.sampled_from(more)) + "}"


def entry(draw: st.DrawFn, name: str, dash: str) -> str:
    """A source as lines, the last one ended."""
    comment = st.sampled_from(COMMENTS)
    if draw(st.integers(0, 4)) == 0:
        return f"{dash}- {in_braces(draw, name)}{draw(comment)}\n"
    pad = " " * draw(st.sampled_from([1, 1, 1, 3]))
    indent = f"{dash} {pad}"
    keys = [f"id: {name}", f"url: https://www.example.org/{name}.html"]
    for key, values in (("title", TITLES), ("every", EVERY), ("alert", ALERTS)):
        if draw(st.booleans()):
            item = draw(st.sampled_from(values)).replace("{name}", name)
            keys.append(f"{key}:{' ' * draw(st.sampled_from([1, 2]))}{item}")
    nested = draw(st.sampled_from(NESTED))
    keys = [key for key in keys if key.split(":")[0] != nested.split(":")[0]] + ([nested] if nested else [])
    keys = draw(st.permutations(keys))
    if draw(st.booleans()):
        keys.append("# watch: {targets: [地区生产总值]}")
    written = [key.replace("\n", f"\n{indent}") + (draw(comment) if "\n" not in key else "") for key in keys]
    if written[0].startswith("#"):  # a comment cannot stand first
        written.reverse()
    return f"{dash}-{pad}" + f"\n{indent}".join(written) + "\n"


NESTED = [
    "",
    "body: {select: div.text, drop: ['#ad']}",
    "body:\n  select: div.text   # text\n  drop:\n  - '#ad'   # advert\n  - .share\n  # deeper",
    "watch:\n  # first\n  targets: [地区生产总值]\n\n  min_change: 0.5",
    "watch: {targets: [\n    地区生产总值,   # GDP\n    就业 ], min_change: 0}",
    "alert:\n  - desk  # d\n  - mail",
]
