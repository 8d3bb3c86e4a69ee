"""The whole way from the text of the file to `Config`; see the package. Ring 1."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from crawler.config.document import read_document
from crawler.config.keys import FILE, SOURCELESS
from crawler.config.kinds import suggestion
from crawler.config.node import Faults, Node, shown
from crawler.config.scalars import span
from crawler.errors import ConfigError
from crawler.model import Selectors, Source, Watch
from crawler.options import AppriseChannel, Channel, Config, EmailChannel, Limits, Network, WebhookChannel

_SCHEDULE = Source(id="-", title="-").schedule
"""The default one."""


def parse_config(
    text: str | bytes, environment: Mapping[str, str], name: str = "sources.yaml", *, sourceless: bool = False
) -> Config:
    """Everything the file says, with every default filled in.

    `environment` is what `${NAME}` is filled in from; `name` is how faults call the file; one that is `sourceless` may
    have no sources yet. Raises ConfigError with all faults at once, each one line:
    `sources.yaml:12: sources[3].every (jinhua-2024): expected …, found …`.
    """
    faults = Faults()
    root = read_document(text, environment, faults)
    if root.value is None and not faults:
        if sourceless:
            return Config(channels={}, sources=())
        faults.add_line(1, "the file is empty; expected at least one source under the key sources")
    elif root.value is not None:
        values = (SOURCELESS if sourceless else FILE).read(root, faults)
        _check_together(root, faults)
        if not faults:
            return _config(values)
    raise ConfigError(faults.lines(name, root), faults.places())


def _check_together(root: Node, faults: Faults) -> None:
    """What no key can tell alone."""
    top = root.items()
    channels = tuple(top["channels"].items()) if "channels" in top else ()
    if "defaults" in top:
        _check_common(top["defaults"].items(), channels, faults)
    seen: dict[str, Node] = {}
    for source in top["sources"].elements() if "sources" in top else ():
        items = source.items()
        _check_address(items, source, faults)
        _check_common(items, channels, faults)
        identity = items.get("id")
        if identity and isinstance(identity.value, str):
            first = seen.setdefault(identity.value, identity)
            if first is not identity:
                faults.add(identity, f"the id {shown(identity.written)} is already taken in line {first.line}")


def _check_address(items: Mapping[str, Node], source: Node, faults: Faults) -> None:
    if isinstance(source.value, dict) and "url" not in items and "listing" not in items:
        faults.add(source, 'the key "url" or "listing" is missing')
    if "url" in items and "listing" in items:
        faults.add(items["listing"], "expected either url or listing, found both")
    if "match" in items and "listing" not in items:
        faults.add(items["match"], "expected only together with listing, found without")


def _check_common(items: Mapping[str, Node], channels: tuple[str, ...], faults: Faults) -> None:
    if "every" in items and "cron" in items:
        faults.add(items["cron"], "expected either every or cron, found both")
    if "up_to" in items and "cron" in items:
        faults.add(items["up_to"], "expected only together with every, found with cron")
    _check_bounds(items, faults)
    watch = items["watch"].items() if "watch" in items else {}
    for named in (items.get("alert"), watch.get("text_to")):
        _check_channels(named, channels, faults)


def _check_bounds(items: Mapping[str, Node], faults: Faults) -> None:
    if "every" not in items or "up_to" not in items:
        return
    every, up_to = items["every"], items["up_to"]
    least, most = (span(node.value) if isinstance(node.value, str) else None for node in (every, up_to))
    if least is not None and most is not None and most < least:
        faults.add(up_to, f"expected no less than every, which is {shown(every.written)}, found {shown(up_to.written)}")


def _check_channels(named: Node | None, channels: tuple[str, ...], faults: Faults) -> None:
    for element in named.elements() if named else ():
        if isinstance(element.value, str) and element.value not in channels:
            hint = suggestion(element.value, channels) if channels else "; the file has no channels"
            faults.add(element, f"there is no channel {shown(element.written)}{hint}")


# --- plain values, all of them right -> Config -----------------------------------------------------------------------


def _config(values: dict[str, Any]) -> Config:
    defaults = values.get("defaults", {})
    timezone = {"timezone": defaults["timezone"]} if "timezone" in defaults else {}
    channels = values.get("channels", {})
    defaults = {"alert": tuple(channels), **defaults}  # who sets up a channel and says no more wants to be told
    return Config(
        network=Network(**values.get("network", {})),
        channels={name: _channel({"name": name, **channel}, timezone) for name, channel in channels.items()},
        sources=tuple(_source({**source}, {**defaults}) for source in values.get("sources", ())),
        health=Limits(**values.get("health", {})),
        web_url=values.get("web", {}).get("url"),
    )


def _source(own: dict[str, Any], defaults: dict[str, Any]) -> Source:
    """A source, what it leaves out taken from `defaults`; its own `cron` replaces an `every` there and vice versa."""
    if "every" in own or "cron" in own:
        defaults.pop("every", None)
        defaults.pop("cron", None)
    if "cron" in own:
        defaults.pop("up_to", None)
    merged = {**defaults, **own}
    timing = {key: merged.pop(key) for key in ("every", "up_to", "cron", "timezone") if key in merged}
    if "cron" in timing:
        timing["every"] = timing["up_to"] = None
    schedule = replace(_SCHEDULE, **timing)
    merged.setdefault("title", merged["id"])
    watch, body = Watch(**merged.pop("watch", {})), Selectors(**merged.pop("body", {}))
    return Source(**merged, schedule=schedule, watch=watch, body=body)


def _channel(values: dict[str, Any], timezone: dict[str, str]) -> Channel:
    match values.pop("type"):
        case "webhook":
            return WebhookChannel(**values)
        case "apprise":
            return AppriseChannel(**values)
        case _:
            server = values.pop("smtp")
            sender, recipients = values.pop("from"), values.pop("to")
            return EmailChannel(sender=sender, recipients=recipients, **{**timezone, **server, **values})
