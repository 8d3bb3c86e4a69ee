"""Hostile pages and documents read in a process of its own, with so much time and memory: whoever needs more dies.

The limits lie far above what a reader needs whose time grows with the size, and far below what one needs whose time
grows with its square; so nothing hangs on how fast the machine is.
"""

import json
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
MEMORY = 1_500_000_000
"""Bytes of address space."""
_CHILD = """
import json, resource, sys
from importlib import import_module
from crawler.errors import UsageError
from crawler.extract import extract

shapes = getattr(import_module(sys.argv[1]), sys.argv[2])
size, seconds, memory = float(sys.argv[3]), int(sys.argv[4]), int(sys.argv[5])
for name in json.load(sys.stdin):
    content = shapes[name](size)
    spent = resource.getrusage(resource.RUSAGE_SELF)
    resource.setrlimit(resource.RLIMIT_AS, (memory, -1))
    resource.setrlimit(resource.RLIMIT_CPU, (int(spent.ru_utime + spent.ru_stime) + seconds, -1))
    try:
        told = extract(content).body
    except UsageError as error:
        told = f"refused: {error}"
    except Exception as error:
        told = f"{type(error).__name__}: {error}"
    for limit in (resource.RLIMIT_AS, resource.RLIMIT_CPU):
        resource.setrlimit(limit, (-1, -1))
    print(json.dumps([name, told]), flush=True)
"""


def read_within_limits(module: str, shapes: str, names: Iterable[str], size: float, seconds: int) -> dict[str, str]:
    """What each shape of a module gives when it is read: its body, 'refused: …', another error, or that it died.

    `seconds` are of the processor, for each shape.
    """
    left, told = [*names], dict[str, str]()
    while left:
        command = [sys.executable, "-c", _CHILD, module, shapes, *map(str, (size, seconds, MEMORY))]
        ended = subprocess.run(command, input=json.dumps(left), capture_output=True, text=True, cwd=ROOT, check=False)
        told |= dict(map(json.loads, ended.stdout.splitlines()))
        done = len(set(told) & set(left))
        if done < len(left):
            told[left[done]] = f"died (exit status {ended.returncode}): {ended.stderr[-300:]}"
        left = left[done + 1 :]
    return told
