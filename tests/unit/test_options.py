"""Secrets never show, wherever a configuration is printed."""

import json
import traceback

from hypothesis import given
from hypothesis import strategies as st

from crawler.options import Secret

TEXTS = st.text("abcdefgh0123456789", min_size=12, max_size=30)


@given(TEXTS)
def test_a_secret_shows_nowhere_but_where_it_is_asked_for(text: str) -> None:
    secret = Secret(text)
    assert secret.reveal() == text
    shown = [str(secret), repr(secret), f"{secret} {secret!r} {secret!s}", "%s %r" % (secret, secret), repr([secret])]  # noqa: UP031 (old ways of formatting, too)
    try:
        json.dumps({"secret": secret})
    except TypeError as error:
        shown += traceback.format_exception(error)
    assert not [where for where in shown if text in where]


@given(TEXTS, TEXTS)
def test_secrets_are_equal_by_what_they_hold(one: str, other: str) -> None:
    assert (Secret(one) == Secret(other)) == (one == other)
    assert Secret(one) != one
