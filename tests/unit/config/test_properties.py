"""Laws: what is written is read again, and whatever is read, nothing but a ConfigError comes of it."""

import json
from datetime import timedelta
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from crawler.config import parse_config
from crawler.config.kinds import suggestion
from crawler.errors import ConfigError
from crawler.options import Config
from tests.support.config import file_of

NAMES = st.text("abcXYZ019._-金华市", min_size=1, max_size=12).filter(lambda name: name[0] not in ".-")
TEXTS = st.text(st.characters(categories=("L", "N", "P", "S")), min_size=1, max_size=20).filter(
    lambda text: "${" not in text
)
SELECTORS = st.from_regex(r"\A[.#]?[a-z]{1,9}( > [a-z]{1,9}| \[hidden\])?\Z")
SPANS = st.integers(1, 10_000_000).map(lambda seconds: f"{seconds}s")
ADDRESSES = st.builds(
    "http://{}.example/{}".format, st.from_regex(r"\A[a-z]{1,9}\Z"), st.from_regex(r"\A[a-z0-9/]{0,9}\Z")
)
SOURCES = st.fixed_dictionaries(
    {"url": ADDRESSES},
    optional={
        "title": TEXTS,
        "every": SPANS,
        "delay": st.sampled_from(["0s", "3s", "1m"]),
        "max_pages": st.integers(1, 10_000),
        "enabled": st.booleans(),
        "watch": st.fixed_dictionaries({"targets": st.lists(TEXTS, unique=True, max_size=3)}),
        "body": st.fixed_dictionaries({"drop": st.lists(SELECTORS, unique=True, max_size=3)}),
    },
)
FILES = st.dictionaries(NAMES, SOURCES, min_size=1, max_size=4).map(
    lambda sources: [{"id": name, **source} for name, source in sources.items()]
)


def written(config: Config) -> list[dict[str, Any]]:
    """The sources of a configuration as they would stand in a file, every key of the strategy above set."""
    return [
        {
            "id": source.id,
            "title": source.title,
            "url": source.url,
            "every": f"{(source.schedule.every or timedelta(0)) // timedelta(seconds=1)}s",
            "delay": f"{source.delay // timedelta(seconds=1)}s",
            "max_pages": source.max_pages,
            "enabled": source.enabled,
            "watch": {"targets": list(source.watch.targets)},
            "body": {"drop": list(source.body.drop)},
        }
        for source in config.sources
    ]


@given(FILES)
def test_a_configuration_written_out_is_the_same_when_read_again(sources: list[dict[str, Any]]) -> None:
    config = parse_config(json.dumps({"sources": sources}, ensure_ascii=False), {})
    assert [source.id for source in config.sources] == [source["id"] for source in sources]
    again = json.dumps({"sources": written(config)}, ensure_ascii=False)
    assert parse_config(again, {}) == config


def survives(text: str | bytes, environment: dict[str, str]) -> None:
    faults: tuple[str, ...] = ("sources.yaml:",)
    try:
        parse_config(text, environment)
    except ConfigError as error:
        faults = error.faults
    assert faults
    assert all(fault.startswith("sources.yaml:") and len(fault.splitlines()) == 1 for fault in faults)


@given(st.binary(max_size=200) | st.text(max_size=200))
def test_arbitrary_input_never_raises_anything_else(text: str | bytes) -> None:
    survives(text, {})


@given(
    st.lists(
        st.sampled_from([*"[]{}:,-?&*!|>'\"%@`#~ \t\n", "${", "a", "sources:", "\n- ", "id: ", "---", "<<", "${A}"])
    )
)
def test_arbitrary_yaml_never_raises_anything_else(tokens: list[str]) -> None:
    survives("".join(tokens), {"A": "x"})


VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=30)
    | st.sampled_from(["${A}", "1d", "http://a/"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=5,
)
KEYS = ("url", "listing", "match", "cron", "every", "timezone", "title", "alert", "watch", "body", "id", "max_pages")
CHANNEL_KEYS = ("type", "url", "smtp", "from", "to", "secret", "digest", "timezone", "timeout", "language")


@settings(suppress_health_check=[HealthCheck.too_slow], max_examples=200)
@given(
    st.dictionaries(st.sampled_from(KEYS), VALUES, max_size=4),
    st.dictionaries(
        st.sampled_from(CHANNEL_KEYS), VALUES | st.sampled_from(["webhook", "email", "apprise"]), max_size=4
    ),
    st.text(max_size=20),
)
def test_arbitrary_values_never_raise_anything_else(
    source: dict[str, Any], channel: dict[str, Any], variable: str
) -> None:
    survives(file_of(source, channels={"x": channel}), {"A": variable})


@settings(max_examples=300)
@given(st.text("0123456789*/,-LW# MONFRI", max_size=25), st.text(r"()[]{}\*+?|^$.a-z0-9:<>=!P#&~", max_size=25))
def test_odd_schedules_and_patterns_never_raise_anything_else(cron: str, pattern: str) -> None:
    survives(file_of({"cron": cron, "url": None, "listing": "http://a/", "match": pattern}), {})


@given(st.text("abcdef", min_size=3, max_size=8), st.data())
def test_one_slip_of_the_pen_is_understood(word: str, data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(word) - 1))
    slips = (
        word[:place] + word[place + 1 :],
        word[:place] + "z" + word[place:],
        word[:place] + "z" + word[place + 1 :],
    )
    for slip in slips:
        assert suggestion(slip, (word,)) == f'; did you mean "{word}"?'


def test_ten_thousand_sources_are_read() -> None:
    lines = (
        f"- {{id: s{n}, url: 'http://www{n}.example.org/{n}.html', title: 某县{n}年报告, every: 1d}}"
        for n in range(10_000)
    )
    assert len(parse_config("sources:\n" + "\n".join(lines), {}).sources) == 10_000
