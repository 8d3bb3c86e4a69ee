"""Two reports side by side: one report on two portals, or two years of one region. Ring 1; pure.

side       what is compared: a text with its targets, place and year; which of the two comparisons it asks for
alike      paragraphs that are alike though reworded, moved, cut or joined
passages   two texts as aligned paragraphs
portals    what a reprint changed, dropped or added, differing targets first
years      what was promised, what was achieved, what is promised next
"""

from crawler.compare.portals import Portals as Portals
from crawler.compare.portals import compare_portals as compare_portals
from crawler.compare.side import Side as Side
from crawler.compare.side import asks_for as asks_for
from crawler.compare.years import Years as Years
from crawler.compare.years import compare_years as compare_years

__all__ = ["Portals", "Side", "Years", "asks_for", "compare_portals", "compare_years"]
