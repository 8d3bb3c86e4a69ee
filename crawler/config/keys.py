"""Every key of sources.yaml and what it holds; docs/configuration.md says the same for people. Ring 1.

Defaults stand in `crawler.options` and `crawler.model`: a key left out here is an argument left out there.
"""

from dataclasses import replace

from crawler.config.addresses import mailbox, page_address, proxy, secret_address, service, smtp
from crawler.config.kinds import Kind, ListOf, Named, Scalar, Section, Variants
from crawler.config.scalars import (
    amount,
    choice,
    cron,
    duration,
    flag,
    header,
    name,
    pattern,
    selector,
    signing_secret,
    size,
    text,
    timezone,
    whole,
)

_REQUEST_TIME = Scalar(parse=duration("1s", "1h"))
_LANGUAGE = Scalar(parse=choice("zh", "en"))
_CHANNELS = ListOf(kind=Scalar(parse=name), what="a list of channel names such as [desk]")

COMMON: dict[str, Kind] = {
    "every": Scalar(parse=duration("1s", "366d")),
    "up_to": Scalar(parse=duration("1s", "366d")),
    "cron": Scalar(parse=cron),
    "timezone": Scalar(parse=timezone),
    "delay": Scalar(parse=duration("0s", "1d")),
    "alert": _CHANNELS,
    "max_pages": Scalar(parse=whole(1, 10_000)),
    "suspect_after": Scalar(parse=duration("1s", "366d")),
    "failing_after": Scalar(parse=whole(1, 1_000)),
    "give_up_after": Scalar(parse=duration("1s", "366d")),
}
"""May stand in a source, or in `defaults` for all sources."""

WATCH = Section(
    keys={
        "targets": ListOf(kind=Scalar(parse=text("the name of a target", 100)), what="a list of target names"),
        "min_change": Scalar(parse=amount),
        "min_percent": Scalar(parse=amount),
        **dict.fromkeys(("relations", "added", "removed", "text", "differs"), Scalar(parse=flag)),
        "text_to": _CHANNELS,
    }
)

_SELECTOR = Scalar(parse=selector)

BODY = Section(keys={"select": _SELECTOR, "drop": ListOf(kind=_SELECTOR, what="a list of CSS selectors")})

SOURCE = Section(
    keys={
        "id": Scalar(parse=name),
        "title": Scalar(parse=text("a title", 300)),
        "url": Scalar(parse=page_address),
        "listing": Scalar(parse=page_address),
        "match": Scalar(parse=pattern),
        **COMMON,
        "watch": WATCH,
        "body": BODY,
        "enabled": Scalar(parse=flag),
    },
    required=("id",),
)

NETWORK = Section(
    keys={
        "allow_private": Scalar(parse=flag),
        "proxy": Scalar(parse=proxy, secret=True),
        "contact": Scalar(parse=header),
        "timeout": _REQUEST_TIME,
        "max_bytes": Scalar(parse=size),
        "hosts_at_once": Scalar(parse=whole(1, 1_000)),
        "ca_file": Scalar(parse=text("the path of a PEM file")),
    }
)

_TYPE = Scalar(parse=text("webhook, email or apprise"))

CHANNEL = Variants(
    sections={
        "webhook": Section(
            keys={
                "type": _TYPE,
                "url": Scalar(parse=secret_address, secret=True),
                "secret": Scalar(parse=signing_secret, secret=True),
                "timeout": _REQUEST_TIME,
            },
            required=("url",),
        ),
        "email": Section(
            keys={
                "type": _TYPE,
                "smtp": Scalar(parse=smtp, secret=True),
                "from": Scalar(parse=mailbox),
                "to": ListOf(kind=Scalar(parse=mailbox), what="a list of mail addresses", required=True),
                "digest": Scalar(parse=choice("hourly", "daily")),
                "timezone": Scalar(parse=timezone),
                "language": _LANGUAGE,
                "timeout": _REQUEST_TIME,
            },
            required=("smtp", "from", "to"),
        ),
        "apprise": Section(
            keys={"type": _TYPE, "url": Scalar(parse=service, secret=True), "language": _LANGUAGE},
            required=("url",),
        ),
    }
)

HEALTH = Section(
    keys={
        **dict.fromkeys(("tick", "overdue", "pending"), Scalar(parse=duration("1s", "366d"))),
        "failing_percent": Scalar(parse=whole(1, 100)),
    }
)

SOURCES = ListOf(kind=SOURCE, what="a list of sources, each with an id and a url or listing", required=True)
FILE = Section(
    keys={
        "defaults": Section(keys=COMMON),
        "network": NETWORK,
        "channels": Named(name=name, kind=CHANNEL),
        "health": HEALTH,
        "web": Section(keys={"url": Scalar(parse=page_address)}),
        "sources": SOURCES,
    },
    required=("sources",),
)
SOURCELESS = Section(keys={**FILE.keys, "sources": replace(SOURCES, required=False)})
"""A file that may have no sources yet."""
