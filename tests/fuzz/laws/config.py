"""Any sources.yaml: a configuration or faults with their lines; and no secret in either."""

import re

from crawler.config import parse_config
from crawler.errors import ConfigError
from crawler.options import Config

SECRET = "Gh7-planted-Q2"
ENVIRONMENT = {"TOKEN": SECRET, "EMPTY": "", "ODD": "a: [b\n"}
PIECES = (
    "sources:\n", "  - id: qinghe\n", "    url: https://www.example.org/1.html\n",
    "    listing: https://www.example.org/\n", "    every: 6h\n", "    cron: '0 8 * * *'\n", "    match: 'a+'\n",
    "    match: '(a+)+$'\n", "    delay: 2s\n", "    title: 青禾县\n", "    max_pages: 3\n", "    alert: [desk]\n",
    "    enabled: no\n", "    watch:\n      targets: [生产总值]\n      min_change: 0.5\n",
    "    body:\n      select: div.a\n      drop: ['.b']\n", "channels:\n", "  desk:\n", "    type: webhook\n",
    "    type: email\n", "    secret: ${TOKEN}\n", "    url: https://${TOKEN}@hooks.example/x\n",
    "    smtp: {host: mail.example, port: 587}\n", "${TOKEN}", "    from: a@example.org\n",
    "    to: [b@example.org]\n", "defaults:\n", "  timezone: Asia/Shanghai\n", "network:\n", "${EMPTY}",
    "  allow_private: true\n", "  proxy: http://${TOKEN}@proxy.example:8080\n", "web:\n  url: http://x\n", "&a ",
    "*a", "<<: *a\n", "!!python/x ", "- ", "[", "]", "{", "}", ": ", "\t", "'", '"', "|\n", ">\n", "#", "---\n",
    "null", "~", "1e999", ".inf", ".nan", "0x1f", "1_000", "2031-01-01", "99999999999999999999999999", "-1", "${",
    "${NONE}", "${ODD}", "\ufeff", "\u2028", "\x85", "\\ud800", "\n", "? ", "!!binary ",
)  # fmt: skip
_FAULT = re.compile(r"sources\.yaml:[1-9]\d*: [^\n\r]*\w[^\n\r]*")


def check(data: bytes) -> None:
    """The whole input is the file."""
    found = _parsed(data)
    assert _told(found) == _told(_parsed(data)), "the same file was read otherwise"
    assert SECRET not in _kept_secret(found), "a secret is told"
    if not isinstance(found, Config):
        assert found, "no configuration, and no fault"
        for fault in found:
            assert _FAULT.fullmatch(fault), f"not one line with its place: {fault!r}"
            assert fault.isprintable(), f"what does not print: {fault!r}"


def _told(found: Config | tuple[str, ...]) -> str:
    return repr(found)


def _kept_secret(found: Config | tuple[str, ...]) -> str:
    """All that must not hold a secret: a page's address and title are public, whatever they are made from."""
    return repr((found.network, found.channels) if isinstance(found, Config) else found)


def _parsed(data: bytes) -> Config | tuple[str, ...]:
    try:
        return parse_config(data, ENVIRONMENT)
    except ConfigError as error:
        return error.faults
