"""Any two texts: the edit script makes the new one of the old, hunks are where the fold differs and nowhere else."""

from crawler.diff import TextDiff, diff_texts
from crawler.text import fingerprint, fold

PIECES = (
    "全区生产总值增长", "6%", "左右", "，", "。", "\n", "\0", " ", "\u3000", "\u200b", "“", "”", "①", "㎡", "½", "ﬁ",
    "e\u0301", "é", "ｶﾞ", "ガ", "\u0301", "\u3099", "\u1112\u1161\u11ab", "한", "12", "１２", "1.5", "亿元", "a",
    "ab", "——", "-", "…", "...", "´", "`", "\u0344", "\ufdfa", "⺟", "母", "\u00a8", "\u037a", "\u1fbf", "\u0345",
    "<b>", "&amp;", "<script>",
)  # fmt: skip


def check(data: bytes) -> None:
    """Two texts with a NUL between them; without one, a text and its second half."""
    text = data.decode("utf-8", "replace")
    old, parted, new = text.partition("\0")
    new = new if parted else text[len(text) // 2 :]
    for pair in ((old, new), (new, old), (old, old)):
        _holds(*pair)


def _holds(old: str, new: str) -> None:
    diff = diff_texts(old, new)
    assert diff == diff_texts(old, new), "the same texts were compared otherwise"
    assert diff.apply(old) == new, "the edit script makes another text"
    assert diff.changed == (fold(old) != fold(new)), "changed is not what the fold says"
    assert diff.changed == (fingerprint(old) != fingerprint(new)), "changed is not what the fingerprint says"
    assert fold(fold(old)) == fold(old), "the fold of a fold is another one"
    _applies(diff)
    _renders(diff)


def _applies(diff: TextDiff) -> None:
    """The hunks alone, put in the old text, say what the new one says."""
    said, end = [], 0
    for hunk in diff.hunks:
        assert hunk.old == diff.old[hunk.old_start : hunk.old_end], "a hunk's old text stands elsewhere"
        assert hunk.new == diff.new[hunk.new_start : hunk.new_end], "a hunk's new text stands elsewhere"
        assert hunk.old_start >= end, "hunks overlap"
        said += [diff.old[end : hunk.old_start], hunk.new]
        end = hunk.old_end
    assert fold("".join((*said, diff.old[end:]))) == fold(diff.new), "the hunks say something else"


def _renders(diff: TextDiff) -> None:
    assert bool(diff.inline()) == bool(diff.unified()) == diff.changed, "what changed is not shown"
    markup = diff.inline_html()
    for allowed in ("<p>", "</p>", "<br>", "<ins>", "</ins>", "<del>", "</del>"):
        markup = markup.replace(allowed, "")
    assert "<" not in markup, "markup of the text itself"
