"""The configuration as it stands in its file now."""

import threading
from pathlib import Path

from crawler.app import load_config
from crawler.errors import CrawlerError
from crawler.options import Config


class Configured:
    """Called, it gives the configuration, or raises CrawlerError; a file that has not changed is not read again."""

    def __init__(self, path: str) -> None:
        self._path = path
        self._stamp: tuple[int, ...] | None = None
        self._read: Config | CrawlerError | None = None
        self._turn = threading.Lock()

    def __call__(self) -> Config:
        """What the file says."""
        with self._turn:
            stamp = self._stamp_now()
            if self._read is None or stamp is None or stamp != self._stamp:
                self._stamp, self._read = stamp, self._load()
            found = self._read
        if isinstance(found, CrawlerError):
            raise found.with_traceback(None)
        return found

    def _load(self) -> Config | CrawlerError:
        try:
            return load_config(self._path, sourceless=True)
        except CrawlerError as error:
            return error

    def _stamp_now(self) -> tuple[int, ...] | None:
        try:
            state = Path(self._path).stat()
        except OSError:
            return None
        return state.st_mtime_ns, state.st_size, state.st_ino
