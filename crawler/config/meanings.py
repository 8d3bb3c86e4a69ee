"""What each key of sources.yaml means, in a line; docs/configuration.md says the same, as a test proves. Ring 1."""

from collections.abc import Mapping

MEANINGS: Mapping[str, Mapping[str, str]] = {
    "sources.yaml": {
        "defaults": "settings for all sources",
        "network": "how requests are made",
        "channels": "who can be told, and how",
        "health": "past which limits the installation counts as not well",
        "web": "where the dashboard is reached",
        "sources": "what is watched",
    },
    "defaults": {
        "every": "time between two checks; with `up_to` the least",
        "up_to": (
            "pages wait between `every` and so long, as edits are expected of them, see freshness; left out: "
            "`every` holds for all"
        ),
        "cron": 'instead of `every`: `"30 8 * * mon-fri"` (minute, hour, day, month, weekday)',
        "timezone": "time zone of `cron`, and of the digests of mail channels",
        "delay": "least pause between two requests to one host; robots.txt may ask for more",
        "alert": "who is told; left out: all channels; `[]`: changes are stored and shown, nobody is told",
        "max_pages": "at most so many listing pages, and so many parts of one article, are followed",
        "suspect_after": (
            "a page held back for so long because it looks broken or blocked is told, once; another "
            "article in its place is believed after seven times as long"
        ),
        "failing_after": "after so many failed checks in a row the source is told to be failing, once",
        "give_up_after": "an alert that cannot be delivered is retried for so long, then shown as dead",
    },
    "sources": {
        "id": "identity: the history follows the id, not the address; each id stands once",
        "title": "how the source is called in alerts and tables",
        "url": "the page to watch; of an article of several parts any one, the others are found from it",
        "listing": (
            "a page that lists reports; a report new on it raises an alert of its own, except on the first run"
        ),
        "match": "with `listing` only: which listed addresses are reports (searched, not anchored)",
        "watch": "which changes are worth an alert, see watch",
        "body": "help for the extractor, see body",
        "enabled": "`false`: not checked; its history stays",
    },
    "watch": {
        "targets": "only changes of these targets, such as `[地区生产总值]`; empty: all of them",
        "min_change": (
            "a changed target counts from this difference on, in the unit of its old value; compared "
            "from version to version"
        ),
        "min_percent": "and from this share of its old value on, in per cent; with both it must reach both",
        "relations": "whether another bound (左右 → 以上), period or unit counts where the value stays",
        "added": "whether targets that came count",
        "removed": "whether targets that went count",
        "text": (
            "whether edits beside the targets that count are told; left out: they are where no `targets` are named"
        ),
        "text_to": (
            "channels that are told of such edits instead of those of `alert`, for example a mail with `digest: daily`"
        ),
        "differs": (
            "whether `page.differs` is told: another page prints the same report otherwise; the other "
            "keys say which differences count"
        ),
    },
    "body": {
        "select": "the element that holds the text: `div.content`",
        "drop": 'elements to remove first: `[.related, "#comments"]`',
    },
    "network": {
        "allow_private": "pages may lie on private and loopback addresses",
        "proxy": (
            "`http://`, `https://` or `socks5://`, with or without a login: "
            "`http://user:${PROXY_PASSWORD}@proxy.example.org:3128`"
        ),
        "contact": (
            "mail address or link that every request carries, so that a portal's operators know whom "
            "to ask. Please set it"
        ),
        "timeout": "total time of one request, redirects included",
        "max_bytes": "largest page or document",
        "hosts_at_once": "hosts read side by side, each of them one request at a time",
        "ca_file": "PEM file of certificate authorities to trust besides the usual ones",
    },
    "webhook": {
        "url": "where to post; never shown, since services put their token into it",
        "secret": "key of the signature, known to the receiver as well; best `whsec_` and base64",
        "timeout": "total time of one delivery",
    },
    "email": {
        "smtp": "the mail server with its login: `smtp://…` or `smtps://…`, see below",
        "from": "the sender",
        "to": "the recipients",
        "digest": "collect alerts into one mail at the full hour, or at 08:00",
        "timezone": "time zone of the digest and of times in the mail",
        "language": "language of the mail",
        "timeout": "total time of one delivery",
    },
    "apprise": {
        "url": "`feishu://${FEISHU_TOKEN}`; never shown",
        "language": "language of the message",
    },
    "health": {
        "tick": "the daemon last went through its schedule so long ago",
        "overdue": "a check is late by so much; thousands of pages of one host that come due together need hours",
        "pending": (
            "an alert waits for so long, or a channel fails for so long, which is then told through "
            "the other channels (`channel.failing`)"
        ),
        "failing_percent": "so many per cent of the sources fail (`source.failing`)",
    },
    "web": {
        "url": (
            "where readers of alerts reach the dashboard: `https://crawler.example.org`; left out: "
            "alerts carry no link to it"
        ),
    },
}
