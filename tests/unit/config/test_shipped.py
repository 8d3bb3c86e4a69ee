"""What is shipped: the filled sources.yaml and the two pages of documentation."""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from crawler.config import parse_config
from crawler.config.keys import BODY, CHANNEL, COMMON, FILE, HEALTH, NETWORK, SOURCE, WATCH
from crawler.config.kinds import Kind, Section
from crawler.options import Config

ROOT = Path(__file__).parents[3]
SHIPPED = ROOT / "sources.yaml"
DOCS = (ROOT / "docs/configuration.md", ROOT / "docs/configuration.zh-CN.md")
WEB = FILE.keys["web"]
assert isinstance(WEB, Section)
SECTIONS: dict[str, Mapping[str, Kind]] = {
    "sources.yaml": FILE.keys,
    "defaults": COMMON,
    "sources": {key: kind for key, kind in SOURCE.keys.items() if key not in COMMON},
    "watch": WATCH.keys,
    "body": BODY.keys,
    "network": NETWORK.keys,
    "health": HEALTH.keys,
    "web": WEB.keys,
    **{name: section.keys for name, section in CHANNEL.sections.items()},
}


def shipped() -> Config:
    return parse_config(SHIPPED.read_bytes(), {})


def test_the_shipped_file_is_valid_without_any_environment() -> None:
    assert {source.id: source.enabled for source in shipped().sources} == {
        "jinhua-2024": True,
        "pinghu-2023": True,
        "qiantang-2023": True,
        "bx-huadong": True,
        "sucai198-shi-2023": False,
        "sucai198-xian-2023": False,
    }


def test_the_shipped_file_is_polite() -> None:
    for source in shipped().sources:
        assert source.delay.total_seconds() >= 2
        assert source.schedule.every is not None
        assert source.schedule.every.total_seconds() >= 6 * 3600


def test_the_shipped_listing_finds_the_shipped_pages() -> None:
    sources = {source.id: source for source in shipped().sources}
    for page in ("pinghu-2023", "qiantang-2023"):
        assert re.search(sources["bx-huadong"].match, sources[page].url or "")


def test_every_commented_setting_of_the_shipped_file_is_valid() -> None:
    text = re.sub(r"^( *)# (?=[a-z_]+:|  )", r"\1", SHIPPED.read_text("utf-8"), flags=re.MULTILINE)
    text = text.replace("alert: []", "alert: [desk, mail, feishu]")
    config = parse_config(text, {"HOOK_SECRET": "x", "SMTP_PASSWORD": "x", "FEISHU_TOKEN": "x"})
    assert set(config.channels) == {"desk", "mail", "feishu"}
    assert config.network.contact
    assert config.web_url


def rows(path: Path) -> Iterator[tuple[str, str, str]]:
    """Section, key and default of each row of the page's tables (the default's cell, or an empty text)."""
    section = ""
    for line in path.read_text("utf-8").splitlines():
        if heading := re.match(r"#+ (?:.*：|.*: )?(\S+)", line):
            section = heading[1]
        elif row := re.match(r"\| `([a-z_]+)` \|[^|]*\|([^|]*)\|", line):
            yield section, row[1], row[2].strip()


@pytest.mark.parametrize("page", DOCS, ids=lambda page: page.name)
def test_the_documentation_has_exactly_the_keys_there_are(page: Path) -> None:
    documented = {(section, key) for section, key, _ in rows(page) if key != "smtp" or section == "email"}
    assert documented == {(section, key) for section, keys in SECTIONS.items() for key in keys}


def test_both_languages_tell_the_same_defaults() -> None:
    english, chinese = ([row for row in rows(page) if row[2].startswith("`")] for page in DOCS)
    assert [row for row in english if row in chinese] == english


@pytest.mark.parametrize("page", DOCS, ids=lambda page: page.name)
def test_documented_defaults_are_those_of_the_program(page: Path) -> None:
    given = {
        key: default.strip("`") for section, key, default in rows(page) if section == "defaults" and default != "–"
    }
    lines = "".join(f"{key}: {default}\n  " for key, default in given.items())
    spelled = parse_config(f"sources:\n- id: a\n  url: http://a/\n  {lines}", {})
    assert spelled == parse_config("sources:\n- id: a\n  url: http://a/\n", {})


@pytest.mark.parametrize("page", DOCS, ids=lambda page: page.name)
def test_documented_limits_are_those_of_the_program(page: Path) -> None:
    given = ", ".join(f"{key}: {default.strip('`')}" for section, key, default in rows(page) if section == "health")
    sources = "sources: [{id: a, url: 'http://a/'}]"
    assert parse_config(f"health: {{{given}}}\n{sources}", {}) == parse_config(sources, {})


@pytest.mark.parametrize("page", DOCS, ids=lambda page: page.name)
def test_documented_examples_are_valid(page: Path) -> None:
    examples = re.findall(r"```yaml\n(.*?)```", page.read_text("utf-8"), flags=re.DOTALL)
    assert len(examples) == 3
    for example in examples:
        assert parse_config(example, {"HOOK_SECRET": "x", "SMTP_PASSWORD": "x", "FEISHU_TOKEN": "x"}).sources
