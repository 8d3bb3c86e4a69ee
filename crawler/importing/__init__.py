"""Files of other programs -> sources to add: what maps is mapped, what does not is told with its reason.

    read -> Reading (found, refused) -> plan (against the sources there are) -> new sources for `crawler.config.editing`

Ring 1: pure; whoever calls opens the file and writes sources.yaml. These files come from anywhere: nothing in them is
run, unpacked to disk or believed, and a file that is damaged or built to do harm is a UsageError with one clear line.
"""

from typing import IO

from crawler.errors import UsageError
from crawler.importing.backups import read_backup, read_watches
from crawler.importing.found import Form as Form
from crawler.importing.found import Reading as Reading
from crawler.importing.jobs import read_jobs
from crawler.importing.opml import read_opml
from crawler.importing.plan import Plan as Plan
from crawler.importing.plan import Planned as Planned
from crawler.importing.plan import plan as plan
from crawler.importing.sniff import is_archive, sniffed
from crawler.importing.tables import read_csv
from crawler.importing.texts import LARGEST, decoded
from crawler.importing.urls import read_urls

MOST = 20_000
"""Pages of one file."""


def read(file: IO[bytes], name: str, form: Form | None = None) -> Reading:
    """What a file holds, of which `form` says the kind (None: it is told by its look); `name` is the file's own."""
    head = file.read(4)
    file.seek(0)
    if is_archive(head):
        if form not in (None, Form.CHANGEDETECTION):
            raise UsageError(f"this is a zip archive, not {form}")
        found = read_backup(file)
    else:
        text = decoded(file.read(LARGEST + 1))
        found = _of_text(text, form or sniffed(text, name))
    if len(found.each) > MOST:
        raise UsageError(f"this holds more than {MOST:,} entries: split it")
    return found


def _of_text(text: str, form: Form) -> Reading:
    match form:
        case Form.URLS:
            return read_urls(text)
        case Form.CSV:
            return read_csv(text)
        case Form.OPML:
            return read_opml(text)
        case Form.CHANGEDETECTION:
            return read_watches(text)
        case _:
            return read_jobs(text, form)
