"""`Readers`: a `Reader` whose work is done by child processes, each job under a deadline.

A child costs 50 MB and half a second once, and a tenth of a millisecond a page; so all pages are read there, not only
the suspicious ones, and a second processor is used. Python's own pools do not serve: they cannot stop one job, and
when a worker dies they fail the jobs of all.
"""

import os
import pickle
import signal
import subprocess
import sys
from collections.abc import Callable
from multiprocessing.connection import Pipe
from pathlib import Path
from threading import Lock, Semaphore
from types import TracebackType
from typing import ParamSpec, Self, TypeVar

from crawler.apart.wire import OUT_OF_MEMORY, Answer, pack, unpack_answer
from crawler.errors import Abandoned

P = ParamSpec("P")
T = TypeVar("T")

SECONDS = 60
"""Longer than any document within our other limits takes on a slow machine."""
MEMORY = 1_500_000_000
"""Bytes of address space a child may have; kept by Linux, not by macOS."""
MOST = max(2, min(4, os.cpu_count() or 1))
"""Children at a time: with two, one that hangs leaves another to work."""
_GRACE = 5
"""Seconds after which a child that does not end itself (an alarm of the system's) is ended. A thread that watches over
each job would cost more than reading most pages."""
_LARGEST_ANSWER = 256_000_000
_JOBS = 5_000
"""So many jobs a child does before it is replaced: parsers in C leak."""
_ENVIRONMENT = ("PATH", "LANG", "LC_ALL", "LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH", "PYTHONHOME", "VIRTUAL_ENV")
"""What a child inherits; the rest may hold passwords of channels."""


class _Died(Exception):  # noqa: N818 (what became of a child)
    """A child ended before it answered; the text says how, to follow 'reading it'."""


class _Crashed(_Died):
    """It ended by itself, perhaps because of what it had read before."""


class _Child:
    """One reading process; used by one thread at a time."""

    def __init__(self, seconds: int, memory: int) -> None:
        self._seconds = seconds
        self._memory = memory
        self.jobs = 0
        self._late = False
        self._pipe, theirs = Pipe()
        number = str(theirs.fileno())
        try:
            self._process = subprocess.Popen(  # noqa: S603 (our own module)
                [sys.executable, "-P", "-m", "crawler.apart.child", number, str(seconds), str(memory)],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                pass_fds=[theirs.fileno()],
                env=_environment(),
                start_new_session=True,  # Ctrl-C is the parent's
            )
        except OSError:
            self._pipe.close()
            raise
        finally:
            theirs.close()

    @property
    def alive(self) -> bool:
        return self._process.poll() is None

    def ask(self, job: bytes) -> Answer:
        """The child's answer. Raises `_Died` where there is none in time, or none that can be believed."""
        self.jobs += 1
        try:
            self._pipe.send_bytes(job)
            if not self._pipe.poll(self._seconds + _GRACE):
                self._stop()
            return unpack_answer(self._pipe.recv_bytes(_LARGEST_ANSWER))
        except (EOFError, OSError, pickle.UnpicklingError) as error:
            raise self._death() from error

    def kill(self) -> None:
        """End the process, whatever it does."""
        self._process.kill()
        self._process.wait()
        self._pipe.close()

    def _stop(self) -> None:
        self._late = True
        self._process.kill()

    def _death(self) -> _Died:
        try:
            status = self._process.wait(1)
        except subprocess.TimeoutExpired:
            return _Died("gave an answer that cannot be used")
        if self._late or status == -signal.SIGALRM:
            return _Died(f"took longer than {self._seconds} s")
        most = f"{self._memory // 1_000_000:,} MB of memory"
        if status == OUT_OF_MEMORY:
            return _Died(f"needs more than {most}")
        known = {number.value: number.name for number in signal.Signals}
        how = known.get(-status, f"exit status {status}")
        return _Crashed(f"crashed the parser ({how}), or needs more than {most}")  # where a library in C gives up


class Readers:
    """Reads in a few processes apart; may be called from any thread, which waits. Closed at the end.

    Raises Abandoned where a job takes too long or too much memory or crashes its process, and what the function itself
    raises of ours; a bug in it is a RuntimeError that holds its traceback.
    """

    def __init__(self, most: int = MOST, *, seconds: int = SECONDS, memory: int = MEMORY) -> None:
        self._seconds = seconds
        self._memory = memory
        self._room = Semaphore(most)
        self._lock = Lock()
        self._idle: list[_Child] = []
        self._busy: set[_Child] = set()
        self._closed = False

    def __call__(self, function: Callable[P, T], /, *given: P.args, **named: P.kwargs) -> T:
        """What the function returns, called in a process apart."""
        job = pack((function, given, named))
        with self._room:
            answer = self._answer(job)
        if answer.error:
            raise answer.error
        if answer.bug:
            raise RuntimeError(answer.bug)
        result: T = answer.result
        return result

    def close(self) -> None:
        """End every child; jobs under way are abandoned."""
        with self._lock:
            self._closed = True
            busy, idle, self._idle = tuple(self._busy), self._idle, []
        for child in busy:
            child._stop()  # noqa: SLF001 (its thread wakes up, and clears it away)
        for child in idle:
            child.kill()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _answer(self, job: bytes) -> Answer:
        """The answer of a child; of a fresh one where one crashed that another document may have spoilt."""
        try:
            child = self._take()
            spoilt = child.jobs > 0
            try:
                return self._asked(child, job)
            except _Crashed:
                if not spoilt:
                    raise
                return self._asked(self._take(fresh=True), job)
        except _Died as error:
            raise Abandoned(f"reading it {error}; it was stopped, and nothing else is affected") from error

    def _asked(self, child: _Child, job: bytes) -> Answer:
        answer = None
        try:
            answer = child.ask(job)
        finally:
            self._give_back(child, fit=answer is not None and not answer.worn and child.jobs < _JOBS)
        return answer

    def _take(self, *, fresh: bool = False) -> _Child:
        with self._lock:
            while self._idle and not fresh:
                child = self._idle.pop()
                if child.alive:
                    self._busy.add(child)
                    return child
                child.kill()
            if self._closed:
                raise Abandoned("reading it was stopped: the program ends")
            try:
                child = _Child(self._seconds, self._memory)
            except OSError as error:
                raise Abandoned(f"no process could be started to read it: {error.strerror}") from error
            self._busy.add(child)
            return child

    def _give_back(self, child: _Child, *, fit: bool) -> None:
        with self._lock:
            self._busy.discard(child)
            if fit and not self._closed:
                self._idle.append(child)
                return
        child.kill()


def _environment() -> dict[str, str]:
    kept = {name: os.environ[name] for name in _ENVIRONMENT if name in os.environ}
    return kept | {"PYTHONPATH": os.pathsep.join(path or str(Path.cwd()) for path in sys.path)}
