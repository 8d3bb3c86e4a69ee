"""The demo's portal: five made-up reports on loopback, in the shapes of the sites that people really watch.

Ring 3. Each request finds other adverts, counters and comments; only `edit` changes a report.
"""

from itertools import count

import crawler.demo.shapes as shapes
from crawler.demo.loopback import Answer, Call, Loopback
from crawler.demo.reports import load_report

ESSAY = ("/fanwen/2601.html", "/fanwen/2601_2.html", "/fanwen/2601_3.html")
NEWS = "/news/show/7f3a.html"
GOVERNMENT = "/zwgk/202601/t20260118_77.html"
LISTING = "/gongbao/"
LISTED = {f"{LISTING}1101.html": "chenghu", f"{LISTING}1102.html": "beilu"}


class Portal(Loopback):
    """Serves the reports while its `with` block runs."""

    def __init__(self) -> None:
        super().__init__(self._answer)
        self._reports = {name: load_report(name) for name in ("yunxi", "qinghe", "songlan", "chenghu", "beilu")}
        self._ticks = count(1)

    def edit(self, report: str, old: str, new: str) -> None:
        """Replace `old` by `new` in a report; KeyError unless it says `old` exactly once."""
        self._reports[report] = self._reports[report].edited(old, new)

    @property
    def texts(self) -> dict[str, str]:
        """What each report says now, by the path of its (first) page: what the crawler should find there."""
        places = {ESSAY[0]: "yunxi", NEWS: "qinghe", GOVERNMENT: "songlan", **LISTED}
        return {path: "\n".join(self._reports[name].paragraphs) for path, name in places.items()}

    def _answer(self, call: Call) -> Answer:
        if call.path == "/robots.txt":
            return Answer(status=200, content=b"User-agent: *\nDisallow: /go/\n", content_type="text/plain")
        page = self._page(call.path, next(self._ticks))
        if page is None:
            return Answer(status=404, content="<h1>页面不存在</h1>".encode(), content_type="text/html; charset=utf-8")
        if call.path == GOVERNMENT:  # written in GBK, labelled gb2312, no charset in the header: as found in the wild
            return Answer(status=200, content=page.encode("gbk"))
        return Answer(status=200, content=page.encode(), content_type="text/html; charset=utf-8")

    def _page(self, path: str, tick: int) -> str | None:
        if path in ESSAY:
            return shapes.essay(self._reports["yunxi"], ESSAY.index(path) + 1, tick, ESSAY)
        if path == NEWS:
            return shapes.news(self._reports["qinghe"], tick)
        if path == GOVERNMENT:
            return shapes.government(self._reports["songlan"], tick)
        if path == LISTING:
            return shapes.listing({url: self._reports[name].title for url, name in LISTED.items()}, tick)
        return shapes.gazette(self._reports[LISTED[path]], tick) if path in LISTED else None
