"""The reader's language, zone and scheme of colours: what his browser says, or what he chose."""

import gettext
import io
from collections.abc import Mapping
from datetime import datetime, tzinfo
from functools import cache, lru_cache
from pathlib import Path
from urllib.parse import unquote
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from babel.core import negotiate_locale
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from crawler.model import value

ZONE = "Asia/Shanghai"
"""Where the reports' readers are, unless their browsers or the configuration say otherwise."""
LANGUAGES = ("zh", "en")
"""Of the catalogues; the messages themselves are English."""
THEMES = ("auto", "light", "dark")
_CATALOGUES = Path(__file__).parent / "locale"
_TAGS = {"zh": "zh-CN", "en": "en"}
_LONGEST = 100
"""Of a zone's name, and of the languages looked at."""


@value
class Taste:
    """How somebody reads."""

    language: str
    theme: str
    zone: str
    """His zone's name, as his browser says it; else that of the configuration."""

    @property
    def tag(self) -> str:
        """The language as HTML names it."""
        return _TAGS[self.language]

    def local(self, moment: datetime) -> datetime:
        """The moment where he is."""
        return moment.astimezone(_zone(self.zone))

    def zoned(self, written: datetime) -> datetime:
        """A time that he wrote, without a zone."""
        return written.replace(tzinfo=_zone(self.zone))


def taste_of(cookies: Mapping[str, str], accepted: str, home: str = ZONE) -> Taste:
    """What the cookies say, else the header Accept-Language, and the zone of the configuration."""
    language = cookies.get("lang", "")
    theme = cookies.get("theme", "")
    zone = unquote(cookies.get("zone", ""))
    return Taste(
        language=language if language in LANGUAGES else _negotiated(accepted),
        theme=theme if theme in THEMES else THEMES[0],
        zone=next((each for each in (zone, home) if _zone(each)), ZONE),
    )


@cache
def messages(language: str) -> gettext.NullTranslations:
    """The texts of a language."""
    path = _CATALOGUES / language / "LC_MESSAGES" / "messages.po"
    if not path.exists():
        return gettext.NullTranslations()
    with path.open("rb") as file:
        compiled = io.BytesIO()
        write_mo(compiled, read_po(file, locale=language))
    compiled.seek(0)
    return gettext.GNUTranslations(compiled)


def marked(message: str) -> str:
    """The message as it is, known to the catalogues: it is translated where it is shown."""
    return message


def translated(language: str, message: str, **values: object) -> str:
    """The message in a language; one that no catalogue knows stays as it is."""
    found = messages(language).gettext(message) if message else ""
    return found % values if values else found


def _negotiated(accepted: str) -> str:
    """The first language we have of those that the browser takes, best first."""
    ranked: list[tuple[float, str]] = []
    for each in accepted[:1000].split(",")[:_LONGEST]:
        tag, _, weight = each.strip().partition(";q=")
        try:
            ranked.append((-float(weight or 1), tag.split("-")[0].lower()))
        except ValueError:
            continue
    preferred = [tag for weight, tag in sorted(ranked, key=lambda each: each[0]) if weight < 0]
    return negotiate_locale(preferred, LANGUAGES) or "en"


@lru_cache(maxsize=1000)
def _known(name: str) -> tzinfo | None:
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return None


def _zone(name: str | None) -> tzinfo | None:
    return _known(name) if name and len(name) <= _LONGEST else None
