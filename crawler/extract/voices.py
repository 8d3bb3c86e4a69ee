"""What readers say below a body: line after line a name, a colon, and words as one speaks them."""

import re
from collections.abc import Iterator, Sequence

from crawler.extract.outline import Outline
from crawler.extract.phrases import Kind

_VOICE = re.compile(
    r"(?:(?:沙发|板凳|地板|顶楼|[#＃]\d{1,5}|\d{1,5}\s?[楼#F]|第\d{1,5}楼|网[民友]|用户|[\[【][^\]】]{1,16}[\]】])\s?)?"
    r"[“\"]?(?P<name>[\w·.*-]{1,16})[”\"]?\s?(?:[(（\[【][^()（）]{1,20}[)）\]】])?\s?[:：]\s?(?P<said>.{2,})"
)
_ASKS = re.compile(
    r"记者|主持人?|[问答]|嘉宾|提问|回答|(?:局|市|县|区|镇|厅|处|科|院|校|会|部)长|书记|主任|发言人|代表|委员"
)
"""Who speaks in interviews."""
_SPOKEN = re.compile(
    r"[我咱俺你您]|楼[主上下]|[啊吧呢吗哈呀嘛啦哦噢][。！？!?，,]?|[！？!?]$|辛苦|支持|收藏|学习了|谢谢|感谢|路过|看看|看悬|点赞|求|顶|赞|不错|好文|mark|Mark|MARK|差评|好评|666|期待|希望|靠谱|[。，]?\.{3}$"
)
_LEAST = 3
_LONGEST = 120


def voices(outline: Outline, kinds: Sequence[Kind | None]) -> list[int]:
    """The lines of readers behind sentences that are more than theirs."""
    spoken = [
        text
        for text, size, kind in zip(outline.texts, outline.sizes, kinds, strict=True)
        if kind is None and size <= _LONGEST and ("：" in text or ":" in text)
    ]
    if len(spoken) < _LEAST or sum(_SPOKEN.search(text) is not None for text in spoken) < 2:
        return []
    found = [index for run in _runs(outline, kinds) if _is_talk(outline, run) for index in run]
    if not found:
        return []
    gone = set(found)
    before = (i for i in range(found[0]) if outline.prose[i] and kinds[i] is None and i not in gone)
    said = sum(outline.prose_sizes[i] for i in found)
    return found if sum(outline.sizes[i] for i in before) > said else []


def _runs(outline: Outline, kinds: Sequence[Kind | None]) -> Iterator[list[int]]:
    """Lines of names and words in one markup, nothing but furniture between; the first one is as one speaks."""
    run: list[int] = []
    for index, (text, kind) in enumerate(zip(outline.texts, kinds, strict=True)):
        if kind is not None:
            continue
        voice = _VOICE.match(text) if len(text) <= _LONGEST and (":" in text or "：" in text) else None
        if run and (voice is None or outline.line_ways[index] != outline.line_ways[run[0]]):
            yield run
            run = []
        if voice and (run or _SPOKEN.search(voice["said"])):
            run.append(index)
    yield run


def _is_talk(outline: Outline, run: Sequence[int]) -> bool:
    """Whether several people, few of them twice and none of them interviewed, talk as one does."""
    said = [match for match in (_VOICE.match(outline.texts[index]) for index in run) if match]
    names = {match["name"] for match in said}
    if len(run) < _LEAST or 2 * len(names) < len(run) or any(_ASKS.search(name) for name in names):
        return False
    return 2 * sum(_SPOKEN.search(match["said"]) is not None for match in said) >= len(said)
