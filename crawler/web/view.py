"""How two texts are looked at: which view, what is opened; and the addresses that look at them otherwise."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import Self
from urllib.parse import urlencode

from starlette.requests import Request

from crawler.diff.beside import Row
from crawler.live import LivePage
from crawler.model import value
from crawler.web.asked import number_of, text_of
from crawler.web.display import Fold, opened_part
from crawler.web.locale import marked
from crawler.web.refused import Refused

_RANGES = re.compile(r"\d{1,9}-\d{1,9}(?:,\d{1,9}-\d{1,9}){0,30}")


@value
class View:
    """A comparison's own address, and how it is looked at."""

    path: str
    asked: Mapping[str, object]
    """What says which texts are compared; None: not said."""
    inline: bool
    """One text with what went and what came, else both side by side."""
    opened: str
    """Ranges of rows that are not folded: 12-40,300-420."""

    @property
    def ranges(self) -> list[range]:
        """`opened` as ranges."""
        pairs = (each.split("-") for each in self.opened.split(",") if each)
        return [range(int(start), int(stop)) for start, stop in pairs]

    @property
    def folded(self) -> Self:
        """The same with nothing opened."""
        return replace(self, opened="")

    def address(
        self, at: int | None = None, *, inline: bool | None = None, opened: tuple[int, int] | None = None
    ) -> str:
        """Of the part in which a row is, or in the other view, or with some rows not folded."""
        ranges = f"{self.opened},{opened[0]}-{opened[1]}".lstrip(",") if opened else self.opened
        shown = self.inline if inline is None else inline
        return self._address(self.path, view="inline" if shown else None, open=ranges or None, at=at)

    def rows_address(self, fold: Fold) -> str:
        """Of the rows of a fold alone, to be put into its place."""
        shown = "inline" if self.inline else None
        return self._address(
            f"{self.path}/rows", view=shown, open=self.opened or None, start=fold.start, stop=fold.stop
        )

    def change(self, starts: Sequence[int], here: range, number: int) -> str:
        """Of a change, by its number; `starts` are the rows of all changes, `here` those of this part."""
        if not 0 < number <= len(starts):
            return ""
        place = f"#c{number}"
        return place if number in here else self.address(starts[number - 1]) + place

    def _address(self, path: str, **shown: object) -> str:
        said = {name: item for name, item in {**self.asked, **shown}.items() if item is not None}
        return f"{path}?{urlencode(said, safe=',')}" if said else path


def view_of(request: Request, path: str, **asked: object) -> View:
    """How the request asks for texts at this address."""
    opened = text_of(request, "open") or ""
    if opened and not _RANGES.fullmatch(opened):
        raise Refused(400, marked("%(name)s: no ranges of paragraphs"), name="open")
    return View(path=path, asked=asked, inline=text_of(request, "view") == "inline", opened=opened)


def rows_asked(request: Request, view: View, rows: Sequence[Row], live: LivePage) -> dict[str, object]:
    """What a fold hides, for `rows.html`: from `start` to `stop`, or as much of it as fits."""
    start, stop = number_of(request, "start"), number_of(request, "stop")
    if start is None or stop is None or not start < min(stop, len(rows)):
        raise Refused(404, marked("There are no such paragraphs."))
    starts = [at for at, row in enumerate(rows) if row.change]
    blocks = opened_part(rows, start, stop, live)
    return {"view": view, "blocks": blocks, "to": partial(view.change, starts, range(0))}
