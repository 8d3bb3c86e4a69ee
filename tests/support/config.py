"""Configuration files for tests: the smallest valid one with what a test is about put in."""

import json
from collections.abc import Mapping
from typing import Any

import pytest

from crawler.config import parse_config
from crawler.errors import ConfigError
from crawler.model import Source
from crawler.options import Config


def faults_of(text: str | bytes, environment: Mapping[str, str] | None = None) -> tuple[str, ...]:
    """The faults of a file that must not be valid."""
    with pytest.raises(ConfigError) as caught:
        parse_config(text, environment or {})
    assert str(caught.value) == "\n".join(caught.value.faults)
    assert all(len(fault.splitlines()) == 1 for fault in caught.value.faults)
    return caught.value.faults


def fault_of(text: str | bytes, environment: Mapping[str, str] | None = None) -> str:
    """The only fault of a file."""
    faults = faults_of(text, environment)
    assert len(faults) == 1, faults
    return faults[0]


def file_of(source: Mapping[str, Any] | None = None, **parts: object) -> str:
    """A file with one source: `source` says what it holds besides id and url; JSON is YAML."""
    entry = {"id": "yunxi", "url": "https://www.example.org/1.html"} | dict(source or {})
    return json.dumps({"sources": [entry], **parts}, ensure_ascii=False)


def config_of(
    source: Mapping[str, Any] | None = None, environment: Mapping[str, str] | None = None, **parts: object
) -> Config:
    """The configuration such a file makes."""
    return parse_config(file_of(source, **parts), environment or {})


def source_of(source: Mapping[str, Any] | None = None, **parts: object) -> Source:
    """Its only source."""
    (made,) = config_of(source, None, **parts).sources
    return made
