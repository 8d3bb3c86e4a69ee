"""What a request asks for, read with care: whatever makes no sense is refused with a line that says why."""

from datetime import UTC, datetime
from urllib.parse import urlencode

from starlette.requests import Request

from crawler.web.locale import Taste, marked
from crawler.web.office import Office
from crawler.web.refused import Refused
from storage.access import Visitor

LONGEST = 500
"""Of a parameter."""
LARGEST = 2**63 - 1
YEARS = range(1900, 2200)
"""Of days: nearer to the ends of the calendar there is no day before, or behind, in every zone."""


def office_of(request: Request) -> Office:
    """What every page has at hand."""
    office: Office = request.app.state.office
    return office


def reader_of(request: Request) -> str:
    """Whose marks are kept."""
    visitor: Visitor | None = request.state.visitor
    return visitor.name if visitor else ""


def text_of(request: Request, name: str) -> str | None:
    """A parameter; None where it is missing or empty."""
    found = request.query_params.get(name, "").strip()
    if len(found) > LONGEST:
        raise Refused(400, marked("%(name)s: longer than %(most)s characters"), name=name, most=LONGEST)
    return found or None


def number_of(request: Request, name: str) -> int | None:
    """A parameter that is a number of ours."""
    found = text_of(request, name)
    if found is None:
        return None
    if not (found.isascii() and found.isdigit() and int(found) <= LARGEST):
        raise Refused(400, marked("%(name)s: not a number: %(found)s"), name=name, found=found)
    return int(found)


def day_of(request: Request, name: str) -> datetime | None:
    """A parameter that is a day, as its first moment where the reader is (2026-11-22)."""
    found = text_of(request, name)
    if found is None:
        return None
    taste: Taste = request.state.taste
    try:
        day = datetime.strptime(found, "%Y-%m-%d")  # noqa: DTZ007 (its zone is the reader's)
        if day.year not in YEARS:
            raise ValueError(found)
    except ValueError:
        raise Refused(400, marked("%(name)s: not a day: %(found)s"), name=name, found=found) from None
    return taste.zoned(day).astimezone(UTC)


def address_with(request: Request, **changed: object) -> str:
    """This page's address with some parameters changed; None takes one away. What a form led to has no address."""
    path = request.url.path if request.method in ("GET", "HEAD") else "/"
    left = {name: item for name, item in request.query_params.items() if name not in changed}
    left |= {name: str(item) for name, item in changed.items() if item is not None}
    return path + (f"?{urlencode(left)}" if left else "")
