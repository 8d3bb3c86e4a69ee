"""The demo's page templates: HTML files one can open, with `${names}` where a report or the noise goes."""

from importlib.resources import files
from string import Template


def fill(name: str, **values: object) -> str:
    """The page `name` of this folder with every placeholder filled; the values are HTML already."""
    return Template(files(__name__).joinpath(f"{name}.html").read_text("utf-8")).substitute(values)
