"""A check, and the comparing of prints, wired: the rules of ring 1 and the edges.

Ring 2: imports ring 1 only; network and store come in as the protocols of `crawler.edges`. The same functions run
behind `once`, the daemon, and every later door. A page's failure is a value; what is raised here is the store's
(`CrawlerError`).
"""

from crawler.pipeline.check import check_host as check_host
from crawler.pipeline.check import check_page as check_page
from crawler.pipeline.check import drive as drive
from crawler.pipeline.check import host_of as host_of
from crawler.pipeline.desk import Desk as Desk
from crawler.pipeline.prints import compare_prints as compare_prints
