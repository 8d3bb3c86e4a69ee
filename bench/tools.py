"""What `bench.monitor` compares: ours, the floor, and the other monitors with and without settings written by hand."""

import json
import sys
from pathlib import Path
from typing import Any

from bench.costs import OURS
from bench.shapes import Shape
from bench.site import Site, shape_of
from bench.watchers import ChangeDetection, Command, Ours, Stage, Urlwatch, Watcher, Webchanges


class Floor(Command):
    """`bench.floor`."""

    inputs = ("jobs.json",)

    def __init__(self, python: Path, folder: Path, stage: Stage) -> None:  # noqa: ARG002 (the others')
        super().__init__(Path(sys.executable), folder, stage)
        self.arguments = [sys.executable, "-m", "bench.floor"]
        shapes = [shape(stage, number) for number in range(len(stage.urls))]
        jobs = [(url, each.encoding, each.selector, each.exclude) for url, each in zip(stage.urls, shapes, strict=True)]
        (folder / "jobs.json").write_text(json.dumps({"hook": stage.hook, "jobs": jobs}))


class _Text:
    """With the filter for text alone."""

    def filters(self, number: int) -> dict[str, Any]:  # noqa: ARG002 (all the same)
        """What a job says besides its address."""
        return {"filter": ["html2text"]}


class _Selected:
    """With what a person writes for each page after a look at its source."""

    stage: Stage

    def filters(self, number: int) -> dict[str, Any]:
        """What a job says besides its address."""
        of = shape(self.stage, number)
        css = {"selector": of.selector} | ({"exclude": of.exclude} if of.exclude else {})
        return {"filter": [{"css": css}, "html2text"]}


class UrlwatchText(_Text, Urlwatch):
    """urlwatch, its filter for text alone."""


class UrlwatchSelected(_Selected, Urlwatch):
    """urlwatch, set up by hand."""


class WebchangesText(_Text, Webchanges):
    """webchanges, its filter for text alone."""


class WebchangesSelected(_Selected, Webchanges):
    """webchanges, set up by hand."""


TOOLS: dict[str, tuple[str, type[Watcher]]] = {
    OURS: ("", Ours),
    "bare floor, selectors": ("", Floor),
    "urlwatch": ("urlwatch", UrlwatchText),
    "urlwatch, selectors": ("urlwatch", UrlwatchSelected),
    "webchanges": ("webchanges", WebchangesText),
    "webchanges, selectors": ("webchanges", WebchangesSelected),
    "changedetection.io": ("changedetection.io", ChangeDetection),
}
"""The package to install, none for our own, and the way of running it."""


def shape(stage: Stage, number: int) -> Shape:
    """Of a page of the local site."""
    assert isinstance(stage, Site)
    return shape_of(number, stage.hosts)
