"""The demo's reports: invented places, sentences of our own, one text file each (first line: the title)."""

from importlib.resources import files

from crawler.model import value


@value
class Report:
    """A made-up government work report."""

    title: str
    paragraphs: tuple[str, ...]

    def edited(self, old: str, new: str) -> "Report":
        """The report with `old` replaced by `new`; KeyError unless exactly one paragraph says `old`, once."""
        if sum(paragraph.count(old) for paragraph in self.paragraphs) != 1:
            raise KeyError(old)
        return Report(title=self.title, paragraphs=tuple(text.replace(old, new) for text in self.paragraphs))


def load_report(name: str) -> Report:
    """The report `name` of this folder."""
    title, *paragraphs = files(__name__).joinpath(f"{name}.txt").read_text("utf-8").splitlines()
    return Report(title=title, paragraphs=tuple(line for line in paragraphs if line))
