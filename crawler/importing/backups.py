"""Backups of changedetection.io: a zip with `url-watches.json`, or with a folder for each watch; or that JSON alone.

Ring 1. Since 2026 each watch and each tag has its folder (`UUID/watch.json`, `UUID/tag.json`); before, all of them
stood in one file. Settings whose effect we do not have are told by name; what they hold may be secret and never shows.
"""

import json
from collections.abc import Iterator, Mapping
from datetime import timedelta
from typing import IO

from crawler.config.node import clean
from crawler.errors import UsageError
from crawler.importing.archive import unpacked
from crawler.importing.found import Form, Found, Reading, Refused
from crawler.importing.texts import as_text, texts
from crawler.model import Json

_UNITS = ("weeks", "days", "hours", "minutes", "seconds")
_XPATH = ("/", "xpath:", "xpath1:", "json:", "jq:", "jqraw:")
_BROWSERS = ("html_webdriver", "playwright", "extra_browser")
_LINES = "the whole text of the page is compared"
_CHANNELS = "who is told is set under channels and alert"
_SETTINGS: Mapping[str, str] = {
    "headers": "request headers cannot be set",
    "proxy": "one proxy serves all sources: network.proxy",
    **dict.fromkeys(("ignore_text", "trigger_text", "text_should_not_be_present"), _LINES),
    **dict.fromkeys(("extract_text", "extract_lines_containing", "conditions"), _LINES),
    **dict.fromkeys(("notification_urls", "notification_title", "notification_body"), _CHANNELS),
    "webdriver_js_execute_code": "no browser is run here",
    "llm_intent": "not known here",
}
"""What is told as lost where it is set."""


def read_backup(file: IO[bytes]) -> Reading:
    """The watches of a backup."""
    return _watches({name: _json(content, name) for name, content in unpacked(file).items()})


def read_watches(text: str) -> Reading:
    """The watches of `url-watches.json` alone."""
    return _watches({"url-watches.json": _json(text, "")})


def _json(content: str | bytes, name: str) -> dict[str, Json]:
    where = f"{clean(name)}: " if name else ""
    try:
        data = json.loads(content)
    except (ValueError, RecursionError):
        raise UsageError(f"{where}this is not valid JSON") from None
    if not isinstance(data, dict):
        raise UsageError(f"{where}this is not a backup of changedetection.io")
    return data


def _watches(files: Mapping[str, dict[str, Json]]) -> Reading:
    watches: dict[str, Json] = {}
    tags: dict[str, Json] = {}
    settings: dict[str, Json] = {}
    for name, data in files.items():
        folder, _, file = name.rpartition("/")
        if file == "watch.json":
            watches[folder.rpartition("/")[2]] = data
        elif file == "tag.json":
            tags[folder.rpartition("/")[2]] = data
        else:
            watches = _mapping(data.get("watching")) | watches
            settings |= _mapping(data.get("settings"))
    if not watches and not settings:
        raise UsageError("this is not a backup of changedetection.io: it holds no watches")
    application = _mapping(settings.get("application"))
    tags = _mapping(application.get("tags")) | tags
    each = tuple(_watch(f"watch {clean(number)}", watch, tags) for number, watch in watches.items())
    return Reading(form=Form.CHANGEDETECTION, each=each, remarks=tuple(_common(settings, application)))


def _watch(where: str, watch: Json, tags: Mapping[str, Json]) -> Found | Refused:
    if not isinstance(watch, dict):
        return Refused(where=where, what="", reason="no watch: expected an object")
    url = as_text(watch.get("url"))
    title = as_text(watch.get("title")) or as_text(watch.get("page_title"))
    if why := _unfit(watch, url):
        return Refused(where=where, what=title or url, reason=why)
    filters = texts(watch.get("include_filters") or watch.get("css_filter"))
    foreign = [each for each in filters if each.startswith(_XPATH)]
    drop = texts(watch.get("subtractive_selectors"))
    groups = [tags[number] for number in texts(watch.get("tags")) if isinstance(tags.get(number), dict)]
    return Found(
        where=where,
        url=url,
        title=title,
        every=_interval(watch),
        select="" if foreign else ", ".join(filters),
        drop=tuple(each for each in drop if not each.startswith(_XPATH)),
        enabled=not watch.get("paused"),
        note=", ".join([*filter(None, (as_text(group.get("title")) for group in groups)), *texts(watch.get("tag"))]),
        lost=tuple(_lost(watch, foreign + [each for each in drop if each.startswith(_XPATH)], groups)),
    )


def _unfit(watch: dict[str, Json], url: str) -> str:
    """Why a watch cannot be imported at all."""
    method = as_text(watch.get("method"))
    if as_text(watch.get("processor")) not in ("", "text_json_diff"):
        return f"watches with {clean(str(watch['processor']))}, not a page's text"
    if method and method.upper() != "GET":
        return f"a request by {clean(method)}; pages are read by GET only"
    if watch.get("browser_steps"):
        return "steps in a browser; none is run here"
    if url.startswith("source:"):
        return "watches a page's source, not its text"
    return "the address is a template" if "{{" in url or "{%" in url else "" if url else "no address in it"


def _interval(watch: dict[str, Json]) -> timedelta | None:
    """The time between two checks, if the watch has its own."""
    if watch.get("time_between_check_use_default"):
        return None
    given = _mapping(watch.get("time_between_check"))
    amounts = {unit: given[unit] for unit in _UNITS if isinstance(given.get(unit), int) and 0 < given[unit] < 10**6}
    return timedelta(**amounts) if amounts else None


def _lost(watch: dict[str, Json], foreign: list[str], groups: list[dict[str, Json]]) -> Iterator[str]:
    if foreign:
        yield "XPath and JSON filters: only CSS selectors are taken"
    for key, reason in _SETTINGS.items():
        if watch.get(key):
            yield f"{key}: {reason}"
    if as_text(watch.get("fetch_backend")).startswith(_BROWSERS):
        yield "fetch_backend: no browser is run here; `crawler try URL` shows whether the page can be read without"
    if _mapping(watch.get("time_schedule_limit")).get("enabled"):
        yield "time_schedule_limit: write a cron expression by hand"
    if any(group.get("include_filters") or group.get("subtractive_selectors") for group in groups):
        yield "filters of its group: write them at each source, under body"


def _common(settings: dict[str, Json], application: dict[str, Json]) -> Iterator[str]:
    """What concerns all watches."""
    given = _mapping(_mapping(settings.get("requests")).get("time_between_check"))
    if any(given.values()):
        said = " ".join(f"{given[unit]} {unit}" for unit in _UNITS if isinstance(given.get(unit), int) and given[unit])
        yield f"the interval of all watches ({said}): set defaults.every"
    for key in ("global_subtractive_selectors", "global_ignore_text", "notification_urls"):
        if application.get(key):
            yield f"{key} of all watches: {_SETTINGS.get(key, _LINES)}"


def _mapping(item: Json) -> dict[str, Json]:
    return item if isinstance(item, dict) else {}
