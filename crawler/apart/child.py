"""The reading process: `python -m crawler.apart.child FD SECONDS MEMORY`; jobs come in and answers go out on FD.

It ends when the other end closes, however its parent ended; a job that never ends is cut off by an alarm of the
system's, also when nobody is left to kill it. It opens no connection and writes no file.
"""

import os
import pickle
import re
import resource
import signal
import sys
import traceback
from contextlib import suppress
from dataclasses import replace
from multiprocessing.connection import Connection
from pathlib import Path

from crawler.apart.wire import OUT_OF_MEMORY, Answer, pack
from crawler.errors import CrawlerError

_WORN = 300_000_000
"""Bytes by which a child grew, from which on it is replaced: what a huge document took is not given back wholly."""
_UNIT = 1 if sys.platform == "darwin" else 1024
"""Bytes in which a process's largest size is told."""


def main() -> None:
    """Answer jobs until the parent is gone."""
    pipe, seconds, memory = Connection(int(sys.argv[1])), int(sys.argv[2]), int(sys.argv[3])
    signal.signal(signal.SIGTERM, signal.SIG_IGN)  # sent to all at once by some supervisors: the parent decides
    _limit(memory)
    start = _largest()
    with suppress(EOFError, OSError):
        while True:
            job = pipe.recv_bytes()
            signal.alarm(seconds)
            try:
                told = pack(replace(_answered(job), worn=_largest() - start > _WORN))
            except MemoryError:
                os._exit(OUT_OF_MEMORY)
            pipe.send_bytes(told)
            signal.alarm(0)


def _limit(memory: int) -> None:
    """Bound memory where the system can, write nothing, and be the first to go where memory runs out for all."""
    for limit, most in ((resource.RLIMIT_AS, memory), (resource.RLIMIT_FSIZE, 0), (resource.RLIMIT_CORE, 0)):
        with suppress(ValueError, OSError):  # macOS knows RLIMIT_AS, but not everywhere
            resource.setrlimit(limit, (most, most))
    with suppress(OSError):  # Linux only
        Path("/proc/self/oom_score_adj").write_text("1000")


def _answered(job: bytes) -> Answer:
    try:
        function, given, named = pickle.loads(job)  # noqa: S301 (from our parent)
        answer = Answer(result=function(*given, **named))
    except CrawlerError as error:
        answer = Answer(error=error)
    except MemoryError:
        raise
    except Exception as error:  # noqa: BLE001 (told to the parent, which logs it as the bug it is)
        answer = Answer(bug="".join(traceback.format_exception(error))[-4000:])
    return answer


def _largest() -> int:
    """Bytes held at the most so far.

    Of Linux `getrusage` counts what the parent held when it started us, so there the kernel is asked otherwise.
    """
    with suppress(OSError):
        held = re.search(r"^VmHWM:\s*(\d+) kB", Path("/proc/self/status").read_text(), re.MULTILINE)
        if held:
            return int(held[1]) * 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * _UNIT


if __name__ == "__main__":
    main()
