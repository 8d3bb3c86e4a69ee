"""Two reports side by side: one report on two portals, or two years of one region. Ring 1; pure.

side       what is compared: a text with its targets, place and year; which of the two comparisons it asks for
alike      paragraphs that are alike though reworded, moved, cut or joined
passages   two texts as aligned paragraphs
portals    what a reprint changed, dropped or added, differing targets first
spelling   what a passage says, however its numbers are written and its signs are set
edits      where two prints differ, as far as a reader would hear it
prints     whether two texts are prints of one report, and what differs between them
years      what was promised, what was achieved, what is promised next
"""

from crawler.compare.portals import Portals as Portals
from crawler.compare.portals import compare_portals as compare_portals
from crawler.compare.prints import Difference as Difference
from crawler.compare.prints import compare_prints as compare_prints
from crawler.compare.side import Side as Side
from crawler.compare.side import asks_for as asks_for
from crawler.compare.years import Years as Years
from crawler.compare.years import compare_years as compare_years

__all__ = [
    "Difference",
    "Portals",
    "Side",
    "Years",
    "asks_for",
    "compare_portals",
    "compare_prints",
    "compare_years",
]
