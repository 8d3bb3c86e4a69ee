"""What a pager is made of: links, and the series they form by their addresses."""

from typing import NamedTuple
from urllib.parse import urlsplit

from crawler.extract.addresses import Slot
from crawler.extract.pager_words import Word


class Link(NamedTuple):
    """A link of the pager."""

    url: str
    word: Word
    number: int | None
    """That its text says."""
    line: int
    """So many lines stand before it."""
    slot: Slot | None = None
    """How its address is a member of the series; None: it carries no number, as a first page does."""
    faint: bool = False
    """What it says (上, 二) is a pager's only because its address is."""

    @property
    def offset(self) -> int | None:
        """How much more the text says than the address: 0, or 1 where addresses count from 0; None: it is a word."""
        return self.number - self.slot.number if self.slot and self.number is not None else None

    @property
    def total(self) -> int:
        """What the numbers of text and address add up to; 0: it is a word, or the number a parameter."""
        return self.number + self.slot.number if self.slot and self.number and not self.slot.query else 0


class Series(NamedTuple):
    """The links that share the page's address but for the number."""

    own: Slot | None
    """How the page itself is a member; None: it is the first one, whose address has no number."""
    numbered: list[Link]
    bare: list[Link]
    adrift: bool = False
    """Its pages count down, but from where is not known."""

    @property
    def size(self) -> int:
        """How many addresses attest it."""
        return len({link.url for link in (*self.numbered, *self.bare)})

    @property
    def lines(self) -> set[int]:
        """Where its links stand."""
        return {link.line for link in (*self.numbered, *self.bare)}

    @property
    def sum(self) -> int:
        """What the number of a page and that of its address add up to where they count down; else 0."""
        return max((link.slot.sum for link in self.numbered if link.slot), default=0)

    def counted_down(self, total: int, *, adrift: bool = False) -> "Series":
        """The same where numbers of pages and of addresses add up to `total`."""
        turned = [link._replace(slot=link.slot.counted_down(total)) for link in self.numbered if link.slot]
        return Series(self.own.counted_down(total) if self.own else None, turned, self.bare, adrift)

    def leads_back(self) -> bool:
        """Whether a first part is linked; the home page of the site is none."""
        return any(urlsplit(link.url).path.strip("/") for link in self.bare)

    def numbers(self, *words: Word) -> list[int]:
        """The numbers of the addresses whose links say so."""
        return [link.slot.number for link in self.numbered if link.slot and link.word in words]
