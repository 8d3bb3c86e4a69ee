"""What does harm is known, and JSON holds it as escapes that read back as what they were."""

import json
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.cli.output import safe
from crawler.harmless import HARMFUL, STEERING, UNSEEN, json_text
from tests.support.hostile import BAD, RAW

HOSTILE = st.text(st.one_of(st.sampled_from(BAD), st.characters()))


@given(st.recursive(HOSTILE, lambda inner: st.lists(inner) | st.dictionaries(HOSTILE, inner)))
def test_json_holds_nothing_harmful_and_loses_nothing(document: object) -> None:
    for layout in ({"indent": 2}, {"separators": (",", ":")}):
        text = json_text(document, **layout)
        assert not RAW.search(text)
        assert text.encode()
        assert json.loads(text) == document


@given(HOSTILE)
def test_what_a_terminal_is_shown_has_nothing_harmful(text: str) -> None:
    assert not RAW.search(safe(text))
    assert safe(text).encode().decode() == safe(text)


def test_every_control_and_every_mark_of_direction_is_known() -> None:
    everything = map(chr, range(0x110000))
    known = ("Cc", "Cs", "Zl", "Zp")
    missed = [
        sign
        for sign in everything
        if (unicodedata.category(sign) in known or "\u2066" <= sign <= "\u2069" or "\u202a" <= sign <= "\u202e")
        and not HARMFUL.match(sign)
    ]
    assert missed == ["\t", "\n"]


@pytest.mark.parametrize("text", ["云溪市２０２６年：增长6%\n\t“十四五”　—— 龘𠮷 葛\U000e0100 é 👍", "≥5%", "〇○●"])
def test_ordinary_text_stays(text: str) -> None:
    assert safe(text) == text
    assert json.loads(json_text(text)) == text
    assert not STEERING.search(text)
    assert not UNSEEN.search(text)
