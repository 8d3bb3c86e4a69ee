"""The page and the version that an address names, or a refusal that says which is not there."""

from crawler.web.locale import marked
from crawler.web.refused import Refused
from storage.lines import VersionLine
from storage.past import Standing, standing, timeline
from storage.store import Store


def page_of(store: Store, number: int) -> Standing:
    """A page, and how it stands."""
    found = standing(store, number)
    if found is None:
        raise Refused(404, marked("There is no page %(page)s."), page=number)
    return found


def version_of(store: Store, page: int, number: int) -> VersionLine:
    """A version of a page that is there."""
    found = timeline(store, page, numbers=[number])
    if not found:
        raise Refused(404, marked("Page %(page)s has no version %(version)s."), page=page, version=number)
    return found[0]
