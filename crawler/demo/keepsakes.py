"""The folder that the demo leaves: a database to explore, the configuration, the mail and the webhook's document.

Ring 3. Only files of the demo's own names are ever removed from it.
"""

from importlib.resources import files
from pathlib import Path
from string import Template

from crawler.errors import UsageError

DATABASE = "crawler.db"
CONFIG = "sources.yaml"
MAIL = "alert.eml"
WEBHOOK = "webhook.json"
OWN = (DATABASE, f"{DATABASE}-wal", f"{DATABASE}-shm", f"{DATABASE}.lock", CONFIG, MAIL, WEBHOOK)


def clear(folder: Path) -> None:
    """Make the folder, without what a former demo left in it; all else stays."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name in OWN:
            (folder / name).unlink(missing_ok=True)
    except OSError as error:
        raise UsageError(f"{folder}: cannot be prepared: {error.strerror}; run the demo in another folder") from None


def write(folder: Path, name: str, content: bytes) -> None:
    """Leave one file."""
    try:
        (folder / name).write_bytes(content)
    except OSError as error:
        raise UsageError(f"{folder / name}: cannot be written: {error.strerror}") from None


def configuration(**addresses: object) -> str:
    """The demo's sources.yaml: `portal` and `hook` are origins, `secret` the webhook's, `port` the mail server's."""
    return Template(files("crawler.demo").joinpath(CONFIG).read_text("utf-8")).substitute(addresses)
