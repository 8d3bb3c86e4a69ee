"""What a parser may do that it should not; called in a reading process by tests, which is why it stands in a module."""

import ctypes
import os
import signal
import time
from collections.abc import Callable
from pathlib import Path

from crawler.errors import UsageError


def peak() -> int:
    """MB of the process at its largest."""
    return int(Path("/proc/self/status").read_text().partition("VmHWM:")[2].split()[0]) // 1024


def pid() -> int:
    return os.getpid()


def spin() -> None:
    while True:
        pass


def sleep() -> None:
    time.sleep(600)


def segfault() -> None:
    ctypes.string_at(0)


def abort() -> None:
    os.abort()


def leave() -> None:
    os._exit(7)


def hoard() -> int:
    kept = [bytearray(100_000_000) for _ in range(100)]
    return len(kept)


def grow() -> int:
    return len(bytearray(b"x") * 500_000_000)


def complain() -> None:
    raise UsageError("the document asks for a password")


def stumble() -> None:
    raise ZeroDivisionError("by a page")


def environment() -> dict[str, str]:
    return dict(os.environ)


def write(path: str) -> None:
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    Path(path).write_text("x")


class Trap:
    """Its pickle runs code where it is loaded."""

    def __init__(self, path: str) -> None:
        self.path = path

    def __reduce__(self) -> tuple[Callable[..., object], tuple[str]]:
        return os.mkdir, (self.path,)


def trap(path: str) -> Trap:
    return Trap(path)


def die_later() -> str:
    """Answer, then end by a signal, as memory spoilt by one document does at the next."""
    os.getpid = segfault  # type: ignore[assignment]  # that is the point
    return "well"
