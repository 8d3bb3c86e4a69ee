"""Years spelled out, as digits in the same places."""

from hypothesis import given
from hypothesis import strategies as st

from crawler.targets.years import with_plain_years

PIECES = st.sampled_from(["一九八五", "二〇二六", "二零一〇", "二十", "年", "到", "-", "一九", "，增长", "二", "6%"])


@given(st.lists(PIECES, max_size=8).map("".join) | st.text(max_size=40))
def test_plain_years_keep_every_offset_and_all_else(text: str) -> None:
    plain = with_plain_years(text)
    assert len(plain) == len(text)
    assert all(
        new == old or (new.isdigit() and old in "〇零○一二三四五六七八九") for old, new in zip(text, plain, strict=True)
    )
    assert with_plain_years(plain) == plain


@given(st.integers(1900, 2099))
def test_every_year_of_two_centuries_is_read(year: int) -> None:
    for zero in "〇零○":
        spelled = "".join((zero + "一二三四五六七八九")[int(digit)] for digit in str(year))
        assert with_plain_years(f"{spelled}年") == f"{year}年"
